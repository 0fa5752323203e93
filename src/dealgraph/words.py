"""Amounts and dates in plain French and English.

Labels of things and terms come from the graph; this room has only what a graph cannot hold: how a
language puts a number, an interval, a date or a reference into words.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from types import MappingProxyType
from typing import Final

from dealgraph.phrases import PHRASES
from dealgraph.quantity import Quantity, TimeSpan

_UNITS: Final = MappingProxyType(
    {
        "en": {"USDollar": "dollars", "Gigawatt": "GW", "Percent": "%", "Year": "years", "Ratio": "times"},
        "fr": {"USDollar": "dollars", "Gigawatt": "GW", "Percent": "%", "Year": "ans", "Ratio": "fois"},
    }
)
_SINGULAR: Final = MappingProxyType({"dollars": "dollar", "years": "year", "times": "time", "ans": "an"})
_HEDGES: Final = MappingProxyType({"About": "about", "MoreThan": "more than", "UpTo": "up to"})
_SCALES: Final = (
    (Decimal(10) ** 9, MappingProxyType({"en": "billion", "fr": "milliard"})),
    (Decimal(10) ** 6, MappingProxyType({"en": "million", "fr": "million"})),
)
_DIGITS: Final = 4
_GAP: Final = MappingProxyType({"en": " ", "fr": "\u00a0"})


def amount(quantity: Quantity, language: str) -> str:
    """Put a quantity into words, with its hedge: `more than 14 billion dollars`, `64 à 72 milliards`.

    The bounds of one that is worked out are shown to four digits, rounded away from each other.
    """
    say = PHRASES[language]
    if quantity.precision == "Computed":
        quantity = _outwards(quantity)
    value, lower, upper = (_with_unit(quantity, number, language) for number in _numbers(quantity))
    if value:
        hedge = _HEDGES.get(quantity.precision)
        return say[hedge].format(value) if hedge else value
    if quantity.lower is not None and quantity.upper is not None:
        shared = _scale(quantity.lower, "en") == _scale(quantity.upper, "en")
        form = say["range below" if quantity.upper_exclusive else "range"]
        return form.format(_number(quantity.lower, language, scaled=not shared), upper)
    if lower:
        return say["more than" if quantity.lower_exclusive else "at least"].format(lower)
    if upper:
        return say["less than" if quantity.upper_exclusive else "up to"].format(upper)
    return say["no figure"]


def bounds(quantity: Quantity, language: str) -> str:
    """Put the bounds of a quantity stated as one value between brackets: `[14.25 – 14.35 billion]`."""
    if quantity.value is None or quantity.lower is None or quantity.upper is None or quantity.upper_exclusive:
        return ""
    if quantity.lower == quantity.upper:
        return ""
    shared = _scale(quantity.lower, "en") == _scale(quantity.upper, "en")
    return f"[{_number(quantity.lower, language, scaled=not shared)} – {_number(quantity.upper, language)}]"


def date(span: TimeSpan, language: str) -> str:
    """Put a time span into words, no more precisely than its source.

    For example `May 2024`, `2026`, `au plus tard le 13 juin 2025`, `April, year not given`.
    """
    say = PHRASES[language]
    if span.edtf.startswith("XXXX-"):
        return say["year unstated"].format(_yearless(span.edtf, language))
    if span.edtf.startswith("..") and span.latest:
        return say["until"].format(day(span.latest, language))
    if span.edtf.endswith("..") and span.earliest:
        return say["from"].format(day(span.earliest, language))
    if span.earliest is None or span.latest is None:
        return span.edtf
    return _between(span.earliest, span.latest, language, one_month=span.edtf.count("-") == 1)


def _between(earliest: dt.date, latest: dt.date, language: str, *, one_month: bool) -> str:
    if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31):
        return "–".join(str(year) for year in sorted({earliest.year, latest.year}))
    if earliest == latest:
        return day(earliest, language)
    if one_month and _is_one_month(earliest, latest):
        return _dated(earliest, "MMMM y", language)
    return f"{day(earliest, language)} – {day(latest, language)}"


def day(value: dt.date, language: str) -> str:
    """Put a day into words: `13 June 2025`, `13 juin 2025`."""
    return _dated(value, "d MMMM y", language)


def _outwards(quantity: Quantity) -> Quantity:
    """Round the bounds of a computed quantity to a few digits, away from each other: they stay true."""
    return replace(
        quantity,
        lower=_to_digits(quantity.lower, ROUND_FLOOR),
        upper=_to_digits(quantity.upper, ROUND_CEILING),
    )


def _to_digits(number: Decimal | None, rounding: str) -> Decimal | None:
    return number and Context(prec=_DIGITS, rounding=rounding).plus(number)


def _numbers(quantity: Quantity) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return quantity.value, quantity.lower, quantity.upper


def _with_unit(quantity: Quantity, number: Decimal | None, language: str) -> str:
    if number is None:
        return ""
    unit = _UNITS[language].get(quantity.unit, "")
    if not unit:
        return _number(number, language)
    if number == 1 or (language == "fr" and abs(number) < 2):
        unit = _SINGULAR.get(unit, unit)
    gap = _GAP[language]
    if language == "fr" and unit == "dollars" and _scale(number, "fr"):
        unit = f"de{gap}{unit}"
    return f"{_number(number, language)}{'' if (unit, language) == ('%', 'en') else gap}{unit}"


def _number(number: Decimal | None, language: str, *, scaled: bool = True) -> str:
    from babel.numbers import format_decimal

    if number is None:
        return ""
    size = next((size for size, _ in _SCALES if number >= size), Decimal(1))
    # Not quantised: a rounded figure would pass for the one that the article prints.
    figures = str(format_decimal(number / size, "#,##0.####", locale=language, decimal_quantization=False))
    scale = _scale(number, language)
    return f"{figures}{_GAP[language]}{scale}" if scale and scaled else figures


def _scale(number: Decimal, language: str) -> str:
    for size, word in _SCALES:
        if number >= size:
            return f"{word[language]}s" if language == "fr" and number >= 2 * size else word[language]
    return ""


def _is_one_month(first: dt.date, last: dt.date) -> bool:
    whole = (1, calendar.monthrange(first.year, first.month)[1])
    return (first.year, first.month) == (last.year, last.month) and (first.day, last.day) == whole


def _dated(value: dt.date, pattern: str, language: str) -> str:
    from babel import dates

    if language == "fr" and value.day == 1 and pattern.startswith("d "):
        pattern = pattern.replace("d ", "d'er' ", 1)
    return str(dates.format_date(value, pattern, locale=language))


def _yearless(edtf: str, language: str) -> str:
    _, month, *rest = edtf.split("-")
    try:
        sample = dt.date(2024, int(month), int(rest[0]) if rest else 1)
    except ValueError:  # a season, or a month that is not given either
        return edtf
    return _dated(sample, "d MMMM" if rest else "MMMM", language)

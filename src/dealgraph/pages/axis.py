"""Intervals on one axis: what claims say of one amount or day, one row each, so that the eye compares them.

Positions are shares of the width, in percent; a template draws them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dealgraph import words
from dealgraph.claim import Claim
from dealgraph.pages.reader import Reader, Word
from dealgraph.pages.shell import address
from dealgraph.quantity import Quantity, TimeSpan

_EDGE: Final = 5.0
"""The share of the width that stays free on either side, for open ends."""
_THINNEST: Final = 0.8
_TICKS: Final = 4
_MARGIN: Final = 0.08


@dataclass(frozen=True)
class Interval:
    """One thing to compare: bounds (an open end is `None`), the value as stated, and its words."""

    text: Word
    note: Word
    kind: str
    lower: float | None
    upper: float | None
    stated: float | None = None
    bounds: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class Bar:
    """An interval, placed."""

    interval: Interval
    left: float
    width: float
    tick: float | None
    open_left: bool
    open_right: bool


@dataclass(frozen=True)
class Axis:
    """Bars on one axis, with ticks as position and label; `title` says what is compared."""

    title: str
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    is_time: bool = False


def axis_of_claims(reader: Reader, claims: Sequence[Claim], title: str) -> Axis | None:
    """Put the figures or days of several claims on one axis; `None` if there are not two to compare."""
    measured = [claim for claim in claims if claim.value.quantity and claim.polarity == "Positive"]
    units = {claim.value.quantity.unit for claim in measured if claim.value.quantity}
    if len(measured) > 1 and len(units) == 1:
        return axis(reader.language, [interval(reader, claim) for claim in measured], title, unit=units.pop())
    dated = [claim for claim in claims if claim.value.time]
    if len({claim.value.term for claim in dated}) > 1:
        return axis(reader.language, [interval(reader, claim) for claim in dated], title)
    return None


def interval(reader: Reader, claim: Claim, text: str = "") -> Interval:
    """Return what a claim says of an amount or a day as an interval."""
    source = reader.teller.label(claim.article).split(":")[0].strip()
    told = Word(text or reader.teller.value(claim), address(claim.iri))
    kind = "fact" if claim.admitted else "said"
    hedges = ", ".join(reader.teller.certainty(claim))
    note = Word(f"{source}, {hedges}" if hedges else source)
    if claim.value.quantity:
        return of_quantity(claim.value.quantity, reader.language, told, note, kind)
    return of_time(claim.value.time or TimeSpan(""), reader.language, told, note, kind)


def of_quantity(quantity: Quantity, language: str, text: Word, note: Word, kind: str) -> Interval:
    """Return a quantity as an interval."""
    lower, upper, value = (
        None if n is None else float(n) for n in (quantity.lower, quantity.upper, quantity.value)
    )
    bounds = tuple(
        words.amount(Quantity(quantity.unit, "AsStated", value=n), language) if n is not None else ""
        for n in (quantity.lower, quantity.value, quantity.upper)
    )
    if lower is None and upper is None:
        lower = upper = value
    return Interval(text, note, kind, lower, upper, value, (bounds[0], bounds[1], bounds[2]))


def of_time(span: TimeSpan, language: str, text: Word, note: Word, kind: str) -> Interval:
    """Return a time span as an interval of days."""
    lower = float(span.earliest.toordinal()) if span.earliest else None
    upper = float(span.latest.toordinal() + 1) if span.latest else None
    first, last = (words.day(d, language) if d else "" for d in (span.earliest, span.latest))
    return Interval(text, note, kind, lower, upper, None, (first, span.edtf, last))


def axis(language: str, intervals: Iterable[Interval], title: str, *, unit: str = "") -> Axis | None:
    """Place intervals on one axis; those without any number are left out, `None` if none is left.

    `unit` is the local name of the unit of amounts; without one the numbers are days.
    """
    placed = [i for i in intervals if i.lower is not None or i.upper is not None]
    numbers = [n for i in placed for n in (i.lower, i.upper, i.stated) if n is not None]
    if not placed:
        return None
    first, last = min(numbers), max(numbers)
    if not unit and last - first < 60:
        middle = (first + last) / 2
        first, last = middle - 30, middle + 30
    room = (last - first) * _MARGIN or abs(last) * 0.05 or 1.0
    first, last = first - room, last + room
    if unit and first < 0 <= min(numbers):
        first = 0.0
    ticks = _amount_ticks(first, last, unit, language) if unit else _day_ticks(first, last, language)
    place = _Scale(first, last)
    return Axis(
        title,
        tuple(_bar(i, place) for i in placed),
        tuple((place.at(number), label) for number, label in ticks),
        is_time=not unit,
    )


@dataclass(frozen=True)
class _Scale:
    first: float
    last: float

    def at(self, number: float) -> float:
        return round(_EDGE + (number - self.first) / (self.last - self.first) * (100 - 2 * _EDGE), 2)


def _bar(one: Interval, place: _Scale) -> Bar:
    left = 0.0 if one.lower is None else place.at(one.lower)
    right = 100.0 if one.upper is None else place.at(one.upper)
    width = right - left
    if width < _THINNEST:
        left, width = left - (_THINNEST - width) / 2, _THINNEST
    tick = None if one.stated is None else place.at(one.stated)
    return Bar(one, round(left, 2), round(width, 2), tick, one.lower is None, one.upper is None)


def _amount_ticks(first: float, last: float, unit: str, language: str) -> list[tuple[float, str]]:
    from babel.numbers import format_compact_decimal

    rough = (last - first) / _TICKS
    size = 10.0 ** math.floor(math.log10(rough))
    step = size * next(s for s in (1, 2, 2.5, 5, 10) if s * size >= rough)
    number, found = math.ceil(first / step) * step, []
    suffix = {"Percent": "%" if language == "en" else " %", "Gigawatt": " GW", "USDollar": " $"}.get(unit, "")
    prefixed = unit == "USDollar" and language == "en"
    while number <= last + step * 1e-9:
        short = format_compact_decimal(round(number, 10), locale=language, fraction_digits=2)
        found.append((number, f"${short}" if prefixed else f"{short}{suffix}"))
        number += step
    return found


def _day_ticks(first: float, last: float, language: str) -> list[tuple[float, str]]:
    from babel.dates import format_date

    start, end = dt.date.fromordinal(int(first)), dt.date.fromordinal(int(last))
    months = max(1, round((last - first) / 30.44 / _TICKS))
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if s >= months), 2400)
    number = (
        -(-(start.year * 12 + start.month) // step) * step
        if step < 12
        else -(-start.year * 12 // step) * step
    )
    found = []
    while (day := dt.date(number // 12, number % 12 + 1, 1)) <= end:
        if day >= start:
            label = str(day.year) if step >= 12 else str(format_date(day, "MMM y", locale=language))
            found.append((float(day.toordinal()), label))
        number += step
    return found

"""Amounts and dates in words: golden texts in both languages, and no value lost on the way."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from dealgraph import words
from dealgraph.quantity import Quantity, TimeSpan

LANGUAGES = ("en", "fr")


def quantity(
    unit: str,
    value: str = "",
    bounds: tuple[str, str] = ("", ""),
    *,
    precision: str = "AsStated",
    exclusive: tuple[bool, bool] = (False, False),
) -> Quantity:
    stated, lower, upper = (Decimal(number) if number else None for number in (value, *bounds))
    return Quantity(unit, precision, stated, lower, upper, *exclusive)


def plain(text: str) -> str:
    """A text with ordinary spaces: which spaces hold a number together is tested apart."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


# --- amounts ----------------------------------------------------------------------------------------------

BELOW, ABOVE = (True, False), (False, True)
AMOUNTS = [
    (quantity("USDollar", "14300000000"), "14.3 billion dollars", "14,3 milliards de dollars"),
    (quantity("USDollar", "1000000000"), "1 billion dollars", "1 milliard de dollars"),
    (quantity("USDollar", "2000000000"), "2 billion dollars", "2 milliards de dollars"),
    (quantity("USDollar", "1900000000"), "1.9 billion dollars", "1,9 milliard de dollars"),
    (quantity("USDollar", "2500000"), "2.5 million dollars", "2,5 millions de dollars"),
    (
        quantity("USDollar", "123456789012.5"),
        "123.4567890125 billion dollars",
        "123,4567890125 milliards de dollars",
    ),
    (
        quantity("USDollar", bounds=("28787878787", "29587628866"), precision="Computed"),
        "28.78 to 29.59 billion dollars",
        "28,78 à 29,59 milliards de dollars",
    ),
    (
        quantity("USDollar", bounds=("14250000000", ""), precision="Computed", exclusive=(True, False)),
        "more than 14.25 billion dollars",
        "plus de 14,25 milliards de dollars",
    ),
    (
        quantity("Ratio", bounds=("2.0571", "2.1451"), precision="Computed"),
        "2.057 to 2.146 times",
        "2,057 à 2,146 fois",
    ),
    (quantity("USDollar", "999999"), "999,999 dollars", "999 999 dollars"),
    (quantity("USDollar", "1"), "1 dollar", "1 dollar"),
    (quantity("USDollar", "0"), "0 dollars", "0 dollar"),
    (quantity("UnstatedCurrency", "64000000000"), "64 billion", "64 milliards"),
    (quantity("Percent", "49"), "49%", "49 %"),
    (quantity("Percent", "0.00001"), "0.00001%", "0,00001 %"),
    (quantity("Gigawatt", "1.5"), "1.5 GW", "1,5 GW"),
    (quantity("Count", "1200"), "1,200", "1 200"),
    (quantity("Year", "1"), "1 year", "1 an"),
    (quantity("Year", "19"), "19 years", "19 ans"),
    (quantity("Ratio", "1"), "1 time", "1 fois"),
    (quantity("Ratio", "2", ("1.5", "2.5"), precision="About"), "about 2 times", "environ 2 fois"),
    (quantity("Gigawatt", "2", precision="MoreThan"), "more than 2 GW", "plus de 2 GW"),
    (quantity("Gigawatt", "2", precision="UpTo"), "up to 2 GW", "jusqu'à 2 GW"),
    (quantity("Gigawatt", bounds=("2", "")), "at least 2 GW", "au moins 2 GW"),
    (quantity("Gigawatt", bounds=("2", ""), exclusive=BELOW), "more than 2 GW", "plus de 2 GW"),
    (quantity("Gigawatt", bounds=("", "5")), "up to 5 GW", "jusqu'à 5 GW"),
    (quantity("Gigawatt", bounds=("", "5"), exclusive=ABOVE), "less than 5 GW", "moins de 5 GW"),
    (quantity("Gigawatt", bounds=("1.5", "2.5")), "1.5 to 2.5 GW", "1,5 à 2,5 GW"),
    (quantity("Count", bounds=("20", "100"), exclusive=ABOVE), "20 to less than 100", "de 20 à moins de 100"),
    (
        quantity("UnstatedCurrency", bounds=("64000000000", "72000000000"), precision="Range"),
        "64 to 72 billion",
        "64 à 72 milliards",
    ),
    (
        quantity("USDollar", bounds=("900000000", "1200000000")),
        "900 million to 1.2 billion dollars",
        "900 millions à 1,2 milliard de dollars",
    ),
    (quantity("Gigawatt"), "no figure", "sans chiffre"),
]


@pytest.mark.parametrize(
    ("given_quantity", "english", "french"), AMOUNTS, ids=[text for _, text, _ in AMOUNTS]
)
def test_an_amount_is_told_with_its_hedge_and_unit(
    given_quantity: Quantity, english: str, french: str
) -> None:
    assert plain(words.amount(given_quantity, "en")) == english
    assert plain(words.amount(given_quantity, "fr")) == french


def test_in_french_a_number_never_breaks_from_its_scale_and_unit() -> None:
    assert (
        words.amount(quantity("USDollar", "14300000000"), "fr") == "14,3\u00a0milliards\u00a0de\u00a0dollars"
    )
    assert words.amount(quantity("Percent", "49"), "fr") == "49\u00a0%"


BOUNDS = [
    (quantity("USDollar", "14300000000", ("14250000000", "14350000000")), "[14.25 – 14.35 billion]"),
    (quantity("USDollar", "1000000000", ("950000000", "1050000000")), "[950 million – 1.05 billion]"),
    (quantity("Percent", "49", ("48.5", "49.5")), "[48.5 – 49.5]"),
    (quantity("Percent", "49", ("49", "49")), ""),
    (quantity("Percent", bounds=("48.5", "49.5")), ""),
    (quantity("Percent", "49", ("48.5", "")), ""),
]


@pytest.mark.parametrize(("given_quantity", "expected"), BOUNDS)
def test_bounds_stand_beside_a_stated_value_that_they_say_more_than(
    given_quantity: Quantity, expected: str
) -> None:
    assert plain(words.bounds(given_quantity, "en")) == expected


# The bounds that a store can hold (18 digits after the point, 20 before it).
decimals = st.decimals(min_value=0, max_value=10**20, allow_nan=False, allow_infinity=False, places=6)
quantities = st.builds(
    Quantity,
    unit=st.sampled_from(
        ["USDollar", "UnstatedCurrency", "Gigawatt", "Percent", "Year", "Ratio", "Count", "?"]
    ),
    precision=st.sampled_from(["AsStated", "MoreThan", "UpTo", "Range", "About", "OrderOfMagnitude", "?"]),
    value=st.none() | decimals,
    lower=st.none() | decimals,
    upper=st.none() | decimals,
    lower_exclusive=st.booleans(),
    upper_exclusive=st.booleans(),
)
SCALES = {"": 1, "million": 10**6, "millions": 10**6, "billion": 10**9, "milliard": 10**9, "milliards": 10**9}


@given(quantities, st.sampled_from(LANGUAGES))
def test_every_quantity_can_be_told(some: Quantity, language: str) -> None:
    assert words.amount(some, language)
    told = words.bounds(some, language)
    assert told == "" or re.fullmatch(r"\[.+ – .+\]", told)


@given(decimals, st.sampled_from(LANGUAGES))
def test_the_words_hold_exactly_the_value(value: Decimal, language: str) -> None:
    told = words.amount(Quantity("UnstatedCurrency", "AsStated", value), language)
    figures, *scale = re.split(r"[ \u00a0]", told)
    assert parse_decimal(figures, locale=language) * SCALES[" ".join(scale)] == value


@given(decimals, st.sampled_from(LANGUAGES))
def test_a_hedge_only_adds_words_to_the_value(value: Decimal, language: str) -> None:
    exact = Quantity("Gigawatt", "AsStated", value)
    for precision in ("About", "MoreThan", "UpTo"):
        told = words.amount(replace(exact, precision=precision), language)
        assert told.endswith(words.amount(exact, language))
        assert told != words.amount(exact, language)


# --- dates ------------------------------------------------------------------------------------------------


def span(edtf: str, earliest: str = "", latest: str = "") -> TimeSpan:
    days = (dt.date.fromisoformat(day) if day else None for day in (earliest, latest))
    return TimeSpan(edtf, *days)


DATES = [
    (span("2025-06-13", "2025-06-13", "2025-06-13"), "13 June 2025", "13 juin 2025"),
    (span("2025-06-01", "2025-06-01", "2025-06-01"), "1 June 2025", "1er juin 2025"),
    (span("2024-05", "2024-05-01", "2024-05-31"), "May 2024", "mai 2024"),
    (span("2024-02", "2024-02-01", "2024-02-29"), "February 2024", "février 2024"),
    (span("9999-12", "9999-12-01", "9999-12-31"), "December 9999", "décembre 9999"),
    (span("2026", "2026-01-01", "2026-12-31"), "2026", "2026"),
    (span("2024/2025", "2024-01-01", "2025-12-31"), "2024–2025", "2024–2025"),
    (span("201X", "2010-01-01", "2019-12-31"), "2010–2019", "2010–2019"),
    (
        span("2025-21", "2025-03-01", "2025-05-31"),
        "1 March 2025 – 31 May 2025",
        "1er mars 2025 – 31 mai 2025",
    ),
    (
        span("2024/2025-06", "2024-01-01", "2025-06-30"),
        "1 January 2024 – 30 June 2025",
        "1er janvier 2024 – 30 juin 2025",
    ),
    (
        span("2025-06-13/2025-06-20", "2025-06-13", "2025-06-20"),
        "13 June 2025 – 20 June 2025",
        "13 juin 2025 – 20 juin 2025",
    ),
    (span("../2025-06-13", latest="2025-06-13"), "by 13 June 2025", "au plus tard le 13 juin 2025"),
    (span("2025-06-13/..", earliest="2025-06-13"), "from 13 June 2025", "à partir du 13 juin 2025"),
    (span("XXXX-07-15"), "15 July, year not given", "15 juillet, année non dite"),
    (span("XXXX-04"), "April, year not given", "avril, année non dite"),
    (span("XXXX-XX-15"), "XXXX-XX-15, year not given", "XXXX-XX-15, année non dite"),
    (span("../.."), "../..", "../.."),
]


@pytest.mark.parametrize(("given_span", "english", "french"), DATES, ids=[text for _, text, _ in DATES])
def test_a_date_is_told_no_more_precisely_than_its_source(
    given_span: TimeSpan, english: str, french: str
) -> None:
    assert plain(words.date(given_span, "en")) == english
    assert plain(words.date(given_span, "fr")) == french


@given(
    st.text(max_size=12) | st.from_regex(r"\A(\.\.|XXXX|\d{4})(-\d\d){0,2}(/\.\.)?\Z"),
    st.none() | st.dates(),
    st.none() | st.dates(),
    st.sampled_from(LANGUAGES),
)
def test_every_date_can_be_told(
    edtf: str, earliest: dt.date | None, latest: dt.date | None, language: str
) -> None:
    assert words.date(TimeSpan(edtf, earliest, latest), language) or not edtf


@given(st.dates(), st.sampled_from(LANGUAGES))
def test_a_day_is_told_with_its_number_and_year(day: dt.date, language: str) -> None:
    told = words.day(day, language)
    assert re.match(rf"{day.day}\D", told)
    assert told.split()[-1] == str(day.year)

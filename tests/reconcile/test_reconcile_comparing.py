"""Values as they stand in a cell: identifiers, dates, numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealgraph.mapping import BY_NAME, SCHEMES
from dealgraph.reconcile.comparing import identifier_in, number_of, span_of


@pytest.mark.parametrize(
    ("scheme", "text", "expected"),
    [
        ("sec-cik", "1326801", "0001326801"),
        ("sec-cik", " 0001326801 ", "0001326801"),
        ("lei", "bq4bkcs1hxdv9hn80z93", "BQ4BKCS1HXDV9HN80Z93"),
        ("lei", "BQ4B KCS1 HXDV 9HN8 0Z93", "BQ4BKCS1HXDV9HN80Z93"),
        ("isni", "0000 0001 0316 7795", "0000000103167795"),
        ("wikidata", "wd:Q380", "Q380"),
        ("geonames", "https://sws.geonames.org/5332921/", "5332921"),
        ("crunchbase", "organization/meta", "organization/meta"),
    ],
)
def test_an_identifier_is_brought_into_its_one_form(scheme: str, text: str, expected: str) -> None:
    found = BY_NAME[scheme]
    assert identifier_in(found, text) == found.iri_of(expected)


@pytest.mark.parametrize(
    ("scheme", "text"),
    [("lei", "BQ4BKCS1HXDV9HN80Z94"), ("lei", "n/a"), ("wikidata", "Meta"), ("sec-cik", ""), ("ror", "-")],
)
def test_what_cannot_be_an_identifier_is_none(scheme: str, text: str) -> None:
    assert identifier_in(BY_NAME[scheme], text) == ""


@given(scheme=st.sampled_from(SCHEMES), text=st.text())
def test_what_is_read_as_an_identifier_is_a_right_one(scheme: object, text: str) -> None:
    found = next(each for each in SCHEMES if each == scheme)
    if full := identifier_in(found, text):
        found.check(found.identifier_of(full))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2004", "2004-01-01", "2004-12-31"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("2004-02-04", "2004-02-04", "2004-02-04"),
        ("2004-02-04T00:00:00Z", "2004-02-04", "2004-02-04"),
        ("4 February 2004", "2004-01-01", "2004-12-31"),
    ],
)
def test_a_date_is_the_days_that_it_may_be(text: str, first: str, last: str) -> None:
    span = span_of(text)
    assert span
    assert (str(span.earliest), str(span.latest)) == (first, last)


@pytest.mark.parametrize("text", ["", "soon", "2004-13", "2004-02-31", "2004 or 2005", "0000", "12"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert span_of(text) is None


@given(st.text())
def test_any_text_is_read_as_a_date_or_not(text: str) -> None:
    span = span_of(text)
    assert span is None or (span.earliest and span.latest and span.earliest <= span.latest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14.3", "14.3"),
        ("14,300,000,000", "14300000000"),
        ("14 300", "14300"),
        ("1.43e10", "14300000000"),
        ("14,3", None),
        ("a lot", None),
        ("NaN", None),
        ("Infinity", None),
        ("", None),
    ],
)
def test_a_number_is_read_or_not(text: str, expected: str | None) -> None:
    assert number_of(text) == (Decimal(expected) if expected else None)

"""Names as they are compared, and places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealgraph.link.entity import Place
from dealgraph.link.names import LEGAL_FORMS, likeness, name_of
from dealgraph.link.places import Agreement, compare, country_code


@pytest.mark.parametrize(
    "same",
    [
        ("AMAZON COM INC", "Amazon.com, Inc.", "Amazon.com (United States)"),
        ("NVIDIA CORP", "Nvidia", "NVIDIA Corporation"),
        ("J.B. Hunt", "J B HUNT", "JB Hunt Inc"),
        ("AT&T", "AT&T Inc."),
        ("Procter & Gamble", "PROCTER AND GAMBLE CO"),
        ("Électricité de France S.A.", "ELECTRICITE DE FRANCE SA"),
        ("The Home Depot, Inc.", "HOME DEPOT, INC."),
        ("SEALED AIR CORP/DE", "Sealed Air"),
        ("McDonald’s", "MCDONALDS CORP"),
    ],
)
def test_names_that_differ_in_form_only_are_the_same(same: tuple[str, ...]) -> None:
    assert len({name_of(text).full for text in same}) == 1
    assert likeness(name_of(same[0]), name_of(same[-1])) == 1


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Meta", "Meta Platforms", 0.9, 0.93),
        ("Meta", "Meta Materials", 0.7, 0.86),
        ("IBM", "INTERNATIONAL BUSINESS MACHINES CORP", 0.75, 0.76),
        ("Hyperion", "Hyperion Materials & Technologies", 0.7, 0.86),
        ("Apple", "Intel", 0.0, 0.5),
    ],
)
def test_likeness_tells_more_from_less(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(name_of(one), name_of(other)) <= most


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric_and_in_bounds(one: str, other: str) -> None:
    mine, theirs = name_of(one), name_of(other)
    assert 0 <= likeness(mine, theirs) <= 1
    assert likeness(mine, theirs) == pytest.approx(likeness(theirs, mine))


@given(st.text(max_size=40))
def test_taking_a_name_apart_twice_changes_nothing_more(text: str) -> None:
    once = name_of(text).full
    assert name_of(name_of(once).full).full == name_of(once).full


@given(st.text(alphabet="abcdefghij ", min_size=1, max_size=20), st.sampled_from(sorted(LEGAL_FORMS)))
def test_a_legal_form_at_the_end_makes_no_other_name(text: str, form: str) -> None:
    words = text.split()
    if len(words) > 0 and not set(words) & LEGAL_FORMS and all(len(word) > 1 for word in words):
        assert name_of(f"{text} {form.upper()}.").full == name_of(text).full


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        (Place("", "Ohio", "US"), Place("", "Indiana", "United States"), Agreement.CONTRADICT),
        (Place("", "Ohio"), Place(text="1 Community Cir, New Albany, OH 43054"), Agreement.REGION),
        (Place("", "Louisiana"), Place(text="Holly Ridge, LA 71269"), Agreement.REGION),
        (Place("San Francisco", "California"), Place("San Francisco", "", "US"), Agreement.CITY),
        (Place("Dublin", "Ireland"), Place("Dublin", "Ohio"), Agreement.CONTRADICT),
        (Place("", "", "France"), Place("Paris", "", "FR"), Agreement.COUNTRY),
        (Place("", "", "États-Unis"), Place("", "", "United States of America"), Agreement.COUNTRY),
        (Place("", "Hessen", "DE"), Place("", "Hesse", "Germany"), Agreement.REGION),
        (Place("", "Virginia", "US"), Place("", "West Virginia", "US"), Agreement.CONTRADICT),
        (Place("Memphis", "Tennessee"), Place("Nashville", "Tennessee"), Agreement.COUNTRY),
        (Place(), Place("Paris"), Agreement.UNKNOWN),
    ],
)
def test_places_agree_as_far_as_they_are_told(one: Place, other: Place, agreement: Agreement) -> None:
    assert compare(one, other) is agreement
    assert compare(other, one) is agreement


def test_a_country_is_known_in_two_languages_and_by_its_code() -> None:
    assert {country_code(text) for text in ("Germany", "Allemagne", "DE", "de")} == {"DE"}
    assert country_code("Atlantis") == ""

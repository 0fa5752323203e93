"""Identifiers of the outside world: which are right, and why others cannot be."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealgraph.errors import WrongIdentifier
from dealgraph.mapping import (
    BY_NAME,
    SCHEMES,
    Scheme,
    check_identifier,
    epoch_identifier,
    epoch_name,
    scheme_of,
)
from dealgraph.terms import PREFIXES
from tiny import ROOT

# Each is published by its scheme or by two files that do not depend on each other.
RIGHT = {
    "crossref-funder": ("100019827", "501100000780"),
    "crunchbase": ("organization/scale-2", "person/mark-zuckerberg"),
    "dbpedia": ("Menlo_Park,_California", "Apple_Inc."),
    "epoch-data-center": ("Meta_Prometheus_New_Albany_Ohio",),
    "epoch-gpu-cluster": ("Meta_Louisiana_Datacenter",),
    "geonames": ("5165418",),
    "github": ("nat",),
    "grid": ("grid.453567.6", "grid.511328.c"),
    "isni": ("000000040615529X", "0000000449087370", "0000000459991726"),
    "lei": ("BQ4BKCS1HXDV9HN80Z93", "549300M3WRI6CMX2WP65", "HWUPKR0MPOU8FGXBT394"),
    "opencorporates": ("us_de/3835815",),
    "ror": ("01zbnvs85", "05wx9n238", "00njsd438"),
    "sec-cik": ("0001326801",),
    "wikidata": ("Q380", "Q21708200"),
    "wikipedia-en": ("Llama_(language_model)",),
    "wikipedia-fr": ("Meta_(entreprise)",),
    "ycombinator": ("scale-ai",),
}
WRONG = {
    "crossref-funder": ("10001982",),
    "crunchbase": ("facebook", "organization/"),
    "dbpedia": ("Menlo Park", "", "Orléans"),
    "epoch-data-center": ("Meta Prometheus", ""),
    "epoch-gpu-cluster": ("",),
    "geonames": ("0", "05165418", "Ohio"),
    "github": ("-nat", "a--b", ""),
    "grid": ("453567.6",),
    "isni": ("0000 0004 0615 529X", "000000040615529x", "00000004061552"),
    "lei": ("BQ4BKCS1HXDV9HN80Z9", "bq4bkcs1hxdv9hn80z93", "BQ4BKCS1HXDV9HN80ZAB"),
    "opencorporates": ("3835815",),
    "ror": ("1zbnvs85", "01zbnvsi5", "01ZBNVS85"),
    "sec-cik": ("1326801", "00013268011"),
    "wikidata": ("380", "Q0", "q380", "P31", "L380"),
    "wikipedia-en": ("", "A B"),
    "wikipedia-fr": ("",),
    "ycombinator": ("Scale AI",),
}


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_a_right_identifier_is_told_from_a_wrong_one(scheme: Scheme) -> None:
    for identifier in RIGHT[scheme.name]:
        assert check_identifier(scheme.iri_of(identifier)) is scheme
        assert scheme.identifier_of(scheme.iri_of(identifier)) == identifier
    for identifier in WRONG[scheme.name]:
        with pytest.raises(WrongIdentifier, match=re.escape(scheme.form[:20])):
            check_identifier(scheme.iri_of(identifier))


@pytest.mark.parametrize(
    ("full", "message"),
    [
        ("https://rdf.gleif.org/L1/L-BQ4BKCS1HXDV9HN80Z39", "LEI BQ4BKCS1HXDV9HN80Z39 is 39, should be 93"),
        ("https://isni.org/isni/0000000406155290", "ISNI 0000000406155290 is 0, should be X"),
        ("https://ror.org/01zbnvs58", "ROR 01zbnvs58 is 58, should be 85"),
        ("https://sws.geonames.org/5165418", "does not end in '/'"),
        ("https://example.org/5165418", "no known scheme"),
    ],
)
def test_the_reason_for_refusing_an_identifier_is_told(full: str, message: str) -> None:
    with pytest.raises(WrongIdentifier, match=re.escape(message)):
        check_identifier(full)


@pytest.mark.parametrize("name", [scheme.name for scheme in SCHEMES if scheme.checksum])
@given(data=st.data())
def test_a_checksum_finds_every_wrong_character_and_every_swap(name: str, data: st.DataObject) -> None:
    scheme = BY_NAME[name]
    identifier = data.draw(st.sampled_from(RIGHT[name]))
    place = data.draw(st.integers(0, len(identifier) - scheme.check_length - 1))
    here, after = identifier[place], identifier[place + 1]
    # MOD 97-10 counts a letter as two digits: of a letter for a digit it promises nothing.
    other = data.draw(
        st.sampled_from("0123456789" if here.isdigit() else "ABCDEF" if here.isupper() else "abc")
    )
    changed = identifier[:place] + other + identifier[place + 1 :]
    swapped = identifier[:place] + after + here + identifier[place + 2 :]
    same_kind = here.isdigit() == after.isdigit() or name != "lei"
    for wrong in {changed, *([swapped] if same_kind else [])} - {identifier}:
        with pytest.raises(WrongIdentifier):
            scheme.check(wrong)


def test_no_scheme_takes_the_iris_of_another() -> None:
    for scheme in SCHEMES:
        assert scheme_of(scheme.iri_of(RIGHT[scheme.name][0])) is scheme
    assert scheme_of("https://example.org/") is None


def test_a_prefix_means_one_namespace_here_and_in_the_ontology() -> None:
    for scheme in SCHEMES:
        assert PREFIXES.get(scheme.prefix, scheme.namespace) == scheme.namespace


@given(st.text())
def test_a_name_of_epoch_ai_is_found_again_in_its_identifier(name: str) -> None:
    name = name.encode("utf-8", "ignore").decode()
    identifier = epoch_identifier(name)
    assert epoch_name(identifier) == name
    if name:
        BY_NAME["epoch-gpu-cluster"].check(identifier)


def test_a_name_of_epoch_ai_stays_legible() -> None:
    assert epoch_identifier("Meta Prometheus New Albany Ohio") == "Meta_Prometheus_New_Albany_Ohio"


def test_the_shape_of_matches_knows_every_scheme() -> None:
    (pattern,) = re.findall(r'sh:pattern "(.*)" ;', shape_of_matches())
    for scheme in SCHEMES:
        for identifier in RIGHT[scheme.name]:
            assert re.search(pattern.replace("\\\\", "\\"), scheme.iri_of(identifier)), scheme.name


def shape_of_matches() -> str:
    text = (ROOT / "ontology" / "shapes" / "things.ttl").read_text(encoding="utf-8")
    return text.split("shape:MatchLeadsToAKnownSource")[1].split("\nshape:")[0]

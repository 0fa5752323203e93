"""Our things as they are compared: only facts, names in both languages, identifiers judged to be theirs."""

from __future__ import annotations

import pytest

from dealgraph.link.entity import Entity, Place
from dealgraph.link.things import FEATURES, entities_of
from dealgraph.mapping import load
from dealgraph.settings import open_project
from dealgraph.terms import iri
from graph import stored_queries, the_store
from tiny import ROOT


@pytest.fixture(scope="module")
def things() -> dict[str, Entity]:
    sets = load(open_project(ROOT))
    found = entities_of(the_store(), stored_queries()[FEATURES], sets)
    return {entity.iri.removeprefix(iri("id:")): entity for entity in found}


def test_a_company_has_its_names_place_year_and_identifiers(things: dict[str, Entity]) -> None:
    scale = things["scale-ai"]
    assert scale.labels == ("Scale AI",)
    assert scale.aliases == ("Scale",)
    assert scale.kinds == {"company"}
    assert scale.years == (2016,)
    assert Place("San Francisco", "California", "United States") in scale.places
    assert "http://www.wikidata.org/entity/Q380" in {i.iri for i in things["meta"].identifiers}


def test_a_site_has_its_owner_and_its_region(things: dict[str, Entity]) -> None:
    hyperion = things["hyperion"]
    assert "Meta" in hyperion.owners
    assert Place("", "Louisiana", "United States") in hyperion.places
    assert hyperion.kinds == {"data-center"}


def test_what_is_denied_or_unsure_is_no_identifier(things: dict[str, Entity]) -> None:
    assert "http://www.wikidata.org/entity/Q355" not in {i.iri for i in things["meta"].identifiers}


def test_deals_and_opinions_are_not_linked(things: dict[str, Entity]) -> None:
    assert not any(name.startswith(("deal-", "tenure-", "ranking-")) for name in things)


def test_one_thing_is_read_as_among_all(things: dict[str, Entity]) -> None:
    sets = load(open_project(ROOT))
    (meta,) = entities_of(the_store(), stored_queries()[FEATURES], sets, iri("id:meta"))
    assert meta == things["meta"]

"""Data extension gives facts, as things, numbers and words; never what is only said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reconcile_calls import Parsed, got, posted, sent

from dealgraph.desk import Desk
from dealgraph.errors import WrongParameter
from dealgraph.terms import iri


def extended(
    desk: Desk, ids: Sequence[str], *properties: str, language: str = "en", **settings: object
) -> Parsed:
    """The rows that a query gives, the same in both versions."""
    columns = [{"id": name, **({"settings": settings} if settings else {})} for name in properties]
    query = {"ids": ids, "properties": columns}
    old = posted(desk, extend=query, language=language)
    new = sent(desk, "/reconcile/1.0/extend", query, language)
    assert old["meta"] == new["meta"]
    rows = {row["id"]: {each["id"]: each["values"] for each in row["properties"]} for row in new["rows"]}
    assert old["rows"] == rows
    return rows


def cells(desk: Desk, thing: str, name: str, language: str = "en", **settings: object) -> list[Parsed]:
    found = extended(desk, [thing], name, language=language, **settings)[thing][name]
    assert isinstance(found, list)
    return found


def test_a_thing_comes_as_id_and_name(desk: Desk) -> None:
    assert cells(desk, "deal-meta-scale-ai-2025", "investor") == [{"id": "meta", "name": "Meta"}]
    assert {"id": "california", "name": "Californie"} in cells(desk, "meta", "basedIn", "fr")


def test_an_identifier_comes_as_it_is_written(desk: Desk) -> None:
    assert cells(desk, "meta", "scheme/lei") == [{"str": "BQ4BKCS1HXDV9HN80Z93"}]
    (full,) = cells(desk, "meta", "scheme/lei", content="id")
    assert full == {"str": "https://rdf.gleif.org/L1/L-BQ4BKCS1HXDV9HN80Z93"}


def test_what_was_judged_near_or_not_the_same_is_no_identifier(desk: Desk) -> None:
    for scheme in ("scheme/ror", "scheme/epoch-gpu-cluster"):
        assert cells(desk, "hyperion", scheme) == []


def test_an_amount_is_a_number_only_where_one_is_stated_exactly(desk: Desk) -> None:
    assert cells(desk, "deal-meta-scale-ai-2025", "price") == [{"float": 14_300_000_000.0}]
    assert cells(desk, "stake-meta-scale-ai", "share") == [{"int": 49}]
    assert cells(desk, "hyperion", "designCapacity") == [{"str": "up to 5 GW"}]


def test_an_amount_comes_in_words_and_bounds_where_asked_for(desk: Desk) -> None:
    assert cells(desk, "hyperion", "designCapacity", content="upper") == [{"int": 5}]
    assert cells(desk, "hyperion", "designCapacity", content="lower") == []
    assert cells(desk, "deal-meta-scale-ai-2025", "price", content="lower") == [{"float": 14_250_000_000.0}]
    assert cells(desk, "hyperion", "designCapacity", "fr", content="words") == [{"str": "jusqu'à 5\u00a0GW"}]


def test_a_date_comes_no_more_precisely_than_it_is_known(desk: Desk) -> None:
    assert cells(desk, "scale-ai", "foundingDate") == [{"str": "2016"}]
    assert cells(desk, "scale-ai", "foundingDate", content="lower") == [{"date": "2016-01-01T00:00:00Z"}]
    assert cells(desk, "scale-ai", "foundingDate", content="upper") == [{"date": "2016-12-31T00:00:00Z"}]
    assert cells(desk, "hyperion", "expectedCommissioning", "fr", content="words") == [
        {"str": "1er janvier 2028"}
    ]


def test_what_follows_from_facts_is_given_too(desk: Desk) -> None:
    assert {"id": "scale-ai", "name": "Scale AI"} in cells(desk, "meta", "holdsMinorityStakeIn")
    assert {"str": "minority stake"} in cells(desk, "stake-meta-scale-ai", "rdf:type")


def test_names_come_in_the_language_of_the_client(desk: Desk) -> None:
    assert cells(desk, "united-states", "rdfs:label", "fr") == [{"str": "États-Unis"}]
    assert cells(desk, "hyperion", "lifecycleStatus", "fr") == [{"str": "au stade du projet"}]


def test_no_claim_that_is_no_fact_is_ever_a_value(desk: Desk) -> None:
    """Every claim that was not admitted, held against the cell it would stand in."""
    evidence, space = desk.evidence, iri("id:")
    facts = {(c.subject, c.predicate, c.value.term) for c in evidence.claims() if c.admitted}
    only_said = [
        claim
        for claim in evidence.claims()
        if not claim.admitted
        and claim.subject.startswith(space)
        and (claim.subject, claim.predicate, claim.value.term) not in facts
        and not evidence.store.query(
            f"ASK {{ <{claim.subject}> <{claim.predicate}> <{claim.value.term}> }}"
            if claim.value.is_iri
            else "ASK { FILTER(false) }"
        )
    ]
    assert len(only_said) > 10
    for claim in only_said:
        thing, name = claim.subject.removeprefix(space), claim.predicate.removeprefix(iri("dg:"))
        try:
            found = cells(desk, thing, name, content="id")
        except WrongParameter:
            continue  # a property of the store's own, not offered
        assert {"str": claim.value.term} not in found, claim.iri


def test_a_limit_bounds_the_values(desk: Desk) -> None:
    whole = cells(desk, "meta", "recruitsFrom")
    assert len(whole) > 2
    for limit in (2, "2", 2.0):
        assert cells(desk, "meta", "recruitsFrom", limit=limit) == whole[:2]
    assert cells(desk, "meta", "recruitsFrom", limit=0) == whole


def test_an_id_that_no_thing_has_gets_an_empty_row(desk: Desk) -> None:
    rows = extended(desk, ["nobody", "meta"], "foundingDate")
    assert rows == {"nobody": {"foundingDate": []}, "meta": {"foundingDate": [{"str": "2004"}]}}


def test_the_columns_have_names_and_the_types_of_their_things(desk: Desk) -> None:
    query = {"ids": [], "properties": [{"id": "basedIn"}, {"id": "foundingDate"}, {"id": "scheme/lei"}]}
    assert posted(desk, extend=query, language="fr")["meta"] == [
        {"id": "basedIn", "name": "basée à", "type": {"id": "Place", "name": "lieu"}},
        {"id": "foundingDate", "name": "date de fondation"},
        {"id": "scheme/lei", "name": "LEI"},
    ]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"ids": ["meta"]}, "extend.properties"),
        ({"ids": "meta", "properties": []}, "extend.ids"),
        ({"ids": [1], "properties": []}, "extend.ids.0"),
        ({"ids": [], "properties": [{"id": "nothing"}]}, "extend.properties.0.id"),
        (
            {"ids": [], "properties": [{"id": "basedIn", "settings": {"max": 1}}]},
            "extend.properties.0.settings",
        ),
        (
            {"ids": [], "properties": [{"id": "basedIn", "settings": {"limit": -1}}]},
            "extend.properties.0.settings.limit",
        ),
        (
            {"ids": [], "properties": [{"id": "basedIn", "settings": {"content": "html"}}]},
            "extend.properties.0.settings.content",
        ),
        ({"ids": [], "properties": [], "more": 1}, "extend"),
    ],
)
def test_a_wrong_query_is_refused_and_the_place_named(desk: Desk, query: object, where: str) -> None:
    with pytest.raises(WrongParameter) as found:
        posted(desk, extend=query)
    assert found.value.where == where


def test_properties_are_proposed_that_things_of_a_type_have_the_most_common_first(desk: Desk) -> None:
    for path in ("/reconcile/extend/properties", "/reconcile/1.0/extend/propose"):
        found = got(desk, path, type="Company", limit="8")
        assert (found["type"], found["limit"]) == ("Company", 8)
        names = [each["id"] for each in found["properties"]]
        assert {"rdfs:label", "basedIn", "foundingDate", "scheme/wikidata"} <= set(names)
        assert len(names) == 8
        deals = [each["id"] for each in got(desk, path, type="Deal")["properties"]]
        assert {"investor", "target", "price"} <= set(deals)
        assert "basedIn" not in deals
    with pytest.raises(WrongParameter, match="there is no type"):
        got(desk, "/reconcile/extend/properties", type="Nothing")


def test_without_a_type_all_properties_in_use_are_proposed(desk: Desk) -> None:
    every = [each["id"] for each in got(desk, "/reconcile/extend/properties")["properties"]]
    assert {"scheme/lei", "basedIn", "price"} <= set(every)
    assert "controls" not in every

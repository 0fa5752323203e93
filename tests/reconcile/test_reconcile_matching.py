"""Who is found for a name and what stands beside it, how sure that is, and what is matched unseen."""

from __future__ import annotations

import pytest
from reconcile_calls import candidates, feature, named, sent

from dealgraph.desk import Desk
from dealgraph.link.score import BEST_WITHOUT_IDENTIFIER, CAP_IDENTIFIER, CAP_KIND, CAP_PLACE
from dealgraph.reconcile.matching import CAP_NAMELESS

META_LEI = "BQ4BKCS1HXDV9HN80Z93"
APPLE_LEI = "HWUPKR0MPOU8FGXBT394"


def first(desk: Desk, query: str, **more: object) -> tuple[str, float, bool]:
    found = candidates(desk, query, **more)
    return (found[0]["id"], found[0]["score"], found[0]["match"]) if found else ("", 0.0, False)


# --- by name -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "type_", "expected"),
    [
        ("Scale AI", "Company", ("scale-ai", 94.0, True)),
        ("ScaleAI", "Company", ("scale-ai", 94.0, True)),
        ("SCALE AI, Inc.", "Company", ("scale-ai", 94.0, True)),
        ("Meta", "Company", ("meta", 94.0, True)),
        ("Alexandr Wang", "Person", ("alexandr-wang", 94.0, True)),
        ("Hyperion", "DataCenter", ("hyperion", 94.0, True)),
        ("Hyperion", "Facility", ("hyperion", 94.0, True)),
        ("OpenAI Inc.", "Organization", ("openai", 94.0, True)),
        ("Californie", "Region", ("california", 94.0, True)),
        # Another name, however well it fits, is not the full name.
        ("Facebook", "Company", ("meta", 91.4, False)),
        ("Méta Platforms", "Company", ("meta", 91.4, False)),
        ("Scale", "Company", ("scale-ai", 91.4, False)),
        ("A. Wang", "Person", ("alexandr-wang", 63.8, False)),
        ("Mark Zukerberg", "Person", ("mark-zuckerberg", 86.9, False)),
    ],
)
def test_a_name_finds_its_thing(desk: Desk, name: str, type_: str, expected: tuple[str, float, bool]) -> None:
    assert first(desk, name, type=type_, type_strict="should") == expected


def test_what_is_nothing_alike_finds_nothing(desk: Desk) -> None:
    assert candidates(desk, "Zzyzx Kolibri Qwerty") == []
    assert candidates(desk, "   ") == []
    assert candidates(desk, "Meta " * 200) == []


def test_a_name_alone_is_not_matched_unseen(desk: Desk) -> None:
    assert first(desk, "Hyperion") == ("hyperion", 94.0, False)


def test_no_more_candidates_come_than_are_asked_for_and_the_best_come_first(desk: Desk) -> None:
    found = candidates(desk, "Scale AI")
    assert len(found) == 10
    assert [each["score"] for each in found] == sorted((e["score"] for e in found), reverse=True)
    assert [each["id"] for each in candidates(desk, "Scale AI", limit=2)] == [e["id"] for e in found[:2]]


def test_an_id_finds_its_thing(desk: Desk) -> None:
    for name in ("id:meta", "https://w3id.org/dealgraph/id/meta"):
        assert first(desk, name) == ("meta", 95.0, True)
    assert first(desk, "deal-meta-scale-ai-2025")[0] == "deal-meta-scale-ai-2025"


# --- by type -----------------------------------------------------------------------------------------------


def test_another_type_caps_the_score(desk: Desk) -> None:
    assert first(desk, "Meta", type="Person") == ("meta", CAP_KIND, False)
    assert feature(candidates(desk, "Meta", type="Person")[0], "type") == 0


def test_another_type_is_left_out_where_the_query_is_strict(desk: Desk) -> None:
    assert candidates(desk, "Meta", type="Person", type_strict="any") == []
    assert first(desk, "Meta", type=["Person", "Company"], type_strict="any")[0] == "meta"
    assert candidates(desk, "Meta", type=["Person", "Company"], type_strict="all") == []
    assert first(desk, "Meta", type=["Agent", "Company"], type_strict="all")[0] == "meta"


def test_a_type_includes_its_subclasses_and_what_is_inferred(desk: Desk) -> None:
    assert feature(candidates(desk, "Meta", type="Agent")[0], "type") == 1
    assert feature(candidates(desk, "Meta", type="StrategicInvestor")[0], "type") == 1


def test_a_wider_class_than_is_asked_for_is_near(desk: Desk) -> None:
    found = candidates(desk, "Epoch AI", type="Company")[0]
    assert (found["id"], feature(found, "type"), found["match"]) == ("epoch-ai", 0.5, False)


@pytest.mark.parametrize("name", ["Company", "dg:Company", "https://w3id.org/dealgraph/ontology#Company"])
def test_a_type_may_be_named_in_full(desk: Desk, name: str) -> None:
    assert first(desk, "Meta", type=name)[2]


# --- by identifier -----------------------------------------------------------------------------------------


def test_an_identifier_that_agrees_outranks_any_name(desk: Desk) -> None:
    found = candidates(desk, "Amazon", type="Company", properties=[named("scheme/lei", APPLE_LEI)])
    assert [(each["id"], each["match"]) for each in found] == [("apple", False), ("amazon", False)]
    assert found[0]["score"] >= 95
    assert found[1]["score"] == CAP_IDENTIFIER


@pytest.mark.parametrize(
    ("property_", "value"),
    [
        ("scheme/lei", META_LEI),
        ("scheme/lei", META_LEI.lower()),
        ("scheme:lei", f"lei:{META_LEI}"),
        ("https://w3id.org/dealgraph/scheme/lei", f"https://rdf.gleif.org/L1/L-{META_LEI}"),
        ("scheme/sec-cik", 1326801),
        ("scheme/wikidata", {"id": "Q380", "name": "Meta"}),
        ("scheme/wikidata", ["Q1", "Q380"]),
    ],
)
def test_an_identifier_is_read_as_it_stands_in_a_cell(desk: Desk, property_: str, value: object) -> None:
    found = candidates(desk, "Facebook", type="Company", properties=[{"pid": property_, "v": value}])
    assert (found[0]["id"], found[0]["match"]) == ("meta", True)
    assert found[0]["score"] > BEST_WITHOUT_IDENTIFIER


def test_an_identifier_needs_no_name(desk: Desk) -> None:
    assert first(desk, "", properties=[named("scheme/lei", META_LEI)]) == ("meta", 95.0, True)
    assert first(desk, "http://www.wikidata.org/entity/Q380") == ("meta", 95.0, True)


def test_an_identifier_is_not_matched_unseen_under_quite_another_name(desk: Desk) -> None:
    assert first(desk, "Bakery Schmidt", properties=[named("scheme/lei", META_LEI)]) == ("meta", 95.0, False)


def test_an_identifier_is_not_matched_unseen_where_another_thing_has_the_very_name(desk: Desk) -> None:
    row = {"type": "Organization", "properties": [named("scheme/lei", META_LEI)]}
    found = candidates(desk, "Meta Superintelligence Labs", **row)
    assert [(each["id"], each["match"]) for each in found[:2]] == [
        ("meta", False),
        ("meta-superintelligence-labs", False),
    ]


def test_an_identifier_of_another_type_caps_the_score(desk: Desk) -> None:
    found = first(desk, "Meta", type="Person", properties=[named("scheme/lei", META_LEI)])
    assert found == ("meta", CAP_KIND, False)


def test_what_was_judged_another_entity_counts_against(desk: Desk) -> None:
    """Hyperion has no ROR id at all: what contradicts is the judgement alone."""
    maker = candidates(desk, "Hyperion", type="Facility", properties=[named("scheme/ror", "039fsvq67")])[0]
    assert (maker["id"], maker["score"], maker["match"]) == ("hyperion", CAP_IDENTIFIER, False)
    assert feature(maker, "scheme/ror") == 0


def test_what_was_judged_near_or_left_undecided_is_no_match(desk: Desk) -> None:
    cluster = named("scheme/epoch-gpu-cluster", "Meta_Louisiana_Datacenter")
    assert first(desk, "Hyperion", type="Facility", properties=[cluster])[2] is False
    assert (
        first(desk, "Alexandr Wang", type="Person", properties=[named("scheme/dbpedia", "Alexandr_Wang")])[2]
        is False
    )


def test_an_identifier_that_the_graph_does_not_know_of_speaks_for_nothing(desk: Desk) -> None:
    found = candidates(desk, "Hyperion", type="Facility", properties=[named("scheme/wikidata", "Q1")])[0]
    assert (found["score"], feature(found, "scheme/wikidata")) == (94.0, None)


def test_a_value_that_cannot_be_read_is_told_and_hinders_a_match(desk: Desk) -> None:
    typing_error = META_LEI[:-1] + "4"
    found = candidates(desk, "Meta", type="Company", properties=[named("scheme/lei", typing_error)])[0]
    assert (found["score"], found["match"], feature(found, "unread")) == (94.0, False, 1)


# --- by other properties -----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["California", "Californie", {"id": "california", "name": "x"}, "CA"])
def test_a_place_that_agrees_bears_a_name_out(desk: Desk, place: object) -> None:
    assert first(desk, "Facebook", properties=[named("basedIn", place)])[0::2] == ("meta", True)


def test_a_country_alone_bears_nothing_out(desk: Desk) -> None:
    for country in ("United States", "US", "États-Unis", {"id": "united-states"}):
        assert first(desk, "Facebook", properties=[named("basedIn", country)])[2] is False


def test_another_place_caps_the_score(desk: Desk) -> None:
    found = candidates(desk, "Meta", type="Company", properties=[named("basedIn", "France")])[0]
    assert (found["id"], found["score"], found["match"]) == ("meta", CAP_PLACE, False)


def test_a_wider_place_than_ours_contradicts_nothing(desk: Desk) -> None:
    """Meta is based in California; that it is in a town of it is not excluded."""
    found = candidates(desk, "Meta", type="Company", properties=[named("basedIn", "San Francisco")])[0]
    assert found["score"] > CAP_PLACE
    assert feature(found, "basedIn") != 0


@pytest.mark.parametrize(
    ("value", "told"), [(2004, 1), ("2004-02-04", 1), (2005, 0.6), (1999, 0), ("February 2004", 1)]
)
def test_a_date_agrees_where_the_spans_meet(desk: Desk, value: object, told: float) -> None:
    found = candidates(desk, "Meta", type="Company", properties=[named("foundingDate", value)])[0]
    assert feature(found, "foundingDate") == told
    assert found["match"] is (told != 0)


def test_a_thing_that_is_a_value_is_found_by_its_name_or_its_id(desk: Desk) -> None:
    for value in ("Alexandr Wang", {"id": "alexandr-wang", "name": "Wang, A."}):
        found = candidates(desk, "Scale", properties=[named("foundedBy", value)])[0]
        assert (found["id"], feature(found, "foundedBy"), found["match"]) == ("scale-ai", 1, True)


@pytest.mark.parametrize(
    ("property_", "value"),
    [("rdfs:label", "Meta"), ("rdf:type", "company"), ("skos:altLabel", "Facebook")],
)
def test_a_code_or_a_text_that_agrees_is_shown_and_bears_nothing_out(
    desk: Desk, property_: str, value: str
) -> None:
    found = candidates(desk, "Facebook", properties=[named(property_, value)])[0]
    assert (found["id"], found["score"], found["match"]) == ("meta", 91.2, False)
    assert feature(found, property_) in (1, None)


def test_what_the_graph_does_not_say_contradicts_nothing(desk: Desk) -> None:
    found = candidates(desk, "Scale AI", type="Company", properties=[named("foundedBy", "Nobody")])[0]
    assert feature(found, "foundedBy") is None
    assert found["score"] < 94


def test_properties_without_a_name_find_things_but_never_surely(desk: Desk) -> None:
    found = candidates(desk, properties=[named("basedIn", "San Francisco")])
    assert [each["id"] for each in found] == ["anthropic", "openai", "scale-ai"]
    assert {each["score"] for each in found} == {CAP_NAMELESS}
    assert not any(each["match"] for each in found)


def test_a_possible_or_denied_claim_does_not_help(desk: Desk) -> None:
    """That Meta might control Scale AI, or that it is listed, is said of nobody as a fact."""
    found = candidates(desk, "Meta", type="Company", properties=[named("controls", {"id": "scale-ai"})])[0]
    assert feature(found, "controls") is None


# --- conditions of version 1.0 -----------------------------------------------------------------------------


def conditioned(desk: Desk, *conditions: dict[str, object], **more: object) -> list[str]:
    query = {"conditions": [{"matchType": "name", "propertyValue": "Scale AI"}, *conditions], **more}
    (result,) = sent(desk, "/reconcile/1.0/match", {"queries": [query]})["results"]
    return [each["id"] for each in result["candidates"]]


def of(property_: str, value: object, **more: object) -> dict[str, object]:
    return {"matchType": "property", "propertyId": property_, "propertyValue": value, **more}


def test_a_required_condition_leaves_out_what_is_not_known_to_meet_it(desk: Desk) -> None:
    assert conditioned(desk, of("basedIn", "San Francisco", required=True)) == ["scale-ai"]
    assert conditioned(desk, of("basedIn", "Seattle", required=True)) == []
    assert conditioned(desk, of("basedIn", "Seattle"))[0] == "scale-ai"


def test_a_quantifier_asks_for_any_all_or_none_of_the_values(desk: Desk) -> None:
    places = ["San Francisco", "Seattle"]
    assert conditioned(desk, of("basedIn", places, required=True)) == ["scale-ai"]
    assert conditioned(desk, of("basedIn", places, required=True, matchQuantifier="all")) == []
    kept = conditioned(desk, of("basedIn", places, required=True, matchQuantifier="none"))
    assert kept
    assert "scale-ai" not in kept
    assert "scale-ai" in conditioned(desk, of("basedIn", "Seattle", required=True, matchQuantifier="none"))


def test_a_required_name_must_be_the_very_name(desk: Desk) -> None:
    name = {"matchType": "name", "propertyValue": "Scale Ai", "required": True}
    query = {"queries": [{"conditions": [name]}]}
    (result,) = sent(desk, "/reconcile/1.0/match", query)["results"]
    assert [each["id"] for each in result["candidates"]] == ["scale-ai"]


def test_that_an_identifier_is_not_had_is_no_evidence(desk: Desk) -> None:
    none_of = of("scheme/wikidata", ["Q1", "Q2"], matchQuantifier="none")
    query = {"conditions": [{"matchType": "name", "propertyValue": "Scale"}, none_of]}
    found = sent(desk, "/reconcile/1.0/match", {"queries": [query]})["results"][0]["candidates"][0]
    assert (found["id"], found["score"], found["match"]) == ("scale-ai", 91.2, False)
    meta = of("scheme/wikidata", "Q380", matchQuantifier="none")
    conditions = [{"matchType": "name", "propertyValue": "Meta"}, meta]
    batch = {"queries": [{"limit": 50, "conditions": conditions}]}
    found = sent(desk, "/reconcile/1.0/match", batch)["results"][0]["candidates"]
    assert next(each for each in found if each["id"] == "meta")["score"] == CAP_IDENTIFIER


# --- judged, and spelled -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("Hyperion Materials & Technologies (United States)", "hyperion"),
        ("New Albany, Indiana", "new-albany"),
        ("London, Ontario", "london"),
    ],
)
def test_the_name_of_what_was_judged_another_entity_counts_against(desk: Desk, name: str, thing: str) -> None:
    found = next(each for each in candidates(desk, name) if each["id"] == thing)
    assert (found["score"], feature(found, "judged"), found["match"]) == (CAP_IDENTIFIER, 0, False)


def test_a_name_spelled_as_an_id_is_found_and_not_matched_unseen(desk: Desk) -> None:
    for name in ("new-albany", "deal-meta-scale-ai-2025"):
        found = candidates(desk, name)[0]
        assert (found["id"], found["match"]) == (name, False)
        assert found["score"] >= 95
    assert candidates(desk, "id:new-albany")[0]["match"]

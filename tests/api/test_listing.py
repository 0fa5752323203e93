"""What programs look up: the queries, the prefixes, names as they are typed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealgraph.api.listing import answer_list, answer_prefixes, answer_suggest
from dealgraph.desk import Desk
from dealgraph.errors import UnknownName, WrongParameter
from dealgraph.terms import PREFIXES, iri
from dealgraph.web import Call


def suggested(desk: Desk, *pairs: tuple[str, str], language: str = "en") -> list[dict[str, str]]:
    answer = answer_suggest(desk, Call("/suggest", query=pairs, language=language))
    found: list[dict[str, str]] = json.loads(answer.whole())
    return found


def test_the_list_has_every_query_with_its_parameters(desk: Desk) -> None:
    told: Any = json.loads(answer_list(desk, Call("/api", origin="https://x.org")).whole())
    assert [query["name"] for query in told["queries"]] == [query.name for query in desk.queries]
    (one,) = (query for query in told["queries"] if query["name"] == "claims/about")
    assert one["address"] == "https://x.org/api/claims/about"
    assert [(p["name"], p["type"], p["default"]) for p in one["params"]] == [
        ("thing", "iri", ["id:alexandr-wang"]),
        ("lang", "string", ["en"]),
    ]


def test_a_browser_is_sent_to_the_page(desk: Desk) -> None:
    answer = answer_list(desk, Call("/api", accept="text/html,application/xhtml+xml,*/*;q=0.8"))
    assert (answer.status, answer.headers["Location"]) == (303, "/api/docs")


def test_the_prefixes_are_those_of_the_table(desk: Desk) -> None:
    assert json.loads(answer_prefixes(desk, Call("/api/prefixes.json")).whole()) == dict(PREFIXES)


def test_a_beginning_names_a_thing(desk: Desk) -> None:
    (first, *_) = suggested(desk, ("q", "scale a"), ("kind", "Company"))
    assert first["iri"] == iri("id:scale-ai")
    assert (first["id"], first["value"], first["href"]) == ("id:scale-ai", "Scale AI", "/id/scale-ai")


def test_what_is_offered_to_type_names_the_thing_and_no_other(desk: Desk) -> None:
    for name in suggested(desk, ("q", "meta"), ("limit", "50")):
        assert name["value"] in (name["label"], name["id"])


def test_only_things_of_the_class_are_offered(desk: Desk) -> None:
    assert {name["id"].partition(":")[0] for name in suggested(desk, ("q", "abc"), ("kind", "Article"))} == {
        "article"
    }
    assert suggested(desk, ("q", "scale a"), ("kind", "Person")) == []


def test_no_more_names_are_given_than_asked_for(desk: Desk) -> None:
    assert len(suggested(desk, ("q", "meta"), ("limit", "2"))) == 2
    assert suggested(desk) == []


@pytest.mark.parametrize(
    "pair",
    [("limit", "0"), ("limit", "51"), ("limit", "²"), ("kind", "Unicorn"), ("kind", "a b"), ("lang", "de")],
)
def test_what_cannot_be_meant_is_told(desk: Desk, pair: tuple[str, str]) -> None:
    with pytest.raises((UnknownName, WrongParameter)) as told:
        suggested(desk, ("q", "meta"), pair)
    assert told.value.where == pair[0]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_whatever_is_typed_gives_names_or_none(desk: Desk, text: str) -> None:
    assert all(name["label"] for name in suggested(desk, ("q", text)))

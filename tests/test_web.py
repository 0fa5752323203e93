"""Calls, answers and the choice between forms, with no server."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealgraph.errors import UnknownName, WrongUsage
from dealgraph.terms import BASE, iri
from dealgraph.web import Call, Offer, choose, href, local_iri, problem, without_suffix

HTML = Offer("html", ("text/html", "application/xhtml+xml"))
TURTLE = Offer("ttl", ("text/turtle", "application/x-turtle"))
JSON = Offer("json", ("application/json",))
OFFERS = (HTML, TURTLE, JSON)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", HTML),
        ("*/*", HTML),
        ("text/turtle", TURTLE),
        ("TEXT/Turtle;Q=0.9", TURTLE),
        ("text/*;q=0.5, application/json", JSON),
        ("text/html;q=0, */*;q=0.1", TURTLE),
        ("text/html;q=0.2, application/xhtml+xml;q=0.8, text/turtle;q=0.5", HTML),
        ("application/x-turtle, text/html;q=0.9", TURTLE),
        ("text/html;level=1;q=0.4, text/turtle;q=0.3", HTML),
        ("image/png", None),
        ("*/*;q=0", None),
        ("nonsense, text/turtle", TURTLE),
        ("nonsense", HTML),
        ("text/turtle;q=much, application/json;q=0.1", JSON),
    ],
)
def test_the_form_that_is_liked_best_is_chosen(accept: str, chosen: Offer | None) -> None:
    assert choose(accept, OFFERS) == chosen


@given(st.text())
def test_no_header_breaks_the_choice(accept: str) -> None:
    assert choose(accept, OFFERS) in (*OFFERS, None)


def test_a_suffix_is_taken_off_where_it_is_known() -> None:
    offers = {"ttl": TURTLE}
    assert without_suffix("/id/meta.ttl", offers) == ("/id/meta", TURTLE)
    assert without_suffix("/id/gpt-4.5", offers) == ("/id/gpt-4.5", None)


@pytest.mark.parametrize("name", ["id:meta", "dg:Deal", "article:abcbourse-2025-06-13", "claim:a-1"])
def test_a_path_stands_for_the_iri_that_it_comes_from(name: str) -> None:
    assert href(iri(name)).startswith("/")
    assert local_iri(href(iri(name))) == iri(name)


@given(st.text(alphabet=st.characters(exclude_characters="#?", exclude_categories=["Cs"]), min_size=1))
def test_a_path_is_plain_ascii_and_leads_back(name: str) -> None:
    term = f"{BASE}id/{name}"
    assert href(term).isascii()
    assert local_iri(href(term)) == term


def test_an_outside_iri_stays_as_it_is() -> None:
    assert href("http://www.wikidata.org/entity/Q380") == "http://www.wikidata.org/entity/Q380"


@pytest.mark.parametrize("name", ["time:../2025-07-15", "time:2025-06-13/.."])
def test_two_dots_in_a_name_do_not_lead_to_the_folder_above(name: str) -> None:
    path = href(iri(name))
    assert {".", ".."}.isdisjoint(path.split("/"))
    assert local_iri(path) == iri(name)


def test_an_address_with_a_changed_parameter_keeps_the_others() -> None:
    call = Call("/search", query=(("q", "é a"), ("page", "2"), ("q", "b")))
    assert call.first("q") == "é a"
    assert call.all("q") == ("é a", "b")
    assert call.address(page="3") == "/search?q=%C3%A9+a&q=b&page=3"
    assert Call("/search", query=(("page", "2"),)).address(page=None) == "/search"


def test_a_form_must_be_utf_8() -> None:
    assert Call("/sparql", body=b"query=a+%C3%A9&x=").form() == (("query", "a é"), ("x", ""))
    for body in (b"query=%FF", b"query=\xff"):
        with pytest.raises(WrongUsage, match="UTF-8"):
            Call("/sparql", body=body).form()


def test_an_error_is_told_in_the_form_that_the_client_reads() -> None:
    error = UnknownName("no thing has this name", where="'Mtea'", fix="Did you mean: Meta?")
    line = problem(error, "*/*")
    assert (line.status, line.whole().decode()) == (404, f"{error}\n")
    told = json.loads(problem(error, "application/json").whole())
    assert told == {
        "title": "UnknownName",
        "status": 404,
        "detail": "no thing has this name",
        "where": "'Mtea'",
        "fix": "Did you mean: Meta?",
    }
    assert problem(error, "text/html", lambda _: "<p>").whole() == b"<p>"
    assert problem(error, "text/html").media_type.startswith("text/plain")

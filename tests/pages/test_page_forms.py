"""Every page is to be had as data, which says what the store says."""

from __future__ import annotations

import json
import socket

import pytest
from page_calls import ask
from pyoxigraph import Quad, RdfFormat, Triple, parse

from dealgraph.desk import Desk

NODES = (
    "/id/scale-ai",
    "/claim/abcbourse-2025-06-13-15",
    "/article/arktechnews-2025-07-15",
    "/quantity/arktechnews-2025-07-15-37",
    "/graph/things",
    "/dataset/ror",
    "/time/2025-06",
)
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
}


def quads_at(desk: Desk, address: str, form: RdfFormat) -> list[Quad]:
    answer = ask(desk, address)
    assert answer.status == 200, address
    return list(parse(answer.whole(), format=form))


def triples_of(desk: Desk) -> set[Triple]:
    return {quad.triple for quad in desk.store}


@pytest.mark.parametrize("node", NODES)
@pytest.mark.parametrize("suffix", FORMATS)
def test_data_parses_and_says_nothing_that_the_store_does_not(desk: Desk, node: str, suffix: str) -> None:
    found = quads_at(desk, f"{node}.{suffix}", FORMATS[suffix])
    told = {
        q.triple
        for q in found
        if not q.predicate.value.startswith("https://schema.org/") and "schema.org" not in str(q.object)
    }
    assert told
    assert told - triples_of(desk) == set()


@pytest.mark.parametrize("node", ["/id/scale-ai", "/claim/abcbourse-2025-06-13-15"])
def test_all_forms_say_the_same(desk: Desk, node: str) -> None:
    told = {q.triple for q in quads_at(desk, f"{node}.ttl", RdfFormat.TURTLE)}
    for suffix in ("nt", "rdf", "trig"):
        assert {q.triple for q in quads_at(desk, f"{node}.{suffix}", FORMATS[suffix])} == told
    assert told <= {q.triple for q in quads_at(desk, f"{node}.jsonld", RdfFormat.JSON_LD)}


def test_named_graphs_are_those_of_the_store(desk: Desk) -> None:
    for quad in quads_at(desk, "/id/scale-ai.trig", RdfFormat.TRIG):
        assert quad in desk.store


def test_json_ld_is_read_without_fetching_and_has_the_words_of_schema_org(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    answer = ask(desk, "/id/scale-ai.jsonld")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    document = json.loads(answer.whole())
    assert isinstance(document["@context"], dict)
    assert {"@vocab"} <= document["@context"].keys()
    subject = "https://w3id.org/dealgraph/id/scale-ai"
    names = [
        quad.object.value
        for quad in parse(answer.whole(), format=RdfFormat.JSON_LD)
        if quad.subject.value == subject and quad.predicate.value == "https://schema.org/name"
    ]
    assert names == ["Scale AI", "Scale AI"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json, text/html;q=0.5", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/json", "application/json"),
        ("*/*", "text/html; charset=utf-8"),
    ],
)
def test_a_client_gets_the_form_that_it_accepts(desk: Desk, accept: str, media_type: str) -> None:
    assert ask(desk, "/id/meta", accept=accept).media_type == media_type


def test_a_suffix_counts_before_what_is_accepted(desk: Desk) -> None:
    assert ask(desk, "/id/meta.nt", accept="text/html").media_type == "application/n-triples"
    assert ask(desk, "/id/meta.html", accept="text/turtle").media_type == "text/html; charset=utf-8"


def test_a_form_that_is_not_to_be_had_is_refused_with_those_that_are(desk: Desk) -> None:
    answer = ask(desk, "/id/meta", accept="image/png")
    assert answer.status == 406
    assert b"text/turtle" in answer.whole()


def test_a_page_links_to_its_other_forms(desk: Desk) -> None:
    told = ask(desk, "/id/meta").whole().decode()
    assert '<link rel="alternate" type="text/turtle" title="Turtle" href="/id/meta.ttl">' in told


def test_json_is_what_the_command_line_shows(desk: Desk) -> None:
    told = json.loads(ask(desk, "/id/scale-ai.json").whole())
    assert told["thing"] == "https://w3id.org/dealgraph/id/scale-ai"
    assert {"thing", "name", "sections", "identifiers"} == told.keys()

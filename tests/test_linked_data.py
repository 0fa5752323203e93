"""A thing in the words of schema.org, as two libraries read it, without fetching anything."""

from __future__ import annotations

import json

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from dealgraph.linked_data import schema_org
from dealgraph.mapping import EXACT, Judgement, load
from dealgraph.settings import open_project
from dealgraph.terms import iri
from graph import the_store
from tiny import ROOT, store_of

SCHEMA = iri("schema:")
SUBJECTS = sorted({mapping.subject for each in load(open_project(ROOT)) for mapping in each.mappings})

Triples = set[tuple[str, str, str]]


def by_rdflib(text: str) -> Triples:
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    return {(str(s), str(p), str(o)) for s, p, o in graph if isinstance(s, rdflib.URIRef)}


def by_oxigraph(text: str) -> Triples:
    quads = parse(text, RdfFormat.JSON_LD)
    return {
        (quad.subject.value, quad.predicate.value, getattr(quad.object, "value", ""))
        for quad in quads
        if not str(quad.subject).startswith("_:")
    }


def document(thing: str) -> str:
    return json.dumps(schema_org(the_store(), thing), ensure_ascii=False)


@pytest.mark.parametrize("read", [by_rdflib, by_oxigraph])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_same_as_holds_exact_matches_and_nothing_else(subject: str, read: object) -> None:
    assert callable(read)
    said = read(document(subject))
    matches = {
        mapping.object
        for each in load(open_project(ROOT))
        for mapping in each.mappings
        if mapping.subject == subject and mapping.judgement is Judgement.MATCH
    }
    assert {o for s, p, o in said if p == f"{SCHEMA}sameAs"} == matches
    assert {s for s, _, _ in said} == {subject}


def test_nothing_denied_open_or_near_appears_anywhere() -> None:
    for each in load(open_project(ROOT)):
        for mapping in each.mappings:
            if mapping.judgement not in {Judgement.MATCH, Judgement.NOT_FOUND}:
                same = {o for _, p, o in by_oxigraph(document(mapping.subject)) if p == f"{SCHEMA}sameAs"}
                assert mapping.object not in same


@pytest.mark.parametrize(
    ("thing", "kind"),
    [
        ("id:meta", "Organization"),
        ("id:mark-zuckerberg", "Person"),
        ("id:san-francisco", "City"),
        ("id:united-states", "Country"),
        ("id:ohio", "AdministrativeArea"),
        ("id:prometheus", "Thing"),
        ("id:llama-4", "Thing"),
    ],
)
def test_a_thing_has_the_nearest_class_that_the_alignments_give(thing: str, kind: str) -> None:
    assert schema_org(the_store(), iri(thing))["@type"] == [kind]


def test_a_thing_without_a_class_there_is_a_thing_and_has_no_empty_keys() -> None:
    store = store_of("graph:things { id:b a dg:Notion ; rdfs:label 'b'@en }")
    told = schema_org(store, iri("id:b"))
    assert told["@type"] == ["Thing"]
    assert told.keys() == {"@context", "@id", "@type", "name"}


def test_identifiers_name_scheme_and_value() -> None:
    told = schema_org(the_store(), iri("id:openai"))["identifier"]
    assert isinstance(told, list)
    leis = [each["value"] for each in told if each["propertyID"] == iri("scheme:lei")]
    assert leis == ["549300M3WRI6CMX2WP65", "9845008AF81ABBC36E24"]


def test_no_context_is_fetched() -> None:
    context = schema_org(the_store(), iri("id:meta"))["@context"]
    assert isinstance(context, dict)
    assert context["@vocab"] == SCHEMA
    assert EXACT not in document(iri("id:meta"))

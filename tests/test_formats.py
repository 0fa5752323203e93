"""Results in each format: those that fit are read back as they were, the others are named."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse_query_results,
)
from pyoxigraph import parse as parse_rdf

from dealgraph import formats
from dealgraph.errors import FormatMisfit
from dealgraph.terms import iri
from tiny import store_of

STORE = store_of(
    'id:bluewave rdfs:label "Bluewave, « \\"BW\\" »"@fr . id:northwind rdfs:label "North\\nwind" .'
    'graph:again { id:bluewave rdfs:label "Bluewave, « \\"BW\\" »"@fr . }'
)
LABELS = [
    (NamedNode(iri("id:bluewave")), Literal('Bluewave, « "BW" »', language="fr")),
    (NamedNode(iri("id:northwind")), Literal("North\nwind")),
]
QUERIES = {
    "rows": "SELECT ?thing ?label { ?thing ?p ?label } ORDER BY ?thing",
    "answer": "ASK { ?s ?p ?o }",
    "graph": """CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }
        ORDER BY DESC(?s)""",
}
FITTING = {
    "rows": {"csv", "json", "tsv", "xml"},
    "answer": {"csv", "json", "tsv", "xml"},
    "graph": {"jsonld", "n3", "nq", "nt", "rdf", "trig", "ttl"},
}
BESIDES = {"rows": set[str](), "answer": set[str](), "graph": {"xml"}}
"""What is taken, and named by another name."""
RESULTS = {
    "json": QueryResultsFormat.JSON,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
GRAPHS = {
    "jsonld": RdfFormat.JSON_LD,
    "n3": RdfFormat.N3,
    "nq": RdfFormat.N_QUADS,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "ttl": RdfFormat.TURTLE,
    "xml": RdfFormat.RDF_XML,
}


def result(kind: str) -> formats.Result:
    found = STORE.query(QUERIES[kind])
    assert isinstance(found, QuerySolutions | QueryBoolean | QueryTriples)
    return found


@pytest.mark.parametrize("kind", QUERIES)
@pytest.mark.parametrize("name", formats.ALL)
def test_a_format_fits_or_the_error_names_those_that_do(kind: str, name: str) -> None:
    if name in FITTING[kind] | BESIDES[kind]:
        assert formats.serialise(result(kind), name).decode("utf-8")
        return
    with pytest.raises(FormatMisfit, match=f"cannot be written as {name}") as error:
        formats.serialise(result(kind), name)
    named = re.findall(r"\w+", error.value.fix.removeprefix("Take one of:"))
    assert set(named) == FITTING[kind] | {formats.TABLE}
    assert error.value.where == "--format"


@pytest.mark.parametrize("kind", QUERIES)
@pytest.mark.parametrize("name", ["", "JSON", "xlsx", "../json"])
def test_an_unknown_format_is_refused(kind: str, name: str) -> None:
    with pytest.raises(FormatMisfit):
        formats.serialise(result(kind), name)


@pytest.mark.parametrize("name", sorted(RESULTS))
def test_rows_are_read_back_as_they_were(name: str) -> None:
    read = parse_query_results(formats.serialise(result("rows"), name), format=RESULTS[name])
    assert isinstance(read, QuerySolutions)
    assert [(row["thing"], row["label"]) for row in read] == LABELS


def test_rows_in_csv_are_read_by_a_spreadsheet() -> None:
    text = formats.serialise(result("rows"), "csv").decode("utf-8")
    header, *rest = csv.reader(io.StringIO(text, newline=""))
    assert header == ["thing", "label"]
    assert rest == [[thing.value, label.value] for thing, label in LABELS]


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_an_answer_of_yes_or_no_is_one_word(name: str) -> None:
    assert formats.serialise(result("answer"), name).strip() == b"true"


def test_an_answer_of_yes_or_no_is_read_back() -> None:
    assert json.loads(formats.serialise(result("answer"), "json"))["boolean"] is True
    read = parse_query_results(formats.serialise(result("answer"), "xml"), format=QueryResultsFormat.XML)
    assert isinstance(read, QueryBoolean)
    assert bool(read)


@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_a_graph_is_read_back_with_each_statement_once(name: str) -> None:
    read = parse_rdf(formats.serialise(result("graph"), name), GRAPHS[name])
    label = NamedNode(iri("rdfs:label"))
    assert [quad.triple for quad in read] == [Triple(thing, label, text) for thing, text in LABELS]


def test_turtle_is_written_with_the_prefixes_of_the_project() -> None:
    assert b"id:bluewave rdfs:label" in formats.serialise(result("graph"), "ttl")


def test_an_empty_result_is_written_too() -> None:
    for name in FITTING["graph"]:
        empty = STORE.query("CONSTRUCT WHERE { <a:a> <a:b> ?c }")
        assert isinstance(empty, QueryTriples)
        assert list(parse_rdf(formats.serialise(empty, name), GRAPHS[name])) == []


@pytest.mark.parametrize(
    ("kind", "terminal", "name"),
    [
        ("rows", True, "table"),
        ("rows", False, "json"),
        ("answer", True, "table"),
        ("answer", False, "json"),
        ("graph", True, "ttl"),
        ("graph", False, "jsonld"),
    ],
)
def test_a_person_gets_a_table_and_a_program_gets_json(kind: str, terminal: bool, name: str) -> None:
    assert formats.default(result(kind), terminal=terminal) == name

"""The stored queries as RDF: whole, apart from the data, and found by what editors of SPARQL ask."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from command_line import Cli
from dealgraph.errors import UnknownName
from dealgraph.examples import EXAMPLES, NOT_QUESTIONS, example_node, example_quads
from dealgraph.lookup import find
from dealgraph.snapshot import open_store
from dealgraph.stored import StoredQuery, parse
from dealgraph.terms import PREFIXES, iri
from graph import by_oxigraph, stored_queries, the_store

# The two questions that editors of SPARQL ask of an endpoint, here of the graph by its name.
EXAMPLES_ASKED = """PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX graph: <https://w3id.org/dealgraph/graph/>
SELECT DISTINCT ?sq ?comment ?query WHERE { GRAPH graph:queries {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
  FILTER(LANG(?comment) = "en")
} } ORDER BY ?sq"""
PREFIXES_ASKED = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace
WHERE { GRAPH ?graph { [] sh:namespace ?namespace ; sh:prefix ?prefix } } ORDER BY ?prefix"""

TEXT = """#+ summary: Which {kind}?
#+ summary_fr: Lesquels ?
#+ description: All of them.
#+ description_fr: Tous.
#+ tags: [deals]
#+ params:
#+   kind: {{type: enum, values: [big, small], label: "kind", label_fr: "genre"}}
#+   since: {{type: date, optional: true, label: "since", label_fr: "depuis"}}
SELECT ?kind ?since WHERE {{
  VALUES ?kind {{ "big" }}
  VALUES ?since {{ UNDEF }}
  #+ this line is no header
}}
ORDER BY ?kind
"""


def questions() -> list[StoredQuery]:
    return [query for query in stored_queries().values() if query.topic not in NOT_QUESTIONS]


def rows(store: Store, query: str) -> QuerySolutions:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return found


def small() -> Store:
    store = Store()
    store.extend(example_quads([parse(TEXT.format(kind="deals"), Path("queries/deals/which.rq"))]))
    return store


def value(store: Store, node: str, predicate: str) -> set[object]:
    return {q.object for q in store.quads_for_pattern(NamedNode(node), NamedNode(iri(predicate)), None, None)}


def test_every_stored_query_that_is_a_question_is_found_as_an_example() -> None:
    found = [row["sq"] for row in rows(the_store(), EXAMPLES_ASKED)]
    assert found == [example_node(query.name) for query in questions()]
    assert {query.topic for query in questions()} >= {"deals", "people", "federated", "stats"}


def test_an_example_is_the_query_without_its_header_and_gives_the_same_rows() -> None:
    texts = {row["sq"].value: row["query"].value for row in rows(the_store(), EXAMPLES_ASKED)}
    for query in questions():
        text = texts[example_node(query.name).value]
        assert text in query.text
        assert not text.startswith("#+")
        if not query.endpoints:
            assert by_oxigraph(the_store(), text) == by_oxigraph(the_store(), query.text)


def test_a_line_inside_a_query_that_looks_like_a_header_stays() -> None:
    (text,) = (row["query"].value for row in rows(small(), EXAMPLES_ASKED))
    assert text.startswith("SELECT")
    assert "#+ this line is no header" in text


def test_a_comment_tells_the_question_too() -> None:
    (comment,) = (row["comment"].value for row in rows(small(), EXAMPLES_ASKED))
    assert comment == "Which deals? All of them."


def test_the_prefixes_of_the_project_are_declared_as_editors_ask_for_them() -> None:
    found = {row["prefix"].value: row["namespace"].value for row in rows(small(), PREFIXES_ASKED)}
    assert found == PREFIXES


def test_a_parameter_has_its_name_type_values_and_default() -> None:
    store, query = small(), example_node("deals/which").value
    kind, since = f"{query}#parameter-kind", f"{query}#parameter-since"
    assert value(store, query, "sh:parameter") == {NamedNode(kind), NamedNode(since)}
    assert value(store, kind, "sh:path") == {NamedNode(f"{query}#kind")}
    assert value(store, kind, "sh:defaultValue") == {Literal("big")}
    assert value(store, since, "sh:defaultValue") == set()
    assert value(store, since, "sh:optional") == {Literal(True)}
    assert value(store, since, "sh:datatype") == {NamedNode(iri("xsd:date"))}
    (listed,) = value(store, kind, "sh:in")
    members = f"SELECT ?m {{ GRAPH ?g {{ {listed} rdf:rest*/rdf:first ?m }} }} ORDER BY ?m"
    found = rows(store, f"PREFIX rdf: <{PREFIXES['rdf']}> {members}")
    assert [row["m"].value for row in found] == ["big", "small"]


def test_a_federated_query_names_the_endpoint_that_it_asks() -> None:
    federated = next(query for query in questions() if query.endpoints)
    asked = value(the_store(), example_node(federated.name).value, "spex:federatesWith")
    assert asked == set(map(NamedNode, federated.endpoints))


def test_queries_stand_in_their_own_graph_only_and_no_node_is_blank() -> None:
    quads = list(the_store().quads_for_pattern(None, None, None, EXAMPLES))
    assert set(quads) == set(example_quads(stored_queries().values()))
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))
    for node in {quad.subject for quad in quads}:
        assert {q.graph_name for q in the_store().quads_for_pattern(node, None, None, None)} == {EXAMPLES}
        assert not any(the_store().quads_for_pattern(node, None, None, DefaultGraph()))


def test_a_query_is_no_thing_that_a_name_could_mean() -> None:
    query = stored_queries()["people/leaders"]
    with pytest.raises(UnknownName):
        find(the_store(), query.summary)


def test_a_changed_query_is_a_changed_example_after_the_next_build(cli: Cli, project: Path) -> None:
    path = project / "queries" / "people" / "leaders.rq"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Who heads which organization", "Who is at the head"), encoding="utf-8")
    shutil.copy(path, path.with_name("heads.rq"))
    assert cli("build", "--project", project).code == 0
    labels = {
        quad.subject: quad.object
        for quad in open_store(project / ".dealgraph").quads_for_pattern(
            None, NamedNode(iri("rdfs:label")), None, EXAMPLES
        )
        if isinstance(quad.object, Literal) and quad.object.language == "en"
    }
    assert labels[example_node("people/leaders")] == Literal("Who is at the head", language="en")
    assert labels[example_node("people/heads")] == Literal("Who is at the head", language="en")

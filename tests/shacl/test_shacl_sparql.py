"""Constraints of sh:sparql: asked for all focus nodes at once, they find what they find one by one."""

from __future__ import annotations

import pytest
from shacl_queries import ASKED, OF_NODE, shape

from dealgraph.errors import NotCompiled
from shacl_oracle import by_program, by_pyshacl, flat, program_of, rows_of
from shape_files import trig

DATA = """
id:a a id:K ; id:p 1 , 2 ; id:q id:b ; rdfs:label "a"@en .
id:b a id:K ; id:p 2 , 3 ; id:q id:a , id:c ; rdfs:label "b"@en , "b"@fr .
id:c a id:K ; id:p 5 ; id:q id:c .
id:d a id:L ; id:p 9 , 10 ; id:q id:a .
_:x a id:K ; id:p 1 ; id:q _:x .
"""
REFUSED = {
    "SELECT $this WHERE { $this id:p ?v MINUS { $this id:p 1 } }": "MINUS",
    "SELECT $this WHERE { VALUES ?v { 1 } $this id:p ?v }": "VALUES",
    "SELECT $this WHERE { SERVICE <http://127.0.0.1/> { $this id:p ?v } }": "SERVICE",
    "SELECT $this WHERE { $this id:p ?v } LIMIT 1": "LIMIT",
    "SELECT $this WHERE { $this id:p ?v } ORDER BY ?v OFFSET 1": "OFFSET",
    "SELECT (id:a AS $this) WHERE { id:a id:p ?v }": "AS $this",
    "SELECT (COUNT(?v) AS ?value) WHERE { $this id:p ?v }": "does not select $this",
    "SELECT $this ?value WHERE { { SELECT (MAX(?v) AS ?value) WHERE { ?x id:p ?v } } $this id:p ?value }": (
        "a sub-SELECT that does not select $this"
    ),
    "SELECT $this WHERE { FILTER EXISTS { { SELECT $this WHERE { $this id:p ?v } } } }": (
        "sub-SELECT inside EXISTS"
    ),
    "SELECT $this WHERE { $this $PATH ?v }": "$PATH",
    "SELECT $this WHERE { GRAPH $shapesGraph { $this a ?v } }": "$shapesGraph",
    "ASK { $this id:p 1 }": "a query that is no SELECT",
    "SELECT $this WHERE { $this id:p ": "does not parse",
    "SELECT $this WHERE { $this unknown:p ?v }": "does not parse",
}


@pytest.mark.parametrize("query", ASKED)
def test_a_query_finds_what_it_finds_node_by_node(query: str) -> None:
    kind, expected = ASKED[query]
    data, shapes = trig(DATA), trig(shape(kind, query))
    found = by_program(data, shapes)
    assert len(found) == expected
    assert by_pyshacl(data, shapes) == found


def test_a_query_without_a_value_is_about_the_node_itself() -> None:
    shapes = trig(shape(OF_NODE, "SELECT $this WHERE { $this id:q id:a }"))
    ((_, component, focus, path, value),) = by_program(trig(DATA), shapes)
    assert (component, path, value) == ("SPARQL", "", focus)


def test_a_query_of_a_nested_shape_is_asked() -> None:
    nested = shape(OF_NODE, "SELECT $this WHERE { $this id:q $this }").replace("shape:S a", "shape:T a")
    nested = nested.replace("a sh:NodeShape ; sh:targetClass id:K", "a sh:PropertyShape ; sh:path id:p")
    data, shapes = trig(DATA), trig(f"{nested} shape:S {OF_NODE} ; sh:property shape:T .")
    found = by_program(data, shapes)
    assert len(found) == 2
    assert by_pyshacl(data, shapes) == found


def test_a_deactivated_query_is_not_asked() -> None:
    text = shape(OF_NODE, "SELECT $this WHERE { $this id:q $this }")
    shapes = trig(text.replace("[ sh:prefixes", "[ sh:deactivated true ; sh:prefixes"))
    assert by_program(trig(DATA), shapes) == by_pyshacl(trig(DATA), shapes) == set()


def test_a_query_on_named_graphs_asks_for_them() -> None:
    shapes = trig(shape(OF_NODE, "SELECT $this WHERE { GRAPH ?g { $this id:p ?v } FILTER(?g = id:one) }"))
    program = program_of(shapes)
    assert program.reads_graphs
    assert not program_of(trig(shape(OF_NODE, "SELECT $this WHERE { $this id:graph ?v }"))).reads_graphs
    data = trig("id:a a id:K . id:b a id:K . id:one { id:a id:p 1 } id:two { id:b id:p 1 }")
    store = flat(data)
    assert rows_of(program, store) == set()
    store.bulk_extend(data)
    assert len(rows_of(program, store)) == 1


@pytest.mark.parametrize("query", REFUSED)
def test_a_query_that_cannot_be_asked_for_all_is_refused_by_name(query: str) -> None:
    with pytest.raises(NotCompiled) as refusal:
        program_of(trig(shape(OF_NODE, query)))
    assert REFUSED[query] in refusal.value.refused[0]

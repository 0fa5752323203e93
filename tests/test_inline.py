"""Statements in messages: one line, no labels of unnamed nodes, and always an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from dealgraph.inline import MOST_PARTS, inline
from dealgraph.terms import iri
from tiny import HEAD

A = NamedNode(iri("id:a"))


def read(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


@pytest.mark.parametrize(
    "text",
    [
        "id:a dg:p id:b",
        "id:a a [ owl:onProperty dg:p ; owl:hasValue id:b ]",
        "[ a owl:AllDifferent ; owl:distinctMembers ( id:a id:b id:c ) ]",
        "dg:p owl:propertyChainAxiom ( dg:q [ owl:inverseOf dg:r ] )",
        'id:a rdfs:label "x ; y"@en',
        "[ dg:p id:b ]; id:a dg:p id:b",
    ],
)
def test_a_statement_is_written_as_a_person_would(text: str) -> None:
    assert inline(read(f"{text.replace(']; ', '] . ')} .")) == text


def test_what_an_unnamed_node_is_may_come_from_elsewhere() -> None:
    stated = read("id:a a [ owl:onProperty dg:p ; owl:hasValue id:b ] .")
    (first,), rest = [t for t in stated if t.subject == A], [t for t in stated if t.subject != A]
    assert inline([first]) == "id:a a […]"
    assert inline([first], rest) == "id:a a [ owl:onProperty dg:p ; owl:hasValue id:b ]"


def test_nodes_in_circles_and_endless_lists_have_an_end() -> None:
    assert inline(read("_:a dg:p _:b . _:b dg:p _:a .")) != ""
    assert "…" in inline(read("id:x dg:p _:a . _:a rdf:first id:m ; rdf:rest _:a ."))
    assert "rdf:first" in inline(read("id:x dg:p _:a . _:a rdf:first id:m , id:n ; rdf:rest rdf:nil ."))
    assert inline(read("_:a dg:p _:a .")) == "[ dg:p […] ]"


nodes = st.sampled_from([BlankNode(name) for name in "abcde"])
links = st.sampled_from([NamedNode(iri(name)) for name in ("rdf:first", "rdf:rest", "dg:p", "rdf:type")])
values = st.one_of(nodes, st.sampled_from([NamedNode(iri(name)) for name in ("rdf:nil", "id:a")]))


@given(st.lists(st.builds(Triple, nodes, links, values), min_size=1, max_size=20))
def test_any_tangle_is_written_on_one_line_of_bounded_length(tangle: list[Triple]) -> None:
    text = inline(tangle)
    assert text
    assert "\n" not in text
    assert "_:" not in text
    assert len(text) < 400 * MOST_PARTS

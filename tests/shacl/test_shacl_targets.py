"""Focus nodes: which nodes each kind of target is about, once each, and what a run on some of them says."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from dealgraph.errors import CannotCheck, NotCompiled
from dealgraph.shacl import ShapesGraph, focus_counts
from dealgraph.terms import iri
from shacl_oracle import by_program, by_pyshacl, flat, last_names, program_of
from shape_files import trig

DATA = """
id:Low rdfs:subClassOf id:Middle . id:Middle rdfs:subClassOf id:Top . id:Top rdfs:subClassOf id:Middle .
id:a a id:Low , id:Top ; id:p id:b , 1 . id:b a id:Middle ; id:p id:b . _:x a id:Low ; id:p _:x , "t"@fr .
id:c id:q id:a .
"""
SHAPE = NamedNode(iri("shape:S"))
# What each target is about; a blank node is written _:.
KINDS = {
    "sh:targetClass id:Low": "_: a",
    "sh:targetClass id:Middle": "_: a b",
    "sh:targetClass id:Nothing": "",
    "sh:targetNode id:a , id:nowhere , 7": "7 a nowhere",
    "sh:targetSubjectsOf id:p": "_: a b",
    "sh:targetObjectsOf id:p": "1 _: b t",
    "sh:targetObjectsOf id:q": "a",
    "sh:targetSubjectsOf id:q , id:nothing": "c",
    "sh:targetClass id:Low ; sh:targetNode id:a ; sh:targetSubjectsOf id:p , id:q": "_: a b c",
}


@pytest.mark.parametrize("target", KINDS)
def test_a_target_is_about_its_nodes(target: str) -> None:
    data, shapes = trig(DATA), trig(f"shape:S a sh:NodeShape ; {target} ; sh:in () .")
    found = by_program(data, shapes)
    assert last_names(row[2] for row in found) == KINDS[target]
    assert by_pyshacl(data, shapes) == found


@pytest.mark.parametrize("target", KINDS)
def test_focus_nodes_are_counted_once_each(target: str) -> None:
    shapes = trig(f"shape:S a sh:NodeShape ; {target} ; sh:in () .")
    expected = len(KINDS[target].split())
    assert program_of(shapes).run(flat(trig(DATA))).counts == {SHAPE: expected}
    assert focus_counts(ShapesGraph(shapes), [SHAPE], flat(trig(DATA))) == {SHAPE: expected}


@pytest.mark.parametrize("target", KINDS)
def test_of_given_nodes_those_are_looked_at_that_a_target_is_about(target: str) -> None:
    shapes = trig(f"shape:S a sh:NodeShape ; {target} ; sh:in () .")
    given = [NamedNode(iri(f"id:{name}")) for name in ("a", "c")]
    found = by_program(trig(DATA), shapes, given)
    assert last_names(row[2] for row in found) == " ".join(
        name for name in KINDS[target].split() if name in ("a", "c")
    )


def test_a_shape_that_is_a_class_is_about_its_instances() -> None:
    shapes = trig("id:Middle a sh:NodeShape , rdfs:Class ; sh:in () .")
    data = trig(DATA)
    found = by_program(data, shapes)
    assert last_names(row[2] for row in found) == "_: a b"
    assert by_pyshacl(data, shapes) == found


def test_a_class_that_the_data_put_below_another_is_seen_by_the_next_run() -> None:
    program = program_of(trig("shape:S a sh:NodeShape ; sh:targetClass id:K ; sh:in () ."))
    assert program.run(flat(trig("id:a a id:L ."))).counts == {SHAPE: 0}
    assert program.run(flat(trig("id:a a id:L . id:L rdfs:subClassOf id:K ."))).counts == {SHAPE: 1}


def test_a_shape_without_a_target_or_deactivated_finds_nothing() -> None:
    for rest in ("sh:in ()", "sh:targetClass id:Low ; sh:deactivated true ; sh:in ()"):
        assert by_program(trig(DATA), trig(f"shape:S a sh:NodeShape ; {rest} .")) == set()


def test_a_literal_focus_node_is_its_own_value() -> None:
    shapes = trig("shape:S a sh:NodeShape ; sh:targetObjectsOf id:p ; sh:nodeKind sh:BlankNodeOrIRI .")
    results = program_of(shapes).run(flat(trig(DATA))).results
    assert [result.value for result in results] == [result.focus for result in results]
    assert {result.focus for result in results} == {
        Literal("t", language="fr"),
        Literal("1", datatype=NamedNode(iri("xsd:integer"))),
    }


def test_a_target_of_the_wrong_form_is_refused_by_both() -> None:
    shapes = trig("shape:S a sh:NodeShape ; sh:targetClass 'K' ; sh:in () .")
    with pytest.raises(NotCompiled, match="in the place of an IRI"):
        program_of(shapes)
    with pytest.raises(CannotCheck, match="in the place of an IRI"):
        focus_counts(ShapesGraph(shapes), [SHAPE], flat(trig(DATA)))

"""Property paths: which values each kind leads to, what it is called in a result, what is no path."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from dealgraph.errors import NotCompiled
from dealgraph.shacl import ShapesGraph
from dealgraph.shacl.graph import sh
from dealgraph.shacl.paths import in_words, read_path
from dealgraph.terms import compact, iri
from shacl_oracle import Row, by_program, by_pyshacl, last_names, program_of
from shape_files import trig

# A cycle a-b-c on id:p, a way out of it, values of other properties, and a statement in two graphs.
DATA = """
id:a id:p id:b . id:b id:p id:c . id:c id:p id:a , id:d .
id:a id:q id:c , 1 . id:c id:q id:e . id:d id:r "end"@en .
graph:one { id:a id:p id:b } graph:two { id:a id:p id:b }
"""
# Each path: how a result writes it, and the values that it leads to from id:a.
KINDS = {
    "id:p": ("id:p", "b"),
    "[ sh:inversePath id:p ]": ("^id:p", "c"),
    "( id:p id:p )": ("id:p/id:p", "c"),
    "( id:p id:p id:p )": ("id:p/id:p/id:p", "a d"),
    "[ sh:alternativePath ( id:p id:q ) ]": ("id:p|id:q", "1 b c"),
    "[ sh:zeroOrMorePath id:p ]": ("id:p*", "a b c d"),
    "[ sh:oneOrMorePath id:p ]": ("id:p+", "a b c d"),
    "[ sh:oneOrMorePath id:q ]": ("id:q+", "1 c e"),
    "[ sh:zeroOrOnePath id:q ]": ("id:q?", "1 a c"),
    "[ sh:zeroOrOnePath id:r ]": ("id:r?", "a"),
    "( [ sh:oneOrMorePath id:p ] id:r )": ("id:p+/id:r", "end"),
    "( id:q [ sh:inversePath id:p ] )": ("id:q/^id:p", "b"),
    "( [ sh:inversePath id:p ] [ sh:alternativePath ( id:q id:p ) ] )": ("^id:p/(id:q|id:p)", "a d e"),
    "[ sh:inversePath [ sh:inversePath id:p ] ]": ("^(^id:p)", "b"),
    "[ sh:oneOrMorePath ( id:p id:p ) ]": ("(id:p/id:p)+", "a b c d"),
    "[ sh:zeroOrMorePath [ sh:alternativePath ( id:q [ sh:inversePath id:p ] ) ] ]": (
        "(id:q|^id:p)*",
        "1 a b c e",
    ),
    "[ sh:inversePath [ sh:oneOrMorePath id:p ] ]": ("^(id:p+)", "a b c"),
}
NO_PATHS = {
    "( id:p )": "a list of paths has two members or more",
    "'p'": "no property path",
    "[ sh:alternativePath id:p ]": "a list of paths is not a list",
    "[ sh:inversePath id:p ; sh:zeroOrMorePath id:q ]": "has one mark",
    "[ id:p id:q ]": "has one mark",
    "_:itself . _:itself sh:inversePath _:itself": "no property path",
    "id:p , id:q": "2 values of sh:path",
}


def values(rows: set[Row]) -> str:
    """The value nodes of results, by their last names."""
    return last_names(row[-1] for row in rows)


@pytest.mark.parametrize("path", KINDS)
def test_a_path_leads_to_its_values(path: str) -> None:
    words, expected = KINDS[path]
    shapes = trig(f"shape:S a sh:PropertyShape ; sh:targetClass id:K ; sh:path {path} ; sh:in () .")
    data = trig(f"{DATA} id:a a id:K .")
    found = by_program(data, shapes)
    assert values(found) == expected
    assert {row[3] for row in found} == {words}
    assert by_pyshacl(data, shapes) == found


@pytest.mark.parametrize("path", KINDS)
def test_the_values_of_a_path_are_counted_once_each(path: str) -> None:
    number = len(KINDS[path][1].split())
    for count, broken in ((f"sh:maxCount {number - 1}", 1), (f"sh:maxCount {number}", 0)):
        shapes = trig(f"shape:S a sh:PropertyShape ; sh:targetClass id:K ; sh:path {path} ; {count} .")
        assert len(by_program(trig(f"{DATA} id:a a id:K ."), shapes)) == broken


@pytest.mark.parametrize("path", KINDS)
def test_a_path_in_words_reads_as_the_same_path(path: str) -> None:
    graph = ShapesGraph(trig(f"shape:S sh:path {path} ."))
    node = graph.value(NamedNode(iri("shape:S")), sh("path"))
    assert node is not None
    assert in_words(read_path(graph, node)) == KINDS[path][0]


@pytest.mark.parametrize("path", NO_PATHS)
def test_what_is_no_path_is_refused_by_name(path: str) -> None:
    shapes = trig(f"shape:S a sh:PropertyShape ; sh:minCount 1 ; sh:targetClass id:K ; sh:path {path} .")
    with pytest.raises(NotCompiled) as refusal:
        program_of(shapes)
    assert refusal.value.refused[0].startswith(f"{compact(iri('shape:S'))}: ")
    assert NO_PATHS[path] in refusal.value.refused[0]

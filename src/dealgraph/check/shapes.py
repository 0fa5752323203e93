"""The shapes as rules: their names, the shapes nested in them, and what they have to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from dealgraph.check.findings import Breach
from dealgraph.errors import CannotCheck
from dealgraph.shacl.graph import TYPE, Node, ShapesGraph, Term, sh
from dealgraph.shacl.questions import Result
from dealgraph.terms import compact

_LANGUAGES: Final = ("en", "fr")
_TARGETS: Final = tuple(map(sh, ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")))


@dataclass(frozen=True)
class Shape:
    """One named shape: its IRI, its name in the profile, and all blank shapes nested in it."""

    node: NamedNode
    name: str
    parts: frozenset[Node]


def shapes_of(graph: ShapesGraph) -> tuple[Shape, ...]:
    """Return the named shapes of a shapes graph by their names.

    Raises `CannotCheck` if there are none, for one that has a target and no name, and for a kind of target
    that is not evaluated here.
    """
    if others := graph.pairs(sh("target")):
        where = _name(others[0][0])
        raise CannotCheck("sh:target is not supported", where=where, fix="Use a target of SHACL core")
    found = {s for kind in ("NodeShape", "PropertyShape") for s in graph.subjects(TYPE, sh(kind))}
    aimed = {subject for target in _TARGETS for subject, _ in graph.pairs(target)}
    if any(isinstance(shape, BlankNode) for shape in aimed):
        raise CannotCheck("a shape with a target has no name", where="shapes", fix="Name it by an IRI")
    named = sorted((node for node in found | aimed if isinstance(node, NamedNode)), key=str)
    if not named:
        fix = "Add files to ontology/shapes"
        raise CannotCheck("no shapes, so that any graph would pass", where="shapes", fix=fix)
    return tuple(Shape(node, _name(node), _with_nested(graph, node)) for node in named)


def owners(named: tuple[Shape, ...]) -> Mapping[Node, Shape]:
    """Return the named shape that each shape is, or is nested in."""
    return {part: shape for shape in named for part in shape.parts}


def breach(result: Result, shape: Shape, graph: ShapesGraph) -> Breach:
    """Return a result under the name of its shape, with what the shape has to say."""
    english, french = messages(shape, result.shape, graph)
    return Breach(
        rule=shape.name,
        focus=_text(result.focus),
        path=result.path,
        value="" if result.value == result.focus else _text(result.value),
        message_en=english,
        message_fr=french,
    )


def messages(shape: Shape, part: Node, shapes: ShapesGraph) -> tuple[str, str]:
    """Return what the shape has to say in English and in French, its nested part's own words first."""
    said: dict[str | None, str] = {}
    for node in (part, shape.node):
        for text in shapes.objects(node, sh("message")):
            if isinstance(text, Literal):
                said.setdefault(text.language, text.value)
    english, french = (said.get(language) or next(iter(said.values()), shape.name) for language in _LANGUAGES)
    return english, french


def _with_nested(graph: ShapesGraph, node: NamedNode) -> frozenset[Node]:
    found: set[Node] = set()
    waiting: list[Node] = [node]
    while waiting:
        found.add(part := waiting.pop())
        waiting += (v for _, v in graph.about(part) if isinstance(v, BlankNode) and v not in found)
    return frozenset(found)


def _name(term: Term) -> str:
    return compact(term.value) if isinstance(term, NamedNode) else "shapes"


def _text(term: Term | None) -> str:
    if isinstance(term, NamedNode | Literal):
        return term.value
    return "" if term is None else "[]"

"""The shapes as rules: their names, their messages, and the nodes each of them is about.

The focus nodes are found here a second time, apart from pySHACL, so that a shape that is about nothing
does not pass in silence. Imports rdflib: import it where it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from dealgraph.check.graph import Node, nodes
from dealgraph.errors import CannotCheck
from dealgraph.terms import compact

_LANGUAGES: Final = ("en", "fr")
_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_STEPS: Final = {
    SH.inversePath: "^{}",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrMorePath: "{}*",
    SH.zeroOrOnePath: "{}?",
}


@dataclass(frozen=True)
class Shape:
    """One named shape: its IRI, its name in the profile, and all blank shapes nested in it."""

    node: URIRef
    name: str
    parts: frozenset[Node]


def shapes_of(graph: Graph) -> tuple[Shape, ...]:
    """Return the named shapes of a shapes graph by their names.

    Raises `CannotCheck` if there are none, for one that has a target and no name, and for a kind of target
    that is not evaluated here.
    """
    if others := nodes(graph.subjects(SH.target, None)):
        where = compact(str(others[0]))
        raise CannotCheck("sh:target is not supported", where=where, fix="Use a target of SHACL core")
    found = {s for kind in (SH.NodeShape, SH.PropertyShape) for s in graph.subjects(RDF.type, kind)}
    aimed = {s for target in _TARGETS for s in graph.subjects(target, None)}
    if any(isinstance(shape, BNode) for shape in aimed):
        raise CannotCheck("a shape with a target has no name", where="shapes", fix="Name it by an IRI")
    named = [node for node in nodes(found | aimed) if isinstance(node, URIRef)]
    if not named:
        fix = "Add files to ontology/shapes"
        raise CannotCheck("no shapes, so that any graph would pass", where="shapes", fix=fix)
    return tuple(Shape(node, compact(str(node)), _with_nested(graph, node)) for node in named)


def focus_nodes(shape: Shape, shapes: Graph, data: Graph) -> frozenset[Node]:
    """Return the nodes that the targets of a shape select (SHACL, 2.1.3)."""
    node = shape.node
    found: set[object] = set(shapes.objects(node, SH.targetNode))
    for target in shapes.objects(node, SH.targetClass):
        for kind in data.transitive_subjects(RDFS.subClassOf, target):
            found.update(data.subjects(RDF.type, kind))
    for target in shapes.objects(node, SH.targetSubjectsOf):
        found.update(data.subjects(_predicate(target)))
    for target in shapes.objects(node, SH.targetObjectsOf):
        found.update(data.objects(None, _predicate(target)))
    return frozenset(nodes(found))


def messages(shape: Shape, part: object, shapes: Graph) -> tuple[str, str]:
    """Return what the shape has to say in English and in French, its nested part's own words first."""
    said: dict[str | None, str] = {}
    for node in (part, shape.node):
        for text in shapes.objects(node, SH.message) if isinstance(node, URIRef | BNode) else ():
            if isinstance(text, Literal):
                said.setdefault(text.language, str(text))
    english, french = (said.get(language) or next(iter(said.values()), shape.name) for language in _LANGUAGES)
    return english, french


def path_text(graph: Graph, path: object) -> str:
    """Return a property path of SHACL in SPARQL's notation, with the project's prefixes."""
    if isinstance(path, URIRef):
        return compact(str(path))
    if not isinstance(path, BNode):
        return ""
    if (path, RDF.first, None) in graph:
        return "/".join(_step(graph, step) for step in graph.items(path))
    if isinstance(choices := graph.value(path, SH.alternativePath), BNode):
        return "|".join(path_text(graph, choice) for choice in graph.items(choices))
    steps = ((form, graph.value(path, kind)) for kind, form in _STEPS.items())
    return next((form.format(_step(graph, step)) for form, step in steps if step), "")


def _step(graph: Graph, path: object) -> str:
    text = path_text(graph, path)
    return f"({text})" if "|" in text else text


def _with_nested(graph: Graph, node: Node) -> frozenset[Node]:
    found: set[Node] = set()
    waiting = [node]
    while waiting:
        found.add(part := waiting.pop())
        waiting += (v for v in graph.objects(part, None) if isinstance(v, BNode) and v not in found)
    return frozenset(found)


def _predicate(term: object) -> URIRef:
    if not isinstance(term, URIRef):
        raise CannotCheck(f"the target {term} is no property", where="shapes", fix="Name a property by IRI")
    return term

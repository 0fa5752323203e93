"""Read shapes from their triples, and refuse by name what is not compiled.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, 2.2, 2.3, 4 and 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from dealgraph.shacl import constraints as core
from dealgraph.shacl import pairs, parameters
from dealgraph.shacl.constraints import Constraint
from dealgraph.shacl.graph import TYPE, MalformedList, Node, ShapesGraph, Term, sh
from dealgraph.shacl.parameters import Refused
from dealgraph.shacl.paths import MalformedPath, Path, read_path
from dealgraph.shacl.select import NotAsked, Query, asked_for_all, prefixes_of
from dealgraph.shacl.shape import Count, Logical, Shape
from dealgraph.terms import iri

_SH: Final = iri("sh:")
_SILENT: Final = frozenset(
    [
        "deactivated",
        "defaultValue",
        "description",
        "flags",
        "group",
        "ignoredProperties",
        "message",
        "name",
        "order",
        "path",
        "qualifiedMaxCount",
        "qualifiedMinCount",
        "qualifiedValueShapesDisjoint",
        "severity",
        "property",
        "sparql",
        "targetClass",
        "targetNode",
        "targetObjectsOf",
        "targetSubjectsOf",
    ]
)
_STAYING: Final = (sh("zeroOrMorePath"), sh("zeroOrOnePath"))
_BOUNDS: Final = {"minExclusive": ">", "minInclusive": ">=", "maxExclusive": "<", "maxInclusive": "<="}
_OF_PATHS: Final = frozenset(
    ["minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape"]
)
_AT_MOST_ONE: Final = frozenset(
    [
        "datatype",
        "nodeKind",
        "minCount",
        "maxCount",
        "minLength",
        "maxLength",
        "languageIn",
        "uniqueLang",
        "in",
        "closed",
    ]
)


@dataclass(frozen=True)
class Reader:
    """Reads the shapes of one graph; raises `Refused` for what is malformed or not compiled."""

    graph: ShapesGraph

    def shape(self, node: Term, above: tuple[Term, ...] = (), *, is_asked: bool = False) -> Shape:
        """Read a shape with all that it refers to; `is_asked` says that only conformance to it counts."""
        if isinstance(node, Literal) or not isinstance(node, NamedNode | BlankNode):
            raise Refused(f"{node} in the place of a shape")
        if node in above:
            raise Refused("a shape that refers to itself")
        self._ensure_known(node)
        path = self._path(node)
        inside = (*above, node)
        queries = tuple(self._queries(node, path))
        if queries and (is_asked or (above and self._path(above[-1]) is not None)):
            raise Refused("sh:sparql in a shape that another shape refers to")
        return Shape(
            node=node,
            path=path,
            constraints=tuple(self._constraints(node, path, inside)),
            properties=tuple(self._properties(node, inside, is_asked=is_asked)),
            queries=queries,
            deactivated=parameters.flag(self.graph, node, "deactivated"),
        )

    def _ensure_known(self, node: Node) -> None:
        for predicate, _ in self.graph.about(node):
            name = predicate.value.removeprefix(_SH)
            if name != predicate.value and name not in _SILENT and name not in _READERS:
                raise Refused(f"sh:{name}")
        for component in self.graph.subjects(TYPE, sh("ConstraintComponent")):
            raise Refused(f"{component}, a component of its own")

    def _path(self, node: Term) -> Path | None:
        found = self.graph.objects(node, sh("path"))
        if len(found) > 1 or (not found and sh("PropertyShape") in self.graph.objects(node, TYPE)):
            raise Refused(f"{len(found)} values of sh:path")
        return read_path(self.graph, found[0]) if found else None

    def _properties(self, node: Node, inside: tuple[Term, ...], *, is_asked: bool) -> Iterator[Shape]:
        for value in self.graph.objects(node, sh("property")):
            shape = self.shape(value, inside, is_asked=is_asked)
            if shape.path is None:
                raise Refused("sh:property with a node shape")
            yield shape

    def _queries(self, node: Node, path: Path | None) -> Iterator[Query]:
        for constraint in self.graph.objects(node, sh("sparql")):
            if parameters.flag(self.graph, constraint, "deactivated"):
                continue
            text = parameters.only(self.graph, constraint, "select")
            if not isinstance(text, Literal):
                raise Refused("sh:sparql without a text in sh:select")
            yield asked_for_all(text.value, prefixes_of(self.graph, constraint), path)

    def _constraints(self, node: Node, path: Path | None, inside: tuple[Term, ...]) -> Iterator[Constraint]:
        for name, read in _READERS.items():
            values = self.graph.objects(node, sh(name))
            if len(values) > 1 and name in _AT_MOST_ONE:
                raise Refused(f"{len(values)} values of sh:{name}")
            if values and path is None and name in _OF_PATHS:
                raise Refused(f"sh:{name} in a node shape")
            for value in values:
                yield from read(self, node, value, inside)

    def may_stay(self, node: Term) -> bool:
        """Tell whether a shape, or one that it leads to, has a path that may be of no step."""
        seen: set[Term] = set()
        waiting = [node]
        while waiting:
            if (part := waiting.pop()) in seen:
                continue
            seen.add(part)
            if any(self.graph.objects(part, mark) for mark in _STAYING):
                return True
            waiting += (value for _, value in self.graph.about(part))
        return False

    def referred(self, values: tuple[Term, ...], inside: tuple[Term, ...]) -> tuple[Shape, ...]:
        """Read shapes to which nodes are to conform."""
        return tuple(self.shape(value, inside, is_asked=True) for value in values)


_Read = Callable[[Reader, Node, Term, tuple[Term, ...]], Iterator[Constraint]]


def _simple(make: Callable[[Term], Constraint | None]) -> _Read:
    def read(_: Reader, __: Node, value: Term, ___: tuple[Term, ...]) -> Iterator[Constraint]:
        made = make(value)
        if made is not None:
            yield made

    return read


def _logical(component: str, how: str, *, is_list: bool) -> _Read:
    def read(reader: Reader, _: Node, value: Term, inside: tuple[Term, ...]) -> Iterator[Constraint]:
        shapes = reader.referred(reader.graph.items(value) if is_list else (value,), inside)
        if component == "Node" and shapes[0].path is not None:
            raise Refused("sh:node with a property shape")
        yield Logical(component, how, shapes)

    return read


def _pattern(reader: Reader, node: Node, value: Term, _: tuple[Term, ...]) -> Iterator[Constraint]:
    flags = parameters.only(reader.graph, node, "flags")
    yield parameters.pattern(value, flags)


def _language_in(reader: Reader, _: Node, value: Term, __: tuple[Term, ...]) -> Iterator[Constraint]:
    members = reader.graph.items(value)
    yield core.LanguageIn(tuple(parameters.literal(member).value for member in members))


def _in(reader: Reader, _: Node, value: Term, __: tuple[Term, ...]) -> Iterator[Constraint]:
    yield core.In(tuple(parameters.ground(member) for member in reader.graph.items(value)))


def _closed(reader: Reader, node: Node, value: Term, _: tuple[Term, ...]) -> Iterator[Constraint]:
    if not parameters.truth(value):
        return
    graph = reader.graph
    paths = [
        path for shape in graph.objects(node, sh("property")) for path in graph.objects(shape, sh("path"))
    ]
    ignored = [item for head in graph.objects(node, sh("ignoredProperties")) for item in graph.items(head)]
    named = {term for term in (*paths, *ignored) if isinstance(term, NamedNode)}
    yield pairs.Closed(tuple(sorted(named, key=str)))


def _qualified(reader: Reader, node: Node, value: Term, inside: tuple[Term, ...]) -> Iterator[Constraint]:
    graph = reader.graph
    (shape,) = reader.referred((value,), inside)
    siblings: set[Term] = set()
    if parameters.flag(graph, node, "qualifiedValueShapesDisjoint"):
        beside = {
            p for owner in graph.subjects(sh("property"), node) for p in graph.objects(owner, sh("property"))
        }
        siblings = {q for p in beside for q in graph.objects(p, sh("qualifiedValueShape"))} - {value}
    others = reader.referred(tuple(sorted(siblings, key=str)), inside)
    limits = {name: parameters.only(graph, node, f"qualified{name}Count") for name in ("Min", "Max")}
    if not any(limits.values()):
        raise Refused("sh:qualifiedValueShape without a count")
    for name, limit in limits.items():
        if limit is not None:
            yield Count(f"Qualified{name}Count", parameters.number(limit), name == "Min", shape, others)


_READERS: Final[dict[str, _Read]] = {
    "class": _simple(lambda value: core.Class(parameters.named(value))),
    "datatype": _simple(lambda value: core.Datatype(parameters.named(value))),
    "nodeKind": _simple(lambda value: core.NodeKind(parameters.kinds(value))),
    "minCount": _simple(lambda value: Count("MinCount", parameters.number(value), is_least=True)),
    "maxCount": _simple(lambda value: Count("MaxCount", parameters.number(value), is_least=False)),
    **{
        name: _simple(
            lambda value, name=name, mark=mark: core.Bound(  # type: ignore[misc]
                name[0].upper() + name[1:], mark, parameters.literal(value)
            )
        )
        for name, mark in _BOUNDS.items()
    },
    "minLength": _simple(lambda value: core.Length("MinLength", ">=", parameters.number(value))),
    "maxLength": _simple(lambda value: core.Length("MaxLength", "<=", parameters.number(value))),
    "pattern": _pattern,
    "languageIn": _language_in,
    "uniqueLang": _simple(lambda value: core.UniqueLang() if parameters.truth(value) else None),
    "equals": _simple(lambda value: pairs.Equals(parameters.named(value))),
    "disjoint": _simple(lambda value: pairs.Disjoint(parameters.named(value))),
    "lessThan": _simple(lambda value: pairs.Less("LessThan", "<", parameters.named(value))),
    "lessThanOrEquals": _simple(lambda value: pairs.Less("LessThanOrEquals", "<=", parameters.named(value))),
    "not": _logical("Not", "not", is_list=False),
    "and": _logical("And", "and", is_list=True),
    "or": _logical("Or", "or", is_list=True),
    "xone": _logical("Xone", "xone", is_list=True),
    "node": _logical("Node", "and", is_list=False),
    "qualifiedValueShape": _qualified,
    "closed": _closed,
    "hasValue": _simple(lambda value: core.HasValue(parameters.ground(value))),
    "in": _in,
}
REFUSALS: Final = (Refused, MalformedList, MalformedPath, NotAsked)
"""All that reading a shape raises; each says what is wrong with it."""

"""The targets of a shape: which nodes it is about, as a part of a query.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, 2.1.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode

from dealgraph.shacl import parameters
from dealgraph.shacl.graph import SUBCLASS, TYPE, Node, ShapesGraph, Term, sh
from dealgraph.shacl.scope import Scope
from dealgraph.terms import iri

THIS: Final = "?this"
MOST_LISTED: Final = 500
"""How many nodes a query lists: two lists are joined by comparing each node of one with each of the other."""
Listed = TypeVar("Listed")
_CLASS: Final = NamedNode(iri("rdfs:Class"))


@dataclass(frozen=True)
class Targets:
    """What a shape is about: nodes, instances of classes, subjects and objects of properties."""

    nodes: tuple[NamedNode | Literal, ...] = ()
    classes: tuple[NamedNode, ...] = ()
    subjects_of: tuple[NamedNode, ...] = ()
    objects_of: tuple[NamedNode, ...] = ()

    def __bool__(self) -> bool:
        return any((self.nodes, self.classes, self.subjects_of, self.objects_of))

    def selecting(self, scope: Scope) -> str:
        """Return a pattern that binds `?this` to each focus node once."""
        parts = list(self._parts(scope))
        if len(parts) == 1 and (self.nodes or self.classes):
            return parts[0]
        union = " UNION ".join(f"{{ {part} }}" for part in parts)
        return f"{{ SELECT DISTINCT {THIS} WHERE {{ {union} }} }} "

    def _parts(self, scope: Scope) -> Iterator[str]:
        if self.nodes:
            yield among(self.nodes)
        for kind in {kind: None for top in self.classes for kind in scope.kinds(top)}:
            yield f"{THIS} a {kind} . "
        for predicate in self.subjects_of:
            yield f"{THIS} {predicate} {scope.new('o')} . "
        for predicate in self.objects_of:
            yield f"{scope.new('s')} {predicate} {THIS} . "


@dataclass(frozen=True)
class Aim:
    """Focus nodes of a shape in a store, all there are or some, and the pattern that selects all.

    Of all there are, those that no query has to list are only counted.
    """

    nodes: frozenset[Term]
    selecting: str
    count: int
    is_whole: bool = False

    @classmethod
    def at(cls, nodes: frozenset[Term], selecting: str) -> Aim:
        """Aim at some nodes."""
        return cls(nodes, selecting, len(nodes))

    def only(self, may_matter: Callable[[Term], bool]) -> Aim:
        """Return the same without the nodes that cannot matter; all, where all there are is what is asked."""
        if self.is_whole:
            return self
        nodes = frozenset(filter(may_matter, self.nodes))
        return self if len(nodes) == len(self.nodes) else Aim.at(nodes, self.selecting)

    def bindings(self, *, is_query: bool) -> tuple[str, ...]:
        """Return patterns that bind `?this`, each in a query of its own, to all these nodes together.

        The pattern that selects all is best for a constraint of SHACL Core, which begins with it. A query of
        `sh:sparql` (`is_query`) is joined in whatever order the store likes, which is best with the nodes
        listed; only a blank node cannot be, so that the last pattern binds all blank ones.
        """
        if self.is_whole and not is_query:
            return (self.selecting,) if self.count else ()
        return self._listed

    @cached_property
    def _listed(self) -> tuple[str, ...]:
        named = (node for node in self.nodes if isinstance(node, NamedNode | Literal))
        blank = (f"{self.selecting}FILTER(isBlank({THIS})) ",)
        has_blank = any(isinstance(node, BlankNode) for node in self.nodes)
        return *map(among, batches(sorted(named, key=str))), *(blank if has_blank else ())


def batches(nodes: Sequence[Listed]) -> Iterator[Sequence[Listed]]:
    """Cut a list into lists of which each fits in a query."""
    return (nodes[start : start + MOST_LISTED] for start in range(0, len(nodes), MOST_LISTED))


def among(focus: Iterable[NamedNode | Literal]) -> str:
    """Return a pattern that binds `?this` to some nodes, whatever a shape is about."""
    return f"VALUES {THIS} {{ {' '.join(map(str, focus))} }} "


def read_targets(graph: ShapesGraph, node: Node) -> Targets:
    """Read the targets of a shape, that of a shape which is a class among them; raises `Refused`."""
    classes = [parameters.named(value) for value in graph.objects(node, sh("targetClass"))]
    metaclasses = {_CLASS, *graph.subjects(SUBCLASS, _CLASS)}
    if isinstance(node, NamedNode) and metaclasses.intersection(graph.objects(node, TYPE)):
        classes.append(node)
    return Targets(
        nodes=tuple(parameters.ground(value) for value in graph.objects(node, sh("targetNode"))),
        classes=tuple(dict.fromkeys(classes)),
        subjects_of=tuple(parameters.named(v) for v in graph.objects(node, sh("targetSubjectsOf"))),
        objects_of=tuple(parameters.named(v) for v in graph.objects(node, sh("targetObjectsOf"))),
    )

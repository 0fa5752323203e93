"""What is checked: the quads of a graph, all of them or found by predicate and by graph.

`Listed` has them in memory; `Stored` leaves them in a store, for graphs that are too large for the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

Graph = NamedNode | BlankNode | DefaultGraph


class Data(Protocol):
    """The quads that a rule looks at, in no order."""

    def __iter__(self) -> Iterator[Quad]:
        """Give them all."""

    def having(self, predicate: NamedNode) -> Iterable[Quad]:
        """Give those with a predicate."""

    def inside(self, graph: NamedNode) -> Iterable[Quad]:
        """Give those of a graph."""

    def has(self, triple: tuple[Any, Any, Any], graph: NamedNode) -> bool:
        """Tell whether a graph has a statement."""


@dataclass(frozen=True)
class Listed:
    """Quads in memory."""

    quads: tuple[Quad, ...]

    def __iter__(self) -> Iterator[Quad]:
        """Give them all."""
        return iter(self.quads)

    def having(self, predicate: NamedNode) -> Iterable[Quad]:
        """Give those with a predicate."""
        return self._by_predicate.get(predicate, ())

    def inside(self, graph: NamedNode) -> Iterable[Quad]:
        """Give those of a graph."""
        return (quad for quad in self.quads if quad.graph_name == graph)

    def has(self, triple: tuple[Any, Any, Any], graph: NamedNode) -> bool:
        """Tell whether a graph has a statement."""
        return Quad(*triple, graph) in self._known

    @cached_property
    def _known(self) -> frozenset[Quad]:
        return frozenset(self.quads)

    @cached_property
    def _by_predicate(self) -> dict[NamedNode, list[Quad]]:
        found: defaultdict[NamedNode, list[Quad]] = defaultdict(list)
        for quad in self.quads:
            found[quad.predicate].append(quad)
        return dict(found)


@dataclass(frozen=True)
class Stored:
    """The quads of a store, but for those of some graphs."""

    store: Store
    but: frozenset[Graph]

    def __iter__(self) -> Iterator[Quad]:
        """Give them all."""
        for graph in self.store.named_graphs():
            if graph not in self.but:
                yield from self.store.quads_for_pattern(None, None, None, graph)
        if DefaultGraph() not in self.but:
            yield from self.store.quads_for_pattern(None, None, None, DefaultGraph())

    def having(self, predicate: NamedNode) -> Iterable[Quad]:
        """Give those with a predicate."""
        found = self.store.quads_for_pattern(None, predicate, None, None)
        return (quad for quad in found if quad.graph_name not in self.but)

    def inside(self, graph: NamedNode) -> Iterable[Quad]:
        """Give those of a graph."""
        return iter(self.store.quads_for_pattern(None, None, None, graph)) if graph not in self.but else ()

    def has(self, triple: tuple[Any, Any, Any], graph: NamedNode) -> bool:
        """Tell whether a graph has a statement."""
        return graph not in self.but and Quad(*triple, graph) in self.store

"""Which of some nodes shapes are about, told for all shapes in one pass over the nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode, Store

from dealgraph.shacl.graph import TYPE, Node, Term
from dealgraph.shacl.scope import Scope
from dealgraph.shacl.steps import DATA
from dealgraph.shacl.targets import Targets

MOST_READ: Final = 100
"""Statements about a node that are read to learn its predicates; with more, each predicate is tried."""
MOST_TRIED: Final = 3
"""How many predicates of a node are tried before its statements are read instead."""


class Index:
    """Tells of nodes which of some targets are about them; targets go by their place in `targets`."""

    def __init__(self, targets: Sequence[Targets], scope: Scope) -> None:
        self._targets = targets
        self._kinds = [
            frozenset(kind for top in target.classes for kind in scope.kinds(top)) for target in targets
        ]

    def aimed_at(self, store: Store, asked: Mapping[int, Iterable[Term]]) -> Mapping[int, frozenset[Term]]:
        """Return for each target those of some nodes that it is about, in a time that follows the nodes."""
        by_node = defaultdict[Term, list[int]](list)
        for place, nodes in asked.items():
            for node in nodes:
                by_node[node].append(place)
        found = {place: set[Term]() for place in asked}
        for node, places in by_node.items():
            said = _Said(store, node)
            for place in places:
                if self._is_about(place, said):
                    found[place].add(node)
        return {place: frozenset(nodes) for place, nodes in found.items()}

    def _is_about(self, place: int, said: _Said) -> bool:
        target, kinds = self._targets[place], self._kinds[place]
        return (
            said.node in target.nodes
            or (bool(kinds) and not kinds.isdisjoint(said.types))
            or any(map(said.is_subject_of, target.subjects_of))
            or any(map(said.is_object_of, target.objects_of))
        )


class _Said:
    """What a store says of a node, as far as it is asked for."""

    def __init__(self, store: Store, node: Term) -> None:
        self.node = node
        self._store = store
        self._tried: dict[NamedNode, bool] = {}

    @cached_property
    def types(self) -> frozenset[Term]:
        """Its types, without those that follow."""
        if not isinstance(self.node, Node):
            return frozenset()
        found = self._store.quads_for_pattern(self.node, TYPE, None, DATA)
        return frozenset(quad.object for quad in found)

    def is_subject_of(self, predicate: NamedNode) -> bool:
        """Tell whether it has a value of a predicate."""
        if len(self._tried) >= MOST_TRIED and self._predicates is not None:
            return predicate in self._predicates
        if predicate not in self._tried:
            self._tried[predicate] = isinstance(self.node, Node) and _is_there(
                self._store, self.node, predicate, None
            )
        return self._tried[predicate]

    def is_object_of(self, predicate: NamedNode) -> bool:
        """Tell whether it is a value of a predicate."""
        return _is_there(self._store, None, predicate, self.node)

    @cached_property
    def _predicates(self) -> frozenset[NamedNode] | None:
        """The predicates of the node, or nothing if it has many statements."""
        if not isinstance(self.node, Node):
            return frozenset()
        found = tuple(islice(self._store.quads_for_pattern(self.node, None, None, DATA), MOST_READ))
        return None if len(found) == MOST_READ else frozenset(quad.predicate for quad in found)


def _is_there(store: Store, subject: Node | None, predicate: NamedNode, value: Term | None) -> bool:
    return any(True for _ in store.quads_for_pattern(subject, predicate, value, DATA))

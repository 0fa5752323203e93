"""Which of some nodes shapes are about, told for all shapes in one pass over the nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pyoxigraph import NamedNode, Store

from dealgraph.shacl.graph import TYPE, Node, Term
from dealgraph.shacl.scope import Scope
from dealgraph.shacl.steps import DATA
from dealgraph.shacl.targets import Targets

Key = tuple[str, Term]
"""What makes a node one that a target is about: that it is a node, has a type, or is subject or object."""
MOST_READ: Final = 500
"""Statements about a node that are read to learn its predicates; with more, each predicate is tried."""


class Index:
    """Tells of nodes which of some targets are about them; targets go by their place in `targets`."""

    def __init__(self, targets: Sequence[Targets], scope: Scope) -> None:
        self._number = len(targets)
        self._about = defaultdict[Key, list[int]](list)
        for place, target in enumerate(targets):
            for key in dict.fromkeys(_keys(target, scope)):
                self._about[key].append(place)
        self._subjects_of, self._objects_of = (
            [term for kind, term in self._about if kind == wanted and isinstance(term, NamedNode)]
            for wanted in ("subject", "object")
        )

    def aimed_at(self, store: Store, nodes: Iterable[Term]) -> tuple[frozenset[Term], ...]:
        """Return for each target those of the nodes that it is about, in a time that follows the nodes."""
        found: list[set[Term]] = [set() for _ in range(self._number)]
        for node in nodes:
            for key in self._said(store, node):
                for place in self._about.get(key, ()):
                    found[place].add(node)
        return tuple(map(frozenset, found))

    def _said(self, store: Store, node: Term) -> Iterator[Key]:
        yield "node", node
        if isinstance(node, Node):
            for quad in store.quads_for_pattern(node, TYPE, None, DATA):
                yield "type", quad.object
            yield from (("subject", predicate) for predicate in _predicates(store, node, self._subjects_of))
        for predicate in self._objects_of:
            if _is_there(store, None, predicate, node):
                yield "object", predicate


def _keys(target: Targets, scope: Scope) -> Iterator[Key]:
    yield from (("node", node) for node in target.nodes)
    yield from (("type", kind) for top in target.classes for kind in scope.kinds(top))
    yield from (("subject", predicate) for predicate in target.subjects_of)
    yield from (("object", predicate) for predicate in target.objects_of)


def _predicates(store: Store, node: Node, wanted: Sequence[NamedNode]) -> set[NamedNode]:
    """The predicates of a node, or those wanted among them if it has many statements."""
    found: set[NamedNode] = set()
    for number, quad in enumerate(store.quads_for_pattern(node, None, None, DATA)):
        if number == MOST_READ:
            return {predicate for predicate in wanted if _is_there(store, node, predicate, None)}
        found.add(quad.predicate)
    return found


def _is_there(store: Store, subject: Node | None, predicate: NamedNode, value: Term | None) -> bool:
    return any(True for _ in store.quads_for_pattern(subject, predicate, value, DATA))

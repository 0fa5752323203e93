"""What the parts of a shape share while they are written as SPARQL: new variables, and the classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from pyoxigraph import Store

from dealgraph.shacl.graph import SUBCLASS, Term

Subclasses = frozenset[tuple[Term, Term]]
"""Pairs of a class and a class above it, as `rdfs:subClassOf` states them."""


def subclasses(store: Store) -> Subclasses:
    """Return what a store says of classes, for a `Scope`."""
    return frozenset((q.subject, q.object) for q in store.quads_for_pattern(None, SUBCLASS, None, None))


@dataclass
class Scope:
    """Gives each variable of a query once, and knows the classes of the data."""

    above: Subclasses
    _numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        below = defaultdict[Term, set[Term]](set)
        for lower, upper in self.above:
            below[upper].add(lower)
        self._below = below

    def new(self, letter: str) -> str:
        """Return a variable that no other part of the query has."""
        return f"?{letter}{next(self._numbers)}"

    def kinds(self, top: Term) -> tuple[Term, ...]:
        """Return a class and all below it, sorted: whose instances are instances of it (SHACL, 1.1)."""
        found: set[Term] = set()
        waiting = [top]
        while waiting:
            kind = waiting.pop()
            if kind not in found:
                found.add(kind)
                waiting += self._below.get(kind, ())
        return tuple(sorted((kind for kind in found if _is_writable(kind)), key=str))


def _is_writable(term: Term) -> bool:
    """A blank class has no name in a query; nothing in the data is its instance by name either."""
    return not str(term).startswith("_:")

"""From a value of one variable of a stored query to those of others, by look-ups along its patterns.

Reach for it where few values lead to few: no query is parsed and planned, and look-ups are shared by all
queries that are watched. It leaves filters out, so that it finds more than there is, never less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from dealgraph.increment.footprint import BETWEEN, Footprint, Hook
from dealgraph.increment.looking import Binding, Look, Place, place_of

MOST_WALKED: Final = 1000
"""How many quads a walk reads before it is given up: an engine is better at joining many."""
Term = NamedNode | Literal


class _TooFar(Exception):
    """A walk that reads too much."""


@dataclass(frozen=True)
class Walk:
    """A way from a variable to others, `wanted`, over patterns that every row needs."""

    start: str
    wanted: tuple[str, ...]
    places: tuple[Place, ...]

    @classmethod
    def of(cls, footprint: Footprint, scope: int, start: str, wanted: Sequence[str]) -> Walk | None:
        """Find a way in a scope to the variables of `wanted` that patterns bind; nothing if there is none."""
        places = tuple(place_of(hook) for hook in needed(footprint, scope))
        near = _reached(start, places)
        there = tuple(name for name in wanted if name in near)
        return cls(start, there, tuple(place for place in places if place.names & near)) if there else None

    def from_terms(
        self, terms: Iterable[Term], store: Store, look: Look
    ) -> tuple[Sequence[Binding], Collection[Term]]:
        """Return what the wanted variables stand for where the first has certain values, each case once.

        With it come the values from which that would read too much.
        """
        course, left = _Course(self, store, look), []
        for term in terms:
            try:
                course.go({self.start: term}, self.places)
            except _TooFar:
                left.append(term)
        return [dict(zip(self.wanted, found, strict=True)) for found in course.found], left

    @cached_property
    def binding(self) -> frozenset[str]:
        """The variables that are worth binding: those wanted, and those by which patterns hang together."""
        times = Counter(name for place in self.places for name in place.names)
        return frozenset(self.wanted) | {name for name, number in times.items() if number > 1}


class _Course:
    """One walk on a store."""

    def __init__(self, walk: Walk, store: Store, look: Look) -> None:
        self.found: dict[tuple[object, ...], None] = {}
        self._walk, self._store, self._look = walk, store, look
        self._left = MOST_WALKED

    def go(self, binding: Binding, places: tuple[Place, ...]) -> None:
        """Note what the wanted variables stand for, given some; raises `_TooFar`."""
        left = self._open(binding, places)
        if left is None:
            return
        wanted = self._walk.wanted
        if all(name in binding for name in wanted):
            self.found[tuple(binding[name] for name in wanted)] = None
            return
        place, quads = self._next(binding, left)
        rest = tuple(other for other in left if other is not place)
        for quad in quads:
            more = place.bound(quad, binding)
            if more is not None:
                self.go(more, rest)

    def _open(self, binding: Binding, places: Iterable[Place]) -> list[Place] | None:
        """The patterns that still bind something; nothing if one that can be looked up has no quad."""
        left: list[Place] = []
        worth = self._walk.binding
        for place in places:
            is_known = place.subject is not None or place.subject_name in binding
            if is_known and not any(name in worth and name not in binding for name in place.names):
                if not self._look.may_hold(self._store, place, binding):
                    return None
            else:
                left.append(place)
        return left

    def _next(self, binding: Binding, places: Iterable[Place]) -> tuple[Place, Sequence[Quad]]:
        """The pattern to go on with: one of a known subject, or the one with the fewest quads."""
        found: list[tuple[Place, Sequence[Quad]]] = []
        for place in places:
            if place.subject_name in binding:
                return place, self._quads(place, binding)
        for place in places:
            if not place.names.isdisjoint(binding):
                quads = self._look.quads(self._store, place, binding)
                if quads is not None:
                    found.append((place, quads))
        if not found:
            raise _TooFar
        best = min(found, key=lambda each: len(each[1]))
        self._pay(best[1])
        return best

    def _quads(self, place: Place, binding: Binding) -> Sequence[Quad]:
        quads = self._look.quads(self._store, place, binding)
        if quads is None:
            raise _TooFar
        self._pay(quads)
        return quads

    def _pay(self, quads: Sequence[Quad]) -> None:
        self._left -= 1 + len(quads)
        if self._left < 0:
            raise _TooFar


def needed(footprint: Footprint, scope: int) -> Iterator[Hook]:
    """The patterns of a scope that a row needs, those of subqueries with it; what they hide is renamed."""
    yield from (hook for hook in footprint.hooks if hook.scope == scope and hook.needed)
    for number, inner in enumerate(footprint.scopes):
        if inner.is_joined and inner.parent == scope and number != scope:
            for hook in needed(footprint, number):
                names = (_outside(name, inner.shared, number) for name in hook.binds)
                yield replace(hook, binds=tuple(names))  # type: ignore[arg-type]


def _outside(name: str, shared: Sequence[str], number: int) -> str:
    return f"{BETWEEN}{number} {name}" if name and name not in shared else name


def _reached(start: str, places: Iterable[Place]) -> set[str]:
    """The variables that hang together with one."""
    reached, left = {start}, list(places)
    while near := [place for place in left if place.names & reached]:
        reached |= {name for place in near for name in place.names}
        left = [place for place in left if place not in near]
    return reached

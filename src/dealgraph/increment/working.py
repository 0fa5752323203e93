"""A store that is being changed, and what has changed in it since work began."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from dealgraph.increment.looking import Look
from dealgraph.terms import iri

Subject = NamedNode | BlankNode | Triple
Value = NamedNode | BlankNode | Literal | Triple
Graph = NamedNode | BlankNode | DefaultGraph


_SOURCES = (iri("article:"), iri("dataset:"))


@dataclass(frozen=True)
class Changes:
    """What a change takes out of a store and puts into it; no quad is in both."""

    removed: frozenset[Quad] = frozenset()
    added: frozenset[Quad] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    def __iter__(self) -> Iterator[Quad]:
        yield from self.removed
        yield from self.added


@dataclass
class Working:
    """A store to change step by step; `before` is the store as it was, which is only read.

    Every change goes through here, so that `changes` is what has become of `before`, and `fresh` what has
    become of it since it was last asked.
    """

    before: Store
    now: Store
    _removed: set[Quad] = field(default_factory=set)
    _added: set[Quad] = field(default_factory=set)
    _fresh: set[Quad] = field(default_factory=set)

    @cached_property
    def look(self) -> Look:
        """What looks things up in both stores, each thing once."""
        look = Look(self.before, self.now)
        look.note(self._removed, self._added)
        return look

    @property
    def seen(self) -> Store:
        """The store as it now stands, for those who only look things up: what is new is not read off it."""
        return self.look.known_after

    @property
    def seen_before(self) -> Store:
        """The store as it was, for those who only look things up."""
        return self.look.known_before

    @property
    def changes(self) -> Changes:
        """What differs from the store as it was."""
        return Changes(frozenset(self._removed), frozenset(self._added))

    def fresh(self) -> Changes:
        """Return what was put in or taken out since the last call, as it stands now."""
        quads, self._fresh = self._fresh, set()
        return Changes(
            frozenset(quad for quad in quads if quad not in self.seen),
            frozenset(quad for quad in quads if quad in self.seen),
        )

    def add(self, quads: Iterable[Quad]) -> None:
        """Put quads in; those that are there stay."""
        new = [quad for quad in dict.fromkeys(quads) if quad not in self.seen]
        self.now.extend(new)
        self.look.note((), new)
        for quad in new:
            self._note(quad, self._removed, self._added)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Take quads out; those that are not there are no matter."""
        for quad in dict.fromkeys(quads):
            if quad in self.seen:
                self.now.remove(quad)
                self.look.note([quad], ())
                self._note(quad, self._added, self._removed)

    def _note(self, quad: Quad, undone: set[Quad], done: set[Quad]) -> None:
        self._fresh.add(quad)
        if quad in undone:
            undone.discard(quad)
        else:
            done.add(quad)


@dataclass(frozen=True)
class Recorded:
    """A working store as others see it who look things up and write: what they write is noted too."""

    work: Working

    def quads_for_pattern(
        self, subject: Subject | None, predicate: NamedNode | None, value: Value | None, graph: Graph | None
    ) -> Iterator[Quad]:
        """Yield the quads with the parts that are given, as `Store.quads_for_pattern` does."""
        return iter(self.work.seen.quads_for_pattern(subject, predicate, value, graph))

    def extend(self, quads: Iterable[Quad]) -> None:
        """Put quads in."""
        self.work.add(quads)

    def remove(self, quad: Quad) -> None:
        """Take a quad out."""
        self.work.remove([quad])


def is_source(graph: object) -> bool:
    """Tell whether a graph holds what an article or an outside dataset says."""
    return isinstance(graph, NamedNode) and graph.value.startswith(_SOURCES)

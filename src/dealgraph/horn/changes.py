"""A few statements in memory, found by either end: what a change adds or takes out, before it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from dealgraph.horn.rules import Fact, Term


class Facts:
    """A set of statements that keeps the order in which they came."""

    def __init__(self) -> None:
        self._all: dict[Fact, None] = {}
        self._by_subject: defaultdict[tuple[Term, NamedNode], dict[Fact, None]] = defaultdict(dict)
        self._by_object: defaultdict[tuple[Term, NamedNode], dict[Fact, None]] = defaultdict(dict)

    def __contains__(self, fact: object) -> bool:
        return fact in self._all

    def __iter__(self) -> Iterator[Fact]:
        return iter(tuple(self._all))

    def add(self, fact: Fact) -> None:
        """Take up a statement."""
        self._all[fact] = None
        self._by_subject[fact[0], fact[1]][fact] = None
        self._by_object[fact[2], fact[1]][fact] = None

    def discard(self, fact: Fact) -> None:
        """Give up a statement, if it is there."""
        if fact in self._all:
            del self._all[fact]
            del self._by_subject[fact[0], fact[1]][fact]
            del self._by_object[fact[2], fact[1]][fact]

    def match(self, subject: Term | None, predicate: NamedNode, value: Term | None) -> Iterable[Fact]:
        """Return the statements of a predicate with the ends that are given; read them before more come."""
        if subject is not None and value is not None:
            fact = (subject, predicate, value)
            return (fact,) if fact in self._all else ()
        if subject is not None:
            return self._by_subject.get((subject, predicate), ())
        if value is not None:
            return self._by_object.get((value, predicate), ())
        return (fact for fact in self._all if fact[1] == predicate)


def as_stored(triples: Iterable[Triple]) -> list[Fact]:
    """Return statements as a store gives them back, sorted: it writes numbers in a form of its own."""
    shelf = Store()
    shelf.extend(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()) for triple in triples)
    return sorted(((quad.subject, quad.predicate, quad.object) for quad in shelf), key=str)

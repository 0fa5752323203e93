"""Statements about representatives, said again of every term that is equal to one of theirs.

The rules of equality write each statement for each equal term. Here that happens one subject at a
time, while the statements are read, so that it takes no memory to speak of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dealgraph.closure.engine import Engine
from dealgraph.closure.store import Ids
from dealgraph.closure.vocabulary import SAME_AS


class Expansion:
    """The statements of an engine about all terms; `ranks` has the place of each term in their order.

    In a set of more than `limit` equal terms, only the first one is spoken of, and the others are
    said to be the same as that one. `every_term`: also say that each term is the same as itself, and
    say a value in every way that the graph writes it; else a value is written as in the statement that
    it came from.
    """

    def __init__(self, engine: Engine, ranks: Sequence[int], *, every_term: bool, limit: int) -> None:
        self._engine = engine
        self._ranks = ranks
        self._every_term = every_term
        self._limit = limit
        self._find = engine.equality.find
        self._spoken_of = {
            self._find(members[0]): self._choose(members) for members in engine.equality.sets()
        }

    def rows(self) -> Iterator[Ids]:
        """Give the statements, given ones included, sorted by the ranks of their terms."""
        about = self._by_subject()
        ranks = self._ranks
        for subject in self._subjects(about):
            pairs = set(self._pairs(subject, about.get(self._find(subject), ())))
            for predicate, value in sorted(pairs, key=lambda pair: (ranks[pair[0]], ranks[pair[1]])):
                yield subject, predicate, value

    def rows_in_any_order(self) -> Iterator[Ids]:
        """Give the statements, given ones included, each once; sooner than `rows`, as most have no equals."""
        equal = self._spoken_of
        about: defaultdict[int, list[Ids]] = defaultdict(list)
        for triple in self._engine.known:
            if self._engine.is_current(triple):
                subject, predicate, value = triple
                if subject in equal or predicate in equal or value in equal:
                    about[subject].append(triple)
                else:
                    yield triple
        for subject, statements in about.items():
            for term in self._engine.equality.members(subject):
                for predicate, value in set(self._pairs(term, statements)):
                    yield term, predicate, value

    def _by_subject(self) -> dict[int, list[Ids]]:
        about: defaultdict[int, list[Ids]] = defaultdict(list)
        for triple in self._engine.known:
            if self._engine.is_current(triple):
                about[triple[0]].append(triple)
        return about

    def _subjects(self, about: dict[int, list[Ids]]) -> list[int]:
        terms = {term for subject in about for term in self._engine.equality.members(subject)}
        if self._every_term:
            terms.update(term for triple in self._engine.known for term in triple)
        return sorted(terms, key=self._ranks.__getitem__)

    def _pairs(self, subject: int, about: Sequence[Ids]) -> Iterator[tuple[int, int]]:
        if self._every_term:
            yield SAME_AS, subject
        spoken = self._spoken(self._find(subject))
        if subject not in spoken:
            yield SAME_AS, spoken[0]
            return
        for triple in about:
            for predicate in self._spoken(triple[1]):
                for value in self._values(triple, subject, predicate):
                    yield predicate, value

    def _spoken(self, term: int) -> Sequence[int]:
        """The equal terms that statements are said of, for a representative."""
        return self._spoken_of.get(term) or [term]

    def _choose(self, members: Sequence[int]) -> Sequence[int]:
        literals = self._engine.literals
        if len(members) <= self._limit:
            return members
        return [min(members, key=lambda member: (member in literals, self._ranks[member]))]

    def _values(self, triple: Ids, subject: int, predicate: int) -> Sequence[int]:
        if triple[1] == SAME_AS:
            return self._engine.equality.members(triple[2])
        spoken = self._spoken(triple[2])
        literals = [term for term in spoken if term in self._engine.literals]
        if self._every_term or len(literals) < 2:
            return spoken
        written = self._written(triple, literals, (subject, predicate))
        return [*(term for term in spoken if term not in literals), *written]

    def _written(self, triple: Ids, literals: Sequence[int], about: tuple[int, int]) -> Iterator[int]:
        """One literal of each value: one that is given, else that which the statement came with, else any."""
        origin = self._literal_of_origin(triple)
        known = self._engine.known
        for group in self._engine.literals.by_value(literals):
            given = (literal for literal in group if known.get((*about, literal), ()) is None)
            yield next(given, origin if origin in group else min(group))

    def _literal_of_origin(self, triple: Ids) -> int:
        """Follow a value back to the given statement that wrote it, through inverses if need be."""
        value, place = self._find(triple[2]), 2
        while (record := self._engine.known[triple]) is not None:
            premises = (*record[2], *record[1])
            before = next(
                (
                    (premise, place)
                    for place in (2, 0)
                    for premise in premises
                    if self._find(premise[place]) == value
                ),
                None,
            )
            if before is None:
                break
            triple, place = before
        return triple[place]

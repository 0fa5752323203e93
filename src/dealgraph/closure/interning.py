"""The edge between RDF terms and integers: terms come in, triples of integers go on, terms come out.

Numbers depend on the set of triples alone, never on their order: that is what makes everything
after this room the same whatever the order of the input.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.closure.literals import Literals
from dealgraph.closure.store import Ids
from dealgraph.closure.values import Value, value_of
from dealgraph.closure.vocabulary import IRIS, NAMES, SIZE

Term = NamedNode | BlankNode | Literal | Triple
"""Anything that a triple has in some place; a triple term is taken as a name without a meaning."""


class TripleLike(Protocol):
    """A statement to reason on: a pyoxigraph `Triple`, or a `Quad`, whose graph is not looked at."""

    @property
    def subject(self) -> NamedNode | BlankNode | Triple:
        """What it is about."""

    @property
    def predicate(self) -> NamedNode:
        """The relation."""

    @property
    def object(self) -> Term:
        """What the subject is related to."""


@dataclass(frozen=True)
class Generalized:
    """A statement that RDF cannot write, as its subject is a literal or its predicate no IRI.

    The rules need such statements on the way; they occur in proofs and never among results.
    """

    subject: Term
    predicate: Term
    object: Term

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"


class Terms:
    """All terms of a graph by number: first the vocabulary, then literals, then all others.

    Literals, and the others, are numbered in the order of their N-Triples text. `seen` maps each term
    to its place in `final`, which has the numbers.
    """

    def __init__(self, by_id: Sequence[Term], seen: Mapping[Term, int], final: Sequence[int]) -> None:
        self.by_id = by_id
        self.literals = Literals(SIZE, [_value(term) for term in by_id if isinstance(term, Literal)])
        self._seen = seen
        self._final = final

    def statement(self, ids: Ids) -> Triple | Generalized:
        """Give three numbers back as a triple, or as a `Generalized` one if RDF cannot write it."""
        subject, predicate, value = (self.by_id[number] for number in ids)
        if isinstance(predicate, NamedNode) and isinstance(subject, NamedNode | BlankNode):
            return Triple(subject, predicate, value)
        return Generalized(subject, predicate, value)

    def numbers(self, statement: TripleLike | Generalized) -> Ids | None:
        """Give the three numbers of a statement, or `None` if one of its terms is not in the graph."""
        seen, final = self._seen, self._final
        terms = (statement.subject, statement.predicate, statement.object)
        subject, predicate, value = (final[seen[term]] if term in seen else None for term in terms)
        return None if subject is None or predicate is None or value is None else (subject, predicate, value)

    def ranks(self) -> list[int]:
        """Give the place of each term, by its number, in the order of the texts of all."""
        literals, others = self.literals.ids, range(self.literals.ids.stop, len(self.by_id))
        order = [*literals, *others]
        for number in sorted(range(SIZE), key=self._text, reverse=True):
            order.insert(bisect(others, self._text(number), key=self._text) + len(literals), number)
        ranks = [0] * len(order)
        for rank, number in enumerate(order):
            ranks[number] = rank
        return ranks

    def _text(self, number: int) -> str:
        return str(self.by_id[number])

    def subjects(self) -> bytes:
        """Tell by number which terms RDF allows as subject of a result."""
        return bytes(isinstance(term, NamedNode | BlankNode) for term in self.by_id)

    def predicates(self) -> bytes:
        """Tell by number which terms RDF allows as predicate."""
        return bytes(isinstance(term, NamedNode) for term in self.by_id)


def intern(triples: Iterable[TripleLike]) -> tuple[Terms, list[Ids]]:
    """Number the terms of a graph; returns them with the graph's triples, sorted and each once."""
    seen: dict[Term, int] = {NamedNode(text): number for number, text in enumerate(IRIS)}
    number = seen.setdefault
    rows = [
        (
            number(triple.subject, len(seen)),
            number(triple.predicate, len(seen)),
            number(triple.object, len(seen)),
        )
        for triple in triples
    ]
    terms = list(seen)
    texts = [str(term) for term in terms]
    own = sorted(
        range(SIZE, len(terms)), key=lambda place: (not isinstance(terms[place], Literal), texts[place])
    )
    final = list(range(len(terms)))
    for place, rank in zip(own, range(SIZE, len(terms)), strict=True):
        final[place] = rank
    known = Terms([*terms[:SIZE], *(terms[place] for place in own)], seen, final)
    return known, sorted({(final[s], final[p], final[o]) for s, p, o in rows})


_COMPACT: Final = dict(zip(IRIS, NAMES, strict=True))


def _value(literal: Literal) -> Value | None:
    if literal.direction is not None:
        return None
    return value_of(literal.value, _COMPACT.get(literal.datatype.value, ""), literal.language)

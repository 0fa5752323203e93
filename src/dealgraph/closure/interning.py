"""The edge between RDF terms and integers: terms come in, triples of integers go on, terms come out.

Numbers depend on the set of triples alone, never on their order: that is what makes everything
after this room the same whatever the order of the input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Terms:
    """All terms of a graph by number: first the vocabulary, then literals, then all others.

    Literals, and the others, are numbered in the order of their N-Triples text.
    """

    by_id: tuple[Term, ...] = field(repr=False)
    ids: Mapping[Term, int] = field(repr=False)
    literals: Literals = field(repr=False)

    def statement(self, ids: Ids) -> Triple | Generalized:
        """Give three numbers back as a triple, or as a `Generalized` one if RDF cannot write it."""
        subject, predicate, value = (self.by_id[number] for number in ids)
        if isinstance(predicate, NamedNode) and isinstance(subject, NamedNode | BlankNode):
            return Triple(subject, predicate, value)
        return Generalized(subject, predicate, value)

    def numbers(self, statement: TripleLike | Generalized) -> Ids | None:
        """Give the three numbers of a statement, or `None` if one of its terms is not in the graph."""
        ids = self.ids
        subject, predicate, value = (
            ids.get(statement.subject),
            ids.get(statement.predicate),
            ids.get(statement.object),
        )
        return None if subject is None or predicate is None or value is None else (subject, predicate, value)

    def is_writable(self, ids: Ids) -> bool:
        """Tell whether RDF can write a statement: no literal subject, an IRI as the predicate."""
        return isinstance(self.by_id[ids[1]], NamedNode) and isinstance(
            self.by_id[ids[0]], NamedNode | BlankNode
        )


def intern(triples: Iterable[TripleLike]) -> tuple[Terms, list[Ids]]:
    """Number the terms of a graph; returns them with the graph's triples, sorted and each once."""
    found: dict[Term, int] = {}
    number = found.setdefault
    rows = [
        (
            number(triple.subject, len(found)),
            number(triple.predicate, len(found)),
            number(triple.object, len(found)),
        )
        for triple in triples
    ]
    terms = _terms(found)
    final = [terms.ids[term] for term in found]
    return terms, sorted({(final[s], final[p], final[o]) for s, p, o in rows})


def _terms(found: Iterable[Term]) -> Terms:
    vocabulary = [NamedNode(text) for text in IRIS]
    own = set(found).difference(vocabulary)
    literals = sorted((term for term in own if isinstance(term, Literal)), key=str)
    others = sorted((term for term in own if not isinstance(term, Literal)), key=str)
    by_id = (*vocabulary, *literals, *others)
    ids = {term: number for number, term in enumerate(by_id)}
    return Terms(by_id, ids, Literals(SIZE, [_value(literal) for literal in literals]))


_COMPACT: Final = dict(zip(IRIS, NAMES, strict=True))


def _value(literal: Literal) -> Value | None:
    if literal.direction is not None:
        return None
    return value_of(literal.value, _COMPACT.get(literal.datatype.value, ""), literal.language)

"""What was inferred, as RDF triples in order, without what goes without saying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, cast

from pyoxigraph import NamedNode, Triple

from dealgraph.closure.engine import Engine
from dealgraph.closure.expansion import Expansion
from dealgraph.closure.interning import Terms
from dealgraph.closure.store import Ids
from dealgraph.closure.vocabulary import (
    ANNOTATION_PROPERTY,
    CLASS,
    DATATYPE,
    DOMAIN,
    EQUIVALENT_CLASS,
    EQUIVALENT_PROPERTY,
    NOTHING,
    RANGE,
    SAME_AS,
    SIZE,
    SUB_CLASS_OF,
    SUB_PROPERTY_OF,
    THING,
    TYPE,
)

_REFLEXIVE: Final = frozenset({SAME_AS, SUB_CLASS_OF, SUB_PROPERTY_OF, EQUIVALENT_CLASS, EQUIVALENT_PROPERTY})
_ABOUT_THING: Final = frozenset({TYPE, SUB_CLASS_OF, DOMAIN, RANGE})
_AXIOMATIC: Final = frozenset({CLASS, DATATYPE, ANNOTATION_PROPERTY})


def is_trivial(triple: Ids) -> bool:
    """Tell whether a statement holds whatever a graph says, so that it is no news to anyone.

    Such are: everything is the same as itself, below itself and equivalent to itself; everything is a
    thing; nothing is below every class; what the recommendation says of its own terms.
    """
    subject, predicate, value = triple
    if subject == value:
        return predicate in _REFLEXIVE
    if value == THING:
        return predicate in _ABOUT_THING
    if predicate == TYPE:
        return subject < SIZE and value in _AXIOMATIC
    return subject == NOTHING and predicate == SUB_CLASS_OF


class Inferred:
    """The inferred statements, sorted by the N-Triples text of subject, predicate and object.

    They are made while they are asked for, as often as they are asked for. See `close` for `trivial`
    and `clique_limit`.
    """

    def __init__(self, engine: Engine, terms: Terms, *, trivial: bool, clique_limit: int) -> None:
        self._engine = engine
        self._terms = terms
        self._subjects = terms.subjects()
        self._predicates = terms.predicates()
        self._trivial = trivial
        self._limit = clique_limit

    def __iter__(self) -> Iterator[Triple]:
        by_id = self._terms.by_id
        names = cast("Sequence[NamedNode]", by_id)  # only what RDF can write is shown
        for subject, predicate, value in self._sorted():
            yield Triple(names[subject], names[predicate], by_id[value])

    def in_any_order(self) -> Iterator[Triple]:
        """Give the statements as iterating does, sooner and in no order; for whoever puts them into a set."""
        if self._trivial:
            yield from self
            return
        by_id = self._terms.by_id
        names = cast("Sequence[NamedNode]", by_id)
        expansion = Expansion(self._engine, self._terms.ranks(), every_term=False, limit=self._limit)
        for triple in expansion.rows_in_any_order():
            if self._is_shown(triple):
                yield Triple(names[triple[0]], names[triple[1]], by_id[triple[2]])

    def __len__(self) -> int:
        return self._length

    @cached_property
    def _length(self) -> int:
        return sum(1 for _ in self._sorted())

    @cached_property
    def _of_distinct_terms(self) -> list[Ids]:
        """The statements if no terms are equal: each is told once, as it was inferred."""
        ranks = self._terms.ranks()
        shown = [triple for triple in self._engine.known if self._is_shown(triple)]
        return sorted(shown, key=lambda triple: (ranks[triple[0]], ranks[triple[1]], ranks[triple[2]]))

    def _sorted(self) -> Iterator[Ids]:
        if not self._trivial and not self._engine.equality.representative:
            return iter(self._of_distinct_terms)
        ranks = self._terms.ranks()
        rows = Expansion(self._engine, ranks, every_term=self._trivial, limit=self._limit).rows()
        return (triple for triple in rows if self._is_shown(triple))

    def _is_shown(self, triple: Ids) -> bool:
        subject, predicate, value = triple
        if self._engine.known.get(triple, ()) is None or not self._subjects[subject]:
            return False
        if not self._predicates[predicate]:
            return False
        return self._trivial or not is_trivial((subject, self._engine.equality.find(predicate), value))

"""What is missing for something to hold: the claims that are refused, or the premises that nobody claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.missing.paths import Paths
from dealgraph.missing.refusing import Refused
from dealgraph.missing.schema import (
    INVERSE,
    ON,
    SAME_CLASS,
    SAME_PROPERTY,
    SOME,
    SUB_CLASS,
    SUB_PROPERTY,
    TYPE,
    VALUE,
    Schema,
)
from dealgraph.missing.world import World
from dealgraph.proof import FromAxiom, Proof

DEPTH: Final = 5
"""How many rules back premises are looked for."""
MOST_WAYS: Final = 4
MOST_KNOWN: Final = 3


@dataclass(frozen=True)
class Gap:
    """A property whose values, if it has any, do not meet a condition: `known` are the claims on it."""

    subject: NamedNode
    predicate: NamedNode
    known: tuple[str, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class Way:
    """A rule that would give something: what it needs that holds, and what it needs that does not."""

    axioms: tuple[FromAxiom, ...]
    held: tuple[Triple, ...] = ()
    lacking: tuple[Lack, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Lack:
    """Something that does not hold, and why.

    `refused` are the claims that say it or deny it, `known` the admitted claims that say something else
    on the same subject and predicate. `would` are proofs from refused claims too; where even these do not
    give it, `ways` are the rules that could.
    """

    triple: Triple
    refused: tuple[Refused, ...] = ()
    known: tuple[str, ...] = ()
    would: tuple[Proof, ...] = ()
    ways: tuple[Way, ...] = ()


_Needed = tuple[Sequence[Triple], Sequence[Triple]]
"""Axioms, and the triples from which they would give what is looked for."""


@dataclass(frozen=True)
class Search:
    """Looks for what is missing in a world."""

    world: World

    def lack(self, triple: Triple, depth: int = DEPTH, seen: frozenset[Triple] = frozenset()) -> Lack:
        """Return why a triple that does not hold does not, as far back as `depth` rules."""
        possible = self.world.possible
        would = possible.proofs(triple) if possible.extended.holds(triple) else ()
        known, _ = self._claims(triple.subject, triple.predicate)
        ways = islice(self._ways(triple, depth - 1, seen | {triple}), 0 if would or not depth else MOST_WAYS)
        return Lack(triple, self.world.refused(triple), () if would else known, would, tuple(ways))

    def _claims(self, subject: object, predicate: NamedNode) -> tuple[tuple[str, ...], tuple[Refused, ...]]:
        name = str(getattr(subject, "value", subject))
        claims = self.world.evidence.claims(name, predicate.value)
        admitted = tuple(claim.iri for claim in claims if claim.admitted)
        refused = (self.world.admission.refusal(claim) for claim in claims)
        return admitted[:MOST_KNOWN], tuple(one for one in refused if one)[:MOST_KNOWN]

    def _ways(self, triple: Triple, depth: int, seen: frozenset[Triple]) -> Iterator[Way]:
        for axioms, needed in (
            self._by_class(triple) if triple.predicate == TYPE else self._by_property(triple)
        ):
            held = tuple(t for t in needed if self.world.actual.extended.holds(t))
            lacking = [t for t in needed if t not in held]
            if not seen.intersection(lacking):
                yield Way(self._axioms(axioms), held, tuple(self.lack(t, depth, seen) for t in lacking))
        if triple.predicate == TYPE and isinstance(triple.subject, NamedNode):
            for axiom, expression in self._schema.definitions(triple.object):
                yield self._by_definition(axiom, triple.subject, expression, depth, seen)

    def _axioms(self, triples: Sequence[Triple]) -> tuple[FromAxiom, ...]:
        return tuple(map(self.world.grounds.axioms.of, triples))

    def _by_class(self, triple: Triple) -> Iterator[_Needed]:
        for axiom in self._schema.about(triple.object):
            below = axiom.predicate in (SUB_CLASS, SAME_CLASS) and axiom.object == triple.object
            if below and isinstance(axiom.subject, NamedNode) and self._schema.definitions(axiom.subject):
                yield [axiom], [Triple(triple.subject, TYPE, axiom.subject)]

    def _by_property(self, triple: Triple) -> Iterator[_Needed]:
        subject, link, value = triple.subject, triple.predicate, triple.object
        for axiom in self._schema.about(link):
            if axiom.predicate in (SUB_PROPERTY, SAME_PROPERTY) and isinstance(axiom.subject, NamedNode):
                if axiom.subject != link:
                    yield [axiom], [Triple(subject, axiom.subject, value)]
            elif axiom.predicate == INVERSE and isinstance(value, NamedNode):
                other = axiom.object if axiom.subject == link else axiom.subject
                if isinstance(other, NamedNode):
                    yield [axiom], [Triple(value, other, subject)]
            elif isinstance(subject, NamedNode) and isinstance(value, NamedNode):
                yield from self._by_chain(axiom, subject, value)
        if subject == value:
            for axiom in self._schema.restrictions_to_self(link):
                yield [axiom], [Triple(subject, TYPE, axiom.subject)]

    def _by_chain(self, axiom: Triple, start: NamedNode, end: NamedNode) -> Iterator[_Needed]:
        links = self._schema.chain(axiom)
        loops = [bool(self._schema.restrictions_to_self(link)) for link in links]
        for needed in self._paths.with_one_gap(start, end, links, loops):
            marks = [mark for t in needed if t.subject == t.object for mark in self._mark(t)]
            classes = [Triple(node, TYPE, mark.subject) for node, mark in marks]
            yield (
                [axiom, *(mark for _, mark in marks)],
                [*classes, *(t for t in needed if t.subject != t.object)],
            )

    def _mark(self, loop: Triple) -> Iterator[tuple[NamedNode, Triple]]:
        """The axiom by which something is related to itself, for members of a class."""
        for axiom in self._schema.restrictions_to_self(loop.predicate)[:1]:
            if isinstance(loop.subject, NamedNode):
                yield loop.subject, axiom

    def _by_definition(
        self, axiom: Triple, subject: NamedNode, expression: BlankNode, depth: int, seen: frozenset[Triple]
    ) -> Way:
        """A class that is defined by what its members have: which conditions are met, and which not."""
        held: list[Triple] = []
        unmet: list[Lack | Gap] = []
        for condition in self._schema.conditions(expression):
            if not isinstance(condition, NamedNode | BlankNode):
                continue
            member = Triple(subject, TYPE, condition)
            if not self.world.actual.extended.holds(member):
                unmet += self._unmet(subject, condition, depth, seen)
            elif isinstance(condition, NamedNode):
                held.append(member)
        lacking = tuple(one for one in unmet if isinstance(one, Lack))
        gaps = tuple(one for one in unmet if isinstance(one, Gap))
        return Way(self._axioms([axiom]), tuple(held), lacking, gaps)

    def _unmet(
        self, subject: NamedNode, condition: NamedNode | BlankNode, depth: int, seen: frozenset[Triple]
    ) -> Iterator[Lack | Gap]:
        """What a condition of a definition lacks: a class, a value, or something of the right kind."""
        parts = self._schema.parts(condition)
        link, value, kind = parts.get(ON), parts.get(VALUE), parts.get(SOME)
        if isinstance(condition, NamedNode):
            wanted = [Triple(subject, TYPE, condition)]
        elif isinstance(link, NamedNode) and isinstance(value, NamedNode | Literal):
            wanted = [Triple(subject, link, value)]
        elif isinstance(link, NamedNode):
            values = self._paths.values(subject, link)[:MOST_KNOWN] if isinstance(kind, NamedNode) else ()
            wanted = [Triple(v, TYPE, kind) for v in values if isinstance(kind, NamedNode)]
        else:
            return
        yield from (self.lack(triple, depth, seen) for triple in wanted if triple not in seen)
        if not wanted and isinstance(link, NamedNode):
            yield Gap(subject, link, *self._claims(subject, link))

    @cached_property
    def _schema(self) -> Schema:
        return Schema(self.world.grounds.axioms.triples)

    @cached_property
    def _paths(self) -> Paths:
        possible = self.world.possible
        return Paths(possible.given.union(possible.extended.closure.inferred))

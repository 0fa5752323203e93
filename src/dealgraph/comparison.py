"""Articles against outside datasets, value by value: what agrees, refines, differs, contradicts.

The stored query `contradictions/outside` says the same of a whole graph; this room tells it of one thing,
with the claims themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode

from dealgraph.claim import Claim, Value
from dealgraph.evidence import Evidence
from dealgraph.terms import iri

_FIRM: Final = frozenset({"Asserted", "Confirmed"})


class Verdict(StrEnum):
    """How what an article says stands to what a dataset says on the same question."""

    CONTRADICTS = "contradicts"
    DIFFERS = "differs"
    REFINES = "refines"
    AGREES = "agrees"
    ONLY_THERE = "only there"
    ONLY_HERE = "only here"


class _Relation(StrEnum):
    SAME = "same"
    HERE = "here"
    THERE = "there"
    APART = "apart"


@dataclass(frozen=True)
class Compared:
    """One pair of claims, or one claim that has no counterpart.

    `here` is an article's, `there` a dataset's. `finer` is `here` or `there` where one refines the other.
    """

    subject: str
    verdict: Verdict
    here: Claim | None = None
    there: Claim | None = None
    finer: str = ""


@dataclass(frozen=True)
class Comparison:
    """Compares the claims of a store."""

    evidence: Evidence

    def of(self, subjects: Iterable[str]) -> tuple[Compared, ...]:
        """Compare what is said of some subjects; reach for it to answer "what do others say of this?".

        A claim that is denied, deprecated, superseded or withdrawn is left out. Returns the pairs subject by
        subject, in the order of `subjects` and of predicates, then what only one side says.
        """
        return tuple(compared for subject in subjects for compared in self._of(subject))

    def verdict(self, here: Claim, there: Claim) -> tuple[Verdict, str]:
        """Return how two claims on one question stand to each other, and which is finer, if one is.

        Places never contradict: that one lies in the other may just not be known.
        """
        relation = self._relation(here.value, there.value)
        if relation is _Relation.SAME:
            return Verdict.AGREES, ""
        if relation is not _Relation.APART:
            return Verdict.REFINES, relation.value
        is_plain = {here.stance, there.stance} <= _FIRM and here.realis == there.realis
        return Verdict.CONTRADICTS if is_plain and not self._is_place(here.value) else Verdict.DIFFERS, ""

    def _of(self, subject: str) -> Iterator[Compared]:
        standing = [claim for claim in self.evidence.claims(subject=subject) if self._stands(claim)]
        ours = sorted((c for c in standing if not c.cells), key=lambda claim: claim.predicate)
        theirs = sorted((c for c in standing if c.cells), key=lambda claim: claim.predicate)
        met: set[str] = set()
        for here in ours:
            for there in (c for c in theirs if self._is_one_question(here.predicate, c.predicate)):
                verdict, finer = self.verdict(here, there)
                met |= {here.iri, there.iri}
                yield Compared(subject, verdict, here, there, finer)
        yield from (Compared(subject, Verdict.ONLY_THERE, there=c) for c in theirs if c.iri not in met)
        if theirs:
            yield from (Compared(subject, Verdict.ONLY_HERE, here=c) for c in ours if c.iri not in met)

    def _stands(self, claim: Claim) -> bool:
        return (
            claim.polarity == "Positive"
            and claim.rank != "Deprecated"
            and claim.iri not in self.evidence.replaced
        )

    def _relation(self, here: Value, there: Value) -> _Relation:
        if here.quantity and there.quantity:
            within, around = here.quantity.within(there.quantity), there.quantity.within(here.quantity)
            meets = here.quantity.meets(there.quantity)
        elif here.time and there.time:
            within, around = here.time.within(there.time), there.time.within(here.time)
            meets = here.time.meets(there.time)
        else:
            within, around = there.term in self._wider(here.term), here.term in self._wider(there.term)
            meets = within or around or here.term == there.term
        if not meets:
            return _Relation.APART
        return _Relation.SAME if within == around else _Relation.HERE if within else _Relation.THERE

    def _is_one_question(self, predicate: str, other: str) -> bool:
        return predicate == other or (predicate, other) in self._same_question

    def _wider(self, place: str) -> frozenset[str]:
        """The places around a place."""
        found: set[str] = set()
        level = {place}
        while level := {wider for inner, wider in self._parts if inner in level} - found:
            found |= level
        return frozenset(found)

    def _is_place(self, value: Value) -> bool:
        kinds = {kind for thing, kind in self._pairs("rdf:type", value.term)} if value.is_iri else set()
        return bool(kinds & self._kinds_of_place)

    @cached_property
    def _kinds_of_place(self) -> frozenset[str]:
        narrower = {kind for kind, wider in self._pairs("rdfs:subClassOf") if wider == iri("dg:Place")}
        return frozenset({iri("dg:Place"), *narrower})

    @cached_property
    def _parts(self) -> frozenset[tuple[str, str]]:
        return frozenset(self._pairs("dg:partOf"))

    @cached_property
    def _same_question(self) -> frozenset[tuple[str, str]]:
        return frozenset(self._pairs("dg:sameQuestionAs"))

    def _pairs(self, name: str, subject: str = "") -> Iterator[tuple[str, str]]:
        """The subjects and objects of a property, or the objects of one subject."""
        node = NamedNode(subject) if subject else None
        for quad in self.evidence.store.quads_for_pattern(node, NamedNode(iri(name)), None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                yield quad.subject.value, quad.object.value

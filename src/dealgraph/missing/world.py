"""What would follow if every claim were a fact: the world in which what is missing can be looked for.

Nothing of it is asserted anywhere. It shows on which claims a conclusion waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from dealgraph.claim import Claim, Value
from dealgraph.evidence import Evidence
from dealgraph.missing.refusing import Admission, Refused, Scope
from dealgraph.proof import Grounds, Place, Proof, Prover, Unsupported
from dealgraph.reason import triples_of
from dealgraph.sources import THINGS
from dealgraph.terms import iri

_TYPE: Final = NamedNode(iri("rdf:type"))
_IDENTITY: Final = frozenset(
    iri(f"owl:{name}")
    for name in (
        *("FunctionalProperty", "InverseFunctionalProperty", "hasKey", "sameAs", "maxCardinality"),
        "maxQualifiedCardinality",
    )
)
"""Axioms that make one thing of two: rival claims would make one of everything."""

_FACT, _FRAME, _CLAIM = 4, 20, 60


@dataclass(frozen=True)
class World:
    """A store as it is, and as it would be if all that its claims say were facts."""

    evidence: Evidence
    place: Place
    scope: Scope

    @cached_property
    def grounds(self) -> Grounds:
        """Where what is given comes from."""
        return Grounds(self.evidence.store, self.place)

    @cached_property
    def admission(self) -> Admission:
        """Why claims are refused."""
        return Admission(self.evidence, self.scope)

    @cached_property
    def actual(self) -> Prover:
        """Proofs of what does follow."""
        return Prover.of(self.grounds.given(), self.grounds.proof, lambda _: _FACT)

    @cached_property
    def possible(self) -> Prover:
        """Proofs of what would follow; their leaves may be `Unsupported`."""
        return Prover.of(self._all(), self._source, self._cost)

    def refused(self, triple: Triple) -> tuple[Refused, ...]:
        """Return the claims that say a triple, or that it is not so, and are no facts.

        A claim that gives the same amount or date in a node of its own says the same.
        """
        subject, predicate = _text(triple.subject), triple.predicate.value
        wanted = self.evidence.value(_text(triple.object))
        return self._refusals(c for c in self.evidence.claims(subject, predicate) if _same(c.value, wanted))

    def bringing(self, thing: str) -> tuple[Refused, ...]:
        """Return the refused claims that would bring in the frame of a thing, the nearest ones."""
        return self._refusals(
            claim
            for name in self.grounds.speaking_of(thing)
            if (claim := self.evidence.claim(name)).polarity == "Positive"
        )

    def _refusals(self, claims: Iterator[Claim]) -> tuple[Refused, ...]:
        found = (self.admission.refusal(claim) for claim in claims)
        return tuple(sorted((refused for refused in found if refused), key=_distance))

    def _all(self) -> Iterator[Triple]:
        for triple in self.grounds.given():
            if triple.predicate.value not in _IDENTITY and _text(triple.object) not in _IDENTITY:
                yield triple
        yield from triples_of(self.evidence.store, THINGS)
        yield from self._claimed

    @cached_property
    def _claimed(self) -> dict[Triple, tuple[str, ...]]:
        """What positive claims say, and the quantities that they give, by triple."""
        found: dict[Triple, tuple[str, ...]] = {}
        for claim in self.evidence.claims():
            if claim.polarity == "Positive":
                for triple in self._said(claim):
                    found[triple] = (*found.get(triple, ()), claim.iri)
        return found

    def _said(self, claim: Claim) -> Iterator[Triple]:
        said = self.grounds.said(claim.iri)
        yield said
        if isinstance(said.object, NamedNode):
            yield from (
                quad.triple
                for quad in self.evidence.store.quads_for_pattern(
                    said.object, None, None, NamedNode(claim.article)
                )
            )

    def _source(self, triple: Triple) -> Proof:
        if self.grounds.is_given(triple):
            return self.grounds.proof(triple)
        if triple in self._claimed:
            claims = map(self.evidence.claim, self._claimed[triple])
            return Unsupported(triple, self._names(self._refusals(claims)))
        return Unsupported(triple, self._names(self.bringing(_text(triple.subject))))

    @staticmethod
    def _names(refused: tuple[Refused, ...]) -> tuple[str, ...]:
        return tuple(one.claim for one in refused)

    def _cost(self, triple: Triple) -> int:
        if self.grounds.is_given(triple):
            return _FACT if self.grounds.is_fact(triple) else 1 + (not isinstance(triple.subject, BlankNode))
        return _CLAIM if triple in self._claimed else _FRAME


def _same(one: Value, other: Value) -> bool:
    figures = one.quantity or one.time
    return one.term == other.term or (figures is not None and figures == (other.quantity or other.time))


def _distance(refused: Refused) -> tuple[bool, int]:
    """How far a claim is from being a fact: those that were not asked for last."""
    return not {"later", "elsewhere"}.isdisjoint(refused.reasons), len(refused.reasons)


def _text(term: object) -> str:
    return str(getattr(term, "value", term))

"""Why a row of an answer is there: the facts and inferences that make it, and the claims behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from dealgraph.admit import ADMITTED, FACTS
from dealgraph.derive import DERIVED
from dealgraph.explain.telling import Explainer, Told, without_figures
from dealgraph.lineage import Witnesses
from dealgraph.proof import (
    FromBackground,
    FromClaims,
    FromFrame,
    Grounds,
    Place,
    Proof,
    StoreProver,
    leaves,
    walk,
)
from dealgraph.reason import INFERRED
from dealgraph.sources import ONTOLOGY, THINGS
from dealgraph.terms import iri

_ASSERTED: Final = frozenset({DefaultGraph(), FACTS, INFERRED, DERIVED})
_NAMING: Final = frozenset(
    NamedNode(iri(name)) for name in ("rdfs:label", "skos:altLabel", "skos:prefLabel", "skos:definition")
)
"""What gives things their names is no part of why a row is there."""
_PARTS: Final = tuple(NamedNode(iri(f"dg:{name}")) for name in ("subject", "predicate", "object"))
_RULE: Final = NamedNode(iri("dg:rule"))
_SPEAKING: Final = (iri("article:"), iri("dataset:"))
"""How the names of graphs begin that hold claims: of articles, and of snapshots of datasets."""


@dataclass(frozen=True)
class RowExplainer:
    """Tells rows of answers from one store; `place` tells where a subject is described."""

    explainer: Explainer
    place: Place

    def told(self, row: Mapping[str, object], witnesses: Witnesses) -> Told:
        """Tell what makes a row, in the order in which the query asks for it; claims come last.

        `row` has the terms of the row by the names of the columns, `witnesses` is what `Lineage` gives for
        it.
        """
        proofs = _outermost(self._proofs(witnesses))
        said = {claim for proof in proofs for leaf in leaves(proof) for claim in _claims(leaf)}
        told = dict.fromkeys(claim for claim in self._claims(witnesses) if claim not in said)
        return Told(
            "row",
            self._words(row),
            self.explainer.sentences.say["absent"] if witnesses.absent else "",
            parts=(
                *(self.explainer.told(proof) for proof in without_figures(proofs)),
                *(self.explainer.claimed(claim) for claim in told),
            ),
        )

    def _words(self, row: Mapping[str, object]) -> str:
        words = (
            (name, self.explainer.sentences.term(term)) for name, term in row.items() if term is not None
        )
        return "  ".join(f"{name}: {text}" for name, text in words)

    def _proofs(self, witnesses: Witnesses) -> Iterator[Proof]:
        for quad in witnesses.quads:
            if quad.predicate in _NAMING:
                continue
            if quad.graph_name in _ASSERTED:
                yield from self._proof(quad.triple)
            elif quad.graph_name == THINGS:
                subject = _text(quad.subject)
                yield FromFrame(quad.triple, self.place(subject), self._grounds.bringing(subject))
            elif quad.graph_name == ONTOLOGY:
                yield self._grounds.axioms.of(quad.triple)
            elif not self._is_said(quad) and quad.graph_name != ADMITTED:
                yield FromBackground(quad.triple, _text(quad.graph_name), self.place(_text(quad.subject)))

    def _proof(self, triple: Triple) -> tuple[Proof, ...]:
        """The proof of what is in the default graph; what tells of a derivation is proved as its result."""
        store = self.explainer.teller.evidence.store
        if any(True for _ in store.quads_for_pattern(triple.subject, _RULE, None, DERIVED)):
            found = [next(store.quads_for_pattern(triple.subject, p, None, DERIVED)).object for p in _PARTS]
            triple = Triple(*found)  # type: ignore[arg-type]
        if triple not in self._proved:
            self._proved[triple] = self._prover.proofs(triple)
        return self._proved[triple]

    def _claims(self, witnesses: Witnesses) -> Iterator[str]:
        """The claims that the query itself asks for; else those of what it asks for in a graph of claims."""
        evidence = self.explainer.teller.evidence
        asked = [q for q in witnesses.quads if self._is_said(q) or q.graph_name == ADMITTED]
        claims = [_text(quad.subject) for quad in asked if evidence.is_claim(_text(quad.subject))]
        yield from claims
        if not claims:
            for quad in asked:
                yield from self._grounds.speaking_of(_text(quad.subject))

    @staticmethod
    def _is_said(quad: Quad) -> bool:
        return _text(quad.graph_name).startswith(_SPEAKING)

    @cached_property
    def _grounds(self) -> Grounds:
        return Grounds(self.explainer.teller.evidence.store, self.place)

    @cached_property
    def _prover(self) -> StoreProver:
        return StoreProver(self.explainer.teller.evidence.store, self.place)

    @cached_property
    def _proved(self) -> dict[Triple, tuple[Proof, ...]]:
        return {}


def _outermost(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    """Leave out what is a part of another proof, and what comes twice."""
    found = tuple(dict.fromkeys(proofs))
    inner = {part for proof in found for part in walk(proof) if part != proof}
    return tuple(proof for proof in found if proof not in inner)


def _claims(leaf: Proof) -> tuple[str, ...]:
    return leaf.claims if isinstance(leaf, FromClaims) else ()


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)

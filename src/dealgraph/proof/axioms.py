"""The axioms of an ontology as wholes: each triple with the named axiom that it is a part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from dealgraph.proof.tree import FromAxiom
from dealgraph.terms import iri

_STANDING: Final = tuple(
    map(iri, ("rdfs:subClassOf", "rdfs:subPropertyOf", "owl:distinctMembers", "owl:members"))
)
"""What makes one triple of an unnamed thing stand for all that is said of it: the general axioms."""


@dataclass(frozen=True)
class Axioms:
    """The axioms among the triples of an ontology; `place` tells where a named term is described."""

    triples: frozenset[Triple]
    place: Callable[[str], str]
    _of: dict[BlankNode, list[Triple]] = field(default_factory=lambda: defaultdict(list), repr=False)
    _to: dict[BlankNode, Triple] = field(default_factory=dict, repr=False)
    _made: dict[Triple, FromAxiom] = field(default_factory=dict, repr=False)

    @staticmethod
    def read(triples: Iterable[Triple], place: Callable[[str], str]) -> Axioms:
        """Sort the triples of an ontology by the unnamed nodes that they describe and mention."""
        axioms = Axioms(frozenset(triples), place)
        for triple in sorted(axioms.triples, key=str):
            if isinstance(triple.subject, BlankNode):
                axioms._of[triple.subject].append(triple)
            if isinstance(triple.object, BlankNode):
                axioms._to.setdefault(triple.object, triple)
        return axioms

    def of(self, triple: Triple) -> FromAxiom:
        """Return the axiom that a triple of the ontology is, or is a part of."""
        top, seen = triple, {triple}
        while isinstance(top.subject, BlankNode) and (above := self._to.get(top.subject)) not in seen:
            if above is None:
                break
            top = above
            seen.add(top)
        if isinstance(top.subject, BlankNode):
            top = self._standing(top.subject)
        if top not in self._made:
            self._made[top] = self._whole(top)
        return self._made[top]

    def _standing(self, node: BlankNode) -> Triple:
        return min(self._of[node], key=lambda t: (t.predicate.value not in _STANDING, str(t)))

    def _whole(self, top: Triple) -> FromAxiom:
        parts = dict.fromkeys(self._of[top.subject] if isinstance(top.subject, BlankNode) else [top])
        pending = list(parts)
        while pending:
            value = pending.pop().object
            fresh = (
                [t for t in self._of.get(value, []) if t not in parts] if isinstance(value, BlankNode) else []
            )
            parts |= dict.fromkeys(fresh)
            pending += fresh
        return FromAxiom(top, tuple(sorted(parts, key=str)), self._place(top, parts))

    def _place(self, top: Triple, parts: Iterable[Triple]) -> str:
        """Where the axiom is written; one without a name of its own stands beside a term that it names."""
        named = (
            term.value
            for triple in (top, *parts)
            for term in (triple.subject, triple.object)
            if isinstance(term, NamedNode)
        )
        return next((place for name in named if (place := self.place(name))), "")

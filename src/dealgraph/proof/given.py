"""Proofs from statements that come with no project: each is a leaf as it stands, or part of an axiom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from pyoxigraph import NamedNode, Triple

from dealgraph.proof.axioms import Axioms
from dealgraph.proof.proving import Prover
from dealgraph.proof.tree import FromFile, Leaf
from dealgraph.terms import iri

_TYPE: Final = iri("rdf:type")
_VOCABULARY: Final = tuple(map(iri, ("owl:", "rdf:", "rdfs:")))
_OF_THINGS: Final = frozenset(
    {iri("owl:sameAs"), iri("owl:differentFrom"), iri("rdfs:label"), iri("rdfs:comment")}
)


def prover_of(
    triples: Iterable[Triple], place: Callable[[Triple], str], place_of: Callable[[str], str]
) -> Prover:
    """Get ready to prove what follows from statements; reach for it where there are no claims.

    `place` tells where a statement stands, `place_of` where a name is described.
    """
    given = frozenset(triples)
    axioms = Axioms.read((triple for triple in given if _is_of_an_axiom(triple)), place_of)

    def source(triple: Triple) -> Leaf:
        return axioms.of(triple) if triple in axioms.triples else FromFile(triple, place(triple))

    return Prover.of(given, source, lambda triple: 2 if isinstance(triple.subject, NamedNode) else 1)


def _is_of_an_axiom(triple: Triple) -> bool:
    """Tell whether a statement is about terms: in the words of OWL, or a part of what unnamed nodes say."""
    if triple.predicate.value == _TYPE:
        kind = triple.object
        return isinstance(kind, NamedNode) and kind.value.startswith(_VOCABULARY)
    if triple.predicate.value in _OF_THINGS:
        return False
    return triple.predicate.value.startswith(_VOCABULARY)

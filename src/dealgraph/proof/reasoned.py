"""What only a reasoner finds and no rule gives: the premises from which it follows, and none to spare.

The reasoner is asked like a box that cannot be looked into: first with what lies near what is wanted, then
with more and more, until it says yes; then with less and less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Final

from pyoxigraph import NamedNode, Triple

from dealgraph.proof.contraction import contract
from dealgraph.proof.tree import FromAxiom, FromReasoner, Proof, conclusion, said
from dealgraph.terms import iri

PATIENCE: Final = 60.0
"""Seconds after which no more is left out."""

Entails = Callable[[Sequence[Triple], Triple], bool]
"""Whether triples entail one, or contradict each other if that is `FALSE`."""

_TYPE: Final = iri("rdf:type")
_KINDS: Final = frozenset(
    iri(f"owl:{kind}")
    for kind in (
        *("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual"),
        *("Restriction", "Axiom", "Ontology", "AllDisjointClasses", "AllDifferent"),
    )
)
_VOCABULARY: Final = tuple(map(iri, ("owl:", "rdf:", "rdfs:", "xsd:")))


@dataclass(frozen=True)
class Box:
    """The given triples, where each comes from, and a reasoner that says what follows from some of them."""

    given: frozenset[Triple]
    source: Callable[[Triple], Proof]
    entails: Entails
    patience: float = PATIENCE

    def proof(self, wanted: Triple) -> FromReasoner | None:
        """Return the premises of what the reasoner finds; `None` if it does not follow.

        Premises stand in the order of what they say. `wanted` may be `FALSE`.
        """
        deadline = monotonic() + self.patience
        near = self._near(wanted)
        if near is None:
            return None
        found = contract(near, lambda some: self._suffice(some, wanted), lambda: monotonic() < deadline)
        return FromReasoner(wanted, tuple(sorted(found.parts, key=_order)), found.minimal)

    def _near(self, wanted: Triple) -> list[Proof] | None:
        """The premises nearest to what is wanted that suffice, the farthest first."""
        if not self._suffice(self._premises, wanted):
            return None
        layers = list(self._layers(wanted))
        reach = 1
        while reach < len(layers):
            some = [premise for layer in reversed(layers[:reach]) for premise in layer]
            if self._suffice(some, wanted):
                return some
            reach += 1
        return [premise for layer in reversed(layers) for premise in layer]

    def _layers(self, wanted: Triple) -> Iterator[list[Proof]]:
        """Premises by how far they are from what is wanted, going from name to name."""
        names, left = set(_names([wanted])), list(self._premises)
        while left:
            layer = [p for p in left if not names.isdisjoint(self._names_of[p])]
            if not layer:
                yield left
                return
            yield layer
            names.update(name for premise in layer for name in self._names_of[premise])
            taken = frozenset(layer)
            left = [premise for premise in left if premise not in taken]

    def _suffice(self, premises: Iterable[Proof], wanted: Triple) -> bool:
        stated = [triple for premise in premises for triple in said(premise)]
        return self.entails([*stated, *self._declarations], wanted)

    @cached_property
    def _declarations(self) -> tuple[Triple, ...]:
        """What says of terms only what kind they are: a reasoner needs it, a reader does not."""
        return tuple(sorted(filter(_is_declaration, self.given), key=str))

    @cached_property
    def _premises(self) -> tuple[Proof, ...]:
        stated = sorted((t for t in self.given if not _is_declaration(t)), key=str)
        return tuple(dict.fromkeys(map(self.source, stated)))

    @cached_property
    def _names_of(self) -> dict[Proof, frozenset[str]]:
        return {premise: frozenset(_names(said(premise))) for premise in self._premises}


def _is_declaration(triple: Triple) -> bool:
    named = isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode)
    return named and triple.predicate.value == _TYPE and str(triple.object)[1:-1] in _KINDS


def _names(triples: Iterable[Triple]) -> Iterator[str]:
    for triple in triples:
        for term in triple:
            if isinstance(term, NamedNode) and not term.value.startswith(_VOCABULARY):
                yield term.value


def _order(premise: Proof) -> tuple[bool, str]:
    return isinstance(premise, FromAxiom), str(conclusion(premise))

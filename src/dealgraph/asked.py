"""From three texts that a person types to the triple that is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Store, Triple

from dealgraph.errors import UnknownName
from dealgraph.lookup import TYPE_WORDS, Found, find, fold
from dealgraph.report import Teller
from dealgraph.sources import ONTOLOGY
from dealgraph.terms import compact, iri

TYPE: Final = NamedNode(iri("rdf:type"))
_KINDS: Final = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")


@dataclass(frozen=True)
class Asked:
    """The triple that is asked about, and the names that were taken for what was typed, if not exact."""

    triple: Triple
    guesses: tuple[tuple[str, Found], ...]


def asked(teller: Teller, subject: str, predicate: str, value: str) -> Asked:
    """Return the triple that three texts name: labels in either language, local names, compact IRIs.

    A predicate is looked for among the properties only, and `a` or `is a` is the type. An object may also
    be given as the words of what a claim says, such as `49%`, or as a literal. Raises what `lookup.find`
    raises, for each of the three.
    """
    store = teller.evidence.store
    properties = frozenset(_of_kinds(store, _KINDS))
    found = find(store, subject, lambda name: name not in properties)
    link, guesses = _predicate(store, predicate, properties), [(subject, found)]
    if isinstance(link, Found):
        guesses.append((predicate, link))
    relation = link.thing if isinstance(link, Found) else link
    meant = _object(teller, found.thing, relation, value)
    if isinstance(meant, Found):
        guesses.append((value, meant))
    triple = Triple(found.thing, relation, meant.thing if isinstance(meant, Found) else meant)
    return Asked(triple, tuple(guess for guess in guesses if guess[1].likeness < 100))


def _predicate(store: Store, text: str, properties: frozenset[str]) -> Found | NamedNode:
    return TYPE if text.strip().casefold() in TYPE_WORDS else find(store, text, properties.__contains__)


def _object(
    teller: Teller, subject: NamedNode, predicate: NamedNode, text: str
) -> Found | NamedNode | Literal:
    store = teller.evidence.store
    if predicate == TYPE:
        return find(store, text, frozenset(_of_kinds(store, ("Class",))).__contains__)
    for term in _candidates(teller, subject, predicate):
        words = teller.told(term.value) if isinstance(term, NamedNode) else term.value
        if _bare(text) in {_bare(words), _bare(compact(term.value)), _bare(term.value)}:
            return term
    try:
        return find(store, text)
    except UnknownName:
        if not _is_of_kind(store, predicate, "DatatypeProperty"):
            raise
        return Literal(text)


def _bare(text: str) -> str:
    """A text without case, accents and spaces: `49 %` is `49%`."""
    return fold(text).replace(" ", "")


def _candidates(teller: Teller, subject: NamedNode, predicate: NamedNode) -> Iterator[NamedNode | Literal]:
    """What is the object already, as a fact or in a claim."""
    for quad in teller.evidence.store.quads_for_pattern(subject, predicate, None, None):
        if isinstance(quad.object, NamedNode | Literal):
            yield quad.object
    for claim in teller.evidence.claims(subject.value, predicate.value):
        yield NamedNode(claim.value.term) if claim.value.is_iri else Literal(claim.value.term)


def _of_kinds(store: Store, kinds: tuple[str, ...]) -> Iterator[str]:
    for kind in kinds:
        for quad in store.quads_for_pattern(None, TYPE, NamedNode(iri(f"owl:{kind}")), ONTOLOGY):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value


def _is_of_kind(store: Store, term: NamedNode, kind: str) -> bool:
    return term.value in _of_kinds(store, (kind,))

"""From what a person types to a term of some RDF files, where there is no project that knows its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from dealgraph.errors import AmbiguousName, UnknownName
from dealgraph.lookup import TYPE_WORDS, fold
from dealgraph.terms import PREFIXES, compact, iri, local_name

_TYPE: Final = NamedNode(iri("rdf:type"))
_LABELS: Final = frozenset(NamedNode(iri(name)) for name in ("rdfs:label", "skos:prefLabel", "skos:altLabel"))
MOST_NAMED: Final = 5
"""How many terms a message lists that answer to a name."""


def triple_named(triples: Iterable[Triple], words: tuple[str, str, str]) -> Triple:
    """Return the triple that three texts name among the terms of some statements.

    Each is an IRI with or without angle brackets, a name with a prefix of `terms`, a local name, or a
    label; `a` is the type; an object may also be the text of a literal. Raises `UnknownName`, and
    `AmbiguousName` with what answers to a name.
    """
    terms, literals, labels = set[NamedNode](), set[Literal](), defaultdict[str, set[NamedNode]](set)
    for triple in triples:
        for term in triple:
            if isinstance(term, NamedNode):
                terms.add(term)
            elif isinstance(term, Literal):
                literals.add(term)
        if triple.predicate in _LABELS and isinstance(triple.subject, NamedNode):
            labels[fold(str(getattr(triple.object, "value", "")))].add(triple.subject)
    names = _Names(terms, labels)
    subject, link, value = words
    predicate = _TYPE if link.strip().casefold() in TYPE_WORDS else names.term(link)
    return Triple(names.term(subject), predicate, names.maybe(value) or _literal(literals, value, names))


class _Names:
    def __init__(self, terms: set[NamedNode], labels: Mapping[str, set[NamedNode]]) -> None:
        self._terms = terms
        self._labels = labels
        self._local: defaultdict[str, set[NamedNode]] = defaultdict(set)
        for term in terms:
            self._local[local_name(term.value)].add(term)

    def maybe(self, text: str) -> NamedNode | None:
        """The one term that answers to a text; raises `AmbiguousName` if there are several."""
        if (whole := _as_iri(text)) is not None and whole in self._terms:
            return whole
        found = self._local.get(text) or self._labels.get(fold(text)) or set()
        if len(found) > 1:
            listed = ", ".join(sorted(compact(term.value) for term in found)[:MOST_NAMED])
            raise AmbiguousName(
                f"{len(found)} terms answer to this name: {listed}",
                where=f"'{text}'",
                fix="Give the whole IRI of one",
            )
        return next(iter(found), None)

    def term(self, text: str) -> NamedNode:
        if (found := self.maybe(text)) is None:
            raise self.unknown(text)
        return found

    @staticmethod
    def unknown(text: str) -> UnknownName:
        return UnknownName(
            "the files have no term of this name",
            where=f"'{text}'",
            fix="Give an IRI, a local name or a label that they have",
        )


def _literal(literals: Iterable[Literal], text: str, names: _Names) -> Literal:
    found = sorted((literal for literal in literals if text in (literal.value, str(literal))), key=str)
    if not found:
        raise names.unknown(text)
    return found[0]


def _as_iri(text: str) -> NamedNode | None:
    bare = text.removeprefix("<").removesuffix(">")
    prefix, colon, _ = bare.partition(":")
    if colon and prefix in PREFIXES and "//" not in bare:
        bare = iri(bare)
    try:
        return NamedNode(bare)
    except ValueError:
        return None

"""The types and properties that a service offers: classes and properties of the ontology, and identifiers.

A type is named by the local name of its class, `Company`; a property by the local name of a property of
the ontology, `basedIn`, by `scheme/lei` for an identifier, or by `rdfs:label`. The compact and the full IRI
are understood as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from dealgraph.lookup import fold
from dealgraph.mapping import SCHEMES, Scheme
from dealgraph.reconcile.phrases import RECONCILE
from dealgraph.terms import BASE, PREFIXES, compact, iri

ONTOLOGY: Final = NamedNode(iri("graph:ontology"))
_TERMS: Final = iri("dg:")
_TYPE: Final = NamedNode(iri("rdf:type"))
_NAMES: Final = {"rdfs:label": "label", "skos:altLabel": "other label", "rdf:type": "type"}
_DEFINITIONS: Final = ("skos:definition", "rdfs:comment")


class Sort(StrEnum):
    """What the values of a property are, and so how they are compared and written."""

    IDENTIFIER = "identifier"
    PLACE = "place"
    DATE = "date"
    QUANTITY = "quantity"
    OTHER = "other"


@dataclass(frozen=True)
class Property:
    """One property: `id` as clients name it; `iri` of the property, or of the scheme of an identifier."""

    id: str
    iri: str
    sort: Sort
    scheme: Scheme | None = None
    range: str = ""

    @property
    def node(self) -> NamedNode:
        """The IRI as a term."""
        return NamedNode(self.iri)


@dataclass(frozen=True)
class Vocabulary:
    """The classes and properties of a store, read from its ontology once."""

    store: Store

    def type_iri(self, name: str) -> str:
        """Return the IRI of the type that a client names, or nothing if there is none."""
        full = name if name.startswith(_TERMS) else _TERMS + name.removeprefix("dg:")
        return full if full in self.types else ""

    def property_of(self, name: str) -> Property | None:
        """Return the property that a client names, or nothing if there is none."""
        bare = name.removeprefix(BASE).replace("scheme:", "scheme/").removeprefix("ontology#")
        short = next((p for p, space in PREFIXES.items() if name.startswith(space)), "")
        named = f"{short}:{name.removeprefix(PREFIXES[short])}" if short else name
        return next(
            (
                self.properties[key]
                for key in (bare, bare.removeprefix("dg:"), named)
                if key in self.properties
            ),
            None,
        )

    def type_id(self, full: str) -> str:
        """Return the name of a type as clients see it."""
        return full.removeprefix(_TERMS)

    def label(self, full: str, language: str) -> str:
        """Return the label of a class or property of the ontology, else its local name."""
        return self._text(full, ("rdfs:label",), language) or full.removeprefix(_TERMS)

    def definition(self, full: str, language: str) -> str:
        """Return what a class or property means, in one sentence, or nothing."""
        return self._text(full, _DEFINITIONS, language)

    def name_of(self, found: Property, language: str) -> str:
        """Return the name of a property for a person."""
        if found.scheme:
            return (found.scheme.label_fr if language == "fr" else "") or found.scheme.label
        if phrase := _NAMES.get(found.id):
            return RECONCILE[language][phrase]
        return self.label(found.iri, language)

    def about(self, found: Property, language: str) -> str:
        """Return what a property means, for a person."""
        if found.scheme:
            return RECONCILE[language]["identifier of"].format(self.name_of(found, language))
        return self.definition(found.iri, language)

    @cached_property
    def types(self) -> Mapping[str, tuple[str, ...]]:
        """The classes of the project by IRI, each with its direct superclasses among them."""
        named = {name for name in self._of_kind("owl:Class") if name.startswith(_TERMS)}
        link = NamedNode(iri("rdfs:subClassOf"))
        found: defaultdict[str, set[str]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(None, link, None, ONTOLOGY):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                found[quad.subject.value].add(quad.object.value)
        return {name: tuple(sorted(found[name] & named)) for name in sorted(named)}

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        """All properties by the name that clients see, identifiers first."""
        found = {f"scheme/{each.name}": each for each in SCHEMES}
        kept = {name: Property(name, s.iri, Sort.IDENTIFIER, s) for name, s in found.items()}
        kept |= {name: Property(name, iri(name), Sort.OTHER) for name in _NAMES}
        for kind in ("owl:ObjectProperty", "owl:DatatypeProperty"):
            for full in sorted(self._of_kind(kind)):
                if full.startswith(_TERMS):
                    range_ = self._range(full)
                    kept[full.removeprefix(_TERMS)] = Property(
                        full.removeprefix(_TERMS), full, _sort(range_), range=range_
                    )
        return kept

    @cached_property
    def offered(self) -> tuple[Property, ...]:
        """The properties that some thing of the graph has."""
        return tuple(found for found in self.properties.values() if found.id in _NAMES or self._in_use(found))

    def wider(self, full: str) -> frozenset[str]:
        """Return a class and all its superclasses."""
        reached, left = {full}, [full]
        while left:
            new = set(self.types.get(left.pop(), ())) - reached
            reached |= new
            left += new
        return frozenset(reached)

    def is_top(self, full: str) -> bool:
        """Tell whether a class has no superclass in the project."""
        return not self.types.get(full)

    def _in_use(self, found: Property) -> bool:
        if found.scheme:
            graph, link = NamedNode(iri("graph:mappings")), NamedNode(iri("dg:inScheme"))
            return next(self.store.quads_for_pattern(None, link, found.node, graph), None) is not None
        things = iri("id:")
        quads = self.store.quads_for_pattern(None, found.node, None, DefaultGraph())
        return any(
            q.subject.value.startswith(things) for q in islice(quads, 200) if isinstance(q.subject, NamedNode)
        )

    def _range(self, full: str) -> str:
        quads = self.store.quads_for_pattern(NamedNode(full), NamedNode(iri("rdfs:range")), None, ONTOLOGY)
        return min((q.object.value for q in quads if isinstance(q.object, NamedNode)), default="")

    def _of_kind(self, kind: str) -> Iterator[str]:
        for quad in self.store.quads_for_pattern(None, _TYPE, NamedNode(iri(kind)), ONTOLOGY):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def _text(self, full: str, links: tuple[str, ...], language: str) -> str:
        for link in links:
            quads = self.store.quads_for_pattern(NamedNode(full), NamedNode(iri(link)), None, ONTOLOGY)
            texts = {q.object.language: q.object.value for q in quads if isinstance(q.object, Literal)}
            if texts:
                return texts.get(language) or texts.get("en") or min(texts.values())
        return ""


def matching(prefix: str, *texts: str) -> int:
    """Tell how well texts begin with what was typed: 0 wholly, 1 at the start, 2 at a word, 3 not at all."""
    typed = fold(prefix)
    folded = [fold(text) for text in texts if text]
    if typed in folded:
        return 0
    if any(text.startswith(typed) for text in folded):
        return 1
    return 2 if any(f" {typed}" in text.replace("/", " ") for text in folded) else 3


def _sort(range_: str) -> Sort:
    name = compact(range_) if range_ else ""
    sorts = {"dg:Place": Sort.PLACE, "dg:TimeSpan": Sort.DATE, "dg:Quantity": Sort.QUANTITY}
    return sorts.get(name, Sort.OTHER)

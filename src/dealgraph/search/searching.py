"""Search in a store: things, articles, terms of the ontology, and what claims say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from dealgraph.search.names import MOST, Hit, How, NameIndex
from dealgraph.search.words import WordIndex
from dealgraph.sources import ONTOLOGY
from dealgraph.terms import iri

_TYPE: Final = NamedNode(iri("rdf:type"))
_WIDER: Final = NamedNode(iri("rdfs:subClassOf"))
_PARAPHRASE: Final = NamedNode(iri("dg:paraphrase"))
_NAMING: Final = tuple(NamedNode(iri(name)) for name in ("rdfs:label", "skos:altLabel", "skos:prefLabel"))
_FOLLOWING: Final = frozenset(iri(f"graph:{name}") for name in ("facts", "inferred", "derived", "admitted"))
_NOT_OF_THINGS: Final = _FOLLOWING | frozenset(
    iri(f"graph:{name}") for name in ("ontology", "shapes", "alignments", "mappings", "queries")
)
_SOURCES: Final = frozenset(iri(f"dg:{name}") for name in ("Article", "Snapshot", "Dataset", "Background"))


@dataclass(frozen=True)
class Search:
    """What can be found in a store by typing; each index is made when it is first needed, then kept."""

    store: Store

    def things(self, text: str, kind: str = "", limit: int = MOST) -> tuple[Hit, ...]:
        """Return the things that a text may name, the best first; with `kind`, those of a class only.

        `kind` is the IRI of a class; its narrower classes count.
        """
        wanted = self._narrower(kind) if kind else frozenset()

        def is_wanted(thing: str) -> bool:
            return not kind or not wanted.isdisjoint(self.kinds(thing))

        return self._things.find(text, is_wanted, limit)

    def of_kind(self, kind: str) -> Iterator[str]:
        """Yield the things of a class, or of a narrower one, in the order of their IRIs."""
        narrower = self._narrower(kind)
        yield from sorted(set(self._of_kinds(narrower)))

    def sources(self, text: str) -> tuple[Hit, ...]:
        """Return the articles, datasets and snapshots that a text may name, the best first."""
        return self._sources.find(text)

    def terms(self, text: str) -> tuple[Hit, ...]:
        """Return the terms of the ontology that a text may name, the best first."""
        return self._terms.find(text)

    def claims(self, text: str) -> tuple[Hit, ...]:
        """Return the claims whose paraphrase, in whatever language, has the words; else most of the words."""
        index, said = self._said
        found = index.find(text) or index.some(text)
        ranked = sorted(found.items(), key=lambda item: (-item[1], len(said[item[0]][1]), said[item[0]]))
        best: dict[str, Hit] = {}
        for number, likeness in ranked:
            how = How.WORDS if likeness >= 90 else How.LIKE
            best.setdefault(said[number][0], Hit(*said[number], how, likeness))
        return tuple(best.values())[:MOST]

    def kinds(self, thing: str) -> frozenset[str]:
        """Return the classes that the files give a thing, by their IRIs; none that only follow."""
        found = self.store.quads_for_pattern(NamedNode(thing), _TYPE, None, None)
        return frozenset(
            quad.object.value
            for quad in found
            if isinstance(quad.object, NamedNode)
            and isinstance(quad.graph_name, NamedNode)
            and quad.graph_name.value not in _FOLLOWING
        )

    @cached_property
    def _named(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Pairs of an IRI and a name: of things, sources and terms."""
        sources = frozenset(self._of_kinds(_SOURCES))
        found: dict[str, set[tuple[str, str]]] = {"thing": set(), "source": set(), "term": set()}
        for node, name, graph in self._labels():
            if graph == ONTOLOGY.value:
                found["term"].add((node, name))
            elif graph not in _NOT_OF_THINGS:
                found["source" if node in sources else "thing"].add((node, name))
        return {part: tuple(pairs) for part, pairs in found.items()}

    def _labels(self) -> Iterator[tuple[str, str, str]]:
        for link in _NAMING:
            for quad in self.store.quads_for_pattern(None, link, None, None):
                if isinstance(quad.graph_name, DefaultGraph) or not isinstance(quad.object, Literal):
                    continue
                if isinstance(quad.subject, NamedNode) and isinstance(quad.graph_name, NamedNode):
                    yield quad.subject.value, quad.object.value, quad.graph_name.value

    @cached_property
    def _things(self) -> NameIndex:
        return NameIndex(self._named["thing"])

    @cached_property
    def _sources(self) -> NameIndex:
        return NameIndex(self._named["source"])

    @cached_property
    def _terms(self) -> NameIndex:
        return NameIndex(self._named["term"])

    @cached_property
    def _said(self) -> tuple[WordIndex, list[tuple[str, str]]]:
        quads = self.store.quads_for_pattern(None, _PARAPHRASE, None, None)
        pairs = {
            (quad.subject.value, quad.object.value)
            for quad in quads
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
        }
        said = sorted(pairs)
        return WordIndex(text for _, text in said), said

    def _of_kinds(self, kinds: Iterable[str]) -> Iterator[str]:
        for kind in kinds:
            for quad in self.store.quads_for_pattern(None, _TYPE, NamedNode(kind), None):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject.value

    def wider(self, kind: str) -> frozenset[str]:
        """Return a class and all that are wider, by their IRIs."""
        return self._reached(kind, upwards=True)

    def _narrower(self, kind: str) -> frozenset[str]:
        return self._reached(kind, upwards=False)

    def _reached(self, kind: str, *, upwards: bool) -> frozenset[str]:
        found, level = {kind}, {kind}
        while level := {beside for one in level for beside in self._beside(one, upwards=upwards)} - found:
            found |= level
        return frozenset(found)

    def _beside(self, kind: str, *, upwards: bool) -> Iterator[str]:
        node = NamedNode(kind)
        subject, value = (node, None) if upwards else (None, node)
        for quad in self.store.quads_for_pattern(subject, _WIDER, value, ONTOLOGY):
            other = quad.object if upwards else quad.subject
            if isinstance(other, NamedNode):
                yield other.value

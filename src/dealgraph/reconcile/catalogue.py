"""The things of a snapshot as a service offers them: found by name and identifier, told in few words.

Made once for a snapshot and kept. What it holds for each thing is names, identifiers and judgements; facts
are read from the store when they are asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from dealgraph.desk import Desk
from dealgraph.evidence import Evidence
from dealgraph.link.entity import Entity, Identifier
from dealgraph.link.index import Index
from dealgraph.lookup import fold
from dealgraph.mapping import Judgement, scheme_of
from dealgraph.mapping.graph import JUDGEMENTS, MAPPINGS
from dealgraph.reconcile.vocabulary import Vocabulary
from dealgraph.terms import iri

SPACE: Final = iri("id:")
THINGS: Final = NamedNode(iri("graph:things"))
_TYPE: Final = NamedNode(iri("rdf:type"))
_LABEL: Final = NamedNode(iri("rdfs:label"))
_ALIAS: Final = NamedNode(iri("skos:altLabel"))
_SAMPLE: Final = 20
_DEFAULT: Final = DefaultGraph()


@dataclass(frozen=True)
class Catalogue:
    """The things of one store, ready to be searched."""

    store: Store
    evidence: Evidence
    vocabulary: Vocabulary

    def thing(self, name: str) -> str:
        """Return the IRI of the thing that a client names: `meta`, `id:meta` or in full; else nothing."""
        full = name if name.startswith(SPACE) else SPACE + name.removeprefix("id:")
        return full if full in self.entities else ""

    def id_of(self, thing: str) -> str:
        """Return the id of a thing: with the identifier space before it, it is the IRI."""
        return thing.removeprefix(SPACE)

    def label(self, thing: str, language: str) -> str:
        """Return the label of a thing in a language, else in another one."""
        return self.evidence.label(thing, language)

    def types(self, thing: str) -> tuple[str, ...]:
        """Return the classes of a thing: those given first, then those that follow, the narrowest first."""
        node, vocabulary = NamedNode(thing), self.vocabulary
        given = set(_iris(self.store.quads_for_pattern(node, _TYPE, None, THINGS)))
        found = given | set(_iris(self.store.quads_for_pattern(node, _TYPE, None, _DEFAULT)))
        reached = {wider for each in found if each in vocabulary.types for wider in vocabulary.wider(each)}
        return tuple(sorted(reached, key=lambda t: (t not in given, -len(vocabulary.wider(t)), t)))

    def objects(self, thing: str, link: str) -> tuple[NamedNode | Literal, ...]:
        """Return the values of a property that are facts, or follow from facts, in a stable order."""
        quads = self.store.quads_for_pattern(NamedNode(thing), NamedNode(link), None, _DEFAULT)
        return tuple(sorted({q.object for q in quads if isinstance(q.object, NamedNode | Literal)}, key=str))

    def subjects(self, link: str, value: str) -> Iterator[str]:
        """Yield the things that have a thing as a value."""
        for quad in self.store.quads_for_pattern(None, NamedNode(link), NamedNode(value), _DEFAULT):
            if isinstance(quad.subject, NamedNode) and quad.subject.value in self.entities:
                yield quad.subject.value

    def having(self, link: str) -> Iterator[str]:
        """Yield the things that have any value of a property."""
        for quad in self.store.quads_for_pattern(None, NamedNode(link), None, _DEFAULT):
            if isinstance(quad.subject, NamedNode) and quad.subject.value in self.entities:
                yield quad.subject.value

    def links_things(self, link: str) -> bool:
        """Tell whether the values of a property are things, and not codes or texts."""
        quads = self.store.quads_for_pattern(None, NamedNode(link), None, _DEFAULT)
        return any(value in self.entities for value in _iris(islice(quads, _SAMPLE)))

    def judged(self, thing: str, outside: str) -> Judgement | None:
        """Return what is judged of a thing and an outside entity, if anything."""
        return self._judgements.get(thing, {}).get(outside)

    def others(self, thing: str) -> tuple[str, ...]:
        """Return the names of outside entities that were judged to be others than a thing."""
        return self._others.get(thing, ())

    def starting_with(self, text: str) -> Iterator[str]:
        """Yield the things whose id is so, or whose names, or words of names, begin so; each once."""
        start = fold(text)
        found: dict[str, None] = {}
        if thing := self.thing(text.strip()):
            found[thing] = None
        for inside in (False, True):
            for key, word, thing in islice(self._starts, bisect_left(self._starts, (start,)), None):
                if not key.startswith(start):
                    break
                if word is inside:
                    found[thing] = None
        yield from found

    def named(self, text: str) -> tuple[str, ...]:
        """Return the things that have this very name, but for case and accents."""
        key = fold(text)
        starts = islice(self._starts, bisect_left(self._starts, (key,)), None)
        return tuple(thing for _, word, thing in takewhile(lambda s: s[0] == key, starts) if not word)

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Every thing by its IRI, with names and identifiers."""
        names = {link: self._texts(link) for link in (_LABEL, _ALIAS)}
        things = sorted(names[_LABEL].keys() & self._typed)
        return {
            thing: Entity(
                iri=thing,
                labels=tuple(dict.fromkeys(names[_LABEL][thing])),
                aliases=tuple(dict.fromkeys(names[_ALIAS].get(thing, ()))),
                identifiers=self._identifiers(thing),
            )
            for thing in things
        }

    @cached_property
    def index(self) -> Index:
        """The index by names and identifiers."""
        return Index(self.entities.values())

    def read(self) -> int:
        """Read and sort all that is kept, and return how many names there are to begin with."""
        return len(self.index.entities) + len(self._others) and len(self._starts)

    @cached_property
    def _typed(self) -> set[str]:
        quads = self.store.quads_for_pattern(None, _TYPE, None, THINGS)
        subjects = (q.subject.value for q in quads if isinstance(q.subject, NamedNode))
        return {thing for thing in subjects if thing.startswith(SPACE)}

    @cached_property
    def _starts(self) -> list[tuple[str, bool, str]]:
        found = {
            (key, inside, entity.iri)
            for entity in self.entities.values()
            for text in (*entity.labels, *entity.aliases, self.id_of(entity.iri))
            for key, inside in _word_starts(fold(text))
        }
        return sorted(found)

    @cached_property
    def _judgements(self) -> Mapping[str, Mapping[str, Judgement]]:
        found: defaultdict[str, dict[str, Judgement]] = defaultdict(dict)
        for mapping, thing in self._mappings():
            judgement = JUDGEMENTS.get(self._one(mapping, "dg:judgedAs"))
            outside = self._one(mapping, "dg:mappingObject")
            if judgement and outside:
                found[thing][outside] = judgement
        return found

    @cached_property
    def _others(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for mapping, thing in self._mappings():
            label = self._one(mapping, "sssom:object_label")
            if label and JUDGEMENTS.get(self._one(mapping, "dg:judgedAs")) is Judgement.NOT:
                found[thing] += (label,)
        return found

    def _mappings(self) -> Iterator[tuple[NamedNode, str]]:
        link = NamedNode(iri("dg:mappingSubject"))
        for quad in self.store.quads_for_pattern(None, link, None, MAPPINGS):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                yield quad.subject, quad.object.value

    def _identifiers(self, thing: str) -> tuple[Identifier, ...]:
        judged = self._judgements.get(thing, {})
        same = sorted(outside for outside, said in judged.items() if said is Judgement.MATCH)
        return tuple(Identifier(s.name, outside) for outside in same if (s := scheme_of(outside)))

    def _texts(self, link: NamedNode) -> Mapping[str, list[str]]:
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for quad in self.store.quads_for_pattern(None, link, None, THINGS):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                found[quad.subject.value].append((quad.object.language or "", quad.object.value))
        return {thing: [text for _, text in sorted(texts)] for thing, texts in found.items()}

    def _one(self, node: NamedNode, name: str) -> str:
        quads = self.store.quads_for_pattern(node, NamedNode(iri(name)), None, MAPPINGS)
        return next((q.object.value for q in quads if isinstance(q.object, NamedNode | Literal)), "")


def catalogue_of(desk: Desk) -> Catalogue:
    """Return the catalogue of a desk; that of the last desk is kept."""
    if not _KEPT or _KEPT[0][0] is not desk:
        _KEPT[:] = [(desk, Catalogue(desk.store, desk.evidence, Vocabulary(desk.store)))]
    return _KEPT[0][1]


_KEPT: Final[list[tuple[Desk, Catalogue]]] = []


def _word_starts(text: str) -> Iterable[tuple[str, bool]]:
    """A text from each of its words on, and whether that word is inside."""
    yield text, False
    for place, sign in enumerate(text[:80]):
        if sign == " ":
            yield text[place + 1 :], True


def _iris(quads: Iterable[Quad]) -> Iterator[str]:
    return (quad.object.value for quad in quads if isinstance(quad.object, NamedNode))

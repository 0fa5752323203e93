"""Our things as entities: what the graph holds as true of them, and the identifiers judged to be theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from dealgraph.ask import run
from dealgraph.link.dataset import identified
from dealgraph.link.entity import Entity, Place
from dealgraph.mapping import Judgement, MappingSet
from dealgraph.stored import StoredQuery, bind
from dealgraph.terms import iri

FEATURES: Final = "link/features"
_KINDS: Final = {
    "Company": "company",
    "Laboratory": "laboratory",
    "MediaOutlet": "media",
    "Organization": "organization",
    "Person": "person",
    "City": "city",
    "Region": "region",
    "Country": "country",
    "DataCenter": "data-center",
    "Facility": "facility",
    "FacilityProgramme": "programme",
    "AIModel": "model",
}
KIND_OF: Final[Mapping[str, str]] = {iri(f"dg:{name}"): kind for name, kind in _KINDS.items()}


@dataclass(frozen=True)
class _Line:
    """One row of the answer; `place` is the place that a name of a place belongs to."""

    feature: str
    value: str
    language: str
    place: str


def entities_of(
    store: Store, query: StoredQuery, sets: Iterable[MappingSet], thing: str | None = None
) -> tuple[Entity, ...]:
    """Return the things that can be linked, or one of them, in the order of their IRIs.

    `query` is the stored query `link/features`; `sets` give the identifiers. Facts only: what an article
    merely reports does not help to recognise a thing.
    """
    text = bind(query, {"thing": [NamedNode(thing)]} if thing else {})
    rows = run(store, text, where=query.name)
    assert isinstance(rows, QuerySolutions)
    told: defaultdict[str, list[_Line]] = defaultdict(list)
    for row in rows:
        subject, value, place = row["thing"], row["value"], row["place"]
        if isinstance(subject, NamedNode) and isinstance(value, Literal | NamedNode):
            where = place.value if isinstance(place, NamedNode) else ""
            language = (value.language or "") if isinstance(value, Literal) else ""
            told[subject.value].append(_Line(row["feature"].value, value.value, language, where))
    known = _identifiers(sets)
    return tuple(_entity(name, lines, known.get(name, ())) for name, lines in sorted(told.items()))


def _identifiers(sets: Iterable[MappingSet]) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for mapping in (mapping for each in sets for mapping in each.mappings):
        if mapping.judgement is Judgement.MATCH:
            found[mapping.subject][mapping.object] = None
    return {subject: tuple(objects) for subject, objects in found.items()}


def _entity(name: str, lines: Sequence[_Line], identifiers: Sequence[str]) -> Entity:
    ordered = sorted(lines, key=lambda line: line.language != "en")

    def all_of(feature: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.value for line in ordered if line.feature == feature))

    return Entity(
        iri=name,
        labels=all_of("label") or (name,),
        aliases=all_of("alias"),
        kinds=frozenset(KIND_OF[value] for value in all_of("class") if value in KIND_OF),
        places=_places(ordered),
        years=tuple(sorted(int(value) for value in all_of("year"))),
        owners=all_of("owner"),
        identifiers=tuple(map(identified, identifiers)),
    )


def _places(lines: Sequence[_Line]) -> tuple[Place, ...]:
    """One place where each level has one name in a language; else each by itself, for none to be mixed up."""
    found: dict[Place, None] = {}
    for language in dict.fromkeys(line.language for line in lines if line.place):
        named = [line for line in lines if line.place and line.language == language]
        by_level = [{line.feature: line.value} for line in named]
        levels = [line.feature for line in named]
        if len(set(levels)) == len(levels):
            by_level = [{line.feature: line.value for line in named}]
        found |= dict.fromkeys(Place(**said) for said in by_level)
    return tuple(found)

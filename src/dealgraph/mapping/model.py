"""A mapping: one judgement on whether a thing of ours is an entity of an outside dataset.

The four judgements that are no match, and the form each takes in SSSOM (this is the one place that says it):

- *not*: the predicate with the modifier `Not`.
- *unsure*: the predicate `dg:undecidedMatch` with the confidence 0, which SSSOM calls "fully unsure". A
  program that knows only SKOS passes such a row over, and one that looks at confidence alone drops it
  (the predicate is what counts: sssom-py takes a confidence of 0 for none).
- *not found*: the object `sssom:NoTermFound`; `object_source` says where one looked.
- *related*: a SKOS predicate other than `skos:exactMatch`; the two are near each other and not the same.

Source: SSSOM 1.1, slots of the class Mapping.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import total_ordering
from typing import Final

from dealgraph.terms import PREFIXES, iri

EXACT: Final = iri("skos:exactMatch")
CLOSE: Final = iri("skos:closeMatch")
NARROW: Final = iri("skos:narrowMatch")
BROAD: Final = iri("skos:broadMatch")
RELATED: Final = iri("skos:relatedMatch")
UNDECIDED: Final = iri("dg:undecidedMatch")
PREDICATES: Final = (EXACT, CLOSE, NARROW, BROAD, RELATED, UNDECIDED)
NO_TERM_FOUND: Final = iri("sssom:NoTermFound")
CURATED: Final = iri("semapv:ManualMappingCuration")
SEVERAL: Final = "1:n"
CC_BY: Final = "https://creativecommons.org/licenses/by/4.0/"


class Judgement(StrEnum):
    """What a mapping says of its subject and its object; only `MATCH` says that they are the same."""

    MATCH = "match"
    RELATED = "related"
    NOT = "not"
    UNSURE = "unsure"
    NOT_FOUND = "not found"


@total_ordering
@dataclass(frozen=True)
class Mapping:
    """One row of a mapping file; reach for it wherever a thing of ours meets an outside entity.

    `subject`, `predicate`, `object`, `object_source` (a scheme, or where one looked) and `justification`
    are full IRIs. `confidence` is from 0 to 1. `cardinality` is `1:n` where a thing is declared to have
    several identifiers of one scheme, else empty. Texts that are not known are empty. Mappings sort by
    subject, scheme and object.
    """

    subject: str
    predicate: str
    object: str
    negated: bool = False
    object_label: str = ""
    object_source: str = ""
    justification: str = CURATED
    confidence: Decimal | None = None
    author: str = ""
    tool: str = ""
    date: dt.date | None = None
    comment: str = ""
    cardinality: str = ""
    subject_label: str = ""

    @property
    def judgement(self) -> Judgement:
        """What the mapping says; every other reading of its fields is a mistake."""
        if self.object == NO_TERM_FOUND:
            return Judgement.NOT_FOUND
        if self.predicate == UNDECIDED:
            return Judgement.UNSURE
        if self.negated:
            return Judgement.NOT
        return Judgement.MATCH if self.predicate == EXACT else Judgement.RELATED

    @property
    def pair(self) -> tuple[str, str]:
        """The subject and what it was held against: the object, or the source in which none was found."""
        found = self.judgement is not Judgement.NOT_FOUND
        return self.subject, self.object if found else self.object_source

    def __post_init__(self) -> None:
        if self.confidence is not None and self.confidence.is_finite():
            object.__setattr__(self, "confidence", self.confidence.normalize())

    def __lt__(self, other: Mapping) -> bool:
        return self._key() < other._key()

    def _key(self) -> tuple[str, ...]:
        first = ("subject", "object_source", "object", "predicate", "negated")
        return tuple(str(getattr(self, name)) for name in (*first, *self.__dataclass_fields__))


@dataclass(frozen=True)
class MappingSet:
    """A mapping file: its metadata, its prefixes, its rows.

    `metadata` has the slots of the SSSOM mapping set by name, `license` among them; `curie_map` is apart, in
    `prefixes`. `places` gives the `file:line` of each mapping in the order of `mappings`; it is empty for a
    set that was not read from a file.
    """

    metadata: Table[str, str | tuple[str, ...]]
    mappings: tuple[Mapping, ...] = ()
    prefixes: Table[str, str] = field(default_factory=lambda: dict(PREFIXES), compare=False, repr=False)
    places: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @property
    def licence(self) -> str:
        """The IRI of the licence of the set."""
        return str(self.metadata.get("license", ""))

    def revised(self, *judged: Mapping) -> MappingSet:
        """Return the set with these mappings, each in place of any earlier one on the same pair."""
        new = {mapping.pair: mapping for mapping in judged}
        kept = (mapping for mapping in self.mappings if mapping.pair not in new)
        return replace(self, mappings=tuple(sorted([*kept, *new.values()])), places=())

    def without(self, *pairs: tuple[str, str]) -> MappingSet:
        """Return the set without what is judged on these pairs."""
        rest = tuple(mapping for mapping in self.mappings if mapping.pair not in pairs)
        return replace(self, mappings=rest, places=())


def new_set(name: str, description: str) -> MappingSet:
    """Return an empty set for `graph/mappings/<name>.sssom.tsv`, under the licence of the graph."""
    return MappingSet(
        {
            "cardinality_scope": ("predicate_id", "object_source"),
            "license": CC_BY,
            "mapping_set_description": description,
            "mapping_set_id": iri(f"mapping:{name}"),
        }
    )


def undecided(mapping: Mapping) -> Mapping:
    """Return the mapping as one that could not be decided."""
    return replace(mapping, predicate=UNDECIDED, negated=False, confidence=Decimal(0))

"""From a thing and a source to proposals: ranked, what is judged already, what may be accepted unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from dealgraph.link.entity import Entity
from dealgraph.link.known import top_kinds
from dealgraph.link.scale import LEAST_SCORE
from dealgraph.link.score import Scored, Verdict, score
from dealgraph.mapping import Judgement, MappingSet

MARGIN: Final = 6.0
"""How far the best must be ahead of the next to be accepted without a person."""
_SAME_NAME: Final = 0.99
_LIKE_NAME: Final = 0.7


class Outcome(StrEnum):
    """What becomes of a thing if no person looks: accepted, left to a person, nothing new, nothing at all."""

    ACCEPT = "accept"
    PERSON = "a person decides"
    JUDGED = "judged already"
    NONE = "no candidate"


@dataclass(frozen=True)
class Found:
    """What a source gives for a thing: records, what a server scored each (by IRI), and what was odd."""

    entities: tuple[Entity, ...]
    scores: Mapping[str, float] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


class Source(Protocol):
    """Anything that proposes records for things: an index of a file, a service, an endpoint."""

    @property
    def name(self) -> str:
        """What the source is called."""

    def candidates(self, things: Sequence[Entity]) -> Mapping[str, Found]:
        """Return what is found for each thing, by its IRI."""


@dataclass(frozen=True)
class Proposals:
    """All that a source proposes for a thing.

    `open` are the proposals, the best first. `judged` are records that a person or a batch has judged, in
    the same order, with the judgement. `accepted` is the one of `open` that stands without a person, if any.
    """

    thing: Entity
    open: tuple[Scored, ...]
    judged: tuple[tuple[Scored, Judgement], ...] = ()
    accepted: Scored | None = None
    notices: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What becomes of the thing if no person looks."""
        if self.accepted or self.open:
            return Outcome.ACCEPT if self.accepted else Outcome.PERSON
        return Outcome.JUDGED if self.judged else Outcome.NONE


def judgements_on(sets: Iterable[MappingSet], thing: str) -> dict[str, Judgement]:
    """Return what has been judged of a thing, by the IRI it was held against."""
    return {m.object: m.judgement for each in sets for m in each.mappings if m.subject == thing}


def propose(
    thing: Entity,
    found: Found,
    judged: Mapping[str, Judgement],
    *,
    least: float = LEAST_SCORE,
    limit: int = 5,
) -> Proposals:
    """Rank the records that a source gives for a thing.

    `judged` is what is known already, by IRI of the record. A pair judged `not` or `match` is never proposed
    again, nor is an unsure one: all are told apart. `least` is the score, from 0 to 100, below which nothing
    is proposed but a facility of the same owner in the same region; `limit` how many are.
    """
    scored = [score(thing, entity, found.scores.get(entity.iri)) for entity in found.entities]
    ranked = sorted(scored, key=lambda each: (-each.score, each.entity.label, each.entity.iri))
    told = tuple((each, judged[each.entity.iri]) for each in ranked if each.entity.iri in judged)
    unjudged = (each for each in ranked if each.entity.iri not in judged)
    fresh = [each for each in unjudged if each.score >= least or _same_site(thing, each)]
    matched = any(judgement is Judgement.MATCH for _, judgement in told)
    accepted = None if matched else _accepted(thing, fresh)
    return Proposals(thing, tuple(fresh[:limit]), told, accepted, found.notices)


def _accepted(thing: Entity, ranked: Sequence[Scored]) -> Scored | None:
    """The best, if it is safe, and no other comes near it or is safe too."""
    if not ranked or not is_safe(thing, ranked[0]):
        return None
    best, rest = ranked[0], ranked[1:]
    if best.said("identifier"):  # then only another identifier can speak for another record
        rest = [each for each in rest if each.said("identifier")]
    if any(best.score - each.score < MARGIN or is_safe(thing, each) for each in rest):
        return None
    return best


def is_safe(thing: Entity, candidate: Scored) -> bool:
    """Tell whether a candidate may be accepted without a person, seen alone.

    It may if an identifier agrees, none contradicts, and the name or the city, year or owner bears it out:
    data sets give identifiers to the wrong record now and then. Or if, beside the very name, features that do
    not depend on each other agree: for a region, its type and its country, in which no two have one name; for
    anything but a place, two of the city, the year and the owner. A name alone never suffices. A city is left
    to a person even if name, region and country agree: registers have two records of one city.
    """
    if any(f.kind in {"identifier", "type"} for f in candidate.contradictions):
        return False
    agreeing = {f.kind for f in candidate.features if f.verdict is Verdict.AGREES}
    if "identifier" in agreeing:
        return candidate.name.strength >= _LIKE_NAME or bool(agreeing & {"place", "date", "owner"})
    if candidate.contradictions or candidate.name.strength < _SAME_NAME or candidate.name.kind == "former":
        return False
    if "place" in top_kinds(thing):
        return "region" in thing.kinds and "type" in agreeing and candidate.said("place") is not None
    return len(agreeing & {"place", "date", "owner"}) >= 2


def _same_site(thing: Entity, candidate: Scored) -> bool:
    """A facility of the same owner in the same region is worth a look under any name."""
    if "facility" not in top_kinds(thing) or candidate.contradictions:
        return False
    place, owner = candidate.said("place"), candidate.said("owner")
    return bool(owner and place and place.verdict is Verdict.AGREES)

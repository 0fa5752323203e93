"""Compare a thing with a record: features first, and a score from 0 to 100 that follows from them alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dealgraph.link.entity import GENERAL, Entity
from dealgraph.link.known import called, top_kinds
from dealgraph.link.names import likeness, name_of
from dealgraph.link.places import Agreement, compare

NAME_WEIGHT: Final = 60.0
BEST_WITHOUT_IDENTIFIER: Final = 94.0
WORST_WITH_IDENTIFIER: Final = 95.0
CAP_IDENTIFIER: Final = 25.0
CAP_KIND: Final = 25.0
CAP_PLACE: Final = 50.0

_SORTS: Final = {"name": 1.0, "alias": 0.97, "former": 0.94}
PLACE_POINTS: Final = {Agreement.COUNTRY: 4.0, Agreement.REGION: 10.0, Agreement.CITY: 14.0}
_CHANCE: Final = 0.4
"""How alike two names are by chance: letters in common that say nothing."""
_SAME_OWNER: Final = 0.9
_NEAR_OWNER: Final = 0.7
_OTHER_OWNER: Final = 0.5


class Verdict(StrEnum):
    """What one feature says of whether two are the same."""

    AGREES = "agrees"
    NEAR = "near"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True)
class Feature:
    """One comparison: of what (`kind`), how it came out, how strongly from 0 to 1, and the two values.

    `kind` is identifier, name, alias, former, type, place, date, owner or service.
    """

    kind: str
    verdict: Verdict
    strength: float
    ours: str
    theirs: str


@dataclass(frozen=True)
class Scored:
    """A record beside a thing: its score from 0 to 100 and the features that it follows from."""

    entity: Entity
    score: float
    features: tuple[Feature, ...]

    def said(self, kind: str) -> Feature | None:
        """Return the feature of a kind, or nothing where it could not be compared."""
        return next((feature for feature in self.features if feature.kind == kind), None)

    @property
    def name(self) -> Feature:
        """The feature of the names, of whatever sort they are."""
        return next(feature for feature in self.features if feature.kind in _SORTS)

    @property
    def contradictions(self) -> tuple[Feature, ...]:
        """The features that speak against it."""
        return tuple(feature for feature in self.features if feature.verdict is Verdict.CONTRADICTS)


def score(thing: Entity, record: Entity, service: float | None = None) -> Scored:
    """Compare a thing with a record; `service` is what a server scored it, from 0 to 100, if one did.

    An identifier that agrees gives at least 95, and nothing else more than 94. An identifier, a type or a
    place that contradicts caps the score at 25, 25 or 50, whatever the names.
    """
    features = [*_identifiers(thing, record), names(thing, record), *_others(thing, record)]
    if service is not None:
        features.append(Feature("service", Verdict.NEAR, service / 100, "", f"{service:g}"))
    return Scored(record, round(_total(features), 1), tuple(features))


def _total(features: list[Feature]) -> float:
    by_kind = {feature.kind: feature for feature in features}
    total = sum(worth(feature) for feature in features)
    if "service" in by_kind:  # a server knows names that it does not show
        name = next(feature for feature in features if feature.kind in _SORTS)
        total += max(0.0, 0.9 * NAME_WEIGHT * by_kind["service"].strength - worth(name))
    return bounded(total, features)


def bounded(total: float, features: Sequence[Feature]) -> float:
    """Bring a sum of points into the bounds that the features set: see `score`."""
    total = min(max(total, 0.0), BEST_WITHOUT_IDENTIFIER)
    identified = [feature for feature in features if feature.kind == "identifier"]
    if any(feature.verdict is Verdict.AGREES for feature in identified):
        total = WORST_WITH_IDENTIFIER + total / 100 * 5
    caps = {"identifier": CAP_IDENTIFIER, "type": CAP_KIND, "place": CAP_PLACE}
    against = [f.kind for f in features if f.verdict is Verdict.CONTRADICTS and f.kind in caps]
    if "place" in against and total >= WORST_WITH_IDENTIFIER:
        against.remove("place")  # a seat moves; an identifier does not
    return min([total, *(caps[kind] for kind in against)])


def worth(feature: Feature) -> float:
    """Return how many points a feature gives or takes, before any bound."""
    if feature.kind in _SORTS:
        telling = max(0.0, (feature.strength - _CHANCE) / (1 - _CHANCE))
        return NAME_WEIGHT * telling * _SORTS[feature.kind]
    against = feature.verdict is Verdict.CONTRADICTS
    if feature.kind == "place":
        return -10.0 if against else 14.0 * feature.strength
    weights = {"type": (6.0, -10.0), "date": (10.0, -8.0), "owner": (12.0, -10.0)}
    plus, minus = weights.get(feature.kind, (0.0, 0.0))
    return minus if against else plus * feature.strength


def _identifiers(thing: Entity, record: Entity) -> Iterator[Feature]:
    """One feature for each scheme that both have: it agrees if any identifier of the scheme does."""
    for scheme in dict.fromkeys(identifier.scheme for identifier in thing.identifiers):
        mine = [i.iri for i in thing.identifiers if i.scheme == scheme]
        theirs = [i.iri for i in record.identifiers if i.scheme == scheme]
        if not theirs:
            continue
        common = [iri for iri in mine if iri in theirs]
        verdict = Verdict.AGREES if common else Verdict.CONTRADICTS
        yield Feature("identifier", verdict, 1.0, (common or mine)[0], (common or theirs)[0])


def names(thing: Entity, record: Entity) -> Feature:
    """Return the feature of the two names that are the most alike, each of what sort it is."""
    best = Feature("name", Verdict.CONTRADICTS, 0.0, thing.label, record.label)
    for mine in called(thing):
        for theirs in called(record):
            strength = likeness(mine.name, theirs.name)
            sort = max(mine.sort, theirs.sort, key=list(_SORTS).index)
            if strength * _SORTS[sort] > best.strength * _SORTS[best.kind]:
                verdict = Verdict.AGREES if strength > 0.99 else Verdict.NEAR
                best = Feature(sort, verdict, round(strength, 3), mine.text, theirs.text)
    return best


def _others(thing: Entity, record: Entity) -> Iterator[Feature]:
    yield from _type(thing, record)
    yield from _place(thing, record)
    yield from _date(thing, record)
    yield from _owner(thing, record)


def _type(thing: Entity, record: Entity) -> Iterator[Feature]:
    if not thing.kinds or not record.kinds:
        return
    mine, theirs = ", ".join(sorted(thing.kinds)), ", ".join(sorted(record.kinds))
    if thing.kinds & record.kinds:
        yield Feature("type", Verdict.AGREES, 1.0, mine, theirs)
    elif _fits(thing.kinds, record.kinds) or _fits(record.kinds, thing.kinds):
        yield Feature("type", Verdict.NEAR, 0.5, mine, theirs)
    elif "place" in top_kinds(thing) or not top_kinds(thing) & top_kinds(record):
        yield Feature("type", Verdict.CONTRADICTS, 1.0, mine, theirs)


def _fits(kinds: frozenset[str], general: frozenset[str]) -> bool:
    return any(GENERAL[kind] in general for kind in kinds if GENERAL[kind])


def _place(thing: Entity, record: Entity) -> Iterator[Feature]:
    pairs = [(compare(a, b), a, b) for a in thing.places for b in record.places]
    if not pairs:
        return
    best, mine, theirs = max(pairs, key=lambda pair: pair[0])
    told = tuple(", ".join(filter(None, (p.city, p.region, p.country, p.text))) for p in (mine, theirs))
    if best is Agreement.CONTRADICT:
        yield Feature("place", Verdict.CONTRADICTS, 1.0, *told)
    elif best is not Agreement.UNKNOWN:
        verdict = Verdict.NEAR if best is Agreement.COUNTRY else Verdict.AGREES
        yield Feature("place", verdict, PLACE_POINTS[best] / 14.0, *told)


def _date(thing: Entity, record: Entity) -> Iterator[Feature]:
    """The main years, which come first, agree; any others, as that of a forerunner, are near at most."""
    pairs = [(abs(a - b), a, b) for a in thing.years for b in record.years]
    if not pairs:
        return
    apart, mine, theirs = min(pairs)
    if thing.years[0] == record.years[0]:
        yield Feature("date", Verdict.AGREES, 1.0, f"{thing.years[0]}", f"{record.years[0]}")
    elif apart <= 1:
        yield Feature("date", Verdict.NEAR, 0.6, f"{mine}", f"{theirs}")
    else:
        yield Feature("date", Verdict.CONTRADICTS, 1.0, f"{mine}", f"{theirs}")


def _owner(thing: Entity, record: Entity) -> Iterator[Feature]:
    pairs = [(likeness(name_of(a), name_of(b)), a, b) for a in thing.owners for b in record.owners]
    if not pairs:
        return
    best, mine, theirs = max(pairs)
    if best >= _SAME_OWNER:
        yield Feature("owner", Verdict.AGREES, round(best, 3), mine, theirs)
    elif best >= _NEAR_OWNER:
        yield Feature("owner", Verdict.NEAR, 0.6, mine, theirs)
    elif best < _OTHER_OWNER:
        yield Feature("owner", Verdict.CONTRADICTS, 1.0, mine, theirs)

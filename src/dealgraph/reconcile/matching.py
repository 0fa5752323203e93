"""From a query to its candidates: found by name, identifier or property, scored, matched where it is safe.

The points of a feature and the bounds of a score are those of `dealgraph.link`; the sum is brought to the
scale by what the query asked for: a name alone, alike to the letter, can reach the top of what names give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from dealgraph.link.entity import Entity
from dealgraph.link.names import likeness, name_of
from dealgraph.link.propose import MARGIN
from dealgraph.link.scale import LEAST_SCORE
from dealgraph.link.score import (
    BEST_WITHOUT_IDENTIFIER,
    NAME_WEIGHT,
    Feature,
    Verdict,
    bounded,
    names,
    worth,
)
from dealgraph.mapping import scheme_of
from dealgraph.reconcile.asking import Condition, Given, Quantifier, Query, Strictness
from dealgraph.reconcile.catalogue import SPACE, Catalogue
from dealgraph.reconcile.comparing import Comparison, comparison
from dealgraph.reconcile.vocabulary import Property, Sort

LOOKED_AT: Final = 40
"""How many of those with the most alike names are compared in all else."""
CAP_NAMELESS: Final = 50.0
"""The most that properties reach without a name: many things are in one country."""
_TYPE_POINTS: Final = 6.0
_FOUND_BY_PROPERTY: Final = 500
_SAME: Final = 0.99
_LIKE: Final = 0.7
_STANDS_OUT: Final = 0.9


@dataclass(frozen=True)
class Candidate:
    """One thing that may be meant: its score from 0 to 100, and the features by what they compare.

    A key of `features` is `name`, `alias`, `type`, `id` or the id of a property. `unread` counts the values
    of the query that could not be read.
    """

    thing: str
    score: float
    features: Mapping[str, Feature]
    match: bool = False
    unread: int = 0

    def said(self, kind: str) -> list[Feature]:
        """Return the features of a kind."""
        return [feature for feature in self.features.values() if feature.kind == kind]

    @property
    def likeness(self) -> float:
        """How alike the names are, from 0 to 1."""
        return max((f.strength for f in self.features.values() if f.kind in {"name", "alias"}), default=0.0)

    @property
    def identified(self) -> bool:
        """Whether an identifier agrees; a name spelled as an id is none."""
        agreeing = [key for key, f in self.features.items() if _agrees(f, "identifier")]
        return agreeing not in ([], ["id"]) or (agreeing == ["id"] and not self._named)

    @property
    def _named(self) -> bool:
        return any(feature.kind in {"name", "alias"} for feature in self.features.values())

    def is_against(self, *kinds: str) -> bool:
        """Tell whether a feature of one of these kinds contradicts."""
        return any(f.verdict is Verdict.CONTRADICTS for kind in kinds for f in self.said(kind))


def candidates(catalogue: Catalogue, query: Query) -> tuple[Candidate, ...]:
    """Return the candidates of a query, the best first; at most one of them is a match, the first."""
    query, things = _identifiers_apart(catalogue, query)
    read = tuple(comparison(catalogue, condition) for condition in query.conditions)
    asked = _Asked(catalogue, query, read, things)
    scored = [found for thing in asked.things() if (found := asked.scored(thing))]
    ranked = sorted(scored, key=lambda c: (-c.score, -c.likeness, c.thing))
    if ranked and _is_match(ranked[0], ranked[1:], query):
        best = ranked[0]
        ranked[0] = Candidate(best.thing, best.score, best.features, match=True, unread=best.unread)
    return tuple(ranked[: query.limit])


@dataclass(frozen=True)
class _Asked:
    """A query made ready: its conditions read, and the things that it names by their ids."""

    catalogue: Catalogue
    query: Query
    comparisons: tuple[Comparison, ...]
    named: frozenset[str]

    @property
    def entity(self) -> Entity:
        return Entity(iri="", labels=self.query.names)

    def things(self) -> Iterable[str]:
        """The things worth comparing in full, each once."""
        found = dict.fromkeys(self._identified())
        if self.query.names:
            ranked = sorted(self._called(), key=lambda pair: (-pair[1], pair[0]))
            fitting = (thing for thing, _ in ranked if self._is_fitting(thing))
            found |= dict.fromkeys(islice(fitting, LOOKED_AT))
        else:
            found |= dict.fromkeys(islice(self._with_values(), _FOUND_BY_PROPERTY))
        return found

    def scored(self, thing: str) -> Candidate | None:
        """Score a thing; nothing if it lacks what is required, or is too little alike to be shown."""
        query, features = self.query, self._name_features(thing)
        if query.name_required and not any(f.strength >= _SAME for f in _telling(features.values())):
            return None
        if not self._is_fitting(thing):
            return None
        for number, each in enumerate(self.comparisons):
            feature = each.with_thing(thing)
            if each.condition.required and (feature is None or feature.verdict is Verdict.CONTRADICTS):
                return None
            if feature:
                key = each.condition.property.id
                features[key if key not in features else f"{key}#{number}"] = feature
        if query.types and (kind := self._type(thing)):
            if kind.verdict is Verdict.CONTRADICTS and not self._stands_out(features.values()):
                return None
            features["type"] = kind
        return self._rated(thing, features)

    def _rated(self, thing: str, features: Mapping[str, Feature]) -> Candidate | None:
        named = bool(self.query.names)
        possible = (NAME_WEIGHT if named else 0.0) + (_TYPE_POINTS if self.query.types else 0.0)
        possible += sum(each.points for each in self.comparisons)
        told = list(features.values())
        points = BEST_WITHOUT_IDENTIFIER * sum(map(worth, told)) / possible if possible else 0.0
        identified = any(_agrees(feature, "identifier") for feature in told)
        if not identified:
            points = points if named else min(points, CAP_NAMELESS)
            if points < LEAST_SCORE and self._names_alone(told) < LEAST_SCORE:
                return None
        unread = sum(each.unread for each in self.comparisons)
        return Candidate(thing, round(bounded(points, told), 1), features, unread=unread)

    def _stands_out(self, features: Iterable[Feature]) -> bool:
        """Whether a thing of another type is worth showing: named or identified so, not merely alike."""
        return not self.query.names or any(f.strength >= _STANDS_OUT for f in _telling(features))

    @staticmethod
    def _names_alone(told: Iterable[Feature]) -> float:
        alike = [worth(feature) for feature in told if feature.kind in {"name", "alias"}]
        return BEST_WITHOUT_IDENTIFIER * max(alike, default=0.0) / NAME_WEIGHT

    def _name_features(self, thing: str) -> dict[str, Feature]:
        features = {}
        if self.query.names:
            found = names(self.entity, self.catalogue.entities[thing])
            features[found.kind] = found
            if found.strength < _SAME and (other := self._judged_another(thing)):
                features["judged"] = Feature("identifier", Verdict.CONTRADICTS, 1.0, found.ours, other)
        if thing in self.named:
            features["id"] = Feature("identifier", Verdict.AGREES, 1.0, thing, thing)
        return features

    def _judged_another(self, thing: str) -> str:
        """The outside entity that the names are those of, and that was judged another than the thing."""
        asked = [name_of(name) for name in self.query.names]
        others = self.catalogue.others(thing)
        return next((o for o in others if any(likeness(name_of(o), each) >= _SAME for each in asked)), "")

    def _identified(self) -> Iterator[str]:
        index = self.catalogue.index
        for each in self.comparisons:
            if each.condition.property.scheme and each.condition.quantifier is not Quantifier.NONE:
                for value in each.values:
                    yield from index.identified(value.text)
        yield from self.named

    def _called(self) -> Iterator[tuple[str, float]]:
        mine = self.entity
        for entity in self.catalogue.index.block(mine):
            yield entity.iri, worth(names(mine, entity))

    def _with_values(self) -> Iterator[str]:
        """The things that have a value which is asked for; only of a few, what is not found by a thing."""
        for each in self.comparisons:
            found = each.condition.property
            if found.scheme or each.condition.quantifier is Quantifier.NONE:
                continue
            things = [value.thing for value in each.values if value.thing]
            for thing in things:
                yield from self.catalogue.subjects(found.iri, thing)
            if len(things) < len(each.values):
                yield from islice(self.catalogue.having(found.iri), _FOUND_BY_PROPERTY)

    def _is_fitting(self, thing: str) -> bool:
        query = self.query
        if not query.types or query.strictness is Strictness.SHOULD:
            return True
        kinds = self.catalogue.types(thing)
        return (all if query.strictness is Strictness.ALL else any)(kind in kinds for kind in query.types)

    def _type(self, thing: str) -> Feature | None:
        """A class that is asked for agrees, a wider one is near, one with nothing in common contradicts."""
        vocabulary, kinds = self.catalogue.vocabulary, self.catalogue.types(thing)
        ours = vocabulary.type_id(kinds[0]) if kinds else ""
        theirs = ", ".join(vocabulary.type_id(kind) for kind in self.query.types)
        if any(kind in kinds for kind in self.query.types):
            return Feature("type", Verdict.AGREES, 1.0, theirs, ours)
        wider = {each for kind in self.query.types for each in vocabulary.wider(kind)}
        if kinds and kinds[0] in wider:
            return Feature("type", Verdict.NEAR, 0.5, theirs, ours)
        if any(kind in wider and not vocabulary.is_top(kind) for kind in kinds):
            return None
        return Feature("type", Verdict.CONTRADICTS, 1.0, theirs, ours)


def _identifiers_apart(catalogue: Catalogue, query: Query) -> tuple[Query, frozenset[str]]:
    """Take out of the names what names a thing by its id, or an outside entity by its IRI."""
    things, plain, outside = set(), [], []
    for name in query.names:
        if name.startswith(("id:", SPACE)) and (thing := catalogue.thing(name)):
            things.add(thing)
        elif scheme := scheme_of(name):
            found = Property(f"scheme/{scheme.name}", scheme.iri, Sort.IDENTIFIER, scheme)
            outside.append(Condition(found, (Given(name),)))
        else:
            plain.append(name)
            things |= {catalogue.thing(name)} if "-" in name else set()
    conditions = (*query.conditions, *outside)
    return replace(query, names=tuple(plain), conditions=conditions), frozenset(filter(None, things))


def _telling(features: Iterable[Feature]) -> Iterator[Feature]:
    """The features that tell what a thing is called, and do not contradict."""
    kinds = {"name", "alias", "identifier"}
    return (f for f in features if f.kind in kinds and f.verdict is not Verdict.CONTRADICTS)


def _agrees(feature: Feature, kind: str) -> bool:
    return feature.kind == kind and feature.verdict is Verdict.AGREES


def _is_match(best: Candidate, rest: Sequence[Candidate], query: Query) -> bool:
    """Tell whether the best may be taken without a person.

    It may if an identifier agrees with no other thing, nothing of identifier or type contradicts, the name,
    if there is one, or another property bears it out, and no other thing has that very name.

    Else the main name must be the very same, a type agree or, where none is asked for, another property;
    nothing may contradict, and no other come near that is not itself ruled out.
    """
    features = best.features.values()
    doubted = [f for f in best.said("identifier") if f.verdict is not Verdict.AGREES]
    against = [f for f in features if f.verdict is Verdict.CONTRADICTS]
    if doubted or best.unread or best.is_against("type"):
        return False
    agreeing = {f.kind for f in features if f.verdict is Verdict.AGREES} & {"type", "place", "date", "owner"}
    if best.identified:
        named_so = any(other.likeness >= _SAME > best.likeness for other in rest)
        alone = not named_so and not any(other.identified for other in rest)
        borne_out = not query.names or best.likeness >= _LIKE
        return alone and (borne_out or bool(agreeing - {"type"}))
    if against or not query.names or best.likeness < _SAME:
        return False
    if not ("type" in agreeing if query.types else agreeing):
        return False
    if "name" not in best.features and not agreeing - {"type"}:
        return False
    rivals = [other for other in rest if not other.is_against("type", "place", "identifier")]
    return all(best.score - other.score >= MARGIN and other.likeness < _SAME for other in rivals)

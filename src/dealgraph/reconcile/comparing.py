"""Hold a condition against what the graph knows of a thing: does it agree, is it near, does it contradict?

What the graph does not know speaks neither for nor against. An identifier is held against the judgements
too: what was judged to be another entity contradicts, though the scheme be otherwise unknown of the thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from dealgraph.link.entity import Place
from dealgraph.link.names import likeness, name_of
from dealgraph.link.places import Agreement, compare, country_code, state_name
from dealgraph.link.score import PLACE_POINTS, Feature, Verdict
from dealgraph.lookup import fold
from dealgraph.mapping import Judgement, Scheme
from dealgraph.quantity import TimeSpan
from dealgraph.reconcile.asking import Condition, Given, Quantifier
from dealgraph.reconcile.catalogue import Catalogue
from dealgraph.reconcile.vocabulary import Property, Sort
from dealgraph.terms import iri

_PART_OF: Final = NamedNode(iri("dg:partOf"))
_LEVELS: Final = (
    (iri("dg:City"), Agreement.CITY),
    (iri("dg:Region"), Agreement.REGION),
    (iri("dg:Country"), Agreement.COUNTRY),
)
NO_EVIDENCE: Final = "said"
"""The kind of a feature that is shown and gives no points: a code, a text, or that a value is not had."""
_FIELDS: Final = {Agreement.CITY: "city", Agreement.REGION: "region", Agreement.COUNTRY: "country"}
_POINTS: Final = {
    Sort.IDENTIFIER: 0.0,
    Sort.PLACE: 14.0,
    Sort.DATE: 10.0,
    Sort.QUANTITY: 10.0,
    Sort.OTHER: 12.0,
}
_KINDS: Final = {
    Sort.IDENTIFIER: "identifier",
    Sort.PLACE: "place",
    Sort.DATE: "date",
    Sort.QUANTITY: "date",
    Sort.OTHER: "owner",
}
_ISO_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_YEAR: Final = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:\.\d+)?")
_SAME_NAME: Final = 0.9
_NEAR_NAME: Final = 0.7
_RANK: Final = (Verdict.CONTRADICTS, Verdict.NEAR, Verdict.AGREES)


@dataclass(frozen=True)
class Outcome:
    """How one value compares: verdict, strength from 0 to 1, the two values; no verdict where it is open."""

    verdict: Verdict | None
    strength: float = 1.0
    ours: str = ""
    theirs: str = ""


_OPEN: Final = Outcome(None)


@dataclass(frozen=True)
class Comparison:
    """A condition made ready to be held against many things.

    `points` is the most that it can give; `unread` how many of its values cannot be read as what they are
    to be: an identifier of another form, a date that is none. `telling` is whether agreement says anything
    of which thing is meant: that of another thing does, that of a code such as a status does not.
    """

    catalogue: Catalogue
    condition: Condition
    values: tuple[Given, ...]
    points: float
    unread: int = 0
    telling: bool = True

    def with_thing(self, thing: str) -> Feature | None:
        """Return how the condition compares with a thing, or nothing where the graph leaves it open."""
        outcomes = [self._outcome(thing, value) for value in self.values]
        settled = [outcome for outcome in outcomes if outcome.verdict]
        chosen = self._chosen(settled, len(outcomes))
        if chosen is None or chosen.verdict is None:
            return None
        absent = self.condition.quantifier is Quantifier.NONE and chosen.verdict is Verdict.AGREES
        kind = NO_EVIDENCE if absent or not self.telling else _KINDS[self.condition.property.sort]
        return Feature(kind, chosen.verdict, chosen.strength, chosen.theirs, chosen.ours)

    def _chosen(self, settled: list[Outcome], asked: int) -> Outcome | None:
        ranked = sorted(settled, key=lambda o: (_RANK.index(o.verdict or Verdict.NEAR), o.strength))
        if self.condition.quantifier is Quantifier.NONE:
            return _inverted(ranked)
        if not ranked or (self.condition.quantifier is Quantifier.ALL and len(settled) < asked):
            return None
        return ranked[0] if self.condition.quantifier is Quantifier.ALL else ranked[-1]

    def _outcome(self, thing: str, value: Given) -> Outcome:
        found = self.condition.property
        if found.scheme:
            return _identifier(self.catalogue, thing, found.scheme, value.text)
        if found.sort is Sort.PLACE:
            return _place(self.catalogue, thing, found, value)
        if found.sort is Sort.DATE:
            return _date(self.catalogue, thing, found, value)
        if found.sort is Sort.QUANTITY:
            return _quantity(self.catalogue, thing, found, value)
        return _other(self.catalogue, thing, found, value)


def comparison(catalogue: Catalogue, condition: Condition) -> Comparison:
    """Make a condition ready: read its values, in the form of identifiers where they are such."""
    found = condition.property
    read = [each for value in condition.values if (each := _read(catalogue, found, value))]
    points = max((_points(catalogue, found, value) for value in read), default=0.0)
    telling = found.sort is not Sort.OTHER or catalogue.links_things(found.iri)
    points = 0.0 if condition.quantifier is Quantifier.NONE or not telling else points
    return Comparison(catalogue, condition, tuple(read), points, len(condition.values) - len(read), telling)


def identifier_in(scheme: Scheme, text: str) -> str:
    """Return the IRI of an identifier as it stands in a cell, or nothing if it cannot be one.

    `1326801` is the CIK `0001326801`; a whole IRI and small letters in a LEI are understood.
    """
    bare = text.strip()
    if bare.startswith(scheme.namespace):
        bare = scheme.identifier_of(bare)
    bare = bare.removeprefix(f"{scheme.prefix}:")
    close = bare.replace(" ", "")
    number = bare.zfill(10) if bare.isdecimal() else ""
    for form in (bare, close, close.upper(), bare.lower(), number):
        if scheme.fits(form):
            found, expected = scheme.checksums(form)
            return scheme.iri_of(form) if found == expected else ""
    return ""


def span_of(text: str) -> TimeSpan | None:
    """Read a date as it stands in a cell: a day, a month or a year of ISO 8601, else the year in it."""
    if found := _ISO_DAY.fullmatch(text.strip()):
        year, month, day = (int(part) if part else 0 for part in found.groups())
        try:
            first = date(year, month or 1, day or 1)
            last = first if day else date(year, month or 12, _days(year, month or 12))
        except ValueError:
            return None
        return TimeSpan(text.strip(), first, last)
    years = {int(year) for year in _YEAR.findall(text)}
    if len(years) != 1:
        return None
    year = years.pop()
    return TimeSpan(str(year), date(year, 1, 1), date(year, 12, 31))


def number_of(text: str) -> Decimal | None:
    """Read a number as it stands in a cell, thousands apart or not; a comma as decimal sign is not read."""
    bare = text.strip()
    if _THOUSANDS.fullmatch(bare):
        bare = re.sub(r"[ ,\u00a0\u202f]", "", bare)
    try:
        found = Decimal(bare)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _days(year: int, month: int) -> int:
    from calendar import monthrange

    return monthrange(year, month)[1]


def _read(catalogue: Catalogue, found: Property, value: Given) -> Given | None:
    if found.scheme:
        full = identifier_in(found.scheme, value.id or value.text)
        return Given(full) if full else None
    if found.sort is Sort.DATE:
        return value if span_of(value.text) else None
    if found.sort is Sort.QUANTITY:
        return value if number_of(value.text) is not None else None
    if found.sort is Sort.PLACE and not value.thing:
        return Given(value.text, _place_named(catalogue, value.text)) if value.text else None
    return value if value.text or value.thing else None


def _points(catalogue: Catalogue, found: Property, value: Given) -> float:
    if found.sort is Sort.PLACE:
        if value.thing:
            return PLACE_POINTS[_level(catalogue, value.thing)]
        if _is_state(value.text):
            return PLACE_POINTS[Agreement.REGION]
        return PLACE_POINTS[Agreement.COUNTRY] if country_code(value.text) else _POINTS[Sort.PLACE]
    return _POINTS[found.sort]


def _inverted(ranked: list[Outcome]) -> Outcome:
    """None of the values may hold: one that does contradicts; where none is known to, that agrees."""
    if not ranked or ranked[-1].verdict is Verdict.CONTRADICTS:
        return Outcome(Verdict.AGREES, 1.0)
    best = ranked[-1]
    verdict = Verdict.CONTRADICTS if best.verdict is Verdict.AGREES else Verdict.NEAR
    return Outcome(verdict, best.strength, best.ours, best.theirs)


def _identifier(catalogue: Catalogue, thing: str, scheme: Scheme, outside: str) -> Outcome:
    judged = catalogue.judged(thing, outside)
    known = [i.iri for i in catalogue.entities[thing].identifiers if i.scheme == scheme.name]
    if judged is Judgement.MATCH:
        return Outcome(Verdict.AGREES, 1.0, outside, outside)
    if judged is Judgement.NOT or (known and judged is None):
        return Outcome(Verdict.CONTRADICTS, 1.0, (known or [""])[0], outside)
    if judged in (Judgement.RELATED, Judgement.UNSURE):
        return Outcome(Verdict.NEAR, 0.5, outside, outside)
    return _OPEN


def _place(catalogue: Catalogue, thing: str, found: Property, value: Given) -> Outcome:
    ours = [t.value for t in catalogue.objects(thing, found.iri) if isinstance(t, NamedNode)]
    if not ours:
        return _OPEN
    around = {place for each in ours for place in _around(catalogue, each)}
    if value.thing in around:
        level = _level(catalogue, value.thing)
        verdict = Verdict.NEAR if level is Agreement.COUNTRY else Verdict.AGREES
        name = catalogue.label(value.thing, "en")
        return Outcome(verdict, PLACE_POINTS[level] / PLACE_POINTS[Agreement.CITY], name, value.text)
    asked = _as_places(catalogue, value)
    best = max(compare(each, other) for each in _places(catalogue, around) for other in asked)
    told = ", ".join(catalogue.label(each, "en") for each in ours)
    if best is Agreement.CONTRADICT:
        return Outcome(Verdict.CONTRADICTS, 1.0, told, value.text)
    if best is Agreement.UNKNOWN:
        return _OPEN
    verdict = Verdict.NEAR if best is Agreement.COUNTRY else Verdict.AGREES
    return Outcome(verdict, PLACE_POINTS[best] / PLACE_POINTS[Agreement.CITY], told, value.text)


def _around(catalogue: Catalogue, place: str) -> Iterator[str]:
    """A place and all that it lies in; what lies in what is background, told in a graph of its own."""
    reached, left = {place}, [place]
    while left:
        here = left.pop()
        yield here
        for quad in catalogue.store.quads_for_pattern(NamedNode(here), _PART_OF, None, None):
            if isinstance(quad.object, NamedNode) and quad.object.value not in reached:
                reached.add(quad.object.value)
                left.append(quad.object.value)


def _level(catalogue: Catalogue, place: str) -> Agreement:
    kinds = catalogue.types(place)
    return next((level for kind, level in _LEVELS if kind in kinds), Agreement.CITY)


def _places(catalogue: Catalogue, around: Iterable[str]) -> Iterator[Place]:
    """The places as names in a language: as one where each level has one name, else each by itself."""
    levels = [(_level(catalogue, place), place) for place in sorted(around)]
    for language in ("en", "fr"):
        named = [(_FIELDS[level], catalogue.label(place, language)) for level, place in levels]
        apart = len(dict(named)) < len(named)
        yield from (Place(**{field: name}) for field, name in named) if apart else [Place(**dict(named))]


def _as_places(catalogue: Catalogue, value: Given) -> list[Place]:
    """What a value may mean: `CA` is Canada or California."""
    if value.thing:
        return list(_places(catalogue, set(_around(catalogue, value.thing))))
    found = [Place(region=value.text)] if _is_state(value.text) else []
    if country_code(value.text):
        found.append(Place(country=value.text))
    return found or [Place(text=value.text) if "," in value.text else Place(city=value.text)]


def _is_state(text: str) -> bool:
    return state_name(text) != name_of(text).full


def _place_named(catalogue: Catalogue, text: str) -> str:
    """The one place of ours that has this very name, or nothing."""
    place = iri("dg:Place")
    found = {t for t in catalogue.named(text) if place in catalogue.types(t)}
    return found.pop() if len(found) == 1 else ""


def _date(catalogue: Catalogue, thing: str, found: Property, value: Given) -> Outcome:
    asked = span_of(value.text)
    best = _OPEN
    for term in catalogue.objects(thing, found.iri):
        span = catalogue.evidence.value(term.value).time if isinstance(term, NamedNode) else None
        if not asked or not span or not (span.earliest or span.latest):
            continue
        if span.meets(asked):
            return Outcome(Verdict.AGREES, 1.0, span.edtf, value.text)
        years = [
            abs(a.year - b.year)
            for a in (span.earliest, span.latest)
            for b in (asked.earliest, asked.latest)
            if a and b
        ]
        if min(years) <= 1:
            best = Outcome(Verdict.NEAR, 0.6, span.edtf, value.text)
        elif best is _OPEN:
            best = Outcome(Verdict.CONTRADICTS, 1.0, span.edtf, value.text)
    return best


def _quantity(catalogue: Catalogue, thing: str, found: Property, value: Given) -> Outcome:
    asked, best = number_of(value.text), _OPEN
    for term in catalogue.objects(thing, found.iri):
        known = catalogue.evidence.value(term.value).quantity if isinstance(term, NamedNode) else None
        if known is None or asked is None:
            continue
        above = known.lower is None or asked >= known.lower
        below = known.upper is None or asked <= known.upper
        if above and below:
            return Outcome(Verdict.AGREES, 1.0, str(known.value or ""), value.text)
        best = Outcome(Verdict.CONTRADICTS, 1.0, str(known.value or ""), value.text)
    return best


def _other(catalogue: Catalogue, thing: str, found: Property, value: Given) -> Outcome:
    """Another value than ours does not contradict: the graph does not claim to know all."""
    best = _OPEN
    for term in catalogue.objects(thing, found.iri):
        if isinstance(term, Literal):
            if fold(term.value) == fold(value.text):
                return Outcome(Verdict.AGREES, 1.0, term.value, value.text)
            continue
        if term.value == value.thing:
            return Outcome(Verdict.AGREES, 1.0, value.text, value.text)
        if value.thing:
            continue
        entity = catalogue.entities.get(term.value)
        names = (*entity.labels, *entity.aliases) if entity else (catalogue.label(term.value, "en"),)
        alike = max(likeness(name_of(name), name_of(value.text)) for name in names)
        if alike >= _SAME_NAME:
            return Outcome(Verdict.AGREES, round(alike, 3), names[0], value.text)
        if alike >= _NEAR_NAME:
            best = Outcome(Verdict.NEAR, 0.6, names[0], value.text)
    return best

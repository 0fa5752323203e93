"""Data extension: the values of properties of things, as facts have them.

Nothing that is only said, and no fact, is given as a value. An amount is given as a number only where one
is stated exactly; else in words with its hedge, or as a bound where that is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from dealgraph import words
from dealgraph.claim import Value
from dealgraph.quantity import Quantity, TimeSpan
from dealgraph.reconcile import asking
from dealgraph.reconcile.asking import wrong
from dealgraph.reconcile.catalogue import Catalogue
from dealgraph.reconcile.describing import Describer
from dealgraph.reconcile.vocabulary import Property, Sort
from dealgraph.report import Teller
from dealgraph.terms import iri

MOST_PROPERTIES: Final = 30
MOST_VALUES: Final = 1000
_SAMPLE: Final = 300
_SAFE_INTEGER: Final = 2**31
"""Clients in Java read whole numbers beyond this wrongly; they are sent as floating-point numbers."""
_LARGEST: Final = Decimal("1e300")
_NUMBERS: Final = frozenset(iri(f"xsd:{name}") for name in ("integer", "decimal", "double", "float"))

Cell = dict[str, object]


class Content(StrEnum):
    """What is written for a value: itself, its words, its IRI, or one of its bounds."""

    VALUE = "value"
    WORDS = "words"
    ID = "id"
    LOWER = "lower"
    UPPER = "upper"


@dataclass(frozen=True)
class Column:
    """A property to fetch, with its settings; a limit of 0 is none."""

    property: Property
    limit: int = 0
    content: Content = Content.VALUE


@dataclass(frozen=True)
class Extension:
    """What is to be fetched: ids as the client gave them, and columns."""

    ids: tuple[str, ...]
    columns: tuple[Column, ...]


def extension(catalogue: Catalogue, found: object, where: str) -> Extension:
    """Read a data extension query, the same in both versions; raises `WrongParameter`, `BatchTooLarge`."""
    said = asking.an_object(found, where, ("ids", "properties", "lang", "dir"))
    ids = asking.a_list(said.get("ids"), f"{where}.ids")
    asking.not_too_many(ids, f"{where}.ids", asking.MOST_IDS)
    properties = asking.a_list(said.get("properties"), f"{where}.properties")
    asking.not_too_many(properties, f"{where}.properties", MOST_PROPERTIES)
    columns = [_column(catalogue, each, f"{where}.properties.{n}") for n, each in enumerate(properties)]
    texts = (asking.a_text(each, f"{where}.ids.{n}") for n, each in enumerate(ids))
    return Extension(tuple(dict.fromkeys(texts)), tuple(columns))


def _column(catalogue: Catalogue, found: object, where: str) -> Column:
    said = asking.an_object(found, where, ("id", "name", "settings", "lang", "dir"))
    settings = asking.an_object(said.get("settings") or {}, f"{where}.settings", ("limit", "content"))
    limit, place = settings.get("limit", 0), f"{where}.settings.limit"
    if isinstance(limit, str):  # what a form field holds
        limit = int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 9 else limit
    content = asking.a_choice(settings.get("content", "value"), f"{where}.settings.content", list(Content))
    return Column(
        property=asking.a_property(catalogue, said.get("id"), f"{where}.id"),
        limit=asking.a_number(limit, place, MOST_VALUES, least=0),
        content=Content(content),
    )


@dataclass(frozen=True)
class Extender:
    """Fetches values in the words of one language."""

    describer: Describer

    def rows(self, asked: Extension) -> Mapping[str, Sequence[tuple[str, list[Cell]]]]:
        """Return for each id the values of each property; none for an id that no thing has."""
        catalogue = self.describer.catalogue
        return {
            ident: [
                (column.property.id, self._cells(catalogue.thing(ident), column)) for column in asked.columns
            ]
            for ident in asked.ids
        }

    def meta(self, asked: Extension) -> list[Cell]:
        """Return the properties that were asked for, with the type of their values where those are things."""
        return [self._told(column.property) for column in asked.columns]

    def _told(self, found: Property) -> Cell:
        vocabulary = self.describer.catalogue.vocabulary
        told: Cell = {"id": found.id, "name": vocabulary.name_of(found, self.describer.language)}
        if found.range in vocabulary.types and found.sort in (Sort.PLACE, Sort.OTHER):
            told["type"] = self.describer.type(found.range)
        return told

    def _cells(self, thing: str, column: Column) -> list[Cell]:
        if not thing:
            return []
        catalogue, found = self.describer.catalogue, column.property
        if found.scheme:
            known = [i.iri for i in catalogue.entities[thing].identifiers if i.scheme == found.scheme.name]
            texts = known if column.content is Content.ID else map(found.scheme.identifier_of, known)
            cells = [_text(text) for text in texts]
        else:
            terms = catalogue.objects(thing, found.iri)
            if found.id == "rdf:type":
                terms = tuple(map(NamedNode, catalogue.types(thing)))
            cells = [cell for term in self._in_language(terms) for cell in self._cell(term, column.content)]
        return cells[: column.limit or MOST_VALUES]

    def _in_language(self, terms: Sequence[NamedNode | Literal]) -> Sequence[NamedNode | Literal]:
        """Leave out texts of other languages where there is one in that of the client."""
        mine = self.describer.language
        spoken = {term.language for term in terms if isinstance(term, Literal) and term.language}
        if mine not in spoken:
            return terms
        return [t for t in terms if not (isinstance(t, Literal) and t.language and t.language != mine)]

    def _cell(self, term: NamedNode | Literal, content: Content) -> Iterator[Cell]:
        if isinstance(term, Literal):
            yield _literal(term)
        elif content is Content.ID:
            yield _text(term.value)
        elif term.value in self.describer.catalogue.entities:
            name = self.describer.name(term.value)
            plain = content is Content.WORDS
            yield _text(name) if plain else {"id": self.describer.catalogue.id_of(term.value), "name": name}
        else:
            yield from self._measured(self.describer.catalogue.evidence.value(term.value), content)

    def _measured(self, value: Value, content: Content) -> Iterator[Cell]:
        language = self.describer.language
        if value.quantity:
            yield from _amount(value.quantity, content, language)
        elif value.time:
            yield from _date(value.time, content, language)
        else:
            yield _text(Teller(self.describer.catalogue.evidence, language).told(value.term))


def proposals(describer: Describer, kind: str, limit: int) -> list[dict[str, object]]:
    """Return the properties that things of a type have, the most common first; all in use without a type.

    `kind` is the IRI of a type, or nothing. Beside them the identifiers that such things have.
    """
    vocabulary, store = describer.catalogue.vocabulary, describer.catalogue.store
    if not kind:
        return [describer.described_property(found) for found in vocabulary.offered[:limit]]
    counted: Counter[str] = Counter()
    by_iri = {found.iri: found for found in vocabulary.properties.values()}
    instances = store.quads_for_pattern(None, NamedNode(iri("rdf:type")), NamedNode(kind), DefaultGraph())
    for quad in islice(instances, _SAMPLE):
        if not isinstance(quad.subject, NamedNode) or quad.subject.value not in describer.catalogue.entities:
            continue
        facts = store.quads_for_pattern(quad.subject, None, None, DefaultGraph())
        counted.update({fact.predicate.value for fact in facts} & by_iri.keys())
        known = {each.scheme for each in describer.catalogue.entities[quad.subject.value].identifiers}
        counted.update(iri(f"scheme:{name}") for name in known)
    ranked = sorted(counted, key=lambda full: (-counted[full], by_iri[full].id))
    return [describer.described_property(by_iri[full]) for full in ranked[:limit]]


def whole(text: str, where: str, most: int, default: int, least: int = 1) -> int:
    """Read a whole number of a query string; raises `WrongParameter`."""
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise wrong(f"is no whole number from {least} to {most}", where, "Change it, or leave it out")
    return asking.a_number(int(text), where, most, least)


def _amount(quantity: Quantity, content: Content, language: str) -> Iterator[Cell]:
    exact = quantity.precision == "AsStated" or quantity.lower == quantity.upper
    bound = {Content.LOWER: quantity.lower, Content.UPPER: quantity.upper}.get(content)
    if content in (Content.LOWER, Content.UPPER):
        if bound is not None:
            yield _number(bound)
    elif content is Content.VALUE and exact and quantity.value is not None:
        yield _number(quantity.value)
    else:
        yield _text(words.amount(quantity, language))


def _date(span: TimeSpan, content: Content, language: str) -> Iterator[Cell]:
    day = {Content.LOWER: span.earliest, Content.UPPER: span.latest}.get(content)
    if content in (Content.LOWER, Content.UPPER):
        if day:
            yield {"date": f"{day.isoformat()}T00:00:00Z"}
    else:
        yield _text(words.date(span, language) if content is Content.WORDS else span.edtf)


def _literal(term: Literal) -> Cell:
    try:
        number = Decimal(term.value) if term.datatype.value in _NUMBERS else None
    except ArithmeticError:  # a number that is none: its text is all there is
        number = None
    return _text(term.value) if number is None or not number.is_finite() else _number(number)


def _number(number: Decimal) -> Cell:
    if number == number.to_integral_value() and abs(number) < _SAFE_INTEGER:
        return {"int": int(number)}
    return {"float": float(number)} if abs(number) < _LARGEST else _text(str(number))


def _text(text: str) -> Cell:
    return {"str": text}

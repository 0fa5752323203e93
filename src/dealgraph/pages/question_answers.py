"""The answer of a stored query as a table for people: terms in words, each linked to its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryTriples

from dealgraph import words
from dealgraph.ask import Result
from dealgraph.pages.phrases_columns import column, value
from dealgraph.quantity import Quantity
from dealgraph.report import Teller
from dealgraph.terms import iri, local_name
from dealgraph.web import href

ROWS: Final = 50
"""How many rows a page shows."""
MOST_COUNTED: Final = 100_000
"""As far as this the rows of an answer are counted."""
_NUMBERS: Final = frozenset({"integer", "decimal", "double", "float"})
_LONG: Final = 110
"""How many characters of a sentence a cell shows."""

Row = Mapping[str, object]


@dataclass(frozen=True)
class Cell:
    """A term in words: `kind` is thing, text, number, date or none, `title` what it is exactly."""

    text: str
    kind: str = "text"
    address: str = ""
    title: str = ""
    language: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of an answer from number `first` on, of `total`; `more` if they were not all counted."""

    names: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    cells: tuple[tuple[Cell, ...], ...]
    first: int
    total: int
    more: bool

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Tell of each column whether it has numbers."""
        columns = zip(*self.cells, strict=True) if self.cells else ()
        found = tuple(any(cell.kind == "number" for cell in cells) for cells in columns)
        return found or tuple(False for _ in self.names)


def table_of(
    result: Result, teller: Teller, first: int = 0, size: int = ROWS, most: int = MOST_COUNTED
) -> Table:
    """Return a part of an answer as a table; triples are given in the order of their texts.

    No more than `most` rows are looked at.
    """
    names, rows = _rows(result, most)
    kept: list[Row] = []
    total = 0
    for row in rows:
        if first <= total < first + size:
            kept.append(row)
        total += 1
        if total >= most:
            break
    show_short = "paraphrase" in names
    return Table(
        names=names,
        heads=tuple(column(name, teller.language) for name in names),
        rows=tuple(kept),
        cells=tuple(tuple(cell_of(teller, n, row[n], short=show_short) for n in names) for row in kept),
        first=first,
        total=total,
        more=total >= most,
    )


def _rows(result: Result, most: int) -> tuple[tuple[str, ...], Iterable[Row]]:
    if isinstance(result, QueryBoolean):
        flag = Literal("true" if result else "false", datatype=NamedNode(iri("xsd:boolean")))
        return ("value",), [{"value": flag}]
    if isinstance(result, QueryTriples):
        triples = sorted(islice(result, most), key=str)
        parts = ("subject", "predicate", "object")
        return parts, [dict(zip(parts, tuple(triple), strict=True)) for triple in triples]
    names = tuple(variable.value for variable in result.variables)
    return names, ({name: solution[name] for name in names} for solution in result)


def cell_of(teller: Teller, name: str, term: object, *, short: bool = False) -> Cell:
    """Put a term into words; `name` is that of its column, `short` names a claim by its number only."""
    if term is None:
        return Cell("", "none")
    if isinstance(term, NamedNode):
        return _thing(teller, term.value, short=short)
    if isinstance(term, Literal):
        return _literal(teller, name, term)
    return Cell("–" if isinstance(term, BlankNode) else str(term))


def _thing(teller: Teller, full: str, *, short: bool) -> Cell:
    address = _address(full)
    if teller.evidence.is_claim(full):
        told = teller.told(full)
        if short:
            return Cell(local_name(full), "claim", address, told)
        return Cell(_clipped(told), "claim", address, told if len(told) > _LONG else "")
    return Cell(teller.told(full), "thing", address, full)


def _address(full: str) -> str:
    """Where the page on a term is; what is not an address of the web is not linked."""
    found = href(full)
    return found if found.startswith(("/", "http://", "https://")) else ""


def _literal(teller: Teller, name: str, term: Literal) -> Cell:
    kind = local_name(term.datatype.value)
    if kind in _NUMBERS:
        return _number(teller.language, name, term.value)
    if kind == "date":
        return Cell(_day(term.value, teller.language), "date", title=term.value)
    text = value(term.value, teller.language)
    language = term.language or ""
    return Cell(text, "text", language=language if language != teller.language else "")


def _number(language: str, name: str, text: str) -> Cell:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Cell(text, "number")
    if "year" in name.lower() and number == number.to_integral_value():
        return Cell(text, "number")
    told = words.amount(Quantity("", "AsStated", number), language)
    return Cell(told, "number", title=text if told != text else "")


def _day(text: str, language: str) -> str:
    try:
        return words.day(dt.date.fromisoformat(text), language)
    except ValueError:
        return text


def _clipped(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]} …"

"""Which picture an answer makes, and where its marks lie: intervals, spans of time, or bars.

A chart is decided by the columns of an answer alone. Positions are per cent of the width, so that a page can
draw it at any size; the table beside it says the same to whoever does not see it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from dealgraph.pages.question_answers import Cell, Row, Table
from dealgraph.pages.ticks import day_ticks, number_ticks
from dealgraph.terms import local_name

MOST_ROWS: Final = 40
"""An answer with more rows is no picture."""
LEAST_ROWS: Final = 2
"""An answer with fewer bars is no picture."""
_BOUNDS: Final = (
    ("lower", "upper"),
    ("lowerTotal", "upperTotal"),
    ("impliedLower", "impliedUpper"),
    ("birthYearLower", "birthYearUpper"),
    ("otherLower", "otherUpper"),
)
_NUMERIC: Final = frozenset({"integer", "decimal"})
_PLAIN_KINDS: Final = frozenset({"thing", "claim", "text"})


@dataclass(frozen=True)
class Mark:
    """A part of the axis, from `start` to `end` in per cent; an open side goes to the edge."""

    start: float
    end: float
    open_start: bool = False
    open_end: bool = False
    rank: int = 0

    @property
    def width(self) -> float:
        """How wide it is, never so little that it cannot be seen."""
        return max(self.end - self.start, 0.6)


@dataclass(frozen=True)
class Bar:
    """One row of a chart: what it is about, its marks, and the same in words."""

    label: Cell
    marks: tuple[Mark, ...]
    text: str


@dataclass(frozen=True)
class Chart:
    """A picture: `kind` is intervals, times or bars, `ticks` the places on the axis and their texts.

    `unit` is the IRI of the unit of its numbers, empty if there is none.
    """

    kind: str
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    unit: str = ""


@dataclass(frozen=True)
class _Span:
    """A row before it is placed: its bounds as numbers."""

    label: Cell
    bounds: tuple[tuple[float | None, float | None], ...]
    text: str


def charts_of(table: Table, language: str) -> tuple[Chart, ...]:
    """Return the pictures that a table makes, one for each unit; none if it makes none."""
    if not 0 < len(table.rows) <= MOST_ROWS or _label_place(table) is None:
        return ()
    if pairs := [pair for pair in _BOUNDS if set(pair) <= set(table.names)]:
        return tuple(_intervals(table, pairs, language))
    if {"earliest", "latest"} <= set(table.names):
        return tuple(_times(table, language))
    return tuple(_bars(table, language))


def _ends(spans: Iterable[_Span]) -> list[float]:
    return [n for span in spans for pair in span.bounds for n in pair if n is not None]


def _intervals(table: Table, pairs: Sequence[tuple[str, str]], language: str) -> Iterator[Chart]:
    for unit in dict.fromkeys(_unit(row) for row in table.rows):
        spans = [
            _Span(label, tuple(bounds), text)
            for row, label, cells in _labelled(table)
            if _unit(row) == unit and (bounds := _bounds(row, pairs))
            for text in (_words(table, cells, [name for pair in pairs for name in pair]),)
        ]
        ends = _ends(spans)
        years = all("Year" in name for name in pairs[0])
        if ends and sum(len(span.bounds) for span in spans) > 1:
            yield _placed("intervals", spans, number_ticks(ends, language, years=years), unit)


def _times(table: Table, language: str) -> Iterator[Chart]:
    names = ("earliest", "latest")
    spans = [
        _Span(label, ((_day(row["earliest"]), _day(row["latest"])),), _words(table, cells, names))
        for row, label, cells in _labelled(table)
        if row["earliest"] is not None or row["latest"] is not None
    ]
    ends = _ends(spans)
    if ends:
        yield _placed("times", spans, day_ticks(ends, language))


def _bars(table: Table, language: str) -> Iterator[Chart]:
    numeric = [place for place, is_number in enumerate(table.numbers) if is_number]
    label = _label_place(table)
    labels = {tuple(row.get(name) for name in table.names[: (label or 0) + 1]) for row in table.rows}
    if len(numeric) != 1 or len(table.rows) < LEAST_ROWS or len(labels) < len(table.rows):
        return
    name = table.names[numeric[0]]
    if "year" in name.lower():
        return
    found = [(label, cells[numeric[0]], _number(row[name])) for row, label, cells in _labelled(table)]
    if any(number is None or number < 0 for _, _, number in found):
        return
    spans = [_Span(label, ((0.0, number),), cell.text) for label, cell, number in found]
    ends = [0.0, *(number for _, _, number in found if number is not None)]
    if max(ends) > 0:
        yield _placed("bars", spans, number_ticks(ends, language))


def _placed(
    kind: str, spans: Iterable[_Span], ticks: tuple[float, float, Sequence[tuple[float, str]]], unit: str = ""
) -> Chart:
    least, most, marked = ticks

    def place(number: float) -> float:
        return round(100 * (number - least) / (most - least), 2)

    def mark(rank: int, lower: float | None, upper: float | None) -> Mark:
        start = place(lower) if lower is not None else 0.0
        end = place(upper) if upper is not None else 100.0
        return Mark(start, end, lower is None, upper is None, rank)

    bars = tuple(
        Bar(span.label, tuple(mark(rank, *pair) for rank, pair in enumerate(span.bounds)), span.text)
        for span in spans
    )
    return Chart(kind, bars, tuple((place(number), text) for number, text in marked), unit)


def _label_place(table: Table) -> int | None:
    """The column that says what a row is about: one with things, claims or texts that tells rows apart.

    The first one if none does.
    """
    fitting = [
        place
        for place, _ in enumerate(table.names)
        if all(cells[place].kind in _PLAIN_KINDS for cells in table.cells)
    ]
    telling = (p for p in fitting if len({cells[p].text for cells in table.cells}) == len(table.cells))
    return next(telling, fitting[0] if fitting else None)


def _labelled(table: Table) -> Iterator[tuple[Row, Cell, tuple[Cell, ...]]]:
    place = _label_place(table)
    assert place is not None
    for row, cells in zip(table.rows, table.cells, strict=True):
        yield row, cells[place], cells


def _words(table: Table, cells: Sequence[Cell], names: Sequence[str]) -> str:
    texts = {name: cell.text for name, cell in zip(table.names, cells, strict=True)}
    return "; ".join(f"{texts.get(a, '') or '…'} – {texts.get(b, '') or '…'}" for a, b in _by_two(names))


def _by_two(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from zip(names[::2], names[1::2], strict=True)


def _bounds(row: Row, pairs: Iterable[tuple[str, str]]) -> list[tuple[float | None, float | None]]:
    """The bounds of a row; of a second figure only where its unit is the same."""
    found = []
    for lower, upper in pairs:
        if lower == "otherLower" and row.get("otherUnit") != row.get("unit"):
            continue
        pair = (_number(row.get(lower)), _number(row.get(upper)))
        if pair != (None, None):
            found.append(pair)
    return found


def _unit(row: Row) -> str:
    unit = row.get("unit")
    return unit.value if isinstance(unit, NamedNode) else ""


def _number(term: object) -> float | None:
    if isinstance(term, Literal) and local_name(term.datatype.value) in _NUMERIC:
        return float(Decimal(term.value))
    return None


def _day(term: object) -> float | None:
    try:
        return float(dt.date.fromisoformat(term.value).toordinal()) if isinstance(term, Literal) else None
    except ValueError:
        return None

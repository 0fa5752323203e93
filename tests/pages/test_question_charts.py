"""Which picture an answer makes, and that no mark leaves the axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from dealgraph.pages.charts import Chart, charts_of
from dealgraph.pages.question_answers import Cell, Table
from dealgraph.pages.ticks import day_ticks, number_ticks
from dealgraph.terms import iri

Term = NamedNode | Literal | None


def decimal(number: object) -> Literal:
    return Literal(str(number), datatype=NamedNode(iri("xsd:decimal")))


def day(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(iri("xsd:date")))


def cell(term: Term) -> Cell:
    if term is None:
        return Cell("", "none")
    if isinstance(term, NamedNode):
        return Cell(term.value, "thing")
    kinds = {iri("xsd:decimal"): "number", iri("xsd:date"): "date"}
    return Cell(term.value, kinds.get(term.datatype.value, "text"))


def table(rows: Sequence[Mapping[str, Term]]) -> Table:
    names = tuple(rows[0])
    cells = tuple(tuple(cell(row[name]) for name in names) for row in rows)
    return Table(names, names, tuple(rows), cells, 0, len(rows), more=False)


def thing(name: str) -> NamedNode:
    return NamedNode(iri(f"id:{name}"))


def charts(rows: Sequence[Mapping[str, Term]]) -> tuple[Chart, ...]:
    return charts_of(table(rows), "en")


def test_bounds_are_intervals_and_an_open_side_goes_to_the_edge() -> None:
    (chart,) = charts(
        [
            {"deal": thing("a"), "lower": decimal("13.5"), "upper": decimal("14.5")},
            {"deal": thing("b"), "lower": decimal("14"), "upper": None},
        ]
    )
    assert chart.kind == "intervals"
    closed, opened = chart.bars[0].marks[0], chart.bars[1].marks[0]
    assert not closed.open_start
    assert not closed.open_end
    assert opened.open_end
    assert opened.end == 100
    assert closed.start < opened.start < closed.end


def test_figures_in_different_units_are_not_on_one_axis() -> None:
    rows: list[dict[str, Term]] = [
        {
            "thing": thing(f"{unit}-{n}"),
            "lower": decimal(n),
            "upper": decimal(n + 1),
            "unit": NamedNode(iri(unit)),
        }
        for unit in ("dg:USDollar", "dg:Gigawatt")
        for n in (1, 2)
    ]
    assert [chart.unit for chart in charts(rows)] == [iri("dg:USDollar"), iri("dg:Gigawatt")]


def test_days_are_spans_of_time() -> None:
    (chart,) = charts([{"facility": thing("a"), "earliest": day("2026-01-01"), "latest": day("2026-12-31")}])
    assert chart.kind == "times"


def test_one_number_beside_one_name_is_bars_from_zero() -> None:
    (chart,) = charts([{"thing": thing(str(n)), "claims": decimal(n)} for n in (0, 5, 10)])
    assert chart.kind == "bars"
    assert [bar.marks[0].start for bar in chart.bars] == [0, 0, 0]
    assert chart.bars[2].marks[0].end == pytest.approx(2 * chart.bars[1].marks[0].end)


@pytest.mark.parametrize(
    "rows",
    [
        [{"a": thing("x"), "b": thing("y")}],
        [{"a": thing("x"), "n": decimal(1)}],
        [{"a": thing("x"), "n": decimal(1)}, {"a": thing("x"), "n": decimal(2)}],
        [
            {"a": thing("x"), "n": decimal(1), "m": decimal(1)},
            {"a": thing("y"), "n": decimal(2), "m": decimal(2)},
        ],
        [{"a": thing(str(n)), "n": decimal(n)} for n in range(60)],
        [{"a": thing("x"), "lower": None, "upper": None}],
    ],
)
def test_what_makes_no_picture_makes_none(rows: Sequence[Mapping[str, Term]]) -> None:
    assert charts(rows) == ()


NUMBERS = st.floats(-1e12, 1e12).map(lambda number: round(number, 3))


@given(st.lists(NUMBERS, min_size=1, max_size=8), st.booleans())
def test_every_number_lies_on_its_axis_and_ticks_are_few(numbers: list[float], french: bool) -> None:
    least, most, ticks = number_ticks(numbers, "fr" if french else "en")
    assert least <= min(numbers)
    assert max(numbers) <= most
    assert least < most
    assert 2 <= len(ticks) <= 10
    assert [number for number, _ in ticks] == sorted(number for number, _ in ticks)


@given(st.lists(st.dates(), min_size=1, max_size=8))
def test_every_day_lies_on_its_axis(days: list[object]) -> None:
    ordinals = [float(each.toordinal()) for each in days]  # type: ignore[attr-defined]
    least, most, ticks = day_ticks(ordinals, "en")
    assert least <= min(ordinals)
    assert max(ordinals) <= most
    assert least < most
    assert 2 <= len(ticks) <= 12


BOUND = st.none() | st.decimals(0, 10**12, places=2)


@given(st.lists(st.tuples(BOUND, BOUND), min_size=1, max_size=10))
def test_no_mark_leaves_the_axis(pairs: list[tuple[object, object]]) -> None:
    rows: list[dict[str, Term]] = [
        {
            "thing": thing(str(number)),
            "lower": None if low is None else decimal(low),
            "upper": None if high is None else decimal(high),
        }
        for number, (low, high) in enumerate(pairs)
    ]
    for chart in charts(rows):
        for mark in (mark for bar in chart.bars for mark in bar.marks):
            assert 0 <= mark.start <= 100
            assert 0 <= mark.end <= 100

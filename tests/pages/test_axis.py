"""Intervals on one axis: every bar is where its numbers are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dealgraph.pages.axis import Interval, axis, of_quantity, of_time
from dealgraph.pages.reader import Word
from dealgraph.quantity import Quantity, TimeSpan

NUMBERS = st.floats(min_value=0, max_value=1e12, allow_nan=False, allow_infinity=False)
NO = Word("")


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first, last = sorted((draw(NUMBERS), draw(NUMBERS)))
    form = draw(st.sampled_from(["both", "lower", "upper"]))
    return Interval(NO, NO, "fact", None if form == "upper" else first, None if form == "lower" else last)


@given(st.lists(intervals(), min_size=1, max_size=8), st.sampled_from(["USDollar", "Percent", "Gigawatt"]))
def test_bars_lie_on_the_axis_in_the_order_of_their_numbers(found: list[Interval], unit: str) -> None:
    drawn = axis("en", found, "title", unit=unit)
    assert drawn
    assert len(drawn.bars) == len(found)
    for bar in drawn.bars:
        assert bar.left >= -0.5
        assert bar.left + bar.width <= 100.5
        assert bar.width > 0
        assert bar.open_left == (bar.interval.lower is None)
    closed = [b for b in drawn.bars if b.interval.lower is not None and b.interval.upper is not None]
    for one in closed:
        for other in closed:
            if one.interval.upper < other.interval.lower:  # type: ignore[operator]
                assert one.left < other.left + other.width
    assert [x for x, _ in drawn.ticks] == sorted(x for x, _ in drawn.ticks)
    assert all(0 <= x <= 100 for x, _ in drawn.ticks)


@given(
    st.lists(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), min_size=2, max_size=8),
    st.sampled_from(["en", "fr"]),
)
def test_days_have_ticks_in_their_order(days: list[dt.date], language: str) -> None:
    spans = [of_time(TimeSpan(str(day), day, day), language, NO, NO, "fact") for day in days]
    drawn = axis(language, spans, "title")
    assert drawn
    assert drawn.is_time
    assert [x for x, _ in drawn.ticks] == sorted(x for x, _ in drawn.ticks)
    assert len(drawn.ticks) <= 8


def test_the_stated_value_lies_in_its_bar() -> None:
    stated = Quantity("USDollar", "AsStated", Decimal(14), Decimal(13), Decimal(15))
    other = Quantity("USDollar", "MoreThan", Decimal(14), Decimal(14), None, lower_exclusive=True)
    drawn = axis(
        "en", [of_quantity(q, "en", NO, NO, "said") for q in (stated, other)], "price", unit="USDollar"
    )
    assert drawn
    first, second = drawn.bars
    assert first.tick is not None
    assert first.left < first.tick < first.left + first.width
    assert second.open_right
    assert second.left + second.width == 100


def test_what_has_no_number_has_no_axis() -> None:
    assert axis("en", [Interval(NO, NO, "said", None, None)], "title", unit="Percent") is None
    assert axis("en", [], "title") is None

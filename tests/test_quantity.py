"""Intervals: whether one true value can satisfy two quantities."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealgraph.quantity import Quantity

BOUNDS = [None, *(Decimal(number) for number in range(3))]
# Every value that bounds at whole numbers can tell apart: the bounds, what lies between, what lies beyond.
POINTS = [Decimal(number) / 2 for number in range(-1, 6)]

decimals = st.none() | st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-100, max_value=100, places=1
)


def interval(
    lower: Decimal | None, upper: Decimal | None, *exclusive: bool, unit: str = "Gigawatt"
) -> Quantity:
    below, above = exclusive or (False, False)
    return Quantity(unit, "Range", lower=lower, upper=upper, lower_exclusive=below, upper_exclusive=above)


def holds(quantity: Quantity, value: Decimal) -> bool:
    """The definition that `meets` is held against: may the value be the true one?"""
    over = quantity.lower is None or value > quantity.lower
    under = quantity.upper is None or value < quantity.upper
    return (over or (value == quantity.lower and not quantity.lower_exclusive)) and (
        under or (value == quantity.upper and not quantity.upper_exclusive)
    )


def test_two_quantities_meet_if_and_only_if_a_value_satisfies_both() -> None:
    flags = (False, True)
    every = (interval(*ends) for ends in product(BOUNDS, BOUNDS, flags, flags))
    possible = [(q, values) for q in every if (values := {p for p in POINTS if holds(q, p)})]
    assert len(possible) > 40
    for (one, values), (other, others) in product(possible, possible):
        assert one.meets(other) == bool(values & others), (one, other)


@given(decimals, decimals, decimals, decimals, st.tuples(*[st.booleans()] * 4))
def test_meeting_is_mutual(
    a: Decimal | None, b: Decimal | None, c: Decimal | None, d: Decimal | None, ends: tuple[bool, ...]
) -> None:
    one, other = interval(a, b, *ends[:2]), interval(c, d, *ends[2:])
    assert one.meets(other) == other.meets(one)


@given(decimals, decimals)
def test_what_has_no_bounds_meets_everything(lower: Decimal | None, upper: Decimal | None) -> None:
    assert interval(None, None).meets(interval(lower, upper, True, True))


@pytest.mark.parametrize("unit", ["Percent", "gigawatt", ""])
def test_different_units_never_meet(unit: str) -> None:
    one = interval(Decimal(1), Decimal(2))
    assert one.meets(interval(Decimal(1), Decimal(2)))
    assert not one.meets(interval(Decimal(1), Decimal(2), unit=unit))


def test_the_stated_value_plays_no_part_in_it() -> None:
    rounded = Quantity("USDollar", "AsStated", Decimal(14), Decimal("13.5"), Decimal("14.5"))
    precise = Quantity("USDollar", "AsStated", Decimal("14.3"), Decimal("14.25"), Decimal("14.35"))
    assert rounded.meets(precise)
    assert not Quantity("USDollar", "AsStated", Decimal(14), Decimal(14), Decimal(14)).meets(precise)

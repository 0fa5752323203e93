"""Contraction: what is left suffices, nothing of it can be spared, and few questions are asked."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from dealgraph.proof.contraction import contract

reasons = st.lists(st.frozensets(st.integers(0, 30), min_size=0, max_size=5), min_size=1, max_size=4)


@given(reasons)
def test_what_is_left_suffices_and_no_part_can_be_spared(enough: list[frozenset[int]]) -> None:
    def suffice(parts: Sequence[int]) -> bool:
        return any(wanted <= set(parts) for wanted in enough)

    found = contract(range(31), suffice)
    assert found.minimal
    assert suffice(found.parts)
    assert list(found.parts) == sorted(found.parts)
    for part in found.parts:
        assert not suffice([other for other in found.parts if other != part])


def test_few_questions_are_asked_where_few_parts_are_needed() -> None:
    asked = 0

    def suffice(parts: Sequence[int]) -> bool:
        nonlocal asked
        asked += 1
        return {17, 400, 901} <= set(parts)

    assert contract(range(1000), suffice).parts == (17, 400, 901)
    assert asked < 70


def test_a_search_that_is_stopped_says_so_and_what_is_left_suffices() -> None:
    patience = iter([True, True, False])
    found = contract(range(8), lambda parts: 0 in parts, lambda: next(patience))
    assert not found.minimal
    assert found.parts == (0, 1, 2, 3)


def test_nothing_may_be_needed() -> None:
    assert contract([1, 2, 3], lambda _: True).parts == ()
    assert contract([], lambda _: True).parts == ()

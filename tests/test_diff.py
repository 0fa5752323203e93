"""What is known in July and was not in June: facts, values, and what follows from them."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from dealgraph.diff import Change, Difference, difference
from dealgraph.report import Line
from graph import known_on, the_store

JUNE = dt.date(2025, 6, 14)


@cache
def june_to_july() -> Difference:
    return difference(known_on(JUNE), the_store(), "en")


def told(line: Line | None) -> tuple[str, str, tuple[str, ...]]:
    assert line is not None
    return line.subject, line.predicate, tuple(saying.value for saying in line.sayings)


def of(changes: tuple[Change, ...], subject: str, predicate: str) -> Change:
    lines = {told(change.after or change.before)[:2]: change for change in changes}
    return lines[subject, predicate]


def test_the_stake_appears() -> None:
    change = of(june_to_july().appeared, "id:stake-meta-scale-ai", "dg:share")
    assert change.before is None
    assert told(change.after)[2] == ("49%",)


def test_the_price_changes_from_two_rough_figures_to_one() -> None:
    change = of(june_to_july().changed, "id:deal-meta-scale-ai-2025", "dg:price")
    assert told(change.before)[2] == ("14 billion dollars", "more than 14 billion dollars")
    assert told(change.after)[2] == ("14.3 billion dollars",)


@pytest.mark.parametrize(
    ("subject", "predicate", "thing"),
    [
        ("id:meta", "dg:holdsMinorityStakeIn", "Scale AI"),
        ("id:stake-meta-scale-ai", "rdf:type", "minority stake"),
        ("id:prometheus", "rdf:type", "planned facility"),
    ],
)
def test_what_follows_appears_with_the_facts(subject: str, predicate: str, thing: str) -> None:
    lines = {line[:2]: line[2] for line in map(told, june_to_july().inferences_appeared)}
    assert thing in lines[subject, predicate]


def test_nothing_that_follows_in_june_is_lost_in_july() -> None:
    assert june_to_july().inferences_went == ()


def test_a_state_does_not_differ_from_itself() -> None:
    assert difference(the_store(), the_store(), "fr") == Difference((), (), (), (), ())


def test_the_way_back_is_the_mirror() -> None:
    back = difference(the_store(), known_on(JUNE), "en")
    assert [told(change.before) for change in back.went] == [
        told(change.after) for change in june_to_july().appeared
    ]
    assert back.inferences_went == june_to_july().inferences_appeared

"""Admission of what outside datasets say: articles come first, a later snapshot before an earlier one."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from pyoxigraph import NamedNode, Store

from dealgraph.admit import COUNTED, admit
from dealgraph.terms import compact, iri
from tiny import Said, article, snapshot, store_of, the_rule

ONTOLOGY = """graph:ontology {
dg:expectedCommissioning dg:prospective true ; dg:sameQuestionAs dg:commissionedOn .
dg:commissionedOn dg:sameQuestionAs dg:expectedCommissioning .
dg:lifecycleStatus dg:prospective true .
}"""
RUNNING = Said("id:cairn", "dg:lifecycleStatus", "dg:OperationalStatus")
PLANNED = Said("id:cairn", "dg:lifecycleStatus", "dg:PlannedStatus", realis="Planned")
OPENED = Said("id:cairn", "dg:commissionedOn", "time:2031")
AHEAD = Said("id:cairn", "dg:expectedCommissioning", "time:2033", realis="Expected")


def admitted(store: Store, as_of: dt.date | None = None, only_from: tuple[str, ...] = ()) -> set[str]:
    """The claims that are admitted, without what their names have in common."""
    chosen = [NamedNode(iri(name)) for name in only_from]
    marks = admit(store, the_rule(), as_of=as_of, only_from=chosen).marks
    return {
        compact(m.subject.value).removeprefix("claim:")
        for m in marks
        if isinstance(m.subject, NamedNode) and m.predicate != COUNTED
    }


def test_what_no_article_speaks_of_is_a_fact_by_a_dataset() -> None:
    store = store_of(ONTOLOGY, article("blue", "2032-01-01"), snapshot("atlas", "2032-02-01", RUNNING))
    assert admitted(store) == {"atlas-2032-02-01-1"}


def test_an_article_comes_before_a_dataset_whichever_is_later() -> None:
    for day in ("2032-01-01", "2032-03-01"):
        store = store_of(ONTOLOGY, article("blue", day, PLANNED), snapshot("atlas", "2032-02-01", RUNNING))
        assert admitted(store) == {"blue-1"}


def test_an_article_comes_first_on_another_predicate_of_the_same_question() -> None:
    store = store_of(ONTOLOGY, article("blue", "2032-01-01", AHEAD), snapshot("atlas", "2032-02-01", OPENED))
    assert admitted(store) == {"blue-1"}


def test_a_dataset_that_does_not_yield_stands_beside_the_articles() -> None:
    outside = snapshot("atlas", "2032-02-01", OPENED, yields="false")
    assert admitted(store_of(ONTOLOGY, article("blue", "2032-01-01", AHEAD), outside)) == {
        "blue-1",
        "atlas-2032-02-01-1",
    }


@pytest.mark.parametrize(
    "said",
    [
        Said("id:cairn", "dg:lifecycleStatus", "dg:PlannedStatus", realis="Possible"),
        Said("id:cairn", "dg:lifecycleStatus", "dg:PlannedStatus", stance="Reported"),
        Said("id:cairn", "dg:lifecycleStatus", "dg:PlannedStatus", polarity="Negative"),
        Said("id:cairn", "dg:lifecycleStatus", "dg:PlannedStatus", rank="Deprecated"),
        Said("id:cairn", "dg:sitedIn", "id:lyon"),
        Said("id:tor", "dg:lifecycleStatus", "dg:PlannedStatus"),
    ],
)
def test_a_dataset_yields_only_to_what_an_article_vouches_for_on_the_same(said: Said) -> None:
    store = store_of(ONTOLOGY, article("blue", "2032-01-01", said), snapshot("atlas", "2032-02-01", RUNNING))
    assert "atlas-2032-02-01-1" in admitted(store)


def test_an_article_that_does_not_count_does_not_come_first() -> None:
    store = store_of(
        ONTOLOGY, article("blue", "2032-03-01", PLANNED), snapshot("atlas", "2032-02-01", RUNNING)
    )
    assert admitted(store, as_of=dt.date(2032, 2, 15)) == {"atlas-2032-02-01-1"}
    assert admitted(store, only_from=("dataset:atlas-2032-02-01",)) == {"atlas-2032-02-01-1"}
    assert admitted(store, as_of=dt.date(2032, 1, 15)) == set()


@pytest.mark.parametrize("stance", ["Reported", "Alleged", "Opinion"])
def test_a_rumour_of_a_dataset_is_no_fact(stance: str) -> None:
    said = Said("id:cairn", "dg:lifecycleStatus", "dg:OperationalStatus", stance=stance)
    assert admitted(store_of(ONTOLOGY, snapshot("atlas", "2032-02-01", said))) == set()


def test_a_forecast_of_a_dataset_is_a_fact_on_a_prospective_predicate_only() -> None:
    level = Said("id:level", "dg:power", "id:anything", realis="Expected")
    assert admitted(store_of(ONTOLOGY, snapshot("atlas", "2032-02-01", AHEAD, level))) == {
        "atlas-2032-02-01-1"
    }


def test_a_later_snapshot_replaces_and_withdraws_from_its_day_on() -> None:
    again = Said(
        "id:cairn", "dg:commissionedOn", "time:2030", more="dg:supersedes claim:atlas-2032-02-01-1 ;"
    )
    withdrawal = "; dg:withdraws claim:atlas-2032-02-01-2"
    store = store_of(
        ONTOLOGY,
        snapshot("atlas", "2032-02-01", OPENED, RUNNING),
        snapshot("atlas", "2032-03-01", again, older=withdrawal),
    )
    early = {"atlas-2032-02-01-1", "atlas-2032-02-01-2"}
    assert admitted(store, as_of=dt.date(2032, 2, 28)) == early
    assert admitted(store, only_from=("dataset:atlas-2032-02-01",)) == early
    assert admitted(store) == {"atlas-2032-03-01-1"}


def seconds_to_admit(count: int) -> float:
    """Time of the processor for the admission of some claims of an article and as many of a dataset."""
    names = [f"id:site{number}" for number in range(count)]
    said = [Said(name, "dg:lifecycleStatus", "dg:PlannedStatus", realis="Planned") for name in names]
    opened = [Said(name, "dg:commissionedOn", "time:2031") for name in names]
    store = store_of(ONTOLOGY, article("blue", "2032-01-01", *said), snapshot("atlas", "2032-02-01", *opened))
    start = time.process_time()
    assert len(admitted(store)) == 2 * count
    return time.process_time() - start


def test_ten_times_the_claims_do_not_take_a_hundred_times_as_long() -> None:
    seconds_to_admit(10)
    assert seconds_to_admit(1000) < 40 * seconds_to_admit(100)

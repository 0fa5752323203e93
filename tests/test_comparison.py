"""Articles against outside datasets: each verdict by intervals and places, here and in the stored query."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from dealgraph.comparison import Compared, Comparison, Verdict
from dealgraph.evidence import Evidence
from dealgraph.quantity import Quantity, TimeSpan
from dealgraph.terms import compact, iri
from graph import by_oxigraph, by_rdflib, dataset_of, stored_queries, the_store
from tiny import Said, article, snapshot, store_of

WORLD = """graph:ontology {
dg:City rdfs:subClassOf dg:Place . dg:Region rdfs:subClassOf dg:Place .
dg:expectedCommissioning dg:sameQuestionAs dg:commissionedOn .
dg:commissionedOn dg:sameQuestionAs dg:expectedCommissioning .
}
graph:things {
id:lyon a dg:City . id:paris a dg:City . id:rhone a dg:Region .
time:2031 a dg:TimeSpan ; dg:edtf "2031" ; dg:earliest "2031-01-01"^^xsd:date ;
    dg:latest "2031-12-31"^^xsd:date .
time:2032 a dg:TimeSpan ; dg:edtf "2032" ; dg:earliest "2032-01-01"^^xsd:date ;
    dg:latest "2032-12-31"^^xsd:date .
time:2031-05 a dg:TimeSpan ; dg:edtf "2031-05" ; dg:earliest "2031-05-01"^^xsd:date ;
    dg:latest "2031-05-31"^^xsd:date .
}
graph:background-a { graph:background-a a dg:Background . id:lyon dg:partOf id:town . }
graph:background-b { graph:background-b a dg:Background . id:town dg:partOf id:rhone . }
"""


def amount(name: str, lower: str, upper: str, more: str = "") -> str:
    bounds = [f"dg:{side} {number}" for side, number in (("lower", lower), ("upper", upper)) if number]
    said = " ; ".join(("dg:unit dg:Gigawatt", "dg:precision dg:About", *bounds))
    return f"quantity:{name} a dg:Quantity ; {said} {more}.\n"


def compared(store: Store) -> list[Compared]:
    evidence = Evidence(store)
    subjects = sorted({claim.subject for claim in evidence.claims()})
    return list(Comparison(evidence).of(subjects))


def told(rows: list[Compared]) -> set[tuple[str, ...]]:
    return {
        (
            compact(row.subject),
            row.verdict.value,
            row.finer,
            compact(row.here.iri) if row.here else "",
            compact(row.there.iri) if row.there else "",
        )
        for row in rows
    }


def by_query(table: tuple[tuple[str, ...], ...]) -> set[tuple[str, ...]]:
    columns, *rows = table
    picked = [columns.index(name) for name in ("subject", "verdict", "finer", "claim", "otherClaim")]
    return {tuple(row[n] for n in picked) for row in rows}


def outcome(here: Said, there: Said, mine: str = "", theirs: str = "") -> tuple[str, str]:
    """The verdict on two claims, by this room and by the stored query in both engines."""
    store = store_of(
        WORLD,
        article("blue", "2032-01-01", here, more=mine),
        snapshot("atlas", "2032-02-01", there, more=theirs),
    )
    (row,) = compared(store)
    text = stored_queries()["contradictions/outside"].text
    assert by_query(by_oxigraph(store, text)) == told([row]) == by_query(by_rdflib(dataset_of(store), text))
    return row.verdict.value, row.finer


# --- verdicts -------------------------------------------------------------------------------------------

ONE, SAME = ("1.0", "1.0"), ("1.0", "1.0")
NO_UPPER, NO_LOWER = "; dg:upperExclusive true ", "; dg:lowerExclusive true "
AMOUNTS = {
    "the same": (ONE, "", SAME, "", "agrees", ""),
    "inside": (("1.0", "2.0"), "", ("1.2", "1.4"), "", "refines", "there"),
    "around": (("1.2", "1.4"), "", ("1.0", "2.0"), "", "refines", "here"),
    "overlapping": (("1.0", "2.0"), "", ("1.5", "3.0"), "", "agrees", ""),
    "apart": (ONE, "", ("1.3", "1.4"), "", "contradicts", ""),
    "open to one side": (("", "5.0"), "", ("2.0", ""), "", "agrees", ""),
    "touching": (("1.0", "2.0"), "", ("2.0", "3.0"), "", "agrees", ""),
    "touching, end excluded": (("1.0", "2.0"), NO_UPPER, ("2.0", "3.0"), "", "contradicts", ""),
    "the same, end excluded": (("1.0", "2.0"), NO_UPPER, ("1.0", "2.0"), "", "refines", "here"),
    "above an excluded end": (("2.0", ""), NO_LOWER, ("1.0", "2.0"), "", "contradicts", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", AMOUNTS)
def test_amounts_are_compared_by_their_bounds(name: str) -> None:
    mine, open_here, theirs, open_there, verdict, finer = AMOUNTS[name]
    here = Said("id:cairn", "dg:designCapacity", "quantity:a")
    there = Said("id:cairn", "dg:designCapacity", "quantity:b")
    found = outcome(here, there, amount("a", *mine, open_here), amount("b", *theirs, open_there))
    assert found == (verdict, finer)


@pytest.mark.parametrize(
    ("stance", "realis", "other_stance", "other_realis", "verdict"),
    [
        ("Asserted", "Actual", "Confirmed", "Actual", "contradicts"),
        ("Asserted", "Planned", "Asserted", "Planned", "contradicts"),
        ("Asserted", "Planned", "Asserted", "Actual", "differs"),
        ("Asserted", "Actual", "Estimated", "Actual", "differs"),
        ("Reported", "Actual", "Asserted", "Actual", "differs"),
        ("Asserted", "Actual", "Alleged", "Actual", "differs"),
    ],
)
def test_what_is_hedged_or_planned_differs_and_does_not_contradict(
    stance: str, realis: str, other_stance: str, other_realis: str, verdict: str
) -> None:
    here = Said("id:north", "dg:foundingDate", "time:2031", realis, stance)
    there = Said("id:north", "dg:foundingDate", "time:2032", other_realis, other_stance)
    assert outcome(here, there) == (verdict, "")


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("time:2031", "time:2031", ("agrees", "")),
        ("time:2031", "time:2031-05", ("refines", "there")),
        ("time:2031-05", "time:2031", ("refines", "here")),
        ("time:2031-05", "time:2032", ("contradicts", "")),
    ],
)
def test_dates_are_compared_by_their_days(mine: str, theirs: str, expected: tuple[str, str]) -> None:
    here, there = (Said("id:north", "dg:foundingDate", value) for value in (mine, theirs))
    assert outcome(here, there) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("id:lyon", "id:lyon", ("agrees", "")),
        ("id:rhone", "id:lyon", ("refines", "there")),
        ("id:lyon", "id:rhone", ("refines", "here")),
        ("id:paris", "id:lyon", ("differs", "")),
    ],
)
def test_places_are_compared_by_which_lies_in_which_and_never_contradict(
    mine: str, theirs: str, expected: tuple[str, str]
) -> None:
    here, there = (Said("id:north", "dg:basedIn", place) for place in (mine, theirs))
    assert outcome(here, there) == expected


def test_an_expected_opening_is_held_against_one_that_has_been() -> None:
    here = Said("id:cairn", "dg:expectedCommissioning", "time:2032", "Expected")
    there = Said("id:cairn", "dg:commissionedOn", "time:2031", "Actual")
    assert outcome(here, there) == ("differs", "")


def test_what_only_one_side_says_is_told_and_nothing_of_things_unknown_outside() -> None:
    mine = (Said("id:north", "dg:basedIn", "id:lyon"), Said("id:east", "dg:basedIn", "id:lyon"))
    theirs = Said("id:north", "dg:foundingDate", "time:2031")
    store = store_of(WORLD, article("blue", "2032-01-01", *mine), snapshot("atlas", "2032-02-01", theirs))
    expected = {
        ("id:north", "only here", "", "claim:blue-1", ""),
        ("id:north", "only there", "", "", "claim:atlas-2032-02-01-1"),
    }
    assert told(compared(store)) == expected
    text = stored_queries()["contradictions/outside"].text
    assert by_query(by_oxigraph(store, text)) == expected == by_query(by_rdflib(dataset_of(store), text))


def test_a_claim_that_a_later_snapshot_takes_back_is_not_compared() -> None:
    first = snapshot(
        "atlas",
        "2032-02-01",
        Said("id:north", "dg:basedIn", "id:lyon"),
        Said("id:north", "dg:foundingDate", "time:2031"),
    )
    second = snapshot(
        "atlas",
        "2032-03-01",
        Said("id:north", "dg:basedIn", "id:paris", more="dg:supersedes claim:atlas-2032-02-01-1 ;"),
        older="; dg:withdraws claim:atlas-2032-02-01-2",
    )
    here = (Said("id:north", "dg:basedIn", "id:lyon"), Said("id:north", "dg:foundingDate", "time:2032"))
    store = store_of(WORLD, article("blue", "2032-01-01", *here), first, second)
    expected = {
        ("id:north", "differs", "", "claim:blue-1", "claim:atlas-2032-03-01-1"),
        ("id:north", "only here", "", "claim:blue-2", ""),
    }
    assert told(compared(store)) == expected
    assert by_query(by_oxigraph(store, stored_queries()["contradictions/outside"].text)) == expected


# --- intervals ------------------------------------------------------------------------------------------

NUMBERS = st.one_of(st.none(), st.integers(0, 4).map(Decimal))
QUANTITIES = st.builds(
    lambda lower, upper, open_lower, open_upper: Quantity(
        "Gigawatt",
        "About",
        None,
        lower,
        upper,
        open_lower and lower is not None,
        open_upper and upper is not None,
    ),
    NUMBERS,
    NUMBERS,
    st.booleans(),
    st.booleans(),
)
POINTS = [Decimal(n) / 2 for n in range(-1, 11)]


def allows(quantity: Quantity, point: Decimal) -> bool:
    low, high = quantity.lower, quantity.upper
    above = low is None or point > low or (point == low and not quantity.lower_exclusive)
    below = high is None or point < high or (point == high and not quantity.upper_exclusive)
    return above and below


@given(QUANTITIES, QUANTITIES)
def test_one_amount_lies_within_another_only_if_the_other_allows_each_of_its_values(
    one: Quantity, other: Quantity
) -> None:
    if one.within(other):
        assert all(allows(other, point) for point in POINTS if allows(one, point))
    elif any(allows(one, point) for point in POINTS):
        outside = [point for point in (*POINTS, Decimal(-99), Decimal(99)) if allows(one, point)]
        assert not all(allows(other, point) for point in outside)


@given(st.lists(st.dates(dt.date(2031, 1, 1), dt.date(2031, 1, 5)), min_size=4, max_size=4))
def test_one_date_lies_within_another_only_if_it_meets_it(days: list[dt.date]) -> None:
    one, other = (TimeSpan("x", *sorted(pair)) for pair in (days[:2], days[2:]))
    assert one.within(one)
    if one.within(other):
        assert one.meets(other)
    if one.within(other) and other.within(one):
        assert one == other
    assert one.meets(other) == other.meets(one)


def test_an_open_side_lies_within_an_open_side_only() -> None:
    closed, opened = TimeSpan("2031", dt.date(2031, 1, 1), dt.date(2031, 12, 31)), TimeSpan("..", None, None)
    assert [a.within(b) for a, b in product((closed, opened), repeat=2)] == [True, True, False, True]


# --- the graph of this repository -----------------------------------------------------------------------


def test_the_room_and_the_stored_query_say_the_same_of_this_repository() -> None:
    answer = by_oxigraph(the_store(), stored_queries()["contradictions/outside"].text)
    assert told(compared(the_store())) == by_query(answer)


def test_prometheus_and_hyperion_stand_to_epoch_as_the_data_say() -> None:
    rows = Comparison(Evidence(the_store())).of([iri("id:prometheus"), iri("id:hyperion")])
    found = {
        (compact(r.subject), compact((r.here or r.there).predicate)): (r.verdict, r.finer)  # type: ignore[union-attr]
        for r in rows
    }
    assert found == {
        ("id:prometheus", "dg:designCapacity"): (Verdict.DIFFERS, ""),
        ("id:prometheus", "dg:expectedCommissioning"): (Verdict.DIFFERS, ""),
        ("id:prometheus", "dg:lifecycleStatus"): (Verdict.DIFFERS, ""),
        ("id:prometheus", "dg:sitedIn"): (Verdict.REFINES, "there"),
        ("id:hyperion", "dg:designCapacity"): (Verdict.AGREES, ""),
        ("id:hyperion", "dg:sitedIn"): (Verdict.REFINES, "there"),
        ("id:hyperion", "dg:expectedCommissioning"): (Verdict.ONLY_THERE, ""),
        ("id:hyperion", "dg:lifecycleStatus"): (Verdict.ONLY_HERE, ""),
    }

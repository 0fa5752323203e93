"""Any sequence of snapshots leaves each current value claimed exactly once."""

from __future__ import annotations

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from outside_project import SITES, data, take, the_project
from pyoxigraph import NamedNode, Store

from dealgraph import sources
from dealgraph.enrich.statement import Content, Slot
from dealgraph.enrich.update import Held, update
from dealgraph.evidence import Evidence
from dealgraph.terms import compact, iri

SLOTS = st.tuples(st.sampled_from(["cairn", "tor", "fell"]), st.sampled_from(["power", "place"]))
CONTENTS = st.tuples(st.integers(0, 2), st.sampled_from(["Actual", "Expected"]), st.just("Estimated"))
SNAPSHOTS = st.lists(st.dictionaries(SLOTS, CONTENTS, max_size=6), max_size=6)


@given(SNAPSHOTS)
def test_each_current_value_is_claimed_exactly_once(snapshots: list[dict[Slot, Content]]) -> None:
    claimed: dict[str, tuple[Slot, Content]] = {}
    over: set[str] = set()
    for number, found in enumerate(snapshots):
        standing = {slot: Held(claim, said) for claim, (slot, said) in claimed.items() if claim not in over}
        told = update(standing, found)
        over |= {*told.changed.values(), *told.withdrawn}
        claimed |= {f"{number}-{slot}": (slot, found[slot]) for slot in told.said}
        current = sorted((slot, said) for claim, (slot, said) in claimed.items() if claim not in over)
        assert current == sorted(found.items())


@given(SNAPSHOTS)
def test_a_snapshot_that_says_what_stands_changes_nothing(snapshots: list[dict[Slot, Content]]) -> None:
    for found in snapshots:
        told = update({slot: Held(str(slot), said) for slot, said in found.items()}, found)
        assert (told.new, told.changed, told.withdrawn) == ((), {}, ())
        assert told.unchanged == tuple(sorted(found))


LEVELS = st.lists(
    st.dictionaries(st.integers(1, 4), st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=4
)


@settings(max_examples=12, deadline=None)
@given(LEVELS)
def test_files_written_one_after_the_other_hold_each_current_power_once(months: list[dict[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = the_project(root)
        for number, levels in enumerate(months, 1):
            rows = "".join(f"Cairn Lyon,2031-{m:02}-01,{power}00\n" for m, power in sorted(levels.items()))
            day = dt.date(2032, number, 3)
            take(made, data(root / f"d{number}", SITES, f"Name,Day,Power (MW)\n{rows}"), day)
        store = Store()
        store.bulk_extend(sources.load(made).quads)
        links = [NamedNode(iri(f"dg:{name}")) for name in ("supersedes", "withdraws")]
        quads = [quad for link in links for quad in store.quads_for_pattern(None, link, None, None)]
        over = {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}
        powers = [c for c in Evidence(store).claims(predicate=iri("dg:power")) if c.iri not in over]
    current = {compact(claim.subject): claim.value.quantity for claim in powers}
    assert len(current) == len(powers)
    wanted = {f"id:cairn-power-2031-{month:02}-01": power for month, power in months[-1].items() if power}
    assert {name: found.value for name, found in current.items() if found} == {
        name: Decimal(power) / 10 for name, power in wanted.items()
    }

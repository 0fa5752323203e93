"""Real data: two snapshots of Epoch AI's tables of data centres one after the other, and those kept here.

The tables are not in this repository: the licence of the earlier one is not stated where it was found.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from outside_project import HANDLE
from pyoxigraph import Store

from dealgraph import sources
from dealgraph.enrich import Enriched, enrich, find_outside, keep
from dealgraph.evidence import Evidence
from dealgraph.mapping import EXACT, Mapping, epoch_identifier, new_set, write
from dealgraph.settings import DATA_VARIABLE, Project, open_project
from dealgraph.terms import iri
from tiny import ROOT, project

DATA = Path(os.environ.get(DATA_VARIABLE, "."))
TABLES = ("data_centers", "data_center_timelines")
EARLIER, LATER, DAY = "epoch_older_", "epoch_dc_", dt.date(2026, 1, 3)
POWER_TODAY = """      - predicate: dg:designCapacity
        from: Current power (MW)
        unit: dg:Gigawatt
        scale: 0.001
        says: "{thing} draws {value}."
        says_fr: "{thing} appelle {value}."
  timelines:
"""

pytestmark = pytest.mark.skipif(
    not all((DATA / f"{prefix}{table}.csv").is_file() for prefix in (EARLIER, LATER) for table in TABLES),
    reason=f"set {DATA_VARIABLE} to the folder with the two snapshots of Epoch AI's tables",
)


def tables(folder: Path, prefix: str) -> Path:
    folder.mkdir()
    for table in TABLES:
        shutil.copy(DATA / f"{prefix}{table}.csv", folder / f"{table}.csv")
    return folder


def names(prefix: str) -> dict[str, str]:
    """The current power of each data centre, by its handle."""
    with (DATA / f"{prefix}data_centers.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["Handle"]: row["Current power (MW)"] for row in csv.DictReader(file)}


def every_site(root: Path) -> Project:
    """A project in which every data centre of both snapshots is a thing, read for its power alone."""
    handles = sorted({*names(EARLIER), *names(LATER)})
    things = {f"id:site-{number}": handle for number, handle in enumerate(handles)}
    described = (ROOT / "graph" / "external" / "epoch-data-centers" / "claims.yaml").read_text("utf-8")
    head, _, rest = described.partition("      - predicate: dg:sitedIn\n")
    _, _, timelines = rest.partition("  timelines:\n")
    start = timelines.index("      # The last power foreseen")
    end = timelines.index("      - predicate: dg:power\n")
    text = head + POWER_TODAY + timelines[:start] + timelines[end:]
    labels = "".join(
        f'{thing} a dg:DataCenter ; rdfs:label "{name}"@en .\n' for thing, name in things.items()
    )
    files = {
        "graph/things/all.trig": f"graph:things {{ {labels} }}",
        "graph/external/epoch-data-centers/claims.yaml": text,
    }
    made = project(root, files)
    rows = [Mapping(iri(thing), EXACT, HANDLE + epoch_identifier(name)) for thing, name in things.items()]
    write(root / "graph" / "mappings" / "sites.sssom.tsv", new_set("sites", "Sites.").revised(*rows))
    return made


def take(made: Project, folder: Path, day: dt.date) -> Enriched:
    outside = find_outside(made, "epoch-data-centers")
    found = enrich(made, outside, folder, day, day, allow_gone=True)
    keep(found)
    return found


def test_the_later_one_adds_what_is_new_supersedes_what_changed_and_duplicates_nothing(
    tmp_path: Path,
) -> None:
    made = every_site(tmp_path / "project")
    before, after = names(EARLIER), names(LATER)
    site = {handle: iri(f"id:site-{n}") for n, handle in enumerate(sorted({*before, *after}))}
    first = take(made, tables(tmp_path / "a", EARLIER), DAY - dt.timedelta(days=1))
    second = take(made, tables(tmp_path / "b", LATER), DAY)
    added = {site[handle] for handle in after.keys() - before.keys()}
    changed = {site[h] for h in after.keys() & before.keys() if float(after[h]) != float(before[h])}
    assert added
    assert changed
    assert {next(s for s in added if slot[0].startswith(s)) for slot in second.update.new} == added
    come_true = {
        slot
        for slot, said in second.statements.items()
        if slot in first.statements and (first.statements[slot].realis, said.realis) == ("Expected", "Actual")
    }
    assert {slot[0].rpartition("-power-")[2] for slot in come_true} == {DAY.isoformat()}
    other = {(thing, iri("dg:designCapacity")) for thing in changed}
    assert set(second.update.changed) == other | come_true
    assert second.update.withdrawn == ()
    assert set(second.update.unchanged) == first.statements.keys() - second.update.changed.keys()

    store = Store()
    store.bulk_extend(sources.load(made).quads)
    evidence = Evidence(store)
    standing = [claim for claim in evidence.claims() if claim.iri not in evidence.replaced]
    assert sorted((c.subject, c.predicate) for c in standing) == sorted(second.statements)
    assert not take(made, tmp_path / "b", DAY).fresh


@pytest.mark.parametrize("name", ["epoch-data-centers", "ror", "sp500"])
def test_the_snapshots_of_this_repository_are_what_their_data_give(name: str) -> None:
    made = open_project(ROOT)
    outside = find_outside(made, name)
    (kept,) = outside.path.parent.glob("*.trig")
    day = dt.date.fromisoformat(kept.stem)
    assert not enrich(made, outside, DATA, day, day, allow_gone=False).fresh

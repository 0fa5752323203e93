"""Outside datasets as claims: what is taken over, how surely, and what a newer snapshot makes of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from outside_project import CLAIMS, FIRST, LEVELS, SECOND, SITES, THIRD, data, take, the_project
from pyoxigraph import NamedNode, Store

from dealgraph import sources
from dealgraph.admit import admit
from dealgraph.check.times import bounds
from dealgraph.enrich import Enriched, enrich, find_outside
from dealgraph.errors import (
    DatasetProblem,
    DealgraphError,
    DescriptionDefect,
    NoLicence,
    UnknownName,
    WrongUsage,
)
from dealgraph.evidence import Evidence
from dealgraph.quantity import Quantity
from dealgraph.settings import Project, open_project
from dealgraph.terms import compact, iri
from dealgraph.turtle import format_text
from tiny import ROOT, the_rule


def store_of(made: Project) -> Store:
    store = Store()
    store.bulk_extend(sources.load(made).quads)
    return store


def told(found: Enriched) -> dict[str, tuple[str, str, str]]:
    """What the statements of a snapshot say, by subject and predicate."""
    return {
        f"{compact(s.subject)} {compact(s.predicate)}": (s.says["en"], s.realis, s.stance)
        for s in found.statements.values()
    }


def facts_of(made: Project, as_of: dt.date | None = None) -> set[str]:
    """Subject, predicate and object of every fact that claims of the dataset alone support."""
    found = admit(store_of(made), the_rule(), as_of=as_of)
    return {f"{_name(t.subject)} {_name(t.predicate)} {_name(t.object)}" for t in found.facts}


def _name(term: object) -> str:
    return compact(term.value) if isinstance(term, NamedNode) else str(getattr(term, "value", term))


# --- what is taken over ---------------------------------------------------------------------------------


def test_a_record_becomes_claims_with_how_sure_the_dataset_is(tmp_path: Path) -> None:
    found = take(the_project(tmp_path), data(tmp_path / "data"))
    assert told(found) == {
        "id:cairn dg:sitedIn": ("Cairn stands in Lyon.", "Actual", "Confirmed"),
        "id:cairn dg:lifecycleStatus": ("Cairn is OperationalStatus.", "Actual", "Confirmed"),
        "id:cairn dg:commissionedOn": ("Cairn runs from 1 May 2031 on.", "Actual", "Estimated"),
        "id:cairn-power-2031-05-01 dg:power": ("Cairn draws 0.3 GW on 1 May 2031.", "Actual", "Estimated"),
        "id:cairn-power-2033-05-01 dg:power": ("Cairn draws 1.2 GW on 1 May 2033.", "Expected", "Estimated"),
    }


def test_only_what_an_exact_match_links_is_taken_over(tmp_path: Path) -> None:
    found = take(the_project(tmp_path), data(tmp_path / "data"))
    assert {
        statement.subject for statement in found.statements.values() if "tor" in statement.subject
    } == set()


def test_a_claim_leads_to_its_cells(tmp_path: Path) -> None:
    made = the_project(tmp_path)
    take(made, data(tmp_path / "data"))
    (claim,) = Evidence(store_of(made)).claims(iri("id:cairn"), iri("dg:sitedIn"))
    cells = [(cell.table, cell.record, cell.column) for cell in claim.cells]
    assert cells == [("sites.csv", "Cairn Lyon", "Certainty"), ("sites.csv", "Cairn Lyon", "Town")]
    assert claim.cells[1].sha256 == hashlib.sha256(b"1 rue A, Lyon, FR").hexdigest()
    assert claim.article == iri("dataset:atlas-2032-01-03")
    assert claim.iri == iri("claim:atlas-2032-01-03-cairn-sitedIn")


def test_an_amount_has_the_bounds_it_may_have_been_rounded_to(tmp_path: Path) -> None:
    levels = LEVELS.replace("300", "300.25")
    found = take(the_project(tmp_path), data(tmp_path / "data", levels=levels))
    amounts = {s.value.value: s.value for s in found.statements.values() if isinstance(s.value, Quantity)}
    exact, whole = amounts[Decimal("0.30025")], amounts[Decimal("1.2")]
    assert (exact.lower, exact.upper) == (Decimal("0.300245"), Decimal("0.300255"))
    assert (whole.lower, whole.upper) == (Decimal("1.1995"), Decimal("1.2005"))


def test_a_date_that_lies_ahead_is_expected_by_another_predicate(tmp_path: Path) -> None:
    levels = "Name,Day,Power (MW)\nCairn Lyon,2033-05-01,1200\n"
    found = take(the_project(tmp_path), data(tmp_path / "data", levels=levels))
    assert told(found)["id:cairn dg:expectedCommissioning"][1:] == ("Expected", "Estimated")


@pytest.mark.parametrize(
    ("certainty", "stance", "is_fact"),
    [("Confirmed", "Confirmed", True), ("Likely", "Estimated", True), ("Unlikely", "Alleged", False)],
)
def test_a_rumour_of_a_dataset_is_never_a_fact(
    tmp_path: Path, certainty: str, stance: str, *, is_fact: bool
) -> None:
    made = the_project(tmp_path)
    found = take(made, data(tmp_path / "data", sites=SITES.replace("Confirmed", certainty)))
    assert told(found)["id:cairn dg:sitedIn"][2] == stance
    facts = facts_of(made)
    assert ("id:cairn dg:sitedIn id:lyon" in facts) is is_fact
    assert ("id:cairn dg:lifecycleStatus dg:OperationalStatus" in facts) is is_fact


def test_a_plan_of_a_dataset_stays_a_plan(tmp_path: Path) -> None:
    made = the_project(tmp_path)
    found = take(made, data(tmp_path / "data", sites=SITES.replace("Existing", "Planned")))
    assert told(found)["id:cairn dg:lifecycleStatus"] == ("Cairn is PlannedStatus.", "Planned", "Confirmed")
    facts = facts_of(made)
    assert "id:cairn dg:lifecycleStatus dg:PlannedStatus" in facts
    assert not any("OperationalStatus" in fact for fact in facts)


def test_a_forecast_is_no_fact_and_an_observation_is(tmp_path: Path) -> None:
    made = the_project(tmp_path)
    take(made, data(tmp_path / "data"))
    powers = {fact.split()[0] for fact in facts_of(made) if " dg:power " in fact}
    assert powers == {"id:cairn-power-2031-05-01"}


def test_the_file_is_canonical_and_its_times_follow_from_their_expressions(tmp_path: Path) -> None:
    found = take(the_project(tmp_path), data(tmp_path / "data"))
    assert format_text(found.text, "a.trig") == found.text
    for line in found.text.splitlines():
        if "dg:edtf" in line:
            assert all(bounds(line.split('"')[1]))


def test_a_changed_value_changes_its_own_lines_only(tmp_path: Path) -> None:
    first = take(the_project(tmp_path / "a"), data(tmp_path / "da"))
    second = take(the_project(tmp_path / "b"), data(tmp_path / "db", levels=LEVELS.replace("300", "310")))
    before, after = first.text.splitlines(), second.text.splitlines()
    assert len(before) == len(after)
    changed = [line for line, other in zip(before, after, strict=True) if line != other]
    kinds = sorted({line.split()[0] for line in changed})
    assert kinds == ['"Cairn', "dg:lower", "dg:paraphrase", "dg:sha256", "dg:upper", "dg:value"]


# --- snapshot after snapshot ----------------------------------------------------------------------------


def test_the_same_snapshot_twice_changes_nothing(tmp_path: Path) -> None:
    made, folder = the_project(tmp_path), data(tmp_path / "data")
    first = take(made, folder)
    again = take(made, folder)
    assert again.text == first.text
    assert (first.fresh, again.fresh) == (True, False)


def test_a_newer_snapshot_with_the_same_values_claims_nothing_again(tmp_path: Path) -> None:
    made, folder = the_project(tmp_path), data(tmp_path / "data")
    take(made, folder)
    newer = take(made, folder, SECOND)
    assert (newer.update.new, newer.update.changed, newer.update.withdrawn) == ((), {}, ())
    assert len(Evidence(store_of(made)).claims()) == 5


def test_another_form_of_the_same_value_is_no_change(tmp_path: Path) -> None:
    made = the_project(tmp_path)
    take(made, data(tmp_path / "old"))
    rows = ("Name,Day,Power (MW)", "Cairn Lyon,1/1/2031,0.0", "Cairn Lyon,05/01/2031,300.0")
    levels = "\n".join((*rows, "Cairn Lyon,5/1/2033,1200", ""))
    newer = take(made, data(tmp_path / "new", levels=levels), SECOND)
    assert len(newer.update.unchanged) == 5


def test_a_changed_value_supersedes_and_an_empty_place_withdraws(tmp_path: Path) -> None:
    made = the_project(tmp_path)
    take(made, data(tmp_path / "old"))
    levels = "Name,Day,Power (MW)\nCairn Lyon,2031-05-01,310\n"
    newer = take(made, data(tmp_path / "new", levels=levels), SECOND)
    assert list(newer.update.changed.values()) == [iri("claim:atlas-2032-01-03-cairn-power-2031-05-01-power")]
    assert newer.update.withdrawn == (iri("claim:atlas-2032-01-03-cairn-power-2033-05-01-power"),)
    power = "id:cairn-power-2031-05-01 dg:power quantity:atlas-{}-cairn-power-2031-05-01-power"
    early, late = facts_of(made, FIRST), facts_of(made)
    assert power.format("2032-01-03") in early
    assert power.format("2032-02-03") not in early
    assert power.format("2032-01-03") not in late
    assert power.format("2032-02-03") in late


def test_a_value_that_comes_back_is_claimed_again(tmp_path: Path) -> None:
    made = the_project(tmp_path)
    take(made, data(tmp_path / "a"))
    take(made, data(tmp_path / "b", levels=LEVELS.replace("300", "310")), SECOND)
    third = take(made, data(tmp_path / "a"), THIRD)
    assert list(third.update.changed.values()) == [iri("claim:atlas-2032-02-03-cairn-power-2031-05-01-power")]


def test_an_older_snapshot_is_refused(tmp_path: Path) -> None:
    made, folder = the_project(tmp_path), data(tmp_path / "data")
    take(made, folder, SECOND)
    with pytest.raises(WrongUsage, match="older than that of 2032-02-03"):
        take(made, folder, FIRST)


def test_a_thing_linked_later_is_added_to_the_same_snapshot(tmp_path: Path) -> None:
    folder = data(tmp_path / "data", sites=SITES.replace("Nowhere", '"Lyon, FR"'))
    take(the_project(tmp_path), folder)
    found = take(the_project(tmp_path, matches={"cairn": "Cairn_Lyon", "tor": "Other"}), folder)
    assert told(found)["id:tor dg:sitedIn"] == ("Tor stands in Lyon.", "Actual", "Estimated")


# --- bad input ------------------------------------------------------------------------------------------

BAD_DATA = {
    "header": (SITES.replace("Town", "City"), LEVELS, "sites.csv:1", "no column 'Town'"),
    "duplicate": (SITES + "Cairn Lyon,\"Lyon, FR\",Existing,Likely\n", LEVELS, "sites.csv:4", "sites.csv:2"),
    "term": (SITES.replace("Existing", "Rumoured"), LEVELS, "sites.csv:2", "Status 'Rumoured' means nothing"),
    "grade": (SITES.replace("Confirmed", "Sure"), LEVELS, "sites.csv:2", "Certainty 'Sure' grades nothing"),
    "number": (SITES, LEVELS.replace("300", "3OO"), "levels.csv:3", "'3OO' is no number"),
    "negative": (SITES, LEVELS.replace("300", "-3"), "levels.csv:3", "'-3' is no number"),
    "endless": (SITES, LEVELS.replace("300", "NaN"), "levels.csv:3", "'NaN' is no number"),
    "date": (SITES, LEVELS.replace("2031-05-01", "May 2031"), "levels.csv:3", "'May 2031' is no date"),
    "row": (SITES, LEVELS + "Cairn Lyon,2034-01-01\n", "levels.csv:5", "2 values"),
    "gone": (SITES.replace("Cairn", "X"), LEVELS.replace("Cairn", "X"), "claims.yaml", "no record is"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_DATA)
def test_bad_data_are_refused_with_their_place_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    sites, levels, where, message = BAD_DATA[name]
    made = the_project(tmp_path)
    first = take(made, data(tmp_path / "good"))
    before = {path: path.read_bytes() for path in sorted(made.graph.rglob("*")) if path.is_file()}
    with pytest.raises((DatasetProblem, WrongUsage)) as caught:
        take(made, data(tmp_path / "bad", sites, levels), SECOND)
    assert caught.value.where.endswith(where)
    assert message in str(caught.value)
    assert before == {path: path.read_bytes() for path in sorted(made.graph.rglob("*")) if path.is_file()}
    assert first.file.is_file()


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    made, folder = the_project(tmp_path), data(tmp_path / "data")
    (folder / "sites.csv").write_bytes(SITES.replace("rue A", "rue É").encode("latin-1"))
    with pytest.raises(DatasetProblem, match="is not UTF-8") as caught:
        take(made, folder)
    assert caught.value.where == "sites.csv:2"


def test_a_key_that_is_gone_is_named_and_withdrawn_only_on_request(tmp_path: Path) -> None:
    both = {"cairn": "Cairn_Lyon", "tor": "Other"}
    made = the_project(tmp_path, matches=both)
    sites = SITES.replace("Nowhere", '"Lyon, FR"')
    take(made, data(tmp_path / "old", sites))
    fewer = data(tmp_path / "new", "\n".join(sites.splitlines()[:2]) + "\n")
    with pytest.raises(DatasetProblem, match=r"no record is left .*id:tor"):
        take(made, fewer, SECOND)
    newer = take(made, fewer, SECOND, allow_gone=True)
    assert {claim.rsplit("-", 1)[0] for claim in newer.update.withdrawn} == {
        iri("claim:atlas-2032-01-03-tor")
    }
    assert [thing for _, thing in newer.gone] == [iri("id:tor")]


LICENCE = "licence: https://atlas.example/licence\n"
DATES = '    dates: {from: Day, forms: ["%Y-%m-%d", "%m/%d/%Y"]}\n'
# What is written in place of what, the error, and the text on whose line it is.
BAD_DESCRIPTIONS: dict[str, tuple[str, str, type[DealgraphError], str]] = {
    "licence": (LICENCE, "", NoLicence, "title: Atlas"),
    "address": (LICENCE, "licence: free\n", DescriptionDefect, "licence: free"),
    "key": ("publisher: id:atlas", "publisher: id:atlas\ncolour: red", DescriptionDefect, "colour: red"),
    "unit": ("dg:Gigawatt", "GW", DescriptionDefect, "unit: GW"),
    "scale": ("0.001", "none", DescriptionDefect, "scale: none"),
    "stance": ("stance: estimated", "stance: sure", DescriptionDefect, "stance: sure"),
    "pick": ("pick: first", "pick: any", DescriptionDefect, "pick: any"),
    "dates": (DATES, "", DescriptionDefect, "- predicate: {past"),
    "form": ("        unit: dg:Gigawatt\n", "", DescriptionDefect, "- predicate: dg:power"),
    "yaml": ("title: Atlas of sites", "title: [Atlas", DescriptionDefect, ""),
}


@pytest.mark.parametrize("name", BAD_DESCRIPTIONS)
def test_a_bad_description_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    old, new, kind, place = BAD_DESCRIPTIONS[name]
    text = CLAIMS.replace(old, new, 1)
    assert text != CLAIMS
    made = the_project(tmp_path, text)
    with pytest.raises(kind) as caught:
        take(made, data(tmp_path / "data"))
    where = caught.value.where.removeprefix("graph/external/atlas/claims.yaml:")
    assert place in text.splitlines()[int(where) - 1]


def test_an_unknown_dataset_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Take one of: atlas"):
        find_outside(the_project(tmp_path), "globe")


def test_a_snapshot_is_not_fetched_before_its_day(tmp_path: Path) -> None:
    made = the_project(tmp_path)
    with pytest.raises(WrongUsage, match="before the day"):
        enrich(made, find_outside(made, "atlas"), data(tmp_path / "d"), SECOND, FIRST, allow_gone=False)


def test_two_columns_for_one_place_are_refused(tmp_path: Path) -> None:
    twice = CLAIMS.replace("predicate: dg:lifecycleStatus", "predicate: dg:sitedIn")
    with pytest.raises(DatasetProblem, match="two columns give id:cairn a value for dg:sitedIn"):
        take(the_project(tmp_path, twice), data(tmp_path / "data"))


def test_several_records_without_a_choice_between_them_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetProblem, match=r"is a second value beside levels\.csv:3"):
        take(the_project(tmp_path, CLAIMS.replace("        pick: first\n", "")), data(tmp_path / "data"))


# --- the datasets of this repository --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["epoch-data-centers", "ror", "sp500"])
def test_the_descriptions_of_this_repository_are_sound(name: str) -> None:
    outside = find_outside(open_project(ROOT), name)
    assert outside.yields
    assert outside.licence.startswith("https://")
    assert [path.name for path in outside.path.parent.glob("*.trig")]

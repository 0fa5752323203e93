"""`dealgraph enrich`, `compare`, `show` and `diff` with outside datasets, as a user meets them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from outside_project import LEVELS, data, the_project
from pyoxigraph import NamedNode, Store

from command_line import Cli
from dealgraph.assembly import forget
from dealgraph.errors import UnknownName
from dealgraph.settings import open_project
from dealgraph.sources import Sources, load
from dealgraph.states import sources_named
from dealgraph.terms import iri


def enrich(cli: Cli, root: Path, folder: Path, *more: str) -> tuple[int, str, str]:
    told = cli("enrich", "atlas", "--data", folder, "--project", root, "--lang", "en", *more)
    return told.code, told.out, told.err


def test_a_dry_run_tells_and_writes_nothing(cli: Cli, tmp_path: Path) -> None:
    the_project(tmp_path)
    code, out, _ = enrich(cli, tmp_path, data(tmp_path / "2032-01-03"), "--dry-run")
    assert code == 0
    assert "+ Cairn stands in Lyon.  actual, confirmed" in out
    assert "5 new, 0 changed, 0 withdrawn, 0 as before" in out
    assert not list((tmp_path / "graph" / "external").rglob("*.trig"))


def test_the_day_of_the_data_is_the_folders_or_is_asked_for(cli: Cli, tmp_path: Path) -> None:
    the_project(tmp_path)
    code, _, err = enrich(cli, tmp_path, tmp_path / "data")
    assert code == 2
    assert "there is no such folder" in err
    code, _, err = enrich(cli, tmp_path, data(tmp_path / "data"))
    assert code == 2
    assert "--snapshot: the day of the data is not known" in err
    code, _, _ = enrich(cli, tmp_path, tmp_path / "data", "--snapshot", "2032-01-03")
    assert code == 0
    assert (tmp_path / "graph" / "external" / "atlas" / "2032-01-03.trig").is_file()


def test_a_newer_snapshot_is_told_as_json_and_the_same_one_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    the_project(tmp_path)
    enrich(cli, tmp_path, data(tmp_path / "2032-01-03"))
    newer = data(tmp_path / "2032-02-03", levels=LEVELS.replace("300", "310"))
    told = json.loads(enrich(cli, tmp_path, newer, "--format", "json")[1])
    assert told["written"]
    assert [one["supersedes"] for one in told["changed"]] == [
        "claim:atlas-2032-01-03-cairn-power-2031-05-01-power"
    ]
    assert (told["new"], told["withdrawn"], told["unchanged"]) == ([], [], 4)
    again = json.loads(enrich(cli, tmp_path, newer, "--format", "json")[1])
    assert not again["written"]


@pytest.mark.parametrize(
    ("levels", "code", "message"),
    [
        (LEVELS.replace("Power (MW)", "Power"), 51, "levels.csv:1: has no column 'Power (MW)'"),
        (LEVELS.replace("300", "many"), 51, "levels.csv:3: Power (MW) 'many' is no number"),
    ],
)
def test_bad_data_end_in_one_line_and_an_exit_code(
    cli: Cli, tmp_path: Path, levels: str, code: int, message: str
) -> None:
    the_project(tmp_path)
    found, _, err = enrich(cli, tmp_path, data(tmp_path / "2032-01-03", levels=levels))
    assert found == code
    assert message in err
    assert "Traceback" not in err


def test_prometheus_is_compared_at_a_glance(cli: Cli, built: Path) -> None:
    told = cli("compare", "Prometheus", "--project", built, "--lang", "en").out
    for words in ("1 GW  planned", "at least 1.36 GW", "the dataset is", "New Albany", "0.691 GW"):
        assert words in told


def test_a_comparison_in_french_and_as_json(cli: Cli, built: Path) -> None:
    assert "au moins 2,262" in cli("compare", "Hyperion", "--project", built, "--lang", "fr").out
    told = json.loads(cli("compare", "Hyperion", "--project", built, "--format", "json").out)
    verdicts = {(row["verdict"], row["finer"]) for row in told["compared"]}
    assert verdicts == {("agrees", None), ("refines", "there"), ("only there", None), ("only here", None)}
    there = next(row["there"] for row in told["compared"] if row["verdict"] == "agrees")
    assert there["passages"] == [
        "record Meta Hyperion Holly Ridge Louisiana, 2028-01-01, columns Date, Power (MW)"
    ]


@pytest.fixture(scope="module")
def read(built: Path) -> Sources:
    return load(open_project(built))


@pytest.mark.parametrize(
    "name", ["epoch-data-centers", "dataset:epoch-data-centers-2026-01-03", "Epoch AI data centres"]
)
def test_a_source_may_be_a_dataset_or_one_of_its_snapshots(read: Sources, name: str) -> None:
    assert sources_named(read, [name]) == [NamedNode(iri("dataset:epoch-data-centers-2026-01-03"))]


@pytest.mark.parametrize("name", ["", "dataset:", "epoch-data-centers-2027"])
def test_a_name_of_no_source_or_of_several_is_refused(read: Sources, name: str) -> None:
    with pytest.raises(UnknownName, match="articles or snapshots have this name"):
        sources_named(read, [name])


def test_a_dataset_is_shown_alone(cli: Cli, built: Path) -> None:
    told = cli("show", "Prometheus", "--source", "epoch-data", "--project", built, "--lang", "en").out
    assert "operational" in told
    assert "ARKTechNews" not in told


def test_before_its_day_a_snapshot_says_nothing(read: Sources) -> None:
    graph = NamedNode(iri("dataset:epoch-data-centers-2026-01-03"))
    for day, is_there in ((dt.date(2026, 1, 2), False), (dt.date(2026, 1, 3), True)):
        store = Store()
        store.bulk_extend(read.quads)
        forget(store, day, ())
        assert store.contains_named_graph(graph) is is_there


def test_what_a_snapshot_adds_is_told_by_diff(cli: Cli, built: Path) -> None:
    told = cli("diff", "--from", "2026-01-02", "--to", "2026-01-03", "--project", built, "--lang", "en").out
    assert "Facts that appeared (11)" in told
    assert "Facts that went" not in told
    assert "Facts that changed" not in told


def test_why_an_operational_prometheus_is_no_fact(cli: Cli, built: Path) -> None:
    told = cli(
        "why", "--not", "Prometheus", "a", "operational facility", "--project", built, "--lang", "en"
    ).out
    assert "a dataset yields to an article on the same" in " ".join(told.split())


def test_the_briefing_names_the_snapshots(cli: Cli, built: Path) -> None:
    told = json.loads(cli("--project", built, "--lang", "en", "--format", "json").out)
    assert told["snapshots"][0]["label"] == "Epoch AI data centres, 3 January 2026"


def test_queries_that_ask_other_servers_are_marked(cli: Cli, built: Path) -> None:
    told = json.loads(cli("queries", "--project", built, "--format", "json").out)
    marked = {query["name"] for query in told if query["services"]}
    assert marked == {"federated/founding-dates", "federated/headquarters"}


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "founding-dates"),
        ("sparql", "SELECT * WHERE { SERVICE <https://query.wikidata.org/sparql> { ?s ?p ?o } }"),
    ],
)
def test_a_server_that_is_not_named_is_not_asked(cli: Cli, built: Path, words: tuple[str, ...]) -> None:
    refused = cli(*words, "--project", built)
    assert refused.code == 52
    assert "--allow-service https://query.wikidata.org/sparql" in refused.err

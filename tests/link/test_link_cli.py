"""`dealgraph link` as a user meets it: candidates, batches, and what bad input gets."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from link_servers import Reply, scripted, service
from link_things import CSV, DATA, HEAD

from command_line import Run
from dealgraph.link.scale import LEAST_SCORE
from dealgraph.mapping import Judgement, read


@pytest.fixture
def project(unjudged: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(unjudged, tmp_path / "project"))


def link(project: Path, *words: str, verb: str = "--data") -> Run:
    """Call `dealgraph link` in a process of its own."""
    data = [verb, str(DATA)] if verb else []
    command = [
        sys.executable,
        "-m",
        "dealgraph",
        "link",
        *words,
        *data,
        "--project",
        str(project),
        "--lang",
        "en",
    ]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("DEALGRAPH_")}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, env=inherited | {"COLUMNS": "160"}
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Run(done.returncode, done.stdout, done.stderr)


def written(project: Path) -> dict[str, Judgement]:
    folder = project / "graph" / "mappings"
    return {m.object: m.judgement for path in sorted(folder.glob("*")) for m in read(path).mappings}


def test_candidates_are_shown_with_score_and_features_in_words(unjudged: Path) -> None:
    run = link(unjudged, "Meta", "--against", "sec")
    assert run.code == 0
    assert "Meta  id:meta  a person decides" in run.out
    assert "other name agrees: Meta Platforms / Meta Platforms, Inc." in run.out
    assert "type is near: company / organization" in run.out
    assert "licence: https://www.usa.gov/government-works" in run.out


def test_candidates_as_json_carry_all_features(unjudged: Path) -> None:
    told = json.loads(link(unjudged, "Meta", "--against", "ror", "--format", "json").out)
    (thing,) = told["things"]
    assert thing["candidates"][0]["iri"] == "https://ror.org/01zbnvs85"
    assert thing["outcome"] == "a person decides"
    assert {f["kind"] for f in thing["candidates"][0]["features"]} == {"name", "type", "place"}
    assert all(0 <= each["score"] <= 100 for each in thing["candidates"])


def test_all_things_are_linked_at_once(unjudged: Path) -> None:
    told = json.loads(link(unjudged, "--all", "--against", "ror", "--format", "json").out)
    things = {each["thing"].rpartition("/")[2]: each for each in told["things"]}
    assert {"meta", "scale-ai", "hyperion", "mark-zuckerberg", "ohio"} <= things.keys()
    assert things["hyperion"]["outcome"] == "no candidate"
    assert things["scale-ai"]["accepted"] is None


def test_limit_and_least_score_narrow_the_list(unjudged: Path) -> None:
    many = json.loads(link(unjudged, "Meta", "--against", "ror", "--format", "json", "--min-score", "0").out)
    one = json.loads(link(unjudged, "Meta", "--against", "ror", "--format", "json", "--limit", "1").out)
    assert len(many["things"][0]["candidates"]) == 5
    assert len(one["things"][0]["candidates"]) == 1
    scores = [each["score"] for each in many["things"][0]["candidates"]]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] < LEAST_SCORE


def test_a_batch_writes_what_is_safe_and_nothing_else(project: Path) -> None:
    run = link(project, "--all", "--against", "epoch-data-centers", "--accept-above", "80")
    assert run.code == 0
    assert "accepted and written: Prometheus (Meta Prometheus)" in run.out
    found = written(project)
    assert {name.rpartition("/")[2] for name in found} == {
        "Meta_Hyperion_Holly_Ridge_Louisiana",
        "Meta_Prometheus_New_Albany_Ohio",
    }
    assert set(found.values()) == {Judgement.MATCH}
    again = link(project, "--all", "--against", "epoch-data-centers", "--accept-above", "80")
    assert "nothing was accepted" in again.out
    assert "judged: the same" in again.out
    assert written(project) == found


def test_a_batch_accepts_no_company_by_its_name(project: Path) -> None:
    assert "nothing was accepted" in link(project, "--all", "--against", "sec", "--accept-above", "0").out
    assert written(project) == {}


def test_a_threshold_holds_back_what_scores_less(project: Path) -> None:
    run = link(project, "--all", "--against", "epoch-data-centers", "--accept-above", "99")
    assert "nothing was accepted" in run.out
    assert written(project) == {}


def test_quality_is_printed_and_as_json(unjudged: Path) -> None:
    assert "precision" in link(unjudged, "evaluate", str(DATA / "pairs.csv"), verb="").out
    told = json.loads(link(unjudged, "evaluate", str(DATA / "pairs.csv"), "--format", "json", verb="").out)
    whole = told["tallies"][-1]
    assert whole["sort"] == "all"
    assert whole["precision"] == 1.0
    assert whole["recall"] >= 0.95


def test_sources_are_listed_with_their_licences(unjudged: Path) -> None:
    run = link(unjudged, "sources", "--format", "json", verb="")
    assert {each["name"] for each in json.loads(run.out)} >= {"ror", "sec", "sp500", "fibo", "epoch-clusters"}
    assert all(each["licence"].startswith("https://") for each in json.loads(run.out))


# --- services ----------------------------------------------------------------------------------------------

CANDIDATE = {"id": "1", "name": "Meta", "score": 400, "match": True}


def describe(project: Path, address: str) -> None:
    folder = project / "graph" / "external" / "descriptions"
    text = f"{HEAD}format: reconciliation\naddress: {address}\nkind: company\n"
    (folder / "service.yaml").write_text(text)


def test_a_service_is_asked_only_if_it_is_named_and_replayed_offline(project: Path) -> None:
    with scripted(service(CANDIDATE)) as (address, script):
        describe(project, address)
        refused = link(project, "Meta", "--against", "service")
        assert refused.code == 52
        assert f"--allow-service {address}" in refused.err
        assert script.asked == []
        asked = link(project, "Meta", "--against", "service", "--allow-service", address)
        assert asked.code == 0
        assert "400 of https://example.org/id/1 is not from 0 to 100; brought into bounds" in asked.err
    offline = link(project, "Meta", "--against", "service", "--offline")
    assert (offline.code, offline.out) == (0, asked.out)
    assert link(project, "Apple", "--against", "service", "--offline").code == 54


def test_a_service_that_is_down_leaves_what_was_accepted(project: Path) -> None:
    link(project, "--all", "--against", "epoch-data-centers", "--accept-above", "80")
    before = written(project)
    with scripted(lambda *_: Reply("<html>", media="text/html")) as (address, _):
        describe(project, address)
        words = ("--all", "--against", "service", "--allow-service", address, "--accept-above", "0")
        run = link(project, *words)
    assert run.code == 53
    assert "answers no JSON but text/html" in run.err
    assert before
    assert written(project) == before


UNLICENSED = "".join(line for line in CSV.splitlines(keepends=True) if not line.startswith("licence"))


# --- bad input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("Meta", "--against", "nowhere"), 16, "no source has this name"),
        (("Meta", "--against", "https://example.org/x"), 16, "an address does not say"),
        (("Nobody At All", "--against", "sec"), 16, "no thing has this name"),
        (("deal-meta-whatsapp", "--against", "sec"), 16, "not a thing to be linked"),
        (("--against", "sec"), 2, "a thing or --all"),
        (("Meta", "--all", "--against", "sec"), 2, "a thing or --all"),
        (("Meta", "--against", "sec", "--format", "xml"), 22, "xml"),
        (("Meta", "--against", "fibo"), 25, "DEALGRAPH_DATA"),
    ],
)
def test_wrong_words_are_named_with_their_own_exit_code(
    unjudged: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    run = link(unjudged, *words)
    assert run.code == code, run.err
    assert told in run.err


@pytest.mark.parametrize(
    ("description", "rows", "code", "told"),
    [
        (CSV, "id,title\n1,Meta\n", 51, "rows.csv:1: has no column 'name'"),
        (CSV, "id,name\n1,Meta\n1,Meta\n", 51, "rows.csv:3:"),
        (CSV, "", 51, "rows.csv:1: the file is empty"),
        (
            CSV.replace("licence: https://creativecommons.org/licenses/by/4.0/\n", ""),
            "id,name\n1,Meta\n",
            41,
            "licence",
        ),
        (CSV.replace("format: csv", "format: xls"), "id,name\n1,Meta\n", 50, "format is 'xls'"),
    ],
)
def test_a_bad_data_set_writes_no_mapping(
    project: Path, tmp_path: Path, description: str, rows: str, code: int, told: str
) -> None:
    (tmp_path / "mine.yaml").write_text(description)
    (tmp_path / "rows.csv").write_text(rows)
    words = (
        "--all",
        "--against",
        str(tmp_path / "mine.yaml"),
        "--accept-above",
        "0",
        "--data",
        str(tmp_path),
    )
    run = link(project, *words, verb="")
    assert run.code == code, run.err
    assert told in run.err
    assert written(project) == {}


def test_the_readers_load_no_heavy_library_before_they_need_it() -> None:
    script = "import dealgraph.cli, sys; print(*sorted({'httpx', 'rapidfuzz', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "httpx" not in done.stdout
    assert "rapidfuzz" not in done.stdout

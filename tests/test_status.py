"""`status`, `snapshots`, `rollback` and `build --keep` as a user meets them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from command_line import Cli, article, edit
from dealgraph import snapshot, status
from dealgraph.settings import open_project
from tiny import ROOT

NVIDIA = ('"Nvidia"@en', '"NVIDIA"@en')


def companies(project: Path) -> Path:
    return project / "graph" / "things" / "companies.trig"


def test_a_fresh_build_is_up_to_date(cli: Cli, built: Path) -> None:
    run = cli("status", "--project", built)
    assert (run.code, "Up to date." in run.out) == (0, True)
    assert "À jour." in cli("status", "--lang", "fr", "--project", built).out


def test_what_changed_is_named_file_by_file(cli: Cli, project: Path) -> None:
    edit(companies(project), *NVIDIA)
    article(project).unlink()
    (project / "queries" / "deals" / "new.rq").write_text("", encoding="utf-8")
    run = cli("status", "--project", project, "--format", "json")
    assert run.code == 1
    told = json.loads(run.out)
    assert told["up_to_date"] is False
    name = article(ROOT).relative_to(ROOT).as_posix()
    assert told["changes"] == [
        {"file": name, "part": "graph/articles", "how": "gone"},
        {"file": "graph/things/companies.trig", "part": "graph/things", "how": "changed"},
        {"file": "queries/deals/new.rq", "part": "queries", "how": "new"},
    ]
    text = cli("status", "--project", project)
    assert "Run: dealgraph build" in text.out
    assert "changed   graph/things/companies.trig" in text.out


def test_another_program_is_out_of_date(cli: Cli, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "program", lambda: "another")
    run = cli("status", "--project", built)
    assert (run.code, "which is not this one" in run.out) == (1, True)


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("CURRENT", None, "no snapshot has been built yet"),
        ("CURRENT", "cut sho", "the snapshot is damaged"),
        ("snapshots/{}/manifest.json", '{"layout": 1}', "layout 1"),
        ("snapshots/{}/inputs.json", "{", "the snapshot is damaged"),
    ],
)
def test_a_snapshot_that_cannot_answer_is_out_of_date(
    cli: Cli, project: Path, file: str, content: str | None, says: str
) -> None:
    state = project / ".dealgraph"
    path = state / file.format(snapshot.pointer(state).answers)
    if content is None:
        path.unlink()
    else:
        path.write_text(content, encoding="utf-8")
    run = cli("status", "--project", project)
    assert (run.code, says in run.err) == (1, True), run
    assert "Run: dealgraph build" in run.out


def test_a_damaged_store_is_built_anew_and_that_is_said(cli: Cli, project: Path) -> None:
    state = project / ".dealgraph"
    listed = next((snapshot.current(state) / "store").glob("MANIFEST-*"))
    os.truncate(listed, listed.stat().st_size // 2)
    before = cli("ask", "deals/stakes", "--project", project)
    assert before.code == 0
    assert "stake-meta-scale-ai" in before.out
    assert "the snapshot is damaged. It is built anew." in before.err


def test_snapshots_are_listed_and_gone_back_to_until_the_next_build(cli: Cli, project: Path) -> None:
    first = snapshot.pointer(project / ".dealgraph").answers
    edit(companies(project), *NVIDIA)
    assert cli("build", "--no-check", "--keep", "3", "--project", project).code == 0
    told = json.loads(cli("snapshots", "--format", "json", "--project", project).out)
    second = told[0]["name"]
    assert [(one["name"], one["answers"]) for one in told] == [(second, True), (first, False)]
    assert told[0]["manifest"]["counts"]["articles"] == 2
    back = cli("rollback", "--project", project)
    assert (back.code, f"{first} answers instead of {second}" in back.err) == (0, True)
    told_status = cli("status", "--project", project)
    assert told_status.code == 1
    assert f"rolled back to; {second} is newer" in told_status.out
    assert f"● {first}" in cli("snapshots", "--project", project).out
    assert "répond" in cli("snapshots", "--lang", "fr", "--project", project).out
    assert cli("build", "--no-check", "--project", project).code == 0
    assert snapshot.pointer(project / ".dealgraph") == snapshot.Pointer(second, (second, first), 3)
    assert cli("status", "--project", project).code == 0


def test_another_number_to_keep_holds_at_once_even_if_nothing_is_built(cli: Cli, project: Path) -> None:
    edit(companies(project), *NVIDIA)
    cli("build", "--no-check", "--project", project)
    assert "Up to date" in cli("build", "--no-check", "--keep", "1", "--project", project).err
    assert len(list((project / ".dealgraph" / "snapshots").iterdir())) == 1
    assert cli("rollback", "--project", project).code == 18
    assert cli("rollback", "zzz", "--project", project).code == 16
    assert cli("build", "--keep", "0", "--project", project).code == 2


def test_a_build_that_has_nothing_to_do_clears_away_what_a_killed_one_left(cli: Cli, project: Path) -> None:
    draft = project / ".dealgraph" / "snapshots" / "draft"
    shutil.copytree(snapshot.current(project / ".dealgraph"), draft)
    assert "Up to date" in cli("build", "--no-check", "--project", project).err
    assert not draft.exists()


def test_a_part_of_the_articles_is_up_to_date_but_not_the_whole(cli: Cli, project: Path) -> None:
    assert cli("build", "--no-check", "--as-of", "2025-06-14", "--project", project).code == 0
    run = cli("status", "--project", project)
    assert run.code == 0
    assert "all articles up to 2025-06-14" in run.out
    assert "For what all articles say, run: dealgraph build" in run.out


def test_a_project_with_the_ontology_of_the_program_counts_it_as_ontology(tmp_path: Path) -> None:
    (tmp_path / "graph" / "articles").mkdir(parents=True)
    found = status.status(open_project(tmp_path))
    assert set(found.files) == {"ontology", "queries"}
    assert found.problem == "no snapshot has been built yet"


def test_a_byte_that_has_changed_is_found_by_status_and_mended_by_a_build(cli: Cli, project: Path) -> None:
    state = project / ".dealgraph"
    for table in (snapshot.current(state) / "store").glob("*.sst"):
        content = bytearray(table.read_bytes())
        if len(content) < 100_000:
            continue
        for place in range(2000, len(content) - 15_000, 3000):  # not where it is read when it is opened
            content[place] ^= 0xFF
        table.write_bytes(content)
    run = cli("status", "--project", project)
    assert (run.code, "the snapshot is damaged" in run.err) == (1, True)
    assert "damaged" in cli("snapshots", "--project", project).out
    asked = cli("ask", "deals/stakes", "--project", project)
    assert (asked.code, "the snapshot is damaged" in asked.err) == (18, True)
    assert "Traceback" not in asked.err
    assert "Built" in cli("build", "--no-check", "--project", project).err
    assert cli("status", "--project", project).code == 0
    assert "stake-meta-scale-ai" in cli("ask", "deals/stakes", "--project", project).out

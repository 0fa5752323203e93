"""Whether files have changed since a snapshot is told by names and times, and then by contents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from command_line import Cli
from dealgraph import sources
from dealgraph.settings import open_project

STALE = "The files have changed since this snapshot was built"


def test_only_what_was_written_later_touches_a_project(project: Path) -> None:
    opened = open_project(project)
    latest = max(path.stat().st_mtime for path in project.rglob("*"))
    assert not sources.is_touched_since(opened, latest)
    article = next((project / "graph" / "articles").rglob("*.trig"))
    os.utime(article, (latest + 5, latest + 5))
    assert sources.is_touched_since(opened, latest)
    assert not sources.is_touched_since(opened, latest + 5)


@pytest.mark.parametrize("how", ["changed", "gone", "new", "touched"])
def test_a_question_says_that_files_have_changed_if_and_only_if_they_have(
    cli: Cli, project: Path, how: str
) -> None:
    assert cli("build", "--no-check", "--project", project).code == 0
    article = next((project / "graph" / "articles").rglob("*.trig"))
    if how == "changed":
        article.write_text(article.read_text(encoding="utf-8") + "\n# seen again\n", encoding="utf-8")
    elif how == "gone":
        article.unlink()
    elif how == "new":
        (article.parent / "more.trig").write_text("", encoding="utf-8")
    else:
        os.utime(article)
    run = cli("ask", "deals/stakes", "--project", project)
    assert (STALE in run.err) == (how != "touched")

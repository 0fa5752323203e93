"""`dealgraph link review` in a real terminal: keys, undo, Ctrl-C, and what is in the file after each."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest
from link_things import CIK, DATA

from dealgraph.cli import reviewing as terminal_of
from dealgraph.mapping import Judgement, MappingSet, read

OUTSIDE = ("DEALGRAPH_PROJECT", "DEALGRAPH_STATE", "DEALGRAPH_DATA")


@pytest.fixture
def project(unjudged: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(unjudged, tmp_path / "project"))


@contextmanager
def reviewing(project: Path, *words: str) -> Iterator[pexpect.spawn[str]]:
    """A review of Meta against the extract of the SEC, in a terminal of its own."""
    command = ["-m", "dealgraph", "link", "review", "Meta", "--against", "sec", "--data", str(DATA)]
    command += ["--project", str(project), "--lang", "en", "--author", "A. Curator", *words]
    environment = {k: v for k, v in os.environ.items() if k not in OUTSIDE} | {
        "COLUMNS": "160",
        "TERM": "dumb",
    }
    terminal = pexpect.spawn(
        sys.executable,
        command,
        cwd=str(project),
        env=environment,
        timeout=60,
        encoding="utf-8",
        dimensions=(50, 160),
        preexec_fn=_hearing_ctrl_c,
    )
    try:
        yield terminal
    finally:
        terminal.close(force=True)


def decided(project: Path) -> dict[str, Judgement]:
    """What the file says, by the number of the company."""
    path = project / "graph" / "mappings" / "sec.sssom.tsv"
    found = read(path) if path.exists() else MappingSet({})
    return {m.object.removeprefix(CIK): m.judgement for m in found.mappings}


def _hearing_ctrl_c() -> None:
    """As a terminal starts a command: tests that run in the background have been told to ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def shown(terminal: pexpect.spawn[str], label: str) -> None:
    """Wait until a candidate is shown and a key can be pressed."""
    terminal.expect_exact(label)
    terminal.expect("a accept")


def ended(terminal: pexpect.spawn[str]) -> int | None:
    terminal.expect(pexpect.EOF)
    terminal.close()
    status = terminal.exitstatus
    return int(status) if status is not None else None


META, MATERIALS, DATA_LTD = "0001326801", "0001431959", "0001722380"


def test_each_key_is_in_the_file_before_the_next_pair_and_undo_takes_it_out(project: Path) -> None:
    with reviewing(project) as terminal:
        shown(terminal, "Meta Platforms, Inc.")
        terminal.send("u")
        shown(terminal, "META MATERIALS INC.")
        assert decided(project) == {META: Judgement.UNSURE}
        terminal.send("r")
        shown(terminal, "Meta Data Ltd")
        assert decided(project) == {META: Judgement.UNSURE, MATERIALS: Judgement.NOT}
        terminal.send("z")
        shown(terminal, "META MATERIALS INC.")
        assert decided(project) == {META: Judgement.UNSURE}
        terminal.send("z")
        shown(terminal, "Meta Platforms, Inc.")
        assert decided(project) == {}
        terminal.send("z")
        terminal.expect_exact("nothing to undo")
        shown(terminal, "Meta Platforms, Inc.")
        terminal.send("a")
        terminal.expect_exact("Nothing is left to decide.")
        assert decided(project) == {META: Judgement.MATCH}
        terminal.send("q")
        terminal.expect_exact("Decided: 1 the same, 0 not the same, 0 unsure.")
        assert ended(terminal) == 0


def test_thing_and_candidate_stand_side_by_side_with_what_speaks_for_and_against(project: Path) -> None:
    with reviewing(project) as terminal:
        terminal.expect_exact("ours")
        terminal.expect_exact("candidate")
        terminal.expect_exact("other name agrees: Meta Platforms / Meta Platforms, Inc.")
        terminal.expect("a accept")
        terminal.send("q")
        assert ended(terminal) == 0
    assert decided(project) == {}


def test_a_skipped_pair_and_an_unknown_key_write_nothing(project: Path) -> None:
    with reviewing(project) as terminal:
        shown(terminal, "Meta Platforms, Inc.")
        terminal.send("x")
        shown(terminal, "Meta Platforms, Inc.")
        terminal.send("s")
        shown(terminal, "META MATERIALS INC.")
        terminal.send("q")
        assert ended(terminal) == 0
    assert decided(project) == {}


def test_ctrl_c_keeps_what_was_decided_and_says_so(project: Path) -> None:
    with reviewing(project) as terminal:
        shown(terminal, "Meta Platforms, Inc.")
        terminal.send("u")
        shown(terminal, "META MATERIALS INC.")
        terminal.sendintr()
        terminal.expect_exact("What was decided is kept")
        assert ended(terminal) == 130
    assert decided(project) == {META: Judgement.UNSURE}


def test_ctrl_c_that_came_just_before_the_wait_for_a_key_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    keys, typed = os.pipe()  # nobody types
    before = signal.signal(signal.SIGINT, lambda *_: None)  # as if it had been heard, and lost on the way
    try:
        with os.fdopen(keys) as nothing, terminal_of._interruptions() as interrupted:
            monkeypatch.setattr(sys, "stdin", nothing)
            signal.raise_signal(signal.SIGINT)
            with pytest.raises(KeyboardInterrupt):
                terminal_of._key(interrupted)
    finally:
        signal.signal(signal.SIGINT, before)
        os.close(typed)


def test_a_review_that_is_killed_loses_nothing_and_goes_on_where_it_was(project: Path) -> None:
    with reviewing(project) as terminal:
        shown(terminal, "Meta Platforms, Inc.")
        terminal.send("u")
        shown(terminal, "META MATERIALS INC.")
        terminal.kill(signal.SIGKILL)
        ended(terminal)
    assert decided(project) == {META: Judgement.UNSURE}
    with reviewing(project) as terminal:
        shown(terminal, "META MATERIALS INC.")
        terminal.send("r")
        shown(terminal, "Meta Data Ltd")
        terminal.send("q")
        assert ended(terminal) == 0
    assert decided(project) == {META: Judgement.UNSURE, MATERIALS: Judgement.NOT}


def test_without_a_terminal_there_is_no_review(project: Path) -> None:
    command = [sys.executable, "-m", "dealgraph", "link", "review", "Meta", "--against", "sec"]
    done = subprocess.run(
        [*command, "--project", str(project)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
    assert "Traceback" not in done.stderr

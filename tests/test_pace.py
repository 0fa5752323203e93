"""How long a job takes is told by how long it took, and nothing is told that is not known."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from dealgraph.cli import context
from dealgraph.cli.pacing import SAY, Shown, told
from dealgraph.pace import MOST_REMEMBERED, Pace, Run, remember, remembered
from dealgraph.settings import Project

BUILD = Run(10, (("read", 4.0), ("check", 6.0), ("write", 2.0)))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def pace_at(clock: Clock, size: int, *before: Run, after: int = 0) -> Pace:
    return Pace(size, before, after, clock=clock)


def test_what_is_left_are_the_steps_to_come_and_the_rest_of_this_one() -> None:
    clock = Clock()
    pace = pace_at(clock, 10, BUILD)
    assert pace.left() is None
    pace.enter("read")
    assert pace.left() == pytest.approx(12)
    clock.now += 3
    assert pace.left() == pytest.approx(9)
    pace.enter("check")
    assert pace.left() == pytest.approx(8)


def test_twice_as_much_takes_twice_as_long_and_parts_to_come_count() -> None:
    pace = pace_at(Clock(), 20, BUILD, after=2)
    pace.enter("read")
    assert pace.left() == pytest.approx(24 * 3)


def test_a_run_that_took_another_way_is_not_gone_by() -> None:
    pace = pace_at(Clock(), 10, BUILD, Run(10, (("read", 1.0), ("admit", 1.0))))
    pace.enter("read")
    assert pace.left() == pytest.approx(12)
    pace.enter("admit")
    assert pace.left() == pytest.approx(1)
    pace.enter("derive")
    assert pace.left() is None


def test_what_takes_longer_than_it_did_is_said_to() -> None:
    clock = Clock()
    pace = pace_at(clock, 10, BUILD)
    pace.enter("read")
    clock.now += 13
    assert (pace.left() or 0) < 0
    assert Shown(pace, "fr", step="read").text() == "lecture des fichiers… plus long que la dernière fois"


def test_a_run_is_remembered_with_its_steps(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "cache" / "pace.json"
    pace = pace_at(clock, 3)
    for name, took in (("read", 1.5), ("write", 2.25)):
        pace.enter(name)
        clock.now += took
    remember(path, "build", pace.ended())
    assert remembered(path, "build") == (Run(3, (("read", 1.5), ("write", 2.25))),)
    assert remembered(path, "add") == ()


def test_a_job_without_a_step_is_a_run_without_one() -> None:
    assert pace_at(Clock(), 3).ended() == Run(3, ())


def test_the_last_run_of_each_way_is_remembered_and_not_more_than_a_few(tmp_path: Path) -> None:
    path = tmp_path / "pace.json"
    remember(path, "build", BUILD)
    for number in range(MOST_REMEMBERED + 2):
        remember(path, "build", Run(number + 1, (("read", 1.0), (f"{number}", 1.0))))
    remember(path, "build", Run(99, (("read", 5.0), ("5", 5.0))))
    found = remembered(path, "build")
    assert len(found) == MOST_REMEMBERED
    assert found[0].size == 99
    assert len({run.names for run in found}) == MOST_REMEMBERED


def test_a_run_with_nothing_to_do_is_none_to_go_by(tmp_path: Path) -> None:
    remember(tmp_path / "pace.json", "add", Run(1, (("read", 0.1),)))
    assert remembered(tmp_path / "pace.json", "add") == ()


@pytest.mark.parametrize("text", ["", "[]", '{"build": 3}', '{"build": [{"size": "x"}]}', '{"build": [1]}'])
def test_a_file_that_cannot_be_read_tells_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pace.json"
    path.write_text(text, encoding="utf-8")
    assert remembered(path, "build") == ()
    remember(path, "build", BUILD)
    assert remembered(path, "build") == (BUILD,)


@pytest.mark.parametrize(
    ("seconds", "english"),
    [(0.2, "about 1 s left"), (7.4, "about 7 s left"), (23, "about 25 s left"), (300, "about 5 min left")],
)
def test_an_estimate_is_told_in_round_numbers(seconds: float, english: str) -> None:
    assert told(seconds, "en") == english


def test_both_languages_say_the_same_things() -> None:
    assert SAY["en"].keys() == SAY["fr"].keys()


@pytest.mark.parametrize("is_terminal", [True, False])
def test_the_estimate_is_shown_on_a_terminal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_terminal: bool
) -> None:
    project = Project(tmp_path, tmp_path / "graph", tmp_path, tmp_path, tmp_path / "state")
    remember(tmp_path / "state" / "cache" / "pace.json", "add", BUILD)
    written = io.StringIO()
    console = Console(file=written, force_terminal=is_terminal, width=80, _environ={"TERM": "xterm"})
    monkeypatch.setattr(context, "notices", console)
    with context.progress(project, "add", size=10, part=(2, 3), language="en") as step:
        step("read")
        console.print("seen")  # draws the line anew
    assert ("reading the files (2 of 3)… about 25 s left" in written.getvalue()) is is_terminal

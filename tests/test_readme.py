"""The README promises commands and what they print: each is run, and each line shown must come out."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from command_line import Cli
from dealgraph import errors
from dealgraph.build import build
from dealgraph.settings import open_project

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def examples() -> list[tuple[str, list[str]]]:
    """Every `$ command` of the README, with the lines shown below it."""
    found: list[tuple[str, list[str]]] = []
    for block in CONSOLE.findall(README):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line != "…":
                found[-1][1].append(line)
    return found


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the snapshot is, made before any command: each may be the first that a worker runs."""
    folder = tmp_path_factory.mktemp("state")
    build(replace(open_project(ROOT), state=folder))
    return folder


@pytest.fixture
def environment(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALGRAPH_STATE", str(state))
    monkeypatch.setenv("DEALGRAPH_PROJECT", str(ROOT))


def assert_shown(printed: str, shown: list[str]) -> None:
    lines = [line.rstrip() for line in printed.splitlines()]
    for line in shown:
        assert any(out.startswith(line.rstrip()) for out in lines), f"{line!r} is not printed"


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(("command", "shown"), examples(), ids=lambda value: str(value)[:40])
def test_a_command_of_the_readme_runs_and_prints_what_is_shown(
    cli: Cli, command: str, shown: list[str]
) -> None:
    program, *words = shlex.split(command)
    assert program == "dealgraph"
    run = cli(*words, columns=120)
    assert run.code == 0, run.err
    assert_shown(run.out, shown)


@pytest.mark.usefixtures("environment")
def test_the_first_command_of_the_readme_prints_the_same_in_a_process_of_its_own() -> None:
    command, shown = examples()[0]
    run = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        env=os.environ | {"COLUMNS": "120"},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert_shown(run.stdout, shown)


def test_the_readme_lists_every_exit_code() -> None:
    section = README.split("## Exit codes")[1].split("##")[0]
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)}
    used = {
        e.exit_code
        for e in vars(errors).values()
        if isinstance(e, type) and issubclass(e, errors.DealgraphError)
    }
    assert listed == used | {0}


def test_the_readme_names_every_command() -> None:
    from dealgraph.cli.app import COMMANDS

    assert {n for n in COMMANDS if f"dealgraph {n}" not in README} == set()

"""The README promises commands and what they print: each is run, and each line shown must come out."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dealgraph import errors

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
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return os.environ | {
        "COLUMNS": "120",
        "DEALGRAPH_STATE": str(tmp_path_factory.mktemp("state")),
        "DEALGRAPH_PROJECT": str(ROOT),
    }


@pytest.mark.parametrize(("command", "shown"), examples(), ids=lambda value: str(value)[:40])
def test_a_command_of_the_readme_runs_and_prints_what_is_shown(
    command: str, shown: list[str], environment: dict[str, str]
) -> None:
    program, *words = shlex.split(command)
    assert program == "dealgraph"
    run = subprocess.run(
        [sys.executable, "-m", "dealgraph", *words],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    printed = [line.rstrip() for line in run.stdout.splitlines()]
    for line in shown:
        assert any(out.startswith(line.rstrip()) for out in printed), f"{line!r} is not printed"


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

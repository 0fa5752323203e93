"""The program has every command, and imports only the one that it is called with."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer

from dealgraph.cli.app import COMMANDS, program


def names(made: typer.Typer) -> set[str]:
    commands = {
        each.name or str(each.callback.__name__) for each in made.registered_commands if each.callback
    }
    return commands | {str(group.name) for group in made.registered_groups}


def test_without_a_command_the_program_has_all_of_them() -> None:
    assert names(program()) == set(COMMANDS)
    assert names(program(["--lang", "en", "ask"])) == set(COMMANDS)
    assert names(program(["aks"])) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_comes_alone(name: str) -> None:
    assert names(program([name, "--help"])) == {name}


def test_a_command_does_not_import_the_others() -> None:
    script = """import sys
from dealgraph.cli.app import program
program(["ask"])
print(*sorted(name for name in sys.modules if name.startswith("dealgraph.cli.")))"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "dealgraph.cli.questions" in loaded
    assert not loaded & {f"dealgraph.cli.{name}" for name in ("author", "changing", "serving", "why")}

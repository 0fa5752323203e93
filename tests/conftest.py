"""What every test can rely on: no clock, no project chosen from outside; and a project to work on."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings

import shared
from command_line import Cli, Run
from dealgraph.build import build
from dealgraph.cli import main
from dealgraph.desk import Desk, open_desk
from dealgraph.settings import PROJECT_VARIABLE, STATE_VARIABLE, open_project
from tiny import ROOT

# How long an example takes says more about the machine and its first import than about the code.
# Forty examples of each property keep the whole short.
settings.register_profile("dealgraph", deadline=None, max_examples=40)
settings.load_profile("dealgraph")

PARTS = ("graph", "ontology", "queries")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shared.begin()
    shared.hermit_is_asked_once()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shared.end()


@pytest.fixture(autouse=True)
def no_project_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PROJECT_VARIABLE, raising=False)
    monkeypatch.delenv(STATE_VARIABLE, raising=False)


@pytest.fixture(scope="session")
def pristine() -> Path:
    """The project with a snapshot that was checked, made once in a run; copy it, and use the copy."""

    def make(folder: Path) -> None:
        for part in PARTS:
            shutil.copytree(ROOT / part, folder / part)
        build(open_project(folder))

    return shared.once("project", make)


@pytest.fixture(scope="session")
def built(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a snapshot, which no test changes."""
    return Path(shutil.copytree(pristine, tmp_path_factory.mktemp("built") / "project"))


@pytest.fixture(scope="session")
def unjudged(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which no thing is judged to be any outside entity, which no test changes."""
    folder = Path(shutil.copytree(built, tmp_path_factory.mktemp("unjudged") / "project"))
    shutil.rmtree(folder / "graph" / "mappings")
    return folder


@pytest.fixture
def project(pristine: Path, tmp_path: Path) -> Path:
    """A copy that a test may change, with a snapshot that was checked."""
    return Path(shutil.copytree(pristine, tmp_path / "project"))


@pytest.fixture(scope="session")
def desk(built: Path) -> Desk:
    """The snapshot of the built copy, open to answer from."""
    return open_desk(open_project(built))


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Call the program in this process, on a terminal of `columns`."""

    def call(*words: str | Path, columns: int = 140) -> Run:
        monkeypatch.setattr(sys, "argv", ["dealgraph", *map(str, words)])
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("LANG", "en_GB.UTF-8")
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capfd.readouterr()
        return Run(code, captured.out, captured.err)

    return call

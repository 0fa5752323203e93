"""What is shipped works where it lands: the wheel carries the project and answers outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT_FOLDERS = ("graph", "ontology", "queries")

pytest.importorskip(
    "hatchling",
    reason="NOT TESTED: whether the wheel holds the project. hatchling is missing: pip install -e '.[dev]'",
)


def run(*command: str, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run Python to its end and return what it printed; fail with its own words."""
    done = subprocess.run(
        [sys.executable, *command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (
        f"{' '.join(command)} ended with {done.returncode}\n{done.stdout}{done.stderr}"
    )
    return done.stdout


def project_files() -> set[str]:
    """The files of this checkout's project folders, by their path in the checkout."""
    return {
        path.relative_to(ROOT).as_posix()
        for folder in PROJECT_FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def pip(*words: str, cwd: Path) -> None:
    """Run pip on files of this machine only."""
    command, *rest = words
    run("-m", "pip", command, "--quiet", "--no-index", "--no-deps", *rest, cwd=cwd)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT), cwd=folder)
    (built,) = folder.glob("dealgraph-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--target", str(folder), str(wheel), cwd=folder)
    return folder


@pytest.fixture
def elsewhere(installed: Path, tmp_path: Path) -> dict[str, str]:
    """An environment that finds the installed copy first and keeps caches in a folder of the test."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DEALGRAPH_")}
    return inherited | {"PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def test_the_wheel_carries_exactly_the_project_folders(wheel: Path) -> None:
    expected = project_files()
    assert {name.split("/")[0] for name in expected} == set(PROJECT_FOLDERS)
    prefix = "dealgraph/project/"
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.removeprefix(prefix) for name in names if name.startswith(prefix)} == expected


def test_the_wheel_carries_every_module_the_licence_and_nothing_of_the_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert package | {"dealgraph/py.typed"} <= names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"dealgraph"}


def test_the_source_archive_carries_everything(tmp_path: Path) -> None:
    run("-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path), cwd=ROOT)
    (archive,) = tmp_path.glob("dealgraph-*.tar.gz")
    with tarfile.open(archive) as source:
        names = {name.partition("/")[2] for name in source.getnames()}
    house = {
        "pyproject.toml",
        "constraints.txt",
        "Makefile",
        "LICENSE",
        "README.md",
        "CONTRIBUTING.md",
        ".ci/run",
    }
    tests = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")}
    assert house | tests | project_files() <= names


def test_the_installed_wheel_answers_outside_the_checkout(
    installed: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    where = tmp_path / "cwd"
    where.mkdir()
    shipped = {path for path in installed.rglob("*") if "__pycache__" not in path.parts}

    found = run("-c", "import dealgraph; print(dealgraph.__file__)", cwd=where, env=elsewhere)
    assert Path(found.strip()).is_relative_to(installed)
    answer = run("-m", "dealgraph", "sparql", "ASK {?s ?p ?o}", cwd=where, env=elsewhere)

    assert "true" in answer.lower()
    assert list((tmp_path / "cache").rglob("*")), "the snapshot went somewhere else than the cache folder"
    assert {path for path in installed.rglob("*") if "__pycache__" not in path.parts} == shipped
    assert list(where.iterdir()) == []

"""A project in which nothing is judged yet, for the tests of `dealgraph link`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tiny import ROOT


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project without judgements, with a snapshot, which no test changes."""
    folder = tmp_path_factory.mktemp("link")
    for part in ("graph", "ontology", "queries"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.rmtree(folder / "graph" / "mappings", ignore_errors=True)
    build = [sys.executable, "-m", "dealgraph", "build", "--no-check", "--project", str(folder)]
    subprocess.run(build, check=True, timeout=120, capture_output=True)
    return folder


@pytest.fixture
def judged_by_nobody(built: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "project"))

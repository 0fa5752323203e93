"""The program as a test calls it: words in, exit code and what is printed out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """What a call of the program gave."""

    code: int
    out: str
    err: str


Cli = Callable[..., Run]


def article(project: Path) -> Path:
    return next((project / "graph" / "articles").rglob("abcbourse-*.trig"))


def edit(path: Path, old: str, new: str) -> int:
    """Replace one piece of a file; returns the line it stands on."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1

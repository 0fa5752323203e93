"""What is worked out once in a whole run of the tests, however many processes the run has."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from dealgraph.hermit import asking, find_java, process

_FOLDER = "DEALGRAPH_TESTS_SHARED"


def begin() -> None:
    """Make the folder of a run; the processes that it starts find the same one."""
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix="dealgraph-tests-")


def end() -> None:
    """Remove the folder of a run."""
    shutil.rmtree(os.environ.pop(_FOLDER), ignore_errors=True)


def once(name: str, make: Callable[[Path], object]) -> Path:
    """Where `make` has written something; reach for it where that takes seconds and every process needs it.

    The first to ask makes it, the others wait. Nobody may change it: copy it to where it can be changed.
    """
    path = Path(os.environ[_FOLDER]) / name
    with _alone(path):
        if not path.exists():
            draft = path.with_name(f"{name}.draft")
            shutil.rmtree(draft, ignore_errors=True)
            make(draft)
            draft.rename(path)
    return path


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def hermit_is_asked_once() -> None:
    """Have HermiT's answer to the same file and the same questions kept for the run: each starts a JVM.

    So does each search for a Java. What is about HermiT itself must ask it: `asking_hermit_itself`.
    """
    patch = pytest.MonkeyPatch()
    patch.setattr(asking, "run", _kept_answer)
    patch.setattr(asking, "find_java", cache(find_java))


@contextlib.contextmanager
def asking_hermit_itself() -> Iterator[None]:
    """Ask HermiT every time, as the program does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "run", process.run)
        patch.setattr(asking, "find_java", find_java)
        yield


def _kept_answer(
    java: Path,
    ontology: Path,
    *,
    time_limit: float,
    memory_mb: int,
    questions: tuple[str, ...] = process.EVERYTHING,
) -> str | None:
    asked = json.dumps([str(java), time_limit, memory_mb, questions]).encode()

    def ask(draft: Path) -> None:
        printed = process.run(java, ontology, time_limit=time_limit, memory_mb=memory_mb, questions=questions)
        draft.write_text(json.dumps(printed), encoding="utf-8")

    digest = hashlib.sha256(asked + ontology.read_bytes()).hexdigest()
    answer: str | None = json.loads(once(f"hermit-{digest}", ask).read_text(encoding="utf-8"))
    return answer

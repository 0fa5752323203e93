"""Snapshots: Oxigraph directories written whole, then swapped in.

A snapshot is a folder `snapshots/<name>/` with the store and a manifest. The file `CURRENT` names
the one that answers; it is replaced in one step, so that a reader sees the old snapshot or the new
one and never something between. One writer at a time: the operating system holds the lock and
lets go of it when the writer ends, in whatever way.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, Store

from dealgraph.errors import NoSnapshot, OtherVersion, SnapshotUnwritable

LAYOUT: Final = 2
"""Raised by one whenever what is stored changes its meaning, so that an old snapshot is never misread."""

_REBUILD: Final = "Run: dealgraph build"


@dataclass(frozen=True)
class Manifest:
    """What a snapshot was made from and holds: the same inputs give the same manifest.

    `as_of` is the latest day of publication that counts, as ISO 8601, `only_from` the articles that count;
    empty where all do.
    """

    layout: int
    program: str
    inputs: str
    content: str
    counts: dict[str, int]
    as_of: str = ""
    only_from: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether all that the files say counts."""
        return not self.as_of and not self.only_from


def current(state: Path) -> Path:
    """Return the folder of the snapshot that answers.

    Raises `NoSnapshot` where none has been built, `OtherVersion` where it was written by a version
    of the program that stores things differently.
    """
    try:
        folder = state / "snapshots" / (state / "CURRENT").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise NoSnapshot("no snapshot has been built yet", where=str(state), fix=_REBUILD) from None
    except (OSError, UnicodeDecodeError):
        raise NoSnapshot("the snapshot is damaged", where=str(state / "CURRENT"), fix=_REBUILD) from None
    manifest(folder)
    return folder


def manifest(folder: Path) -> Manifest:
    """Read the manifest of a snapshot.

    Raises `NoSnapshot` if it is missing or damaged, `OtherVersion` if it has another layout, whatever
    else that layout may write into a manifest.
    """
    try:
        found = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if found["layout"] == LAYOUT:
            return Manifest(**{**found, "only_from": tuple(found["only_from"])})
    except (OSError, ValueError, TypeError, KeyError):
        raise NoSnapshot("the snapshot is damaged", where=str(folder), fix=_REBUILD) from None
    raise OtherVersion(
        f"the snapshot has layout {found['layout']}, this program reads layout {LAYOUT}",
        where=str(folder),
        fix=_REBUILD,
    )


def open_store(state: Path) -> Store:
    """Open the current snapshot for reading; it does not change while it is open."""
    folder = current(state)
    try:
        return Store.read_only(str(folder / "store"))
    except (OSError, RuntimeError) as error:
        raise NoSnapshot(
            f"the snapshot cannot be opened ({error})", where=str(folder), fix=_REBUILD
        ) from None


@contextlib.contextmanager
def writing(state: Path) -> Iterator[None]:
    """Hold the right to write snapshots; raises `SnapshotUnwritable` if another process holds it."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock = (state / "lock").open("a+b", buffering=0)
    except OSError as error:
        raise _unwritable(state, error) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise SnapshotUnwritable(
                f"another process ({lock.read().decode().strip() or 'unknown'}) is writing a snapshot",
                where=str(state),
                fix="Wait until it has ended",
            ) from None
        try:
            lock.truncate(0)
            lock.write(f"pid {os.getpid()}".encode())
        except OSError as error:
            raise _unwritable(state, error) from None
        yield


def write(state: Path, quads: Iterable[Quad], described: Manifest) -> Path:
    """Write a snapshot whole, swap it in, and drop all but this one and the one before; returns its folder.

    Call it inside `writing`. Whatever stops it before the swap (no room, no rights, an interruption)
    leaves the previous snapshot answering.
    """
    draft = state / "snapshots" / "draft"
    previous = _named(state)
    try:
        folder, is_there = _place(state, described)
        if is_there:
            _swap_in(state, folder.name)
            return folder
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        _fill(draft / "store", quads)
        (draft / "manifest.json").write_text(
            json.dumps(asdict(described), indent=2, sort_keys=True) + "\n", "utf-8"
        )
        draft.replace(folder)
        _swap_in(state, folder.name)
    except OSError as error:
        raise _unwritable(state, error) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _drop_all_but(state, {previous, folder.name})
    return folder


def _named(state: Path) -> str:
    """The name of the snapshot that answers, or nothing."""
    try:
        return (state / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _place(state: Path, described: Manifest) -> tuple[Path, bool]:
    """Return the folder for a snapshot and whether a sound one with that content is already there."""
    stem = f"{described.inputs[:16]}-{described.content[:16]}"
    for attempt in itertools.count():
        folder = state / "snapshots" / (f"{stem}-{attempt}" if attempt else stem)
        if not folder.exists():
            return folder, False
        with contextlib.suppress(NoSnapshot, OtherVersion, OSError, RuntimeError):
            Store.read_only(str(folder / "store"))
            if manifest(folder) == described:
                return folder, True
    raise AssertionError("unreachable")  # count() has no end


def _fill(folder: Path, quads: Iterable[Quad]) -> None:
    store = Store(str(folder))
    try:
        store.bulk_extend(quads)
        store.flush()
    finally:
        del store  # a traceback that keeps this frame must not keep the store open and locked


def _swap_in(state: Path, name: str) -> None:
    pointer = state / "CURRENT.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(state / "CURRENT")


def _drop_all_but(state: Path, kept: set[str]) -> None:
    for folder in (state / "snapshots").iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _unwritable(state: Path, error: OSError) -> SnapshotUnwritable:
    return SnapshotUnwritable(
        f"the snapshot cannot be written ({error.strerror or error})",
        where=str(state),
        fix="Make room or give rights there, or set DEALGRAPH_STATE; the last one still answers",
    )

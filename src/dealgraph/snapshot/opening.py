"""Open the snapshot that answers, whole, while others may be swapping in the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Store

from dealgraph.errors import NoSnapshot, OtherVersion
from dealgraph.snapshot.manifests import REBUILD, Manifest, sound
from dealgraph.snapshot.pointing import pointer

T = TypeVar("T")


@dataclass(frozen=True)
class Opened:
    """A snapshot that is open for reading, with what it says of itself."""

    folder: Path
    manifest: Manifest
    store: Store


def current(state: Path) -> Path:
    """Return the folder of the snapshot that answers.

    Raises `NoSnapshot` where none has been built or it is not whole, `OtherVersion` where it was written by a
    version of the program that stores things differently.
    """
    return _answering(state, _whole)


def open_current(state: Path) -> Opened:
    """Open the current snapshot for reading; it does not change while it is open, whatever is swapped in.

    Raises what `current` raises, and `NoSnapshot` for a store that RocksDB finds damaged.
    """
    return _answering(state, _open)


def open_store(state: Path) -> Store:
    """Open the store of the current snapshot for reading, as `open_current` does."""
    return open_current(state).store


def _answering(state: Path, use: Callable[[Path], T]) -> T:
    """Use the snapshot that answers, and the next one if that takes over and the first is dropped meanwhile.

    What fails twice under one name was not dropped but is damaged.
    """
    before = ""
    while True:
        name = pointer(state).answers
        try:
            return use(state / "snapshots" / name)
        except (NoSnapshot, OtherVersion):
            if name == before:
                raise
            before = name


def _whole(folder: Path) -> Path:
    sound(folder)
    return folder


def _open(folder: Path) -> Opened:
    described = sound(folder)
    try:
        return Opened(folder, described, Store.read_only(str(folder / "store")))
    except (OSError, RuntimeError) as error:
        raise NoSnapshot(f"the snapshot cannot be opened ({error})", where=str(folder), fix=REBUILD) from None

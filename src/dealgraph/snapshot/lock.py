"""The right to write snapshots: one writer at a time, and none that outlives its process."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dealgraph.errors import SnapshotUnwritable
from dealgraph.snapshot.pointing import WORKSHOP, leftovers


@contextlib.contextmanager
def writing(state: Path) -> Iterator[None]:
    """Hold the right to write snapshots, and clear away what a writer that was killed has left behind.

    The lock is the operating system's: it ends with the process, however that ends, and the file that stays
    is not the lock. Raises `SnapshotUnwritable` if another process holds it, saying which.
    """
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock = (state / "lock").open("a+b", buffering=0)
    except OSError as error:
        raise unwritable(state, error) from None
    with lock:
        _take(lock, state)
        shutil.rmtree(state / WORKSHOP, ignore_errors=True)
        clear(state)
        yield


@contextlib.contextmanager
def place_to_work(state: Path) -> Iterator[Path]:
    """Have an empty folder for stores that change, under a name of its own; call it inside `writing`.

    A store that someone still holds open goes on removing files by their names: they must not be those of
    another store. The folder is gone at the end. Raises `SnapshotUnwritable`.
    """
    try:
        (state / WORKSHOP).mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=state / WORKSHOP))
    except OSError as error:
        raise unwritable(state, error) from None
    try:
        yield folder
    finally:
        shutil.rmtree(state / WORKSHOP, ignore_errors=True)


def sweep(state: Path) -> None:
    """Clear away what a writer that was killed has left behind, where one has and nobody is writing now."""
    if leftovers(state) or (state / WORKSHOP).exists():
        with contextlib.suppress(SnapshotUnwritable), writing(state):
            pass


def clear(state: Path) -> None:
    """Remove what no reader and no writer needs any more; call it inside `writing`."""
    for path in leftovers(state):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


def unwritable(state: Path, error: Exception) -> SnapshotUnwritable:
    """Return the error for a snapshot that the system will not let us write."""
    reason = error.strerror if isinstance(error, OSError) else None
    return SnapshotUnwritable(
        f"the snapshot cannot be written ({reason or error})",
        where=str(state),
        fix="Make room or give rights there, or set DEALGRAPH_STATE; the last one still answers",
    )


def _take(lock: BinaryIO, state: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        holder = lock.read().decode(errors="replace").strip() or "unknown"
        raise SnapshotUnwritable(
            f"another process ({holder}) is writing a snapshot",
            where=str(state),
            fix="Wait until it has ended",
        ) from None
    try:
        lock.truncate(0)
        lock.write(f"pid {os.getpid()}".encode())
    except OSError as error:
        raise unwritable(state, error) from None

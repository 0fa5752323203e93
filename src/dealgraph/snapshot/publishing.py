"""Write a snapshot whole beside the others, then swap it in."""

from __future__ import annotations

import contextlib
import itertools
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import Quad, Store

from dealgraph.errors import NoSnapshot, OtherVersion
from dealgraph.quads import put_all
from dealgraph.snapshot import durable
from dealgraph.snapshot.lock import clear, unwritable
from dealgraph.snapshot.manifests import Manifest, describe, sound, unspoilt
from dealgraph.snapshot.pointing import DRAFT, folders, point, pointer_or_guess

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def write(
    state: Path,
    quads: Iterable[Quad],
    described: Manifest,
    *,
    flat: Iterable[Quad] = (),
    made_from: Mapping[str, str] = _NOTHING,
    keep: int | None = None,
) -> Path:
    """Write a snapshot of these quads and swap it in; the rest is as for `publish`.

    `flat` is what shapes are checked on: what data and ontology say, each triple once.
    """

    def fill(folder: Path) -> None:
        """Write the quads into the folder of a snapshot."""
        fill_store(folder / "store", quads)
        fill_store(folder / "flat", flat)

    return publish(state, fill, described, made_from=made_from, keep=keep)


def publish(
    state: Path,
    fill: Callable[[Path], None],
    described: Manifest,
    *,
    made_from: Mapping[str, str] = _NOTHING,
    keep: int | None = None,
    like: Path | None = None,
) -> Path:
    """Have the stores written by `fill` into a folder of their own, and swap it in; returns the folder.

    `fill` closes the stores before it returns. `like` is a snapshot whose files the new one may share.
    `made_from` has the digest of each file of the project, `keep`
    says how many snapshots to keep from now on (none: as many as until now). Call it inside `writing`.
    Whatever stops it before the swap (no room, no rights, an interruption, a kill) leaves the previous
    snapshot answering. Raises `SnapshotUnwritable`.
    """
    draft = state / "snapshots" / DRAFT
    try:
        folder, is_there = _place(state, described)
        if not is_there:
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            fill(draft)
            describe(draft, described, made_from, like)
            # RocksDB forces out the tables of a bulk load, but not all of its own list of them.
            durable.sync_all(draft)
            durable.replace(draft, folder)
        _swap_in(state, folder.name, keep)
    except (OSError, RuntimeError) as error:
        raise unwritable(state, error) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    # Only now, with the new name on the disk: a power cut must not find the old pointer and no old snapshot.
    clear(state)
    return folder


def copy_stores(store: Store, flat: Store, folder: Path) -> None:
    """Copy the stores of a snapshot from the disk to a folder, whatever their size: files are linked."""
    store.backup(str(folder / "store"))
    flat.backup(str(folder / "flat"))


def is_sound(folder: Path) -> bool:
    """Tell whether a snapshot is there in its full size and in a layout of this program."""
    try:
        sound(folder)
    except (NoSnapshot, OtherVersion):
        return False
    return True


def _swap_in(state: Path, name: str, keep: int | None) -> None:
    before = pointer_or_guess(state)
    after = (before if keep is None else before.keeping(keep)).to(name)
    whole = {
        name,
        *(folder.name for folder in folders(state) if folder.name in after.kept and is_sound(folder)),
    }
    point(state, after.among(whole))


def _place(state: Path, described: Manifest) -> tuple[Path, bool]:
    """Return the folder for a snapshot and whether a sound one with that content is already there."""
    stem = f"{described.inputs[:16]}-{described.content[:16]}"
    for attempt in itertools.count():
        folder = state / "snapshots" / (f"{stem}-{attempt}" if attempt else stem)
        if not folder.exists():
            return folder, False
        with contextlib.suppress(NoSnapshot, OtherVersion):
            if unspoilt(folder) == described:
                return folder, True
    raise AssertionError("unreachable")  # count() has no end


def fill_store(folder: Path, quads: Iterable[Quad]) -> None:
    """Write quads into a new store in a folder."""
    store = Store(str(folder))
    try:
        put_all(store, quads)
        # Each part of the quads is a table of its own, and to look something up all were tried.
        store.optimize()
        store.flush()
    finally:
        del store  # a traceback that keeps this frame must not keep the store open and locked

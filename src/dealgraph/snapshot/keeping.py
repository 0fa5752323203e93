"""The snapshots that are kept: what each is, and how to go back to one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from dealgraph.errors import AmbiguousName, NoSnapshot, OtherVersion, UnknownName
from dealgraph.snapshot.lock import clear, unwritable
from dealgraph.snapshot.manifests import Manifest, manifest, unspoilt, written_at
from dealgraph.snapshot.pointing import Pointer, point, pointer


@dataclass(frozen=True)
class Kept:
    """One kept snapshot; `manifest` is missing where it cannot be read, and `problem` then says why.

    `built` is when it was written, in local time; `size` is what it takes on the disk, in bytes.
    """

    name: str
    answers: bool
    built: dt.datetime | None
    size: int
    manifest: Manifest | None
    problem: str = ""


def kept(state: Path) -> tuple[Kept, ...]:
    """Return the snapshots that are kept, the last swapped in first; raises what `pointer` raises."""
    now = pointer(state)
    return tuple(_looked_at(state / "snapshots" / name, name == now.answers) for name in now.kept)


def retain(state: Path, keep: int) -> None:
    """Keep another number of snapshots from now on, and drop those beyond; call it inside `writing`."""
    _point(state, pointer(state).keeping(keep))
    clear(state)


def roll_back(state: Path, name: str = "") -> tuple[str, str]:
    """Let the snapshot before the one that answers do so, or the one whose name begins like this.

    It answers until the next build. Call it inside `writing`. Returns the name of the one that answered and
    of the one that does now. Raises `UnknownName` and `AmbiguousName` for a name, `NoSnapshot` where there is
    none before or it is damaged, `OtherVersion` where this program cannot read it.
    """
    now = pointer(state)
    chosen = _named(now, name) if name else _before(state, now)
    folder = state / "snapshots" / chosen
    try:
        unspoilt(folder)
    except NoSnapshot as error:
        raise NoSnapshot(error.message, where=chosen, fix="See: dealgraph snapshots") from None
    _point(state, replace(now, answers=chosen))
    return now.answers, chosen


def _before(state: Path, now: Pointer) -> str:
    after_it = now.kept[now.kept.index(now.answers) + 1 :] if now.answers in now.kept else now.kept
    if not after_it:
        raise NoSnapshot(
            "there is no snapshot before the one that answers",
            where=str(state),
            fix="See: dealgraph snapshots",
        )
    return after_it[0]


def _named(now: Pointer, name: str) -> str:
    found = [name] if name in now.kept else [kept for kept in now.kept if kept.startswith(name)]
    if len(found) > 1:
        raise AmbiguousName(
            f"{len(found)} snapshots have a name that begins so", where=f"'{name}'", fix="Give more of it"
        )
    if not found:
        raise UnknownName("no snapshot has this name", where=f"'{name}'", fix="See: dealgraph snapshots")
    return found[0]


def _point(state: Path, to: Pointer) -> None:
    try:
        point(state, to)
    except OSError as error:
        raise unwritable(state, error) from None


def _looked_at(folder: Path, answers: bool) -> Kept:
    described = None
    try:
        described, problem = manifest(folder), ""
        unspoilt(folder)
    except NoSnapshot:
        problem = "damaged"
    except OtherVersion:
        problem = "of another version"
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Kept(folder.name, answers, written_at(folder), size, described, problem)

"""The file `CURRENT`: which snapshot answers, which are kept, and how many.

All three are in one file because one file can be replaced in one step: after a crash they fit each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from dealgraph.errors import NoSnapshot
from dealgraph.snapshot import durable
from dealgraph.snapshot.manifests import REBUILD

KEEP: Final = 2
"""How many snapshots are kept where nobody has said otherwise: the one that answers and the one before."""

DRAFT: Final = "draft"
WORKSHOP: Final = "workshop"
_NEW: Final = "CURRENT.new"


@dataclass(frozen=True)
class Pointer:
    """`answers` is the name of a snapshot, `kept` are all that are kept, the last swapped in first.

    `keep` is how many that may be. `answers` is not the first of them after a rollback.
    """

    answers: str
    kept: tuple[str, ...]
    keep: int = KEEP

    @property
    def rolled_back_from(self) -> str:
        """The snapshot that would answer had nobody rolled back, or nothing."""
        return self.kept[0] if self.kept and self.kept[0] != self.answers else ""

    def to(self, name: str) -> Pointer:
        """Swap in a snapshot that is written: it comes first, then the one that has answered until now."""
        names = tuple(dict.fromkeys([name, *([self.answers] if self.answers else []), *self.kept]))
        return replace(self, answers=name, kept=names[: self.keep])

    def keeping(self, number: int) -> Pointer:
        """Keep another number of snapshots, the one that answers in any case."""
        first = self.kept[:number]
        names = first if self.answers in first else (*self.kept[: number - 1], self.answers)
        return replace(self, kept=names, keep=number)

    def among(self, names: Iterable[str]) -> Pointer:
        """Forget the snapshots that are not among these."""
        there = frozenset(names)
        return replace(self, kept=tuple(name for name in self.kept if name in there))


def pointer(state: Path) -> Pointer:
    """Read which snapshot answers; raises `NoSnapshot` where none has been built, or the file is damaged."""
    place = state / "CURRENT"
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
        return Pointer(str(found["answers"]), tuple(map(str, found["kept"])), int(found["keep"]))
    except (FileNotFoundError, NotADirectoryError):
        raise NoSnapshot("no snapshot has been built yet", where=str(state), fix=REBUILD) from None
    except (OSError, ValueError, TypeError, KeyError):
        raise NoSnapshot("the snapshot is damaged", where=str(place), fix=REBUILD) from None


def stamp(state: Path) -> tuple[int, int] | None:
    """Return what differs as soon as another snapshot may answer; `None` where none has been built.

    Reach for it to notice that one has been swapped in: it costs one look at one file.
    """
    try:
        told = (state / "CURRENT").stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_ino


def pointer_or_guess(state: Path) -> Pointer:
    """Read which snapshot answers; where nothing says it, take all that are there as kept, newest first."""
    try:
        return pointer(state)
    except NoSnapshot:
        there = sorted(folders(state), key=lambda folder: folder.stat().st_mtime_ns, reverse=True)
        return Pointer("", tuple(folder.name for folder in there), max(KEEP, len(there)))


def point(state: Path, to: Pointer) -> None:
    """Swap in another pointer, in one step that survives a power cut."""
    durable.write_text(state / _NEW, json.dumps(asdict(to), indent=2) + "\n")
    durable.replace(state / _NEW, state / "CURRENT")


def folders(state: Path) -> tuple[Path, ...]:
    """Return the folders of snapshots that are there, whole or not, without the draft."""
    try:
        return tuple(f for f in sorted((state / "snapshots").iterdir()) if f.is_dir() and f.name != DRAFT)
    except (FileNotFoundError, NotADirectoryError):
        return ()


def leftovers(state: Path) -> tuple[Path, ...]:
    """Return what a writer that was killed has left behind: its draft, and snapshots that nothing names."""
    kept = pointer_or_guess(state).kept
    of_nobody = [folder for folder in folders(state) if folder.name not in kept]
    drafts = (state / "snapshots" / DRAFT, state / _NEW)
    return (*(path for path in drafts if path.exists()), *of_nobody)

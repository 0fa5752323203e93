"""What a snapshot says of itself: its manifest, and the digests of the files it was made from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

from dealgraph.errors import NoSnapshot, OtherVersion
from dealgraph.snapshot import durable

LAYOUT: Final = 5
"""Raised by one whenever what is stored changes its meaning, so that an old snapshot is never misread."""

REBUILD: Final = "Run: dealgraph build"
STORES: Final = ("store", "flat")
"""The parts of a snapshot: the store that answers, and what shapes are checked on."""

COUNTED: Final = ("articles", "facts", "inferred", "derived", "quads")
"""What a snapshot counts, in the order in which it is told."""

_MANIFEST: Final = "manifest.json"
_INPUTS: Final = "inputs.json"
_OF_NO_ACCOUNT: Final = ("LOCK", "LOG")
"""What RocksDB writes for people and for writers: no reader depends on it."""


@dataclass(frozen=True)
class Manifest:
    """What a snapshot was made from and holds: the same inputs give the same manifest.

    `as_of` is the latest day of publication that counts, as ISO 8601, `only_from` the articles that count;
    empty where all do. `checked` tells whether it was validated before it was written. `files` has the size
    in bytes and `digests` the SHA-256 of each file of the stores; they differ from one writing to the next,
    so that they do not count when two manifests are compared.
    """

    layout: int
    program: str
    inputs: str
    content: str
    counts: dict[str, int]
    as_of: str = ""
    only_from: tuple[str, ...] = ()
    checked: bool = True
    files: dict[str, int] = field(default_factory=dict, compare=False)
    digests: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def is_whole(self) -> bool:
        """Tell whether all that the files say counts."""
        return not self.as_of and not self.only_from


def manifest(folder: Path) -> Manifest:
    """Read the manifest of a snapshot.

    Raises `NoSnapshot` if it is missing or damaged, `OtherVersion` if it has another layout, whatever
    else that layout may write into a manifest.
    """
    try:
        found = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if found["layout"] == LAYOUT:
            counts = {name: found["counts"][name] for name in sorted(found["counts"], key=_place)}
            return Manifest(**{**found, "counts": counts, "only_from": tuple(found["only_from"])})
    except (OSError, ValueError, TypeError, KeyError):
        raise damaged(folder) from None
    raise OtherVersion(
        f"the snapshot has layout {found['layout']}, this program reads layout {LAYOUT}",
        where=str(folder),
        fix=REBUILD,
    )


def _place(name: str) -> tuple[bool, int | str]:
    """Where a count stands among the others: in the order of the way of the data, then by name."""
    return (False, COUNTED.index(name)) if name in COUNTED else (True, name)


def sound(folder: Path) -> Manifest:
    """Read the manifest of a snapshot and see that each file of its store is there in its full size.

    It costs one look at each name, whatever the size of the store, and is not left to RocksDB: that finds a
    changed byte, and any other file cut short, but takes a store whose own list of files is cut short for an
    empty one. Raises what `manifest` raises, and `NoSnapshot` for a store that is not whole.
    """
    described = manifest(folder)
    try:
        whole = described.files and described.files.items() <= sizes(folder).items()
    except (OSError, AttributeError):
        whole = False
    if not whole:
        raise damaged(folder)
    return described


def unspoilt(folder: Path) -> Manifest:
    """Read the manifest of a snapshot and every byte of its store, and see that none has changed.

    It takes as long as reading the files, so that it is for those who reuse a snapshot, not for each
    question: RocksDB finds a changed byte only where a question touches it, and a count may never end there.
    Raises what `sound` raises.
    """
    described = sound(folder)
    try:
        unchanged = described.digests == _digests(folder, described.files)
    except OSError:
        unchanged = False
    if not unchanged:
        raise damaged(folder)
    return described


def sizes(folder: Path) -> dict[str, int]:
    """Return the size in bytes of each file of closed stores that their readers depend on, by name."""
    return {name: entry.st_size for name, entry in _files(folder)}


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    for part in STORES:
        if (folder / part).is_dir():
            with os.scandir(folder / part) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    if not entry.name.startswith(_OF_NO_ACCOUNT):
                        yield f"{part}/{entry.name}", entry.stat()


def _digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    found = {}
    for name in names:
        with (folder / name).open("rb") as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def written_at(folder: Path) -> dt.datetime | None:
    """Return when a snapshot was written, in local time; none if it has no manifest.

    It is the time of the file, for no time of day may be in its content.
    """
    try:
        return dt.datetime.fromtimestamp((folder / _MANIFEST).stat().st_mtime).astimezone()
    except OSError:
        return None


def inputs(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that a snapshot was made from, by the name messages use.

    It is kept apart from the manifest, which every question reads. Raises `NoSnapshot` if it is damaged.
    """
    try:
        found = json.loads((folder / _INPUTS).read_text(encoding="utf-8"))
        return {str(name): str(digest) for name, digest in found.items()}
    except (OSError, ValueError, AttributeError):
        raise damaged(folder) from None


def describe(
    folder: Path, described: Manifest, made_from: Mapping[str, str], like: Path | None = None
) -> None:
    """Write what a snapshot says of itself beside its stores, which are closed.

    `like` is a snapshot with which it may share files: of those the digests are taken over.
    """
    files = sizes(folder)
    known = _shared(folder, like) if like else {}
    digests = known | _digests(folder, [name for name in files if name not in known])
    whole = replace(described, files=files, digests=dict(sorted(digests.items())))
    durable.write_text(folder / _INPUTS, _json(dict(made_from)))
    durable.write_text(folder / _MANIFEST, _json(asdict(whole)))


def _shared(folder: Path, like: Path) -> dict[str, str]:
    """The digests of files that are not copies but the very files of another snapshot."""
    there = {name: (entry.st_dev, entry.st_ino) for name, entry in _files(like)}
    known = manifest(like).digests
    return {
        name: known[name]
        for name, entry in _files(folder)
        if name in known and there.get(name) == (entry.st_dev, entry.st_ino)
    }


def damaged(where: Path) -> NoSnapshot:
    """Return the error for a snapshot that is not whole."""
    return NoSnapshot("the snapshot is damaged", where=str(where), fix=REBUILD)


def _json(content: object) -> str:
    return json.dumps(content, indent=2, sort_keys=True) + "\n"

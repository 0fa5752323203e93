"""What is out of date: the files of a project and this program, beside the snapshot that answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dealgraph import snapshot, sources
from dealgraph.errors import NoSnapshot, OtherVersion
from dealgraph.program import program
from dealgraph.settings import Project

How = Literal["changed", "new", "gone"]
_PARTS: Final = ("ontology", "queries")


@dataclass(frozen=True)
class Change:
    """A file that is not as it was when the snapshot was built, by the name that messages use.

    `part` is the folder that it belongs to: `graph/articles`, `ontology`, `queries` and so on.
    """

    file: str
    part: str
    how: How


@dataclass(frozen=True)
class Status:
    """A project beside its snapshot. `problem` tells why nothing answers, and is empty if something does.

    `files` counts the files of each part, `changes` are in the order of the names, `made_by` is the program
    that built the snapshot where that is not this one, `rolled_back_from` the name of the snapshot that would
    answer if nobody had rolled back.
    """

    name: str
    problem: str
    manifest: snapshot.Manifest | None
    built: dt.datetime | None
    files: Mapping[str, int]
    changes: tuple[Change, ...]
    made_by: str
    rolled_back_from: str

    @property
    def up_to_date(self) -> bool:
        """Tell whether a build would make the snapshot that answers, from the articles that it is of."""
        return not (self.problem or self.changes or self.made_by)


def status(project: Project) -> Status:
    """Compare a project with the snapshot that answers, file by file; reads every file and writes nothing.

    Raises what `sources.files` raises. That no snapshot answers is not an error but a `problem`.
    """
    now = sources.digests(project)
    files: dict[str, int] = {}
    for name in now:
        files[_part(project, name)] = files.get(_part(project, name), 0) + 1
    try:
        pointer = snapshot.pointer(project.state)
        opened = snapshot.open_current(project.state)
        snapshot.unspoilt(opened.folder)
        then = snapshot.inputs(opened.folder)
    except (NoSnapshot, OtherVersion) as error:
        return Status("", error.message, None, None, files, (), "", "")
    made_by = opened.manifest.program
    return Status(
        name=opened.folder.name,
        problem="",
        manifest=opened.manifest,
        built=snapshot.written_at(opened.folder),
        files=files,
        changes=tuple(_changes(project, then, now)),
        made_by=made_by if made_by != program() else "",
        rolled_back_from=pointer.rolled_back_from,
    )


def _changes(project: Project, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            how: How = "new" if name not in then else "gone" if name not in now else "changed"
            yield Change(name, _part(project, name), how)


def _part(project: Project, name: str) -> str:
    for part in _PARTS:
        if name.startswith((f"{part}/", project.shown(getattr(project, part)))):
            return part
    return "/".join(name.split("/")[:2])

"""Change the articles of a project: tried out whole first, then the files, then the snapshot.

A change that breaks a rule, or contradicts what is known, leaves files and snapshot as they were.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Store

from dealgraph import snapshot, sources
from dealgraph.assembly import assemble
from dealgraph.build import publish
from dealgraph.check import Report
from dealgraph.checking import check
from dealgraph.edits import Edit, instead
from dealgraph.errors import SnapshotUnwritable
from dealgraph.settings import Project
from dealgraph.stored import load_all

Step = Callable[[str], None]
Plan = Callable[[sources.Sources], Sequence[Edit]]
"""From what the files of a project say to what is to become of them."""


@dataclass(frozen=True)
class Attempt:
    """A change that was made, or refused: then `report` has violations, and nothing was written.

    `after` is what the changed files give, `edits` is empty if nothing had to change.
    """

    edits: tuple[Edit, ...]
    report: Report | None = None
    after: Store | None = None

    @property
    def is_made(self) -> bool:
        """Tell whether files were written."""
        return bool(self.edits) and self.report is not None and self.report.conforms


def change(project: Project, plan: Plan, step: Step = lambda _: None) -> Attempt:
    """Carry a plan out if the graph stays sound; reach for it to add, replace or remove articles.

    `step` is told what is being done. Raises what the plan, reading, reasoning and writing raise; files and
    snapshot are then as before. One change is made at a time: `SnapshotUnwritable` names who is at it.
    """
    with snapshot.writing(project.state):
        step("read")
        edits = tuple(plan(sources.load(project)))
        if not edits:
            return Attempt(())
        read = sources.load(project, instead(edits))
        queries = load_all(project.queries)
        after = assemble(read, queries, step)
        report = check(project, after, read, queries, step)
        if report.conforms:
            step("write")
            with _undone_on_failure(edits):
                for edit in edits:
                    _write(edit)
                publish(project, after, step)
        return Attempt(edits, report, after)


@contextlib.contextmanager
def _undone_on_failure(edits: Sequence[Edit]) -> Iterator[None]:
    """Put every file back as it was if anything goes wrong on the way."""
    before = [(edit.path, edit.path.read_bytes() if edit.path.exists() else None) for edit in edits]
    try:
        yield
    except BaseException as failure:
        for path, data in before:
            if data is None:
                path.unlink(missing_ok=True)
            elif not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        if isinstance(failure, OSError):
            raise SnapshotUnwritable(
                f"a file of the graph cannot be written ({failure.strerror or failure})",
                where=str(failure.filename or ""),
                fix="Make room or give rights there; nothing was changed",
            ) from None
        raise


def _write(edit: Edit) -> None:
    """Replace a file in one step, so that it is never half written; or take it away."""
    if edit.text is None:
        edit.path.unlink(missing_ok=True)
        return
    edit.path.parent.mkdir(parents=True, exist_ok=True)
    draft = edit.path.with_name(f".{edit.path.name}.new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(edit.text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(edit.path)
    finally:
        draft.unlink(missing_ok=True)

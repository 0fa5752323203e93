"""Change the articles of a project: tried out first, then the files, then the snapshot.

A change that breaks a rule, or contradicts what is known, leaves files and snapshot as they were. It costs
what it touches; where that cannot be told, everything is built.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from dealgraph import snapshot, sources
from dealgraph.admit import FACTS
from dealgraph.check import Report
from dealgraph.diff import Touched
from dealgraph.edits import Edit, instead, write_edit
from dealgraph.errors import SnapshotUnwritable
from dealgraph.growing import Grower
from dealgraph.holdings import Holdings
from dealgraph.increment.reasoning import Whole
from dealgraph.increment.working import Changes
from dealgraph.reason import INFERRED
from dealgraph.settings import Project
from dealgraph.terms import iri

Step = Callable[[str], None]
Plan = Callable[[Holdings], Sequence[Edit]]
"""From what the files of a project hold to what is to become of them."""

_SUBJECT, _PREDICATE = NamedNode(iri("dg:subject")), NamedNode(iri("dg:predicate"))


@dataclass(frozen=True)
class Attempt:
    """A change that was made, or refused: then `report` has violations, and nothing was written.

    `before` and `after` are the stores without and with it, `touched` what can differ between them (nothing:
    anything). `edits` is empty if nothing had to change. `whole` says why everything was built, if it was.
    """

    edits: tuple[Edit, ...]
    report: Report | None = None
    before: Store | None = None
    after: Store | None = None
    touched: Touched | None = None
    whole: str = ""

    @property
    def is_made(self) -> bool:
        """Tell whether files were written."""
        return bool(self.edits) and self.report is not None and self.report.conforms


def change(project: Project, plan: Plan, step: Step = lambda _: None) -> Attempt:
    """Carry a plan out if the graph stays sound; reach for it to add, replace or remove articles.

    `step` is told what is being done. There must be a snapshot. Raises what the plan, reading, reasoning and
    writing raise; files and snapshot are then as before. One change is made at a time: `SnapshotUnwritable`
    names who is at it.
    """
    with snapshot.writing(project.state), snapshot.workshop(project.state) as shop:
        step("read")
        edits = tuple(plan(Holdings(project, shop.store, snapshot.inputs(shop.of.folder))))
        if not edits:
            return Attempt(())
        try:
            return _grown(project, shop, edits, step)
        except Whole as why:
            return _built(project, shop.of.store, edits, why.message, step)


def _grown(project: Project, shop: snapshot.Workshop, edits: tuple[Edit, ...], step: Step) -> Attempt:
    before = shop.of.store
    grower = Grower(project, shop)
    grower.ensure_same_rules()
    growth = grower.try_out(edits, step)
    touched = _touched(growth.changes)
    if not growth.report.conforms:
        grower.give_up()
        return Attempt(edits, growth.report, before, None, touched)
    step("write")
    with _undone_on_failure(edits):
        for edit in edits:
            write_edit(edit)
        grower.keep(edits)
    return Attempt(edits, growth.report, before, shop.of.store, touched)


def _built(project: Project, before: Store, edits: tuple[Edit, ...], why: str, step: Step) -> Attempt:
    # Imported here, for they come with all that reasons on a whole store.
    from dealgraph.assembly import assemble
    from dealgraph.build import publish
    from dealgraph.checking import check
    from dealgraph.stored import load_all

    read = sources.load(project, instead(edits))
    queries = load_all(project.queries)
    after = assemble(read, queries, step)
    report = check(project, after, read, queries, step)
    if report.conforms:
        step("write")
        with _undone_on_failure(edits):
            for edit in edits:
                write_edit(edit)
            publish(project, after, step)
    return Attempt(edits, report, before, after, whole=why)


def _touched(changes: Changes) -> Touched:
    parts: dict[tuple[object, object], dict[NamedNode, str]] = {}
    for quad in changes:
        if quad.predicate in (_SUBJECT, _PREDICATE) and isinstance(quad.object, NamedNode):
            parts.setdefault((quad.subject, quad.graph_name), {})[quad.predicate] = quad.object.value
    claims = {(part[_SUBJECT], part[_PREDICATE]) for part in parts.values() if len(part) == 2}
    facts = {
        (quad.subject.value, quad.predicate.value)
        for quad in changes
        if quad.graph_name == FACTS and isinstance(quad.subject, NamedNode)
    }
    return Touched(
        frozenset(claims | facts),
        frozenset(quad.triple for quad in changes.added if quad.graph_name == INFERRED),
        frozenset(quad.triple for quad in changes.removed if quad.graph_name == INFERRED),
    )


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

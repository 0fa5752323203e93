"""The main job: read the sources, admit, reason, check, and swap a snapshot in.

One direction, nothing edited by hand on the way, and the same inputs give the same content.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from dealgraph import snapshot, sources
from dealgraph.admit import FACTS
from dealgraph.assembly import assemble, forget
from dealgraph.check import Report
from dealgraph.checking import check
from dealgraph.derive import DERIVED
from dealgraph.errors import NoSnapshot, OtherVersion, ViolationsFound
from dealgraph.evidence import Evidence
from dealgraph.program import program
from dealgraph.reason import INFERRED
from dealgraph.settings import Project
from dealgraph.stored import load_all

Step = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """A snapshot and how it came about: `fresh` if it was written now, the report if it was checked."""

    manifest: snapshot.Manifest
    fresh: bool
    report: Report | None


def build(
    project: Project,
    *,
    full: bool = False,
    checked: bool = True,
    as_of: dt.date | None = None,
    only_from: Sequence[NamedNode] = (),
    keep: int | None = None,
    step: Step = lambda _: None,
) -> Built:
    """Bring the snapshot of a project up to date; reach for it before the first question.

    With `full` it is written anew even if nothing changed; without `checked` nothing is validated.
    `as_of` is the latest day of publication that counts, `only_from` the articles that count (none: all);
    what other articles say is then not in the snapshot, but all is checked. `keep` says how many snapshots
    to keep from now on (none: as many as until now). `step` is told what is being done. Raises what reading,
    checking and writing raise, and `ViolationsFound` if the graph breaks a rule: then the previous snapshot
    goes on answering.
    """
    made_from = sources.digests(project)
    inputs = sources.whole_digest(made_from)
    chosen = tuple(sorted(article.value for article in only_from))
    wanted = (inputs, program(), as_of.isoformat() if as_of else "", chosen)
    if not full and (existing := _up_to_date(project, wanted)):
        snapshot.sweep(project.state)
        if keep is not None:
            with snapshot.writing(project.state):
                snapshot.retain(project.state, keep)
        return Built(existing, fresh=False, report=None)
    with snapshot.writing(project.state):
        step("read")
        read = sources.load(project)
        queries = load_all(project.queries)
        is_part = bool(as_of or only_from)
        report = None
        if checked or not is_part:
            store = assemble(read, queries, step)
            report = check(project, store, read, queries, step) if checked else None
        if report and not report.conforms:
            raise ViolationsFound(
                f"the graph breaks {len(report.violations)} rule(s), so no snapshot was written",
                where=project.shown(project.graph),
                fix="See: dealgraph check",
            )
        if is_part:
            store = assemble(read, queries, step, as_of=as_of, only_from=only_from)
            forget(store, as_of, only_from)
        described = _publish(project, store, wanted, made_from, step, keep)
    return Built(described, fresh=True, report=report)


def publish(project: Project, store: Store, step: Step = lambda _: None) -> snapshot.Manifest:
    """Write a store that was assembled from the files of a project as they now stand, and swap it in.

    Reach for it inside `snapshot.writing`, after the files have changed as the store supposes.
    """
    made_from = sources.digests(project)
    wanted = (sources.whole_digest(made_from), program(), "", ())
    return _publish(project, store, wanted, made_from, step)


def _publish(
    project: Project,
    store: Store,
    wanted: _Wanted,
    made_from: Mapping[str, str],
    step: Step,
    keep: int | None = None,
) -> snapshot.Manifest:
    step("write")
    described = _describe(store, wanted)
    quads = sorted(store, key=str)
    snapshot.write(project.state, quads, described, made_from=made_from, keep=keep)
    return described


_Wanted = tuple[str, str, str, tuple[str, ...]]
"""What a snapshot is made from: the digest of the files, the program, the day and the articles that count."""


def _up_to_date(project: Project, wanted: _Wanted) -> snapshot.Manifest | None:
    try:
        found = snapshot.unspoilt(snapshot.current(project.state))
    except (NoSnapshot, OtherVersion):
        return None
    return found if (found.inputs, found.program, found.as_of, found.only_from) == wanted else None


def _describe(store: Store, wanted: _Wanted) -> snapshot.Manifest:
    inputs, by_program, as_of, only_from = wanted
    content = hashlib.sha256("\n".join(sorted(map(str, store))).encode()).hexdigest()
    parts = {"facts": FACTS, "inferred": INFERRED, "derived": DERIVED}
    sizes = {name: _size(store, graph) for name, graph in parts.items()}
    counts = {"articles": len(Evidence(store).articles), **sizes, "quads": len(store)}
    return snapshot.Manifest(snapshot.LAYOUT, by_program, inputs, content, counts, as_of, only_from)


def _size(store: Store, graph: NamedNode) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))

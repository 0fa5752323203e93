"""The main job: read the sources, admit, reason, check, and swap a snapshot in.

One direction, nothing edited by hand on the way, and the same inputs give the same content.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode, Store

from dealgraph import snapshot, sources
from dealgraph.admit import FACTS
from dealgraph.assembly import assemble, forget
from dealgraph.check import Report
from dealgraph.checking import check
from dealgraph.derive import DERIVED
from dealgraph.edits import Edit
from dealgraph.errors import NoSnapshot, OtherVersion, ViolationsFound
from dealgraph.evidence import Evidence
from dealgraph.flat import flatten, flattened
from dealgraph.growing import Grower
from dealgraph.holdings import Holdings
from dealgraph.increment.reasoning import Whole
from dealgraph.program import program
from dealgraph.reason import INFERRED
from dealgraph.settings import Project
from dealgraph.snapshot.content import digest
from dealgraph.sources import THINGS
from dealgraph.stored import StoredQuery, load_all
from dealgraph.terms import iri
from dealgraph.turtle.document import read_text

Step = Callable[[str], None]
Queries = Sequence[StoredQuery]

MOST_IN_MEMORY: Final[Mapping[str, int]] = {"store": 200_000_000, "flat": 400_000_000}
"""Up to how many bytes of files each store is built in memory; beyond that on the disk, which takes longer.

A million quads are some 50 megabytes of files, and take 2 gigabytes of memory while they are built; what
shapes look at, which is read most, is a fourth of a gigabyte of that."""

MOST_CHANGED: Final = 20
"""How many files may have changed, or else a tenth of all, before everything is built."""


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

    Where only articles have changed, or things have come, it costs what they cost. With `full` everything is
    read, reasoned on and written anew; without `checked` nothing is validated.
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
    if not full and (existing := _up_to_date(project, wanted, checked)):
        snapshot.sweep(project.state)
        if keep is not None:
            with snapshot.writing(project.state):
                snapshot.retain(project.state, keep)
        return Built(existing, fresh=False, report=None)
    with snapshot.writing(project.state):
        if not (full or as_of or only_from) and checked and (grown := _grown(project, made_from, keep, step)):
            return grown
        queries = load_all(project.queries)
        is_part = bool(as_of or only_from)
        report = None
        if is_part and checked:
            with _bench(project) as bench, _uncollected():
                report = _checked(project, queries, bench, step)
        with _bench(project) as bench, _uncollected():
            if is_part:
                _assemble_part(project, queries, bench, step, as_of, only_from)
            elif checked:
                report = _checked(project, queries, bench, step)
            else:
                _assemble(project, queries, bench, step)
            step("write")
            bench.settle()
            manifest = replace(described(bench.store, wanted), checked=checked)
            bench.publish(manifest, made_from, keep)
    return Built(manifest, fresh=True, report=report)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage in cycles: a build makes millions of things and hardly one of these."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _bench(project: Project) -> contextlib.AbstractContextManager[snapshot.Bench]:
    size = sum(path.stat().st_size for path in sources.files(project).values())
    return snapshot.bench(
        project.state, on_disk=[part for part, most in MOST_IN_MEMORY.items() if size > most]
    )


def _assemble(project: Project, queries: Queries, bench: snapshot.Bench, step: Step) -> sources.Reading:
    step("read")
    reading = sources.Reading(project)
    assemble(reading, queries, step, into=bench.store)
    flatten(bench.store, bench.flat)
    return reading


def _checked(project: Project, queries: Queries, bench: snapshot.Bench, step: Step) -> Report:
    """Assemble a store and check it; raises `ViolationsFound`."""
    reading = _assemble(project, queries, bench, step)
    bench.settle()
    report = check(project, bench.store, reading, queries, step, flat=bench.flat)
    _ensure_conforms(project, report)
    return report


def _assemble_part(
    project: Project,
    queries: Queries,
    bench: snapshot.Bench,
    step: Step,
    as_of: dt.date | None,
    only_from: Sequence[NamedNode],
) -> None:
    step("read")
    assemble(sources.Reading(project), queries, step, as_of=as_of, only_from=only_from, into=bench.store)
    forget(bench.store, as_of, only_from)
    flatten(bench.store, bench.flat)


def _grown(project: Project, made_from: Mapping[str, str], keep: int | None, step: Step) -> Built | None:
    """Bring the snapshot up to date with changed articles; nothing if everything has to be built."""
    with contextlib.suppress(NoSnapshot, OtherVersion, Whole), snapshot.workshop(project.state) as shop:
        # What has been read wrong once must not be carried on, and this reads every file of sources anyway.
        snapshot.unspoilt(shop.of.folder)
        grower = Grower(project, shop)
        grower.ensure_same_rules()
        step("read")
        edits = tuple(_edits(project, Holdings(project, shop.store), grower.inputs, made_from))
        growth = grower.try_out(edits, step)
        _ensure_conforms(project, growth.report)
        step("write")
        return Built(grower.keep(edits, keep), fresh=True, report=growth.report)
    return None


def _edits(
    project: Project, known: Holdings, then: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Edit]:
    """What has become of files since a snapshot; raises `Whole` where that is too much, or cannot be told."""
    changed = [name for name in sorted({*then, *now}) if then.get(name) != now.get(name)]
    if len(changed) > max(MOST_CHANGED, len(now) // 10):
        raise Whole(f"{len(changed)} files have changed")
    for name in changed:
        path = project.root / name
        text = read_text(path) if name in now else None
        if text is None:
            graph = NamedNode(iri(f"article:{path.stem}"))
            if not known.claims_of(graph):
                raise Whole(f"{name} is gone, and it cannot be told what it described")
        else:
            graph, _ = sources.load_one(project, path, text, name)
            if name in then and graph != THINGS and not known.claims_of(graph):
                raise Whole(f"{name} is about another article now")
        yield Edit(path, text, name, graph)


def publish(project: Project, store: Store, step: Step = lambda _: None) -> snapshot.Manifest:
    """Write a store that was assembled from the files of a project as they now stand, and swap it in.

    Reach for it inside `snapshot.writing`, after the files have changed as the store supposes.
    """
    step("write")
    made_from = sources.digests(project)
    manifest = described(store, (sources.whole_digest(made_from), program(), "", ()))
    snapshot.write(project.state, store, manifest, flat=flattened(store), made_from=made_from)
    return manifest


def _ensure_conforms(project: Project, report: Report) -> None:
    if not report.conforms:
        raise ViolationsFound(
            f"the graph breaks {len(report.violations)} rule(s), so no snapshot was written",
            where=project.shown(project.graph),
            fix="See: dealgraph check",
        )


Wanted = tuple[str, str, str, tuple[str, ...]]
"""What a snapshot is made from: the digest of the files, the program, the day and the articles that count."""


def _up_to_date(project: Project, wanted: Wanted, checked: bool) -> snapshot.Manifest | None:
    try:
        found = snapshot.unspoilt(snapshot.current(project.state))
    except (NoSnapshot, OtherVersion):
        return None
    is_wanted = (found.inputs, found.program, found.as_of, found.only_from) == wanted
    return found if is_wanted and (found.checked or not checked) else None


def described(store: Store, wanted: Wanted) -> snapshot.Manifest:
    """Describe a store that was made from what is wanted: what it holds is counted and digested."""
    inputs, by_program, as_of, only_from = wanted
    content = digest(store)
    parts = {"facts": FACTS, "inferred": INFERRED, "derived": DERIVED}
    sizes = {name: _size(store, graph) for name, graph in parts.items()}
    counts = {"articles": len(Evidence(store).articles), **sizes, "quads": len(store)}
    return snapshot.Manifest(snapshot.LAYOUT, by_program, inputs, content, counts, as_of, only_from)


def _size(store: Store, graph: NamedNode) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))

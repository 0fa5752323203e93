"""The main job: read the sources, admit, reason, check, and swap a snapshot in.

One direction, nothing edited by hand on the way, and the same inputs give the same content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Store

from dealgraph import __version__, snapshot, sources
from dealgraph.admit import FACTS
from dealgraph.assembly import assemble
from dealgraph.check import Report
from dealgraph.checking import check
from dealgraph.derive import DERIVED
from dealgraph.errors import NoSnapshot, OtherVersion, ViolationsFound
from dealgraph.reason import INFERRED
from dealgraph.settings import Project
from dealgraph.sources import Sources
from dealgraph.stored import load_all

Step = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """A snapshot and how it came about: `fresh` if it was written now, the report if it was checked."""

    manifest: snapshot.Manifest
    fresh: bool
    report: Report | None


def build(
    project: Project, *, full: bool = False, checked: bool = True, step: Step = lambda _: None
) -> Built:
    """Bring the snapshot of a project up to date; reach for it before the first question.

    With `full` it is written anew even if nothing changed; without `checked` nothing is validated.
    `step` is told what is being done. Raises what reading, checking and writing raise, and
    `ViolationsFound` if the graph breaks a rule: then the previous snapshot goes on answering.
    """
    inputs = sources.digest(project)
    if not full and (existing := _up_to_date(project, inputs)):
        return Built(existing, fresh=False, report=None)
    with snapshot.writing(project.state):
        step("read")
        read = sources.load(project)
        queries = load_all(project.queries)
        store = assemble(read, queries, step)
        report = check(project, store, read, queries, step) if checked else None
        if report and not report.conforms:
            raise ViolationsFound(
                f"the graph breaks {len(report.violations)} rule(s), so no snapshot was written",
                where=project.shown(project.graph),
                fix="See: dealgraph check",
            )
        step("write")
        described = _describe(store, inputs, read)
        snapshot.write(project.state, sorted(store, key=str), described)
    return Built(described, fresh=True, report=report)


def _up_to_date(project: Project, inputs: str) -> snapshot.Manifest | None:
    try:
        existing = snapshot.manifest(snapshot.current(project.state))
    except (NoSnapshot, OtherVersion):
        return None
    return existing if existing.inputs == inputs and existing.program == _program() else None


def _program() -> str:
    """The version with a digest of the code: other code may make other content of the same files."""
    package = Path(__file__).parent
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(package.rglob("*.py"))))
    return f"{__version__}+{code.hexdigest()[:12]}"


def _describe(store: Store, inputs: str, read: Sources) -> snapshot.Manifest:
    content = hashlib.sha256("\n".join(sorted(map(str, store))).encode()).hexdigest()
    parts = {"facts": FACTS, "inferred": INFERRED, "derived": DERIVED}
    sizes = {name: _size(store, graph) for name, graph in parts.items()}
    counts = {"articles": len(read.articles), **sizes, "quads": len(store)}
    return snapshot.Manifest(snapshot.LAYOUT, _program(), inputs, content, counts)


def _size(store: Store, graph: NamedNode) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))

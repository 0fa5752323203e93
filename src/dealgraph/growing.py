"""Change the articles of a project at the price of the change, not of the project.

The snapshot that answers is copied (its files are shared), changed, checked where it changed, and swapped in.
The result is that of building the changed files anew.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pyoxigraph import NamedNode, Quad

from dealgraph import snapshot, sources
from dealgraph.admit import FACTS
from dealgraph.check import Report, read_profile
from dealgraph.derive import DERIVED
from dealgraph.edits import Edit
from dealgraph.errors import DuplicateId, NotCompiled
from dealgraph.holdings import Holdings
from dealgraph.increment.advance import Ways, advance
from dealgraph.increment.examining import Examiner
from dealgraph.increment.reasoning import Reasoner, Whole
from dealgraph.increment.rulebook import Rulebook
from dealgraph.increment.working import Changes, Working
from dealgraph.program import program
from dealgraph.quads import as_stored
from dealgraph.reason import INFERRED
from dealgraph.settings import Project
from dealgraph.snapshot import Manifest, Workshop
from dealgraph.snapshot.content import carried_on
from dealgraph.sources import DESCRIBED_ONCE, THINGS
from dealgraph.terms import iri
from dealgraph.turtle.document import read_text

Step = Callable[[str], None]
OF_ARTICLES = ("graph/articles/", "graph/things/")
"""How the names of the files begin that a change may be about."""
_TYPE, _ARTICLE = NamedNode(iri("rdf:type")), NamedNode(iri("dg:Article"))


@dataclass(frozen=True)
class Growth:
    """A change that was worked out: what it changes in the store, and what is wrong with it."""

    changes: Changes
    report: Report


@dataclass
class Grower:
    """Changes a project's articles one after the other, in a workshop.

    Reach for it inside `snapshot.workshop`. The ontology and the stored queries of the project must be those
    that the snapshot was built from: see `ensure_same_rules`.
    """

    project: Project
    shop: Workshop
    inputs: dict[str, str] = field(init=False, repr=False)
    _work: Working | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.inputs = snapshot.inputs(self.shop.of.folder)

    def ensure_same_rules(self) -> None:
        """See that only articles and things have changed since the snapshot; raises `Whole` otherwise."""
        described = self.shop.of.manifest
        if not described.is_whole:
            raise Whole("the snapshot is of some articles or of a day")
        if not described.checked:
            raise Whole("the snapshot was built without a check")
        if described.program != program():
            raise Whole("the snapshot is of another version of the program")
        known = {name for name in self.inputs if not name.startswith(OF_ARTICLES)}
        rest = sources.rest_of_files(self.project)
        changed = [n for n, path in rest.items() if self.inputs.get(n) != sources.digest_of(path)]
        for name in (*changed, *sorted(known - rest.keys())):
            raise Whole(f"{name} has changed since the snapshot")

    def try_out(self, edits: Sequence[Edit], step: Step = lambda _: None) -> Growth:
        """Work a change out in the workshop and check it; `keep` or `give_up` must follow.

        Raises `Inconsistent` if what is known would contradict itself, `DuplicateId` and what reading a file
        raises, all with the workshop as before; and `Whole` where only building everything will do.
        """
        known = Holdings(self.project, self.shop.store)
        files, places = self._file_changes(edits, known)
        self._work = work = Working(self.shop.of.store, self.shop.store)
        try:
            step("admit")
            advance(work, files, self._ways(work))
            step("check")
            report = self._examiner.examine(work, lambda node: places.get(node) or known.place(node))
        except NotCompiled as error:
            self.give_up()
            raise Whole(error.message) from None
        except BaseException:
            self.give_up()
            raise
        return Growth(work.changes, report)

    def keep(self, edits: Sequence[Edit], keep: int | None = None) -> Manifest:
        """Publish what was tried out: the files are now as the edits say.

        `keep` is how many snapshots to keep from now on (none: as many as until now). Raises
        `SnapshotUnwritable`.
        """
        assert self._work is not None, "there is nothing to keep before something was tried out"
        inputs = self._inputs_after(edits)
        described = _carried_on(self.shop.of.manifest, self._work.changes, sources.whole_digest(inputs))
        self.shop.publish(described, inputs, keep)
        self._rules.keep_frames()
        self.inputs, self._work = inputs, None
        return described

    def _inputs_after(self, edits: Sequence[Edit]) -> dict[str, str]:
        found = dict(self.inputs)
        for edit in edits:
            name = self.project.shown(edit.path)
            found.pop(name, None)
            if edit.text is not None:
                found[name] = hashlib.sha256(edit.text.encode()).hexdigest()
        return found

    def give_up(self) -> None:
        """Bring the workshop back to what it was before the last change was tried out."""
        work, self._work = self._work, None
        if work is not None:
            self._examiner.undo(work)
            changes = work.changes
            work.remove(changes.added)
            work.add(changes.removed)

    @cached_property
    def _rules(self) -> Rulebook:
        rest = {name: digest for name, digest in self.inputs.items() if not name.startswith(OF_ARTICLES)}
        cache = self.project.state / "cache"
        return Rulebook(self.project.queries, self.shop.of.store, cache, sources.whole_digest(rest))

    @cached_property
    def _examiner(self) -> Examiner:
        profile = self.project.ontology / "shapes" / "profile.tsv"
        return Examiner(
            self._rules, read_profile(read_text(profile), self.project.shown(profile)), self.shop.flat
        )

    def _ways(self, work: Working) -> Ways:
        rules = self._rules
        for axiom in rules.program.unsupported:
            raise Whole(f"the ontology has an axiom that is not followed step by step ({axiom.reason})")
        return Ways(rules.admission, rules.links, rules.rules, Reasoner(rules.program, work))

    def _file_changes(self, edits: Sequence[Edit], known: Holdings) -> tuple[Changes, dict[str, str]]:
        """What the edits change in the graphs of files, and where the nodes that they describe stand."""
        removed: set[Quad] = set()
        added: set[Quad] = set()
        places: dict[str, str] = {}
        for edit in edits:
            if edit.graph == THINGS and self.project.shown(edit.path) in self.inputs:
                raise Whole("a file of things changes or goes")
            if edit.graph != THINGS:
                removed.update(self.shop.store.quads_for_pattern(None, None, None, edit.graph))
            if edit.text is not None:
                graph, document = sources.load_one(self.project, edit.path, edit.text, edit.given)
                self._ensure_described_once(document.lines, graph, edit, places, known)
                places |= {node: f"{edit.given}:{lines[0]}" for node, lines in document.lines.items()}
                added.update(as_stored(document.quads))
        return Changes(frozenset(removed - added), frozenset(added - removed)), places

    def _ensure_described_once(
        self, nodes: Iterable[str], graph: NamedNode, edit: Edit, places: dict[str, str], known: Holdings
    ) -> None:
        for node in nodes:
            if node.startswith(DESCRIBED_ONCE):
                others = [other for other in known.described_in(NamedNode(node)) if other != graph]
                if others or node in places:
                    first = places.get(node) or known.place(node)
                    raise DuplicateId(
                        f"<{node}> is described a second time (first at {first})",
                        where=edit.given,
                        fix="Give one of the two another id, or join them",
                    )


def _carried_on(before: Manifest, changes: Changes, inputs: str) -> Manifest:
    """Describe the snapshot after a change, without looking at what did not change."""
    counts = dict(before.counts)
    for quads, sign in ((changes.added, 1), (changes.removed, -1)):
        for name in (name for quad in quads for name in _counted(quad)):
            counts[name] += sign
    content = carried_on(before.content, changes.removed, changes.added)
    return replace(before, inputs=inputs, content=content, counts=counts)


_PARTS = {FACTS: "facts", INFERRED: "inferred", DERIVED: "derived"}


def _counted(quad: Quad) -> Iterator[str]:
    yield "quads"
    with contextlib.suppress(KeyError):
        yield _PARTS[quad.graph_name]  # type: ignore[index]
    if quad.predicate == _TYPE and quad.object == _ARTICLE and quad.subject == quad.graph_name:
        yield "articles"

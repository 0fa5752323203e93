"""Check what a change touches: no more nodes than its result can differ on, and no fewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Final, cast

from pyoxigraph import NamedNode, Quad, QuerySolutions, Store, Triple

from dealgraph.admit import FACTS
from dealgraph.check import QueryResult, Report, validate_part
from dealgraph.check.layers import looked_up
from dealgraph.check.profile import Profile
from dealgraph.check.shapes import Shape, shapes_of
from dealgraph.flat import flat, is_looked_at
from dealgraph.increment.affected import Term, Watched, Watchers
from dealgraph.increment.questions import OBJECT, Claim, alike, cut_out, questions_of, touched_claims
from dealgraph.increment.rulebook import Rulebook
from dealgraph.increment.working import Changes, Working, is_source
from dealgraph.kept import Codec
from dealgraph.shacl import READY, Outcome, Program, Reads, Ready, ShapesGraph, compile_shapes
from dealgraph.sources import ONTOLOGY, SHAPES, THINGS
from dealgraph.stored import StoredQuery


@dataclass(frozen=True)
class Prepared:
    """The shapes of a project, ready to be run, and what they look at."""

    named: tuple[Shape, ...]
    ready: Ready
    reads: Reads


PREPARED: Final = Codec((Prepared, Shape, Reads, *READY))
"""How shapes that are ready are kept."""


@dataclass(frozen=True)
class Examiner:
    """Checks changes of a store; made once for many. `flat` has what the shapes look at, each triple once."""

    rules: Rulebook
    profile: Profile
    flat: Store

    @cached_property
    def prepared(self) -> Prepared:
        """The shapes, ready to be run; raises `NotCompiled` if one is not: then the whole must be checked."""
        return self.rules.kept("shapes", PREPARED, self._prepare)

    @cached_property
    def program(self) -> Program:
        """The shapes as a program, which compiles them again only where the classes have changed."""
        store = self.rules.store
        return Program(lambda: _compiled(_shapes_in(store)).shapes, self.prepared.ready)

    def _prepare(self) -> Prepared:
        graph = _shapes_in(self.rules.store)
        compiled = _compiled(graph)
        return Prepared(shapes_of(graph), compiled.made_ready(self.flat), Reads.of(compiled))

    def examine(self, work: Working, locate: Callable[[str], str]) -> Report:
        """Return what is wrong where a store has changed; brings `flat` up to date on the way."""
        changes = work.changes
        outcome = self._run_shapes(work, changes)
        found = self._watchers.affected(changes, work.look)
        rows = [_rows(work, *check, some) for check, some in zip(self.rules.checks, found, strict=True)]
        data = tuple(dict.fromkeys(self._described(work, changes)))
        report = validate_part(
            data=data,
            ontology=looked_up(data, self._ontology),
            named=self.prepared.named,
            shapes=partial(_shapes_in, self.rules.store),
            outcome=outcome,
            profile=self.profile,
            locate=locate,
            queries=rows,
        )
        return replace(report, left_out=self.rules.left_out)

    def _ontology(self, subject: NamedNode | None, predicate: NamedNode | None) -> Iterator[Quad]:
        return iter(self.rules.store.quads_for_pattern(subject, predicate, None, ONTOLOGY))

    @cached_property
    def _watchers(self) -> Watchers:
        return Watchers(watched for _, watched in self.rules.checks)

    def undo(self, work: Working) -> None:
        """Bring `flat` back to what it was before a change that is given up."""
        gone, new = flat_changes(work.seen_before, work.seen, work.changes)
        for quad in new:
            self.flat.remove(quad)
        self.flat.extend(gone)

    def _run_shapes(self, work: Working, changes: Changes) -> Outcome:
        gone, new = flat_changes(work.seen_before, work.seen, changes)
        self.flat.extend(new)
        known = work.look.known(self.flat, new)
        store = cast("Store", known)
        part = self.prepared.reads.touched(store, gone | new, known.number_of)
        for quad in gone:
            self.flat.remove(quad)
        return self.program.run_slice(store, part, known.number_of)

    def _described(self, work: Working, changes: Changes) -> Iterator[Quad]:
        """Yield the descriptions of nodes that articles and things changed, and the facts of their claims."""
        in_files = [quad for quad in changes if _is_of_file(quad)]
        for subject, graph in dict.fromkeys((quad.subject, quad.graph_name) for quad in in_files):
            yield from work.seen.quads_for_pattern(subject, None, None, graph)
        for claim in sorted(touched_claims(work.seen, in_files)):
            yield from cut_out(work.seen, alike(work.seen, claim), frozenset())
            yield from _facts_of(work.seen, claim)


def _shapes_in(store: Store) -> ShapesGraph:
    return ShapesGraph(store.quads_for_pattern(None, None, None, SHAPES))


def _compiled(graph: ShapesGraph) -> Program:
    return compile_shapes(graph, [shape.node for shape in shapes_of(graph)])


def _rows(
    work: Working, query: StoredQuery, watched: Watched, affected: frozenset[Term] | None
) -> QueryResult:
    """What a check finds on the nodes that a change can alter, or on all."""
    if affected is not None:
        affected = frozenset(watched.possible(affected, work.look))
    rows: tuple[tuple[object, ...], ...] = ()
    if affected is None or affected:
        found = work.now.query(query.text if affected is None else watched.on(affected))
        assert isinstance(found, QuerySolutions)
        rows = tuple(tuple(row) for row in found)
    return QueryResult(query.name, query.summary, query.summary_fr, rows)  # type: ignore[arg-type]


def _facts_of(store: Store, claim: Claim) -> Iterator[Quad]:
    """Yield the fact that a claim says, if it is one."""
    for question in questions_of(store, [claim]):
        for quad in store.quads_for_pattern(claim.node, OBJECT, None, claim.article):
            yield from store.quads_for_pattern(
                question.subject,  # type: ignore[arg-type]
                question.predicate,  # type: ignore[arg-type]
                quad.object,
                FACTS,
            )


def flat_changes(before: Store, now: Store, changes: Changes) -> tuple[set[Quad], set[Quad]]:
    """Return the triples that no graph says any more, and those that one says now, as quads of no graph."""
    gone = {flat(quad.triple) for quad in changes.removed if is_looked_at(quad)}
    new = {flat(quad.triple) for quad in changes.added if is_looked_at(quad)}
    return (
        {quad for quad in gone if not _is_said(now, quad.triple)},
        {quad for quad in new if not _is_said(before, quad.triple)},
    )


def _is_said(store: Store, triple: Triple) -> bool:
    quads = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(is_looked_at(quad) for quad in quads)


def _is_of_file(quad: Quad) -> bool:
    return quad.graph_name == THINGS or is_source(quad.graph_name)

"""The check itself: shapes, rules and query results, graded by the profile and placed in the files."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Quad, RdfFormat, Store, parse

from dealgraph.check import layers, mappings, times
from dealgraph.check.data import Listed, Stored
from dealgraph.check.engines import run
from dealgraph.check.findings import Breach, Finding, Report, Severity, in_order
from dealgraph.check.layers import Layers, Term, text
from dealgraph.check.profile import Profile, ensure_complete
from dealgraph.check.shapes import Shape, breach, owners, shapes_of
from dealgraph.errors import CannotCheck
from dealgraph.quads import as_stored
from dealgraph.settings import Engine
from dealgraph.shacl import Outcome, ShapesGraph
from dealgraph.terms import iri

Quads = Iterable[Quad] | bytes
"""Statements: quads, or the bytes of an N-Quads file."""

RULES = (*layers.RULES, *mappings.RULES, *times.RULES)
"""The rules that are not shapes; the profile grades them like shapes."""


@dataclass(frozen=True)
class QueryResult:
    """What a stored query that must be empty gave: its name, its summaries, and its rows.

    The first column of a row is the node that the finding is about, the others go with it as its value. The
    rows are read once.
    """

    name: str
    summary_en: str
    summary_fr: str
    rows: Iterable[tuple[Term | None, ...]]


def validate(
    data: Quads | Stored,
    ontology: Quads,
    shapes: Quads,
    profile: Profile,
    *,
    locate: Callable[[str], str] = lambda _: "",
    queries: Iterable[QueryResult] = (),
    engine: Engine = Engine.COMPILED,
    flat: Store | None = None,
) -> Report:
    """Check a graph; reach for it before a snapshot is written.

    `data` is what is checked, in its named graphs: articles, things, background, mappings and facts, with
    inferences if wanted. `ontology` and `shapes` are what their folders hold. `profile` must grade every
    shape, rule and query, and nothing else. `locate` tells the `file:line` of a node's IRI, or nothing.
    `queries` are the results of stored queries that must be empty. `engine` runs the shapes; where one of
    them is not compiled, pySHACL runs them all, and the report says so. `flat` is a store with data and
    ontology in one graph, if there is one.

    Returns the findings in order, and a finding of its own for every rule that was about no node. Raises
    `CannotCheck` if there is no data or no shape, if a shape is malformed or if the profile does not fit.
    """
    known = data if isinstance(data, Stored) else Listed(tuple(dict.fromkeys(as_stored(_quads(data)))))
    seen = Layers(known, tuple(_quads(ontology)))
    if not any(True for _ in seen.data):
        raise CannotCheck(
            "no data, so that any rule would pass", where="graph", fix="Add articles and things"
        )
    results = tuple(queries)
    graph = ShapesGraph(_quads(shapes))
    named = shapes_of(graph)
    rules = [*(shape.name for shape in named), *(rule.name for rule in RULES), *(r.name for r in results)]
    ensure_complete(profile, rules)
    with _aside() as aside:
        by_rule = {rule.name: aside.submit(rule.apply, rule, seen) for rule in RULES}
        by_query = [aside.submit(_rows, result) for result in results]
        validated = run(seen, graph, (shape.node for shape in named), engine, locate, flat)
        outcomes = {name: waiting.result() for name, waiting in by_rule.items()}
        rows = [waiting.result() for waiting in by_query]
    counts = {shape.name: validated.counts[shape.node] for shape in named}
    owner = owners(named)
    breaches = [breach(result, owner[result.shape], graph) for result in validated.results]
    shapes_run = tuple(sorted(counts))
    counts |= {name: outcome.applied for name, outcome in outcomes.items()}
    breaches += chain.from_iterable((*(outcome.breaches for outcome in outcomes.values()), *rows))
    never = tuple(sorted(name for name, count in counts.items() if not count))
    findings = [_graded(breach, profile[breach.rule], locate) for breach in breaches]
    findings += [_graded(_never_applied(name), Severity.INFO, locate) for name in never]
    return Report(in_order(findings), shapes_run, counts, never, validated.engine, validated.refused)


def validate_part(
    data: Iterable[Quad],
    ontology: Iterable[Quad],
    named: tuple[Shape, ...],
    shapes: Callable[[], ShapesGraph],
    outcome: Outcome,
    profile: Profile,
    *,
    locate: Callable[[str], str] = lambda _: "",
    queries: Iterable[QueryResult] = (),
) -> Report:
    """Report on a part of a graph, where the shapes have been run already.

    Reach for it to check what one change touches. `data` describes whole nodes, `ontology` is what
    `layers.looked_up` gives for it, `outcome` is what the shapes, those `named`, have against the part,
    `queries` have the rows that the change can bring. The findings are those of `validate` that are about the
    part; that a rule was about no node is no finding here.
    """
    seen = Layers(Listed(tuple(as_stored(data))), tuple(ontology))
    counts = {shape.name: outcome.counts.get(shape.node, 0) for shape in named}
    owner = owners(named) if outcome.results else {}
    graph = shapes() if outcome.results else ShapesGraph(())
    breaches = [breach(result, owner[result.shape], graph) for result in outcome.results]
    outcomes = {rule.name: rule.apply(rule, seen) for rule in RULES}
    counts |= {name: found.applied for name, found in outcomes.items()}
    breaches += chain.from_iterable((*(found.breaches for found in outcomes.values()), *map(_rows, queries)))
    findings = (_graded(breach, profile[breach.rule], locate) for breach in breaches)
    return Report(in_order(findings), tuple(sorted(counts)), counts, ())


@contextlib.contextmanager
def _aside() -> Iterator[Executor]:
    """A thread for what is checked beside shapes; what it has not begun is dropped if these are stopped."""
    thread = ThreadPoolExecutor(1)
    try:
        yield thread
    finally:
        thread.shutdown(cancel_futures=True)


def _quads(quads: Quads) -> Iterator[Quad]:
    if not isinstance(quads, bytes):
        yield from quads
        return
    try:
        yield from parse(quads, RdfFormat.N_QUADS)
    except SyntaxError as error:
        where = f"line {error.lineno}"
        raise CannotCheck(f"not N-Quads: {error}", where=where, fix="Write the quads anew") from None


def _rows(result: QueryResult) -> tuple[Breach, ...]:
    return tuple(_row(result, text(focus), others) for focus, *others in result.rows)


def _row(result: QueryResult, focus: str, others: Iterable[Term | None]) -> Breach:
    values = " ".join(text(term) for term in others if term is not None)
    return Breach(result.name, focus, "", values, result.summary_en, result.summary_fr)


def _never_applied(name: str) -> Breach:
    return Breach(
        rule=name,
        focus=iri(name) if name.startswith("shape:") else name,
        path="",
        value="",
        message_en="Never applied: the graph has no node that this rule is about.",
        message_fr="Jamais appliquée : le graphe n'a aucun nœud dont traite cette règle.",
    )


def _graded(breach: Breach, severity: Severity, locate: Callable[[str], str]) -> Finding:
    return Finding(severity, where=locate(breach.focus), **vars(breach))

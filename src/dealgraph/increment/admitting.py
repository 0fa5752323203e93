"""Admit again what a change of articles and things can alter, and nothing else.

Admission looks at one question at a time: the claims on one subject and predicate. So the questions of the
claims that changed are cut out of the store, as it was and as it is, and the stored rule is run on both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store, Triple

from dealgraph.admit import ADMITTED, COUNTED, FACTS, Admission, admit
from dealgraph.increment.frames import Frames
from dealgraph.increment.questions import (
    Claim,
    Question,
    claims_on,
    cut_out,
    is_deciding,
    is_of_dataset,
    questions_of,
    touched_claims,
)
from dealgraph.increment.working import Changes, Working, is_source
from dealgraph.quads import quad_of
from dealgraph.sources import THINGS
from dealgraph.stored import StoredQuery


def readmit(work: Working, rule: StoredQuery, links: frozenset[NamedNode]) -> None:
    """Bring the facts and the marks of admission up to date with what has changed in a store so far.

    `rule` is the rule of admission, `links` the identifying properties, along which a fact brings the frame
    of what it speaks of. The result is that of admitting everything anew, but for the default graph.
    """
    changes = work.changes
    before, after = _answers(work, changes, rule, links)
    frames = Frames(work.seen, links)
    work.add(quad_of(mark, ADMITTED) for mark in after.marks)
    gone = sorted(before.marks - after.marks, key=lambda mark: mark.predicate == COUNTED)
    for mark in gone:  # first those of claims, on which those of articles depend
        if mark.predicate != COUNTED or not frames.counts(mark.subject):
            work.remove([quad_of(mark, ADMITTED)])
    affected = _affected_things(work, changes, links)
    gained = {triple for node in affected for triple in frames.of(node)}
    lost = {t for t in _facts_about(work.seen_before, affected) if quad_of(t, THINGS) in work.seen_before}
    doubtful = (lost | before.facts) - after.facts - gained
    work.remove(quad_of(t, FACTS) for t in sorted(doubtful, key=str) if not frames.supports(t))
    work.add(quad_of(t, FACTS) for t in (*after.facts, *sorted(gained, key=str)))


def _answers(
    work: Working, changes: Changes, rule: StoredQuery, links: frozenset[NamedNode]
) -> tuple[Admission, Admission]:
    """What the rule admits on the questions that changed, before and after."""
    in_sources = [quad for quad in changes if is_source(quad.graph_name)]
    touched = {
        claim for store in (work.seen_before, work.seen) for claim in touched_claims(store, in_sources)
    }
    questions = {
        question for store in (work.seen_before, work.seen) for question in questions_of(store, touched)
    }
    cuts = set[Quad](), set[Quad]()
    for question in questions:
        for store, cut, claims in zip(
            (work.seen_before, work.seen), cuts, rivals(work, question, touched), strict=True
        ):
            cut.update(cut_out(store, claims, links))
    return _admitted(cuts[0], rule), _admitted(cuts[1], rule)


def _admitted(quads: set[Quad], rule: StoredQuery) -> Admission:
    if not quads:
        return Admission(frozenset(), frozenset())
    cut = Store()
    cut.extend(quads)
    return admit(cut, rule)


def rivals(
    work: Working, question: Question, touched: set[Claim]
) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Return the claims on a question, before and after, whose admission a change can alter.

    These are the claims that changed, and those that decide on others: preferred ones. Where one that changed
    decides on others, or a dataset yields to articles, all claims on the question are returned.
    """
    every = tuple(tuple(claims_on(store, question)) for store in (work.seen_before, work.seen))
    deciding = tuple(
        {claim for claim in claims if is_deciding(store, claim)}
        for store, claims in zip((work.seen_before, work.seen), every, strict=True)
    )
    if any(claims & touched for claims in deciding) or any(map(is_of_dataset, (*every[0], *every[1]))):
        return every[0], every[1]
    kept = touched | deciding[0] | deciding[1]
    return tuple(c for c in every[0] if c in kept), tuple(c for c in every[1] if c in kept)


def _affected_things(work: Working, changes: Changes, links: frozenset[NamedNode]) -> set[NamedNode]:
    """The things whose description changed, and those that a changed link leads to, near or far."""
    changed = [quad for quad in changes if quad.graph_name == THINGS]
    found = {quad.subject for quad in changed if isinstance(quad.subject, NamedNode)}
    ends = [q.object for q in changed if q.predicate in links and isinstance(q.object, NamedNode)]
    for store in (work.seen_before, work.seen):
        found |= Frames(store, links).below(ends)
    return found


def _facts_about(store: Store, nodes: Iterable[NamedNode]) -> Iterator[Triple]:
    for node in nodes:
        yield from (quad.triple for quad in store.quads_for_pattern(node, None, None, FACTS))

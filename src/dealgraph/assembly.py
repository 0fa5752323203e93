"""Assemble a store in memory from what the files say: claims, facts, and what follows from them.

The default graph of what is assembled holds the facts, what is inferred and what is derived: no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    Store,
    Triple,
)

from dealgraph.admit import ADMISSION, ADMITTED, FACTS, admit
from dealgraph.derive import DERIVED, MAX_ROUNDS, Deriver, never_ending
from dealgraph.evidence import Evidence
from dealgraph.examples import example_quads
from dealgraph.horn import AUXILIARY
from dealgraph.horn.compiling import compile_program
from dealgraph.quads import answering, put_all, quad_of
from dealgraph.reason import INFERRED, assumed, background_of, reason, triples_of
from dealgraph.sources import ONTOLOGY, Reading, Sources
from dealgraph.stored import StoredQuery, named

Step = Callable[[str], None]


def assemble(
    read: Sources | Reading,
    queries: Iterable[StoredQuery],
    step: Step = lambda _: None,
    *,
    as_of: dt.date | None = None,
    only_from: Iterable[NamedNode] = (),
    by_rules: bool = False,
    into: Store | None = None,
) -> Store:
    """Return a store with all graphs of a build; reach for it to build, to check, or to try things out.

    `as_of` is the latest day of publication that counts, `only_from` the articles that count (none: all).
    `step` is told what is being done, `by_rules` is for `reason`, `into` is an empty store to fill (none: a
    new one in memory). The same sources give the same content. Raises `Inconsistent`, and what else `reason`
    raises.
    """
    queries = tuple(queries)
    store = with_facts(read, queries, step, as_of=as_of, only_from=only_from, into=into)
    conclude(store, queries, step, by_rules=by_rules)
    return store


def with_facts(
    read: Sources | Reading,
    queries: Iterable[StoredQuery],
    step: Step = lambda _: None,
    *,
    as_of: dt.date | None = None,
    only_from: Iterable[NamedNode] = (),
    into: Store | None = None,
) -> Store:
    """Return a store with what the files say and the facts that it supports, before any reasoning.

    Reach for it where reasoning may find a contradiction. Arguments are those of `assemble`.
    """
    queries = tuple(queries)
    store = Store() if into is None else into
    put_all(store, _with_stable_labels(read.quads))
    store.bulk_extend(example_quads(queries))
    step("admit")
    admission = admit(store, named(queries, ADMISSION), as_of=as_of, only_from=only_from)
    put_all(store, answering(admission.facts, FACTS))
    store.bulk_extend(quad_of(mark, ADMITTED) for mark in admission.marks)
    return store


def conclude(
    store: Store, queries: Iterable[StoredQuery], step: Step = lambda _: None, *, by_rules: bool = False
) -> None:
    """Reason, then run the rules, until the rules have nothing more to make of what reasoning found.

    It ends: both only ever add, and each round adds to a set that the rules bound. Raises what `reason`
    and `Deriver.run` raise; what was found before stays in the store.
    """
    deriver = Deriver.of(store, queries)
    without = assumed(store)
    for _ in range(MAX_ROUNDS):
        found = reason(store, step, by_rules=by_rules, without=without)
        put_all(store, answering(found.inferred, INFERRED))
        step("derive")
        if not deriver.run():
            _tell_apart(store)
            store.bulk_extend(_aside(store, found.rest))
            return
    raise never_ending(MAX_ROUNDS)


def _tell_apart(store: Store) -> None:
    """Leave what both follows and is made by a rule to the rules: what they make is reasoned on as given."""
    for quad in list(store.quads_for_pattern(None, None, None, INFERRED)):
        if quad_of(quad.triple, DERIVED) in store:
            store.remove(quad)


def _aside(store: Store, rest: Iterable[Triple]) -> Iterator[Quad]:
    """What nobody asks for and changes of the facts may rest on: it is kept apart, and hardly ever there."""
    program = compile_program(triples_of(store, ONTOLOGY), background_of(store))
    for triple in rest:
        fact = (triple.subject, triple.predicate, triple.object)
        if program.is_plain(fact) or program.keeps_aside(fact):
            yield quad_of(triple, AUXILIARY)


def forget(store: Store, as_of: dt.date | None, only_from: Iterable[NamedNode]) -> None:
    """Take out of a store what articles say that appear after a day, or are not among those that count.

    Reach for it where a state is shown as it was, and not to be compared with what came later.
    """
    evidence, chosen = Evidence(store), frozenset(only_from)
    for article in (*evidence.articles, *evidence.snapshots):
        too_late = as_of is not None and evidence.published(article) > as_of
        if too_late or (chosen and NamedNode(article) not in chosen):
            store.remove_graph(NamedNode(article))


def _with_stable_labels(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Give blank nodes labels that follow from the content (RDFC-1.0), so that two builds are equal."""
    with_blanks = Dataset()
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            with_blanks.add(quad)
        else:
            yield quad
    with_blanks.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from with_blanks

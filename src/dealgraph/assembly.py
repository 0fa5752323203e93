"""Assemble a store in memory from what the files say: claims, facts, and what follows from them.

The default graph of what is assembled holds the facts and the inferences, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    Store,
    Triple,
)

from dealgraph.admit import ADMISSION, ADMITTED, FACTS, admit
from dealgraph.reason import INFERRED, reason
from dealgraph.sources import Sources
from dealgraph.stored import StoredQuery, named

Step = Callable[[str], None]


def assemble(read: Sources, queries: Iterable[StoredQuery], step: Step = lambda _: None) -> Store:
    """Return a store with all graphs of a build; reach for it to build, to check, or to try things out.

    `step` is told what is being done. The same sources give the same content.
    """
    store = Store()
    store.bulk_extend(_with_stable_labels(read.quads))
    step("admit")
    admission = admit(store, named(queries, ADMISSION))
    store.bulk_extend(_in_graphs(admission.facts, FACTS))
    store.bulk_extend(_quad(mark, ADMITTED) for mark in admission.marks)
    store.bulk_extend(_in_graphs(reason(store, step), INFERRED))
    return store


def _in_graphs(triples: Iterable[Triple], graph: NamedNode) -> Iterator[Quad]:
    for triple in triples:
        yield _quad(triple, graph)
        yield _quad(triple, DefaultGraph())


def _quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


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

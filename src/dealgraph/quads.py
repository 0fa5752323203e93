"""Quads: a triple in a graph, and quads in the form that a store gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple


def quad_of(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    """Return a triple as a statement of a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def answering(triples: Iterable[Triple], graph: NamedNode) -> Iterator[Quad]:
    """Yield triples as statements of a graph and of the default graph, where queries without a graph look."""
    for triple in triples:
        yield quad_of(triple, graph)
        yield quad_of(triple, DefaultGraph())


def as_stored(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield quads as a store gives them back, each once if they were; reach for it to compare with a store.

    A store writes numbers in a form of its own: else `19.0` of a file and `19` of a fact are two values.
    """
    store, literals = Store(), list[Quad]()
    for quad in quads:
        if isinstance(quad.object, Literal):
            literals.append(quad)
        else:
            yield quad
    store.bulk_extend(literals)
    yield from store

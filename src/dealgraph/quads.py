"""Quads: a triple in a graph, and quads in the form that a store gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

MOST_AT_ONCE: Final = 200_000
"""How many quads a store takes in at once. It would take a million, and for these a gigabyte of memory."""


def put_all(store: Store, quads: Iterable[Quad]) -> None:
    """Put many quads into a store; reach for it where they may be millions. Others see them come in parts."""
    waiting = iter(quads)
    try:
        for first in waiting:
            # A generator of ours: Python looks for an interruption only where it runs code of its own.
            store.bulk_extend(quad for quad in chain((first,), islice(waiting, MOST_AT_ONCE - 1)))
    finally:
        del store  # a traceback that keeps this frame must not keep the store open and locked


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

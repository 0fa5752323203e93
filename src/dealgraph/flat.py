"""What shapes look at: what data and ontology say, each triple once, in one graph without a name.

A union of named graphs would not do, since Oxigraph gives a triple in two graphs twice, and `COUNT` with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store, Triple

from dealgraph.examples import EXAMPLES
from dealgraph.quads import put_all, quad_of
from dealgraph.sources import ALIGNMENTS, SHAPES

Graph = NamedNode | BlankNode | DefaultGraph

_NOWHERE: Final = DefaultGraph()

NOT_DATA: Final[frozenset[Graph]] = frozenset({_NOWHERE, ALIGNMENTS, EXAMPLES, SHAPES})
"""The graphs that shapes do not look at; the ontology is among what they look at."""


def flatten(store: Store, into: Store) -> None:
    """Put into an empty store what shapes look at in another."""
    put_all(into, flattened(store))


def flattened(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield what shapes look at in a store, as quads of no graph; some may come twice."""
    # Without a triple in between, since there are millions.
    return (Quad(quad.subject, quad.predicate, quad.object) for quad in quads if is_looked_at(quad))


def is_looked_at(quad: Quad) -> bool:
    """Tell whether shapes look at a statement."""
    return quad.graph_name not in NOT_DATA


def flat(triple: Triple) -> Quad:
    """Return a triple as a quad of no graph."""
    return quad_of(triple, _NOWHERE)

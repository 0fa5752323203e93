"""The graph of this repository and its shapes, as a check sees them; made once, for reading only."""

from __future__ import annotations

from functools import cache

from pyoxigraph import DefaultGraph

from dealgraph.check.data import Listed
from dealgraph.check.layers import Layers
from dealgraph.check.shapes import shapes_of
from dealgraph.examples import EXAMPLES
from dealgraph.shacl import Program, ShapesGraph, compile_shapes
from dealgraph.sources import ALIGNMENTS, ONTOLOGY, SHAPES
from graph import the_store


@cache
def layers() -> Layers:
    """The graph of this repository as a check sees it."""
    skipped = {DefaultGraph(), ALIGNMENTS, EXAMPLES, ONTOLOGY, SHAPES}
    data = [quad for quad in the_store() if quad.graph_name not in skipped]
    return Layers(Listed(tuple(data)), tuple(the_store().quads_for_pattern(None, None, None, ONTOLOGY)))


@cache
def shapes_graph() -> ShapesGraph:
    return ShapesGraph(the_store().quads_for_pattern(None, None, None, SHAPES))


@cache
def program() -> Program:
    return compile_shapes(shapes_graph(), [shape.node for shape in shapes_of(shapes_graph())])

"""pySHACL as the oracle of the compiled shapes: the same results from both, on the same quads."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from dealgraph.check.data import Listed
from dealgraph.check.engines import scratch
from dealgraph.check.graph import to_graph
from dealgraph.check.layers import Layers
from dealgraph.check.shacl import results
from dealgraph.check.shapes import shapes_of
from dealgraph.shacl import Program, Result, ShapesGraph, compile_shapes
from dealgraph.shacl.graph import Term
from dealgraph.shacl.needs import Numbers

Row = tuple[str, str, str, str, str]
"""A result as texts: the shape it is of, the component, the focus node, the path and the value."""


def flat(quads: Iterable[Quad]) -> Store:
    """A store with the quads in its default graph."""
    return scratch(Layers(Listed(tuple(quads)), ()))


def program_of(shapes: Iterable[Quad]) -> Program:
    """The named shapes among some quads, compiled."""
    graph = ShapesGraph(shapes)
    return compile_shapes(graph, [shape.node for shape in shapes_of(graph)])


def by_program(
    data: Iterable[Quad], shapes: Iterable[Quad], focus: Iterable[NamedNode] | None = None
) -> set[Row]:
    """What compiled shapes have against the data, or against some of its nodes."""
    return set(map(row_of, program_of(shapes).run(flat(data), focus).results))


def rows_of(program: Program, store: Store, focus: Iterable[NamedNode] | None = None) -> set[Row]:
    """What a program has against a store, or against some of its nodes."""
    return set(map(row_of, program.run(store, focus).results))


def by_pyshacl(data: Iterable[Quad], shapes: Iterable[Quad]) -> set[Row]:
    """What pySHACL has against the data, whose literals have the form that a store gives them."""
    return set(map(row_of, results(to_graph(flat(data)), ShapesGraph(shapes))))


def counting(store: Store, known: frozenset[Term]) -> Numbers:
    """Tell the true numbers of some nodes."""

    def numbers(node: Term, predicate: NamedNode) -> int | None:
        if node not in known:
            return None
        if isinstance(node, Literal):
            return 0
        return sum(1 for _ in store.quads_for_pattern(node, predicate, None, DefaultGraph()))

    return numbers


def last_names(texts: Iterable[str]) -> str:
    """The last names of terms, each once and sorted; that of a blank node is _:."""
    return " ".join(sorted({_last_name(text) for text in texts}))


def _last_name(text: str) -> str:
    if text.startswith('"'):
        return text[1:].partition('"')[0]
    return "_:" if text.startswith("_:") else text.strip("<>").rpartition("/")[2]


def row_of(result: Result) -> Row:
    """A result as texts."""
    value = "" if result.value is None else str(result.value)
    return str(result.shape), result.component, str(result.focus), result.path, value

"""The two engines for shapes: compiled to SPARQL, and pySHACL for what is not compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from dealgraph.check.layers import Layers
from dealgraph.errors import NotCompiled
from dealgraph.quads import put_all
from dealgraph.settings import Engine
from dealgraph.shacl import Program, Result, ShapesGraph, compile_shapes, focus_counts


@dataclass(frozen=True)
class Validated:
    """What shapes have against data, by which engine; `refused` says why it was not the compiled one."""

    results: tuple[Result, ...]
    counts: Mapping[NamedNode, int]
    engine: Engine
    refused: tuple[str, ...] = ()


def run(
    seen: Layers,
    shapes: ShapesGraph,
    names: Iterable[NamedNode],
    engine: Engine = Engine.COMPILED,
    locate: Callable[[str], str] = lambda _: "",
    flat: Store | None = None,
) -> Validated:
    """Validate data by the shapes of some names; takes pySHACL, and says why, for what is not compiled.

    `flat` is what `scratch` gives for shapes that name no graph, if it is there already. Raises `CannotCheck`
    for shapes that pySHACL refuses too.
    """
    names = tuple(names)
    if engine is Engine.PYSHACL:
        return _by_pyshacl(seen, shapes, names)
    try:
        program = compile_shapes(shapes, names, locate)
    except NotCompiled as error:
        return _by_pyshacl(seen, shapes, names, error.refused)
    outcome = program.run(scratch(seen, program) if flat is None or program.reads_graphs else flat)
    return Validated(outcome.results, outcome.counts, Engine.COMPILED)


def scratch(seen: Layers, program: Program | None = None) -> Store:
    """Return a store with data and ontology in one flattened default graph, for a program to run on.

    The named graphs of the data are there too if the program reads them: they double the store.
    """
    store = Store()
    put_all(
        store, (Quad(q.subject, q.predicate, q.object) for part in (seen.data, seen.ontology) for q in part)
    )
    if program is not None and program.reads_graphs:
        put_all(store, seen.data)
    return store


def _by_pyshacl(
    seen: Layers, shapes: ShapesGraph, names: tuple[NamedNode, ...], refused: tuple[str, ...] = ()
) -> Validated:
    from dealgraph.check.graph import to_graph
    from dealgraph.check.shacl import results

    found = results(to_graph((*seen.data, *seen.ontology)), shapes)
    counts = focus_counts(shapes, names, scratch(seen))
    return Validated(tuple(found), counts, Engine.PYSHACL, refused)

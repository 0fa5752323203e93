"""The compiled shapes beside pySHACL on the project's graph, copied; and what one article's change costs.

    .venv/bin/python tests/benchmarks/shapes.py --copies 1 4 16

Each copy has things, claims and articles of its own; the ontology is there once. pySHACL runs up to
`--pyshacl` copies. The changes are one article that is taken out of the store and put back, with results kept
up to date; the nodes are those that it describes. Read the ratios of one run, not the seconds.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from dealgraph.assembly import assemble
from dealgraph.check.data import Listed
from dealgraph.check.engines import run, scratch
from dealgraph.check.layers import Layers
from dealgraph.check.shapes import shapes_of
from dealgraph.settings import Engine, open_project
from dealgraph.shacl import ShapesGraph, Upkeep, compile_shapes
from dealgraph.shacl.graph import Term
from dealgraph.sources import ALIGNMENTS, ONTOLOGY, SHAPES, load
from dealgraph.stored import load_all
from dealgraph.terms import iri

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = iri("article:")
T = TypeVar("T")


def copied(quads: Sequence[Quad], copies: int) -> Iterator[Quad]:
    """The statements as they are, then copies in which whatever they describe has another name."""
    yield from quads
    ours = {node for quad in quads for node in (quad.subject, quad.graph_name) if isinstance(node, NamedNode)}
    for number in range(1, copies):
        names: dict[Term | DefaultGraph, NamedNode] = {
            node: NamedNode(f"{node.value}-copy-{number}") for node in ours
        }
        for quad in quads:
            yield Quad(
                names.get(quad.subject, quad.subject),
                quad.predicate,
                names.get(quad.object, quad.object),
                names.get(quad.graph_name, quad.graph_name),
            )


def said_by_one(data: Sequence[Quad]) -> list[Triple]:
    """What the longest article says and nothing else does."""
    lengths = Counter(q.graph_name for q in data if getattr(q.graph_name, "value", "").startswith(ARTICLE))
    longest = max(lengths, key=lambda name: (lengths[name], str(name)))
    often = Counter(quad.triple for quad in data)
    return [q.triple for q in data if q.graph_name == longest and often[q.triple] == 1]


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The seconds that something takes, and what it gives."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def of_change(upkeep: Upkeep, triples: Sequence[Triple], rounds: int = 5) -> tuple[float, float, float]:
    """The seconds of taking triples out, of putting them back, of a run on their subjects; each the best."""
    nodes = {triple.subject for triple in triples}
    taken = [
        (
            timed(lambda: upkeep.change(removed=triples))[0],
            timed(lambda: upkeep.change(added=triples))[0],
            timed(lambda: upkeep.program.run(upkeep.store, nodes))[0],
        )
        for _ in range(rounds)
    ]
    out, back, run_on = (min(column) for column in zip(*taken, strict=True))
    return out, back, run_on


def compare(copies: Sequence[int], most_for_pyshacl: int) -> None:
    """Print a table, a row for each number of copies."""
    store = assemble(load(project := open_project(ROOT)), load_all(project.queries))
    skipped = {DefaultGraph(), ALIGNMENTS, ONTOLOGY, SHAPES}
    base = [quad for quad in store if quad.graph_name not in skipped]
    ontology = tuple(store.quads_for_pattern(None, None, None, ONTOLOGY))
    shapes = ShapesGraph(store.quads_for_pattern(None, None, None, SHAPES))
    names = [shape.node for shape in shapes_of(shapes)]
    program, article = compile_shapes(shapes, names), said_by_one(base)
    print(f"{len(names)} shapes; the article that changes says {len(article)} triples")
    print("| quads | flatten s | compiled s | pyshacl s | ratio | same results | out ms | in ms | nodes ms |")
    print("|---|---|---|---|---|---|---|---|---|")
    for number in copies:
        data = tuple(copied(base, number))
        seen = Layers(Listed(data), ontology)
        flattening, flat = timed(lambda seen=seen: scratch(seen, program))  # type: ignore[misc]
        seconds, outcome = timed(lambda flat=flat: program.run(flat))  # type: ignore[misc]
        row = [str(len(data)), f"{flattening:.2f}", f"{seconds:.2f}"]
        if number <= most_for_pyshacl:
            theirs, found = timed(lambda seen=seen: run(seen, shapes, names, Engine.PYSHACL))  # type: ignore[misc]
            same = set(found.results) == set(outcome.results)
            row += [f"{theirs:.2f}", f"{theirs / seconds:.0f}", "yes" if same else "NO"]
        else:
            row += ["", "", ""]
        row += (f"{part * 1000:.0f}" for part in of_change(Upkeep(program, flat), article))
        print(f"| {' | '.join(row)} |", flush=True)


def main() -> None:
    """Read the command line."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--copies", type=int, nargs="+", default=[1, 4, 16])
    options.add_argument("--pyshacl", type=int, default=4, help="the most copies that pySHACL runs on")
    given = options.parse_args()
    compare(given.copies, given.pyshacl)


if __name__ == "__main__":
    main()

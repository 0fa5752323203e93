"""Compiled shapes, and running them on a store.

The store holds one flattened default graph: what the data and the ontology say, each triple once. A union of
named graphs would not do, since Oxigraph gives a triple in two graphs twice, and `COUNT` and `SUM` with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, QuerySolutions, Store

from dealgraph.errors import CannotCheck, NotCompiled
from dealgraph.shacl.graph import ShapesGraph, Term
from dealgraph.shacl.parameters import Refused
from dealgraph.shacl.questions import Question, Result, questions
from dealgraph.shacl.reading import REFUSALS, Reader
from dealgraph.shacl.scope import Scope, Subclasses, subclasses
from dealgraph.shacl.select import names_graphs
from dealgraph.shacl.shape import Shape
from dealgraph.shacl.targets import THIS, Aim, Targets, among, batches, read_targets
from dealgraph.terms import compact


@dataclass(frozen=True)
class Outcome:
    """What the shapes have against a store, in order, and how many focus nodes each of them has."""

    results: tuple[Result, ...]
    counts: dict[NamedNode, int]


@dataclass
class Program:
    """Shapes as queries, which are written anew only when the classes of the ontology change."""

    shapes: tuple[tuple[NamedNode, Targets, Shape], ...]
    _written: tuple[Subclasses, list[_Written]] | None = field(default=None, repr=False)

    @property
    def reads_graphs(self) -> bool:
        """Tell whether a query asks what a named graph says, so that the store must have those too."""
        return any(names_graphs("".join(query)) for *_, shape in self.shapes for query in _queries(shape))

    def run(self, store: Store, focus: Iterable[NamedNode] | None = None) -> Outcome:
        """Validate all that the shapes are about, or, of it, only the nodes in `focus`.

        `store` is as the module says. With `focus` the cost follows the nodes and what they lead to, not the
        size of the store. Returns each result once, in an order that never changes.
        """
        nodes = None if focus is None else tuple(sorted(set(focus), key=str))
        aims: dict[Targets, Aim] = {}
        results: set[Result] = set()
        counts: dict[NamedNode, int] = {}
        for written in self._all_written(subclasses(store)):
            targets = written.targets
            if targets not in aims:
                aims[targets] = written.aim(store, nodes)
            counts[written.name] = aims[targets].count
            for question in written.questions:
                for binding in aims[targets].bindings(is_query=question.component == "SPARQL"):
                    results.update(question.ask(store, binding))
        return Outcome(tuple(sorted(results, key=_key)), counts)

    def _all_written(self, above: Subclasses) -> list[_Written]:
        if self._written is None or self._written[0] != above:
            self._written = (above, [_write(*part, Scope(above)) for part in self.shapes])
        return self._written[1]


@dataclass(frozen=True)
class _Written:
    name: NamedNode
    targets: Targets
    selecting: str
    accepting: str
    questions: tuple[Question, ...]

    def aim(self, store: Store, nodes: Sequence[NamedNode] | None) -> Aim:
        """Find the focus nodes, in the whole store or among some nodes."""
        if not self.targets:
            return Aim((), None)
        if nodes is None:
            return Aim(tuple(_nodes(store, self.selecting)), self.selecting)
        test = f"FILTER({self.accepting})"
        parts = (f"{among(part)}{test}" for part in batches(nodes))
        return Aim(tuple(node for part in parts for node in _nodes(store, part)), None)


def compile_shapes(
    graph: ShapesGraph, names: Iterable[NamedNode], locate: Callable[[str], str] = lambda _: ""
) -> Program:
    """Compile shapes; reach for it once, then run the program as often as there are data.

    `names` are the shapes that have targets, `locate` tells the `file:line` of an IRI. Raises `NotCompiled`,
    which names every shape that is malformed or has something that is not compiled, and what.
    """
    reader = Reader(graph)
    shapes: list[tuple[NamedNode, Targets, Shape]] = []
    refused: list[str] = []
    for name in names:
        try:
            shapes.append((name, read_targets(graph, name), reader.shape(name)))
            if shapes[-1][1].nodes and reader.may_stay(name):
                raise Refused("sh:targetNode, which may be nowhere in the data, with a path of no step")
        except REFUSALS as error:
            place = locate(name.value)
            refused.append(f"{place}{': ' if place else ''}{compact(name.value)}: {error}")
    if refused:
        raise NotCompiled(refused)
    return Program(tuple(shapes))


def focus_counts(graph: ShapesGraph, names: Iterable[NamedNode], store: Store) -> dict[NamedNode, int]:
    """Count the focus nodes of shapes, whatever engine runs them; raises `CannotCheck` for a bad target."""
    scope = Scope(subclasses(store))
    counts = {}
    for name in names:
        try:
            targets = read_targets(graph, name)
        except REFUSALS as error:
            raise CannotCheck(str(error), where=compact(name.value), fix="Correct the target") from None
        counts[name] = _Written(name, targets, targets.selecting(scope), "", ()).aim(store, None).count
    return counts


def _write(name: NamedNode, targets: Targets, shape: Shape, scope: Scope) -> _Written:
    return _Written(
        name, targets, targets.selecting(scope), targets.accepting(scope), tuple(questions(shape, scope))
    )


def _queries(shape: Shape) -> Iterator[tuple[str, ...]]:
    yield from shape.queries
    for inner in shape.properties:
        yield from _queries(inner)


def _nodes(store: Store, pattern: str) -> Iterator[Term]:
    found = store.query(f"SELECT {THIS} WHERE {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    return (solution[0] for solution in found)


def _key(result: Result) -> tuple[str, ...]:
    parts: tuple[Term | str | None, ...] = (
        result.focus,
        result.shape,
        result.component,
        result.path,
        result.value,
    )
    return tuple(str(part) for part in parts)

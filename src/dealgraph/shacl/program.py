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
from dealgraph.shacl.questions import Question, Result, questions
from dealgraph.shacl.reading import REFUSALS, Reader
from dealgraph.shacl.scope import Scope, Subclasses, subclasses
from dealgraph.shacl.select import names_graphs
from dealgraph.shacl.shape import Shape
from dealgraph.shacl.targets import THIS, Targets, among, read_targets
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
        aims: dict[Targets, tuple[int, str]] = {}
        results: set[Result] = set()
        counts: dict[NamedNode, int] = {}
        for written in self._all_written(subclasses(store)):
            targets = written.targets
            if targets not in aims:
                aims[targets] = written.aim(store) if nodes is None else written.aim_at(store, nodes)
            counts[written.name], binding = aims[targets]
            if counts[written.name]:
                results.update(r for question in written.questions for r in question.ask(store, binding))
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

    def aim(self, store: Store) -> tuple[int, str]:
        """Count the focus nodes in the whole store; with them goes what binds them."""
        if not self.targets:
            return 0, ""
        (count,) = _solutions(store, f"SELECT (COUNT(*) AS ?count) WHERE {{ {self.selecting} }}")
        return int(count["count"].value), self.selecting

    def aim_at(self, store: Store, nodes: Sequence[NamedNode]) -> tuple[int, str]:
        """Count those of some nodes that are focus nodes."""
        if not self.targets or not nodes:
            return 0, ""
        query = f"SELECT {THIS} WHERE {{ {among(nodes)} FILTER({self.accepting}) }}"
        found = [solution["this"] for solution in _solutions(store, query)]
        return len(found), among(found)


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
        counts[name], _ = _Written(name, targets, targets.selecting(scope), "", ()).aim(store)
    return counts


def _write(name: NamedNode, targets: Targets, shape: Shape, scope: Scope) -> _Written:
    return _Written(
        name, targets, targets.selecting(scope), targets.accepting(scope), tuple(questions(shape, scope))
    )


def _queries(shape: Shape) -> Iterator[tuple[str, ...]]:
    yield from shape.queries
    for inner in shape.properties:
        yield from _queries(inner)


def _solutions(store: Store, query: str) -> QuerySolutions:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return found


def _key(result: Result) -> tuple[str, ...]:
    parts: tuple[Term | str | None, ...] = (
        result.focus,
        result.shape,
        result.component,
        result.path,
        result.value,
    )
    return tuple(str(part) for part in parts)

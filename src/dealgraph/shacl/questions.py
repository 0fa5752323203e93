"""The queries that a shape comes to: one for each way to break one of its constraints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import QuerySolutions, Store

from dealgraph.shacl.constraints import step
from dealgraph.shacl.graph import Node, Term
from dealgraph.shacl.needs import Needs, needs_of, some_value
from dealgraph.shacl.paths import in_words
from dealgraph.shacl.pattern import Pattern
from dealgraph.shacl.scope import Scope
from dealgraph.shacl.shape import Shape
from dealgraph.shacl.targets import THIS
from dealgraph.terms import compact


@dataclass(frozen=True)
class Result:
    """A validation result: which shape's which component a focus node breaks, on which path, by which value.

    `shape` may be a blank node, of a shape inside a named one. `path` is in SPARQL's notation, empty where
    there is none. Source: SHACL, 3.6.2.
    """

    shape: Node
    component: str
    focus: Term
    path: str
    value: Term | None


@dataclass(frozen=True)
class Question:
    """A query in pieces, between which focus nodes are bound, and what its solutions mean.

    `way` is the path of the shape as a result tells it, empty where the shape has none. `needs` is what a
    node must have to be among the solutions, if that can be said.
    """

    pieces: tuple[str, ...]
    shape: Node
    way: str
    component: str
    focus: str = THIS
    value: str | None = None
    path: str | None = None
    needs: Needs | None = None

    @property
    def is_query(self) -> bool:
        """Tell whether it is a query that the shape has written out (`sh:sparql`)."""
        return self.component == "SPARQL"

    def ask(self, store: Store, binding: str) -> Iterator[tuple[Term, Result]]:
        """Yield for each solution the node that was bound and a result; the same may come more than once."""
        solutions = store.query(binding.join(self.pieces))
        assert isinstance(solutions, QuerySolutions)
        names = {variable.value for variable in solutions.variables}
        focus, value, path = (name and name[1:] for name in (self.focus, self.value, self.path))
        for solution in solutions:
            node = solution[focus]
            link = solution[path] if path in names else None
            found = solution[value] if value in names else None
            if found is None and self.is_query and not self.way:
                found = node
            way = compact(link.value) if link else self.way
            yield solution["this"], Result(self.shape, self.component, node, way, found)


def questions(shape: Shape, scope: Scope) -> Iterator[Question]:
    """Yield all queries of a shape, in the order of its constraints."""
    yield from _questions(shape, THIS, "", scope)


def _questions(
    shape: Shape, focus: str, before: str, scope: Scope, around: Needs | None = None
) -> Iterator[Question]:
    """`around` is what a node must have to have a value that the shape is asked of."""
    if shape.deactivated:
        return
    words = in_words(shape.path) if shape.path else ""
    for constraint in shape.constraints:
        needs = needs_of(constraint, shape.path) if focus == THIS else around
        for pattern in constraint.patterns(shape.path, focus, scope):
            pieces = _pieces(pattern, focus, before)
            yield Question(
                pieces, shape.node, words, constraint.component, focus, pattern.value, pattern.path, needs
            )
    for query in shape.queries:
        yield Question(query.pieces, shape.node, words, "SPARQL", THIS, "?value", "?path")
    for inner in shape.properties:
        value = scope.new("f") if shape.path else focus
        way = f"{before}{step(focus, shape.path, value)} " if shape.path else before
        inside = some_value(shape.path) if focus == THIS else around
        yield from _questions(inner, value, way, scope, inside)


def _pieces(pattern: Pattern, focus: str, before: str) -> tuple[str, str]:
    columns = " ".join(dict.fromkeys(name for name in (THIS, focus, pattern.value, pattern.path) if name))
    return f"SELECT {columns} WHERE {{ ", f"{before}{pattern.body()} }}"

"""Shapes, and the constraints that refer to other shapes or count values.

A shape that is only referred to is asked one thing: whether a node conforms to it. Nested patterns are
correlated by `EXISTS`, in which Oxigraph sees the variables bound outside.
Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, 4.2, 4.6 and 4.7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from dealgraph.shacl.constraints import Constraint, OfEachValue, same, step
from dealgraph.shacl.graph import Node
from dealgraph.shacl.paths import Path
from dealgraph.shacl.pattern import TRUE, Pattern, all_of, any_of
from dealgraph.shacl.scope import Scope
from dealgraph.shacl.select import Query
from dealgraph.shacl.steps import Step, after, steps


@dataclass(frozen=True)
class Shape:
    """A node shape, or a property shape if it has a path.

    `properties` are the shapes given by `sh:property`, whose results are their own. `queries` are those of
    `sh:sparql`.
    """

    node: Node
    path: Path | None
    constraints: tuple[Constraint, ...] = ()
    properties: tuple[Shape, ...] = ()
    queries: tuple[Query, ...] = ()
    deactivated: bool = False

    def conforms(self, focus: str, scope: Scope) -> str:
        """Return the expression that a node conforms to the shape; it never fails."""
        if self.deactivated:
            return TRUE
        return all_of([pattern.absent() for pattern in self._patterns(focus, scope)])

    def reads(self) -> Iterator[Step]:
        """Yield the statements that the shape looks at from a node on, queries of `sh:sparql` apart."""
        if self.deactivated:
            return
        for constraint in self.constraints:
            yield from constraint.reads(self.path)
        for shape in self.properties:
            yield from (*steps(self.path), *after(self.path, shape.reads()))

    def all_queries(self) -> Iterator[Query]:
        """Yield the queries of the shape and of those that `sh:property` gives; all ask for a focus node."""
        if not self.deactivated:
            yield from self.queries
            for shape in self.properties:
                yield from shape.all_queries()

    def _patterns(self, focus: str, scope: Scope) -> Iterator[Pattern]:
        for constraint in self.constraints:
            yield from constraint.patterns(self.path, focus, scope)
        for shape in self.properties:
            yield from Logical("Property", "and", (shape,)).patterns(self.path, focus, scope)


@dataclass(frozen=True)
class Logical(OfEachValue):
    """`sh:node`, `sh:and`, `sh:or`, `sh:xone` and `sh:not` (4.6, 4.7.1): `how` is and, or, xone or not."""

    component: str
    how: str
    shapes: tuple[Shape, ...]

    def test(self, value: str, scope: Scope) -> str:
        """A node that conforms to the shapes as asked."""
        parts = [shape.conforms(value, scope) for shape in self.shapes]
        if self.how == "xone":
            return f"({' + '.join(f'IF({part}, 1, 0)' for part in parts) or '0'}) = 1"
        if self.how == "or":
            return any_of(parts)
        return f"!({all_of(parts)})" if self.how == "not" else all_of(parts)

    def of_value(self) -> Iterator[Step]:
        """What the shapes look at."""
        for shape in self.shapes:
            yield from shape.reads()


MOST_JOINED: Final = 4
"""Up to here so many different values are joined, which ends at the first find and is planned from the focus
node on; a count is planned as if that node were not known."""


@dataclass(frozen=True)
class Count:
    """`sh:minCount`, `sh:maxCount` (4.2), and their qualified forms (4.7.3): at least or at most so many.

    With `of` only values count that conform to it and to none of `siblings`.
    """

    component: str
    limit: int
    is_least: bool
    of: Shape | None = None
    siblings: tuple[Shape, ...] = ()

    def patterns(self, path: Path | None, focus: str, scope: Scope) -> Iterator[Pattern]:
        """Yield a focus node with too few or too many values."""
        assert path is not None, "the reader of shapes asks for a path"
        number = self.limit if self.is_least else self.limit + 1
        reached = self._reached(number, path, focus, scope)
        yield Pattern("", f"!({reached})" if self.is_least else reached)

    def reads(self, path: Path | None) -> Iterator[Step]:
        """Yield the statements along the path, and what the shapes look at that say which values count."""
        yield from steps(path)
        for shape in (*((self.of,) if self.of else ()), *self.siblings):
            yield from after(path, shape.reads())

    def _reached(self, number: int, path: Path, focus: str, scope: Scope) -> str:
        """The expression that there are so many different values or more."""
        if number <= 0:
            return TRUE
        values = [scope.new("v") for _ in range(number if number <= MOST_JOINED else 1)]
        triples = " ".join(step(focus, path, value) for value in values)
        differ = [f"!{same(one, other)}" for one, other in combinations(values, 2)]
        found = Pattern(triples, all_of(differ + [self._counts(value, scope) for value in values])).body()
        if len(values) == number:
            return f"EXISTS {{ {found} }}"
        having = f"HAVING(COUNT(DISTINCT {values[0]}) >= {number})"
        return f"EXISTS {{ {{ SELECT {focus} WHERE {{ {found} }} GROUP BY {focus} {having} }} }}"

    def _counts(self, value: str, scope: Scope) -> str:
        if self.of is None:
            return TRUE
        conforming = [self.of.conforms(value, scope)]
        return all_of(conforming + [f"!({other.conforms(value, scope)})" for other in self.siblings])

"""The constraints of SHACL Core that compare values with those of another property, and closed shapes.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, 4.5 and 4.8.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pyoxigraph import NamedNode

from dealgraph.shacl.constraints import same, step
from dealgraph.shacl.paths import Path
from dealgraph.shacl.pattern import TRUE, Pattern, surely
from dealgraph.shacl.scope import Scope
from dealgraph.shacl.steps import Step, after, steps


@dataclass(frozen=True)
class Equals:
    """`sh:equals` (4.5.1)."""

    other: NamedNode
    component: ClassVar[str] = "Equals"

    def patterns(self, path: Path | None, focus: str, scope: Scope) -> Iterator[Pattern]:
        """Yield the values on one side that the other side has not."""
        value, theirs = scope.new("v"), scope.new("v")
        there = f"{focus} {self.other} {theirs} ."
        if path is None:
            yield Pattern("", f"NOT EXISTS {{ {focus} {self.other} {focus} }}", focus)
            yield Pattern(there, f"!{same(theirs, focus)}", theirs)
            return
        yield Pattern(step(focus, path, value), f"NOT EXISTS {{ {focus} {self.other} {value} }}", value)
        yield Pattern(there, f"NOT EXISTS {{ {step(focus, path, theirs)} }}", theirs)

    def reads(self, path: Path | None) -> Iterator[Step]:
        """Yield the statements along the path and those on the other property."""
        yield from (*steps(path), Step(None, self.other))


@dataclass(frozen=True)
class Disjoint:
    """`sh:disjoint` (4.5.2)."""

    other: NamedNode
    component: ClassVar[str] = "Disjoint"

    def patterns(self, path: Path | None, focus: str, scope: Scope) -> Iterator[Pattern]:
        """Yield the values that both sides have."""
        value = scope.new("v") if path else focus
        here = step(focus, path, value) if path else ""
        yield Pattern(here, f"EXISTS {{ {focus} {self.other} {value} }}", value)

    def reads(self, path: Path | None) -> Iterator[Step]:
        """Yield the statements along the path and those on the other property."""
        yield from (*steps(path), Step(None, self.other))


@dataclass(frozen=True)
class Less:
    """`sh:lessThan` and `sh:lessThanOrEquals` (4.5.3, 4.5.4)."""

    component: str
    operator: str
    other: NamedNode

    def patterns(self, path: Path | None, focus: str, scope: Scope) -> Iterator[Pattern]:
        """Yield the values that are not less than one of the others, or cannot be compared with it."""
        assert path is not None, "the reader of shapes asks for a path"
        value, theirs = scope.new("v"), scope.new("v")
        triples = f"{step(focus, path, value)} {focus} {self.other} {theirs} ."
        yield Pattern(triples, f"!{surely(f'{value} {self.operator} {theirs}')}", value)

    def reads(self, path: Path | None) -> Iterator[Step]:
        """Yield the statements along the path and those on the other property."""
        yield from (*steps(path), Step(None, self.other))


@dataclass(frozen=True)
class Closed:
    """`sh:closed true` (4.8.1); `allowed` are the predicates of its properties and the ignored ones."""

    allowed: tuple[NamedNode, ...]
    component: ClassVar[str] = "Closed"

    def patterns(self, path: Path | None, focus: str, scope: Scope) -> Iterator[Pattern]:
        """Yield the statements about a value node on any other predicate."""
        node, link, value = (scope.new("v") if path else focus), scope.new("p"), scope.new("v")
        here = step(focus, path, node) if path else ""
        names = ", ".join(map(str, self.allowed))
        other = f"{link} NOT IN ({names})" if names else TRUE
        yield Pattern(f"{here} {node} {link} {value} .", other, value, link)

    def reads(self, path: Path | None) -> Iterator[Step]:
        """Yield the statements along the path, and all that is said about each value."""
        yield from (*steps(path), *after(path, [Step(None, None)]))

"""How many values a node must have to break a constraint: where that is known, no store need be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from dealgraph.shacl.constraints import Constraint, OfEachValue, UniqueLang
from dealgraph.shacl.graph import Term
from dealgraph.shacl.pairs import Disjoint, Less
from dealgraph.shacl.paths import Path, Predicate
from dealgraph.shacl.shape import Count

Numbers = Callable[[Term, NamedNode], int | None]
"""How many values of a predicate a node has; nothing where that is not known without asking."""


def unknown(_: Term, __: NamedNode) -> None:
    """What is known of numbers where nothing is."""


@dataclass(frozen=True)
class Needs:
    """A node breaks a constraint only with so many values of a predicate: no fewer, and (if said) no more."""

    predicate: NamedNode
    least: int
    most: int | None = None

    def may_break(self, node: Term, numbers: Numbers) -> bool:
        """Tell whether a node may break the constraint."""
        number = numbers(node, self.predicate)
        return number is None or (self.least <= number and (self.most is None or number <= self.most))


def needs_of(constraint: Constraint, path: Path | None) -> Needs | None:
    """Return how many values a node must have to break a constraint; nothing where they do not tell."""
    if not isinstance(path, Predicate):
        return None
    if isinstance(constraint, Count):
        if not constraint.is_least:
            return Needs(path.node, constraint.limit + 1)
        return Needs(path.node, 0, constraint.limit - 1) if constraint.of is None else None
    return some_value(path) if isinstance(constraint, OfEachValue | UniqueLang | Disjoint | Less) else None


def some_value(path: Path | None) -> Needs | None:
    """Return that a node must have a value at the end of a path, if the path is one predicate."""
    return Needs(path.node, 1) if isinstance(path, Predicate) else None

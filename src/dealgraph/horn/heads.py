"""What follows from being in a class: the rules that a class expression stands for as a conclusion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Triple

from dealgraph.horn.bodies import Body, Variables, bodies
from dealgraph.horn.expressions import (
    All,
    AtLeast,
    AtMost,
    Everything,
    Expression,
    Filler,
    Itself,
    Named,
    Not,
    Nothing,
    OneOfThings,
    Only,
    Value,
)
from dealgraph.horn.finishing import finished
from dealgraph.horn.ranges import Datatype, Limits, OneOf
from dealgraph.horn.reading import Reader
from dealgraph.horn.rules import (
    TYPE,
    Apart,
    Atom,
    Guard,
    Head,
    Never,
    Rule,
    Same,
)


@dataclass(frozen=True, slots=True)
class Open:
    """A conclusion that no Horn rule can draw: that there is something, or one of several things.

    Who meets `body` is, at `variable`, in the class that `expression` describes.
    """

    body: Body
    variable: int
    expression: Expression
    axiom: tuple[Triple, ...]


Made = Rule | Open | Apart
"""What an axiom becomes."""

Read = Callable[[Reader, Triple], Iterator[Made]]
"""What reads one kind of axiom, from the triple that makes it; raises `Outside` where it cannot."""


class Heads:
    """Rules for one axiom; `never` names the rule of what contradicts it."""

    def __init__(self, axiom: Sequence[Triple], variables: Variables, never: str = "cls-com") -> None:
        self._axiom = tuple(axiom)
        self._variables = variables
        self._never = never

    def of(self, filler: Filler, variable: int, body: Body) -> Iterator[Made]:
        """Yield what it takes to put a variable that meets a body into a class or a range."""
        match filler:
            case Datatype() | Limits() | OneOf():
                outside = Body(guards=(Guard(variable, filler, inside=False),))
                yield from self.rule(Never("dt-not-type"), body + outside)
            case All():
                for part in filler.parts:
                    yield from self.of(part, variable, body)
            case Only():
                value = self._variables.fresh()
                yield from self.of(filler.filler, value, body + Body((filler.role.atom(variable, value),)))
            case Not():
                for other in bodies(filler.part, variable, self._variables):
                    yield from self.rule(Never(self._never), body + other)
            case AtMost(number=0 | 1):
                yield from self._at_most(filler, variable, body)
            case Everything() | AtLeast(number=0):
                return
            case _:
                head = _head_of(filler, variable)
                if head is None:
                    yield Open(body, variable, filler, self._axiom)
                else:
                    yield from self.rule(head, body)

    def rule(self, head: Head, body: Body) -> Iterator[Rule]:
        """Yield the rule from a body to a head, unless it says nothing."""
        found = finished(head, body, self._axiom)
        if found is not None:
            yield found

    def _at_most(self, this: AtMost, variable: int, body: Body) -> Iterator[Made]:
        values = [self._variables.fresh() for _ in range(this.number + 1)]
        for value in values:
            body += Body((this.role.atom(variable, value),))
        found = [body]
        for value in values:
            found = [each + more for each in found for more in bodies(this.filler, value, self._variables)]
        head: Head = Same(values[0], values[1], this.rule) if this.number else Never(this.rule)
        for each in found:
            yield from self.rule(head, each)


def _head_of(expression: Expression, variable: int) -> Head | None:
    """Return the conclusion that something is in a class, if one is enough to say so."""
    match expression:
        case Named():
            return Atom(variable, TYPE, expression.name)
        case Value():
            return expression.role.atom(variable, expression.value)
        case Itself():
            return expression.role.atom(variable, variable)
        case OneOfThings(things=(thing,)):
            return Same(variable, thing, "eq-diff1")
        case Nothing():
            return Never("cls-nothing2")
        case _:
            return None

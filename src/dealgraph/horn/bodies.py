"""What has to hold for something to be in a class: the premises that a class expression stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from typing import Final

from pyoxigraph import Literal

from dealgraph.horn.expressions import (
    All,
    Any,
    AtLeast,
    Everything,
    Expression,
    Filler,
    Itself,
    Named,
    Nothing,
    OneOfThings,
    Outside,
    Some,
    Value,
)
from dealgraph.horn.ranges import Datatype, Limits, OneOf
from dealgraph.horn.rules import TYPE, Atom, Guard, Place, Term

MOST: Final = 64
"""Into how many bodies an expression may be taken apart."""


@dataclass(frozen=True, slots=True)
class Body:
    """One way to be in a class: atoms and guards, and variables that must be certain individuals."""

    atoms: tuple[Atom, ...] = ()
    guards: tuple[Guard, ...] = ()
    ties: tuple[tuple[int, Term], ...] = ()

    def __add__(self, other: Body) -> Body:
        return Body(self.atoms + other.atoms, self.guards + other.guards, self.ties + other.ties)


class Variables:
    """A source of variables that were not used before."""

    def __init__(self, first: int = 0) -> None:
        self._count = count(first)

    def fresh(self) -> int:
        """Return a new variable."""
        return next(self._count)


def bodies(filler: Filler, variable: int, variables: Variables) -> tuple[Body, ...]:
    """Return every way in which a variable can be in a class or a range.

    Raises `Outside` where it takes more than finding statements.
    """
    if isinstance(filler, Datatype | Limits | OneOf):
        return (Body(guards=(Guard(variable, filler),)),)
    found = tuple(_bodies(filler, variable, variables))
    if len(found) > MOST:
        raise Outside(f"a class can be met in more than {MOST} ways")
    return found


def with_value(expression: Value, subject: Place, variables: Variables) -> Body:
    """Return what has to hold for something to have a certain value, literals compared by value."""
    if not isinstance(expression.value, Literal):
        return Body((expression.role.atom(subject, expression.value),))
    value = variables.fresh()
    guard = Guard(value, OneOf((expression.value,)))
    return Body((expression.role.atom(subject, value),), (guard,))


def _bodies(expression: Expression, variable: int, variables: Variables) -> Iterator[Body]:
    match expression:
        case All():
            for choice in product(*(bodies(part, variable, variables) for part in expression.parts)):
                yield sum(choice, Body())
        case Any():
            for part in expression.parts:
                yield from bodies(part, variable, variables)
        case Some() | AtLeast(number=1):
            value = variables.fresh()
            for body in bodies(expression.filler, value, variables):
                yield Body((expression.role.atom(variable, value),)) + body
        case OneOfThings():
            for thing in expression.things:
                yield Body(ties=((variable, thing),))
        case Nothing():
            return
        case _:
            yield _body(expression, variable, variables)


def _body(expression: Expression, variable: int, variables: Variables) -> Body:
    match expression:
        case Everything() | AtLeast(number=0):
            return Body()
        case Named():
            return Body((Atom(variable, TYPE, expression.name),))
        case Value():
            return with_value(expression, variable, variables)
        case Itself():
            return Body((expression.role.atom(variable, variable),))
        case _:
            raise Outside("it takes more than finding statements to be in one of its classes")

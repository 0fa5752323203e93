"""Class expressions and data ranges of OWL 2, as they are read from triples.

Source: OWL 2 Web Ontology Language Mapping to RDF Graphs (Second Edition), section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from dealgraph.horn.ranges import Range
from dealgraph.horn.rules import Atom, Place, Term


class Outside(Exception):
    """An expression, or where it stands, is outside the fragment; the text says why."""


@dataclass(frozen=True, slots=True)
class Role:
    """A property, or its inverse."""

    name: NamedNode
    inverse: bool = False

    def atom(self, subject: Place, value: Place) -> Atom:
        """Return the atom that relates two ends."""
        return Atom(value, self.name, subject) if self.inverse else Atom(subject, self.name, value)


@dataclass(frozen=True, slots=True)
class Named:
    """A class by its name."""

    name: NamedNode


@dataclass(frozen=True, slots=True)
class Everything:
    """The class owl:Thing."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The class owl:Nothing."""


@dataclass(frozen=True, slots=True)
class All:
    """What is in every part."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """What is in some part."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What is not in a class."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Some:
    """What has a value of a property in a class, or in a data range."""

    role: Role
    filler: Filler


@dataclass(frozen=True, slots=True)
class Only:
    """What has no value of a property outside a class, or a data range."""

    role: Role
    filler: Filler


@dataclass(frozen=True, slots=True)
class Value:
    """What has a certain value of a property."""

    role: Role
    value: Term


@dataclass(frozen=True, slots=True)
class Itself:
    """What a property relates to itself."""

    role: Role


@dataclass(frozen=True, slots=True)
class AtMost:
    """What has no more values of a property, in a class, than a number; `rule` is the W3C's name."""

    number: int
    role: Role
    filler: Filler
    rule: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """What has a number of values of a property, in a class, or more."""

    number: int
    role: Role
    filler: Filler


@dataclass(frozen=True, slots=True)
class OneOfThings:
    """One of some individuals."""

    things: tuple[NamedNode, ...]


Expression = (
    Named
    | Everything
    | Nothing
    | All
    | Any
    | Not
    | Some
    | Only
    | Value
    | Itself
    | AtMost
    | AtLeast
    | OneOfThings
)
Filler = Expression | Range

"""Horn rules over statements: atoms with variables, guards on numbers, and what a head can be.

A variable is an integer; every other place of an atom is a term of RDF. A body is a conjunction; what is
about types is an atom like any other, with rdf:type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.horn.ranges import Range
from dealgraph.terms import iri

TYPE: Final = NamedNode(iri("rdf:type"))

Term = NamedNode | BlankNode | Literal | Triple
Place = int | Term
"""What stands at an end of an atom: a variable, or a term."""
Fact = tuple[Term, NamedNode, Term]
"""A statement without variables: subject, predicate, object."""
Key = tuple[NamedNode, NamedNode | None]
"""What an atom is filed under: its predicate, with the class if that is rdf:type."""
Binding = Mapping[int, Term]


@dataclass(frozen=True, slots=True)
class Atom:
    """One premise or the conclusion of a rule: a statement some of whose ends are variables."""

    subject: Place
    predicate: NamedNode
    object: Place

    @property
    def places(self) -> tuple[Place, Place]:
        """The two ends, subject first."""
        return self.subject, self.object

    @property
    def variables(self) -> frozenset[int]:
        """The variables at its ends."""
        return frozenset(place for place in self.places if isinstance(place, int))

    @property
    def key(self) -> Key:
        """What the atom is filed under."""
        return key_of(self.predicate, self.object)


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on the value of a variable: that a data range holds it, or surely does not."""

    variable: int
    range: Range
    inside: bool = True

    def allows(self, value: Term) -> bool:
        """Tell whether a value meets the condition; what is no literal never does."""
        if not isinstance(value, Literal):
            return False
        return self.range.holds(value) if self.inside else self.range.excludes(value)


@dataclass(frozen=True, slots=True)
class Never:
    """The head `false`: the body cannot hold; `rule` is the name of the W3C's rule."""

    rule: str


@dataclass(frozen=True, slots=True)
class Same:
    """The head that makes two individuals one; `rule` is the name of the W3C's rule."""

    one: Place
    other: Place
    rule: str


Head = Atom | Never | Same


@dataclass(frozen=True, slots=True)
class Rule:
    """`head` follows from `body` where `guards` allow; `axiom` are the triples that say so."""

    head: Head
    body: tuple[Atom, ...]
    guards: tuple[Guard, ...] = ()
    axiom: tuple[Triple, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """Classes, or individuals, of which no two are one; `rule` is the W3C's name, `axiom` its triples."""

    rule: str
    members: tuple[NamedNode, ...]
    axiom: tuple[Triple, ...]


def key_of(predicate: NamedNode, value: Place) -> Key:
    """Return what a statement or an atom with this predicate and object is filed under."""
    return predicate, value if predicate == TYPE and isinstance(value, NamedNode) else None


def variables_of(head: Head) -> frozenset[int]:
    """Return the variables of a head."""
    if isinstance(head, Atom):
        return head.variables
    places = (head.one, head.other) if isinstance(head, Same) else ()
    return frozenset(place for place in places if isinstance(place, int))


def put_in(place: Place, binding: Binding) -> Term | None:
    """Return the term at a place, or nothing for a variable that is not bound."""
    return binding.get(place) if isinstance(place, int) else place


def replaced(atom: Atom, places: Mapping[int, Place]) -> Atom:
    """Return an atom with other places for some of its variables."""
    return Atom(_place(atom.subject, places), atom.predicate, _place(atom.object, places))


def replaced_head(head: Head, places: Mapping[int, Place]) -> Head:
    """Return a head with other places for some of its variables."""
    if isinstance(head, Atom):
        return replaced(head, places)
    if isinstance(head, Same):
        return Same(_place(head.one, places), _place(head.other, places), head.rule)
    return head


def _place(place: Place, places: Mapping[int, Place]) -> Place:
    return places.get(place, place) if isinstance(place, int) else place

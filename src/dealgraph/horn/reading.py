"""Read class expressions from the triples of an ontology."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from dealgraph.horn.data_ranges import ONE_OF, Ranges
from dealgraph.horn.expressions import (
    All,
    Any,
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
    Outside,
    Role,
    Some,
    Value,
)
from dealgraph.horn.nodes import owl
from dealgraph.horn.ranges import value
from dealgraph.horn.rules import Term
from dealgraph.terms import iri

THING, NOTHING = NamedNode(iri("owl:Thing")), NamedNode(iri("owl:Nothing"))
_TRUE: Final = ("true", "1")
_ON_PROPERTY, _ON_CLASS, _ON_DATA_RANGE = owl("onProperty"), owl("onClass"), owl("onDataRange")


class Reader(Ranges):
    """Reads class expressions; data ranges and the rest as what it builds on does."""

    def filler(self, node: Term) -> Filler:
        """Read a class expression or a data range."""
        return self.range(node) if self.is_range(node) else self.expression(node)

    def expression(self, node: Term) -> Expression:
        """Read a class expression. Raises `Outside` for one that has no meaning here."""
        if node in (THING, NOTHING):
            return Everything() if node == THING else Nothing()
        if isinstance(node, NamedNode):
            return Named(node)
        if isinstance(node, Literal):
            raise Outside("a literal stands where a class is needed")
        return self.described(node)

    def described(self, node: Term) -> Expression:
        """Read how a node is described, even one that has a name."""
        found = [
            read(self, node, triple.object)
            for triple in self.triples(node)
            if (read := _READERS.get(triple.predicate)) is not None
        ]
        if len(found) != 1:
            raise Outside("a class expression is not one of OWL 2")
        return found[0]

    def parts(self, head: Term) -> tuple[Expression, ...]:
        """Read a list of class expressions."""
        return tuple(self.expression(member) for member in self.members(head)[0])

    def on_property(self, node: Term) -> Role:
        """Read the property of a restriction."""
        found = self.values(node, _ON_PROPERTY)
        if len(found) != 1:
            raise Outside("a restriction is not on one property")
        return self.role(found[0])

    def counted(self, node: Term) -> Filler:
        """Read what a number of a restriction is about."""
        found = (*self.values(node, _ON_CLASS), *self.values(node, _ON_DATA_RANGE))
        return self.filler(found[0]) if found else Everything()


def _number(node: Term) -> int:
    known = value(node) if isinstance(node, Literal) else None
    if known is None or known.space != "number" or not str(known.key).isdigit():
        raise Outside("a cardinality is not a number")
    return int(str(known.key))


def _one_of(reader: Reader, _: Term, head: Term) -> Expression:
    members = reader.members(head)[0]
    things = tuple(member for member in members if isinstance(member, NamedNode))
    if len(things) != len(members):
        raise Outside("an enumeration has members without a name")
    return OneOfThings(things)


def _itself(reader: Reader, node: Term, flag: Term) -> Expression:
    if not isinstance(flag, Literal) or flag.value not in _TRUE:
        raise Outside("a self restriction is not true")
    return Itself(reader.on_property(node))


def _at_most(reader: Reader, node: Term, number: Term) -> Expression:
    return AtMost(
        _number(number), reader.on_property(node), reader.counted(node), _name_of(reader, node, number)
    )


def _name_of(reader: Reader, node: Term, number: Term) -> str:
    counted, zero = reader.values(node, _ON_CLASS), _number(number) == 0
    if not counted:
        return "cls-maxc1" if zero else "cls-maxc2"
    of_anything = THING in counted
    return f"cls-maxqc{(2 if of_anything else 1) + (0 if zero else 2)}"


def _at_least(reader: Reader, node: Term, number: Term) -> Expression:
    return AtLeast(_number(number), reader.on_property(node), reader.counted(node))


def _exactly(reader: Reader, node: Term, number: Term) -> Expression:
    return All((_at_least(reader, node, number), _at_most(reader, node, number)))


_READERS: Final[Mapping[NamedNode, Callable[[Reader, Term, Term], Expression]]] = {
    owl("intersectionOf"): lambda reader, _, head: All(reader.parts(head)),
    owl("unionOf"): lambda reader, _, head: Any(reader.parts(head)),
    owl("complementOf"): lambda reader, _, part: Not(reader.expression(part)),
    ONE_OF: _one_of,
    owl("someValuesFrom"): lambda reader, node, part: Some(reader.on_property(node), reader.filler(part)),
    owl("allValuesFrom"): lambda reader, node, part: Only(reader.on_property(node), reader.filler(part)),
    owl("hasValue"): lambda reader, node, term: Value(reader.on_property(node), term),
    owl("hasSelf"): _itself,
    owl("maxCardinality"): _at_most,
    owl("maxQualifiedCardinality"): _at_most,
    owl("minCardinality"): _at_least,
    owl("minQualifiedCardinality"): _at_least,
    owl("cardinality"): _exactly,
    owl("qualifiedCardinality"): _exactly,
}
DESCRIPTIONS: Final = frozenset(_READERS)
"""The properties that say what a class is made of."""

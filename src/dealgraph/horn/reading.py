"""Read class expressions, data ranges and lists from the triples of an ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from dealgraph.closure.vocabulary import DATATYPES, IRIS, NAMES
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
from dealgraph.horn.ranges import FACETS, Datatype, Limits, OneOf, Range, value
from dealgraph.horn.rules import TYPE, Term
from dealgraph.terms import iri

from decimal import Decimal  # isort: skip

THING, NOTHING = NamedNode(iri("owl:Thing")), NamedNode(iri("owl:Nothing"))
FIRST, REST, NIL = (NamedNode(iri(f"rdf:{name}")) for name in ("first", "rest", "nil"))
DATATYPE: Final = NamedNode(iri("rdfs:Datatype"))
EQUIVALENT_CLASS: Final = NamedNode(iri("owl:equivalentClass"))
_NAMES: Final = {NamedNode(IRIS[number]): NAMES[number] for number in DATATYPES}
_TRUE: Final = ("true", "1")


def owl(name: str) -> NamedNode:
    """Return a term of OWL."""
    return NamedNode(iri(f"owl:{name}"))


_ON_PROPERTY, _ON_CLASS, _ON_DATA_RANGE = owl("onProperty"), owl("onClass"), owl("onDataRange")
_INVERSE_OF, _ON_DATATYPE, _LIMITS = owl("inverseOf"), owl("onDatatype"), owl("withRestrictions")
_ONE_OF: Final = owl("oneOf")


class Reader:
    """The triples of an ontology by subject."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._about: defaultdict[Term, list[Triple]] = defaultdict(list)
        for triple in triples:
            self._about[triple.subject].append(triple)

    def triples(self, node: Term) -> Sequence[Triple]:
        """Return the triples about a node."""
        return self._about.get(node, ())

    def values(self, node: Term, predicate: NamedNode) -> Sequence[Term]:
        """Return the values of a property of a node."""
        return [triple.object for triple in self.triples(node) if triple.predicate == predicate]

    def members(self, head: Term) -> tuple[tuple[Term, ...], tuple[Triple, ...]]:
        """Return the members of a list, and the triples of its cells. Raises `Outside` for a broken one."""
        members: list[Term] = []
        cells: list[Triple] = []
        seen: set[Term] = set()
        while head != NIL:
            first = [triple for triple in self.triples(head) if triple.predicate == FIRST]
            rest = [triple for triple in self.triples(head) if triple.predicate == REST]
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise Outside("a list is not well-formed")
            seen.add(head)
            members.append(first[0].object)
            cells += (*first, *rest)
            head = rest[0].object
        return tuple(members), tuple(cells)

    def role(self, node: Term) -> Role:
        """Read a property or the inverse of one. Raises `Outside` for anything else."""
        if isinstance(node, NamedNode):
            if node.value.startswith(iri("owl:")):
                raise Outside("a built-in property has no rule")
            return Role(node)
        inner = self.values(node, _INVERSE_OF)
        if len(inner) != 1:
            raise Outside("a property is neither named nor the inverse of one")
        turned = self.role(inner[0])
        return Role(turned.name, not turned.inverse)

    def is_range(self, node: Term) -> bool:
        """Tell whether a node is a data range and no class."""
        if node in _NAMES or DATATYPE in self.values(node, TYPE) or self.values(node, _ON_DATATYPE):
            return True
        return any(
            isinstance(member, Literal)
            for head in self.values(node, _ONE_OF)
            for member in self.members(head)[0]
        )

    def filler(self, node: Term) -> Filler:
        """Read a class expression or a data range."""
        return self.range(node) if self.is_range(node) else self.expression(node)

    def range(self, node: Term, depth: int = 0) -> Range:
        """Read a data range. Raises `Outside` for one that is beyond numbers, values and OWL 2 RL."""
        if isinstance(node, NamedNode) and node in _NAMES:
            return Datatype(_NAMES[node])
        defined = self.values(node, EQUIVALENT_CLASS)
        if isinstance(node, NamedNode) and len(defined) == 1 and depth < 10:
            return self.range(defined[0], depth + 1)
        based, listed = self.values(node, _ON_DATATYPE), self.values(node, _ONE_OF)
        if len(listed) == 1:
            members = self.members(listed[0])[0]
            return OneOf(tuple(member for member in members if isinstance(member, Literal)))
        if len(based) != 1 or _NAMES.get(_as_named(based[0])) not in ("xsd:decimal", "xsd:integer"):
            raise Outside("a data range is not one of numbers")
        facets = [
            self._facet(facet)
            for head in self.values(node, _LIMITS)
            for part in self.members(head)[0]
            for facet in self.triples(part)
        ]
        return Limits(_NAMES[_as_named(based[0])], tuple(sorted(facets)))

    def _facet(self, triple: Triple) -> tuple[str, Decimal]:
        name = triple.predicate.value.removeprefix(iri("xsd:"))
        known = value(triple.object) if isinstance(triple.object, Literal) else None
        if name not in FACETS or known is None or known.space != "number":
            raise Outside(f"a data range has the facet {name}")
        return name, Decimal(str(known.key))

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


def _as_named(node: Term) -> NamedNode:
    return node if isinstance(node, NamedNode) else NOTHING


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
    _ONE_OF: _one_of,
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

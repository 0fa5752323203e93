"""Axioms about classes and individuals, each put into rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode, Triple

from dealgraph.horn.bodies import Body, Variables, bodies
from dealgraph.horn.data_ranges import EQUIVALENT_CLASS
from dealgraph.horn.expressions import Filler, Not, Outside
from dealgraph.horn.heads import Heads, Made, Read
from dealgraph.horn.nodes import owl
from dealgraph.horn.reading import DESCRIPTIONS, Reader
from dealgraph.horn.rules import Apart
from dealgraph.terms import iri


def _implies(axiom: Triple, lower: Filler, upper: Filler, never: str = "cls-com") -> Iterator[Made]:
    variables = Variables()
    subject = variables.fresh()
    for body in bodies(lower, subject, variables):
        yield from Heads((axiom,), variables, never).of(upper, subject, body)


def _sub_class(reader: Reader, axiom: Triple) -> Iterator[Made]:
    yield from _implies(axiom, reader.expression(axiom.subject), reader.expression(axiom.object))


def _equivalent_class(reader: Reader, axiom: Triple) -> Iterator[Made]:
    if reader.is_range(axiom.subject):
        return
    one, other = reader.expression(axiom.subject), reader.expression(axiom.object)
    yield from _implies(axiom, one, other)
    yield from _implies(axiom, other, one)


def _description(reader: Reader, axiom: Triple) -> Iterator[Made]:
    """A class with a name that is described in place, and not by an axiom."""
    if isinstance(axiom.subject, NamedNode) and not reader.is_range(axiom.subject):
        named, described = reader.expression(axiom.subject), reader.described(axiom.subject)
        yield from _implies(axiom, named, described)
        yield from _implies(axiom, described, named)


def _disjoint_classes(reader: Reader, axiom: Triple) -> Iterator[Made]:
    one, other = axiom.subject, axiom.object
    if isinstance(one, NamedNode) and isinstance(other, NamedNode) and one != other:
        yield Apart("cax-dw", (one, other), (axiom,))
    else:
        yield from _implies(axiom, reader.expression(one), Not(reader.expression(other)), "cax-dw")


def _all_disjoint_classes(reader: Reader, axiom: Triple) -> Iterator[Made]:
    yield from _apart(reader, axiom, "members", "cax-adc")
    for head in reader.values(axiom.subject, owl("members")):
        for one, other in combinations(reader.members(head)[0], 2):
            if one == other or not (isinstance(one, NamedNode) and isinstance(other, NamedNode)):
                lower, upper = reader.expression(one), Not(reader.expression(other))
                yield from _implies(axiom, lower, upper, "cax-adc")


def _all_different(reader: Reader, axiom: Triple) -> Iterator[Made]:
    yield from _apart(reader, axiom, "members", "eq-diff2")
    yield from _apart(reader, axiom, "distinctMembers", "eq-diff3")


def _different(_: Reader, axiom: Triple) -> Iterator[Made]:
    if isinstance(axiom.subject, NamedNode) and isinstance(axiom.object, NamedNode):
        yield Apart("eq-diff1", (axiom.subject, axiom.object), (axiom,))


def _apart(reader: Reader, axiom: Triple, predicate: str, rule: str) -> Iterator[Made]:
    for link in reader.triples(axiom.subject):
        if link.predicate == owl(predicate):
            members, cells = reader.members(link.object)
            named = tuple(member for member in members if isinstance(member, NamedNode))
            yield Apart(rule, named, (axiom, link, *cells))


def _disjoint_union(_: Reader, __: Triple) -> Iterator[Made]:
    raise Outside("a disjoint union says that one of several classes holds")


def _domain(reader: Reader, axiom: Triple) -> Iterator[Made]:
    role, variables = reader.role(axiom.subject), Variables(2)
    body = Body((role.atom(0, 1),))
    yield from Heads((axiom,), variables).of(reader.expression(axiom.object), 0, body)


def _range(reader: Reader, axiom: Triple) -> Iterator[Made]:
    role, variables = reader.role(axiom.subject), Variables(2)
    body = Body((role.atom(0, 1),))
    yield from Heads((axiom,), variables).of(reader.filler(axiom.object), 1, body)


BY_PREDICATE: Final[Mapping[NamedNode, Read]] = MappingProxyType(
    {
        NamedNode(iri("rdfs:subClassOf")): _sub_class,
        EQUIVALENT_CLASS: _equivalent_class,
        owl("disjointWith"): _disjoint_classes,
        owl("disjointUnionOf"): _disjoint_union,
        owl("differentFrom"): _different,
        NamedNode(iri("rdfs:domain")): _domain,
        NamedNode(iri("rdfs:range")): _range,
        **dict.fromkeys(DESCRIPTIONS, _description),
    }
)
"""What reads an axiom about classes and individuals, by the predicate of the triple that makes it."""

BY_TYPE: Final[Mapping[NamedNode, Read]] = MappingProxyType(
    {
        owl("AllDisjointClasses"): _all_disjoint_classes,
        owl("AllDifferent"): _all_different,
    }
)
"""What reads an axiom about classes and individuals, by the class that it declares."""

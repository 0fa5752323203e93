"""Axioms about properties, each put into rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode, Triple

from dealgraph.horn.bodies import Body, Variables, bodies, with_value
from dealgraph.horn.expressions import Outside, Role, Value
from dealgraph.horn.heads import Heads, Made, Read
from dealgraph.horn.nodes import owl
from dealgraph.horn.reading import Reader
from dealgraph.horn.rules import TYPE, Never, Same, Term
from dealgraph.terms import iri


def _copied(axiom: Triple, one: Role, other: Role) -> Iterator[Made]:
    yield from Heads((axiom,), Variables(2)).rule(other.atom(0, 1), Body((one.atom(0, 1),)))


def _sub_property(reader: Reader, axiom: Triple) -> Iterator[Made]:
    yield from _copied(axiom, reader.role(axiom.subject), reader.role(axiom.object))


def _equivalent_property(reader: Reader, axiom: Triple) -> Iterator[Made]:
    one, other = reader.role(axiom.subject), reader.role(axiom.object)
    yield from _copied(axiom, one, other)
    yield from _copied(axiom, other, one)


def _inverse(reader: Reader, axiom: Triple) -> Iterator[Made]:
    if not isinstance(axiom.subject, NamedNode):
        return  # an expression, read where it is used
    one, other = reader.role(axiom.subject), reader.role(axiom.object)
    turned = Role(other.name, not other.inverse)
    yield from _copied(axiom, one, turned)
    yield from _copied(axiom, turned, one)


def _chain(reader: Reader, axiom: Triple) -> Iterator[Made]:
    members, cells = reader.members(axiom.object)
    atoms = tuple(reader.role(member).atom(place, place + 1) for place, member in enumerate(members))
    head = reader.role(axiom.subject).atom(0, len(members))
    yield from Heads((axiom, *cells), Variables()).rule(head, Body(atoms))


def _disjoint_properties(reader: Reader, axiom: Triple) -> Iterator[Made]:
    yield from _never_both(reader, (axiom,), axiom.subject, axiom.object, "prp-pdw")


def _all_disjoint_properties(reader: Reader, axiom: Triple) -> Iterator[Made]:
    for link in reader.triples(axiom.subject):
        if link.predicate == owl("members"):
            members, cells = reader.members(link.object)
            for one, other in combinations(members, 2):
                yield from _never_both(reader, (axiom, link, *cells), one, other, "prp-adp")


def _never_both(reader: Reader, axiom: Sequence[Triple], one: Term, other: Term, rule: str) -> Iterator[Made]:
    body = Body((reader.role(one).atom(0, 1), reader.role(other).atom(0, 1)))
    yield from Heads(axiom, Variables()).rule(Never(rule), body)


def _key(reader: Reader, axiom: Triple) -> Iterator[Made]:
    members, cells = reader.members(axiom.object)
    variables = Variables(2)
    body = Body()
    for member in members:
        role, shared = reader.role(member), variables.fresh()
        if owl("DatatypeProperty") in reader.values(member, TYPE):
            raise Outside("a key has values that can be written in several ways")
        body += Body((role.atom(0, shared), role.atom(1, shared)))
    kind = reader.expression(axiom.subject)
    for one in bodies(kind, 0, variables):
        for other in bodies(kind, 1, variables):
            yield from Heads((axiom, *cells), variables).rule(Same(0, 1, "prp-key"), one + other + body)


def _denial(reader: Reader, axiom: Triple) -> Iterator[Made]:
    """What is denied of an individual: the axiom is the triple that names the individual."""
    variables = Variables()
    for predicate in reader.values(axiom.subject, owl("assertionProperty")):
        for target, rule in (("targetIndividual", "prp-npa1"), ("targetValue", "prp-npa2")):
            for value in reader.values(axiom.subject, owl(target)):
                body = with_value(Value(reader.role(predicate), value), axiom.object, variables)
                yield from Heads((axiom,), variables).rule(Never(rule), body)


def _functional(reader: Reader, axiom: Triple) -> Iterator[Made]:
    role = reader.role(axiom.subject)
    body = Body((role.atom(0, 1), role.atom(0, 2)))
    yield from Heads((axiom,), Variables()).rule(Same(1, 2, "prp-fp"), body)


def _inverse_functional(reader: Reader, axiom: Triple) -> Iterator[Made]:
    role = reader.role(axiom.subject)
    body = Body((role.atom(1, 0), role.atom(2, 0)))
    yield from Heads((axiom,), Variables()).rule(Same(1, 2, "prp-ifp"), body)


def _irreflexive(reader: Reader, axiom: Triple) -> Iterator[Made]:
    body = Body((reader.role(axiom.subject).atom(0, 0),))
    yield from Heads((axiom,), Variables()).rule(Never("prp-irp"), body)


def _asymmetric(reader: Reader, axiom: Triple) -> Iterator[Made]:
    role = reader.role(axiom.subject)
    body = Body((role.atom(0, 1), role.atom(1, 0)))
    yield from Heads((axiom,), Variables()).rule(Never("prp-asyp"), body)


def _symmetric(reader: Reader, axiom: Triple) -> Iterator[Made]:
    role = reader.role(axiom.subject)
    yield from Heads((axiom,), Variables()).rule(role.atom(1, 0), Body((role.atom(0, 1),)))


def _transitive(reader: Reader, axiom: Triple) -> Iterator[Made]:
    role = reader.role(axiom.subject)
    yield from Heads((axiom,), Variables()).rule(role.atom(0, 2), Body((role.atom(0, 1), role.atom(1, 2))))


def _reflexive(_: Reader, __: Triple) -> Iterator[Made]:
    raise Outside("a reflexive property is about everything")


BY_PREDICATE: Final[Mapping[NamedNode, Read]] = MappingProxyType(
    {
        NamedNode(iri("rdfs:subPropertyOf")): _sub_property,
        owl("equivalentProperty"): _equivalent_property,
        owl("inverseOf"): _inverse,
        owl("propertyChainAxiom"): _chain,
        owl("propertyDisjointWith"): _disjoint_properties,
        owl("hasKey"): _key,
        owl("sourceIndividual"): _denial,
    }
)
"""What reads an axiom about properties, by the predicate of the triple that makes it."""

BY_TYPE: Final[Mapping[NamedNode, Read]] = MappingProxyType(
    {
        owl("FunctionalProperty"): _functional,
        owl("InverseFunctionalProperty"): _inverse_functional,
        owl("IrreflexiveProperty"): _irreflexive,
        owl("SymmetricProperty"): _symmetric,
        owl("AsymmetricProperty"): _asymmetric,
        owl("TransitiveProperty"): _transitive,
        owl("ReflexiveProperty"): _reflexive,
        owl("AllDisjointProperties"): _all_disjoint_properties,
    }
)
"""What reads an axiom about properties, by the class that it declares."""

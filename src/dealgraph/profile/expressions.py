"""OWL 2 RL: the grammar of class expressions and data ranges, place by place, and the axioms it lacks.

The walk through the expressions also finds their undeclared classes and unknown datatypes, which OWL
2 DL forbids.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from dealgraph.profile.ontology import DL, RL, Departure, Node, Ontology, Row, name
from dealgraph.profile.tables import (
    ALLOWED_IN_RL,
    CARDINALITIES,
    DATATYPES,
    LISTS,
    NAMES_NOT_IN_RL,
    NOT_IN_RL,
    POSITIONS,
)

_THING: Final = "owl:Thing"


def axioms(ontology: Ontology) -> Iterator[Departure]:
    """Report the kinds of axiom, and the predefined names, that OWL 2 RL does without."""
    for row in ontology.rows:
        key = name(row.value) if row.predicate == "rdf:type" else row.predicate
        if key in NOT_IN_RL:
            yield Departure(RL, ontology.axiom(row), key, NOT_IN_RL[key], "Profiles 4.2.5")
        for each in {name(row.subject), row.predicate, name(row.value)} & NAMES_NOT_IN_RL:
            yield Departure(RL, ontology.axiom(row), each, "predefined name not allowed", "Profiles 4.2.1")


def expressions(ontology: Ontology) -> Iterator[Departure]:
    """Report what stands in an axiom where OWL 2 RL does not allow it."""
    for row in ontology.rows:
        for node, position in _places(ontology, row):
            yield from _walk(ontology, row, node, position)


def _places(ontology: Ontology, row: Row) -> Iterator[tuple[Node, str]]:
    """Return the expressions of an axiom, each with its position."""
    kinds = ontology.kinds(row.subject)
    left, right = POSITIONS.get(row.predicate, ("", ""))
    if row.predicate == "owl:equivalentClass" and "datatype" in kinds:
        left, right = "", "data range"
    elif row.predicate == "rdfs:range" and "data property" in kinds:
        right = "data range"
    elif right and "annotation property" in kinds:
        right = ""
    elif row.predicate == "rdf:type" and isinstance(row.value, BlankNode):
        right = "superclass"
    elif row.predicate == "owl:members" and "owl:AllDisjointClasses" in ontology.types(row.subject):
        yield from ((member, "subclass") for member in ontology.items(row.value))
    yield from ((node, position) for node, position in ((row.subject, left), (row.value, right)) if position)


def _walk(ontology: Ontology, row: Row, node: Node, position: str) -> Iterator[Departure]:
    """Check an expression and its parts; below what RL forbids, `position` is `any`, and only DL counts."""
    if isinstance(node, NamedNode):
        yield from _named(ontology, row, node, position)
        return
    construct = ontology.construct(node)
    allowed = ALLOWED_IN_RL.get(position, {})
    if position in ALLOWED_IN_RL and (construct not in allowed or _above_one(ontology, node, construct)):
        section = "Profiles 4.2.4" if position == "data range" else "Profiles 4.2.3"
        yield Departure(RL, ontology.axiom(row), construct, f"not allowed as {position}", section)
    below = "data range" if _about_data(ontology, node, position) else allowed.get(construct) or "any"
    for part in _parts(ontology, node, construct):
        if construct in LISTS or name(part) != _THING:
            yield from _walk(ontology, row, part, below)


def _named(ontology: Ontology, row: Row, node: NamedNode, position: str) -> Iterator[Departure]:
    if position == "data range":
        if name(node) not in DATATYPES and "datatype" not in ontology.kinds(node):
            reason = "neither in the OWL 2 datatype map nor defined"
            yield Departure(DL, ontology.axiom(row), name(node), reason, "SS 5.2")
    elif name(node) == _THING and position in ALLOWED_IN_RL:
        yield Departure(RL, ontology.axiom(row), _THING, f"not allowed as {position}", "Profiles 4.2.3")
    else:
        yield from ontology.undeclared(row, node, "class")


def _parts(ontology: Ontology, node: Node, construct: str) -> Iterator[Node]:
    """Return the expressions that an expression is made of: not its individuals, values and numbers."""
    if construct in LISTS:
        for head in ontology.values(node, construct):
            yield from ontology.items(head)
    elif construct in CARDINALITIES:
        yield from (*ontology.values(node, "owl:onClass"), *ontology.values(node, "owl:onDataRange"))
    elif construct not in {"owl:oneOf", "owl:hasValue", "owl:hasSelf"}:
        yield from ontology.values(node, construct)


def _above_one(ontology: Ontology, node: Node, construct: str) -> bool:
    numbers = (n for n in ontology.values(node, construct) if isinstance(n, Literal))
    return construct in CARDINALITIES and any(int(number.value) > 1 for number in numbers)


def _about_data(ontology: Ontology, node: Node, position: str) -> bool:
    used = (ontology.property(each) for each in ontology.values(node, "owl:onProperty"))
    return position == "data range" or any("data property" in ontology.kinds(each) for each in used)

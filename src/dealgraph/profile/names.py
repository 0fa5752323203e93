"""OWL 2 DL: which names may be used, and what they must be declared as."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from dealgraph.profile.ontology import DL, Departure, Ontology, Row, name
from dealgraph.profile.tables import DATATYPES, PROPERTY_KINDS, RESERVED, VOCABULARY
from dealgraph.terms import compact, iri


def reserved(ontology: Ontology) -> Iterator[Departure]:
    """Report names of the rdf, rdfs, owl and xsd vocabularies to which OWL 2 gives no use (SS 2.4)."""
    for row in ontology.rows:
        used = {row.predicate}
        if row.predicate.startswith(RESERVED):
            used |= {name(row.subject), name(row.value)}
        for each in used:
            if each.startswith(RESERVED) and each not in VOCABULARY and not _is_datatype(each):
                yield Departure(DL, ontology.axiom(row), each, "reserved and of no use in OWL 2", "SS 2.4")


def declared_twice(ontology: Ontology) -> Iterator[Departure]:
    """Report names that are two kinds of property, or a class and a datatype (SS 5.8.1)."""
    for node in {row.subject for row in ontology.rows if isinstance(row.subject, NamedNode)}:
        kinds = ontology.kinds(node)
        for clash in (kinds & PROPERTY_KINDS, kinds & {"class", "datatype"}):
            if len(clash) > 1:
                reason = f"declared as {' and as '.join(sorted(clash))}"
                yield Departure(DL, f"{name(node)} rdf:type", name(node), reason, "SS 5.8.1")


def undeclared(ontology: Ontology) -> Iterator[Departure]:
    """Report properties, and classes of individuals, that are not declared (SS 5.8.2)."""
    for row in ontology.rows:
        if not row.predicate.startswith(RESERVED):
            yield from ontology.undeclared(row, _predicate(row), *PROPERTY_KINDS)
        elif row.predicate == "rdf:type":
            yield from ontology.undeclared(row, row.value, "class")
        elif row.predicate in {"owl:inverseOf", "owl:onProperty", "owl:propertyDisjointWith"}:
            for end in (row.subject, row.value):
                yield from ontology.undeclared(row, end, "object property", "data property")
        elif row.predicate in {"rdfs:subPropertyOf", "owl:equivalentProperty"}:
            kinds = ontology.kinds(ontology.property(row.subject)) & PROPERTY_KINDS
            yield from ontology.undeclared(row, row.subject, *PROPERTY_KINDS)
            yield from ontology.undeclared(row, row.value, *(kinds or PROPERTY_KINDS))
    for row, members in ontology.chains:
        for node in (row.subject, *members):
            yield from ontology.undeclared(row, node, "object property")


def datatypes(ontology: Ontology) -> Iterator[Departure]:
    """Report literals, other than in annotations, of a datatype that OWL 2 does not know (SS 4)."""
    for row in ontology.rows:
        if isinstance(row.value, Literal) and _asserts(ontology, row):
            datatype = compact(row.value.datatype.value)
            if datatype not in DATATYPES:
                yield Departure(DL, ontology.axiom(row), datatype, "not in the OWL 2 datatype map", "SS 4")


def _asserts(ontology: Ontology, row: Row) -> bool:
    if row.predicate.startswith(RESERVED):
        return row.predicate in {"owl:hasValue", "owl:targetValue", "rdf:first"}
    return "data property" in ontology.kinds(_predicate(row))


def _is_datatype(each: str) -> bool:
    """Tell datatypes that OWL 2 does not know from other reserved names: they are reported as such."""
    return each.startswith("xsd:")


def _predicate(row: Row) -> NamedNode:
    full = row.predicate[1:-1] if row.predicate.startswith("<") else iri(row.predicate)
    return NamedNode(full)

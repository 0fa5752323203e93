"""OWL 2 DL: simple properties where they are needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dealgraph.profile.ontology import DL, Departure, Node, Ontology, Row
from dealgraph.profile.ontology import name as named
from dealgraph.profile.tables import NEED_SIMPLE

Above = Mapping[Node, set[Node]]


def not_simple(ontology: Ontology) -> Iterator[Departure]:
    """Report transitive or chained properties, and those above them, used where SS 11.2 forbids it."""
    transitive = {row.subject for row in ontology.rows if _key(row) == "owl:TransitiveProperty"}
    heads = {row.subject for row, _ in ontology.chains}
    composite = _closure(_hierarchy(ontology), transitive | heads)
    for row in ontology.rows:
        if (key := _key(row)) in NEED_SIMPLE:
            for node in _used(ontology, row, key) & composite:
                reason = f"transitive or chained, so not simple, as {key} asks"
                yield Departure(DL, ontology.axiom(row), named(node), reason, "SS 11.2")


def _key(row: Row) -> str:
    return named(row.value) if row.predicate == "rdf:type" else row.predicate


def _used(ontology: Ontology, row: Row, key: str) -> set[Node]:
    """Return the properties that the axiom or expression of a row makes use of."""
    used = {row.subject, *ontology.values(row.subject, "owl:onProperty")}
    if key == "owl:propertyDisjointWith":
        used.add(row.value)
    for head in ontology.values(row.subject, "owl:members"):
        used.update(ontology.items(head))
    return {ontology.property(node) for node in used}


def _hierarchy(ontology: Ontology) -> Above:
    """Return what lies directly above each property (SS 11.1); inverses and equivalents lie both ways."""
    above: dict[Node, set[Node]] = defaultdict(set)
    for row in ontology.rows:
        low, high = ontology.property(row.subject), ontology.property(row.value)
        if row.predicate in {"rdfs:subPropertyOf", "owl:equivalentProperty", "owl:inverseOf"}:
            above[low].add(high)
        if row.predicate in {"owl:equivalentProperty", "owl:inverseOf"}:
            above[high].add(low)
    return above


def _closure(above: Above, starts: Iterable[Node]) -> set[Node]:
    found: set[Node] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(above.get(node, ()))
    return found

"""The axioms of an ontology, asked backwards: what could give a property or a class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from dealgraph.terms import iri

TYPE: Final = NamedNode(iri("rdf:type"))
SUB_CLASS, SUB_PROPERTY = (NamedNode(iri(f"rdfs:sub{name}Of")) for name in ("Class", "Property"))
SAME_CLASS, SAME_PROPERTY = (NamedNode(iri(f"owl:equivalent{name}")) for name in ("Class", "Property"))
INVERSE, ON, SOME, VALUE = (
    NamedNode(iri(f"owl:{name}")) for name in ("inverseOf", "onProperty", "someValuesFrom", "hasValue")
)
_FIRST, _REST = NamedNode(iri("rdf:first")), NamedNode(iri("rdf:rest"))
_CHAIN, _BOTH, _HAS_SELF, _TRANSITIVE = (
    NamedNode(iri(f"owl:{name}"))
    for name in ("propertyChainAxiom", "intersectionOf", "hasSelf", "TransitiveProperty")
)


@dataclass(frozen=True)
class Schema:
    """The triples of an ontology, by the terms that they are about."""

    triples: Iterable[Triple]

    def about(self, term: object) -> Sequence[Triple]:
        """Return the triples with a term as subject or object, in a stable order."""
        return self._about.get(term, ())

    def parts(self, node: object) -> Mapping[NamedNode, object]:
        """Return what is said of a node, one value for each property."""
        return {t.predicate: t.object for t in self.about(node) if t.subject == node}

    def chain(self, axiom: Triple) -> Sequence[NamedNode]:
        """Return the properties that one after the other give that of an axiom; none for another axiom."""
        if axiom.predicate == TYPE and axiom.object == _TRANSITIVE and isinstance(axiom.subject, NamedNode):
            return [axiom.subject, axiom.subject]
        members = self._list(axiom.object) if axiom.predicate == _CHAIN else []
        return [member for member in members if isinstance(member, NamedNode)]

    def conditions(self, expression: BlankNode) -> Sequence[object]:
        """Return the classes that an unnamed class is the intersection of, or itself."""
        both = self.parts(expression).get(_BOTH)
        return [expression] if both is None else self._list(both)

    def definitions(self, kind: object) -> Sequence[tuple[Triple, BlankNode]]:
        """Return the axioms by which having certain things makes something a member of a class."""
        found = []
        for axiom in self.about(kind):
            expression = axiom.object if axiom.subject == kind else axiom.subject
            below = axiom.predicate == SUB_CLASS and axiom.object == kind
            if isinstance(expression, BlankNode) and (below or axiom.predicate == SAME_CLASS):
                found.append((axiom, expression))
        return found

    def restrictions_to_self(self, link: NamedNode) -> Sequence[Triple]:
        """Return the axioms that relate each member of a class to itself by a property."""
        marked = [
            t.subject for t in self.about(link) if t.predicate == ON and _HAS_SELF in self.parts(t.subject)
        ]
        return [
            t for node in marked for t in self.about(node) if t.predicate == SUB_CLASS and t.object == node
        ]

    def _list(self, cell: object) -> list[object]:
        members: list[object] = []
        while isinstance(cell, BlankNode) and len(members) < len(self._about):
            parts = self.parts(cell)
            members.append(parts.get(_FIRST))
            cell = parts.get(_REST)
        return members

    @cached_property
    def _about(self) -> Mapping[object, list[Triple]]:
        found: defaultdict[object, list[Triple]] = defaultdict(list)
        for triple in sorted(self.triples, key=str):
            for term in dict.fromkeys((triple.subject, triple.object)):
                found[term].append(triple)
        return dict(found)

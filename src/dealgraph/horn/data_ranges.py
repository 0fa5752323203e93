"""Read data ranges from the triples of an ontology."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from dealgraph.closure.vocabulary import DATATYPES, IRIS, NAMES
from dealgraph.horn.expressions import Outside
from dealgraph.horn.nodes import Nodes, owl
from dealgraph.horn.ranges import FACETS, Datatype, Limits, OneOf, Range, value
from dealgraph.horn.rules import TYPE, Term
from dealgraph.terms import iri

EQUIVALENT_CLASS: Final = owl("equivalentClass")
ONE_OF: Final = owl("oneOf")
_DATATYPE: Final = NamedNode(iri("rdfs:Datatype"))
_ON_DATATYPE, _LIMITS = owl("onDatatype"), owl("withRestrictions")
_NAMES: Final = {NamedNode(IRIS[number]): NAMES[number] for number in DATATYPES}
_NUMBERS: Final = ("xsd:decimal", "xsd:integer")
_DEEPEST: Final = 10
"""How many names of one data range may stand for one another."""


class Ranges(Nodes):
    """Reads data ranges."""

    def is_range(self, node: Term) -> bool:
        """Tell whether a node is a data range and no class."""
        if node in _NAMES or _DATATYPE in self.values(node, TYPE) or self.values(node, _ON_DATATYPE):
            return True
        return any(
            isinstance(member, Literal)
            for head in self.values(node, ONE_OF)
            for member in self.members(head)[0]
        )

    def range(self, node: Term, depth: int = 0) -> Range:
        """Read a data range. Raises `Outside` for one that is beyond numbers, values and OWL 2 RL."""
        if isinstance(node, NamedNode) and node in _NAMES:
            return Datatype(_NAMES[node])
        defined = self.values(node, EQUIVALENT_CLASS)
        if isinstance(node, NamedNode) and len(defined) == 1 and depth < _DEEPEST:
            return self.range(defined[0], depth + 1)
        based, listed = self.values(node, _ON_DATATYPE), self.values(node, ONE_OF)
        if len(listed) == 1:
            members = self.members(listed[0])[0]
            return OneOf(tuple(member for member in members if isinstance(member, Literal)))
        if len(based) != 1 or _NAMES.get(_as_named(based[0])) not in _NUMBERS:
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


def _as_named(node: Term) -> NamedNode:
    return node if isinstance(node, NamedNode) else owl("Nothing")

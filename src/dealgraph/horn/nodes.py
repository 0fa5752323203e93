"""The nodes of an ontology: their values, the lists that start at them, the properties that they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import NamedNode, Triple

from dealgraph.horn.expressions import Outside, Role
from dealgraph.horn.rules import Term
from dealgraph.terms import iri

FIRST, REST, NIL = (NamedNode(iri(f"rdf:{name}")) for name in ("first", "rest", "nil"))


def owl(name: str) -> NamedNode:
    """Return a term of OWL."""
    return NamedNode(iri(f"owl:{name}"))


_INVERSE_OF: Final = owl("inverseOf")


class Nodes:
    """The triples of an ontology by subject: values of nodes, lists, properties."""

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

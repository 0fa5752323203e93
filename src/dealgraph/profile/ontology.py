"""The triples of an ontology, as the rules of a profile look at them, and what the rules report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from dealgraph.profile.tables import CONSTRUCTS, KINDS, RESERVED
from dealgraph.terms import compact, iri

DL: Final = "OWL 2 DL"
RL: Final = "OWL 2 RL"

Node = NamedNode | BlankNode | Literal | Triple
_NIL: Final = NamedNode(iri("rdf:nil"))


@dataclass(frozen=True, order=True)
class Departure:
    """One axiom outside a profile: the term that puts it there, why, and the section that says so."""

    profile: str
    axiom: str
    term: str
    reason: str
    section: str


@dataclass(frozen=True)
class Row:
    """One triple, with its predicate in compact form."""

    subject: Node
    predicate: str
    value: Node


@dataclass(frozen=True)
class Ontology:
    """The rows of an ontology, and their values by subject and predicate."""

    rows: tuple[Row, ...]
    about: Mapping[tuple[Node, str], list[Node]]

    @classmethod
    def of(cls, triples: Iterable[Triple | Quad]) -> Ontology:
        """Index some triples; which graphs quads stand in makes no difference."""
        rows = {Row(t.subject, compact(t.predicate.value), t.object) for t in triples}
        about: dict[tuple[Node, str], list[Node]] = defaultdict(list)
        for row in rows:
            about[row.subject, row.predicate].append(row.value)
        return cls(tuple(rows), dict(about))

    def values(self, node: Node, predicate: str) -> list[Node]:
        """Return the values of one predicate of a node."""
        return self.about.get((node, predicate), [])

    def types(self, node: Node) -> set[str]:
        """Return the types of a node, in compact form."""
        return {name(value) for value in self.values(node, "rdf:type")}

    def kinds(self, node: Node) -> set[str]:
        """Return what a name is declared as, in the words of `KINDS`."""
        return {KINDS[each] for each in self.types(node) & KINDS.keys()}

    def items(self, head: Node) -> Iterator[Node]:
        """Return the members of a list, in order."""
        seen: set[Node] = set()
        while head != _NIL and head not in seen:
            seen.add(head)
            yield from self.values(head, "rdf:first")
            head = next(iter(self.values(head, "rdf:rest")), _NIL)

    def construct(self, node: Node) -> str:
        """Return the predicate that makes a blank node a class expression or a data range, or nothing."""
        return next((each for each in CONSTRUCTS if self.values(node, each)), "")

    def property(self, node: Node) -> Node:
        """Return the property that a property expression is about: itself, or the one it inverts."""
        return next(iter(self.values(node, "owl:inverseOf")), node) if isinstance(node, BlankNode) else node

    @cached_property
    def chains(self) -> tuple[tuple[Row, tuple[Node, ...]], ...]:
        """Each property chain axiom, with the properties of the chain."""
        rows = (row for row in self.rows if row.predicate == "owl:propertyChainAxiom")
        return tuple((row, tuple(map(self.property, self.items(row.value)))) for row in rows)

    def axiom(self, row: Row) -> str:
        """Name an axiom in a message: its triple, with blank nodes shown by what they are."""
        return f"{self._shown(row.subject)} {row.predicate} {self._shown(row.value)}"

    def undeclared(self, row: Row, node: Node, *kinds: str) -> Iterator[Departure]:
        """Report a name in an axiom that is declared as none of some kinds; reserved ones need not be."""
        own = isinstance(node, NamedNode) and not name(node).startswith(RESERVED)
        if own and not self.kinds(node) & set(kinds):
            reason = f"not declared as {' or '.join(sorted(kinds))}"
            yield Departure(DL, self.axiom(row), name(node), reason, "SS 5.8.2")

    def _shown(self, node: Node) -> str:
        if not isinstance(node, BlankNode):
            return name(node)
        return f"[{self.construct(node) or ' '.join(sorted(self.types(node))) or 'list'}]"


def name(node: Node) -> str:
    """Return how a message names a term: IRIs in compact form."""
    return compact(node.value) if isinstance(node, NamedNode) else str(node)

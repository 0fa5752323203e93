"""The triples of a shapes graph, indexed: what a reader of shapes asks of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from dealgraph.terms import iri

Term = NamedNode | BlankNode | Literal | Triple
Node = NamedNode | BlankNode

_FIRST: Final = NamedNode(iri("rdf:first"))
_REST: Final = NamedNode(iri("rdf:rest"))
_NIL: Final = NamedNode(iri("rdf:nil"))
TYPE: Final = NamedNode(iri("rdf:type"))
SUBCLASS: Final = NamedNode(iri("rdfs:subClassOf"))


def sh(name: str) -> NamedNode:
    """Return a term of the SHACL vocabulary."""
    return NamedNode(iri(f"sh:{name}"))


class MalformedList(Exception):
    """What should be a list in RDF is none."""


class ShapesGraph:
    """The shapes as triples; literals have the form a store gives them, as those of the data do.

    `quads` are the triples, each once and sorted.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        store = Store()
        store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        self.quads = tuple(sorted(store, key=str))
        self._objects: defaultdict[tuple[Term, Term], list[Term]] = defaultdict(list)
        self._subjects: defaultdict[tuple[Term, Term], list[Term]] = defaultdict(list)
        self._about: defaultdict[Term, list[tuple[NamedNode, Term]]] = defaultdict(list)
        self._uses: defaultdict[Term, list[tuple[Term, Term]]] = defaultdict(list)
        for quad in self.quads:
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            self._objects[subject, predicate].append(value)
            self._subjects[predicate, value].append(subject)
            self._about[subject].append((predicate, value))
            self._uses[predicate].append((subject, value))

    def objects(self, subject: Term, predicate: NamedNode) -> tuple[Term, ...]:
        """Return the values of a property, sorted."""
        return tuple(self._objects.get((subject, predicate), ()))

    def value(self, subject: Term, predicate: NamedNode) -> Term | None:
        """Return one value of a property, or nothing."""
        return next(iter(self.objects(subject, predicate)), None)

    def subjects(self, predicate: NamedNode, value: Term) -> tuple[Term, ...]:
        """Return the subjects that have a value, sorted."""
        return tuple(self._subjects.get((predicate, value), ()))

    def about(self, subject: Term) -> tuple[tuple[NamedNode, Term], ...]:
        """Return the predicates and values of a subject, sorted."""
        return tuple(self._about.get(subject, ()))

    def pairs(self, predicate: NamedNode) -> tuple[tuple[Term, Term], ...]:
        """Return the subjects and values of a predicate, sorted."""
        return tuple(self._uses.get(predicate, ()))

    def items(self, head: Term) -> tuple[Term, ...]:
        """Return the members of a list in their order; raises `MalformedList`."""
        return tuple(self._members(head))

    def is_list(self, node: Term) -> bool:
        """Tell whether a node is a list that has members."""
        return (node, _FIRST) in self._objects

    def _members(self, head: Term) -> Iterator[Term]:
        seen: set[Term] = set()
        while head != _NIL:
            first, rest = self.objects(head, _FIRST), self.objects(head, _REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise MalformedList(str(head))
            seen.add(head)
            yield first[0]
            head = rest[0]

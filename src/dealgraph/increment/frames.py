"""The frames of facts: what is stated of a thing because an admitted claim speaks of it.

A claim brings its subject and object, and what these are identified by, from the graph of things; and the
quantities and sources that its article describes. `queries/admission/facts.rq` says the same as a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, Store, Triple

from dealgraph.admit import ADMITTED
from dealgraph.sources import THINGS
from dealgraph.terms import iri

_SUBJECT: Final = NamedNode(iri("dg:subject"))
_PREDICATE: Final = NamedNode(iri("dg:predicate"))
_OBJECT: Final = NamedNode(iri("dg:object"))
_TYPE, _LABEL = NamedNode(iri("rdf:type")), NamedNode(iri("rdfs:label"))
_QUANTITY: Final = NamedNode(iri("dg:Quantity"))
_NAMED_ONLY: Final = tuple(NamedNode(iri(f"dg:{name}")) for name in ("Article", "Document", "UnnamedSource"))
_LEFT_OUT: Final = (NamedNode(iri("skos:closeMatch")), NamedNode(iri("skos:editorialNote")))

Term = NamedNode | BlankNode | Triple


@dataclass(frozen=True)
class Frames:
    """The frames in a store; `links` are the identifying properties."""

    store: Store
    links: frozenset[NamedNode]

    def below(self, starts: Iterable[NamedNode]) -> set[NamedNode]:
        """Return the things that identifying links lead to from some, with these."""
        found = set(starts)
        pending = list(found)
        while pending:
            for quad in self.store.quads_for_pattern(pending.pop(), None, None, THINGS):
                end = quad.object
                if quad.predicate in self.links and isinstance(end, NamedNode) and end not in found:
                    found.add(end)
                    pending.append(end)
        return found

    def described(self, node: NamedNode) -> Iterator[Quad]:
        """Yield what the graph of things states of a node."""
        return iter(self.store.quads_for_pattern(node, None, None, THINGS))

    def of(self, node: NamedNode) -> Iterator[Triple]:
        """Yield what is stated of a thing if some admitted claim speaks of it, near or far."""
        if self._is_spoken_of(node):
            yield from (quad.triple for quad in self.described(node) if quad.predicate not in _LEFT_OUT)

    def supports(self, triple: Triple) -> bool:
        """Tell whether a statement is a fact: admitted itself, or in the frame of an admitted claim."""
        return self._is_admitted(triple) or self._is_of_thing(triple) or self._is_of_article(triple)

    def counts(self, article: Term) -> bool:
        """Tell whether some claim of an article, or of a dataset, is admitted."""
        if not isinstance(article, NamedNode):
            return False
        return any(
            self._is_marked(quad) for quad in self.store.quads_for_pattern(None, _SUBJECT, None, article)
        )

    def _is_admitted(self, triple: Triple) -> bool:
        by_object = self.store.quads_for_pattern(None, _OBJECT, triple.object, None)
        by_subject = self.store.quads_for_pattern(None, _SUBJECT, triple.subject, None)
        # Either list has every claim that states the triple: the shorter one is read to its end.
        for one, other in zip_longest(by_object, by_subject):
            if one is None or other is None:
                return False
            if self._states(one, triple) or self._states(other, triple):
                return True
        return False

    def _states(self, described: Quad, triple: Triple) -> bool:
        node, graph = described.subject, described.graph_name
        facets = ((_SUBJECT, triple.subject), (_PREDICATE, triple.predicate), (_OBJECT, triple.object))
        return self._is_marked(described) and all(
            Quad(node, facet, value, graph) in self.store for facet, value in facets
        )

    def _is_of_thing(self, triple: Triple) -> bool:
        return (
            isinstance(triple.subject, NamedNode)
            and triple.predicate not in _LEFT_OUT
            and Quad(triple.subject, triple.predicate, triple.object, THINGS) in self.store
            and self._is_spoken_of(triple.subject)
        )

    def _is_of_article(self, triple: Triple) -> bool:
        for quad in self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None):
            node, graph = quad.subject, quad.graph_name
            kinds = _NAMED_ONLY if triple.predicate in (_TYPE, _LABEL) else ()
            if any(Quad(node, _TYPE, kind, graph) in self.store for kind in (_QUANTITY, *kinds)):
                spoken = (
                    each
                    for facet in (_SUBJECT, _OBJECT)
                    for each in self.store.quads_for_pattern(None, facet, node, graph)
                )
                if any(self._is_marked(each) for each in spoken):
                    return True
        return False

    def _is_spoken_of(self, node: NamedNode) -> bool:
        return any(self._is_root(each) for each in self._above(node))

    def _above(self, node: NamedNode) -> Iterator[NamedNode]:
        """Yield a thing and all that lead to it by identifying links, the nearest first."""
        found, pending = {node}, [node]
        for here in pending:  # the list grows while it is read
            yield here
            for link in self.links:
                for quad in self.store.quads_for_pattern(None, link, here, THINGS):
                    if isinstance(quad.subject, NamedNode) and quad.subject not in found:
                        found.add(quad.subject)
                        pending.append(quad.subject)

    def _is_root(self, node: NamedNode) -> bool:
        return any(
            self._is_marked(quad)
            for facet in (_SUBJECT, _OBJECT)
            for quad in self.store.quads_for_pattern(None, facet, node, None)
        )

    def _is_marked(self, described: Quad) -> bool:
        """Tell whether the claim that a quad describes is admitted."""
        return any(True for _ in self.store.quads_for_pattern(described.subject, None, None, ADMITTED))

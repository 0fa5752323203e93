"""Everything above a class or a property, from the direct steps that HermiT prints, by owlready2.

Each call has a World of its own, so that nothing of one ontology is left for the next.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from dealgraph.errors import ReasonerFailed
from dealgraph.hermit.answer import Hierarchy
from dealgraph.terms import iri

_TYPE: Final = NamedNode(iri("rdf:type"))
# The names travel as numbers: to owlready2 some names (rdf:Property, rdfs:label) mean things of its own.
_STAND_IN: Final = "urn:dealgraph:name#"


@dataclass(frozen=True)
class Kind:
    """The words of RDF for one kind of hierarchy."""

    type: NamedNode
    below: NamedNode
    same: NamedNode


CLASSES: Final = Kind(
    type=NamedNode(iri("owl:Class")),
    below=NamedNode(iri("rdfs:subClassOf")),
    same=NamedNode(iri("owl:equivalentClass")),
)
PROPERTIES: Final = Kind(
    type=NamedNode(iri("owl:ObjectProperty")),
    below=NamedNode(iri("rdfs:subPropertyOf")),
    same=NamedNode(iri("owl:equivalentProperty")),
)


@dataclass(frozen=True)
class Order:
    """A hierarchy with all its steps: the names above each name that has any, and the names above all."""

    steps: Mapping[str, frozenset[str]]
    full: frozenset[str]

    def above(self, name: str) -> frozenset[str]:
        """Return all names above a name, with itself and its equivalents; it may be any name."""
        return self.steps.get(name, frozenset([name])) | self.full

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Give each name with each other name above it, in no particular order."""
        for name in self.steps.keys() | self.full:
            for higher in self.above(name) - {name}:
                yield name, higher


def order(kind: Kind, hierarchy: Hierarchy) -> Order:
    """Return a hierarchy with all its steps; reach for it to read off what HermiT leaves out.

    Raises `ReasonerFailed` for one of many hundred levels, which is more than owlready2 can hold.
    """
    names = sorted({name for axiom in (*hierarchy.below, *hierarchy.same) for name in axiom})
    nodes = {name: NamedNode(f"{_STAND_IN}{number}") for number, name in enumerate(names)}
    named = {node.value: name for name, node in nodes.items()}
    above = _ancestors(named, serialize(_triples(kind, hierarchy, nodes), format=RdfFormat.N_TRIPLES) or b"")
    steps = {
        named[low]: frozenset(named[high] for high in highs if high in named) for low, highs in above.items()
    }
    return Order(steps, hierarchy.full)


def _ancestors(nodes: Iterable[str], n_triples: bytes) -> dict[str, list[str]]:
    """Return what owlready2 finds above each node of a hierarchy, its own root terms included."""
    import owlready2

    world = owlready2.World()
    try:
        world.get_ontology(_STAND_IN).load(fileobj=io.BytesIO(n_triples))
        return {node: [entity.iri for entity in world[node].ancestors()] for node in nodes}
    except RecursionError:
        raise ReasonerFailed(
            "the hierarchy of its answer has too many levels to be read",
            where="HermiT",
            fix="Leave out levels that tell nothing apart",
        ) from None
    finally:
        world.close()


def _triples(kind: Kind, hierarchy: Hierarchy, nodes: Mapping[str, NamedNode]) -> Iterator[Triple]:
    for node in nodes.values():
        yield Triple(node, _TYPE, kind.type)
    for low, high in hierarchy.below:
        yield Triple(nodes[low], kind.below, nodes[high])
    for names in hierarchy.same:
        for one, other in pairwise(names):
            yield Triple(nodes[one], kind.same, nodes[other])

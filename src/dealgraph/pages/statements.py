"""What is told of a node as RDF: its statements, the claims on it, and labels for all that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from dealgraph.terms import BASE, iri

_LABEL: Final = NamedNode(iri("rdfs:label"))
_ON: Final = tuple(NamedNode(iri(f"dg:{name}")) for name in ("subject", "object"))
_PARTS: Final = tuple(iri(f"{prefix}:") for prefix in ("quantity", "time", "attribution", "article"))


@dataclass(frozen=True)
class Description:
    """Statements with their graphs, in an order that follows from the content."""

    quads: tuple[Quad, ...]

    @property
    def triples(self) -> tuple[Triple, ...]:
        """The statements without their graphs, each once."""
        return tuple(dict.fromkeys(quad.triple for quad in self.quads))


def of_thing(store: Store, thing: NamedNode) -> Description:
    """Return a thing's statements in the default graph, the claims on it with their parts, and labels."""
    own = [*_some(store, thing, None, None, DefaultGraph()), *_some(store, None, None, thing, DefaultGraph())]
    own = [quad for quad in own if quad.predicate not in _ON]
    claims = [quad.subject for link in _ON for quad in _some(store, None, link, thing, None)]
    said = [quad for claim in dict.fromkeys(claims) for quad in _node(store, claim)]
    parts = [quad for part in _parts(said) for quad in _node(store, part)]
    return _with_labels(store, [*own, *said, *parts])


def of_node(store: Store, node: NamedNode) -> Description:
    """Return all statements on a node and to it, in every graph, with those on its parts and labels."""
    own = [*_some(store, node, None, None, None), *_some(store, None, None, node, None)]
    parts = [quad for part in _parts(own) if part != node for quad in _node(store, part)]
    return _with_labels(store, [*own, *parts])


def of_graph(store: Store, graph: NamedNode) -> Description:
    """Return a named graph whole: all that an article or a snapshot says."""
    return Description(_ordered(store.quads_for_pattern(None, None, None, graph)))


def _node(store: Store, node: object) -> Iterator[Quad]:
    """The statements on a node in named graphs: the default graph only repeats some of them."""
    if isinstance(node, NamedNode):
        found = _some(store, node, None, None, None)
        yield from (quad for quad in found if not isinstance(quad.graph_name, DefaultGraph))


def _parts(quads: Iterable[Quad]) -> tuple[NamedNode, ...]:
    """The nodes that only serve others: quantities, days, credits, and passages (which have a fragment)."""
    nodes = (q.object for q in quads if isinstance(q.object, NamedNode) and q.object.value.startswith(_PARTS))
    return tuple(dict.fromkeys(n for n in nodes if not n.value.startswith(_PARTS[-1]) or "#" in n.value))


def _with_labels(store: Store, quads: list[Quad]) -> Description:
    named = {
        term
        for quad in quads
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, NamedNode)
    }
    labels = [
        quad
        for term in named
        if term.value.startswith(BASE)
        for quad in store.quads_for_pattern(term, _LABEL, None, None)
        if not isinstance(quad.graph_name, DefaultGraph)
    ]
    return Description(_ordered([*quads, *labels]))


def _some(
    store: Store,
    subject: NamedNode | None,
    predicate: NamedNode | None,
    value: NamedNode | None,
    graph: NamedNode | DefaultGraph | None,
) -> Iterator[Quad]:
    return iter(store.quads_for_pattern(subject, predicate, value, graph))


def _ordered(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    return tuple(sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad))))

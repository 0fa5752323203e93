"""Where each blank node of a dataset is written, decided by the shape of the dataset alone.

A blank node that is used once is written at its use, in brackets or as a list; one that is never
used heads its description as `[]`. Neither needs a label, so that editing one leaves the rest of
the file as it was. The others get labels: `_:b0`, `_:b1` and so on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
    serialize,
)

from dealgraph.terms import iri
from dealgraph.turtle.term import Node, natural

_FIRST: Final = NamedNode(iri("rdf:first"))
_REST: Final = NamedNode(iri("rdf:rest"))
_NIL: Final = NamedNode(iri("rdf:nil"))

# Brackets deeper than this help no reader; what lies deeper is written beside, with labels.
_DEEPEST: Final = 30


@dataclass(frozen=True)
class Blanks:
    """How the blank nodes of a dataset are written.

    `nested` ones stand at their one use; `lists` has the items of those that head a well-formed list;
    `labels` has the label of those that need one. The rest are never used.
    """

    nested: frozenset[Node]
    lists: Mapping[Node, tuple[Node, ...]]
    labels: Mapping[Node, str]


def settle(quads: Iterable[Quad]) -> tuple[frozenset[Quad], Blanks]:
    """Decide how every blank node is written; reach for it before a dataset is laid out.

    Returns the same dataset, with canonical names for the blank nodes that need labels, and the
    decision. What follows from both depends neither on the order of `quads` nor on the labels in
    them. Source: RDF Dataset Canonicalization 1.0.
    """
    same = frozenset(quads)
    blanks = _decide(same)
    if blanks.labels:
        same = _canonical(same, blanks.labels)
        blanks = _decide(same)
    return same, blanks


def _decide(quads: Iterable[Quad]) -> Blanks:
    places: defaultdict[Node, set[object]] = defaultdict(set)
    uses: defaultdict[Node, list[Quad]] = defaultdict(list)
    for quad in quads:
        for node in _blanks_in(quad):
            places[node].add(quad.graph_name)
        if isinstance(quad.graph_name, BlankNode):
            places[quad.graph_name].add("outside")  # the name of a graph can only be a label
        if isinstance(quad.object, BlankNode):
            uses[quad.object].append(quad)
    local = {node for node, graphs in places.items() if len(graphs) == 1}
    used_once = {node: found[0] for node, found in uses.items() if len(found) == 1 and node in local}
    lists = _lists(quads, used_once)
    nested = _nested(used_once, lists)
    labelled = places.keys() - nested - (local - uses.keys())
    return Blanks(
        frozenset(nested),
        {head: tuple(cells.values()) for head, cells in lists.items() if head in nested},
        {node: f"_:b{n}" for n, node in enumerate(sorted(labelled, key=lambda node: natural(str(node))))},
    )


def _blanks_in(quad: Quad) -> Iterator[BlankNode]:
    return (term for term in quad if isinstance(term, BlankNode))


def _lists(quads: Iterable[Quad], used_once: Mapping[Node, Quad]) -> dict[Node, dict[Node, Node]]:
    """Find the well-formed lists: by head, the item of each cell, in order.

    The search begins at the ends, so that a long chain that is no list costs one look at each cell.
    """
    told: defaultdict[Node, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, BlankNode) and quad.subject in used_once:
            told[quad.subject].append(quad)
    cells: dict[Node, dict[NamedNode, Node]] = {}
    for node, found in told.items():
        parts = {quad.predicate: quad.object for quad in found}
        if len(found) == 2 and parts.keys() == {_FIRST, _REST}:
            cells[node] = parts
    lists: dict[Node, dict[Node, Node]] = {}
    for end in (node for node, parts in cells.items() if parts[_REST] == _NIL):
        chain = [end]
        while (use := used_once[chain[-1]]).predicate == _REST and use.subject in cells:
            chain.append(use.subject)
        lists[chain[-1]] = {cell: cells[cell][_FIRST] for cell in reversed(chain)}
    return lists


def _nested(used_once: Mapping[Node, Quad], lists: Mapping[Node, Mapping[Node, Node]]) -> set[Node]:
    """Find the blank nodes that are reached, use by use, from one that is not written at its use.

    Those on a cycle are never reached. A whole list is one step.
    """
    head_of: dict[Node, Node] = {cell: head for head, cells in lists.items() for cell in cells}
    parts: defaultdict[Node, list[Node]] = defaultdict(list)
    for node, use in used_once.items():
        parts[head_of.get(use.subject, use.subject)].append(node)
    level: list[Node] = [node for node in parts if node not in used_once]
    reached: set[Node] = set()
    for _ in range(_DEEPEST):
        level = [part for node in level for part in parts.get(node, ())]
        reached.update(level)
    return {node for node in used_once if head_of.get(node, node) in reached}


def _canonical(quads: frozenset[Quad], labelled: Iterable[Node]) -> frozenset[Quad]:
    """Rename the blank nodes that bear on the labels canonically, all others freshly.

    The others are kept out because the algorithm is slow on long lists, and renamed because one of
    them may already have a name that the algorithm gives.
    """
    touching: defaultdict[Node, list[Quad]] = defaultdict(list)
    for quad in quads:
        for node in _blanks_in(quad):
            touching[node].append(quad)
    bearing: set[Quad] = set()
    waiting = list(labelled)
    while waiting:
        for quad in touching.pop(waiting.pop(), ()):
            bearing.add(quad)
            waiting.extend(_blanks_in(quad))
    dataset = Dataset(bearing)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    others = serialize(quads - bearing, format=RdfFormat.N_QUADS) or b""
    return frozenset((*dataset, *parse(others, RdfFormat.N_QUADS, rename_blank_nodes=True)))

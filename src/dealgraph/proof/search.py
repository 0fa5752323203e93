"""The shortest derivations in a graph of steps, in order: knows nothing of RDF.

The best one of each node by Knuth's generalisation of Dijkstra's algorithm, the others on demand by
the lazy k-best algorithm of Huang and Chiang. Both are iterative: a derivation may be deep.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)

MAX_CIRCLES: Final = 500
"""How many circular derivations in a row are passed over before the search is given up."""


@dataclass(frozen=True)
class Edge(Generic[Node]):
    """One way to a node: from `premises` by `rule`, at a cost of its own above zero."""

    node: Node
    rule: str
    premises: tuple[Node, ...]
    cost: int


@dataclass(frozen=True)
class Tree(Generic[Node]):
    """A derivation: an edge, and a derivation of each of its premises."""

    edge: Edge[Node]
    below: tuple[Tree[Node], ...]


Edges = Mapping[Node, Sequence[Edge[Node]]]
_Choice = tuple[int, int, tuple[int, ...]]
"""A derivation by its cost, the number of its edge, and the rank of the derivation of each premise."""


def derivations(edges: Edges[Node], goal: Node) -> Iterator[Tree[Node]]:
    """Yield the derivations of a node that are not circular, those of least cost first.

    `edges` has every way to every node that matters. The order of equal ones is that of the edges.
    """
    ranked = _Ranked(edges)
    circles = rank = 0
    while circles < MAX_CIRCLES and ranked.reach(goal, rank):
        tree = ranked.tree(goal, rank)
        if tree is None:
            circles += 1
        else:
            circles = 0
            yield tree
        rank += 1


def least_costs(edges: Edges[Node]) -> dict[Node, int]:
    """Return what the cheapest derivation of each derivable node costs."""
    costs: dict[Node, int] = {}
    every = [edge for ways in edges.values() for edge in ways]
    waiting: defaultdict[Node, list[int]] = defaultdict(list)
    missing = [len(set(edge.premises)) for edge in every]
    for number, edge in enumerate(every):
        for premise in set(edge.premises):
            waiting[premise].append(number)
    queue = [(edge.cost, number) for number, edge in enumerate(every) if not edge.premises]
    heapq.heapify(queue)
    while queue:
        cost, number = heapq.heappop(queue)
        node = every[number].node
        if node in costs:
            continue
        costs[node] = cost
        for other in waiting[node]:
            missing[other] -= 1
            if not missing[other]:
                total = every[other].cost + sum(costs[premise] for premise in every[other].premises)
                heapq.heappush(queue, (total, other))
    return costs


class _Ranked(Generic[Node]):
    """The derivations of every node by rank, found as far as they are asked for."""

    def __init__(self, edges: Edges[Node]) -> None:
        costs = least_costs(edges)
        self._edges = edges
        self._found: defaultdict[Node, list[_Choice]] = defaultdict(list)
        self._queue: dict[Node, list[_Choice]] = {}
        self._seen: defaultdict[Node, set[tuple[int, tuple[int, ...]]]] = defaultdict(set)
        self._expanded: defaultdict[Node, int] = defaultdict(int)
        self._trees: dict[tuple[Node, int], tuple[Tree[Node], frozenset[Node]] | None] = {}
        for node in costs:
            queue = self._queue[node] = []
            for number, edge in enumerate(edges[node]):
                if all(premise in costs for premise in edge.premises):
                    total = edge.cost + sum(costs[premise] for premise in edge.premises)
                    heapq.heappush(queue, (total, number, (0,) * len(edge.premises)))

    def reach(self, goal: Node, rank: int) -> bool:
        """Find derivations of a node up to a rank; tells whether there are as many."""
        pending = [(goal, rank)]
        while pending:
            node, wanted = pending[-1]
            if node not in self._queue or len(self._found[node]) > wanted:
                pending.pop()
                continue
            needed = self._needed(node)
            if needed:
                pending.extend(needed)
                continue
            self._expand(node)
            if self._queue[node]:
                self._found[node].append(heapq.heappop(self._queue[node]))
            else:
                pending.pop()
        return len(self._found[goal]) > rank

    def _needed(self, node: Node) -> list[tuple[Node, int]]:
        """The next derivations of premises that the successors of the last one found are made of."""
        if self._expanded[node] == len(self._found[node]):
            return []
        return [(p, r) for p, r, _ in self._successors(node) if self._may_have(p, r)]

    def _may_have(self, node: Node, rank: int) -> bool:
        if len(self._found[node]) > rank:
            return False
        return bool(self._queue[node]) or self._expanded[node] < len(self._found[node])

    def _successors(self, node: Node) -> Iterator[tuple[Node, int, _Choice]]:
        _, number, ranks = last = self._found[node][-1]
        for place, premise in enumerate(self._edges[node][number].premises):
            yield (
                premise,
                ranks[place] + 1,
                (*last[:2], (*ranks[:place], ranks[place] + 1, *ranks[place + 1 :])),
            )

    def _expand(self, node: Node) -> None:
        if self._expanded[node] == len(self._found[node]):
            return
        self._expanded[node] += 1
        for premise, rank, (cost, number, ranks) in list(self._successors(node)):
            found = self._found[premise]
            if len(found) > rank and (number, ranks) not in self._seen[node]:
                self._seen[node].add((number, ranks))
                more = found[rank][0] - found[rank - 1][0]
                heapq.heappush(self._queue[node], (cost + more, number, ranks))

    def tree(self, goal: Node, rank: int) -> Tree[Node] | None:
        """Put a derivation together that `reach` has found, or return `None` if it is circular."""
        pending = [(goal, rank)]
        while pending:
            node, here = pending[-1]
            self.reach(node, here)
            _, number, ranks = self._found[node][here]
            edge = self._edges[node][number]
            parts = list(zip(edge.premises, ranks, strict=True))
            unbuilt = [part for part in parts if part not in self._trees]
            if (node, here) in self._trees or not unbuilt:
                pending.pop()
                self._trees.setdefault((node, here), self._joined(edge, parts))
            else:
                pending.extend(unbuilt)
        built = self._trees[goal, rank]
        return built[0] if built else None

    def _joined(
        self, edge: Edge[Node], parts: list[tuple[Node, int]]
    ) -> tuple[Tree[Node], frozenset[Node]] | None:
        below = [self._trees[part] for part in parts]
        whole = [part for part in below if part is not None]
        within = frozenset(edge.premises).union(*(nodes for _, nodes in whole))
        if len(whole) < len(below) or edge.node in within:
            return None
        return Tree(edge, tuple(tree for tree, _ in whole)), within

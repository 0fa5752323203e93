"""The search for shortest derivations, against one that tries everything."""

from __future__ import annotations

from itertools import islice, product

from hypothesis import given
from hypothesis import strategies as st

from dealgraph.proof.search import Edge, Tree, derivations, least_costs

Edges = dict[int, list[Edge[int]]]

NODES = range(6)


@st.composite
def graphs(draw: st.DrawFn) -> Edges:
    edges: Edges = {node: [] for node in NODES}
    for number in range(draw(st.integers(1, 10))):
        node = draw(st.sampled_from(NODES))
        premises = tuple(draw(st.lists(st.sampled_from(NODES), max_size=2)))
        edges[node].append(Edge(node, f"r{number}", premises, draw(st.integers(1, 5))))
    return edges


def every_tree(edges: Edges, node: int, above: frozenset[int] = frozenset()) -> list[Tree[int]]:
    """All derivations in which nothing is derived from itself."""
    if node in above:
        return []
    within = above | {node}
    return [
        Tree(edge, below)
        for edge in edges[node]
        for below in product(*(every_tree(edges, premise, within) for premise in edge.premises))
    ]


def cost(tree: Tree[int]) -> int:
    return tree.edge.cost + sum(map(cost, tree.below))


@given(graphs())
def test_the_derivations_are_those_that_are_not_circular_cheapest_first(edges: Edges) -> None:
    expected = every_tree(edges, 0)
    found = list(islice(derivations(edges, 0), len(expected) + 1))
    assert [cost(tree) for tree in found] == sorted(map(cost, expected))[: len(found)]
    assert len(set(found)) == len(found)
    assert set(found) <= set(expected)
    assert bool(found) == bool(expected)


@given(graphs())
def test_the_least_cost_is_that_of_the_first_derivation(edges: Edges) -> None:
    costs = least_costs(edges)
    for node in NODES:
        best = next(derivations(edges, node), None)
        assert costs.get(node) == (cost(best) if best else None)


def test_all_derivations_of_a_small_graph_are_found() -> None:
    edges: Edges = {
        0: [Edge(0, "two", (1, 2), 1), Edge(0, "one", (1,), 5)],
        1: [Edge(1, "", (), 1), Edge(1, "back", (2,), 1)],
        2: [Edge(2, "", (), 1), Edge(2, "back", (1,), 1)],
    }
    found = list(derivations(edges, 0))
    assert len(found) == len(every_tree(edges, 0))
    assert [tree.edge.rule for tree in found[:1]] == ["two"]


def test_a_deep_derivation_needs_no_deep_stack() -> None:
    edges: Edges = {node: [Edge(node, "next", (node + 1,), 1)] for node in range(5000)}
    edges[5000] = [Edge(5000, "", (), 1)]
    assert len(list(derivations(edges, 0))) == 1


def test_what_cannot_be_derived_has_no_derivation() -> None:
    edges: Edges = {0: [Edge(0, "round", (1,), 1)], 1: [Edge(1, "round", (0,), 1)]}
    assert list(derivations(edges, 0)) == []

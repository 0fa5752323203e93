"""How classes use properties: every triple counted for every class of its subject, and nothing else."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from dealgraph.schema import Use, uses
from dealgraph.terms import iri

TYPE = NamedNode(iri("rdf:type"))
NODES = [NamedNode(f"https://example.org/{name}") for name in "abc"]
CLASSES = [NamedNode(f"https://example.org/{name}") for name in ("Firm", "Person")]
PROPERTIES = [NamedNode(f"https://example.org/{name}") for name in ("has", "knows")]
VALUES = [*NODES, *CLASSES, Literal(1), Literal("x"), Literal("x", language="en")]

TYPES = st.tuples(st.sampled_from(NODES), st.just(TYPE), st.sampled_from(CLASSES))
LINKS = st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(VALUES))


def by_sparql(store: Store) -> tuple[Use, ...]:
    """The same by a query, which is what the counts mean."""
    rows = store.query("SELECT ?class ?s ?p ?o { ?s a ?class ; ?p ?o }")
    assert isinstance(rows, QuerySolutions)
    triples: Counter[tuple[str, str]] = Counter()
    values: Counter[tuple[str, str, bool, str]] = Counter()
    for row in rows:
        use = (row["class"].value, row["p"].value)
        triples[use] += 1
        if isinstance(row["o"], Literal):
            values[*use, True, row["o"].datatype.value] += 1
        else:
            for quad in store.quads_for_pattern(row["o"], TYPE, None, DefaultGraph()):
                assert isinstance(quad.object, NamedNode)
                values[*use, False, quad.object.value] += 1
    return tuple(
        Use(
            *use,
            triples[use],
            {v: n for (*u, lit, v), n in sorted(values.items()) if tuple(u) == use and not lit},
            {v: n for (*u, lit, v), n in sorted(values.items()) if tuple(u) == use and lit},
        )
        for use in sorted(triples)
    )


@given(st.lists(st.one_of(TYPES, LINKS), max_size=25))
def test_the_counts_are_those_of_a_query(
    triples: list[tuple[NamedNode, NamedNode, NamedNode | Literal]],
) -> None:
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    assert uses(store, [DefaultGraph()]) == by_sparql(store)


def test_a_graph_that_is_not_named_is_not_looked_at() -> None:
    store, graph = Store(), NamedNode("https://example.org/graph")
    store.add(Quad(NODES[0], TYPE, CLASSES[0], graph))
    assert uses(store, [DefaultGraph()]) == ()
    (use,) = uses(store, [graph])
    assert (use.property, use.triples) == (TYPE.value, 1)

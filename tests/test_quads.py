"""Quads in the form that a store gives them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from dealgraph.quads import as_stored, quad_of
from dealgraph.terms import iri

NAMES = st.sampled_from([NamedNode(f"urn:{name}") for name in "abc"])
NUMBERS = st.sampled_from(["5", "5.0", "5.00", "007", "-0.10", "1e3"])
KINDS = st.sampled_from(
    [NamedNode(iri(f"xsd:{name}")) for name in ("decimal", "integer", "double", "string")]
)
LITERALS = st.builds(lambda text, kind: Literal(text, datatype=kind), NUMBERS, KINDS)
QUADS = st.builds(Quad, NAMES, NAMES, NAMES | LITERALS, NAMES | st.just(DefaultGraph()))


@given(st.lists(QUADS))
def test_quads_come_as_a_store_gives_them(quads: list[Quad]) -> None:
    store = Store()
    store.extend(quads)
    assert set(as_stored(quads)) == set(store)


def test_a_triple_is_said_in_a_graph() -> None:
    one, graph = NamedNode("urn:a"), NamedNode("urn:g")
    assert quad_of(Triple(one, one, one), graph) == Quad(one, one, one, graph)

"""Quads in the form that a store gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from dealgraph import quads as of_quads
from dealgraph.quads import as_stored, put_all, quad_of
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


@pytest.mark.parametrize("number", [0, 1, 3, 4, 6, 8])
def test_all_quads_are_put_in_however_many_at_once(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(of_quads, "MOST_AT_ONCE", 3)
    one, store = NamedNode("urn:a"), Store()
    quads = {Quad(one, one, NamedNode(f"urn:{each}")) for each in range(number)}
    put_all(store, iter(quads))
    assert set(store) == quads

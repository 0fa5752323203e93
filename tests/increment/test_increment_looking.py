"""What is looked up after a change is what stands in the store then, though only the one before is read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from dealgraph.increment.footprint import ANY, DEFAULT, Hook
from dealgraph.increment.looking import MOST_READ, Look, place_of
from dealgraph.increment.working import Working

TERMS = [NamedNode(f"urn:{letter}") for letter in "abcd"]
QUADS = st.builds(
    Quad,
    st.sampled_from(TERMS),
    st.sampled_from(TERMS[:2]),
    st.sampled_from(TERMS),
    st.sampled_from([*TERMS[:2], DefaultGraph()]),
)
STEPS = st.lists(st.tuples(st.booleans(), st.sets(QUADS, max_size=4)), max_size=6)
NAMED = st.sampled_from([ANY, *(term.value for term in TERMS[:2])])
HOOKS = st.builds(
    Hook,
    st.just(0),
    st.just(True),
    st.sampled_from([ANY, DEFAULT, *(term.value for term in TERMS[:2])]),
    NAMED,
    st.tuples(st.just(ANY), st.sampled_from([ANY, *map(str, TERMS)])),
    st.tuples(st.just("s"), st.just(""), st.sampled_from(["o", "s", ""]), st.just("")),
)


def matching(store: Store, hook: Hook, name: str, term: NamedNode) -> set[Quad]:
    found = {quad: hook.binding(quad) for quad in store}
    return {quad for quad, bound in found.items() if bound is not None and bound.get(name, term) == term}


def begun(quads: set[Quad]) -> Working:
    """Work on a store of some quads."""
    before, now = Store(), Store()
    before.extend(quads)
    now.extend(quads)
    return Working(before, now)


@given(st.sets(QUADS, max_size=20), STEPS, HOOKS, st.sampled_from(TERMS))
def test_a_look_sees_both_stores_as_they_are(
    first: set[Quad], steps: list[tuple[bool, set[Quad]]], hook: Hook, term: NamedNode
) -> None:
    work = begun(first)
    for is_added, quads in steps:
        work.look.has_quad(work.now, hook, "s", term)
        (work.add if is_added else work.remove)(quads)
    for store in (work.before, work.now):
        wanted = matching(store, hook, "s", term)
        assert work.look.has_quad(store, hook, "s", term) >= bool(wanted)
        found = work.look.quads(store, place_of(hook), {"s": term})
        assert found is not None
        assert {quad for quad in found if hook.binding(quad) is not None} == wanted


@given(st.sets(QUADS, max_size=20), STEPS, st.sampled_from(TERMS), st.sampled_from(TERMS))
def test_a_store_that_is_known_is_the_store(
    first: set[Quad], steps: list[tuple[bool, set[Quad]]], term: NamedNode, other: NamedNode
) -> None:
    work = begun(first)
    for is_added, quads in steps:
        (work.add if is_added else work.remove)(quads)
    for seen, store in ((work.seen, work.now), (work.seen_before, work.before)):
        for pattern in ((term, None, None, None), (None, None, term, None), (term, other, None, None)):
            assert set(seen.quads_for_pattern(*pattern)) == set(store.quads_for_pattern(*pattern))
        assert {quad for quad in (*first, *store) if quad in seen} == set(store)


def test_numbers_are_known_of_what_is_new_alone() -> None:
    store, (old, predicate, new, _) = Store(), TERMS
    store.add(Quad(old, predicate, old))
    added = [Quad(new, predicate, value) for value in (old, Literal("1"), Literal("2"))]
    known = Look(store, store).known(store, added)
    assert known.number_of(new, predicate) == 3
    assert known.number_of(new, new) == 0
    assert known.number_of(old, predicate) is None
    assert known.number_of(Literal("1"), predicate) == 0


def test_what_has_many_quads_is_not_read_to_the_end() -> None:
    store, hub = Store(), NamedNode("urn:hub")
    store.extend(Quad(NamedNode(f"urn:{n}"), TERMS[0], hub) for n in range(MOST_READ))
    hook = Hook(0, True, DEFAULT, TERMS[0].value, (ANY, ANY), ("s", "", "o", ""))
    look = Look(store, store)
    assert look.quads(store, place_of(hook), {"o": hub}) is None
    assert look.has_quad(store, hook, "o", hub)

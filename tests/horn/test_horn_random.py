"""Random facts and changes: what is kept is what a closure from scratch finds, after every step."""

from __future__ import annotations

from horn_cases import Kept, expected, given, some_facts, the_program
from hypothesis import given as drawn
from hypothesis import settings
from pyoxigraph import Triple


def without() -> tuple[Triple, ...]:
    ontology, background = given()
    return (*ontology, *background)


@settings(max_examples=150)
@drawn(some_facts(40))
def test_facts_added_to_an_empty_store_give_what_the_closure_finds(facts: frozenset[Triple]) -> None:
    kept = Kept(the_program())
    outcome = kept.change((), facts)
    wanted = expected(facts, without())
    assert bool(wanted.clashes) <= bool(outcome.clashes or outcome.beyond)
    assert wanted.equated <= bool(outcome.beyond or outcome.clashes)
    if not outcome.beyond:
        assert bool(outcome.clashes) == bool(wanted.clashes)
        assert kept.inferred == frozenset(outcome.came) == wanted.inferred
        assert kept.is_sound()

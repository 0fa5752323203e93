"""Random facts, changes and ontologies: what is kept is what the other engines find from scratch."""

from __future__ import annotations

from random import Random

import pytest
from horn_cases import Kept, expected, pool, quad, some_facts, the_program, without
from horn_cases import given as taken_as_given
from horn_ontologies import few_facts, ontologies
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store, Triple

from dealgraph.errors import Inconsistent
from dealgraph.horn import Outcome
from dealgraph.horn.compiling import compile_program
from dealgraph.horn.rules import Term
from dealgraph.reason import reason
from dealgraph.sources import ONTOLOGY
from dealgraph.terms import iri


def check(kept: Kept, outcome: Outcome, without: tuple[Triple, ...]) -> None:
    """What is kept, and what is found wrong, against a closure from scratch of the same facts."""
    wanted = expected(kept.facts, without)
    if wanted.clashes or wanted.equated:
        assert not outcome.is_exact
    if not wanted.equated and not outcome.beyond:
        assert {clash.rule for clash in outcome.clashes} == wanted.clashes
    if outcome.is_exact:
        assert kept.inferred == wanted.inferred
        assert kept.is_sound()


@settings(max_examples=40)
@given(some_facts(30))
def test_facts_added_to_an_empty_store_give_what_the_closure_finds(facts: frozenset[Triple]) -> None:
    kept = Kept(the_program())
    outcome = kept.change((), facts)
    check(kept, outcome, without())
    assert frozenset(outcome.came) == kept.inferred
    assert outcome.went == ()


@settings(max_examples=60)
@given(st.lists(st.tuples(some_facts(12), st.integers(0, 6)), min_size=2, max_size=6), st.randoms())
def test_after_every_change_all_is_as_from_scratch(
    steps: list[tuple[frozenset[Triple], int]], chance: Random
) -> None:
    kept = Kept(the_program())
    for added, number in steps:
        before, facts = kept.everything, kept.facts
        removed = frozenset(chance.sample(sorted(facts, key=str), min(number, len(facts)))) - added
        was = kept.inferred
        outcome = kept.change(removed, added)
        assert kept.inferred == was - frozenset(outcome.went) | frozenset(outcome.came)
        anew = Kept(the_program())
        assert anew.change((), kept.facts).is_exact == outcome.is_exact
        if outcome.is_exact:
            assert kept.everything == anew.everything
        else:
            kept.change(kept.facts - facts, facts - kept.facts)
            assert kept.everything == before


@settings(max_examples=80)
@given(ontologies(), few_facts(), few_facts(3))
def test_any_small_ontology_gives_what_the_closure_finds(
    ontology: tuple[Triple, ...], facts: frozenset[Triple], more: frozenset[Triple]
) -> None:
    program = compile_program(ontology)
    assert program.unsupported == ()
    kept = Kept(program)
    outcome = kept.change((), facts)
    check(kept, outcome, ontology)
    if outcome.is_exact:
        outcome = kept.change(frozenset(sorted(facts, key=str)[::2]) - more, more)
        check(kept, outcome, ontology)


# --- against HermiT ----------------------------------------------------------------------------------------


def store_of(facts: frozenset[Triple]) -> Store:
    store = Store()
    store.extend(map(quad, facts))
    ontology, background = taken_as_given()
    store.extend(Quad(t.subject, t.predicate, t.object, ONTOLOGY) for t in ontology)
    name = NamedNode(iri("graph:background-geonames"))
    store.extend(Quad(t.subject, t.predicate, t.object, name) for t in background)
    return store


def random_case(seed: int) -> frozenset[Triple]:
    chance = Random(seed)
    return frozenset(chance.sample(pool(), chance.randint(8, 30)))


def about_others(facts: frozenset[Triple], number: int) -> frozenset[Triple]:
    """The same facts of other things: cases that share no thing can be reasoned on at once."""

    def other(term: Term) -> Term:
        if isinstance(term, NamedNode) and term.value.startswith(iri("id:")):
            return NamedNode(f"{term.value}-{number}")
        return term

    return frozenset(
        Triple(other(t.subject), t.predicate, other(t.object))  # type: ignore[arg-type]
        for t in facts
    )


def test_forty_cases_give_what_hermit_and_the_closure_find_together() -> None:
    cases = [(case, Kept(the_program()).change((), case)) for case in map(random_case, range(200))]
    fine = [case for case, outcome in cases if outcome.is_exact][:40]
    assert len(fine) == 40
    facts = frozenset[Triple]().union(*(about_others(case, number) for number, case in enumerate(fine)))
    kept = Kept(the_program())
    assert kept.change((), facts).is_exact
    assert kept.inferred == frozenset(reason(store_of(facts)).inferred)
    assert len(kept.inferred) > 200


@pytest.mark.parametrize("seed", range(4))
def test_a_case_with_a_clash_is_inconsistent_for_reason_too(seed: int) -> None:
    cases = map(random_case, range(1000 * seed, 1000 * seed + 200))
    case = next(each for each in cases if Kept(the_program()).change((), each).clashes)
    with pytest.raises(Inconsistent):
        reason(store_of(case))

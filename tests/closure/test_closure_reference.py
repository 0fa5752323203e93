"""The closure of random small graphs against the same rules applied one by one, and its proofs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Literal as Choice

from closure_ontologies import INTEGER, NUMBER, STRING, VALUES, is_in, ontologies, value_statements
from closure_reference import (
    AXIOMATIC,
    DIFFERENT,
    FALSE,
    RULE_FUNCTIONS,
    SAME,
    TYPE,
    WITHOUT_PREMISES,
    Graph,
    Spo,
    follows,
    named,
    saturate,
    written,
)
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from dealgraph.closure import Closure, Derivation, Statement, close
from dealgraph.closure.vocabulary import DATATYPES, NAMES

BUILT_IN = {named(name) for name in ("owl:Class", "rdfs:Datatype", "owl:AnnotationProperty")}
OTHER_DATATYPES = {named(NAMES[number]) for number in DATATYPES} - {NUMBER, INTEGER, STRING}

thorough = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def closed(
    statements: Sequence[Spo], *, trivial: bool = False, record: Choice["first", "all"] = "first"
) -> Closure:
    """Close statements, but none that make terms of the vocabulary the same: those are not followed."""
    closure = close(map(written, statements), trivial=trivial, record=record)
    assume(all(ignored.reason != "vocabulary" for ignored in closure.ignored))
    return closure


def spo(statement: Statement) -> Spo:
    return statement.subject, statement.predicate, statement.object


def has_literal_individual(closure: Closure) -> bool:
    return any(len({isinstance(term, Literal) for term in clique}) == 2 for clique in closure.cliques)


def is_comparable(each: Spo, closure: Closure) -> bool:
    """Leave out what RDF cannot write, and what the reference does not know: most datatypes, eq-ref."""
    subject, predicate, value = each
    is_written = isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode)
    is_reflexive = predicate == SAME and subject == value
    is_built_in = value in BUILT_IN and "urn:" not in str(subject)
    # That an individual which equals a literal differs from all other literals is not written out.
    is_difference = predicate == DIFFERENT and has_literal_individual(closure)
    return is_written and not (is_reflexive or is_built_in or is_difference or value in OTHER_DATATYPES)


@thorough
@given(ontologies())
def test_it_is_what_the_rules_give(drawn: list[Spo]) -> None:
    expected, clashes = saturate({*drawn, *value_statements(drawn)})
    if any(
        kind in (NUMBER, INTEGER, STRING) and not is_in(term, kind)
        for term, predicate, kind in expected
        if predicate == TYPE and term in VALUES
    ):
        clashes.add("dt-not-type")
    closure = closed(drawn, trivial=True)
    found = {spo(statement) for statement in closure.inferred}
    assert {each for each in found if is_comparable(each, closure)} == {
        each for each in expected.difference(drawn) if is_comparable(each, closure)
    }
    rules = {clash.rule for clash in closure.inconsistencies}
    if clashes >= {"eq-diff1", "dt-not-type"}:  # of two values that are one, each has the other's datatypes
        rules.add("dt-not-type")
    assert rules == clashes


@thorough
@given(ontologies())
def test_only_what_goes_without_saying_is_left_out(drawn: list[Spo]) -> None:
    everything = {spo(statement) for statement in closed(drawn, trivial=True).inferred}
    told = {spo(statement) for statement in close(map(written, drawn)).inferred}
    assert told <= everything
    said = {*told, *drawn}
    assert all(is_trivial(each) or is_said_otherwise(each, said) for each in everything - told)


@thorough
@given(ontologies(), st.integers(1, 4))
def test_what_follows_is_the_same_in_any_order(drawn: list[Spo], limit: int) -> None:
    inferred = close(map(written, drawn), clique_limit=limit).inferred
    assert sorted(inferred.in_any_order(), key=str) == sorted(inferred, key=str)


def is_trivial(each: Spo) -> bool:
    subject, _, value = each
    is_built_in = value in BUILT_IN and "urn:" not in str(subject)
    return value in (subject, named("owl:Thing")) or subject == named("owl:Nothing") or is_built_in


def in_any_spelling(each: Spo) -> list[Spo]:
    """A statement with every literal that writes its value; the leaves of a proof may lack the one it has."""
    if each[2] not in VALUES:
        return [each]
    return [(each[0], each[1], term) for term, value in VALUES.items() if value == VALUES[each[2]]]


def is_said_otherwise(each: Spo, others: set[Spo]) -> bool:
    return any(other in others for other in in_any_spelling(each) if other != each)


class Unfolding:
    """A walk from statements down to given ones, by `derivation`, which checks every step."""

    def __init__(self, closure: Closure, given: Sequence[Spo]) -> None:
        self._closure = closure
        self._given = set(given)
        self.depths: dict[Spo, int] = {}

    def depth(self, statement: Statement, above: frozenset[Spo] = frozenset()) -> int:
        here = spo(statement)
        assert here not in above, "a proof must not rest on its conclusion"
        if here not in self.depths:
            step = self._closure.derivation(statement)
            assert (step is None) == (here in self._given)
            self.depths[here] = 0 if step is None else self._below(step, above | {here})
        return self.depths[here]

    def _below(self, step: Derivation, above: frozenset[Spo]) -> int:
        check(step)
        return bool(step.premises) + max((self.depth(each, above) for each in step.premises), default=0)

    def leaves(self, statement: Statement) -> set[Spo]:
        step = self._closure.derivation(statement)
        if step is None:
            return {spo(statement)}
        return set().union(*(self.leaves(premise) for premise in step.premises))


def check(step: Derivation) -> None:
    if step.rule in WITHOUT_PREMISES:
        assert step.premises == ()
    else:
        assert follows(step.rule, map(spo, step.premises), spo(step.conclusion))


@thorough
@given(ontologies())
def test_every_step_of_every_proof_is_one_of_its_rule(drawn: list[Spo]) -> None:
    closure = closed(drawn, trivial=True)
    unfolding = Unfolding(closure, drawn)
    for statement in closure.inferred:
        unfolding.depth(statement)
    for clash in closure.inconsistencies:
        for premise in clash.premises:
            unfolding.depth(premise)
        if clash.rule != "dt-not-type":
            assert FALSE in set(RULE_FUNCTIONS[clash.rule](Graph(map(spo, clash.premises))))


@thorough
@given(ontologies())
def test_the_leaves_of_a_proof_are_enough(drawn: list[Spo]) -> None:
    closure = closed(drawn)
    assume(not has_literal_individual(closure))
    unfolding = Unfolding(closure, drawn)
    for statement in list(closure.inferred)[::5]:
        leaves = unfolding.leaves(statement)
        assert leaves <= set(drawn)
        again = close(map(written, leaves))
        assert any(again.holds(written(each)) for each in in_any_spelling(spo(statement)))


@thorough
@given(ontologies())
def test_the_order_of_the_input_changes_nothing(drawn: list[Spo]) -> None:
    one = closed(drawn, record="all")
    other = close(map(written, random.Random(0).sample(drawn, len(drawn))), record="all")
    assert list(one.inferred) == list(other.inferred)
    assert [one.derivations(each) for each in one.inferred] == [
        other.derivations(each) for each in one.inferred
    ]
    assert one.inconsistencies == other.inconsistencies
    assert one.ignored == other.ignored
    assert one.cliques == other.cliques


@thorough
@given(ontologies())
def test_all_derivations_are_sound_and_give_the_same_statements(drawn: list[Spo]) -> None:
    closure = closed(drawn, record="all")
    assert list(closure.inferred) == list(close(map(written, drawn)).inferred)
    for statement in closure.inferred:
        steps = closure.derivations(statement)
        assert steps[0] == closure.derivation(statement)
        assert len(set(steps)) == len(steps)
        for step in steps:
            check(step)


@settings(thorough, max_examples=40)
@given(ontologies())
def test_the_first_of_all_derivations_is_a_shallowest_one(drawn: list[Spo]) -> None:
    assume(not value_statements(drawn))
    closure = closed(drawn, trivial=True, record="all")
    assume(not closure.cliques)
    unfolding = Unfolding(closure, drawn)
    for statement in closure.inferred:
        if spo(statement)[1] != SAME:
            unfolding.depth(statement)
    rounds = rounds_of(drawn)
    assert {each: depth for each, depth in unfolding.depths.items() if each in rounds} == {
        each: depth for each, depth in rounds.items() if each in unfolding.depths
    }


def rounds_of(statements: Sequence[Spo]) -> dict[Spo, int]:
    """The least depth of each statement, by applying all rules again and again."""
    known: dict[Spo, int] = dict.fromkeys([*AXIOMATIC, *statements], 0)
    number = 0
    while True:
        number += 1
        graph = Graph(known)
        new = {each for apply in RULE_FUNCTIONS.values() for each in apply(graph)} - known.keys() - {FALSE}
        if not new:
            return known
        known |= dict.fromkeys(new, number)

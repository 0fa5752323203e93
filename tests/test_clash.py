"""Contradictions: the smallest comes first, none of it can be spared, and the claims to look at are named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from pyoxigraph import DefaultGraph, Quad, Store, Triple

from dealgraph.admit import ADMITTED, FACTS, admit
from dealgraph.closure.numbers import close_with_numbers
from dealgraph.evidence import Evidence
from dealgraph.explain import Explainer
from dealgraph.proof import Clash, FromAxiom, clashes, suspects
from dealgraph.proof.clash import smallest
from dealgraph.proof.tree import said
from dealgraph.report import Teller
from dealgraph.terms import compact
from test_proof_random import graphs, prover_of
from tiny import Said, article, store_of, the_rule

ONTOLOGY = """
graph:ontology {
  dg:lifecycleStatus a owl:ObjectProperty , owl:FunctionalProperty .
  dg:competitorOf a owl:ObjectProperty , owl:IrreflexiveProperty .
  [] a owl:AllDifferent ; owl:distinctMembers ( dg:PlannedStatus dg:OperationalStatus dg:RetiredStatus ) .
}
"""


def status(value: str, stance: str = "Asserted") -> Said:
    return Said("id:site", "dg:lifecycleStatus", f"dg:{value}Status", stance=stance)


def known(*claims: Said) -> Store:
    """A store with the facts of some claims, before any reasoning."""
    store = store_of(ONTOLOGY, article("paper", "2025-06-13", *claims))
    admission = admit(store, the_rule())
    for graph in (FACTS, DefaultGraph()):
        store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in admission.facts)
    store.extend(Quad(t.subject, t.predicate, t.object, ADMITTED) for t in admission.marks)
    return store


def found(store: Store) -> tuple[Clash, ...]:
    return clashes(store, lambda _: "")


def numbers(clash: Clash) -> list[str]:
    return sorted(compact(claim).rpartition("-")[2] for claim in clash.claims)


def test_what_clashes_is_told_with_its_claims_and_axioms_alone() -> None:
    (clash,) = found(known(status("Planned"), status("Operational"), Said("id:a", "dg:partnerOf", "id:b")))
    assert numbers(clash) == ["1", "2"]
    axioms = [leaf for leaf in clash.ground if isinstance(leaf, FromAxiom)]
    assert len(axioms) == 2
    assert len(clash.ground) == 4


def test_the_clash_of_fewest_claims_comes_first() -> None:
    store = known(status("Planned"), status("Operational"), Said("id:a", "dg:competitorOf", "id:a"))
    first, second = found(store)
    assert numbers(first) == ["3"]
    assert numbers(second) == ["1", "2"]


def test_the_claims_of_most_clashes_are_the_ones_to_look_at() -> None:
    three = found(known(status("Planned"), status("Operational"), status("Retired")))
    assert len(three) == 3
    assert [count for _, count in suspects(three)] == [2, 2, 2]
    mixed = (*three, *found(known(status("Planned"), status("Operational"))))
    assert {compact(claim)[-1]: count for claim, count in suspects(mixed)} == {"1": 3, "2": 3, "3": 2}


def test_a_claim_that_is_no_fact_clashes_with_nothing() -> None:
    assert found(known(status("Planned"), status("Operational", "Alleged"))) == ()


@pytest.mark.parametrize(("language", "words"), [("en", "cannot hold together"), ("fr", "vrai ensemble")])
def test_a_clash_is_told_in_words(language: str, words: str) -> None:
    store = known(status("Planned"), status("Operational"))
    (clash,) = found(store)
    told = Explainer(Teller(Evidence(store), language)).told(clash.proof)
    assert words in told.text
    sayings = [saying for part in told.parts for below in part.parts for saying in below.sayings]
    assert {saying.claim for saying in sayings} == {"claim:paper-1", "claim:paper-2"}


@settings(max_examples=60)
@given(graphs())
def test_nothing_of_a_clash_can_be_spared(stated: list[Triple]) -> None:
    whole = prover_of(stated)
    some = smallest(whole, 5)
    assert bool(some) == bool(whole.extended.closure.inconsistencies)
    for clash in some:
        assert clashing(clash.ground)
        for leaf in clash.ground:
            assert not clashing([other for other in clash.ground if other != leaf])
    assert [len(clash.ground) for clash in some] == sorted(len(clash.ground) for clash in some)


def clashing(ground: object) -> bool:
    assert isinstance(ground, tuple | list)
    return bool(close_with_numbers(t for leaf in ground for t in said(leaf)).closure.inconsistencies)

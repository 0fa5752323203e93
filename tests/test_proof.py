"""Proofs: every one stands on its leaves alone, and on all of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import owlrl  # type: ignore[import-untyped]
import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, serialize

from dealgraph import sources
from dealgraph.closure.numbers import close_with_numbers
from dealgraph.derive import conclusions
from dealgraph.hermit import classify
from dealgraph.proof import (
    FromAxiom,
    FromBackground,
    FromClaims,
    FromFrame,
    Leaf,
    Proof,
    Prover,
    Step,
    conclusion,
    leaves,
    premises,
    prove,
    prover,
    said,
    walk,
)
from dealgraph.reason import INFERRED, triples_of
from dealgraph.settings import open_project
from dealgraph.sources import ONTOLOGY
from dealgraph.terms import compact, iri
from graph import the_store
from tiny import HEAD, ROOT


def triple(*names: str) -> Triple:
    subject, predicate, value = (NamedNode(iri(name)) for name in names)
    return Triple(subject, predicate, value)


@cache
def place(subject: str) -> str:
    return _read().place(subject)


@cache
def _read() -> sources.Sources:
    return sources.load(open_project(ROOT))


@cache
def the_prover() -> Prover:
    return prover(the_store(), place)


def inferred() -> list[Triple]:
    return sorted(triples_of(the_store(), INFERRED), key=str)


def triples(ground: Iterable[Leaf]) -> list[Triple]:
    return list(dict.fromkeys(t for leaf in ground for t in said(leaf)))


def entails(ground: Iterable[Leaf], wanted: Triple) -> bool:
    return close_with_numbers(triples(ground)).holds(wanted)


def told(proof: Proof, depth: int = 0) -> list[str]:
    """A proof as lines: conclusions indented, without the names of blank nodes."""
    statement = conclusion(proof)
    terms = (statement.subject, statement.predicate, statement.object)
    words = [compact(t.value) if isinstance(t, NamedNode) else "…" for t in terms]
    line = (
        f"{'  ' * depth}{' '.join(words)} ({proof.rule if isinstance(proof, Step) else type(proof).__name__})"
    )
    return [line, *(one for premise in premises(proof) for one in told(premise, depth + 1))]


# --- the real graph -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", inferred(), ids=lambda t: " ".join(compact(x.value) for x in t))
def test_an_inference_is_proved_by_its_leaves_and_by_no_fewer(wanted: Triple) -> None:
    derived = frozenset(conclusions(the_store()))
    (proof,) = the_prover().proofs(wanted)
    ground = leaves(proof)
    if any(isinstance(part, Step) and conclusion(part) in derived for part in walk(proof)):
        return  # a stored rule has worked a part of it out: no ontology entails that
    assert entails(ground, wanted)
    for leaf in ground:
        assert not entails([other for other in ground if other != leaf], wanted), leaf


def test_each_step_follows_from_what_it_rests_on() -> None:
    derived = frozenset(conclusions(the_store()))
    steps = {
        part
        for wanted in inferred()
        for part in walk(the_prover().proofs(wanted)[0])
        if isinstance(part, Step) and part.conclusion not in derived
    }
    assert len(steps) > 50
    for step in steps:
        given: list[Triple] = []
        for premise in step.premises:
            given += premise.triples if isinstance(premise, FromAxiom) else [_written(premise)]
        assert close_with_numbers(given).holds(step.conclusion), told(step)


def _written(proof: Proof) -> Triple:
    statement = conclusion(proof)
    assert isinstance(statement, Triple)
    return statement


def test_the_shortest_proof_of_the_stake() -> None:
    proofs = the_prover().proofs(triple("id:meta", "dg:holdsStakeIn", "id:scale-ai"), 2)
    assert told(proofs[0]) == [
        "id:meta dg:holdsStakeIn id:scale-ai (prp-spo2)",
        "  id:meta dg:isHolderOf id:stake-meta-scale-ai (prp-inv2)",
        "    id:stake-meta-scale-ai dg:holder id:meta (FromFrame)",
        "    dg:isHolderOf owl:inverseOf dg:holder (FromAxiom)",
        "  id:stake-meta-scale-ai dg:issuer id:scale-ai (FromFrame)",
        "  dg:holdsStakeIn owl:propertyChainAxiom … (FromAxiom)",
    ]
    assert told(proofs[1])[1] == "  id:meta dg:holdsMinorityStakeIn id:scale-ai (prp-spo2)"


def test_unnamed_classes_and_numbers_are_folded_into_the_definition() -> None:
    (proof,) = the_prover().proofs(triple("id:stake-meta-scale-ai", "rdf:type", "dg:MinorityStake"))
    assert isinstance(proof, Step)
    assert proof.rules[0] == "cax-eqc2"
    assert "in-range" in proof.rules
    assert all(not isinstance(premise, Step) for premise in proof.premises)
    defined = [leaf.axiom.subject for leaf in leaves(proof) if isinstance(leaf, FromAxiom)]
    assert defined == [NamedNode(iri("dg:MinorityStake"))]


def test_leaves_say_where_they_come_from() -> None:
    (proof,) = the_prover().proofs(triple("id:meta", "rdf:type", "dg:GigawattBuilder"))
    kinds = {type(leaf): leaf for leaf in leaves(proof)}
    claims, frame, axiom = kinds[FromClaims], kinds[FromFrame], kinds[FromAxiom]
    assert isinstance(claims, FromClaims)
    assert all(claim.startswith(iri("claim:")) for claim in claims.claims)
    assert isinstance(frame, FromFrame)
    assert frame.place.startswith("graph/things/")
    assert frame.claims
    assert isinstance(axiom, FromAxiom)
    assert axiom.place.startswith("ontology/")


def test_background_facts_are_leaves_of_their_own() -> None:
    (proof,) = the_prover().proofs(triple("id:prometheus", "dg:sitedIn", "id:united-states"))
    (found,) = [leaf for leaf in leaves(proof) if isinstance(leaf, FromBackground)]
    assert found.source == iri("graph:background-geonames")
    assert found.place.startswith("graph/background/geonames.trig:")


def test_a_fact_is_its_own_proof() -> None:
    wanted = triple("id:scale-ai", "dg:foundedBy", "id:alexandr-wang")
    assert the_prover().proofs(wanted) == (FromClaims(wanted, (iri("claim:abcbourse-2025-06-13-22"),)),)


def test_what_a_stored_rule_works_out_rests_on_the_claims_that_it_used() -> None:
    (wanted,) = [t for t in conclusions(the_store()) if t.predicate == NamedNode(iri("dg:impliedValuation"))]
    (proof,) = the_prover().proofs(wanted)
    assert isinstance(proof, Step)
    assert proof.rule == "implied-valuation"
    used = {claim for leaf in leaves(proof) if isinstance(leaf, FromClaims) for claim in leaf.claims}
    assert {compact(claim) for claim in used} == {
        "claim:arktechnews-2025-07-15-37",
        "claim:arktechnews-2025-07-15-38",
    }


def test_a_rule_that_uses_a_rule_is_told_to_the_end() -> None:
    wanted = [t for t in conclusions(the_store()) if t.predicate == NamedNode(iri("dg:agreesWith"))]
    rules = {
        tuple(part.rule for part in walk(the_prover().proofs(t)[0]) if isinstance(part, Step)) for t in wanted
    }
    assert ("implied-against-stated", "implied-valuation") in rules
    assert ("rival-figures",) in rules


def test_proofs_differ_in_what_they_rest_on() -> None:
    proofs = the_prover().proofs(triple("id:meta", "rdf:type", "dg:Agent"), 10)
    grounds = [frozenset(leaves(proof)) for proof in proofs]
    assert len(proofs) > 3
    assert all(not one >= other for n, one in enumerate(grounds) for other in grounds[:n])


def test_what_does_not_follow_has_no_proof() -> None:
    assert prove(the_store(), place, triple("id:meta", "dg:controls", "id:scale-ai")) == ()


# --- other reasoners agree ----------------------------------------------------------------------------------


def test_owlrl_concludes_the_same_from_the_leaves() -> None:
    wanted = triple("id:meta", "dg:holdsStakeIn", "id:scale-ai")
    ground = leaves(the_prover().proofs(wanted)[0])
    for left_out in (None, *ground):
        graph = rdflib.Graph()
        data = serialize(triples(leaf for leaf in ground if leaf != left_out), format=RdfFormat.N_TRIPLES)
        assert data is not None
        graph.parse(data=data.decode(), format="nt")
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
        subject, predicate, value = (rdflib.URIRef(str(term)[1:-1]) for term in wanted)
        assert ((subject, predicate, value) in graph) == (left_out is None)


def test_hermit_concludes_the_same_from_the_leaves() -> None:
    wanted = triple("id:meta", "rdf:type", "dg:GigawattBuilder")
    ground = leaves(the_prover().proofs(wanted)[0])
    numbers = next(leaf for leaf in ground if isinstance(leaf, FromClaims) and _is_literal(leaf))
    for left_out in (None, numbers):
        stated = triples(leaf for leaf in ground if leaf != left_out)
        found = classify((*stated, *_declarations(stated)), time_limit=60, memory_mb=1000)
        assert found.consistent
        assert (wanted in found.types) == (left_out is None)


def _is_literal(leaf: FromClaims) -> bool:
    return isinstance(leaf.triple.object, Literal)


def _declarations(stated: Iterable[Triple]) -> list[Triple]:
    """What OWL 2 DL needs to be told of the terms in use: that they are classes or properties."""
    used = {term for t in stated for term in t if isinstance(term, NamedNode)}
    kinds = {NamedNode(iri(f"owl:{kind}")) for kind in ("Class", "ObjectProperty", "DatatypeProperty")}
    return [t for t in triples_of(the_store(), ONTOLOGY) if t.subject in used and t.object in kinds]


# --- the two rules for numbers ------------------------------------------------------------------------------

RANGES = """
id:low a owl:Class ; owl:equivalentClass [ a owl:Restriction ; owl:onProperty dg:upper ; owl:someValuesFrom [
    a rdfs:Datatype ; owl:onDatatype xsd:decimal ;
    owl:withRestrictions ( [ xsd:maxExclusive 50.0 ] [ {more} ] ) ] ] .
id:q dg:upper {value} .
"""


def numbers(text: str) -> Prover:
    store = Store()
    store.load((HEAD + text).encode(), format=RdfFormat.TURTLE)
    given = [quad.triple for quad in store]
    return Prover.of(given, lambda t: FromClaims(t, ()), lambda _: 1)


@pytest.mark.parametrize(
    ("value", "more", "expected"),
    [
        ("49.5", "xsd:minInclusive 0", True),
        ("49", "xsd:minInclusive 49", True),
        ("49", "xsd:minExclusive 49", False),
        ("50.0", "xsd:minInclusive 0", False),
        ("'49'", "xsd:minInclusive 0", False),
        ("4.9e1", "xsd:minInclusive 0", False),
        ("49.5", "xsd:pattern '4.*'", False),
        ("'x'^^xsd:decimal", "xsd:minInclusive 0", False),
    ],
)
def test_a_number_within_all_limits_is_in_the_range(value: str, more: str, expected: bool) -> None:
    found = numbers(RANGES.format(value=value, more=more)).proofs(triple("id:q", "rdf:type", "id:low"))
    assert bool(found) == expected


def test_a_self_restriction_works_both_ways() -> None:
    found = numbers(
        "id:A rdfs:subClassOf [ owl:onProperty id:p ; owl:hasSelf true ] . id:x a id:A .\n"
        "id:B owl:equivalentClass [ owl:onProperty id:p ; owl:hasSelf true ] .\n"
        "id:C rdfs:subClassOf [ owl:onProperty id:r ; owl:hasSelf false ] . id:y a id:C ."
    )
    assert [step.rule for step in found.proofs(triple("id:x", "id:p", "id:x")) if isinstance(step, Step)] == [
        "has-self"
    ]
    assert found.proofs(triple("id:x", "rdf:type", "id:B"))
    assert not found.proofs(triple("id:y", "id:r", "id:y"))


@pytest.mark.parametrize("length", [2, 40, 200])
def test_links_of_a_transitive_property_are_one_step(length: int) -> None:
    links = " ".join(f"id:n{n} dg:partOf id:n{n + 1} ." for n in range(length))
    found = numbers(f"dg:partOf a owl:TransitiveProperty . {links}")
    (proof,) = found.proofs(triple("id:n0", "dg:partOf", f"id:n{length}"))
    assert len(leaves(proof)) == length + 1
    assert all(not isinstance(premise, Step) for premise in premises(proof))


def test_a_blank_subject_is_no_reason_to_fail() -> None:
    found = numbers("[] a id:A . id:A rdfs:subClassOf id:B .")
    (subject,) = {t.subject for t in found.given if isinstance(t.subject, BlankNode)}
    wanted = Triple(subject, NamedNode(iri("rdf:type")), NamedNode(iri("id:B")))
    assert found.proofs(wanted)

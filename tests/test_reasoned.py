"""What only HermiT finds: it is told with premises of which none can be spared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from dealgraph.admit import FACTS
from dealgraph.hermit import entails, is_consistent
from dealgraph.proof import FALSE, FromReasoner, clashes, leaves, premises, prove, prover, said
from dealgraph.proof.proving import box
from dealgraph.proof.reasoned import Box
from dealgraph.reason import INFERRED, reason
from dealgraph.sources import ONTOLOGY
from dealgraph.terms import compact
from tiny import HEAD

BY_CASES = """
dg:Bank a owl:Class . dg:Fund a owl:Class . dg:Investor a owl:Class . dg:Person a owl:Class .
dg:backs a owl:ObjectProperty . dg:knows a owl:ObjectProperty .
dg:Bank rdfs:subClassOf dg:Investor . dg:Fund rdfs:subClassOf dg:Investor .
dg:Person rdfs:subClassOf dg:Agent . dg:Agent a owl:Class .
dg:Backer a owl:Class ; owl:equivalentClass [ owl:unionOf ( dg:Bank dg:Fund ) ] .
"""
CASES = "id:northwind a dg:Backer ; dg:knows id:rover . id:rover a dg:Person ."
INVESTOR = "id:northwind a dg:Investor ."


def read(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


def store_with(ontology: str, facts: str) -> Store:
    """A store as a build has it, in which the facts are given without claims."""
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object, ONTOLOGY) for t in read(ontology))
    for graph in (FACTS, DefaultGraph()):
        store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in read(facts))
    return store


def nowhere(_: str) -> str:
    return ""


def told(triples: Iterable[Triple]) -> set[str]:
    return {
        " ".join(compact(term.value) if isinstance(term, NamedNode) else "…" for term in triple)
        for triple in triples
    }


def test_what_follows_by_cases_is_proved_by_premises_alone() -> None:
    store = store_with(BY_CASES, CASES)
    (wanted,) = read(INVESTOR)
    inferred = reason(store).inferred
    assert wanted in inferred
    assert prover(store, nowhere).proofs(wanted) == ()
    store.extend(Quad(t.subject, t.predicate, t.object, INFERRED) for t in inferred)
    (proof,) = prove(store, nowhere, wanted)
    assert isinstance(proof, FromReasoner)
    assert proof.minimal
    stated = [triple for leaf in leaves(proof) for triple in said(leaf)]
    assert told(t for t in stated if isinstance(t.subject, NamedNode)) == {
        "id:northwind rdf:type dg:Backer",
        "dg:Backer owl:equivalentClass …",
        "dg:Bank rdfs:subClassOf dg:Investor",
        "dg:Fund rdfs:subClassOf dg:Investor",
    }
    for left_out in premises(proof):
        fewer = [t for premise in premises(proof) if premise != left_out for t in said(premise)]
        assert not entails([*fewer, *declarations()], wanted, time_limit=60, memory_mb=500)


def declarations() -> list[Triple]:
    return [t for t in read(BY_CASES) if str(t.predicate).endswith("type>")]


def test_what_hermit_does_not_find_either_has_no_proof() -> None:
    store = store_with(BY_CASES, CASES)
    assert box(store, nowhere).proof(read("id:rover a dg:Investor .")[0]) is None


def test_a_clash_that_only_hermit_sees_is_told_by_its_premises() -> None:
    never = (
        "dg:Bank owl:disjointWith dg:Trader . dg:Fund owl:disjointWith dg:Trader . dg:Trader a owl:Class ."
    )
    store = store_with(BY_CASES + never, f"{CASES} id:northwind a dg:Trader .")
    assert prover(store, nowhere).proofs(FALSE) == ()
    (clash,) = clashes(store, nowhere)
    assert isinstance(clash.proof, FromReasoner)
    stated = [t for leaf in clash.ground for t in said(leaf) if isinstance(t.subject, NamedNode)]
    assert told(stated) == {
        "id:northwind rdf:type dg:Backer",
        "id:northwind rdf:type dg:Trader",
        "dg:Backer owl:equivalentClass …",
        "dg:Bank owl:disjointWith dg:Trader",
        "dg:Fund owl:disjointWith dg:Trader",
    }


def test_a_search_without_time_says_that_it_may_be_too_much() -> None:
    (wanted,) = read(INVESTOR)

    def follows(triples: Sequence[Triple], wanted: Triple) -> bool:
        return entails(triples, wanted, time_limit=60, memory_mb=500)

    whole = box(store_with(BY_CASES, CASES), nowhere)
    found = Box(whole.given, whole.source, follows, patience=0.0).proof(wanted)
    assert found is not None
    assert not found.minimal
    assert entails([t for p in found.premises for t in said(p)], wanted, time_limit=60, memory_mb=500)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("id:northwind a dg:Investor .", True),
        ("id:northwind a dg:Bank .", False),
        ("id:northwind dg:knows id:rover .", True),
        ("id:rover dg:knows id:northwind .", False),
    ],
)
def test_hermit_is_asked_for_one_fact(fact: str, expected: bool) -> None:
    (wanted,) = read(fact)
    assert entails(read(BY_CASES + CASES), wanted, time_limit=60, memory_mb=500) == expected


def test_hermit_is_asked_for_a_value() -> None:
    stated = read(
        "dg:size a owl:DatatypeProperty . dg:length rdfs:subPropertyOf dg:size . id:a dg:length 3 ."
    )
    stated += read("dg:length a owl:DatatypeProperty .")
    for value, expected in (("3", True), ("4", False)):
        (wanted,) = read(f"id:a dg:size {value} .")
        assert entails(stated, wanted, time_limit=60, memory_mb=500) == expected


def test_hermit_is_asked_whether_all_can_hold() -> None:
    assert is_consistent(read(BY_CASES + CASES), time_limit=60, memory_mb=500)
    both = "dg:Bank owl:disjointWith dg:Fund . id:northwind a dg:Bank , dg:Fund ."
    assert not is_consistent(read(BY_CASES + both), time_limit=60, memory_mb=500)

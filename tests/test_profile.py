"""The profile checker: what it lets pass, and each kind of departure it names."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from dealgraph.profile import DL, RL, Departure, departures
from dealgraph.terms import PREFIXES

PREFIX_LINES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())

# Classes, properties of all kinds, and one chained property, for the examples below to speak of.
DECLARED = """
dg:A a owl:Class . dg:B a owl:Class . dg:C a owl:Class .
dg:p a owl:ObjectProperty . dg:q a owl:ObjectProperty . dg:long a owl:ObjectProperty .
dg:long owl:propertyChainAxiom ( dg:p dg:q ) .
dg:d a owl:DatatypeProperty . dg:note a owl:AnnotationProperty .
"""


def found(axioms: str) -> tuple[Departure, ...]:
    return departures(parse(PREFIX_LINES + DECLARED + axioms, format=RdfFormat.TURTLE))


@pytest.mark.parametrize(
    "axioms",
    [
        "",
        "dg:A rdfs:subClassOf dg:B ; owl:disjointWith dg:C .",
        "dg:A owl:equivalentClass [ a owl:Class ; owl:intersectionOf"
        " ( dg:B [ a owl:Restriction ; owl:onProperty dg:p ; owl:hasValue id:x ] ) ] .",
        "[] a owl:Class ; owl:unionOf ( dg:A [ a owl:Restriction ; owl:onProperty dg:p ;"
        " owl:someValuesFrom owl:Thing ] ) ; rdfs:subClassOf dg:C .",
        "dg:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty dg:p ; owl:allValuesFrom dg:B ] .",
        "dg:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty dg:p ; owl:maxCardinality 1 ] .",
        "dg:A rdfs:subClassOf [ a owl:Class ; owl:complementOf dg:B ] .",
        "[] a owl:AllDisjointClasses ; owl:members ( dg:A dg:B dg:C ) .",
        "dg:p rdfs:domain dg:A ; rdfs:range dg:B ; rdfs:subPropertyOf dg:long .",
        "dg:d rdfs:domain dg:A ; rdfs:range xsd:decimal . id:x dg:d 1.5 ; dg:d 'deux'@fr .",
        "dg:p a owl:SymmetricProperty , owl:IrreflexiveProperty , owl:FunctionalProperty .",
        "dg:q owl:inverseOf dg:p . dg:long a owl:SymmetricProperty .",
        "id:x a dg:A ; dg:note '2025-03-03'^^xsd:date ; dg:note dg:p .",
        "dg:note rdfs:range xsd:date .",
    ],
)
def test_what_is_in_owl_2_rl(axioms: str) -> None:
    assert found(axioms) == ()


SOME = "[ a owl:Restriction ; owl:onProperty dg:p ; owl:someValuesFrom dg:B ]"
SELF = "[ a owl:Restriction ; owl:onProperty dg:p ; owl:hasSelf true ]"
FACET = (
    "[ a rdfs:Datatype ; owl:onDatatype xsd:decimal ; owl:withRestrictions ( [ xsd:maxExclusive 50.0 ] ) ]"
)
BELOW = f"[ a owl:Restriction ; owl:onProperty dg:d ; owl:someValuesFrom {FACET} ]"
BOTH = "[ a owl:Class ; owl:intersectionOf ( dg:B owl:Thing ) ]"
NOT_ITSELF = "dg:p a owl:IrreflexiveProperty ."
ONE_LONG = "[ a owl:Restriction ; owl:onProperty dg:long ; owl:maxCardinality 1 ]"
TWO = "[ a owl:Restriction ; owl:onProperty dg:p ; owl:maxCardinality 2 ]"


@pytest.mark.parametrize(
    ("axioms", "term", "section"),
    [
        (f"dg:A rdfs:subClassOf {SOME} .", "owl:someValuesFrom", "Profiles 4.2.3"),
        (f"dg:A owl:equivalentClass {SOME} .", "owl:someValuesFrom", "Profiles 4.2.3"),
        (f"dg:p rdfs:range {SOME} .", "owl:someValuesFrom", "Profiles 4.2.3"),
        (f"id:x a {SOME} .", "owl:someValuesFrom", "Profiles 4.2.3"),
        (f"dg:A rdfs:subClassOf {SELF} .", "owl:hasSelf", "Profiles 4.2.3"),
        (f"dg:A rdfs:subClassOf {TWO} .", "owl:maxCardinality", "Profiles 4.2.3"),
        (f"{BELOW} rdfs:subClassOf dg:A .", "owl:onDatatype", "Profiles 4.2.4"),
        ("owl:Thing rdfs:subClassOf dg:A .", "owl:Thing", "Profiles 4.2.3"),
        (f"dg:A rdfs:subClassOf {BOTH} .", "owl:Thing", "Profiles 4.2.3"),
        (
            "[ a owl:Class ; owl:complementOf dg:B ] rdfs:subClassOf dg:A .",
            "owl:complementOf",
            "Profiles 4.2.3",
        ),
        (
            "dg:A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( dg:B dg:C ) ] .",
            "owl:unionOf",
            "Profiles 4.2.3",
        ),
        ("dg:A owl:disjointUnionOf ( dg:B dg:C ) .", "owl:disjointUnionOf", "Profiles 4.2.5"),
        ("dg:p a owl:ReflexiveProperty .", "owl:ReflexiveProperty", "Profiles 4.2.5"),
        ("dg:p rdfs:subPropertyOf owl:topObjectProperty .", "owl:topObjectProperty", "Profiles 4.2.1"),
        ("dg:d rdfs:range owl:rational .", "owl:rational", "Profiles 4.2.1"),
    ],
)
def test_what_is_outside_rl_but_in_dl(axioms: str, term: str, section: str) -> None:
    assert [(d.profile, d.term, d.section) for d in found(axioms)] == [(RL, term, section)]


@pytest.mark.parametrize(
    ("axioms", "term", "section"),
    [
        ("dg:A rdfs:subClassOf dg:Unknown .", "dg:Unknown", "SS 5.8.2"),
        ("id:x a dg:Unknown .", "dg:Unknown", "SS 5.8.2"),
        ("id:x dg:unknown id:y .", "dg:unknown", "SS 5.8.2"),
        ("dg:p rdfs:subPropertyOf dg:d .", "dg:d", "SS 5.8.2"),
        ("dg:q owl:propertyChainAxiom ( dg:p dg:d ) .", "dg:d", "SS 5.8.2"),
        ("[] a owl:AllDisjointClasses ; owl:members ( dg:A dg:Unknown ) .", "dg:Unknown", "SS 5.8.2"),
        ("dg:p a owl:AnnotationProperty .", "dg:p", "SS 5.8.1"),
        ("dg:A a rdfs:Datatype .", "dg:A", "SS 5.8.1"),
        ("id:x rdf:subject id:y .", "rdf:subject", "SS 2.4"),
        ("id:x a rdf:Statement .", "rdf:Statement", "SS 2.4"),
        ("dg:A rdfs:subClassOf rdf:Statement .", "rdf:Statement", "SS 2.4"),
        ("rdf:object a owl:ObjectProperty .", "rdf:object", "SS 2.4"),
        ("id:x dg:d '2025-03-03'^^xsd:date .", "xsd:date", "SS 4"),
        ("dg:d rdfs:range xsd:date .", "xsd:date", "SS 5.2"),
        ("dg:long a owl:FunctionalProperty .", "dg:long", "SS 11.2"),
        ("dg:long a owl:AsymmetricProperty .", "dg:long", "SS 11.2"),
        ("dg:p a owl:TransitiveProperty , owl:IrreflexiveProperty .", "dg:p", "SS 11.2"),
        (f"dg:q a owl:TransitiveProperty . dg:q rdfs:subPropertyOf dg:p . {NOT_ITSELF}", "dg:p", "SS 11.2"),
        ("dg:p owl:inverseOf dg:long ; a owl:InverseFunctionalProperty .", "dg:p", "SS 11.2"),
        ("dg:p owl:propertyDisjointWith dg:long .", "dg:long", "SS 11.2"),
        ("[] a owl:AllDisjointProperties ; owl:members ( dg:p dg:long ) .", "dg:long", "SS 11.2"),
        (f"dg:A rdfs:subClassOf {ONE_LONG} .", "dg:long", "SS 11.2"),
    ],
)
def test_what_is_outside_dl(axioms: str, term: str, section: str) -> None:
    assert {(d.profile, d.term, d.section) for d in found(axioms)} == {(DL, term, section)}


def test_a_departure_names_axiom_term_reason_and_section() -> None:
    assert found(f"dg:A rdfs:subClassOf {SELF} .") == (
        Departure(
            profile="OWL 2 RL",
            axiom="dg:A rdfs:subClassOf [owl:hasSelf]",
            term="owl:hasSelf",
            reason="not allowed as superclass",
            section="Profiles 4.2.3",
        ),
    )


def test_departures_are_sorted_and_do_not_depend_on_the_order_of_the_triples() -> None:
    text = (
        PREFIX_LINES + DECLARED + f"dg:B rdfs:subClassOf {SOME} . dg:A rdfs:subClassOf {SELF} , dg:Unknown ."
    )
    triples = list(parse(text, format=RdfFormat.TURTLE))
    first = departures(triples)
    assert [d.profile for d in first] == [DL, RL, RL]
    assert list(first) == sorted(first)
    assert departures(reversed(triples)) == first


def test_a_list_that_runs_in_a_circle_ends() -> None:
    text = "dg:q owl:propertyChainAxiom _:l . _:l rdf:first dg:p ; rdf:rest _:l ."
    assert found(text) == ()

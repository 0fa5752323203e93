"""Axioms that are malformed, or beyond the rules: named, with the reason, and harmless."""

from __future__ import annotations

import pytest
from closure_turtle import triple, triples
from pyoxigraph import Triple

from dealgraph.closure import close
from dealgraph.closure.readings import REASONS

ON_P = "owl:onProperty :p"

LISTS = [
    ("list-open", ":C owl:unionOf :list"),
    ("list-open", ":C owl:unionOf :list . :list rdf:first :D"),
    ("list-open", ":C owl:unionOf :list . :list rdf:first :D ; rdf:rest :more"),
    ("list-forked", ":C owl:unionOf :list . :list rdf:first :D, :E ; rdf:rest ()"),
    ("list-forked", ":C owl:unionOf :list . :list rdf:first :D ; rdf:rest (), (:E)"),
    ("list-cyclic", ":C owl:unionOf :list . :list rdf:first :D ; rdf:rest :list"),
    ("list-cyclic", ":C owl:unionOf :a . :a rdf:first :D ; rdf:rest :b . :b rdf:first :E ; rdf:rest :a"),
    ("list-empty", ":C owl:unionOf ()"),
    ("list-empty", ":C owl:hasKey ()"),
    ("literal", ':C owl:unionOf "D"'),
]

BEYOND = [
    ("no-rule", f":C owl:hasSelf true ; {ON_P}", "owl:hasSelf"),
    ("no-rule", f":C owl:minCardinality 1 ; {ON_P}", "owl:minCardinality"),
    ("no-rule", f":C owl:cardinality 1 ; {ON_P}", "owl:cardinality"),
    ("no-rule", ":p a owl:ReflexiveProperty", "rdf:type"),
    ("no-rule", ":p rdfs:subPropertyOf owl:bottomObjectProperty", "rdfs:subPropertyOf"),
    ("no-rule", ":C owl:disjointUnionOf (:D :E)", "owl:disjointUnionOf"),
    ("no-rule", ":d owl:onDatatype xsd:integer", "owl:onDatatype"),
    ("number", f":C owl:maxCardinality 2 ; {ON_P}", "owl:maxCardinality"),
    ("literal", ':p rdfs:domain "C"', "rdfs:domain"),
    ("literal", ':C rdfs:subClassOf "D"', "rdfs:subClassOf"),
    ("incomplete", ":C owl:someValuesFrom :D", "owl:someValuesFrom"),
    ("incomplete", f":C owl:maxQualifiedCardinality 1 ; {ON_P}", "owl:maxQualifiedCardinality"),
    ("superclass", f":C rdfs:subClassOf [ owl:someValuesFrom :D ; {ON_P} ]", "owl:someValuesFrom"),
    ("superclass", ":C rdfs:subClassOf [ owl:unionOf (:D :E) ]", "owl:unionOf"),
    ("superclass", ":C rdfs:subClassOf [ owl:intersectionOf (:D [ owl:oneOf (:x :y) ]) ]", "owl:oneOf"),
    ("superclass", f":p rdfs:range [ owl:allValuesFrom [ owl:unionOf (:D :E) ] ; {ON_P} ]", "owl:unionOf"),
    ("superclass", f":C owl:someValuesFrom :D ; {ON_P}", "owl:someValuesFrom"),
    ("superclass", f":x a [ owl:someValuesFrom :D ; {ON_P} ]", "owl:someValuesFrom"),
    ("subclass", f"[ owl:allValuesFrom :D ; {ON_P} ] rdfs:subClassOf :C", "owl:allValuesFrom"),
    ("subclass", f":C owl:equivalentClass [ owl:allValuesFrom :D ; {ON_P} ]", "owl:allValuesFrom"),
    ("subclass", "[ owl:unionOf (:D [ owl:complementOf :E ]) ] rdfs:subClassOf :C", "owl:complementOf"),
    ("subclass", f":C owl:disjointWith [ owl:maxCardinality 1 ; {ON_P} ]", "owl:maxCardinality"),
    (
        "subclass",
        f":C rdfs:subClassOf [ owl:complementOf [ owl:allValuesFrom :D ; {ON_P} ] ]",
        "owl:allValuesFrom",
    ),
    (
        "subclass",
        "[] a owl:AllDisjointClasses ; owl:members (:C [ owl:complementOf :D ])",
        "owl:complementOf",
    ),
]

WITHIN = [
    "[ owl:unionOf (:D [ owl:oneOf (:x) ]) ] rdfs:subClassOf :C",
    f"[ owl:someValuesFrom [ owl:intersectionOf (:D :E) ] ; {ON_P} ] rdfs:subClassOf :C",
    f":C rdfs:subClassOf [ owl:allValuesFrom :D ; {ON_P} ], [ owl:maxCardinality 1 ; {ON_P} ]",
    f":C rdfs:subClassOf [ owl:complementOf [ owl:someValuesFrom owl:Thing ; {ON_P} ] ]",
    f":C owl:equivalentClass [ owl:intersectionOf (:D [ owl:hasValue :v ; {ON_P} ]) ]",
    ":C owl:intersectionOf (:D :E) ; owl:hasKey (:p)",
    f":C rdfs:subClassOf [ owl:maxQualifiedCardinality 0 ; {ON_P} ; owl:onClass :D ]",
    ":p a owl:TransitiveProperty ; owl:propertyChainAxiom (:q :r) . :x owl:sameAs :y . :x :p 5",
    "[] a owl:AllDisjointClasses ; owl:members (:C :D)",
    "",
]


def reasons(given: list[Triple]) -> list[str]:
    return [each.reason for each in close(given).ignored]


@pytest.mark.parametrize(("reason", "text"), LISTS)
def test_a_malformed_list_is_named_and_does_nothing(reason: str, text: str) -> None:
    given = [*triples(text), *triples(":x a :D, :E ; :p :y . :y a :D, :E ; :p :y")]
    closure = close(given)
    assert list(closure.inferred) == []
    (first, *_) = closure.ignored
    assert first.reason == reason
    assert first.statements[0] in given
    assert first.statements[0].predicate in {
        triple(f":C owl:{name} :x").predicate for name in ("unionOf", "hasKey")
    }


@pytest.mark.parametrize("name", ["propertyChainAxiom", "intersectionOf", "oneOf", "members"])
def test_a_list_without_end_does_not_keep_the_rules_busy(name: str) -> None:
    given = triples(
        f":C owl:{name} :a . :a rdf:first :D ; rdf:rest :b . :b rdf:first :E ; rdf:rest :a ."
        ":C a owl:AllDifferent"
    )
    assert reasons(given)[0] == "list-cyclic"


@pytest.mark.parametrize(("reason", "text", "predicate"), BEYOND)
def test_an_axiom_beyond_the_rules_is_named(reason: str, text: str, predicate: str) -> None:
    given = triples(text)
    (found,) = [each for each in close(given).ignored if each.reason == reason]
    assert found.statements[-1].predicate == triple(f":x {predicate} :y").predicate
    assert set(found.statements) <= set(given)


@pytest.mark.parametrize("text", WITHIN)
def test_an_axiom_within_the_profile_is_not_named(text: str) -> None:
    assert reasons(triples(text)) == []


def test_nested_descriptions_may_be_very_deep_or_go_in_circles() -> None:
    deep = " . ".join(f"_:n{number} owl:complementOf _:n{number + 1}" for number in range(3000))
    assert "subclass" in reasons(triples(f":C rdfs:subClassOf _:n0 . {deep}"))
    assert reasons(triples(":C rdfs:subClassOf _:a . _:a owl:intersectionOf (_:a _:a)")) == []


def test_a_part_without_a_name_is_named_with_its_axiom() -> None:
    given = triples(
        ":C owl:equivalentClass [ owl:intersectionOf (:D [ owl:onProperty :p ; owl:someValuesFrom :d ]) ] ."
        ":D rdfs:subClassOf [ owl:intersectionOf ([ owl:hasSelf true ; owl:onProperty :p ]) ]"
    )
    found = {each.reason: each.statements for each in close(given).ignored}
    assert found["no-rule"][0].subject == triple(":D a :D").subject
    assert found["no-rule"][-1].predicate == triple(":D owl:hasSelf true").predicate
    assert found["superclass"][0].subject == triple(":C a :C").subject


def test_every_reason_is_used() -> None:
    used = {case[0] for case in (*LISTS, *BEYOND)} | {"vocabulary"}  # test_closure_equality.py
    assert used == REASONS.keys()


def test_what_is_ignored_does_not_stop_the_rest() -> None:
    closure = close(triples(":C owl:unionOf :open ; rdfs:subClassOf :D . :x a :C"))
    assert list(closure.inferred) == triples(":x a :D")

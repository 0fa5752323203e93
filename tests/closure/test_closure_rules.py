"""One small graph for each rule: what it must give, by that rule, and not without any one premise."""

from __future__ import annotations

import pytest
from closure_reference import FALSE, RULE_FUNCTIONS, WITHOUT_PREMISES, Graph, Spo, follows
from closure_turtle import triple, triples
from pyoxigraph import Triple

from dealgraph.closure import RULES, Statement, close

ONE = '"1"^^xsd:nonNegativeInteger'
ZERO = '"0"^^xsd:nonNegativeInteger'
ON_P = "owl:onProperty :p"

# Rule, what it needs, what it gives.
INFERRED = [
    ("eq-ref", ":s :p :o", ":s owl:sameAs :s"),
    ("eq-sym", ":x owl:sameAs :y", ":y owl:sameAs :x"),
    ("eq-trans", ":x owl:sameAs :y . :y owl:sameAs :z", ":x owl:sameAs :z"),
    ("eq-rep-s", ":s owl:sameAs :t . :s :p :o", ":t :p :o"),
    ("eq-rep-p", ":p owl:sameAs :q . :s :p :o", ":s :q :o"),
    ("eq-rep-o", ":o owl:sameAs :n . :s :p :o", ":s :p :n"),
    ("prp-dom", ":p rdfs:domain :C . :x :p :y", ":x a :C"),
    ("prp-rng", ":p rdfs:range :C . :x :p :y", ":y a :C"),
    ("prp-fp", ":p a owl:FunctionalProperty . :x :p :y, :z", ":y owl:sameAs :z"),
    ("prp-ifp", ":p a owl:InverseFunctionalProperty . :x :p :z . :y :p :z", ":x owl:sameAs :y"),
    ("prp-symp", ":p a owl:SymmetricProperty . :x :p :y", ":y :p :x"),
    ("prp-trp", ":p a owl:TransitiveProperty . :x :p :y . :y :p :z", ":x :p :z"),
    ("prp-spo1", ":p rdfs:subPropertyOf :q . :x :p :y", ":x :q :y"),
    ("prp-spo2", ":p owl:propertyChainAxiom (:q :r :q) . :x :q :y . :y :r :z . :z :q :w", ":x :p :w"),
    ("prp-eqp1", ":p owl:equivalentProperty :q . :x :p :y", ":x :q :y"),
    ("prp-eqp2", ":p owl:equivalentProperty :q . :x :q :y", ":x :p :y"),
    ("prp-inv1", ":p owl:inverseOf :q . :x :p :y", ":y :q :x"),
    ("prp-inv2", ":p owl:inverseOf :q . :x :q :y", ":y :p :x"),
    (
        "prp-key",
        ":C owl:hasKey (:p :q) . :x a :C ; :p :v ; :q :w . :y a :C ; :p :v ; :q :w",
        ":x owl:sameAs :y",
    ),
    ("cls-int1", ":C owl:intersectionOf (:D :E) . :x a :D, :E", ":x a :C"),
    ("cls-int2", ":C owl:intersectionOf (:D :E) . :x a :C", ":x a :E"),
    ("cls-uni", ":C owl:unionOf (:D :E) . :x a :E", ":x a :C"),
    ("cls-svf1", f":C owl:someValuesFrom :D ; {ON_P} . :x :p :y . :y a :D", ":x a :C"),
    ("cls-svf2", f":C owl:someValuesFrom owl:Thing ; {ON_P} . :x :p :y", ":x a :C"),
    ("cls-avf", f":C owl:allValuesFrom :D ; {ON_P} . :x a :C ; :p :y", ":y a :D"),
    ("cls-hv1", f":C owl:hasValue :v ; {ON_P} . :x a :C", ":x :p :v"),
    ("cls-hv2", f":C owl:hasValue :v ; {ON_P} . :x :p :v", ":x a :C"),
    ("cls-maxc2", f":C owl:maxCardinality {ONE} ; {ON_P} . :x a :C ; :p :y, :z", ":y owl:sameAs :z"),
    (
        "cls-maxqc3",
        f":C owl:maxQualifiedCardinality {ONE} ; {ON_P} ; owl:onClass :D"
        " . :x a :C ; :p :y, :z . :y a :D . :z a :D",
        ":y owl:sameAs :z",
    ),
    (
        "cls-maxqc4",
        f":C owl:maxQualifiedCardinality {ONE} ; {ON_P} ; owl:onClass owl:Thing . :x a :C ; :p :y, :z",
        ":y owl:sameAs :z",
    ),
    ("cls-oo", ":C owl:oneOf (:x :y)", ":y a :C"),
    ("cax-sco", ":C rdfs:subClassOf :D . :x a :C", ":x a :D"),
    ("cax-eqc1", ":C owl:equivalentClass :D . :x a :C", ":x a :D"),
    ("cax-eqc2", ":C owl:equivalentClass :D . :x a :D", ":x a :C"),
    ("scm-cls", ":C a owl:Class", ":C rdfs:subClassOf :C"),
    ("scm-cls", ":C a owl:Class", ":C owl:equivalentClass :C"),
    ("scm-cls", ":C a owl:Class", ":C rdfs:subClassOf owl:Thing"),
    ("scm-cls", ":C a owl:Class", "owl:Nothing rdfs:subClassOf :C"),
    ("scm-sco", ":C rdfs:subClassOf :D . :D rdfs:subClassOf :E", ":C rdfs:subClassOf :E"),
    ("scm-eqc1", ":C owl:equivalentClass :D", ":C rdfs:subClassOf :D"),
    ("scm-eqc1", ":C owl:equivalentClass :D", ":D rdfs:subClassOf :C"),
    ("scm-eqc2", ":C rdfs:subClassOf :D . :D rdfs:subClassOf :C", ":C owl:equivalentClass :D"),
    ("scm-op", ":p a owl:ObjectProperty", ":p rdfs:subPropertyOf :p"),
    ("scm-op", ":p a owl:ObjectProperty", ":p owl:equivalentProperty :p"),
    ("scm-dp", ":p a owl:DatatypeProperty", ":p rdfs:subPropertyOf :p"),
    ("scm-dp", ":p a owl:DatatypeProperty", ":p owl:equivalentProperty :p"),
    ("scm-spo", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r", ":p rdfs:subPropertyOf :r"),
    ("scm-eqp1", ":p owl:equivalentProperty :q", ":p rdfs:subPropertyOf :q"),
    ("scm-eqp1", ":p owl:equivalentProperty :q", ":q rdfs:subPropertyOf :p"),
    ("scm-eqp2", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p", ":p owl:equivalentProperty :q"),
    ("scm-dom1", ":p rdfs:domain :C . :C rdfs:subClassOf :D", ":p rdfs:domain :D"),
    ("scm-dom2", ":q rdfs:domain :C . :p rdfs:subPropertyOf :q", ":p rdfs:domain :C"),
    ("scm-rng1", ":p rdfs:range :C . :C rdfs:subClassOf :D", ":p rdfs:range :D"),
    ("scm-rng2", ":q rdfs:range :C . :p rdfs:subPropertyOf :q", ":p rdfs:range :C"),
    (
        "scm-hv",
        f":C owl:hasValue :v ; {ON_P} . :D owl:hasValue :v ; owl:onProperty :q . :p rdfs:subPropertyOf :q",
        ":C rdfs:subClassOf :D",
    ),
    (
        "scm-svf1",
        f":C owl:someValuesFrom :E ; {ON_P} . :D owl:someValuesFrom :F ; {ON_P} . :E rdfs:subClassOf :F",
        ":C rdfs:subClassOf :D",
    ),
    (
        "scm-svf2",
        f":C owl:someValuesFrom :E ; {ON_P} . :D owl:someValuesFrom :E ; owl:onProperty :q"
        " . :p rdfs:subPropertyOf :q",
        ":C rdfs:subClassOf :D",
    ),
    (
        "scm-avf1",
        f":C owl:allValuesFrom :E ; {ON_P} . :D owl:allValuesFrom :F ; {ON_P} . :E rdfs:subClassOf :F",
        ":C rdfs:subClassOf :D",
    ),
    (
        "scm-avf2",
        f":C owl:allValuesFrom :E ; {ON_P} . :D owl:allValuesFrom :E ; owl:onProperty :q"
        " . :p rdfs:subPropertyOf :q",
        ":D rdfs:subClassOf :C",
    ),
    ("scm-int", ":C owl:intersectionOf (:D :E)", ":C rdfs:subClassOf :E"),
    ("scm-uni", ":C owl:unionOf (:D :E)", ":E rdfs:subClassOf :C"),
]

# Rule, what contradicts.
CONTRADICTED = [
    ("eq-diff1", ":x owl:sameAs :y ; owl:differentFrom :y"),
    ("eq-diff2", "[] a owl:AllDifferent ; owl:members (:x :y :z) . :x owl:sameAs :z"),
    ("eq-diff3", "[] a owl:AllDifferent ; owl:distinctMembers (:x :y :z) . :z owl:sameAs :y"),
    ("prp-irp", ":p a owl:IrreflexiveProperty . :x :p :x"),
    ("prp-asyp", ":p a owl:AsymmetricProperty . :x :p :y . :y :p :x"),
    ("prp-pdw", ":p owl:propertyDisjointWith :q . :x :p :y ; :q :y"),
    ("prp-adp", "[] a owl:AllDisjointProperties ; owl:members (:p :q :r) . :x :p :y ; :r :y"),
    (
        "prp-npa1",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y . :x :p :y",
    ),
    ("prp-npa2", "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 5 . :x :p 5"),
    ("cls-nothing2", ":x a owl:Nothing"),
    ("cls-com", ":C owl:complementOf :D . :x a :C, :D"),
    ("cls-maxc1", f":C owl:maxCardinality {ZERO} ; {ON_P} . :x a :C ; :p :y"),
    (
        "cls-maxqc1",
        f":C owl:maxQualifiedCardinality {ZERO} ; {ON_P} ; owl:onClass :D . :x a :C ; :p :y . :y a :D",
    ),
    (
        "cls-maxqc2",
        f":C owl:maxQualifiedCardinality {ZERO} ; {ON_P} ; owl:onClass owl:Thing . :x a :C ; :p :y",
    ),
    ("cax-dw", ":C owl:disjointWith :D . :x a :C, :D"),
    ("cax-adc", "[] a owl:AllDisjointClasses ; owl:members (:C :D :E) . :x a :C, :E"),
]

GIVEN_WITHOUT_PREMISES = [
    ("prp-ap", "rdfs:label a owl:AnnotationProperty"),
    ("cls-thing", "owl:Thing a owl:Class"),
    ("cls-nothing1", "owl:Nothing a owl:Class"),
    ("dt-type1", "xsd:dateTimeStamp a rdfs:Datatype"),
]

ABOUT_LITERALS = {"dt-type2", "dt-eq", "dt-diff", "dt-not-type"}  # test_closure_literals.py


def spo(statement: Statement) -> Spo:
    return statement.subject, statement.predicate, statement.object


def test_there_are_78_rules_and_each_is_tested() -> None:
    tested = {case[0] for case in (*INFERRED, *CONTRADICTED, *GIVEN_WITHOUT_PREMISES)} | ABOUT_LITERALS
    assert len(RULES) == 78
    assert tested == RULES.keys()


@pytest.mark.parametrize(("rule", "premises", "conclusion"), INFERRED)
def test_a_rule_gives_its_conclusion(rule: str, premises: str, conclusion: str) -> None:
    given, wanted = triples(premises), triple(conclusion)
    closure = close(given, trivial=True)
    step = closure.derivation(wanted)
    assert wanted in list(closure.inferred)
    assert step is not None
    assert step.rule == rule
    assert follows(rule, map(spo, step.premises), spo(step.conclusion))
    assert set(step.premises) <= set(given)
    assert closure.inconsistencies == ()


@pytest.mark.parametrize(("rule", "premises", "conclusion"), INFERRED)
def test_no_premise_of_a_rule_is_idle(rule: str, premises: str, conclusion: str) -> None:
    del rule
    given = triples(premises)
    for left_out in given:
        rest = [statement for statement in given if statement != left_out]
        assert not close(rest).holds(triple(conclusion))


@pytest.mark.parametrize(("rule", "premises"), CONTRADICTED)
def test_a_contradiction_is_found(rule: str, premises: str) -> None:
    given = triples(premises)
    (found,) = close(given).inconsistencies
    assert found.rule == rule
    if rule not in ("eq-diff2", "eq-diff3"):  # their equality may be the other way round
        assert set(found.premises) == set(given)
    assert FALSE in set(RULE_FUNCTIONS[rule](Graph(map(spo, found.premises))))


@pytest.mark.parametrize(("rule", "premises"), CONTRADICTED)
def test_less_than_a_contradiction_is_consistent(rule: str, premises: str) -> None:
    del rule
    given = triples(premises)
    for left_out in given:
        rest = [statement for statement in given if statement != left_out]
        assert close(rest).inconsistencies == ()


@pytest.mark.parametrize(("rule", "statement"), GIVEN_WITHOUT_PREMISES)
def test_what_holds_in_every_graph(rule: str, statement: str) -> None:
    closure = close([], trivial=True)
    step = closure.derivation(triple(statement))
    assert step is not None
    assert (step.rule, step.premises) == (rule, ())
    assert rule in WITHOUT_PREMISES
    assert triple(statement) in list(closure.inferred)
    assert list(close([]).inferred) == []


def test_every_rule_says_its_table_and_whether_it_is_a_contradiction() -> None:
    assert {rule.table for rule in RULES.values()} == {4, 5, 6, 7, 8, 9}
    assert {name for name, rule in RULES.items() if rule.is_clash} == {
        *(case[0] for case in CONTRADICTED),
        "dt-not-type",
    }
    prefixes = {"eq": {4}, "prp": {5}, "cls": {6}, "cax": {7}, "dt": {8}, "scm": {9}}
    assert all(rule.table in prefixes[name.partition("-")[0]] for name, rule in RULES.items())


def only(given: list[Triple], wanted: str) -> bool:
    return triple(wanted) in list(close(given).inferred)


def test_an_inferred_axiom_has_its_effect() -> None:
    given = triples(
        ":hasKind rdfs:subPropertyOf rdf:type . :p :hasKind owl:TransitiveProperty . :x :p :y . :y :p :z"
    )
    assert only(given, ":x :p :z")
    given = triples(":within rdfs:subPropertyOf rdfs:subClassOf . :C :within :D . :x a :C")
    assert only(given, ":x a :D")
    given = triples(":sameKind owl:sameAs owl:equivalentClass . :C :sameKind :D . :x a :D")
    assert only(given, ":x a :C")
    given = triples(
        ":list owl:sameAs :other . :C owl:unionOf :list . :other rdf:first :D ; rdf:rest () . :x a :D"
    )
    assert only(given, ":x a :C")


def test_restrictions_with_the_same_words_are_the_same_class() -> None:
    """It takes the reflexive statements that are left out of the result."""
    given = triples(
        ":p a owl:ObjectProperty . :C owl:hasValue :v ; owl:onProperty :p ."
        ":D owl:hasValue :v ; owl:onProperty :p"
    )
    assert only(given, ":C owl:equivalentClass :D")


def test_the_members_of_thing_are_found_when_an_axiom_needs_them() -> None:
    given = triples(":C a owl:Class . :D owl:intersectionOf (owl:Thing :E) . :x a :C, :E")
    closure = close(given)
    assert triple(":x a :D") in list(closure.inferred)
    assert triple(":x a owl:Thing") not in list(closure.inferred)
    assert closure.holds(triple(":x a owl:Thing"))
    (clash,) = close(triples(":C a owl:Class ; owl:disjointWith owl:Thing . :x a :C")).inconsistencies
    assert clash.rule == "cax-dw"

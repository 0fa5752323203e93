"""The closure as a whole: what comes in, what comes out, in which order, and how long it may take."""

from __future__ import annotations

import sys

from closure_turtle import EXAMPLE, triple, triples
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from dealgraph.closure import Generalized, close
from dealgraph.terms import iri


def test_nothing_follows_from_nothing() -> None:
    closure = close([])
    assert list(closure.inferred) == []
    assert len(closure.inferred) == 0
    assert (closure.inconsistencies, closure.ignored, closure.cliques) == ((), (), ())
    assert closure.derivation(triple(":x :p :y")) is None
    assert not closure.holds(triple(":x :p :y"))


def test_data_without_axioms_stay_as_they_are() -> None:
    given = triples(':x a :C ; :p :y, "text", 5, 5.0, "fr"@fr . [] :q [ :r 1 ]')
    assert list(close(given).inferred) == []


def test_what_is_given_is_never_inferred() -> None:
    given = triples(":p a owl:SymmetricProperty . :x :p :y . :y :p :x")
    closure = close(given)
    assert list(closure.inferred) == []
    assert all(closure.holds(each) and closure.derivation(each) is None for each in given)
    assert close([*given, *given]).derivation(given[1]) is None


def test_given_statements_that_follow_too_have_their_derivations() -> None:
    given = triples(":p a owl:SymmetricProperty . :x :p :y . :y :p :x")
    (step,) = close(given, record="all").derivations(triple(":x :p :y"))
    assert (step.rule, step.premises[-1]) == ("prp-symp", triple(":y :p :x"))


def test_a_statement_can_have_several_derivations() -> None:
    given = triples(":p rdfs:subPropertyOf :r . :q rdfs:subPropertyOf :r . :x :p :y ; :q :y")
    assert len(close(given).derivations(triple(":x :r :y"))) == 1
    steps = close(given, record="all").derivations(triple(":x :r :y"))
    assert {step.premises[-1] for step in steps} == {triple(":x :p :y"), triple(":x :q :y")}


def test_quads_are_read_whatever_their_graph() -> None:
    given = triples(":C rdfs:subClassOf :D . :x a :C")
    graphs: list[NamedNode | DefaultGraph] = [NamedNode(f"{EXAMPLE}graph"), DefaultGraph()]
    quads = [Quad(each.subject, each.predicate, each.object, graph) for each in given for graph in graphs]
    assert list(close(quads).inferred) == triples(":x a :D")


def test_results_are_sorted_by_their_text() -> None:
    given = triples(
        ":p a owl:SymmetricProperty ; rdfs:subPropertyOf :q, rdfs:seeAlso ."
        ":b :p :a, _:z . :a10 :p :a9 . :a :p 5"
    )
    told = [tuple(map(str, each)) for each in close(given).inferred]
    assert len(told) > 10
    assert told == sorted(told)
    told = [tuple(map(str, each)) for each in close([*given, *triples(":a owl:sameAs :b")]).inferred]
    assert told == sorted(told)


def test_properties_may_go_in_circles() -> None:
    given = triples(
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r ."
        ":r rdfs:subPropertyOf :p ; owl:inverseOf :p . :x :r :y"
    )
    told = set(close(given).inferred)
    assert set(triples(":x :p :y ; :q :y . :y :p :x ; :q :x ; :r :x . :p owl:equivalentProperty :r")) <= told


def test_equivalent_properties_may_go_in_circles() -> None:
    given = triples(
        ":p owl:equivalentProperty :q . :q owl:equivalentProperty :r . :r owl:equivalentProperty :p ;"
        "a owl:TransitiveProperty ; owl:inverseOf :p ; rdfs:subPropertyOf :r . :x :q :y"
    )
    told = {each for each in close(given).inferred if each.subject in (triple(":x :p :x").subject,)}
    assert told == set(triples(":x :p :x, :y ; :q :x ; :r :x, :y"))


def test_axioms_about_axioms_end() -> None:
    given = triples(
        "owl:sameAs rdfs:subPropertyOf owl:sameAs . rdf:type rdfs:subPropertyOf rdf:type ."
        "rdfs:subClassOf rdfs:subClassOf rdfs:subClassOf ; a owl:TransitiveProperty ."
        "rdf:type owl:propertyChainAxiom (rdf:type rdfs:subClassOf) . rdf:rest a owl:TransitiveProperty ."
        ":x a :C . :C rdfs:subClassOf :D . :D owl:unionOf (:C :D :E)"
    )
    assert triple(":x a :D") in set(close(given).inferred)


def test_a_chain_through_itself_ends() -> None:
    given = triples(":p owl:propertyChainAxiom (:p :p), (:p) . :a :p :b . :b :p :c . :c :p :a")
    assert len(close(given).inferred) == 6


def test_long_chains_of_a_transitive_property_are_followed_link_by_link() -> None:
    links = " . ".join(f":x{number} :p :x{number + 1}" for number in range(400))
    closure = close(triples(f":p a owl:TransitiveProperty . {links}"))
    assert len(closure.inferred) == 400 * 401 // 2 - 400
    step = closure.derivation(triple(":x0 :p :x400"))
    assert step is not None
    assert step.premises[1] == triple(":x0 :p :x1")


def test_chains_may_have_more_links_than_python_nests_calls() -> None:
    length = sys.getrecursionlimit() + 10
    members = " ".join(f":p{number}" for number in range(length))
    links = " . ".join(f":x{number} :p{number} :x{number + 1}" for number in range(length))
    closure = close(triples(f":p owl:propertyChainAxiom ({members}) . {links}"))
    assert list(closure.inferred) == triples(f":x0 :p :x{length}")


def test_a_blank_node_is_used_as_a_property_and_not_told() -> None:
    given = triples(
        "_:inverse owl:inverseOf :p . [ owl:onProperty _:inverse ; owl:someValuesFrom :C ] rdfs:subClassOf :D"
    )
    closure = close([*given, *triples(":x :p :y . :x a :C")])
    assert triple(":y a :D") in set(closure.inferred)
    assert all(isinstance(each.predicate, NamedNode) for each in closure.inferred)


def test_a_triple_term_is_a_name_without_meaning() -> None:
    term = triple(":x :p :y")
    given = [
        *triples(":says rdfs:subPropertyOf :tells ; owl:inverseOf :saidBy"),
        Triple(BlankNode("r"), NamedNode(f"{EXAMPLE}says"), term),
    ]
    closure = close(given)
    assert list(closure.inferred) == [Triple(BlankNode("r"), NamedNode(f"{EXAMPLE}tells"), term)]
    assert not closure.holds(term)


def test_contradictions_are_limited_per_rule_and_do_not_stop_inference() -> None:
    people = " . ".join(f":x{number} a :C, :D" for number in range(30))
    given = triples(f":C owl:disjointWith :D ; rdfs:subClassOf :E . {people} . :y a owl:Nothing")
    closure = close(given, limit=7)
    assert [clash.rule for clash in closure.inconsistencies] == ["cls-nothing2"] + ["cax-dw"] * 7
    assert triple(":x29 a :E") in set(closure.inferred)
    assert len(close(given).inconsistencies) == 31


def test_trivial_statements_are_told_on_request() -> None:
    given = triples(":C a owl:Class . :x a :C")
    assert list(close(given).inferred) == []
    told = set(close(given, trivial=True).inferred)
    assert set(triples(":x a owl:Thing ; owl:sameAs :x . :C rdfs:subClassOf :C, owl:Thing")) <= told


def test_statements_of_the_package_can_be_asked_about() -> None:
    closure = close(triples(":p rdfs:range :C . :x :p 5"))
    five = Literal("5", datatype=NamedNode(iri("xsd:integer")))
    typed = Generalized(five, NamedNode(iri("rdf:type")), NamedNode(f"{EXAMPLE}C"))
    step = closure.derivation(typed)
    assert step is not None
    assert (step.rule, step.conclusion) == ("prp-rng", typed)
    assert list(closure.inferred) == []


def test_a_vocabulary_with_data_is_closed_as_a_person_expects() -> None:
    closure = close(
        triples(
            """
            :isHolderOf owl:inverseOf :holder .
            :holdsStakeIn owl:propertyChainAxiom (:isHolderOf :issuer) .
            :holdsMajorityStakeIn rdfs:subPropertyOf :controls . :controls a owl:TransitiveProperty .
            :competitorOf a owl:SymmetricProperty, owl:IrreflexiveProperty .
            :locatedIn owl:propertyChainAxiom (:locatedIn :partOf) . :partOf a owl:TransitiveProperty .
            :stake :holder :meta ; :issuer :scale .
            :y :holdsMajorityStakeIn :x . :x :holdsMajorityStakeIn :meta .
            :openai :competitorOf :meta . :anthropic :competitorOf :openai .
            :site :locatedIn :ohio . :ohio :partOf :usa
            """
        )
    )
    must = triples(
        ":meta :holdsStakeIn :scale . :y :controls :meta . :meta :competitorOf :openai .:site :locatedIn :usa"
    )
    must_not = triples(":meta :controls :scale . :anthropic :competitorOf :meta . :meta :controls :y")
    assert all(map(closure.holds, must))
    assert not any(map(closure.holds, must_not))
    assert (closure.inconsistencies, closure.ignored) == ((), ())

"""What is inferred, kept up to date: the project's graph, single statements, what is aside, what clashes."""

from __future__ import annotations

import pytest
from horn_cases import Kept, given, the_program, triples
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from dealgraph.admit import FACTS
from dealgraph.closure import close
from dealgraph.derive import DERIVED, conclusions
from dealgraph.horn import AUXILIARY, from_json, maintain, to_json
from dealgraph.horn.compiling import compile_program, digest_of
from dealgraph.reason import INFERRED, triples_of
from dealgraph.terms import iri
from graph import the_store


def kept_with(text: str) -> Kept:
    kept = Kept(the_program())
    outcome = kept.change((), triples(text))
    assert outcome.is_exact
    return kept


def held(kept: Kept, text: str) -> bool:
    (triple,) = triples(text)
    return triple in kept.inferred


# --- the project's graph -----------------------------------------------------------------------------------


def test_the_facts_of_the_project_give_what_a_build_infers() -> None:
    facts = (*triples_of(the_store(), FACTS), *conclusions(the_store()))
    kept = Kept(the_program())
    outcome = kept.change((), facts)
    assert outcome.is_exact
    assert kept.inferred == frozenset(triples_of(the_store(), INFERRED))
    assert kept.graph(AUXILIARY) == frozenset()
    assert len(outcome.came) > 100
    gone = kept.change(facts, ())
    assert frozenset(gone.went) == frozenset(outcome.came)
    assert kept.everything == frozenset()


def test_the_ontology_of_the_project_is_supported_in_full() -> None:
    assert the_program().unsupported == ()
    assert {name.value for name in the_program().unfolded} == {iri("dg:majoritySelf"), iri("dg:minoritySelf")}


# --- what follows, and stops following ---------------------------------------------------------------------

STAKE = (
    "id:stake a dg:Stake ; dg:holder id:bluewave ; dg:issuer id:northwind ; dg:share id:figure ."
    " id:figure a dg:Quantity ; dg:unit dg:Percent ; "
)


@pytest.mark.parametrize(
    ("bound", "kind"),
    [
        ("dg:lower 50.1", "dg:MajorityStake"),
        ("dg:lower 50.00 ; dg:lowerExclusive true", "dg:MajorityStake"),
        ("dg:lower 50 ; dg:lowerExclusive 1", ""),  # a number is no truth value, and a clash besides
        ("dg:lower 50.0", ""),
        ("dg:upper 49.99", "dg:MinorityStake"),
        ("dg:upper 050.0 ; dg:upperExclusive true", "dg:MinorityStake"),
        ("dg:upper 50.0 ; dg:upperExclusive false", ""),
    ],
)
def test_a_stake_is_classed_by_the_value_of_its_bound(bound: str, kind: str) -> None:
    kept = Kept(the_program())
    kept.change((), triples(f"{STAKE} {bound} ."))
    kinds = [name for name in ("dg:MajorityStake", "dg:MinorityStake") if held(kept, f"id:stake a {name} .")]
    assert kinds == ([kind] if kind else [])
    controls = held(kept, "id:bluewave dg:controls id:northwind .")
    assert controls == (kind == "dg:MajorityStake")


def test_what_follows_goes_with_its_last_reason_only() -> None:
    kept = kept_with("id:a dg:investor id:b . id:c dg:investor id:b .")
    assert held(kept, "id:b a dg:Agent .")
    outcome = kept.change(triples("id:a dg:investor id:b ."), ())
    assert held(kept, "id:b a dg:Agent .")
    assert outcome.went == triples("id:a a dg:Deal . id:b dg:isInvestorIn id:a .")
    kept.change(triples("id:c dg:investor id:b ."), ())
    assert kept.everything == frozenset()


def test_what_only_follows_from_itself_goes() -> None:
    kept = kept_with("id:a dg:partnerOf id:b .")
    assert held(kept, "id:b dg:partnerOf id:a .")
    outcome = kept.change(triples("id:a dg:partnerOf id:b ."), ())
    assert len(outcome.went) == 3
    assert kept.everything == frozenset()


def test_a_statement_moves_between_stated_and_inferred() -> None:
    kept = kept_with("id:a dg:partnerOf id:b .")
    back = triples("id:b dg:partnerOf id:a .")
    assert kept.change((), back).went == back
    assert kept.is_sound()
    assert kept.change(back, ()).came == back
    assert kept.is_sound()
    outcome = kept.change(triples("id:a dg:partnerOf id:b ."), back)
    assert (outcome.came, outcome.went) == (triples("id:a dg:partnerOf id:b ."), back)
    assert kept.is_sound()


def test_it_makes_no_difference_whether_the_default_graph_was_changed_before() -> None:
    first, then = triples("id:a dg:partnerOf id:b . id:c a dg:Company ."), triples("id:c dg:partnerOf id:a .")
    usual, other = Kept(the_program()), Kept(the_program())
    usual.change((), first)
    other.store.extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in first)
    other.change((), first)
    assert other.everything == usual.everything
    usual.change(first, then)
    for triple in first:
        other.store.remove(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))
    other.change(first, then)
    assert other.everything == usual.everything


def test_naming_what_did_not_change_changes_nothing() -> None:
    kept = kept_with("id:a dg:partnerOf id:b .")
    before = kept.everything
    outcome = maintain(kept.store, the_program(), (*kept.facts, *triples("id:x a dg:Deal .")), kept.facts)
    assert (outcome.came, outcome.went) == ((), ())
    assert kept.everything == before


# --- results of the stored rules ---------------------------------------------------------------------------


def test_results_of_rules_count_and_the_nodes_that_tell_how_do_not() -> None:
    kept = kept_with("id:deal a dg:Deal .")
    made = triples("id:deal dg:price id:figure .")
    telling = triples("id:how a dg:Derivation ; dg:rule 'invented' ; dg:object id:figure , id:deal .")
    for graph in (DERIVED, DefaultGraph()):
        kept.store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in telling)
    kept.store.extend(Quad(t.subject, t.predicate, t.object, DERIVED) for t in made)
    outcome = maintain(kept.store, the_program(), (), (*made, *telling))
    assert outcome.came == triples("id:figure a dg:Quantity .")
    assert outcome.clashes == ()
    assert frozenset(telling) <= kept.graph(DefaultGraph())
    kept.store.remove(Quad(made[0].subject, made[0].predicate, made[0].object, DERIVED))
    assert maintain(kept.store, the_program(), made, ()).went == outcome.came


# --- what is kept aside ------------------------------------------------------------------------------------


def test_a_loop_that_is_needed_is_kept_aside_and_goes_again() -> None:
    kept = kept_with("id:a dg:controls id:b . id:b dg:controls id:a .")
    loops = frozenset(triples("id:a dg:controls id:a . id:b dg:controls id:b ."))
    assert kept.graph(AUXILIARY) == loops
    assert kept.inferred.isdisjoint(loops)
    kept.change(triples("id:b dg:controls id:a ."), ())
    assert kept.graph(AUXILIARY) == frozenset()


def test_the_class_of_a_term_of_the_ontology_is_aside_and_counts() -> None:
    kept = kept_with("id:cairn dg:sitedIn dg:Percent .")
    assert triples("dg:Percent a dg:Place .")[0] in kept.graph(AUXILIARY)
    outcome = kept.change((), triples("id:deal dg:investor dg:Percent ."))
    assert [clash.rule for clash in outcome.clashes] == ["cax-adc"]


def test_of_a_place_of_the_background_something_is_shown_once_a_fact_names_it() -> None:
    kept = kept_with("id:united-states dg:partOf id:earth .")
    (wider,) = triples("id:california dg:partOf id:earth .")
    assert wider in kept.graph(AUXILIARY)
    assert wider not in kept.graph(DefaultGraph())
    named = triples("id:bluewave dg:competitorOf id:california .")
    outcome = kept.change((), named)
    assert wider in outcome.came
    assert wider in kept.change(named, ()).went
    assert wider in kept.graph(AUXILIARY)


# --- what contradicts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "id:a a dg:Person , dg:Company .",
        "id:a a dg:Deal , dg:Stake .",
        "id:a dg:competitorOf id:a .",
        'id:a skos:note "x"^^xsd:integer .',
        "id:a a dg:MinorityStake , dg:MajorityStake .",
    ],
)
def test_a_clash_names_what_the_closure_names(text: str) -> None:
    ontology, background = given()
    facts = triples(text)
    outcome = Kept(the_program()).change((), facts)
    closure = close((*facts, *ontology, *background))
    found = {(clash.rule, clash.premises) for clash in closure.inconsistencies}
    assert {(clash.rule, clash.premises) for clash in outcome.clashes} == found != set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("id:figure dg:lower 1.0 , 2.0 .", "eq-diff1"),
        ("id:figure dg:unit dg:Percent , dg:Gigawatt .", "eq-diff3"),
        ("id:figure dg:lower true .", "dt-not-type"),
        ("id:figure dg:lower 1e0 .", "dt-not-type"),
    ],
)
def test_values_and_terms_that_differ_cannot_be_one(text: str, rule: str) -> None:
    outcome = Kept(the_program()).change((), triples(text))
    assert [clash.rule for clash in outcome.clashes] == [rule]
    assert frozenset(triples(text)) <= frozenset(outcome.clashes[0].premises)
    assert outcome.beyond == ()


def test_a_value_may_be_written_in_several_ways() -> None:
    kept_with("id:figure dg:lower 1.0 , 1 , 01.00 .")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id:stake dg:holder id:a , id:b .", "equated"),
        ("id:a owl:sameAs id:b .", "axiom"),
        ("id:a a owl:Class .", "axiom"),
        ("dg:holder rdfs:range dg:Person .", "axiom"),
        ('id:deal dg:investor "Bluewave" .', "literal"),
    ],
)
def test_what_the_rules_cannot_tell_is_said_to_be_beyond_them(text: str, reason: str) -> None:
    outcome = Kept(the_program()).change((), triples(text))
    assert reason in {beyond.reason for beyond in outcome.beyond}


def test_a_store_whose_build_found_two_names_for_a_thing_is_left_to_builds() -> None:
    kept = kept_with("id:a a dg:Company .")
    (same,) = triples("id:a owl:sameAs id:b .")
    kept.store.add(Quad(same.subject, same.predicate, same.object, AUXILIARY))
    outcome = kept.change((), triples("id:b a dg:Company ."))
    assert [beyond.reason for beyond in outcome.beyond] == ["equated"]


# --- programs ----------------------------------------------------------------------------------------------

OUTSIDE = {
    "dg:A rdfs:subClassOf [ owl:onProperty dg:p ; owl:someValuesFrom dg:B ] . dg:p rdfs:domain dg:C .": True,
    "dg:A rdfs:subClassOf [ owl:onProperty dg:p ; owl:someValuesFrom dg:B ] . dg:p rdfs:range dg:C .": False,
    "dg:A owl:equivalentClass [ owl:onProperty dg:p ; owl:someValuesFrom dg:B ] .": False,
    "dg:A rdfs:subClassOf [ owl:onProperty dg:p ; owl:someValuesFrom dg:B ] ; owl:disjointWith dg:D ."
    " [ owl:onProperty dg:p ; owl:someValuesFrom dg:B ] rdfs:subClassOf dg:D .": True,
    "dg:A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( dg:B dg:C ) ] .": False,
    "dg:A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( dg:B dg:C ) ] . dg:B rdfs:subClassOf dg:D ."
    " dg:C rdfs:subClassOf dg:D .": True,
    "dg:A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( dg:B dg:C ) ] . dg:B owl:disjointWith dg:D .": True,
    "dg:A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( dg:B dg:C ) ] ; rdfs:subClassOf dg:D ."
    " dg:B rdfs:subClassOf dg:D . dg:C rdfs:subClassOf dg:D .": False,
    "dg:A rdfs:subClassOf [ owl:onProperty dg:p ; owl:someValuesFrom dg:B ] . dg:p a"
    " owl:FunctionalProperty .": True,
    "dg:A rdfs:subClassOf [ owl:onProperty dg:p ; owl:maxCardinality 2 ] .": True,
    "[ a owl:Class ; owl:complementOf dg:A ] rdfs:subClassOf dg:B .": True,
    "[ owl:onProperty dg:p ; owl:allValuesFrom dg:A ] rdfs:subClassOf dg:B .": True,
    "dg:p a owl:ReflexiveProperty .": True,
    "owl:Thing rdfs:subClassOf dg:A .": True,
    "dg:A owl:disjointUnionOf ( dg:B dg:C ) .": True,
    "dg:A rdfs:subClassOf [ owl:onProperty dg:p ; owl:allValuesFrom dg:B ] .": False,
    "id:a owl:sameAs id:b .": True,
    "id:a a dg:A ; dg:f 2 . dg:f a owl:DatatypeProperty . [ owl:onProperty dg:f ; owl:someValuesFrom"
    " [ a rdfs:Datatype ; owl:onDatatype xsd:decimal ; owl:withRestrictions ( [ xsd:minInclusive 1.0 ] ) ] ]"
    " rdfs:subClassOf dg:B .": True,
}


@pytest.mark.parametrize("text", OUTSIDE)
def test_axioms_whose_effect_no_rule_has_are_listed(text: str) -> None:
    program = compile_program(triples(text))
    assert bool(program.unsupported) == OUTSIDE[text]
    assert all(each.reason for each in program.unsupported)


@pytest.mark.parametrize("axioms", [None, "dg:A rdfs:subClassOf owl:Nothing .", *OUTSIDE])
def test_a_program_is_the_same_after_it_was_text(axioms: str | None) -> None:
    program = the_program() if axioms is None else compile_program(triples(axioms))
    assert from_json(to_json(program)) == program
    assert to_json(program) == to_json(compile_program(*given()) if axioms is None else program)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"form":0}', '{"form":1}', '{"form":1,"terms":[1]}']
)
def test_another_text_is_no_program(text: str) -> None:
    assert from_json(text) is None
    assert from_json(to_json(the_program())[:-1]) is None


def test_the_digest_is_of_what_has_a_meaning() -> None:
    axiom = triples("dg:A rdfs:subClassOf dg:B .")
    assert digest_of(axiom) == digest_of((*axiom, *triples('dg:A rdfs:label "a"@en .')))
    assert digest_of(axiom) == compile_program(axiom).digest
    assert digest_of(axiom) != digest_of((*axiom, *triples("dg:B rdfs:subClassOf dg:C .")))


def test_triples_are_taken_in_any_spelling_of_a_number() -> None:
    kept = kept_with("id:figure a dg:Quantity .")
    (plain,) = triples("id:figure dg:lower 5.0 .")
    number = Literal("5.000", datatype=NamedNode(iri("xsd:decimal")))
    spelled = Triple(plain.subject, plain.predicate, number)
    kept.store.add(Quad(spelled.subject, spelled.predicate, spelled.object, FACTS))
    maintain(kept.store, the_program(), (), (spelled,))
    assert plain in kept.graph(DefaultGraph())

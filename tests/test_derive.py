"""The rules on the real graph, what stands beside their results, and how they are run."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from dealgraph.briefing import briefing
from dealgraph.derive import DERIVED, MAX_ROUNDS, Deriver, conclusions
from dealgraph.errors import StoredQueryDefect
from dealgraph.reason import INFERRED
from dealgraph.stored import StoredQuery
from dealgraph.terms import compact
from derived import COMPARISONS, DEFAULT, RULES, found, node, one, text
from graph import known_on, stored_queries, the_store
from tiny import query, store_of

# --- the real graph --------------------------------------------------------------------------------------

IMPLIED = ("id:stake-meta-scale-ai", "dg:impliedValuation", "[28787878787, 29587628866]")
WORTH = ("id:stake-meta-scale-ai", "dg:impliedWorth", "[13822500000, 14602500000]")
RATIO = ("id:valuation-scale-ai-2025-06", "dg:ratioToPreviousValuation", "[2.057, 2.146]")
BIRTH = ("id:alexandr-wang", "dg:bornOn", "1996-06-14/1997-06-13")
DATES = {
    ("id:deal-meta-scale-ai-2025", "dg:announcedOn", "2025-06-12"),
    ("id:llama-4", "dg:releasedOn", "2025-04"),
}
DOUBLES = ("claim:abcbourse-2025-06-13-30", "dg:looselyAgreesWith", "[2.057, 2.146]")
WORKED_OUT = (
    "dg:announcedOn",
    "dg:bornOn",
    "dg:impliedPrice",
    "dg:impliedValuation",
    "dg:impliedWorth",
    "dg:ratioToPreviousValuation",
    "dg:releasedOn",
    "rdf:type",
)


def worked_out(store: ox.Store) -> set[tuple[str, str, str]]:
    described = {"dg:Derivation", "dg:Quantity", "dg:TimeSpan"}
    return {row for row in found(store, *WORKED_OUT) if row[2] not in described}


def in_june() -> ox.Store:
    return known_on(dt.date(2025, 6, 14))


def test_what_the_figures_of_both_articles_imply() -> None:
    whatsapp = ("id:deal-meta-whatsapp", "dg:impliedPrice", "(14250000000, ]")
    hired = ("id:deal-meta-scale-ai-2025", "rdf:type", "dg:AcquiHire")
    assert worked_out(the_store()) == {IMPLIED, WORTH, RATIO, BIRTH, *DATES, whatsapp, hired}


def test_what_the_figures_of_the_june_article_imply_alone() -> None:
    whatsapp = ("id:deal-meta-whatsapp", "dg:impliedPrice", "(14000000000, ]")
    assert worked_out(in_june()) == {RATIO, BIRTH, *DATES, whatsapp}


def test_how_stated_figures_stand_to_what_is_implied() -> None:
    june, july = "claim:abcbourse-2025-06-13", "claim:arktechnews-2025-07-15"
    epoch = "claim:epoch-data-centers-2026-01-03"
    assert found(the_store(), *COMPARISONS) == {
        DOUBLES,
        (f"{june}-31", "dg:agreesWith", IMPLIED[2]),
        (f"{june}-2", "dg:agreesWith", f"{june}-9"),
        (f"{june}-2", "dg:agreesWith", f"{july}-37"),
        (f"{june}-9", "dg:agreesWith", f"{july}-37"),
        (f"{june}-15", "dg:agreesWith", f"{july}-38"),
        (f"{july}-17", "dg:disagreesWith", f"{epoch}-prometheus-designCapacity"),
        (f"{july}-21", "dg:agreesWith", f"{epoch}-hyperion-designCapacity"),
    }
    assert found(in_june(), *COMPARISONS) == {DOUBLES, (f"{june}-2", "dg:agreesWith", f"{june}-9")}


def test_the_whatsapp_deal_has_a_bound_and_no_price() -> None:
    assert not list(
        the_store().quads_for_pattern(node("id:deal-meta-whatsapp"), node("dg:price"), None, None)
    )


def test_a_unit_makes_no_parent_and_no_control() -> None:
    lab, meta = node("id:meta-superintelligence-labs"), node("id:meta")
    links = {
        compact(quad.predicate.value)
        for pair in ((lab, meta), (meta, lab))
        for quad in the_store().quads_for_pattern(pair[0], None, pair[1], DEFAULT)
    }
    assert links == {"dg:unitOf"}


# --- what stands beside a result -------------------------------------------------------------------------


def derivations(store: ox.Store) -> list[ox.NamedNode]:
    quads = store.quads_for_pattern(None, node("rdf:type"), node("dg:Derivation"), DERIVED)
    return [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)]


def test_every_rule_makes_something_of_the_real_graph() -> None:
    made = Counter(one(the_store(), derivation, "dg:rule") for derivation in derivations(the_store()))
    assert set(made) == {rule.path.stem for rule in RULES}
    assert len(RULES) == 11


def test_every_result_has_its_derivation_and_every_derivation_its_result() -> None:
    store = the_store()
    parts = ("dg:subject", "dg:predicate", "dg:object")
    told = [tuple(one(store, d, part) for part in parts) for d in derivations(store)]
    described = {
        quad.subject
        for kind in ("dg:Quantity", "dg:TimeSpan")
        for quad in store.quads_for_pattern(None, node("rdf:type"), node(kind), DERIVED)
    }
    plain = {
        (text(t.subject), text(t.predicate), text(t.object))
        for t in conclusions(store)
        if t.subject not in described
    }
    assert set(told) == plain
    assert len(told) == len(plain)


def test_a_derivation_has_two_grounds_or_more_that_are_described() -> None:
    store = the_store()
    for derivation in derivations(store):
        quads = store.quads_for_pattern(derivation, node("prov:wasDerivedFrom"), None, DERIVED)
        grounds = {quad.object for quad in quads}
        assert len(grounds) >= 2, derivation
        for ground in grounds:
            assert isinstance(ground, ox.NamedNode)
            assert next(store.quads_for_pattern(ground, None, None, None), None), ground


def test_what_is_derived_stands_in_its_graph_and_in_the_default_graph() -> None:
    store = the_store()
    for quad in store.quads_for_pattern(None, None, None, DERIVED):
        assert ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT) in store


def test_conclusions_leave_out_the_nodes_that_tell_how() -> None:
    predicates = {compact(triple.predicate.value) for triple in conclusions(the_store())}
    assert {"dg:bornOn", "dg:lower", "dg:agreesWith"} <= predicates
    assert predicates.isdisjoint(
        {"dg:rule", "dg:subject", "dg:predicate", "dg:object", "prov:wasDerivedFrom"}
    )


def test_what_rules_make_is_reasoned_on() -> None:
    store = the_store()
    (loose,) = store.quads_for_pattern(None, node("dg:looselyAgreesWith"), None, DERIVED)
    assert ox.Quad(loose.subject, node("dg:agreesWith"), loose.object, INFERRED) in store


def test_a_second_run_finds_nothing_new() -> None:
    assert Deriver.of(the_store(), RULES).run() == 0


# --- in the briefing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "title", "told"),
    [
        ("en", "What the figures imply", ["more than 14.25 billion dollars"]),
        ("fr", "Ce que les chiffres impliquent", ["plus de 14,25 milliards de dollars"]),
    ],
)
def test_the_briefing_tells_what_the_figures_imply(language: str, title: str, told: list[str]) -> None:
    sections = briefing(the_store(), stored_queries().values(), language).sections
    (section,) = (section for section in sections if section.title == title)
    (line,) = (line for line in section.lines if line.predicate == "dg:impliedPrice")
    assert [saying.value.replace("\N{NO-BREAK SPACE}", " ") for saying in line.sayings] == told
    assert len(section.lines) == 11


# --- running rules ---------------------------------------------------------------------------------------


def rule_of(text: str, name: str = "invented") -> StoredQuery:
    return query(text, f"rules/{name}")


NEXT = rule_of('CONSTRUCT { ?b dg:next ?c } WHERE { ?a dg:next ?b BIND(IRI(CONCAT(STR(?b), "i")) AS ?c) }')


def test_rules_see_what_other_rules_make_whatever_their_names() -> None:
    two = rule_of("CONSTRUCT { ?s dg:third ?o } WHERE { ?s dg:second ?o }", "a")
    one_ = rule_of("CONSTRUCT { ?s dg:second ?o } WHERE { ?s dg:first ?o }", "b")
    for rules in ((two, one_), (one_, two)):
        store = store_of("id:a dg:first id:b .")
        assert Deriver.of(store, rules).run() == 2
        new = store.quads_for_pattern(None, None, None, DERIVED)
        assert {compact(quad.predicate.value) for quad in new} == {"dg:second", "dg:third"}


def test_rules_that_run_again_see_what_was_added_since() -> None:
    store = store_of("id:a dg:first id:b .")
    deriver = Deriver.of(store, [rule_of("CONSTRUCT { ?s dg:second ?o } WHERE { ?s dg:first ?o }")])
    assert [deriver.run(), deriver.run()] == [1, 0]
    store.extend(store_of("id:c dg:first id:d ."))
    assert [deriver.run(), deriver.run()] == [1, 0]


def test_what_is_a_fact_already_is_not_derived() -> None:
    store = store_of("id:a dg:first id:b ; dg:second id:b . graph:facts { id:a dg:second id:b . }")
    rule = rule_of("CONSTRUCT { ?s dg:second ?o } WHERE { ?s dg:first ?o }")
    assert Deriver.of(store, [rule]).run() == 0


def test_what_is_inferred_already_is_derived_all_the_same() -> None:
    store = store_of("id:a dg:first id:b ; dg:second id:b . graph:inferred { id:a dg:second id:b . }")
    rule = rule_of("CONSTRUCT { ?s dg:second ?o } WHERE { ?s dg:first ?o }")
    assert Deriver.of(store, [rule]).run() == 1


def test_queries_that_are_no_rules_are_left_alone() -> None:
    store = store_of("id:a dg:first id:b .")
    other = query("CONSTRUCT { ?s dg:second ?o } WHERE { ?s dg:first ?o }", "tests/any")
    assert Deriver.of(store, [other]).run() == 0


def defective() -> Iterator[tuple[str, StoredQuery]]:
    yield f"{MAX_ROUNDS} rounds", NEXT
    yield "is a CONSTRUCT", rule_of("SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s")
    yield "blank node", rule_of("CONSTRUCT { ?s dg:second [ dg:third ?o ] } WHERE { ?s dg:next ?o }")


@pytest.mark.parametrize(("problem", "rule"), [*defective()])
def test_a_rule_that_cannot_be_run_to_the_end_is_said_to_be_defective(
    problem: str, rule: StoredQuery
) -> None:
    with pytest.raises(StoredQueryDefect, match=problem):
        Deriver.of(store_of("id:a dg:next id:b ."), [rule]).run()

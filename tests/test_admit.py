"""Admission: which claims become facts, on what day, and from which articles."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from pyoxigraph import NamedNode, Quad, Store

from dealgraph import sources
from dealgraph.admit import COUNTED, Admission, admit
from dealgraph.errors import StoredQueryDefect
from dealgraph.settings import open_project
from dealgraph.terms import compact, iri
from tiny import ROOT, Said, article, query, rows, store_of, the_rule

RULE = the_rule()
REALIS = ("Actual", "Planned", "Expected", "Possible", "Goal", "Hypothetical")
STANCE = ("Asserted", "Confirmed", "Reported", "Estimated", "Alleged", "Opinion")
POLARITY = ("Positive", "Negative")
RANK = ("Preferred", "Normal", "Deprecated")
PROSPECTIVE = {"dg:share": False, "dg:designCapacity": True}
ONTOLOGY = "graph:ontology { dg:designCapacity dg:prospective true . dg:share dg:prospective false . }"


def is_admissible(said: Said) -> bool:
    """The rule as the design states it, on a claim's own account."""
    return (
        said.polarity == "Positive"
        and said.rank in ("Preferred", "Normal")
        and said.stance in ("Asserted", "Confirmed", "Estimated")
        and (
            said.realis == "Actual"
            or (said.realis in ("Planned", "Expected") and PROSPECTIVE[said.predicate])
        )
    )


def every_kind() -> Iterator[Said]:
    for number, facets in enumerate(product(REALIS, STANCE, POLARITY, RANK, PROSPECTIVE)):
        realis, stance, polarity, rank, predicate = facets
        yield Said(f"id:s{number}", predicate, f"id:o{number}", realis, stance, polarity, rank)


def pairs(admission: Admission) -> set[tuple[str, str]]:
    """Subjects and objects of the facts that claims state, without the frames of their nodes."""
    stated = {iri(predicate) for predicate in PROSPECTIVE}
    return {
        (compact(fact.subject.value), compact(fact.object.value))
        for fact in admission.facts
        if isinstance(fact.subject, NamedNode)
        and isinstance(fact.object, NamedNode)
        and fact.predicate.value in stated
    }


def admitted(admission: Admission) -> set[str]:
    """The claims that are marked."""
    marks = (mark for mark in admission.marks if mark.predicate != COUNTED)
    return {compact(mark.subject.value) for mark in marks if isinstance(mark.subject, NamedNode)}


# --- one claim --------------------------------------------------------------------------------------------


def test_a_claim_becomes_a_fact_if_and_only_if_the_rule_admits_it() -> None:
    claims = list(every_kind())
    found = admit(store_of(article("blue", "2025-06-13", *claims), ONTOLOGY), RULE)
    assert len(claims) == 6 * 6 * 2 * 3 * 2
    assert pairs(found) == {(said.subject, said.object) for said in claims if is_admissible(said)}
    assert admitted(found) == {f"claim:blue-{n}" for n, said in enumerate(claims, 1) if is_admissible(said)}
    assert len(admitted(found)) == (1 + 3) * 3 * 2


@pytest.mark.parametrize("stance", ["Opinion", "Alleged", "Reported"])
def test_what_the_article_does_not_vouch_for_is_never_a_fact(stance: str) -> None:
    assert admit(store_of(article("blue", "2025-06-13", Said(stance=stance))), RULE) == Admission(
        frozenset(), frozenset()
    )


def test_a_predicate_is_prospective_only_where_the_ontology_says_so() -> None:
    said = Said(predicate="dg:designCapacity", realis="Planned")
    assert admit(store_of(article("blue", "2025-06-13", said)), RULE).facts == frozenset()


def test_a_literal_can_be_a_fact() -> None:
    store = store_of(article("blue", "2025-06-13", Said(object='"a name"@en')))
    (fact,) = admit(store, RULE).facts
    assert str(fact.object) == '"a name"@en'


def test_facts_and_marks_are_kept_apart() -> None:
    found = admit(store_of(article("blue", "2025-06-13", *every_kind()), ONTOLOGY), RULE)
    marks = {NamedNode(iri("dg:admitted")), COUNTED}
    assert {fact.predicate for fact in found.facts}.isdisjoint(marks)
    assert {fact.predicate for fact in found.marks} == marks


def test_what_has_an_admitted_claim_is_counted_and_nothing_else() -> None:
    only_said = article("north", "2025-06-14", Said(stance="Opinion"))
    found = admit(store_of(article("blue", "2025-06-13", Said()), only_said), RULE)
    counted = {mark.subject for mark in found.marks if mark.predicate == COUNTED}
    assert counted == {NamedNode(iri("article:blue"))}


# --- the preferred one ------------------------------------------------------------------------------------


def test_a_preferred_claim_overrules_others_if_and_only_if_it_is_admissible_itself() -> None:
    rivals = [said for said in every_kind() if said.rank == "Preferred"]
    normal = [
        replace(
            said,
            object=f"{said.object}-normal",
            realis="Actual",
            stance="Asserted",
            polarity="Positive",
            rank="Normal",
        )
        for said in rivals
    ]
    store = store_of(
        article("blue", "2025-06-13", *rivals), article("north", "2025-06-14", *normal), ONTOLOGY
    )
    expected = {
        (rival.subject, rival.object if is_admissible(rival) else other.object)
        for rival, other in zip(rivals, normal, strict=True)
    }
    assert len({is_admissible(rival) for rival in rivals}) == 2
    assert pairs(admit(store, RULE)) == expected


def test_two_preferred_claims_stand_side_by_side() -> None:
    claims = [Said(object=f"id:{name}", rank="Preferred") for name in ("one", "two")]
    found = admit(store_of(article("blue", "2025-06-13", *claims)), RULE)
    assert pairs(found) == {("id:stake", "id:one"), ("id:stake", "id:two")}


@pytest.mark.parametrize(
    "preferred",
    [
        Said("id:other", object="id:preferred", rank="Preferred"),
        Said(predicate="dg:designCapacity", object="id:preferred", rank="Preferred"),
    ],
)
def test_a_preferred_claim_overrules_its_own_subject_and_predicate_only(preferred: Said) -> None:
    found = admit(store_of(article("blue", "2025-06-13", Said(object="id:normal"), preferred)), RULE)
    assert pairs(found) == {("id:stake", "id:normal"), (preferred.subject, "id:preferred")}


# --- what was known, and from whom ------------------------------------------------------------------------

JUNE, JULY = (NamedNode(iri(f"article:{slug}")) for slug in ("june", "july"))
TWO_ARTICLES = store_of(
    article("june", "2025-06-13", Said(object="id:from-june")),
    article("july", "2025-07-15", Said(object="id:from-july", rank="Preferred")),
)


@pytest.mark.parametrize(
    ("as_of", "known"),
    [
        ("2025-06-12", set()),
        ("2025-06-13", {("id:stake", "id:from-june")}),
        ("2025-07-14", {("id:stake", "id:from-june")}),
        ("2025-07-15", {("id:stake", "id:from-july")}),
        ("9999-12-31", {("id:stake", "id:from-july")}),
    ],
)
def test_what_was_known_on_a_day_is_what_had_appeared_by_then(
    as_of: str, known: set[tuple[str, str]]
) -> None:
    assert pairs(admit(TWO_ARTICLES, RULE, as_of=dt.date.fromisoformat(as_of))) == known


@pytest.mark.parametrize(
    ("only_from", "known"),
    [
        ([], {("id:stake", "id:from-july")}),
        ([JUNE], {("id:stake", "id:from-june")}),
        ([JULY], {("id:stake", "id:from-july")}),
        ([JUNE, JULY], {("id:stake", "id:from-july")}),
        ([JULY, JUNE], {("id:stake", "id:from-july")}),
        ([NamedNode(iri("article:jun"))], set()),
        ([NamedNode(iri("article:unknown"))], set()),
    ],
)
def test_only_the_articles_asked_for_count_and_all_of_them_together(
    only_from: list[NamedNode], known: set[tuple[str, str]]
) -> None:
    assert pairs(admit(TWO_ARTICLES, RULE, only_from=only_from)) == known


def test_a_day_and_articles_can_be_asked_for_together() -> None:
    found = admit(TWO_ARTICLES, RULE, as_of=dt.date(2025, 7, 1), only_from=[JUNE, JULY])
    assert pairs(found) == {("id:stake", "id:from-june")}


# --- frames -----------------------------------------------------------------------------------------------

FRAMED = """graph:things {
id:stake a dg:Stake ; rdfs:label "a stake" ; skos:altLabel "a share" ; skos:editorialNote "a note" ;
    dg:holder id:bluewave ; skos:closeMatch id:other-stake .
id:bluewave a dg:Company ; rdfs:label "Bluewave" .
id:other-stake a dg:Stake ; rdfs:label "another stake" .
}"""
MEASURED = "quantity:blue-1 a dg:Quantity ; dg:unit dg:Percent ; dg:value 48.5 ."


def facts_of(*claims: Said) -> set[str]:
    store = store_of(article("blue", "2025-06-13", *claims, more=MEASURED), FRAMED)
    return {
        " ".join(compact(t.value) if isinstance(t, NamedNode) else str(t) for t in fact)
        for fact in admit(store, RULE).facts
    }


def test_an_admitted_claim_brings_the_frame_of_what_it_speaks_of() -> None:
    number = f"<{iri('xsd:decimal')}>"
    assert {fact.replace(number, "decimal") for fact in facts_of(Said(object="quantity:blue-1"))} == {
        "id:stake dg:share quantity:blue-1",
        "id:stake rdf:type dg:Stake",
        'id:stake rdfs:label "a stake"',
        'id:stake skos:altLabel "a share"',
        "id:stake dg:holder id:bluewave",
        "id:bluewave rdf:type dg:Company",
        'id:bluewave rdfs:label "Bluewave"',
        "quantity:blue-1 rdf:type dg:Quantity",
        "quantity:blue-1 dg:unit dg:Percent",
        'quantity:blue-1 dg:value "48.5"^^decimal',
    }


def test_a_claim_that_is_not_admitted_brings_nothing() -> None:
    assert facts_of(Said(object="quantity:blue-1", realis="Possible")) == set()


def test_an_unnamed_source_that_is_spoken_of_brings_its_label() -> None:
    facts = facts_of(Said(object="source:blue-author"))
    assert 'source:blue-author rdfs:label "unnamed author"@en' in facts


# --- whatever the order -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_statements_changes_nothing(seed: int) -> None:
    quads: list[Quad] = sorted(
        store_of(article("blue", "2025-06-13", *every_kind()), ONTOLOGY, FRAMED), key=str
    )
    expected = admit(_filled(quads), RULE)
    random.Random(seed).shuffle(quads)
    assert admit(_filled(quads), RULE) == expected


def _filled(quads: list[Quad]) -> Store:
    store = Store()
    for quad in quads:
        store.add(quad)
    return store


def test_a_rule_that_does_not_construct_is_named() -> None:
    rule = query("ASK {}", name="admission/facts")
    with pytest.raises(StoredQueryDefect, match=r"queries/admission/facts\.rq: .*must be a CONSTRUCT"):
        admit(store_of(), rule)


# --- the articles of this project: the test of the whole design -------------------------------------------

STAKE = iri("id:stake-meta-scale-ai")
JUNE_ARTICLE = NamedNode(iri("article:abcbourse-2025-06-13"))
JULY_ARTICLE = NamedNode(iri("article:arktechnews-2025-07-15"))
LATER = (JULY_ARTICLE, *map(NamedNode, sources.load(open_project(ROOT)).snapshots))
"""What had not appeared in June: the second article, and the snapshots of outside datasets."""


@pytest.fixture(scope="module")
def real() -> list[Quad]:
    return list(sources.load(open_project(ROOT)).quads)


def ask(admission: Admission, pattern: str) -> list[tuple[str, ...]]:
    """What a person who queries the facts alone would get."""
    store = Store()
    store.extend(Quad(fact.subject, fact.predicate, fact.object) for fact in admission.facts)
    return rows(store, f"PREFIX dg: <{iri('dg:')}> SELECT * WHERE {{ {pattern} }}")


def test_with_the_june_article_alone_nobody_has_a_stake(real: list[Quad]) -> None:
    store = Store()
    store.bulk_extend(quad for quad in real if quad.graph_name != JULY_ARTICLE)
    found = admit(store, RULE)
    assert len(found.marks) > 30
    assert ask(found, "?stake a dg:Stake") == []
    assert ask(found, "?stake dg:share ?share") == []


def test_with_the_july_article_too_the_stake_is_49_percent(real: list[Quad]) -> None:
    store = Store()
    store.bulk_extend(real)
    found = admit(store, RULE)
    assert ask(found, "?stake a dg:Stake") == [(STAKE,)]
    (bounds,) = ask(found, f"<{STAKE}> dg:share [ dg:lower ?lower ; dg:upper ?upper ; dg:unit dg:Percent ]")
    assert [float(bound) for bound in bounds] == [48.5, 49.5]


def test_asking_for_june_is_the_same_as_having_only_the_june_article(real: list[Quad]) -> None:
    whole, june = Store(), Store()
    whole.bulk_extend(real)
    june.bulk_extend(quad for quad in real if quad.graph_name not in LATER)
    expected = admit(june, RULE)
    assert admit(whole, RULE, as_of=dt.date(2025, 6, 30)) == expected
    assert admit(whole, RULE, only_from=[JUNE_ARTICLE]) == expected
    assert admit(whole, RULE, only_from=[JUNE_ARTICLE, *LATER]) == admit(whole, RULE)


@pytest.mark.parametrize("predicate", ["controls", "parentOf", "holdsMajorityStakeIn", "acquired"])
def test_no_claim_makes_anyone_control_scale_ai(real: list[Quad], predicate: str) -> None:
    store = Store()
    store.bulk_extend(real)
    found = admit(store, RULE)
    assert ask(found, f"?someone dg:{predicate} <{iri('id:scale-ai')}>") == []

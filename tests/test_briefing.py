"""The briefing: sections from stored queries, in order, and a query of the wrong shape named."""

from __future__ import annotations

import pytest

from dealgraph.briefing import ArticleRead, about, briefing
from dealgraph.errors import StoredQueryDefect, UnknownName
from dealgraph.stored import StoredQuery
from dealgraph.terms import iri
from tiny import Said, article, query, store_of

THINGS = """graph:things {
id:bluewave a dg:Company ; rdfs:label "Bluewave" .
id:northwind a dg:Company ; rdfs:label "Northwind" .
id:stake a dg:Stake ; rdfs:label "stake" ; dg:holder id:bluewave ; dg:issuer id:northwind ;
    skos:related id:nobody .
}
graph:ontology { dg:holder dg:identifying true . dg:issuer dg:identifying true .
    skos:related dg:identifying false . }
graph:admitted {
claim:june-1 dg:admitted true .
claim:july-1 dg:admitted true .
claim:july-2 dg:admitted true .
}"""
STORE = store_of(
    article(
        "june",
        "2025-06-13",
        Said("id:stake", "dg:share", '"a third"'),
        Said("id:stake", "dg:share", '"half"'),
    ),
    article(
        "july",
        "2025-07-15",
        Said("id:bluewave", "dg:basedIn", '"Lyon"'),
        Said("id:northwind", "dg:competitorOf", "id:bluewave"),
        Said("id:northwind", "dg:basedIn", '"Brest"', realis="Possible"),
    ),
    THINGS,
)
BY_PAIR = (
    "SELECT ?subject ?predicate { VALUES (?subject ?predicate) { (id:stake dg:share) } } ORDER BY ?subject"
)
BY_CLAIM = """SELECT ?claim { GRAPH ?g { ?claim dg:predicate dg:basedIn } } ORDER BY DESC(?claim)"""
NOTHING = "SELECT ?claim { GRAPH ?g { ?claim a id:nothing } } ORDER BY ?claim"


def section(name: str, text: str) -> StoredQuery:
    return query(text, name=f"briefing/{name}")


def told(*queries: StoredQuery) -> list[list[str]]:
    """The claims of each section, line after line."""
    found = briefing(STORE, queries, "en").sections
    return [[saying.claim for line in part.lines for saying in line.sayings] for part in found]


# --- the briefing -----------------------------------------------------------------------------------------


def test_the_articles_come_first_with_what_became_of_their_claims() -> None:
    assert briefing(STORE, [], "fr").articles == (
        ArticleRead("june : inventé", "13 juin 2025", claims=2, admitted=1),
        ArticleRead("july : inventé", "15 juillet 2025", claims=3, admitted=2),
    )


def test_a_query_of_pairs_tells_every_claim_on_each() -> None:
    assert told(section("10-a", BY_PAIR)) == [["claim:june-1", "claim:june-2"]]


def test_a_query_of_claims_tells_each_in_the_order_of_its_rows() -> None:
    assert told(section("10-a", BY_CLAIM)) == [["claim:july-3", "claim:july-1"]]


def test_sections_come_in_the_order_of_the_names_and_empty_ones_not_at_all() -> None:
    queries = [section("30-a", BY_PAIR), section("20-b", NOTHING), section("10-c", BY_CLAIM)]
    assert told(*queries) == [["claim:july-3", "claim:july-1"], ["claim:june-1", "claim:june-2"]]


def test_queries_on_other_topics_make_no_section() -> None:
    assert told(query(BY_CLAIM, name="deals/10-a")) == []


@pytest.mark.parametrize(
    ("language", "title"), [("en", "An invented question"), ("fr", "Une question inventée")]
)
def test_a_section_is_titled_by_the_summary_of_its_query(language: str, title: str) -> None:
    (part,) = briefing(STORE, [section("10-a", BY_CLAIM)], language).sections
    assert part.title == title


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?claim a dg:Claim }",
        "CONSTRUCT { ?claim a ?subject } WHERE { ?claim a ?subject }",
        "SELECT ?subject { VALUES ?subject { id:stake } } ORDER BY ?subject",
        "SELECT ?thing ?predicate { VALUES (?thing ?predicate) { (id:stake dg:share) } } ORDER BY ?thing",
        "SELECT ?claim { VALUES ?claim { UNDEF } } ORDER BY ?claim",
        "SELECT ?claim { VALUES ?claim { 'june-1' } } ORDER BY ?claim",
        "SELECT ?subject ?predicate { VALUES (?subject ?predicate) { (id:stake UNDEF) } } ORDER BY ?subject",
    ],
)
def test_a_query_that_gives_no_claims_is_named(text: str) -> None:
    with pytest.raises(StoredQueryDefect) as error:
        briefing(STORE, [section("10-a", text)], "en")
    assert error.value.where == "queries/briefing/10-a.rq"


def test_a_row_that_is_no_claim_is_named() -> None:
    with pytest.raises(UnknownName, match="id:stake: no claim has this IRI"):
        briefing(
            STORE, [section("10-a", "SELECT ?claim { VALUES ?claim { id:stake } } ORDER BY ?claim")], "en"
        )


# --- about one thing --------------------------------------------------------------------------------------


def told_about(thing: str) -> list[tuple[str, list[str]]]:
    found = about(STORE, iri(thing), "en")
    return [(part.title, [saying.claim for line in part.lines for saying in line.sayings]) for part in found]


def test_what_is_said_about_a_thing_comes_before_where_it_takes_part_and_what_is_said_of_others() -> None:
    assert told_about("id:bluewave") == [
        ("What is said about it", ["claim:july-1"]),
        ("Where it takes part", ["claim:june-1", "claim:june-2"]),
        ("What is said of others in relation to it", ["claim:july-2"]),
    ]


def test_a_part_without_claims_is_left_out() -> None:
    assert told_about("id:northwind") == [
        ("What is said about it", ["claim:july-2", "claim:july-3"]),
        ("Where it takes part", ["claim:june-1", "claim:june-2"]),
    ]


@pytest.mark.parametrize("thing", ["id:nobody", "id:unheard-of"])
def test_only_a_link_that_identifies_makes_a_thing_take_part(thing: str) -> None:
    assert told_about(thing) == []

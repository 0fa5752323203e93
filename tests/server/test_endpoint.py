"""The SPARQL 1.1 Protocol, request by request, with no server: what a worker answers."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse, parse_query_results
from pyoxigraph import QueryResultsFormat as Rows

from dealgraph.desk import Desk
from dealgraph.errors import (
    DealgraphError,
    FormatMisfit,
    NotAllowed,
    QueryProblem,
    ReadOnly,
    UnknownPrefix,
    WrongMedia,
    WrongUsage,
)
from dealgraph.formats import GRAPH_FORMATS, GRAPHS, ROW_FORMATS, ROWS
from dealgraph.server.asking import AskedQuery
from dealgraph.server.dataset import run_on_dataset
from dealgraph.server.endpoint import changes, sparql_routes
from dealgraph.terms import iri
from dealgraph.web import Answer, Call
from dealgraph.web.calling import FORM

ANSWER = sparql_routes()[0].answer
STAKES = f"SELECT ?s {{ ?s <{iri('dg:share')}> ?share }} ORDER BY ?s"
GRAPH = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }"
ARTICLE = "https://w3id.org/dealgraph/article/abcbourse-2025-06-13"
OTHER = "https://w3id.org/dealgraph/article/arktechnews-2025-07-15"
CLAIMS = f"SELECT (COUNT(*) AS ?n) {{ ?claim a <{iri('dg:Claim')}> }}"


def by_get(desk: Desk, *pairs: tuple[str, str], accept: str = "*/*", suffix: str = "") -> Answer:
    parts = {"suffix": suffix} if suffix else {}
    return ANSWER(desk, Call("/sparql", parts, pairs, accept=accept))


def by_post(desk: Desk, body: bytes, kind: str, *pairs: tuple[str, str]) -> Answer:
    return ANSWER(desk, Call("/sparql", query=pairs, method="POST", content_type=kind, body=body))


def number(answer: Answer) -> int:
    (row,) = json.loads(answer.whole())["results"]["bindings"]
    return int(row["n"]["value"])


# --- the three ways to ask ------------------------------------------------------------------------------


def test_the_three_ways_to_ask_give_the_same(desk: Desk) -> None:
    answers = [
        by_get(desk, ("query", STAKES)),
        by_post(desk, urlencode({"query": STAKES}).encode(), f"{FORM}; charset=utf-8"),
        by_post(desk, STAKES.encode(), "application/sparql-query"),
    ]
    bodies = [answer.whole() for answer in answers]
    assert len(set(bodies)) == 1
    assert {answer.media_type for answer in answers} == {"application/sparql-results+json"}
    assert b"stake" in bodies[0]


@pytest.mark.parametrize(
    ("body", "kind", "pairs", "error"),
    [
        (b"", FORM, (), WrongUsage),
        (b"query=ASK+%7B%7D&query=ASK+%7B%7D", FORM, (), WrongUsage),
        (b"query=ASK+%7B%7D", "", (), WrongMedia),
        (b"ASK {}", "text/plain", (), WrongMedia),
        (b"query=%FF", FORM, (), WrongUsage),
        (b"ASK { ?s ?p '\xff' }", "application/sparql-query", (), QueryProblem),
        (b"INSERT DATA {}", "application/sparql-update", (), ReadOnly),
        (b"update=CLEAR+ALL", FORM, (), ReadOnly),
        (b"ASK {}", "application/sparql-query", (("update", "CLEAR ALL"),), ReadOnly),
        (b"CLEAR ALL", "application/sparql-query", (), QueryProblem),
        (b"ASK {", "application/sparql-query", (), QueryProblem),
        (b"ASK { ?s ex:p 1 }", "application/sparql-query", (), UnknownPrefix),
        (b"ASK { SERVICE <http://e.org/> {} }", "application/sparql-query", (), NotAllowed),
        (b"query=ASK%7B%7D&default-graph-uri=a+b", FORM, (), WrongUsage),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(
    desk: Desk, body: bytes, kind: str, pairs: tuple[tuple[str, str], ...], error: type[DealgraphError]
) -> None:
    with pytest.raises(error) as raised:
        by_post(desk, body, kind, *pairs)
    assert raised.value.fix
    assert 400 <= raised.value.http_status < 500


def test_two_queries_in_one_address_are_refused(desk: Desk) -> None:
    with pytest.raises(WrongUsage, match="2 queries"):
        by_get(desk, ("query", "ASK {}"), ("query", "ASK {}"))


# --- the dataset ----------------------------------------------------------------------------------------


def test_a_client_may_name_the_default_graph(desk: Desk) -> None:
    assert number(by_get(desk, ("query", CLAIMS))) == 0
    one = number(by_get(desk, ("query", CLAIMS), ("default-graph-uri", ARTICLE)))
    both = [("default-graph-uri", ARTICLE), ("default-graph-uri", OTHER)]
    assert 0 < one < number(by_get(desk, ("query", CLAIMS), *both))
    assert number(by_get(desk, ("query", CLAIMS), ("default-graph-uri", "http://e.org/none"))) == 0


def test_a_client_may_name_the_named_graphs(desk: Desk) -> None:
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(by_get(desk, ("query", graphs), ("named-graph-uri", ARTICLE))) == 1
    assert number(by_get(desk, ("query", graphs), ("default-graph-uri", ARTICLE))) == 0
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert number(by_get(desk, ("query", everything), ("named-graph-uri", ARTICLE))) == 0


def test_the_dataset_of_the_client_counts_before_that_of_the_query(desk: Desk) -> None:
    query = CLAIMS.replace(" {", f" FROM <{OTHER}> {{", 1)
    assert number(by_get(desk, ("query", query), ("default-graph-uri", ARTICLE))) == number(
        by_get(desk, ("query", CLAIMS), ("default-graph-uri", ARTICLE))
    )


@pytest.mark.parametrize(
    "clauses",
    [
        "FROM <http://e/g1> FROM <http://e/g2>",
        "FROM<http://e/g1>FROM<http://e/g2>",
        "from e:g1 From e:g2",
        "FROM <http://e/g1> # FROM <http://e/g3>\n FROM NAMED <http://e/g3> FROM e:g2",
    ],
)
def test_a_triple_in_two_default_graphs_counts_once(clauses: str) -> None:
    triple = NamedNode("http://e/a"), NamedNode("http://e/p"), Literal("1")
    graphs = (NamedNode("http://e/g1"), NamedNode("http://e/g2"), NamedNode("http://e/g3"), DefaultGraph())
    store = Store()
    store.extend(Quad(*triple, graph) for graph in graphs)
    text = f"PREFIX e: <http://e/> SELECT * {clauses} WHERE {{ ?s ?p ?o }}"
    assert len(list(run_on_dataset(store, AskedQuery(text), where="q"))) == 1  # type: ignore[arg-type]
    asked = AskedQuery("SELECT * { ?s ?p ?o }", graphs[:2], ())
    assert len(list(run_on_dataset(store, asked, where="q"))) == 1  # type: ignore[arg-type]


def test_named_graphs_stay_apart_from_a_merged_default_graph() -> None:
    triple = NamedNode("http://e/a"), NamedNode("http://e/p"), Literal("1")
    graphs = tuple(NamedNode(f"http://e/g{number}") for number in range(4))
    store = Store()
    store.extend(Quad(*triple, graph) for graph in graphs)
    froms = "FROM <http://e/g0> FROM <http://e/g1> FROM NAMED <http://e/g2>"
    rows = run_on_dataset(store, AskedQuery(f"SELECT * {froms} {{ GRAPH ?g {{ ?s ?p ?o }} }}"), where="q")
    assert [str(row["g"]) for row in rows] == ["<http://e/g2>"]  # type: ignore[union-attr]


# --- the forms of an answer -----------------------------------------------------------------------------


@pytest.mark.parametrize("offer", ROWS, ids=lambda offer: offer.suffix)
def test_rows_come_in_every_form(desk: Desk, offer: object) -> None:
    suffix = offer.suffix  # type: ignore[attr-defined]
    for answer in (
        by_get(desk, ("query", STAKES), suffix=suffix),
        by_get(desk, ("query", STAKES), accept=offer.media_types[0]),  # type: ignore[attr-defined]
        by_get(desk, ("query", STAKES), ("format", suffix)),
    ):
        assert answer.media_type.startswith(offer.media_types[0])  # type: ignore[attr-defined]
        if suffix == "csv":
            assert answer.whole().splitlines()[0] == b"s"
        else:
            assert len(list(parse_query_results(answer.whole(), ROW_FORMATS[suffix]))) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.suffix)
def test_triples_come_in_every_form(desk: Desk, offer: object) -> None:
    suffix = offer.suffix  # type: ignore[attr-defined]
    answer = by_get(desk, ("query", GRAPH), suffix=suffix)
    assert len(set(parse(answer.whole(), GRAPH_FORMATS[suffix]))) > 100


@pytest.mark.parametrize(
    ("suffix", "body"), [("json", b"true"), ("xml", b"true"), ("csv", b"true"), ("tsv", b"true")]
)
def test_yes_or_no_comes_in_every_form_of_rows(desk: Desk, suffix: str, body: bytes) -> None:
    assert body in by_get(desk, ("query", "ASK { ?s ?p ?o }"), suffix=suffix).whole()


@pytest.mark.parametrize(("query", "suffix"), [(STAKES, "ttl"), (GRAPH, "csv"), (STAKES, "pdf")])
def test_a_form_that_does_not_fit_names_those_that_do(desk: Desk, query: str, suffix: str) -> None:
    with pytest.raises(FormatMisfit) as raised:
        by_get(desk, ("query", query), suffix=suffix)
    assert raised.value.fix.startswith(("Ask for one of", "Take one of"))
    with pytest.raises(FormatMisfit):
        by_get(desk, ("query", STAKES), accept="image/png")


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_a_browser_is_sent_to_the_editor(desk: Desk) -> None:
    asked = by_get(desk, ("query", STAKES), accept=BROWSER)
    assert (asked.status, asked.headers["Location"].split("=")[0]) == (303, "/editor?query")
    assert by_get(desk, accept=BROWSER).headers["Location"] == "/editor"


def test_a_relative_iri_is_relative_to_the_endpoint(desk: Desk) -> None:
    answer = by_get(desk, ("query", "SELECT ?s FROM <a> FROM <b> { BIND(<x> AS ?s) }"))
    assert json.loads(answer.whole())["results"]["bindings"][0]["s"]["value"] == "http://localhost/x"
    own = by_get(desk, ("query", "BASE <http://other.example/> SELECT ?s { BIND(<x> AS ?s) }"))
    assert json.loads(own.whole())["results"]["bindings"][0]["s"]["value"] == "http://other.example/x"


# --- what it says of itself -----------------------------------------------------------------------------


@pytest.mark.parametrize("accept", ["*/*", "text/turtle", "application/rdf+xml", "application/ld+json"])
def test_the_service_describes_itself(desk: Desk, accept: str) -> None:
    answer = by_get(desk, accept=accept)
    form = {o.media_types[0]: GRAPH_FORMATS[o.suffix] for o in GRAPHS}[answer.media_type.partition(";")[0]]
    described = Store()
    described.load(answer.whole(), format=form)
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>"
    assert described.query(
        f"{sd} ASK {{ ?s a sd:Service ; sd:endpoint <http://localhost/sparql> ;"
        f" sd:supportedLanguage sd:SPARQL11Query ;"
        f" sd:resultFormat <{Rows.JSON.iri}>, <{RdfFormat.TURTLE.iri}> ;"
        f" sd:defaultDataset/sd:namedGraph/sd:name <{ARTICLE}> }}"
    )


# --- what may be kept -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?t) {}",
        "SELECT (RAND() AS ?t) {}",
        "SELECT (1+struuid() AS ?t) {}",
        "ASK{FILTER(now ()>1)}",
    ],
)
def test_an_answer_by_clock_or_chance_is_not_kept(query: str) -> None:
    assert changes(Call("/sparql", query=(("query", query),)))
    assert changes(
        Call("/sparql", method="POST", body=urlencode({"query": query}).encode(), content_type=FORM)
    )


def test_other_answers_may_be_kept() -> None:
    assert not changes(Call("/sparql", query=(("query", STAKES),)))
    assert not changes(Call("/sparql", query=(("query", "SELECT ?knownAs ?brandName { ?s ?nowhere ?o }"),)))

"""What every answer has in common, over real HTTP, and the clients that people use."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import Served, served
from SPARQLWrapper import CSV, JSON, POST, TURTLE, SPARQLWrapper

SMALL = "SELECT ?p { ?s ?p ?o } ORDER BY ?p LIMIT 1"
MANY = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(built, tmp_path_factory.mktemp("http")) as running:
        yield running


def test_an_answer_is_known_by_its_tag_as_long_as_the_snapshot_answers(server: Served) -> None:
    first = server.get("/sparql", params={"query": SMALL})
    again = server.get("/sparql", params={"query": SMALL}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = server.get(
        "/sparql",
        params={"query": SMALL},
        headers={"If-None-Match": first.headers["etag"], "Accept": "text/csv"},
    )
    assert other.status_code == 200
    assert "accept" in first.headers["vary"].lower()


def test_an_answer_by_the_clock_has_no_tag(server: Served) -> None:
    answers = [server.get("/sparql", params={"query": "SELECT (NOW() AS ?t) {}"}) for _ in range(2)]
    assert all("etag" not in answer.headers for answer in answers)
    assert answers[0].headers["cache-control"] == "no-store"
    assert answers[0].content != answers[1].content


def test_an_answer_given_before_is_given_again(server: Served) -> None:
    query = f"# {SMALL}\n{SMALL}"
    first, second = (server.get("/sparql", params={"query": query}) for _ in range(2))
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    assert [entry["outcome"] for entry in server.entries()[-2:]] == ["answered", "kept"]


def test_an_answer_is_packed_where_the_client_can_unpack_it(server: Served) -> None:
    packed = server.get("/sparql", params={"query": MANY}, headers={"Accept-Encoding": "gzip"})
    plain = server.get("/sparql", params={"query": MANY}, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert len(gzip.compress(plain.content)) < len(plain.content) / 3
    assert "accept-encoding" in packed.headers["vary"].lower()


def test_any_page_may_read_answers(server: Served) -> None:
    for answer in (server.get("/sparql", params={"query": SMALL}), server.get("/nowhere")):
        assert answer.headers["access-control-allow-origin"] == "*"
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = httpx.options(f"{server.origin}/sparql", headers=asked)
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]


def test_head_tells_what_get_would_without_the_body(server: Served) -> None:
    plain = {"Accept-Encoding": "identity"}
    got = server.get("/sparql", params={"query": SMALL}, headers=plain)
    head = httpx.head(f"{server.origin}/sparql", params={"query": SMALL}, headers=plain)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["etag"] == got.headers["etag"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_refused_with_those_that_are_not(server: Served, method: str) -> None:
    answer = httpx.request(method, f"{server.origin}/sparql")
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]


def test_every_answer_tells_browsers_what_they_may_not_do(server: Served) -> None:
    for path in ("/", "/nowhere", "/sparql?query=ASK%20%7B%7D", "/static/style.css", "/health"):
        headers = server.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers
    policy = server.get("/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/id/nobody", "/static/nowhere.css", "/static/../site.py", "/static/%2e%2e/pages/shell.py"],
)
def test_what_is_not_there_is_not_found(server: Served, path: str) -> None:
    assert server.get(path).status_code == 404


def test_an_error_is_told_as_the_client_reads(server: Served) -> None:
    wrong = {"query": "SELECT * { ?s ?p "}
    line = server.get("/sparql", params=wrong, headers={"Accept": "*/*"})
    assert (line.status_code, line.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert line.text.startswith("query:1:")
    told = server.get("/sparql", params=wrong, headers={"Accept": "application/sparql-results+json"})
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["title"] == "QueryProblem"
    page = server.get("/nowhere", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")


def test_the_address_must_be_in_utf_8(server: Served) -> None:
    assert httpx.get(f"{server.origin}/sparql?query=%FF").status_code == 400


def test_the_language_is_kept_by_a_cookie(server: Served) -> None:
    with httpx.Client(base_url=server.origin) as client:
        client.headers["Accept"] = "text/html"
        assert 'lang="en"' in client.get("/nowhere").text
        client.get("/?lang=fr")
        assert 'lang="fr"' in client.get("/nowhere").text
        assert 'lang="en"' in client.get("/nowhere?lang=en").text


def test_health_metrics_and_log_tell_what_happens(server: Served) -> None:
    health = server.get("/health").json()
    assert health["status"] == "ok"
    assert len(health["snapshot"]) == 64
    before = server.metric(r"dealgraph_requests_total\{.*QueryProblem")
    server.get("/sparql", params={"query": "oh no"})
    assert server.metric(r"dealgraph_requests_total\{.*QueryProblem") == before + 1
    entry = next(e for e in reversed(server.entries()) if e.get("outcome") == "QueryProblem")
    assert entry["client"] == "127.0.0.1"
    assert entry["status"] == 400
    assert "oh" in entry["address"]


# --- the clients that people use ------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_gets_rows_and_triples(server: Served, method: str) -> None:
    client = SPARQLWrapper(f"{server.origin}/sparql")
    client.setMethod(method)
    client.setQuery(MANY)
    client.setReturnFormat(JSON)
    rows: Any = client.queryAndConvert()
    assert len(rows["results"]["bindings"]) == 500
    client.setReturnFormat(CSV)
    table: Any = client.queryAndConvert()
    assert len(table.decode().strip().splitlines()) == 501
    client.setQuery("CONSTRUCT WHERE { ?s a ?c }")
    client.setReturnFormat(TURTLE)
    triples: Any = client.queryAndConvert()
    graph = rdflib.Graph().parse(data=triples, format="turtle")
    assert len(graph) > 100


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_the_sparql_store_of_rdflib_reads_the_graph(server: Served, method: str) -> None:
    store = SPARQLStore(f"{server.origin}/sparql", method=method, returnFormat="json")
    graph = rdflib.Graph(store)
    share = rdflib.URIRef("https://w3id.org/dealgraph/ontology#share")
    assert len(list(graph.subjects(share, None))) == 1
    assert len(list(graph.query(MANY))) == 500

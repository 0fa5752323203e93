"""Federated queries: run only where the endpoint is allowed, against a real Oxigraph server on loopback."""

from __future__ import annotations

import json
import subprocess
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from link_servers import Reply, beside_python, free_port, scripted, started
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, Store

from dealgraph.ask import Result, run
from dealgraph.errors import NotAllowed, QueryProblem, ServiceProblem, StoredQueryDefect
from dealgraph.federation import BATCH, MOST_ROWS, run_federated
from dealgraph.stored import FEDERATED, load_all, parse
from dealgraph.stored.services import as_graphs
from dealgraph.terms import PREFIXES
from tiny import ROOT, store_of

WIKIDATA = "https://query.wikidata.org/sparql"
OUTSIDE = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wd:Q1 wdt:P571 "2019-01-01"^^xsd:date , "2020-02-02"^^xsd:date ; wdt:P159 wd:Q9 .
wd:Q2 wdt:P571 "1999-01-01"^^xsd:date .
wd:Q3 wdt:P571 "1888-01-01"^^xsd:date .
"""
OURS = """
graph:mappings { id:blue skos:exactMatch wd:Q1 . id:north skos:exactMatch wd:Q2 .
                 id:east skos:exactMatch wd:Q4 .
                 id:lyon skos:exactMatch wd:Q9 . }
graph:things { id:blue a dg:Company . id:north a dg:Company . id:east a dg:Company . id:lyon a dg:City .
               time:2019 dg:earliest "2019-01-01"^^xsd:date ; dg:latest "2019-12-31"^^xsd:date . }
id:blue dg:foundingDate time:2019 ; dg:basedIn id:lyon .
time:2019 dg:earliest "2019-01-01"^^xsd:date ; dg:latest "2019-12-31"^^xsd:date .
"""


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = beside_python("oxigraph")
    if not program.exists():
        pytest.skip("the server oxigraph is not installed: run make setup")
    folder = tmp_path_factory.mktemp("oxigraph")
    (folder / "data.ttl").write_text(OUTSIDE, encoding="utf-8")
    load = [str(program), "load", "--location", "store", "--file", "data.ttl"]
    subprocess.run(load, cwd=folder, check=True, capture_output=True, timeout=60)
    port = free_port()
    serve: list[str | Path] = [
        program,
        "serve-read-only",
        "--location",
        "store",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    with started(serve, port, folder):
        yield f"http://127.0.0.1:{port}/query"


def stored(name: str, endpoint: str) -> str:
    """A federated query of this checkout that asks another endpoint."""
    text = (ROOT / "queries" / FEDERATED / f"{name}.rq").read_text(encoding="utf-8")
    assert text.count(WIKIDATA) == 1
    return text.replace(WIKIDATA, endpoint)


def table(result: Result) -> list[tuple[str, ...]]:
    assert isinstance(result, QuerySolutions)
    found = [tuple(row) for row in result]
    return [tuple(t.value if isinstance(t, NamedNode | Literal) else "" for t in row) for row in found]


def ask(text: str, endpoint: str, store: Store | None = None, timeout: float = 10.0) -> list[tuple[str, ...]]:
    opened = store or store_of(OURS)
    return table(run_federated(opened, text, where="q", allowed=[endpoint], timeout=timeout, tries=1))


def short(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [tuple(cell.rpartition("/")[2] for cell in row) for row in rows]


def test_the_founding_dates_of_both_sides_are_joined(endpoint: str) -> None:
    assert short(ask(stored("founding-dates", endpoint), endpoint)) == [
        ("blue", "2019-01-01", "2019-12-31", "Q1", "2019-01-01"),
        ("blue", "2019-01-01", "2019-12-31", "Q1", "2020-02-02"),
        ("north", "", "", "Q2", "1999-01-01"),
    ]


def test_what_the_endpoint_names_is_matched_with_ours_again(endpoint: str) -> None:
    assert short(ask(stored("headquarters", endpoint), endpoint)) == [("blue", "lyon", "Q1", "Q9", "lyon")]


def test_many_rows_of_ours_are_asked_in_batches(endpoint: str) -> None:
    many = " ".join(f"id:x{n} skos:exactMatch wd:Q{n} ." for n in range(1, 2 * BATCH + 2))
    text = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX wdt: <http://www.wikidata.org/prop/direct/>"
        " SELECT ?x ?day WHERE { ?x skos:exactMatch ?item ."
        f" SERVICE <{endpoint}> {{ ?item wdt:P571 ?day }} }} ORDER BY ?x ?day"
    )
    assert len(ask(text, endpoint, store_of(many))) == 4


def test_only_what_our_side_has_found_is_asked_for() -> None:
    def answer(_: str, form: dict[str, str]) -> Reply:
        asked.append(form["query"])
        return Reply('{"head": {"vars": ["item", "inception"]}, "results": {"bindings": []}}', media=JSON)

    asked: list[str] = []
    with scripted(answer) as (address, _):
        assert ask(stored("founding-dates", address), address) == []
    (question,) = asked
    assert "entity/Q1>" in question
    assert "entity/Q9>" not in question, "no company"


JSON = "application/sparql-results+json"
FURTHER = """id:blue dg:earnsFrom id:ads . id:north dg:earnsFrom wd:Q1 ."""
BOUND = "GRAPH graph:mappings { ?x skos:exactMatch ?item }"
WHERES = {
    "a filter on what the server finds": (
        f"{BOUND} SERVE {{ ?item wdt:P571 ?day }} FILTER(?day > ?early)", 1
    ),
    "a filter that asks for either": (
        f"{BOUND} SERVE {{ ?item wdt:P571 ?day }} FILTER(?day < ?early || ?x = id:blue)", 3
    ),
    "a filter on what the server leaves out": (
        f"{BOUND} OPTIONAL {{ SERVE {{ ?item wdt:P571 ?day }} }} FILTER(!BOUND(?day))", 2
    ),
    "a filter on what our side has found": (
        f"{BOUND} FILTER(?x != id:blue) SERVE {{ ?item wdt:P571 ?day }}", 1
    ),
    "something optional of ours afterwards": (
        f"{BOUND} SERVE {{ ?item wdt:P159 ?y }} OPTIONAL {{ ?z dg:earnsFrom ?y }}", 1
    ),
    "something optional of ours before": (
        "OPTIONAL { id:nobody dg:earnsFrom ?item } SERVE { ?item wdt:P571 ?day }", 4
    ),
    "minus": (f"{BOUND} SERVE {{ ?item wdt:P571 ?day }} MINUS {{ ?z dg:foundingDate ?day ; dg:x ?item }}", 3),
    "not exists": (
        f"{BOUND} SERVE {{ ?item wdt:P571 ?day }} FILTER NOT EXISTS {{ ?x dg:basedIn ?p ; dg:y ?day }}", 3
    ),
    "a name that is worked out": (
        'BIND(IRI("http://www.wikidata.org/entity/Q3") AS ?item) SERVE { ?item wdt:P571 ?day }', 1
    ),
    "a name worked out from the answer": (
        f"{BOUND} SERVE {{ ?item wdt:P571 ?day }} BIND(YEAR(?day) AS ?y)", 3
    ),
    "one of two": (f"{{ {BOUND} }} UNION {{ SERVE {{ ?item wdt:P571 ?day }} }}", 8),
    "a part of a subquery": (
        f"{{ SELECT ?day WHERE {{ SERVE {{ ?item wdt:P571 ?day }} }} }} {BOUND}", 16
    ),
    "a subquery beside": (
        f"{{ SELECT ?x WHERE {{ {BOUND} }} }} SERVE {{ ?item wdt:P571 ?day }}", 16
    ),
    "something optional of theirs": (
        f"{BOUND} SERVE {{ ?other wdt:P571 ?day OPTIONAL {{ ?other wdt:P159 ?item }} }}", 10
    ),
    "two servers": (f"{BOUND} SERVE {{ ?item wdt:P571 ?day }} SERVE {{ ?item wdt:P159 ?y }}", 2),
    "none of ours": ("?x dg:nothing ?item SERVE { ?item wdt:P571 ?day }", 0),
}  # fmt: skip


@pytest.mark.parametrize("name", WHERES)
def test_narrowing_what_is_asked_for_changes_no_answer(name: str) -> None:
    pattern, count = WHERES[name]
    where = pattern.replace("?early", '"2019-06-01"^^xsd:date').replace("SERVE", "SERVICE <{}>")
    head = "".join(
        f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("dg", "graph", "id", "skos", "xsd")
    )
    head += "PREFIX wdt: <http://www.wikidata.org/prop/direct/> "
    outside = store_of(OUTSIDE)

    def answer(_: str, form: dict[str, str]) -> Reply:
        found = outside.query(form["query"])
        assert isinstance(found, QuerySolutions)
        return Reply((found.serialize(format=QueryResultsFormat.JSON) or b"").decode(), media=JSON)

    with scripted(answer) as (address, _):
        text = head + "SELECT ?x ?item ?day ?y ?z WHERE { " + where.replace("{}", address) + " }"
        found = ask(text, address, store_of(OURS, FURTHER))
        together = store_of(OURS, FURTHER)
        together.load(OUTSIDE.encode(), format=RdfFormat.TURTLE, to_graph=NamedNode(address))
        wanted = table(together.query(as_graphs(text)))
    assert sorted(found) == sorted(wanted)
    assert len(found) == count


def rows(*terms: dict[str, str]) -> Reply:
    """An answer with one column."""
    bindings = [{"item": term} for term in terms]
    return Reply(json.dumps({"head": {"vars": ["item"]}, "results": {"bindings": bindings}}), media=JSON)


BAD = {
    "html": (Reply("<html>no</html>", media="text/html"), "answers with text/html"),
    "cut": (Reply('{"head": {"vars": ["item"]}, "results": {"bind', media=JSON), "no table of results"),
    "boolean": (Reply('{"head": {}, "boolean": true}', media=JSON), "yes or no"),
    "status": (Reply("down", status=503), "status 503"),
    "wrong": (Reply("no", status=404), "status 404"),
    "redirect": (Reply("", status=302, headers=(("Location", "http://127.0.0.2/"),)), "redirects"),
    "slow": (Reply("{}", delay=2.0), "no answer within"),
    "much": (rows(*({"type": "uri", "value": f"http://x/{n}"} for n in range(MOST_ROWS + 1))), "more than"),
    "blank": (rows({"type": "bnode", "value": "b"}), "no name outside"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_failing_or_lying_endpoint_is_a_clear_error(name: str) -> None:
    reply, message = BAD[name]
    with scripted(lambda *_: reply) as (address, _), pytest.raises(ServiceProblem, match=message) as caught:
        ask(stored("founding-dates", address), address, timeout=0.5 if name == "slow" else 10.0)
    assert caught.value.where == address


@pytest.mark.parametrize("name", ["cut", "blank", "boolean"])
def test_a_refused_answer_leaves_no_result_behind_for_another_thread(name: str) -> None:
    with scripted(lambda *_: BAD[name][0]) as (address, _), pytest.raises(ServiceProblem) as caught:
        ask(stored("founding-dates", address), address)
    held: list[BaseException | None] = [caught.value]
    while error := held[-1]:
        held.append(error.__context__)
    frames = [frame for error in held if error for frame, _ in traceback.walk_tb(error.__traceback__)]
    assert not any(isinstance(value, QuerySolutions) for f in frames for value in f.f_locals.values())


def test_an_endpoint_that_is_down_is_a_clear_error() -> None:
    address = f"http://127.0.0.1:{free_port()}/query"
    with pytest.raises(ServiceProblem, match="does not answer"):
        ask(stored("founding-dates", address), address)


@pytest.mark.parametrize("allowed", [[], ["{}/"], ["http://127.0.0.1"], ["{}?x"]])
def test_an_endpoint_that_is_not_named_to_the_letter_is_never_asked(allowed: list[str]) -> None:
    with scripted(lambda *_: Reply("{}")) as (address, script):
        named = [each.format(address) for each in allowed]
        with pytest.raises(NotAllowed, match="--allow-service"):
            run_federated(store_of(OURS), stored("founding-dates", address), where="q", allowed=named)
        assert script.asked == []


@pytest.mark.parametrize("clause", ["SERVICE SILENT <{}>", "SERVICE ?where", "SERVICE wd:x"])
def test_an_endpoint_must_be_named_by_its_full_iri(clause: str) -> None:
    text = f"PREFIX wd: <http://x/> SELECT * WHERE {{ {clause.format(WIKIDATA)} {{ ?s ?p ?o }} }}"
    with pytest.raises(QueryProblem, match="full IRI"):
        run_federated(Store(), text, where="q", allowed=[WIKIDATA])


def test_the_store_itself_never_goes_out() -> None:
    with pytest.raises(NotAllowed, match="SERVICE"):
        run(Store(), stored("founding-dates", WIKIDATA), where="q")


def test_only_federated_queries_name_endpoints() -> None:
    queries = load_all(ROOT / "queries")
    assert {query.topic for query in queries if query.endpoints} == {FEDERATED}
    assert all(query.endpoints for query in queries if query.topic == FEDERATED)


@pytest.mark.parametrize("topic", ["companies", "checks", "rules", "briefing"])
def test_a_query_of_another_topic_may_not_ask_a_server(topic: str) -> None:
    text = (ROOT / "queries" / FEDERATED / "headquarters.rq").read_text(encoding="utf-8")
    with pytest.raises(StoredQueryDefect, match="SERVICE"):
        parse(text, Path("queries") / topic / "headquarters.rq")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("SERVICE <", "SERVICE SILENT <", "full IRI"),
        ("?item wdt:P159 ?otherItem }", "?item wdt:P159 }", "not SPARQL"),
        ("WHERE", "", "no WHERE"),
        (f"SERVICE <{WIKIDATA}>", "", "asks no other server"),
    ],
)
def test_a_defect_of_a_federated_query_is_found_without_asking(old: str, new: str, message: str) -> None:
    text = (ROOT / "queries" / FEDERATED / "headquarters.rq").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(StoredQueryDefect, match=message):
        parse(text.replace(old, new, 1), Path("queries") / FEDERATED / "headquarters.rq")

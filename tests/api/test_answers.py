"""The stored queries by their addresses: the answers are those of anywhere else, whole, in parts, proved."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from command_line import Cli
from dealgraph.api import ROUTES
from dealgraph.api.answering import answer_query
from dealgraph.api.asking import IN_LANGUAGE, RESERVED
from dealgraph.api.cutting import RESULT_SET
from dealgraph.desk import Desk
from dealgraph.errors import (
    AmbiguousName,
    DealgraphError,
    FormatMisfit,
    NotAllowed,
    UnknownName,
    WrongMedia,
    WrongParameter,
    WrongUsage,
)
from dealgraph.formats import GRAPH_FORMATS, ROW_FORMATS
from dealgraph.stored import FEDERATED
from dealgraph.web import Answer, Call
from dealgraph.web.calling import FORM
from graph import by_oxigraph, read_golden, stored_queries, table_of
from regenerate import with_golden

GOLDEN = sorted(query.name for query in with_golden())
SELECTS = [name for name in GOLDEN if stored_queries()[name].form == "SELECT"]
CONSTRUCTS = sorted(name for name, query in stored_queries().items() if query.form == "CONSTRUCT")
SEVERAL = [
    "deals/list",
    "things/list",
    "claims/about",
    "people/leaders",
    "contradictions/tensions",
    "stats/ranks",
]


def asking(name: str, *pairs: tuple[str, str], accept: str = "*/*", language: str = "en") -> Call:
    topic, _, stem = name.partition("/")
    parts = {"topic": topic, "name": stem}
    return Call(f"/api/{name}", parts, query=pairs, accept=accept, language=language)


def body(desk: Desk, name: str, *pairs: tuple[str, str], accept: str = "*/*") -> bytes:
    return answer_query(desk, asking(name, *pairs, accept=accept)).whole()


def rows_of(text: bytes, form: str = "json") -> list[tuple[object, ...]]:
    read = parse_query_results(text, format=ROW_FORMATS[form])
    assert isinstance(read, QuerySolutions)
    return [tuple(row) for row in read]


# --- the whole ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SELECTS)
def test_the_answer_is_the_golden_one(desk: Desk, name: str) -> None:
    read = parse_query_results(body(desk, name), format=QueryResultsFormat.JSON)
    assert isinstance(read, QuerySolutions)
    assert table_of(read) == read_golden(stored_queries()[name])


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_graph_is_the_one_that_the_query_makes(desk: Desk, name: str) -> None:
    made = parse(body(desk, name, accept="application/n-triples"), format=RdfFormat.N_TRIPLES)
    table = tuple(sorted({(f"{quad.triple} .",) for quad in made}))
    assert table == by_oxigraph(desk.store, stored_queries()[name].text)
    assert table


@pytest.mark.parametrize("form", sorted(ROW_FORMATS))
def test_rows_are_the_same_in_every_form(desk: Desk, form: str) -> None:
    direct = desk.store.query(stored_queries()["people/leaders"].text)
    assert isinstance(direct, QuerySolutions)
    answer = body(desk, f"people/leaders.{form}")
    assert answer == direct.serialize(format=ROW_FORMATS[form])
    # Cut to more rows than there are, they are written by other means, to the same bytes.
    assert body(desk, f"people/leaders.{form}", ("limit", "10000")) == answer


@pytest.mark.parametrize("form", sorted(GRAPH_FORMATS))
def test_rows_are_given_as_rdf_too(desk: Desk, form: str) -> None:
    triples = [q.triple for q in parse(body(desk, f"people/leaders.{form}"), format=GRAPH_FORMATS[form])]
    rows = rows_of(body(desk, "people/leaders"))
    assert rows
    values = [t.object for t in triples if t.predicate.value == f"{RESULT_SET}value"]
    assert sorted(map(str, values)) == sorted(str(term) for row in rows for term in row if term is not None)
    assert len([t for t in triples if t.predicate.value == f"{RESULT_SET}solution"]) == len(rows)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/xml", "application/sparql-results+xml"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-query", "application/sparql-query"),
        ("text/tab-separated-values, text/csv;q=0.5", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_the_form_is_the_one_that_is_liked_best(desk: Desk, accept: str, media_type: str) -> None:
    assert answer_query(desk, asking("deals/list", accept=accept)).media_type == media_type


def test_a_browser_is_sent_to_the_page_with_the_same_parameters(desk: Desk) -> None:
    answer = answer_query(desk, asking("deals/list", ("party", "Meta"), accept="text/html,*/*;q=0.8"))
    assert (answer.status, answer.headers["Location"]) == (303, "/questions/deals/list?party=Meta")
    given = answer_query(desk, asking("deals/list.csv", accept="text/html,*/*;q=0.8"))
    assert (given.status, given.media_type) == (200, "text/csv; charset=utf-8")


# --- parameters -----------------------------------------------------------------------------------------


def test_no_stored_query_has_a_parameter_of_the_api() -> None:
    """But `lang`, which means the same there."""
    taken = {p.name for query in stored_queries().values() for p in query.params}
    assert taken & set(RESERVED) <= {"lang"}
    assert "lang" in IN_LANGUAGE


def test_a_name_that_is_nearly_right_is_taken_and_told(desk: Desk) -> None:
    answer = answer_query(desk, asking("deals/list", ("party", "Skále AI")))
    assert answer.whole() == body(desk, "deals/list", ("party", "id:scale-ai"))
    told = parse_qs(answer.headers["Dealgraph-Taken"])
    assert told["parameter"] == ["party"]
    assert told["typed"] == ["Skále AI"]
    assert told["iri"] == ["id:scale-ai"]


@pytest.mark.parametrize(
    "typed", ["Scale AI", "scale-ai", "id:scale-ai", "https://w3id.org/dealgraph/id/scale-ai"]
)
def test_an_exact_name_is_not_told(desk: Desk, typed: str) -> None:
    answer = answer_query(desk, asking("deals/list", ("party", typed)))
    assert dict(answer.headers) == {}
    assert answer.whole() == body(desk, "deals/list", ("party", "id:scale-ai"))


def test_several_values_mean_any_of_them_and_a_blank_one_opens(desk: Desk) -> None:
    both = rows_of(body(desk, "deals/list", ("party", "Scale AI"), ("party", "WhatsApp")))
    each = [rows_of(body(desk, "deals/list", ("party", party))) for party in ("Scale AI", "WhatsApp")]
    assert all(each)
    assert set(both) == {row for rows in each for row in rows}
    assert body(desk, "deals/list", ("party", "")) == body(desk, "deals/list")


def test_a_form_asks_the_same(desk: Desk) -> None:
    call = asking("claims/about", ("limit", "7"))
    posted = Call(
        call.path,
        call.parts,
        query=call.query,
        method="POST",
        content_type=f"{FORM}; charset=UTF-8",
        body=b"thing=Scale+AI&lang=fr",
    )
    wanted = answer_query(desk, asking("claims/about", ("limit", "7"), ("thing", "Scale AI"), language="fr"))
    assert answer_query(desk, posted).whole() == wanted.whole()
    assert wanted.whole() != body(desk, "claims/about", ("limit", "7"), ("thing", "Scale AI"))


def test_the_text_that_is_run_is_given(desk: Desk) -> None:
    text = body(desk, "deals/list.rq", ("party", "Scale AI")).decode()
    assert "VALUES ?party { <https://w3id.org/dealgraph/id/scale-ai> }" in text
    direct = desk.store.query(text)
    assert isinstance(direct, QuerySolutions)
    assert direct.serialize(format=QueryResultsFormat.JSON) == body(desk, "deals/list", ("party", "Scale AI"))


def test_a_state_of_knowledge_can_be_asked(desk: Desk) -> None:
    assert rows_of(body(desk, "deals/stakes"))
    assert rows_of(body(desk, "deals/stakes", ("as-of", "2025-06-14"))) == []


# --- parts ----------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.sampled_from(SEVERAL), st.integers(3, 40))
def test_the_parts_put_together_are_the_whole_in_order(desk: Desk, name: str, size: int) -> None:
    whole = rows_of(body(desk, name))
    answer, found = answer_query(desk, asking(name, ("limit", str(size)))), []
    while True:
        part = rows_of(answer.whole())
        assert part or not whole
        found += part
        following = links(answer).get("next")
        if following is None:
            break
        assert len(part) == size
        pairs = parse_qsl(urlsplit(following).query)
        answer = answer_query(desk, asking(name, *pairs))
    assert found == whole


@given(st.sampled_from(SEVERAL), st.integers(0, 50), st.integers(1, 50))
def test_a_part_is_where_it_says(desk: Desk, name: str, first: int, size: int) -> None:
    whole = rows_of(body(desk, name))
    answer = answer_query(desk, asking(name, ("offset", str(first)), ("limit", str(size))))
    assert rows_of(answer.whole()) == whole[first : first + size]
    assert ("next" in links(answer)) == (first + size < len(whole))
    assert ("prev" in links(answer)) == (first > 0)


@pytest.mark.parametrize("name", [*SELECTS, *CONSTRUCTS])
def test_every_stored_query_has_parts(desk: Desk, name: str) -> None:
    if name in CONSTRUCTS:
        whole = body(desk, f"{name}.nt").splitlines()
        assert body(desk, f"{name}.nt", ("offset", "1"), ("limit", "2")).splitlines() == whole[1:3]
    else:
        rows = rows_of(body(desk, name))
        assert rows_of(body(desk, name, ("offset", "1"), ("limit", "2"))) == rows[1:3]


def links(answer: Answer) -> dict[str, str]:
    found = re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["Link"])
    return {rel: address for address, rel in found}


# --- proofs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_proofs_are_those_of_the_command_line(desk: Desk, cli: Cli, language: str) -> None:
    run = cli(
        "ask",
        "deals/parties",
        "--why",
        "--format",
        "json",
        "--lang",
        language,
        "--project",
        desk.project.root,
    )
    answer = answer_query(desk, asking("deals/parties", ("why", "1"), language=language))
    assert answer.media_type == "application/json"
    assert json.loads(answer.whole()) == json.loads(run.out)
    assert len(json.loads(run.out)) > 3


def test_proofs_come_in_parts_too(desk: Desk) -> None:
    whole = json.loads(body(desk, "deals/parties", ("why", "1")))
    answer = answer_query(desk, asking("deals/parties", ("why", "1"), ("offset", "1"), ("limit", "2")))
    assert json.loads(answer.whole()) == whole[1:3]
    assert "why=1" in links(answer)["next"]


# --- errors ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "pairs", "kind", "told"),
    [
        ("deals/none", (), UnknownName, "See the list at /api"),
        ("list", (), UnknownName, "no stored query"),
        ("deals/list.pdf", (), FormatMisfit, "json, xml, csv"),
        ("rules/stake-worth.csv", (), FormatMisfit, "text/turtle"),
        ("deals/list", (("company", "Meta"),), WrongParameter, "It takes: party; and, as all do: as-of"),
        ("deals/list", (("party", "Nobody at all"),), UnknownName, "party=Nobody at all"),
        ("deals/list", (("party", "id:nobody"),), UnknownName, "party=id:nobody"),
        ("deals/list", (("limit", "0"),), WrongParameter, "from 1 to 10000"),
        ("deals/list", (("limit", "10001"),), WrongParameter, "from 1 to 10000"),
        ("deals/list", (("limit", "²"),), WrongParameter, "from 1 to 10000"),
        ("deals/list", (("limit", "1"), ("limit", "2")), WrongParameter, "one whole number"),
        ("deals/list", (("offset", "-1"),), WrongParameter, "from 0"),
        ("deals/list", (("offset", "9" * 5000),), WrongParameter, "from 0"),
        ("deals/list", (("why", "maybe"),), WrongParameter, "Give 1"),
        ("deals/list", (("as-of", "May"),), WrongParameter, "as-of"),
        ("deals/list", (("lang", "de"),), WrongParameter, "en, fr"),
        ("claims/about", (("thing", " "),), WrongParameter, "needs a value"),
        ("contradictions/tensions", (("kind", "feud"),), WrongParameter, "superseded"),
        ("rules/stake-worth", (("why", "1"),), WrongUsage, "no rows"),
        ("deals/list.csv", (("why", "1"),), FormatMisfit, "application/json"),
    ],
)
def test_what_is_wrong_is_told(
    desk: Desk, name: str, pairs: tuple[tuple[str, str], ...], kind: type[DealgraphError], told: str
) -> None:
    call = asking(name, *pairs) if "/" in name else Call("/api/x/list", {"topic": "x", "name": "list"})
    with pytest.raises(kind) as error:
        answer_query(desk, call).whole()
    assert told in str(error.value)


def test_a_name_of_several_things_is_not_guessed(desk: Desk) -> None:
    with pytest.raises(AmbiguousName) as error:
        answer_query(desk, asking("claims/about", ("thing", ambiguous(desk))))
    assert error.value.http_status == 409


def ambiguous(desk: Desk) -> str:
    """A name that two things bear."""
    bearers: dict[str, set[str]] = {}
    for thing, name in desk.search._things.names:
        bearers.setdefault(name, set()).add(thing)
    return next(name for name, things in sorted(bearers.items()) if len(things) > 1)


def test_a_body_that_is_no_form_is_refused(desk: Desk) -> None:
    call = Call(
        "/api/deals/list", {"topic": "deals", "name": "list"}, method="POST", content_type="application/json"
    )
    with pytest.raises(WrongMedia, match="application/json"):
        answer_query(desk, call)


@pytest.mark.parametrize("name", sorted(n for n, q in stored_queries().items() if q.topic == FEDERATED))
def test_a_query_that_asks_other_servers_is_shown_and_not_asked(desk: Desk, name: str) -> None:
    assert b"SERVICE" in body(desk, f"{name}.rq")
    with pytest.raises(NotAllowed, match="asks other servers") as error:
        body(desk, name)
    assert "--allow-service" in error.value.fix


@given(st.sampled_from(["deals/list", "claims/about", "valuations/growth"]), st.data())
def test_whatever_is_given_is_answered_or_told(desk: Desk, name: str, data: st.DataObject) -> None:
    names = [*RESERVED, *(p.name for p in stored_queries()[name].params)]
    texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(names), texts), max_size=3))
    try:
        assert body(desk, name, *pairs)
    except DealgraphError as error:
        assert error.fix or error.where


def test_every_route_is_mounted_once() -> None:
    assert len({route.pattern for route in ROUTES}) == len(ROUTES)

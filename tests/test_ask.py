"""Questions put to a store: typed parameters, wrong ones, hostile ones, and queries that are none."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Store

from dealgraph.ask import ask, final_text, run
from dealgraph.errors import NotAllowed, QueryProblem, UnknownName, UnknownPrefix, WrongParameter
from dealgraph.terms import iri
from tiny import query, store_of

STORE = store_of('graph:things { id:bluewave a dg:Company ; rdfs:label "Bluewave" . }')

# It answers with its own parameters, so that a row shows what has become of each.
MIRROR = query(
    """SELECT ?thing ?text ?day ?count ?amount ?kind WHERE {
  VALUES ?thing { UNDEF }
  VALUES ?text { "as it was" }
  VALUES ?day { "2025-06-13"^^xsd:date }
  VALUES ?count { 3 }
  VALUES ?amount { 0.5 }
  VALUES ?kind { "cash" }
}
ORDER BY ?thing ?text ?day ?count ?amount ?kind""",
    params="""
  thing: {type: iri, optional: true, label: thing, label_fr: chose}
  text: {type: string, label: text, label_fr: texte}
  day: {type: date, label: day, label_fr: jour}
  count: {type: integer, label: count, label_fr: nombre}
  amount: {type: decimal, label: amount, label_fr: montant}
  kind: {type: enum, values: [cash, equity], label: kind, label_fr: sorte}""",
)


def resolve(text: str) -> NamedNode:
    if text == "Bluewave":
        return NamedNode(iri("id:bluewave"))
    raise UnknownName("no thing has this name", where=text)


def mirrored(name: str, *texts: str) -> list[Literal | NamedNode]:
    """What the query sees of one parameter after a person typed these texts for it."""
    rows = ask(STORE, MIRROR, {name: texts}, resolve)
    assert isinstance(rows, QuerySolutions)
    return [row[name] for row in rows]


def typed(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(iri(f"xsd:{kind}")))


# --- parameters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "term"),
    [
        ("thing", "Bluewave", NamedNode(iri("id:bluewave"))),
        ("text", "some text", Literal("some text")),
        ("text", "", Literal("")),
        ("day", "2024-02-29", typed("2024-02-29", "date")),
        ("count", "42", typed("42", "integer")),
        ("count", "-1", typed("-1", "integer")),
        ("amount", "14.3", typed("14.3", "decimal")),
        ("amount", "1e3", typed("1000", "decimal")),
        ("amount", "7", typed("7", "decimal")),
        ("kind", "equity", Literal("equity")),
    ],
)
def test_a_typed_value_reaches_the_query_in_its_type(name: str, text: str, term: Literal | NamedNode) -> None:
    assert mirrored(name, text) == [term]


def test_what_is_not_typed_keeps_its_default() -> None:
    rows = ask(STORE, MIRROR, {}, resolve)
    assert isinstance(rows, QuerySolutions)
    (row,) = rows
    assert [row[name] for name in ("thing", "text", "count")] == [
        None,
        Literal("as it was"),
        typed("3", "integer"),
    ]


def test_several_values_for_one_parameter_mean_any_of_them() -> None:
    assert mirrored("text", "a", "b") == [Literal("a"), Literal("b")]


@pytest.mark.parametrize(
    ("name", "text", "example"),
    [
        ("day", "yesterday", "2025-06-13"),
        ("day", "2025-02-30", "2025-06-13"),
        ("day", "", "2025-06-13"),
        ("count", "3.5", "3"),
        ("count", "three", "3"),
        ("count", "9" * 5000, "3"),
        ("amount", "half", "0.5"),
        ("amount", "NaN", "0.5"),
        ("amount", "Infinity", "0.5"),
        ("amount", "1e99999", "0.5"),
        ("amount", "1e-99999", "0.5"),
        ("kind", "bonds", "one of: cash, equity"),
        ("kind", "Cash", "one of: cash, equity"),
        ("text", "not text: \ud800", "text in UTF-8"),
    ],
)
def test_a_value_of_another_type_is_refused_with_an_example(name: str, text: str, example: str) -> None:
    with pytest.raises(WrongParameter, match=f"for '{name}'") as error:
        mirrored(name, text)
    assert error.value.where == MIRROR.name
    assert error.value.fix.endswith(example)


def test_a_parameter_that_the_query_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(
        WrongParameter, match=r"no parameter 'colour'.*It takes: thing, text, day, count, amount, kind"
    ):
        mirrored("colour", "blue")
    with pytest.raises(WrongParameter, match="It takes: none"):
        ask(STORE, query("ASK {}"), {"colour": ["blue"]}, resolve)


def test_no_value_where_one_is_needed_is_refused() -> None:
    with pytest.raises(WrongParameter, match="'text' needs a value"):
        final_text(MIRROR, {"text": []}, resolve)


def test_a_thing_that_cannot_be_found_is_not_guessed() -> None:
    with pytest.raises(UnknownName):
        mirrored("thing", "Bluewvae")


# --- hostile text -----------------------------------------------------------------------------------------

HOSTILE = (
    '" } } #',
    '"^^xsd:date } ?s ?p ?o { #',
    "\\",
    '\\" }',
    "a\nb\r\tc",
    '"""',
    "VALUES ?text { UNDEF }",
    "UNDEF",
    "\u0000",
    "\\u0022 }",
    "?thing",
)


@given(st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_is_ever_read_as_part_of_the_query(text: str) -> None:
    assert mirrored("text", text) == [Literal(text)]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["day", "count", "amount", "kind"])
def test_hostile_text_is_no_value_of_any_other_type(name: str, text: str) -> None:
    with pytest.raises(WrongParameter):
        mirrored(name, text)


@given(
    st.dates(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**17), max_value=10**17),
)
def test_every_value_of_a_type_is_taken(day: dt.date, count: int, amount: Decimal) -> None:
    values = {"day": [day.isoformat()], "count": [str(count)], "amount": [str(amount)]}
    text = final_text(MIRROR, values, resolve)
    assert f'"{day.isoformat()}"^^<{iri("xsd:date")}>' in text
    assert f'"{count}"^^<{iri("xsd:integer")}>' in text
    assert f'"{amount:f}"^^<{iri("xsd:decimal")}>' in text


def test_the_final_text_gives_the_same_answer_elsewhere() -> None:
    text = final_text(MIRROR, {"thing": ["Bluewave"], "text": ['"']}, resolve)
    rows = Store().query(text)
    assert isinstance(rows, QuerySolutions)
    assert [(row["thing"], row["text"]) for row in rows] == [(NamedNode(iri("id:bluewave")), Literal('"'))]


# --- queries of one's own ---------------------------------------------------------------------------------


def test_a_query_of_ones_own_is_answered() -> None:
    answer = run(STORE, "ASK { GRAPH ?g { ?s ?p 'Bluewave' } }", where="query")
    assert isinstance(answer, QueryBoolean)
    assert bool(answer)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "mine.rq:1:1: not a SPARQL query: expected"),
        ("SELECT *\nWHERE { ?s ?p", "mine.rq:2:14: not a SPARQL query: expected"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "Only queries are answered, no updates"),
        ("DROP ALL", "Only queries are answered, no updates"),
        ("SELECT (<a:f>(1) AS ?y) {}", "cannot be evaluated"),
        ("ASK { ?s ?p '\ud800' }", "cannot be evaluated"),
    ],
)
def test_what_is_no_query_is_named_in_one_line(text: str, message: str) -> None:
    with pytest.raises(QueryProblem) as error:
        run(STORE, text, where="mine.rq")
    assert message in str(error.value)
    assert error.value.where.startswith("mine.rq")
    assert "\n" not in str(error.value)
    assert len(STORE) == 2


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("SELECT * {\n ?s foaf:name ?o }", "PREFIX foaf: <http://xmlns.com/foaf/0.1/>"),
        ("SELECT * {\n mine:s ?p ?o }", "PREFIX mine: <...>"),
        (
            "PREFIX dg: <a:>\nASK { FILTER(xsd:integer('1') = 1) }",
            "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>",
        ),
    ],
)
def test_a_prefix_that_is_not_declared_is_named_with_its_line(text: str, fix: str) -> None:
    with pytest.raises(UnknownPrefix) as error:
        run(STORE, text, where="mine.rq")
    assert error.value.where == "mine.rq:2"
    assert error.value.fix.endswith(fix)


@pytest.mark.parametrize(
    "call",
    ["SERVICE <http://127.0.0.1/> { }", "serviceSILENT<http://127.0.0.1/>{}", "BIND(1 AS ?x)SERVICE ?x {}"],
)
def test_no_query_leaves_for_another_server(call: str) -> None:
    with pytest.raises(NotAllowed, match=r"^mine\.rq:2: the query asks another server by SERVICE"):
        run(STORE, f"SELECT * {{\n {call} }}", where="mine.rq")

"""What cannot be read is refused with the place where it stands; whatever else is sent gets an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reconcile_calls import answer, got, posted, sent

from dealgraph.desk import Desk
from dealgraph.errors import BatchTooLarge, DealgraphError, UnknownName, WrongParameter


def refused(desk: Desk, queries: object) -> str:
    with pytest.raises(WrongParameter) as found:
        posted(desk, queries=queries)
    assert found.value.http_status == 400
    assert found.value.fix
    return f"{found.value.where}: {found.value.message}"


@pytest.mark.parametrize(
    ("queries", "told"),
    [
        ("{", "queries: is not JSON"),
        ("", "queries: is not JSON"),
        ("[" * 100_000, "queries: is not JSON that can be read (too deep)"),
        ('{"q0": {"query": "\\ud800"}}', "queries: has a character of which a half is missing"),
        ('{"q0": {"query": "x", "limit": NaN}}', "queries: is not JSON"),
        ('{"q0": {"query": "a"}, "q0": {"query": "b"}}', "the key 'q0' stands twice"),
        ([], "queries: is no JSON object"),
        ({"q0": []}, "queries.q0: is no JSON object"),
        ({"q0": {}}, "queries.q0: has neither query nor properties"),
        ({"q0": {"type": "Company"}}, "queries.q0: has neither query nor properties"),
        ({"q0": {"query": 7}}, "queries.q0.query: is no string"),
        ({"q0": {"query": "x", "typ": "y"}}, "queries.q0: the key 'typ' is not known"),
        ({"q0": {"query": "x", "type": "Compny"}}, "queries.q0.type: there is no type 'Compny'"),
        ({"q0": {"query": "x", "type_strict": "maybe"}}, "queries.q0.type_strict: is none of the values"),
        ({"q0": {"query": "x", "limit": 0}}, "queries.q0.limit: is no whole number from 1 to 100"),
        ({"q0": {"query": "x", "limit": 10**9}}, "queries.q0.limit: is no whole number"),
        ({"q0": {"query": "x", "limit": "5"}}, "queries.q0.limit: is no whole number"),
        ({"q0": {"query": "x", "limit": True}}, "queries.q0.limit: is no whole number"),
        ({"q0": {"query": "x", "properties": {}}}, "queries.q0.properties: is no JSON array"),
        (
            {"q0": {"query": "x", "properties": [{"pid": "basdIn", "v": "y"}]}},
            "queries.q0.properties.0.pid: there is no property 'basdIn'",
        ),
        (
            {"q0": {"query": "x", "properties": [{"pid": "basedIn"}]}},
            "queries.q0.properties.0.v: is no string",
        ),
        (
            {"q0": {"query": "x", "properties": [{"pid": "basedIn", "v": [["y"]]}]}},
            "queries.q0.properties.0.v.0: is no string",
        ),
    ],
)
def test_a_wrong_batch_is_refused_and_the_place_named(desk: Desk, queries: object, told: str) -> None:
    assert told in refused(desk, queries)


def test_a_misspelt_name_gets_the_right_one_as_advice(desk: Desk) -> None:
    with pytest.raises(WrongParameter) as found:
        posted(desk, queries={"q0": {"query": "x", "type": "Compny"}})
    assert "Company" in found.value.fix


def test_too_many_at_once_is_another_error(desk: Desk) -> None:
    many = {f"q{n}": {"query": "x"} for n in range(51)}
    with pytest.raises(BatchTooLarge) as found:
        posted(desk, queries=many)
    assert (found.value.http_status, found.value.where) == (413, "queries")
    assert len(posted(desk, queries=dict(list(many.items())[:50]))) == 50
    values = [{"pid": name, "v": ["x"] * 20} for name in ("basedIn", "foundedBy")]
    with pytest.raises(BatchTooLarge):
        posted(desk, queries={f"q{n}": {"query": "x", "properties": values} for n in range(30)})
    with pytest.raises(BatchTooLarge):
        posted(desk, extend={"ids": [str(n) for n in range(201)], "properties": []})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ([], "body: is no JSON object"),
        ({"q0": {}}, "body: the key 'q0' is not known"),
        ({"queries": {}}, "queries: is no JSON array"),
        ({"queries": [{}]}, "queries.0.conditions: is no JSON array"),
        ({"queries": [{"conditions": []}]}, "queries.0.conditions: has no condition"),
        (
            {"queries": [{"conditions": [{"propertyValue": "x"}]}]},
            "queries.0.conditions.0.matchType: is none",
        ),
        ({"queries": [{"query": "x"}]}, "queries.0: the key 'query' is not known"),
        (
            {"queries": [{"conditions": [{"matchType": "name", "v": "x"}]}]},
            "queries.0.conditions.0: the key 'v' is not known",
        ),
        (
            {"queries": [{"conditions": [{"matchType": "property", "propertyValue": "x"}]}]},
            "queries.0.conditions.0.propertyId: is no string",
        ),
        (
            {"queries": [{"type": ["Company"], "conditions": [{"matchType": "name", "propertyValue": "x"}]}]},
            "queries.0.type: is no string",
        ),
    ],
)
def test_a_wrong_batch_of_version_1_is_refused_too(desk: Desk, content: object, told: str) -> None:
    with pytest.raises(WrongParameter) as found:
        sent(desk, "/reconcile/1.0/match", content)
    assert told in f"{found.value.where}: {found.value.message}"


def test_a_qualifier_is_refused_rather_than_passed_over(desk: Desk) -> None:
    condition = {
        "matchType": "property",
        "propertyId": "basedIn",
        "propertyValue": "x",
        "matchQualifier": "ExactMatch",
    }
    with pytest.raises(WrongParameter, match="no qualifier is offered"):
        sent(desk, "/reconcile/1.0/match", {"queries": [{"conditions": [condition]}]})


def test_what_is_sent_in_another_form_is_refused(desk: Desk) -> None:
    with pytest.raises(WrongParameter, match="is no form"):
        answer(desk, "/reconcile", "POST", content_type="application/json", body=b"{}")
    with pytest.raises(WrongParameter, match="is not application/json"):
        answer(desk, "/reconcile/1.0/match", "POST", content_type="text/plain", body=b"{}")
    with pytest.raises(WrongParameter, match="nothing is asked"):
        posted(desk, other="x")
    with pytest.raises(WrongParameter, match="more than one thing"):
        posted(desk, queries={}, extend={})


def test_numbers_of_an_address_are_bounded(desk: Desk) -> None:
    for query in ({"limit": "0"}, {"limit": "101"}, {"limit": "-1"}, {"cursor": "x"}, {"cursor": "9" * 30}):
        with pytest.raises(WrongParameter, match="is no whole number"):
            got(desk, "/reconcile/suggest/entity", prefix="a", **query)


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    for path, ident in (
        ("/reconcile/preview", "nobody"),
        ("/reconcile/flyout/entity", "nobody"),
        ("/reconcile/flyout/type", "Nothing"),
        ("/reconcile/flyout/property", "nothing"),
        ("/reconcile/suggest/everything", ""),
    ):
        with pytest.raises(UnknownName):
            answer(desk, path, query=(("id", ident),))


# --- whatever is sent --------------------------------------------------------------------------------------

_TEXTS = st.one_of(st.text(max_size=40), st.sampled_from(["Meta", "Scale AI", "id:meta", "Q380", "2004", ""]))
_VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), _TEXTS
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["id", "name"]), inner)
    ),
    max_leaves=6,
)
_PROPERTIES = st.sampled_from(
    [
        "basedIn",
        "foundingDate",
        "scheme/lei",
        "scheme/wikidata",
        "foundedBy",
        "price",
        "rdfs:label",
        "nothing",
    ]
)
_QUERIES = st.fixed_dictionaries(
    {"query": _TEXTS},
    optional={
        "type": st.one_of(st.sampled_from(["Company", "Person", "Nothing"]), _VALUES),
        "type_strict": st.one_of(st.sampled_from(["any", "all", "should"]), _VALUES),
        "limit": st.one_of(st.integers(1, 20), _VALUES),
        "properties": st.lists(st.fixed_dictionaries({"pid": _PROPERTIES, "v": _VALUES}), max_size=3),
    },
)
_SLOWLY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_SLOWLY
@given(query=_QUERIES)
def test_every_query_gets_candidates_in_order_or_a_reason(desk: Desk, query: dict[str, Any]) -> None:
    try:
        found = posted(desk, queries={"q": query})["q"]["result"]
    except DealgraphError as error:
        assert error.where.startswith("queries")
        return
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert [n for n, each in enumerate(found) if each["match"]] in ([], [0])
    assert len({each["id"] for each in found}) == len(found)


@_SLOWLY
@given(text=st.one_of(st.text(), _VALUES.map(lambda v: json.dumps(v, allow_nan=False))))
def test_any_text_for_queries_or_extend_gets_an_answer_or_a_reason(desk: Desk, text: str) -> None:
    for field in ("queries", "extend", "query"):
        try:
            posted(desk, **{field: text})
        except DealgraphError as error:
            assert error.http_status in (400, 413)


@_SLOWLY
@given(prefix=st.text(max_size=30))
def test_any_prefix_gets_suggestions(desk: Desk, prefix: str) -> None:
    for kind in ("entity", "type", "property"):
        assert len(got(desk, f"/reconcile/suggest/{kind}", prefix=prefix)["result"]) <= 10

"""The description of the API: valid, complete, in both languages, and the same every time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from dealgraph.api import ROUTES
from dealgraph.api.asking import RESERVED
from dealgraph.api.openapi import answer_openapi, document
from dealgraph.api.phrases import API
from dealgraph.desk import Desk, open_desk
from dealgraph.stored import defaults
from dealgraph.web import Call

LANGUAGES = ("en", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_is_valid(desk: Desk, language: str) -> None:
    errors = list(OpenAPIV31SpecValidator(document(desk, language)).iter_errors())
    assert errors == []


def test_both_languages_have_the_same_phrases() -> None:
    assert API["en"].keys() == API["fr"].keys()
    assert [key for key, text in API["en"].items() if text == API["fr"][key] and key != "title"] == []


def test_every_stored_query_is_an_operation_with_its_parameters(desk: Desk) -> None:
    told = document(desk, "en")
    for query in desk.queries:
        operation = told["paths"][f"/api/{query.name}"]["get"]
        own = {p["name"]: p for p in operation["parameters"] if "name" in p}
        shared = {p["$ref"].rpartition("/")[2] for p in operation["parameters"] if "$ref" in p}
        expected = set(RESERVED) if query.form == "SELECT" else set(RESERVED) - {"why"}
        assert {*own, *shared} == {*(p.name for p in query.params), *expected}
        assert operation["summary"] == query.summary
        for parameter in query.params:
            if parameter.name in own and parameter.type == "enum":
                blank = [""] if parameter.optional else []
                assert own[parameter.name]["schema"]["items"]["enum"] == [*parameter.values, *blank]
            if parameter.name in own and not parameter.optional and parameter.name != "language":
                assert own[parameter.name]["schema"]["default"]
                assert defaults(query)[parameter.name]


def test_a_form_has_the_parameters_of_the_address(desk: Desk) -> None:
    for path in document(desk, "en")["paths"].values():
        if "post" in path and "post_" in path["post"]["operationId"] and "sparql" not in str(path["post"]):
            names = {p.get("name") or p["$ref"].rpartition("/")[2] for p in path["get"]["parameters"]}
            (schema,) = (body["schema"] for body in path["post"]["requestBody"]["content"].values())
            assert set(schema["properties"]) == names


def test_each_operation_has_a_name_of_its_own(desk: Desk) -> None:
    operations = [one for path in document(desk, "en")["paths"].values() for one in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) > 2 * len(desk.queries)
    assert all(name.isidentifier() for name in names)


def test_every_route_of_the_room_is_described(desk: Desk) -> None:
    described = document(desk, "en")["paths"]
    for route in ROUTES:
        if route.pattern != "/api/{topic}/{name}":
            assert route.pattern in described


def test_it_speaks_the_language_of_the_call(desk: Desk) -> None:
    answer = answer_openapi(desk, Call("/api/openapi.json", language="fr"))
    told: Any = json.loads(answer.whole())
    french = {query.name: query.summary_fr for query in desk.queries}
    assert told["paths"]["/api/deals/list"]["get"]["summary"] == french["deals/list"]
    assert answer.media_type == "application/json"


def test_the_same_snapshot_gives_the_same_bytes(desk: Desk) -> None:
    call = Call("/api/openapi.json")
    again = open_desk(desk.project)
    assert answer_openapi(desk, call).whole() == answer_openapi(again, call).whole()

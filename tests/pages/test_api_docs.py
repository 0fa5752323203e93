"""The page on the API: each stored query with its parameters, and a form that asks what it says."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from dealgraph.api.answering import answer_query
from dealgraph.api.asking import RESERVED
from dealgraph.desk import Desk
from dealgraph.pages.api_docs import docs_page
from dealgraph.pages.phrases_api import API_PAGE
from dealgraph.web import Call


@pytest.fixture(scope="module", params=["en", "fr"])
def told(desk: Desk, request: pytest.FixtureRequest) -> str:
    call = Call("/api/docs", language=request.param, origin="https://deals.example.org")
    return docs_page(desk, call).whole().decode()


def operation(told: str, name: str) -> str:
    found = re.search(rf'<details class="operation" id="{name}">.*?</details>', told, re.DOTALL)
    assert found is not None
    return found[0]


def test_both_languages_say_the_same_things() -> None:
    assert API_PAGE["en"].keys() == API_PAGE["fr"].keys()


def test_every_stored_query_has_a_form_with_its_parameters(desk: Desk, told: str) -> None:
    for query in desk.queries:
        part = operation(told, re.sub(r"\W", "_", query.name))
        names = set(re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', part))
        assert {p.name for p in query.params if p.name not in RESERVED} == names - set(RESERVED)
        assert f'formaction="/api/{query.name}.rq"' in part


def test_every_example_is_answered(desk: Desk, told: str) -> None:
    examples = [unescape(found) for found in re.findall(r'<p class="api-line">.*?href="([^"]+)"', told)]
    assert len(examples) == len(desk.queries)
    for example in examples[::9]:
        parts = urlsplit(example)
        topic, name = parts.path.removeprefix("/api/").split("/")
        call = Call(parts.path, {"topic": topic, "name": name}, query=parse_qsl(parts.query))
        assert answer_query(desk, call).status == 200


def test_the_command_line_has_the_whole_address(told: str) -> None:
    assert (
        '<pre tabindex="0">curl https://deals.example.org/api/' in told or "curl &#39;https://deals" in told
    )


def test_no_identifier_is_there_twice(told: str) -> None:
    found = re.findall(r' id="([^"]+)"', told)
    assert len(found) == len(set(found))


def test_nothing_is_styled_or_scripted_in_the_page(told: str) -> None:
    assert " style=" not in told
    assert re.findall(r"<script(?! src=)", told) == []

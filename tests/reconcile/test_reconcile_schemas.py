"""What is answered, held against the JSON schemas of the specification, where a folder of them is named.

They are not ours and stay outside: DEALGRAPH_RECONCILIATION_SPECS names a copy of the repository of the
specification, in which they stand as `0.2/schemas/manifest.json` and the like.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from reconcile_calls import Parsed, got, posted, sent
from referencing import Registry
from referencing.jsonschema import DRAFT7

from dealgraph.desk import Desk

VARIABLE = "DEALGRAPH_RECONCILIATION_SPECS"
FOLDER = os.environ.get(VARIABLE, "")

pytestmark = pytest.mark.skipif(
    not FOLDER, reason=f"NOT CHECKED: name the folder of the specification's repository in {VARIABLE}"
)

OLD, NEW = "0.2", "1.0-draft"
BATCH = {
    "q0": {"query": "Meta", "type": "Company", "type_strict": "should", "limit": 3},
    "q1": {
        "query": "Scale AI",
        "type": ["Company", "Laboratory"],
        "properties": [
            {"pid": "basedIn", "v": [{"id": "california", "name": "California"}, "Seattle"]},
            {"pid": "foundingDate", "v": 2016},
            {"pid": "scheme/lei", "v": "wrong"},
        ],
    },
    "q2": {"properties": [{"pid": "basedIn", "v": "San Francisco"}]},
}
BATCH_1 = {
    "queries": [
        {
            "type": "Company",
            "limit": 3,
            "lang": "en",
            "conditions": [
                {"matchType": "name", "propertyValue": "Scale AI"},
                {
                    "matchType": "property",
                    "propertyId": "basedIn",
                    "propertyValue": ["Seattle", {"id": "california"}],
                    "required": True,
                    "matchQuantifier": "any",
                },
                {"matchType": "property", "propertyId": "scheme/lei", "propertyValue": "wrong"},
            ],
        },
        {"conditions": [{"matchType": "name", "propertyValue": "Nothing whatever"}]},
    ]
}
EXTENSION = {
    "ids": ["meta", "hyperion", "deal-meta-scale-ai-2025", "nobody"],
    "properties": [
        *({"id": name} for name in ("basedIn", "foundingDate", "price", "designCapacity", "scheme/lei")),
        {"id": "expectedCommissioning", "settings": {"content": "lower", "limit": 1}},
    ],
}


@pytest.fixture(scope="module")
def registry() -> Registry[object]:
    """All schemas, by their ids."""
    files = [path for version in (OLD, NEW) for path in Path(FOLDER, version, "schemas").glob("*.json")]
    assert files, f"{VARIABLE} names no copy of the repository"
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    found: Registry[object] = Registry()
    return found.with_resources(
        (schema["$id"], DRAFT7.create_resource(schema)) for schema in schemas if "$id" in schema
    )


def problems(registry: Registry[object], version: str, name: str, content: object) -> list[str]:
    """What a schema finds wrong; skips where the folder does not have it."""
    path = Path(FOLDER, version, "schemas", f"{name}.json")
    if not path.exists():
        pytest.skip(f"NOT CHECKED: {path.name} of {version} is not in the folder")
    schema = json.loads(path.read_text(encoding="utf-8"))
    return [error.message for error in Draft7Validator(schema, registry=registry).iter_errors(content)]


def answers(desk: Desk, language: str) -> Iterator[tuple[str, str, Parsed]]:
    """Version, name of the schema and content of every kind of answer."""
    yield OLD, "manifest", got(desk, "/reconcile", language)
    yield NEW, "manifest", got(desk, "/reconcile/1.0", language)
    yield OLD, "reconciliation-result-batch", posted(desk, language, queries=BATCH)
    yield NEW, "reconciliation-result-batch", sent(desk, "/reconcile/1.0/match", BATCH_1, language)
    yield OLD, "data-extension-response", posted(desk, language, extend=EXTENSION)
    yield NEW, "data-extension-response", sent(desk, "/reconcile/1.0/extend", EXTENSION, language)
    for version, path in ((OLD, "/reconcile"), (NEW, "/reconcile/1.0")):
        for kind, plural in (("entity", "entities"), ("type", "types"), ("property", "properties")):
            found = got(desk, f"{path}/suggest/{kind}", language, prefix="", limit="100")
            assert found["result"]
            yield version, f"suggest-{plural}-response", found
    proposed = got(desk, "/reconcile/1.0/extend/propose", language, type="Company", limit="20")
    yield NEW, "data-extension-property-proposal", proposed


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("number", range(13))
def test_every_answer_is_valid(desk: Desk, registry: Registry[object], language: str, number: int) -> None:
    version, name, content = list(answers(desk, language))[number]
    assert problems(registry, version, name, content) == []


def test_a_wrong_answer_is_noticed(desk: Desk, registry: Registry[object]) -> None:
    manifest = got(desk, "/reconcile")
    assert problems(registry, OLD, "manifest", manifest | {"versions": ["0.1"]})
    assert problems(registry, NEW, "manifest", manifest)
    assert problems(registry, OLD, "reconciliation-result-batch", {"q0": {"candidates": []}})


@pytest.mark.parametrize(
    ("version", "name", "content"),
    [
        (OLD, "reconciliation-query-batch", BATCH),
        (NEW, "reconciliation-query-batch", BATCH_1),
        (OLD, "data-extension-query", EXTENSION),
    ],
)
def test_what_these_tests_ask_is_valid_itself(
    registry: Registry[object], version: str, name: str, content: object
) -> None:
    assert problems(registry, version, name, content) == []


@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_the_examples_of_queries_are_taken_for_what_they_are(desk: Desk, kind: str) -> None:
    """A valid example is refused only for its types and properties, which are of other services."""
    from dealgraph.errors import DealgraphError

    examples = sorted(Path(FOLDER, OLD, "examples", "reconciliation-query-batch", kind).glob("*.json"))
    if not examples:
        pytest.skip("NOT CHECKED: the folder has no examples")
    for path in examples:
        try:
            posted(desk, queries=json.loads(path.read_text(encoding="utf-8")))
        except DealgraphError as error:
            assert kind == "invalid" or error.message.startswith(("there is no type", "there is no property"))

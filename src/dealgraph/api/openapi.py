"""The description of the API for programs, generated from the headers of the stored queries: OpenAPI 3.1.

https://spec.openapis.org/oas/v3.1.0
"""

from __future__ import annotations

import json

from dealgraph import __version__
from dealgraph.api.answering import ALL_SUFFIXES
from dealgraph.api.asking import RESERVED, with_form
from dealgraph.api.components import Json, components, content_of, errors, ref
from dealgraph.api.operations import path_of
from dealgraph.api.phrases import API
from dealgraph.desk import Desk
from dealgraph.web import Answer, Call
from dealgraph.web.calling import FORM

_TEXT: Json = {"type": "string"}


def answer_openapi(desk: Desk, call: Call) -> Answer:
    """Answer `/api/openapi.json`, in the language of the call; the same snapshot gives the same bytes."""
    told = document(desk, with_form(call).language)
    return Answer(json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n", "application/json")


def document(desk: Desk, language: str) -> Json:
    """Return the description of all that programs may ask, its texts in a language."""
    say = API[language]
    stored = {f"/api/{query.name}": path_of(desk, query, language) for query in desk.queries}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": say["title"],
            "summary": say["summary"],
            "description": say["description"],
            "version": __version__,
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": topic} for topic in dict.fromkeys(query.topic for query in desk.queries)],
        "paths": {**stored, **_others(language)},
        "components": components(language),
    }


def _others(language: str) -> Json:
    say = API[language]
    listed = {"application/json": {"schema": {"type": "object"}}}
    return {
        "/api": {"get": _operation("list", say["list"], [], listed, "303")},
        "/api/openapi.json": {
            "get": _operation("openapi", say["openapi"], [ref("parameters", "lang")], listed)
        },
        "/api/prefixes.json": {"get": _operation("prefixes", say["prefixes"], [], listed)},
        "/api/{topic}/{name}.{form}": {"get": _by_suffix(language)},
        "/suggest": {"get": _suggest(language)},
        "/search": {"get": _search(language)},
        "/id/{name}": {"get": _thing(language)},
        "/sparql": _sparql(language),
        "/reconcile": _reconcile(language),
    }


def _operation(name: str, summary: str, parameters: list[Json], content: Json, *more: str) -> Json:
    told: Json = {"200": {"description": summary, "content": content}}
    if "303" in more:
        told["303"] = {"description": summary}
    others = errors(*(status for status in more if status != "303"))
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {**told, "304": {"description": "ETag"}, **others},
    }


def _parameter(name: str, about: str, schema: Json | None = None, place: str = "query") -> Json:
    told: Json = {"name": name, "in": place, "description": about, "schema": schema or _TEXT}
    return {**told, "required": True} if place == "path" else told


def _by_suffix(language: str) -> Json:
    say = API[language]
    parameters = [
        {**_parameter("topic", say["topic"], place="path"), "example": "deals"},
        {**_parameter("name", say["stored"], place="path"), "example": "list"},
        _parameter("form", say["form"], {"type": "string", "enum": list(ALL_SUFFIXES)}, "path"),
        *(ref("parameters", name) for name in RESERVED),
    ]
    content = content_of("SELECT")
    return _operation("stored_query", say["by suffix"], parameters, content, "403")


def _suggest(language: str) -> Json:
    say = API[language]
    parameters = [
        _parameter("q", say["suggest q"]),
        {**_parameter("kind", say["suggest kind"]), "example": "Company"},
        _parameter("limit", say["names"], {"type": "integer", "minimum": 1, "maximum": 50}),
        ref("parameters", "lang"),
    ]
    content = {"application/json": {"schema": {"type": "array", "items": ref("schemas", "Name")}}}
    return _operation("suggest", say["suggest"], parameters, content)


def _search(language: str) -> Json:
    say = API[language]
    parameters = [
        _parameter("q", say["suggest q"]),
        _parameter("kind", say["search kind"]),
        ref("parameters", "lang"),
    ]
    return _operation("search", say["search"], parameters, {"text/html": {"schema": _TEXT}})


def _thing(language: str) -> Json:
    say = API[language]
    parameters = [_parameter("name", say["id name"], place="path"), ref("parameters", "lang")]
    kinds = ("text/html", "text/turtle", "application/n-triples", "application/rdf+xml", "application/trig")
    content: Json = {kind: {"schema": _TEXT} for kind in kinds}
    content |= {kind: {"schema": {}} for kind in ("application/ld+json", "application/json")}
    return _operation("thing", say["id"], parameters, content)


def _sparql(language: str) -> Json:
    say = API[language]
    graphs = {"type": "array", "items": {"type": "string", "format": "uri"}}
    names = ("default-graph-uri", "named-graph-uri")
    content = content_of("ASK")
    del content["application/sparql-query"]
    get = _operation(
        "sparql",
        say["sparql"],
        [_parameter("query", say["sparql query"]), *(_parameter(name, say[name], graphs) for name in names)],
        content,
        "303",
        "403",
    )
    form = {
        "type": "object",
        "properties": {"query": _TEXT, **dict.fromkeys(names, graphs)},
        "required": ["query"],
    }
    post = _operation("post_sparql", say["sparql"], [], content, "403", "415")
    body = {
        "content": {FORM: {"schema": form}, "application/sparql-query": {"schema": _TEXT}},
        "required": True,
    }
    return {"get": get, "post": {**post, "requestBody": body}}


def _reconcile(language: str) -> Json:
    say = API[language]
    content = {"application/json": {"schema": {"type": "object"}}}
    form = {"type": "object", "properties": {"queries": _TEXT}}
    body = {"content": {FORM: {"schema": form}}, "required": True}
    get = _operation("reconcile_manifest", say["reconcile manifest"], [], content)
    post = _operation("reconcile", say["reconcile"], [], content, "415")
    form["properties"] = {"queries": {**_TEXT, "description": say["reconcile queries"]}}
    return {"get": get, "post": {**post, "requestBody": body}}

"""What all operations of the API's description share: schemas, headers, reserved parameters, errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dealgraph.api.answering import PROVED, TEXT
from dealgraph.api.asking import MOST_ROWS
from dealgraph.api.phrases import API
from dealgraph.formats import GRAPHS, ROWS
from dealgraph.settings import LANGUAGES

Json = dict[str, Any]

ERRORS: Final = ("400", "404", "406", "409", "413", "422", "429", "503", "504", "507")
"""The statuses of the errors that any query may end in."""
_TEXT: Final[Json] = {"type": "string"}
_COUNT: Final[Json] = {"type": "integer", "minimum": 0}
DAY_OR_BLANK: Final[Json] = {"anyOf": [{"type": "string", "format": "date"}, {"const": ""}]}
_RESERVED: Final[Mapping[str, Json]] = {
    "as-of": DAY_OR_BLANK,
    "lang": {"type": "string", "enum": list(LANGUAGES)},
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
    "offset": {"type": "integer", "minimum": 0, "maximum": 1_000_000_000},
    "source": {"type": "array", "items": {"type": "string"}},
    "why": {"type": "string", "enum": ["1", "0", ""]},
}
_EXAMPLES: Final[Mapping[str, object]] = {"as-of": "2025-06-13", "lang": "fr", "limit": 10, "offset": 0}


def components(language: str) -> Json:
    """Return the part `components` of the description."""
    return {
        "headers": {name: _header(name, language) for name in HEADERS},
        "parameters": {name: reserved(name, language) for name in _RESERVED},
        "responses": {**_answers(language), **{s: _error(s, language) for s in (*ERRORS, "403", "415")}},
        "schemas": schemas(),
    }


HEADERS: Final = ("Dealgraph-Snapshot", "Dealgraph-Taken", "ETag", "Link")


def _header(name: str, language: str) -> Json:
    return {"description": API[language][name], "schema": _TEXT}


def _answers(language: str) -> Json:
    say = API[language]
    headers = {name: ref("headers", name) for name in HEADERS}
    found: Json = {
        name: {"description": say[phrase], "headers": headers, "content": content_of(form)}
        for name, phrase, form in (
            ("Rows", "rows", "SELECT"),
            ("YesOrNo", "yes or no", "ASK"),
            ("Graph", "triples", "CONSTRUCT"),
        )
    }
    found |= {"ToPage": {"description": say["to a page"]}, "Unchanged": {"description": say["unchanged"]}}
    return found


def content_of(form: str) -> Json:
    """Return the media types in which a query of a form (SELECT, ASK, CONSTRUCT) is answered."""
    content: Json = {}
    if form != "CONSTRUCT":
        content |= {offer.media_types[0]: {"schema": _TEXT} for offer in ROWS}
        content[ROWS[0].media_types[0]] = {"schema": ref("schemas", "SparqlResults")}
    if form == "SELECT":
        content[PROVED.media_types[0]] = {"schema": ref("schemas", "ProvedRows")}
    content |= {offer.media_types[0]: {"schema": _TEXT} for offer in GRAPHS}
    content["application/ld+json"] = {"schema": {}}
    return content | {TEXT.media_types[0]: {"schema": _TEXT}}


def reserved(name: str, language: str) -> Json:
    """Return the description of a parameter that every stored query takes."""
    told: Json = {
        "name": name,
        "in": "query",
        "description": API[language][name],
        "schema": _RESERVED[name],
    }
    if name in _EXAMPLES:
        told["example"] = _EXAMPLES[name]
    return told


def _error(status: str, language: str) -> Json:
    content = {
        "application/problem+json": {"schema": ref("schemas", "Problem")},
        "text/html": {"schema": _TEXT},
        "text/plain": {"schema": _TEXT},
    }
    return {"description": API[language][status], "content": content}


def ref(kind: str, name: str) -> Json:
    """Return a reference to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


def errors(*more: str) -> Json:
    """Return the responses of an operation that are errors: those of all, and some more."""
    return {status: ref("responses", status) for status in sorted((*ERRORS, *more))}


def schemas() -> Json:
    """Return the schemas of what is answered as JSON."""
    return {
        "Problem": _object(
            {
                "title": _TEXT,
                "status": {"type": "integer", "minimum": 400, "maximum": 599},
                "detail": _TEXT,
                "where": _TEXT,
                "fix": _TEXT,
            }
        ),
        "SparqlResults": _object(
            {
                "head": _object({"vars": _list(_TEXT)}, optional=("vars",)),
                "results": _object(
                    {"bindings": _list({"type": "object", "additionalProperties": ref("schemas", "Term")})}
                ),
                "boolean": {"type": "boolean"},
            },
            optional=("results", "boolean"),
        ),
        "Term": _object(
            {
                "type": {"type": "string", "enum": ["uri", "literal", "bnode", "triple"]},
                "value": {},
                "datatype": _TEXT,
                "xml:lang": _TEXT,
            },
            optional=("datatype", "xml:lang"),
        ),
        "ProvedRows": _list(_object({"row": _row(), "why": ref("schemas", "Told")})),
        "Told": _told(),
        "Name": _object(dict.fromkeys(("iri", "id", "label", "kind", "description", "value", "href"), _TEXT)),
    }


def _row() -> Json:
    return {"type": "object", "additionalProperties": {"type": ["string", "null"]}}


def _told() -> Json:
    """One sentence of an explanation, as `explain.Told` has it."""
    return _object(
        {
            "kind": _TEXT,
            "text": _TEXT,
            "note": _TEXT,
            "place": _TEXT,
            "reasons": _list({"type": "object"}),
            "rules": _list(_TEXT),
            "sayings": _list({"type": "object"}),
            "more": _COUNT,
            "parts": _list(ref("schemas", "Told")),
        }
    )


def _object(properties: Mapping[str, Json], optional: tuple[str, ...] = ()) -> Json:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}

"""The operations of the stored queries, as their headers have them: typed parameters, forms of answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from dealgraph.api.asking import RESERVED, is_in_language
from dealgraph.api.components import DAY_OR_BLANK, Json, errors, ref
from dealgraph.api.names import is_known
from dealgraph.api.phrases import API
from dealgraph.desk import Desk
from dealgraph.stored import Parameter, StoredQuery, Term, defaults
from dealgraph.terms import compact, iri
from dealgraph.web.calling import FORM

_SCHEMAS: Final[dict[str, Json]] = {
    "iri": {"type": "string"},
    "string": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
}
Value = str | int | float
_EXAMPLES: Final[Mapping[str, Value]] = {"date": "2025-06-13", "integer": 3, "decimal": 0.5}


def path_of(desk: Desk, query: StoredQuery, language: str) -> Json:
    """Return what can be done at the address of a stored query: to ask by GET, or with a form by POST."""
    french = language == "fr"
    summary = query.summary_fr if french else query.summary
    description = (query.description_fr if french else query.description) or summary
    if query.endpoints:
        description = f"{description} {API[language]['federated']}"
    told = {"tags": list(dict.fromkeys((query.topic, *query.tags))), "description": description}
    parameters = [
        *(_parameter(desk, query, p, language) for p in query.params if p.name not in RESERVED),
        *(ref("parameters", name) for name in _shared(query)),
    ]
    return {
        "get": {
            "operationId": operation_id(query),
            "summary": summary,
            **told,
            "parameters": parameters,
            "responses": _responses(query),
        },
        "post": {
            "operationId": f"post_{operation_id(query)}",
            "summary": API[language]["by form"].format(summary),
            **told,
            "requestBody": {"content": {FORM: {"schema": _form(desk, query, language)}}, "required": True},
            "responses": _responses(query, "415"),
        },
    }


def _shared(query: StoredQuery) -> tuple[str, ...]:
    """What a query takes that all take; a graph has no rows to explain."""
    return tuple(name for name in RESERVED if name != "why" or query.form == "SELECT")


def operation_id(query: StoredQuery) -> str:
    """Return the name of the operation of a stored query, which may be that of a function."""
    return re.sub(r"\W", "_", query.name)


def _parameter(desk: Desk, query: StoredQuery, parameter: Parameter, language: str) -> Json:
    usual = defaults(query)[parameter.name]
    told: Json = {
        "name": parameter.name,
        "in": "query",
        "description": _description(parameter, language),
        "schema": _schema(parameter, usual),
    }
    example = example_of(desk, parameter, usual)
    return {**told, "example": [example]} if example is not None else told


def _description(parameter: Parameter, language: str) -> str:
    say = API[language]
    label = parameter.label_fr if language == "fr" else parameter.label
    about = say["a thing"].format(label) if parameter.type == "iri" else label
    blank = f" {say['may be blank']}" if parameter.optional else ""
    return f"{about}. {say['several']}{blank}"


def _schema(parameter: Parameter, usual: Sequence[Term]) -> Json:
    items = _SCHEMAS.get(parameter.type) or {"type": "string", "enum": list(parameter.values)}
    if parameter.optional and parameter.type == "date":
        items = DAY_OR_BLANK
    elif parameter.optional and parameter.type == "enum":
        items = {"type": "string", "enum": [*parameter.values, ""]}
    elif not parameter.optional and parameter.type in ("iri", "string"):
        items = {"type": "string", "minLength": 1}
    told: Json = {"type": "array", "items": items}
    # One that takes the language of the call has no default that is always the same.
    if usual and not is_in_language(parameter, usual):
        told["default"] = [_value(parameter, term) for term in usual]
    return told


def _value(parameter: Parameter, term: Term) -> Value:
    if parameter.type == "iri":
        return compact(term.value)
    if parameter.type in ("integer", "decimal"):
        return int(term.value) if parameter.type == "integer" else float(term.value)
    return term.value


def example_of(desk: Desk, parameter: Parameter, usual: Sequence[Term]) -> Value | None:
    """Return an example of a value: the default, else what the parameter allows or what it is named after."""
    if usual:
        return _value(parameter, usual[0])
    if parameter.type == "iri":
        kind = iri(f"dg:{parameter.name[:1].upper()}{parameter.name[1:]}")
        thing = next(desk.search.of_kind(kind), None) if is_known(desk, kind) else None
        return compact(thing) if thing else None
    if parameter.type == "enum":
        return parameter.values[0]
    return _EXAMPLES.get(parameter.type)


def _form(desk: Desk, query: StoredQuery, language: str) -> Json:
    own = {
        told["name"]: {**told["schema"], "description": told["description"]}
        for parameter in query.params
        if parameter.name not in RESERVED
        for told in (_parameter(desk, query, parameter, language),)
    }
    shared = {name: {"$ref": f"#/components/parameters/{name}/schema"} for name in _shared(query)}
    return {"type": "object", "properties": {**own, **shared}, "additionalProperties": False}


def _responses(query: StoredQuery, *more: str) -> Json:
    answered = {"CONSTRUCT": "Graph", "ASK": "YesOrNo"}.get(query.form, "Rows")
    return {
        "200": ref("responses", answered),
        "303": ref("responses", "ToPage"),
        "304": ref("responses", "Unchanged"),
        **errors("403", *more),
    }

"""The page on the API: every stored query with its parameters, a form to try it, and its address."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import quote, urlencode

from dealgraph.api.asking import RESERVED, is_in_language
from dealgraph.api.listing import typed_as
from dealgraph.api.names import is_known
from dealgraph.api.operations import example_of, operation_id
from dealgraph.desk import Desk
from dealgraph.pages.markup import ticked
from dealgraph.pages.phrases_columns import value
from dealgraph.pages.rendering import page
from dealgraph.stored import Parameter, StoredQuery, Term, defaults
from dealgraph.terms import iri
from dealgraph.web import Answer, Call

_ROW_FORMS: Final = (("JSON", "json"), ("CSV", "csv"), ("TSV", "tsv"), ("XML", "xml"), ("Turtle", "ttl"))
_GRAPH_FORMS: Final = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("N-Triples", "nt"), ("RDF/XML", "rdf"))
_TEXT_FORM: Final = (("SPARQL", "rq"),)
HOW: Final = ("form", "names", "several", "parts", "states", "why", "errors")
"""What is told on how to ask, in this order."""


@dataclass(frozen=True)
class Field:
    """One parameter in a form: `texts` is what stands in it at first, `kind` the class of its things."""

    parameter: Parameter
    label: str
    text: str
    kind: str


@dataclass(frozen=True)
class Operation:
    """A stored query as a program asks it; `forms` are names and suffixes of the forms of its answer."""

    query: StoredQuery
    name: str
    summary: str
    description: str
    fields: tuple[Field, ...]
    forms: tuple[tuple[str, str], ...]
    example: str
    curl: str


@dataclass(frozen=True)
class Topic:
    """The stored queries of one topic."""

    name: str
    operations: tuple[Operation, ...]


def docs_page(desk: Desk, call: Call) -> Answer:
    """Answer `/api/docs`: how to ask, and every stored query with a form that works without scripts."""
    topics = tuple(
        Topic(topic, tuple(_operation(desk, query, call) for query in members))
        for topic, members in groupby(desk.queries, key=lambda query: query.topic)
    )
    return page(
        "api_docs.html",
        call,
        desk=desk,
        forms=(("OpenAPI", "/api/openapi.json", "application/json"),),
        topics=topics,
        how=HOW,
        ticked=ticked,
        worded=lambda word: value(word, call.language),
    )


def _operation(desk: Desk, query: StoredQuery, call: Call) -> Operation:
    french = call.language == "fr"
    usual = defaults(query)
    own = [p for p in query.params if p.name not in RESERVED]
    pairs = list(_examples(desk, own, usual))
    suffixes = _GRAPH_FORMS if query.form == "CONSTRUCT" else _ROW_FORMS
    forms = _TEXT_FORM if query.endpoints else (*suffixes, *_TEXT_FORM)
    path = f"/api/{quote(query.name)}.{forms[0][1]}"
    example = f"{path}?{urlencode(pairs, safe=':')}" if pairs else path
    return Operation(
        query=query,
        name=operation_id(query),
        summary=query.summary_fr if french else query.summary,
        description=query.description_fr if french else query.description,
        fields=tuple(_field(desk, p, usual[p.name], call.language) for p in own),
        forms=forms,
        example=example,
        curl=f"curl {shlex.quote(call.origin + example)}",
    )


def _examples(
    desk: Desk, parameters: list[Parameter], usual: dict[str, tuple[Term, ...]]
) -> Iterator[tuple[str, str]]:
    for parameter in parameters:
        example = example_of(desk, parameter, usual[parameter.name])
        if example is not None:
            yield parameter.name, str(example)


def _field(desk: Desk, parameter: Parameter, usual: tuple[Term, ...], language: str) -> Field:
    own = is_in_language(parameter, usual)
    kind = parameter.name[:1].upper() + parameter.name[1:]
    is_kind = parameter.type == "iri" and is_known(desk, iri(f"dg:{kind}"))
    return Field(
        parameter=parameter,
        label=parameter.label_fr if language == "fr" else parameter.label,
        text=language if own else typed_as(parameter, usual[0]) if usual else "",
        kind=kind if is_kind else "",
    )

"""The pages of the stored queries: which there are, and one with its form, its answer and its picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import QueryTriples

from dealgraph.api import desk_at
from dealgraph.ask import run
from dealgraph.desk import Desk
from dealgraph.errors import DealgraphError, UnknownName, WrongParameter
from dealgraph.explain import RowProof
from dealgraph.lookup import fold
from dealgraph.pages.charts import Chart, charts_of
from dealgraph.pages.markup import ticked
from dealgraph.pages.offsets import first_of
from dealgraph.pages.phrases_columns import value
from dealgraph.pages.question_answers import ROWS, Table, table_of
from dealgraph.pages.question_forms import OWN, Form, read_form
from dealgraph.pages.question_proofs import proofs_of
from dealgraph.pages.rendering import page
from dealgraph.stored import FEDERATED, StoredQuery, named
from dealgraph.web import Answer, Call

FOR_MACHINES: Final = ("admission", "briefing", "checks", FEDERATED, "link", "rules")
"""Topics of stored queries that the program asks, not people; and those that ask other servers."""
EXPLAINED: Final = 10
"""How many rows a page shows where it explains them."""
_ROW_FORMS: Final = (
    ("CSV", "csv", "text/csv"),
    ("JSON", "json", "application/sparql-results+json"),
    ("TSV", "tsv", "text/tab-separated-values"),
    ("XML", "xml", "application/sparql-results+xml"),
)
_GRAPH_FORMS: Final = (
    ("Turtle", "ttl", "text/turtle"),
    ("JSON-LD", "jsonld", "application/ld+json"),
    ("N-Triples", "nt", "application/n-triples"),
)


@dataclass(frozen=True)
class Entry:
    """A stored query in a list: its name, its summary, and how many parameters it has."""

    name: str
    summary: str
    tags: tuple[str, ...]
    parameters: int


@dataclass(frozen=True)
class Topic:
    """The stored queries of one topic."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Answered:
    """What a stored query gives for a call; the address of the same answer, for people and for programs."""

    table: Table
    charts: tuple[Chart, ...]
    proofs: tuple[RowProof, ...]
    permanent: str
    downloads: tuple[tuple[str, str, str], ...]


def topics(desk: Desk, call: Call, *, of_machines: bool = False) -> tuple[Topic, ...]:
    """Return the stored queries by topic, those for people or the others, that have the words of `q`."""
    wanted = fold(call.first("q")).split()
    queries = (q for q in desk.queries if (q.topic in FOR_MACHINES) == of_machines and _has(q, wanted))
    return tuple(
        Topic(topic, tuple(_entry(query, call.language) for query in members))
        for topic, members in groupby(queries, key=lambda query: query.topic)
    )


def _has(query: StoredQuery, wanted: list[str]) -> bool:
    text = fold(" ".join((query.name, query.summary, query.summary_fr, *query.tags)))
    return all(word in text for word in wanted)


def _entry(query: StoredQuery, language: str) -> Entry:
    summary = query.summary_fr if language == "fr" else query.summary
    return Entry(query.name, summary, query.tags, len(query.params))


def questions_page(desk: Desk, call: Call) -> Answer:
    """Answer `/questions`: the stored queries by topic."""
    people, machines = topics(desk, call), topics(desk, call, of_machines=True)
    return page("questions.html", call, desk=desk, topics=people, machines=machines, asked=call.first("q"))


def question_page(desk: Desk, call: Call) -> Answer:
    """Answer `/questions/{topic}/{name}`: one stored query, asked with what the call gives.

    A value that cannot be taken is told at its field, with status 400.
    """
    query = _query(desk, call)
    if query.topic == FEDERATED:
        form, answered, wrong = Form((), "", ()), None, None
    else:
        form, answered, wrong = _asked(desk, query, call)
    status = wrong.http_status if wrong else 400 if form.is_wrong else 200
    french = call.language == "fr"
    return page(
        "question.html",
        call,
        desk=desk,
        status=status,
        forms=answered.downloads if answered else (),
        query=query,
        summary=query.summary_fr if french else query.summary,
        description=query.description_fr if french else query.description,
        form=form,
        answered=answered,
        wrong=wrong,
        as_of=call.first("as-of"),
        sources=call.all("source"),
        why=call.first("why") == "1",
        text=form.text or query.text,
        is_federated=query.topic == FEDERATED,
        size=_size(call),
        ticked=ticked,
        unit_of=lambda unit: desk.evidence.label(unit, call.language),
        worded=lambda word: value(word, call.language),
    )


def _query(desk: Desk, call: Call) -> StoredQuery:
    name = f"{call.parts['topic']}/{call.parts['name']}"
    try:
        return named(desk.queries, name)
    except UnknownName as error:
        raise UnknownName(error.message, where=call.path, fix="See the list at /questions") from None


def _asked(desk: Desk, query: StoredQuery, call: Call) -> tuple[Form, Answered | None, DealgraphError | None]:
    try:
        at = desk_at(desk, call)
        form = read_form(at, query, call)
        unknown = next((key for key, _ in call.query if not _is_expected(key, query)), None)
        if unknown is not None:
            fix = f"It takes: {', '.join(p.name for p in query.params) or 'none'}"
            raise WrongParameter(f"the query has no parameter '{unknown}'", where=query.name, fix=fix)
        return form, None if form.is_wrong else _answer(at, query, call, form), None
    except DealgraphError as error:
        return read_form(desk, query, call), None, error


def _is_expected(key: str, query: StoredQuery) -> bool:
    return key in (*OWN, "lang") or any(parameter.name == key for parameter in query.params)


def _answer(desk: Desk, query: StoredQuery, call: Call, form: Form) -> Answered:
    first = first_of(call)
    result = run(desk.store, form.text, where=query.name)
    is_graph = isinstance(result, QueryTriples)
    table = table_of(result, desk.teller(call.language), first, _size(call))
    explained = call.first("why") == "1" and not is_graph
    return Answered(
        table=table,
        charts=charts_of(table, call.language),
        proofs=tuple(proofs_of(desk, call.language, form.text, table.rows)) if explained else (),
        permanent=_address(f"/questions/{query.name}", (*form.pairs, *_state(call))),
        downloads=tuple(_downloads(query, call, form, is_graph=is_graph)),
    )


def _size(call: Call) -> int:
    """How many rows a page shows: fewer where each is explained, which may take a while."""
    return EXPLAINED if call.first("why") == "1" else ROWS


def _state(call: Call) -> Iterator[tuple[str, str]]:
    yield from ((key, value) for key, value in call.query if key in ("as-of", "source") and value.strip())


def _downloads(
    query: StoredQuery, call: Call, form: Form, *, is_graph: bool
) -> Iterator[tuple[str, str, str]]:
    for name, suffix, media_type in _GRAPH_FORMS if is_graph else _ROW_FORMS:
        address = _address(f"/api/{query.name}.{suffix}", (*form.pairs, *_state(call)))
        yield name, address, media_type


def _address(path: str, pairs: tuple[tuple[str, str], ...]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path

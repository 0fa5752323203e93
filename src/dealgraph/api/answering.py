"""The answers of the stored queries: whole or in parts, in every form, with the proof of each row."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import quote, urlencode

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from dealgraph.api.asking import Asked, Part, asked_of, ensure_known, with_form
from dealgraph.api.cutting import as_graph, rows_of, triples_of, written, yes_or_no
from dealgraph.api.states import desk_at
from dealgraph.ask import Result, run
from dealgraph.desk import Desk
from dealgraph.errors import FormatMisfit, NotAllowed, UnknownName, WrongParameter, WrongUsage
from dealgraph.formats import GRAPHS, ROWS, SUFFIXES, form_among, form_for, graph, writing
from dealgraph.settings import LANGUAGES
from dealgraph.stored import StoredQuery, named
from dealgraph.web import HTML, Answer, Call, Offer, choose, see_other

TEXT: Final = Offer("rq", ("application/sparql-query",))
"""The form in which the query itself is given."""
PROVED: Final = Offer("json", ("application/json", "application/sparql-results+json"))
"""The form in which rows are given with their proofs."""
ALL_SUFFIXES: Final = tuple(dict.fromkeys((*SUFFIXES, TEXT.suffix)))


def answer_query(desk: Desk, call: Call) -> Answer:
    """Answer `/api/{topic}/{name}`: what a stored query gives, by suffix or by what a client accepts.

    Raises `UnknownName` for a query or a thing that is not there, `WrongParameter`, `FormatMisfit`,
    `NotAllowed` for a query that asks other servers.
    """
    query, suffix = _query(desk, call)
    if call.method == "GET" and not suffix and choose(call.accept, (*ROWS, *GRAPHS, TEXT, HTML)) is HTML:
        return see_other(_address(f"/questions/{query.name}", call))
    call = with_form(call)
    ensure_known(query, call)
    at = desk_at(desk, call)
    asked = asked_of(at, query, call)
    if suffix == TEXT.suffix or (not suffix and choose(call.accept, (*ROWS, *GRAPHS, TEXT)) is TEXT):
        return Answer(asked.text.encode(), TEXT.media_type, headers=_told(asked))
    if query.endpoints:
        raise NotAllowed(
            f"this query asks other servers ({', '.join(query.endpoints)}), and this server asks none",
            where=query.name,
            fix=f"Ask it on your own machine: dealgraph ask {query.name} --allow-service <IRI>",
        )
    result = run(at.store, asked.text, where=query.name)
    answer = _proved if asked.why else _plain
    return answer(at, call, asked, suffix, result)


def _query(desk: Desk, call: Call) -> tuple[StoredQuery, str]:
    """The stored query that a path names, and the suffix of the form that it is wanted in."""
    full = f"{call.parts['topic']}/{call.parts['name']}"
    known = {query.name for query in desk.queries}
    stem, dot, suffix = full.rpartition(".")
    if full in known or not dot:
        stem, suffix = full, ""
    try:
        query = named(desk.queries, stem)
    except UnknownName as error:
        raise UnknownName(error.message, where=call.path, fix="See the list at /api") from None
    if suffix and suffix not in ALL_SUFFIXES:
        fix = f"Take one of: {', '.join(ALL_SUFFIXES)}"
        raise FormatMisfit(f"no answer can be given as {suffix}", where=call.path, fix=fix)
    return query, suffix


def _plain(_: Desk, call: Call, asked: Asked, suffix: str, result: Result) -> Answer:
    headers, part = _told(asked), asked.part
    if isinstance(result, QueryTriples):
        form = form_for(result, call, suffix)
        triples, more = triples_of(result, part)
        return Answer(graph(triples, form), form.media_type, headers=headers | _links(call, part, more=more))
    form = form_among((*ROWS, *GRAPHS), call, suffix)
    if isinstance(result, QueryBoolean):
        _ensure_whole(asked)
        if form in GRAPHS:
            return Answer(graph(yes_or_no(bool(result)), form), form.media_type, headers=headers)
        return Answer(writing(result, form, asked.query.name), form.media_type, headers=headers)
    if part.is_whole and form in ROWS:
        return Answer(writing(result, form, asked.query.name), form.media_type, headers=headers)
    rows = rows_of(result, part, asked.query.name)
    body = graph(list(as_graph(rows, part.first)), form) if form in GRAPHS else written(rows, form)
    return Answer(body, form.media_type, headers=headers | _links(call, part, more=rows.more))


def _proved(at: Desk, call: Call, asked: Asked, suffix: str, result: Result) -> Answer:
    from dealgraph.explain import RowExplainer, explained, proofs_of_rows

    if not isinstance(result, QuerySolutions):
        raise WrongUsage("the query has no rows to explain", where="why", fix="Leave it out")
    form = form_among((PROVED,), call, suffix)
    rows = rows_of(result, asked.part, asked.query.name)
    explainer = RowExplainer(at.explainer(call.language), at.sources.place)
    told = list(proofs_of_rows(at.store, asked.text, rows.rows, explainer))
    body = json.dumps(explained(rows.rows, told), ensure_ascii=False, indent=2) + "\n"
    headers = _told(asked) | _links(call, asked.part, more=rows.more)
    return Answer(body.encode(), form.media_type, headers=headers)


def _ensure_whole(asked: Asked) -> None:
    if not asked.part.is_whole:
        fix = "Leave out limit and offset"
        raise WrongParameter("an answer of yes or no has no parts", where=asked.query.name, fix=fix)


def _told(asked: Asked) -> dict[str, str]:
    """The header that tells which names were taken for what."""
    if not asked.taken:
        return {}
    return {"Dealgraph-Taken": ", ".join(taken.header() for taken in asked.taken)}


def _links(call: Call, part: Part, *, more: bool) -> dict[str, str]:
    """The header that links the parts of an answer (RFC 8288); none where the whole is given."""
    if part.is_whole:
        return {}
    size, first = part.limit, part.first
    offsets: dict[str, int] = {"first": 0}
    if size is not None:
        if first:
            offsets["prev"] = max(first - size, 0)
        if more:
            offsets["next"] = first + size
    links = (f'<{_address(call.path, call, offset)}>; rel="{rel}"' for rel, offset in offsets.items())
    return {"Link": ", ".join(links)}


def _address(path: str, call: Call, offset: int | None = None) -> str:
    """A path with the parameters of a call, and another offset."""
    pairs = [(key, value) for key, value in call.query if offset is None or key != "offset"]
    if offset:
        pairs.append(("offset", str(offset)))
    if call.language != LANGUAGES[0]:
        pairs.append(("lang", call.language))
    return f"{quote(path)}?{urlencode(pairs)}" if pairs else quote(path)

"""What a client of the SPARQL 1.1 Protocol asks: a query and its dataset, out of a request.

https://www.w3.org/TR/sparql11-protocol/, sections 2.1 and 2.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from dealgraph.errors import QueryProblem, ReadOnly, WrongMedia, WrongUsage
from dealgraph.web import Call
from dealgraph.web.calling import FORM

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_WHY_READ_ONLY: Final = "What is known follows from the files of the project: change them, and build"
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class AskedQuery:
    """A query, and the graphs that a client names for it; `None` where it leaves that to the query."""

    text: str
    default: tuple[NamedNode, ...] | None = None
    named: tuple[NamedNode, ...] | None = None


def asked_query(call: Call) -> AskedQuery | None:
    """Return what a request asks; `None` if it is a GET that asks nothing, which wants a description.

    Raises `ReadOnly` for an update, `WrongMedia` for a body of another type, `WrongUsage` for a query that is
    missing or there more than once, `QueryProblem` for one that is not UTF-8.
    """
    if call.method == "POST":
        return _posted(call)
    _refuse_update(call.query)
    queries = call.all("query")
    return _asked(queries, call.query) if queries else None


def _posted(call: Call) -> AskedQuery:
    kind = call.content_type.partition(";")[0].strip().lower()
    if kind == UPDATE:
        raise ReadOnly("updates are refused", where=call.path, fix=_WHY_READ_ONLY)
    if kind == FORM:
        pairs = call.form()
        _refuse_update(pairs)
        return _asked([value for key, value in pairs if key == "query"], pairs)
    if kind == QUERY:
        _refuse_update(call.query)
        try:
            return _asked([call.body.decode()], call.query)
        except UnicodeDecodeError:
            raise QueryProblem("the query is not in UTF-8", where="body", fix="Encode it in UTF-8") from None
    raise WrongMedia(
        f"a query is not read from {kind or 'a body without a media type'}",
        where="Content-Type",
        fix=f"Send {FORM} with query=, or {QUERY} with the text alone",
    )


def _refuse_update(pairs: Pairs) -> None:
    if any(key == "update" for key, _ in pairs):
        raise ReadOnly("updates are refused", where="update", fix=_WHY_READ_ONLY)


def _asked(queries: Iterable[str], pairs: Pairs) -> AskedQuery:
    found = tuple(queries)
    if len(found) != 1:
        fix = "Give one query as the parameter query"
        raise WrongUsage(f"the request has {len(found)} queries", where="query", fix=fix)
    default, named = (_graphs(pairs, f"{kind}-graph-uri") for kind in ("default", "named"))
    if default or named:
        return AskedQuery(found[0], default, named)
    return AskedQuery(found[0])


def _graphs(pairs: Pairs, name: str) -> tuple[NamedNode, ...]:
    try:
        return tuple(NamedNode(value) for key, value in pairs if key == name)
    except ValueError as error:
        raise WrongUsage(f"not an IRI ({error})", where=name, fix="Name a graph by its full IRI") from None

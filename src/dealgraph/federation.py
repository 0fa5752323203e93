"""Queries that join our graph with an outside endpoint, asked only where the user allows that endpoint.

The store itself never goes out. Each `SERVICE` clause is asked of its endpoint here, with a time limit and
with what our side has found already, and its answer takes the place of the clause as a `VALUES` block.
Source: SPARQL 1.1 Federated Query, section 2, and on the interplay with VALUES.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)

from dealgraph.ask import Result, run
from dealgraph.errors import NotAllowed, QueryProblem, ServiceProblem
from dealgraph.link.http import Answer, Client
from dealgraph.stored import text as texts
from dealgraph.stored.remote import remote_calls
from dealgraph.stored.services import Service, services, sure_part, variables

MOST_ROWS: Final = 10_000
"""The most rows of one endpoint that are joined."""
BATCH: Final = 100
"""How many of our own rows are sent along with one question."""
_JSON: Final = "application/sparql-results+json"

Term = NamedNode | Literal
Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class _Rows:
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    def written(self) -> str:
        """As an inline block of a query."""
        if not self.names:
            return "VALUES ?none { UNDEF }" if self.rows else "VALUES ?none { }"
        head = " ".join(f"?{name}" for name in self.names)
        body = " ".join(f"({' '.join('UNDEF' if t is None else str(t) for t in row)})" for row in self.rows)
        return f"VALUES ({head}) {{ {body} }}"


def run_federated(
    store: Store, text: str, *, where: str, allowed: Iterable[str], timeout: float = 20.0, tries: int = 2
) -> Result:
    """Run a query whose SERVICE clauses ask endpoints that the user allows; one without any runs as it is.

    `allowed` are the IRIs of endpoints, exact to the letter; `timeout` is in seconds for one answer, of
    which there are `tries`. Raises `NotAllowed` for any other endpoint before anything is asked,
    `ServiceProblem` for one that is down, slow or answers no table of results, and what `ask.run` raises.
    """
    allowed = tuple(allowed)
    check_services(text, where=where, allowed=allowed)
    while found := services(text):
        service = found[0]
        client = Client(allowed=(service.endpoint,), timeout=timeout, tries=tries)
        answer = _joined(store, text, service, client, where)
        text = f"{text[: service.start]}{answer.written()}{text[service.end :]}"
    return run(store, text, where=where)


def check_services(text: str, *, where: str, allowed: Sequence[str]) -> None:
    """Raise `NotAllowed` for an endpoint that is not allowed, `QueryProblem` for one that is not named."""
    found = services(text)
    calls = remote_calls(text)
    if len(found) != len(calls):
        raise QueryProblem(
            "the query asks a server that it does not name by a full IRI",
            where=f"{where}:{calls[0]}",
            fix="Write SERVICE <https://...> { ... }, without SILENT",
        )
    for service in found:
        if service.endpoint not in allowed:
            raise NotAllowed(
                f"the query asks {service.endpoint}, which was not named",
                where=f"{where}:{service.line}",
                fix=f"If you mean it to be asked, add: --allow-service {service.endpoint}",
            )


def _joined(store: Store, text: str, service: Service, client: Client, where: str) -> _Rows:
    """Ask an endpoint for its part, narrowed to what our side has found."""
    ours = _found_here(store, text, service, where)
    if ours.names and not ours.rows:
        return _Rows(ours.names, ())
    batches = [ours.rows[n : n + BATCH] for n in range(0, len(ours.rows), BATCH)] if ours.names else [()]
    names: tuple[str, ...] = ()
    rows: list[Row] = []
    for batch in batches:
        narrowing = _Rows(ours.names, batch).written() if batch else ""
        question = f"{texts.prologue(text)}\nSELECT * WHERE {{ {narrowing} {{ {service.pattern} }} }}"
        told = client.post(
            service.endpoint, {"query": question}, _JSON, lambda answer: _read(answer, service.endpoint)
        )
        names = names or told.names
        rows += [
            tuple(dict(zip(told.names, row, strict=True)).get(name) for name in names) for row in told.rows
        ]
        if len(rows) > MOST_ROWS:
            fix = "Narrow the pattern in SERVICE"
            raise ServiceProblem(f"gives more than {MOST_ROWS} rows", where=service.endpoint, fix=fix)
    return _Rows(names, tuple(rows))


def _found_here(store: Store, text: str, service: Service, where: str) -> _Rows:
    """What our side has found for the variables that the clause shares with what is sure without it."""
    body = sure_part(text)
    shared = sorted(variables(service.pattern) & variables(body))
    if not shared:
        return _Rows((), ())
    head = " ".join(f"?{name}" for name in shared)
    result = run(store, f"{texts.prologue(text)}\nSELECT DISTINCT {head} WHERE {body}", where=where)
    assert isinstance(result, QuerySolutions)
    found = [[row[name] for name in shared] for row in result]
    sent = [n for n in range(len(shared)) if all(isinstance(row[n], NamedNode | Literal) for row in found)]
    rows = dict.fromkeys(tuple(_term(row[n]) for n in sent) for row in found)
    return _Rows(tuple(shared[n] for n in sent), tuple(sorted(rows, key=str)))


def _read(answer: Answer, endpoint: str) -> _Rows:
    fix = "Check that the address is that of a SPARQL endpoint"
    try:
        if answer.media not in {_JSON, "application/json"}:
            raise ValueError(f"it answers with {answer.media or 'no media type'}")
        names, found = _table(answer.text)
        rows = tuple(tuple(_term(term) for term in row) for row in found)
    except (SyntaxError, ValueError, OSError) as error:
        # The frames of the error hold the result of pyoxigraph, which no other thread may drop.
        error.__traceback__ = None
        raise ServiceProblem(f"gives no table of results ({error})", where=endpoint, fix=fix) from None
    return _Rows(names, rows)


def _table(text: str) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    result = parse_query_results(text, QueryResultsFormat.JSON)
    if not isinstance(result, QuerySolutions):
        raise ValueError("it answers with yes or no")
    return tuple(variable.value for variable in result.variables), [tuple(row) for row in result]


def _term(term: object) -> Term | None:
    if term is None or isinstance(term, NamedNode | Literal):
        return term
    raise ValueError(f"{term} has no name outside the server")

"""Put a stored query, or one of the user's own, to a store."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from dealgraph.errors import NotAllowed, QueryProblem, UnknownPrefix, WrongParameter
from dealgraph.stored import Parameter, StoredQuery, bind
from dealgraph.stored import text as texts
from dealgraph.stored.remote import remote_calls
from dealgraph.terms import PREFIXES, iri

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)

_LONGEST: Final = 160

Resolve = Callable[[str], NamedNode]
"""From what a user types where a thing is asked for to its IRI."""

Result = QuerySolutions | QueryTriples | QueryBoolean


def ask(store: Store, query: StoredQuery, typed: Mapping[str, Iterable[str]], resolve: Resolve) -> Result:
    """Run a stored query with what a user typed for its parameters; the rest keep their defaults.

    Raises `WrongParameter` for a name the query does not have or a text that is not of its type, and
    what `resolve` raises for a thing that cannot be found.
    """
    return run(store, final_text(query, typed, resolve), where=query.name)


def final_text(query: StoredQuery, typed: Mapping[str, Iterable[str]], resolve: Resolve) -> str:
    """Return the SPARQL that `ask` runs; it can be pasted into any engine."""
    known = {parameter.name: parameter for parameter in query.params}
    values = {}
    for name, given in typed.items():
        if name not in known:
            raise WrongParameter(
                f"the query has no parameter '{name}'",
                where=query.name,
                fix=f"It takes: {', '.join(known) or 'none'}",
            )
        values[name] = [_term(known[name], text, query.name, resolve) for text in given]
    return bind(query, values)


def run(store: Store, text: str, *, where: str) -> Result:
    """Run a SPARQL query; raises `QueryProblem` with line and column, or `UnknownPrefix` with the line.

    A query that asks another server is `NotAllowed`: the answer would not come from this graph.
    """
    refuse_remote(text, where=where)
    return evaluate(store, text, where=where)


def evaluate(
    store: Store,
    text: str,
    *,
    where: str,
    default_graph: Sequence[NamedNode | DefaultGraph] | None = None,
    named_graphs: Sequence[NamedNode] | None = None,
    base: str | None = None,
) -> Result:
    """Run a query that is known to ask nobody else, on some graphs of the store or (none named) on all.

    `base` is what its relative IRIs are relative to, if it does not say so itself. Raises what `run` raises
    but `NotAllowed`.
    """
    defaults: list[NamedNode | BlankNode | DefaultGraph] | None
    defaults = None if default_graph is None else list(default_graph)
    named: list[NamedNode | BlankNode] | None = None if named_graphs is None else list(named_graphs)
    try:
        return store.query(text, base_iri=base, default_graph=defaults, named_graphs=named)
    except SyntaxError as error:
        raise _syntax(error, texts.mask(text), where) from None
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryProblem(f"the query cannot be evaluated ({error})", where=where) from None


def refuse_remote(text: str, *, where: str) -> None:
    """Raise `NotAllowed` for a query that may ask another server, however it is spelt."""
    for line in remote_calls(text):
        raise NotAllowed(
            "the query asks another server by SERVICE, or has a prefix with these letters",
            where=f"{where}:{line}",
            fix="Ask this graph only",
        )


def _syntax(error: SyntaxError, masked: str, where: str) -> QueryProblem | UnknownPrefix:
    for prefix, line in texts.undeclared(masked):
        return UnknownPrefix(
            f"the prefix {prefix}: is not declared",
            where=f"{where}:{line}",
            fix=f"Add: PREFIX {prefix}: <{PREFIXES.get(prefix, '...')}>",
        )
    place = _PLACE.match(str(error.msg))
    here, message = (f"{where}:{place[1]}:{place[2]}", place[3]) if place else (where, str(error.msg))
    short = " ".join(message.split())[:_LONGEST]
    return QueryProblem(
        f"not a SPARQL query: {short}", where=here, fix="Only queries are answered, no updates"
    )


def _term(parameter: Parameter, text: str, where: str, resolve: Resolve) -> NamedNode | Literal:
    if parameter.type == "iri":
        return resolve(text)
    if parameter.type == "enum" and text not in parameter.values:
        raise _wrong(parameter, text, where, f"one of: {', '.join(parameter.values)}")
    kind, convert = _CONVERTERS[parameter.type]
    try:
        return Literal(convert(text), datatype=NamedNode(iri(f"xsd:{kind}")))
    except (ValueError, InvalidOperation):
        raise _wrong(parameter, text, where, f"a {kind}, for example {_EXAMPLES[kind]}") from None


def _decimal(text: str) -> str:
    value = Decimal(text)
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:  # 1e999999999 would fill the memory
        raise ValueError(text)
    return f"{value:f}"


_CONVERTERS: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = {
    "date": ("date", lambda text: dt.date.fromisoformat(text).isoformat()),
    "decimal": ("decimal", _decimal),
    "enum": ("string", str),
    "integer": ("integer", lambda text: str(int(text))),
    "string": ("string", str),
}
_EXAMPLES: Final = {"date": "2025-06-13", "decimal": "0.5", "integer": "3", "string": "text in UTF-8"}
_DIGITS: Final = 40


def _wrong(parameter: Parameter, text: str, where: str, expected: str) -> WrongParameter:
    return WrongParameter(
        f"'{text}' is not a value for '{parameter.name}'", where=where, fix=f"Give {expected}"
    )

"""Tables for a person: query results and the list of stored queries."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dealgraph.formats import Result
from dealgraph.stored import StoredQuery
from dealgraph.terms import compact

_NUMBERS = ("integer", "decimal", "double", "float")


def show_result(result: Result) -> None:
    """Print the rows of a result, IRIs shortened by the project's prefixes."""
    console = Console(emoji=False, highlight=False)
    if isinstance(result, QueryBoolean):
        console.print("true" if result else "false")
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    rows = _rows(result)
    for name in _columns(result):
        table.add_column(name, overflow="fold")
    count = 0
    for row in rows:
        table.add_row(*(_cell(term) for term in row))
        count += 1
    console.print(table if count else "(no rows)")


def show_queries(queries: Iterable[StoredQuery], language: str) -> None:
    """Print the stored queries by topic, each with its summary and its parameters."""
    console = Console(emoji=False, highlight=False)
    for topic, members in itertools.groupby(queries, key=lambda q: q.topic):
        table = Table(box=None, padding=(0, 2, 0, 2), show_header=False)
        table.add_column(style="cyan", no_wrap=True)
        table.add_column(overflow="fold")
        for query in members:
            summary = Text(query.summary_fr if language == "fr" else query.summary)
            for parameter in query.params:
                summary.append(f"\n--param {parameter.name}=… ({parameter.type})", style="dim")
            for endpoint in query.endpoints:
                summary.append(f"\n--allow-service {endpoint}", style="yellow")
            table.add_row(query.name, summary)
        console.print(Text(topic, style="bold"))
        console.print(table)


def _columns(result: QuerySolutions | QueryTriples) -> list[str]:
    if isinstance(result, QueryTriples):
        return ["subject", "predicate", "object"]
    return [variable.value for variable in result.variables]


def _rows(result: QuerySolutions | QueryTriples) -> Iterable[tuple[object, ...]]:
    for row in result:
        yield tuple(row)


def _cell(term: object) -> Text:
    if isinstance(term, NamedNode):
        return Text(compact(term.value), style="cyan")
    if isinstance(term, Literal):
        number = term.datatype.value.endswith(_NUMBERS)
        return Text(term.value, justify="right" if number else "left")
    return Text("" if term is None else str(term))

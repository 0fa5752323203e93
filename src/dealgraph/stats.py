"""How much there is of everything, by the stored queries of the topic `stats`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from dealgraph.errors import StoredQueryDefect
from dealgraph.stored import StoredQuery, named

TOPIC: Final = "stats"
NAMES: Final = ("whole", "graphs", "articles", "certainty", "ranks", "classes", "predicates", "properties")
"""The queries in the order in which a reader wants them."""

Cell = str | int


@dataclass(frozen=True)
class Count:
    """One table: IRIs in the first columns, numbers in the others; rows as the query orders them."""

    name: str
    query: StoredQuery
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_rows(self) -> list[dict[str, Cell]]:
        """Return the rows as names and cells, IRIs in full."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def stats(store: Store, queries: Iterable[StoredQuery]) -> tuple[Count, ...]:
    """Count what a store holds; reach for it to describe a graph to a person or to a catalogue.

    Returns the tables in the order of `NAMES`. Raises `UnknownName` if a query is missing,
    `StoredQueryDefect` if one is not a SELECT.
    """
    known = tuple(queries)
    return tuple(_count(store, name, named(known, f"{TOPIC}/{name}")) for name in NAMES)


def _count(store: Store, name: str, query: StoredQuery) -> Count:
    found = store.query(query.text)
    if not isinstance(found, QuerySolutions):
        raise StoredQueryDefect("a count is a SELECT", where=str(query.path))
    columns = tuple(variable.value for variable in found.variables)
    return Count(name, query, columns, tuple(tuple(map(_cell, row)) for row in found))


def _cell(term: object) -> Cell:
    if isinstance(term, Literal):
        return int(term.value)
    return term.value if isinstance(term, NamedNode) else str(term)

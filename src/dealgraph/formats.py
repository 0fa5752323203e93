"""Query results in the formats that people and programs ask for."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat
from pyoxigraph import serialize as serialise_rdf

from dealgraph.errors import FormatMisfit
from dealgraph.terms import PREFIXES

Result = QuerySolutions | QueryTriples | QueryBoolean

TABLE: Final = "table"
_ROWS: Final = MappingProxyType(
    {
        "csv": QueryResultsFormat.CSV,
        "json": QueryResultsFormat.JSON,
        "tsv": QueryResultsFormat.TSV,
        "xml": QueryResultsFormat.XML,
    }
)
_GRAPHS: Final = MappingProxyType(
    {
        "jsonld": RdfFormat.JSON_LD,
        "nt": RdfFormat.N_TRIPLES,
        "ttl": RdfFormat.TURTLE,
        "xml": RdfFormat.RDF_XML,
    }
)
ALL: Final = tuple(sorted({TABLE, *_ROWS, *_GRAPHS}))


def default(result: Result, *, terminal: bool) -> str:
    """Return the format for a result that was asked for in none: a table on a terminal, else JSON."""
    if isinstance(result, QueryTriples):
        return "ttl" if terminal else "jsonld"
    return TABLE if terminal else "json"


def serialise(result: Result, name: str) -> bytes:
    """Return a result in one of the formats but `table`, in UTF-8.

    Raises `FormatMisfit` if the format is unknown or does not fit what the query gives; it names those
    that do.
    """
    fitting = _GRAPHS if isinstance(result, QueryTriples) else _ROWS
    if isinstance(result, QueryBoolean) and name == "tsv":
        name = "csv"
    if name not in fitting:
        raise FormatMisfit(
            f"this result cannot be written as {name}",
            where="--format",
            fix=f"Take one of: {', '.join(sorted({TABLE, *fitting}))}",
        )
    if isinstance(result, QueryTriples):
        triples = sorted(result, key=str)
        return serialise_rdf(triples, format=_GRAPHS[name], prefixes=dict(PREFIXES)) or b""
    return result.serialize(format=_ROWS[name]) or b""

"""Query results in the formats that people and programs ask for: one table for all that answers.

SPARQL 1.1 Protocol, section 2.1.6.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import IO, Final

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)
from pyoxigraph import serialize as serialise_rdf

from dealgraph.errors import FormatMisfit, QueryProblem
from dealgraph.terms import PREFIXES
from dealgraph.web import Call, Offer, choose

Result = QuerySolutions | QueryTriples | QueryBoolean

TABLE: Final = "table"
ROWS: Final = (
    Offer("json", ("application/sparql-results+json", "application/json", "text/json")),
    Offer("xml", ("application/sparql-results+xml", "application/xml", "text/xml")),
    Offer("csv", ("text/csv",)),
    Offer("tsv", ("text/tab-separated-values",)),
)
"""The forms of rows, and of yes or no; of two that a client likes alike, the earlier one is given."""
GRAPHS: Final = (
    Offer("ttl", ("text/turtle", "application/turtle", "application/x-turtle", "text/plain")),
    Offer("nt", ("application/n-triples",)),
    Offer("rdf", ("application/rdf+xml", "application/xml", "text/xml")),
    Offer("jsonld", ("application/ld+json", "application/json")),
    Offer("n3", ("text/n3",)),
    Offer("nq", ("application/n-quads",)),
    Offer("trig", ("application/trig",)),
)
"""The forms of triples."""
SUFFIXES: Final = tuple(dict.fromkeys(offer.suffix for offer in (*ROWS, *GRAPHS)))

ROW_FORMATS: Final[Mapping[str, QueryResultsFormat]] = MappingProxyType(
    {
        "csv": QueryResultsFormat.CSV,
        "json": QueryResultsFormat.JSON,
        "tsv": QueryResultsFormat.TSV,
        "xml": QueryResultsFormat.XML,
    }
)
GRAPH_FORMATS: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        "jsonld": RdfFormat.JSON_LD,
        "n3": RdfFormat.N3,
        "nq": RdfFormat.N_QUADS,
        "nt": RdfFormat.N_TRIPLES,
        "rdf": RdfFormat.RDF_XML,
        "trig": RdfFormat.TRIG,
        "ttl": RdfFormat.TURTLE,
    }
)
_LOCAL: Final = re.compile(r"[^/#]*$")
"""What follows the namespace in an IRI."""
_ALSO: Final = MappingProxyType({"xml": "rdf"})
"""Names that a form of triples has besides."""
ALL: Final = tuple(sorted({TABLE, *SUFFIXES}))


def default(result: Result, *, terminal: bool) -> str:
    """Return the format for a result that was asked for in none: a table on a terminal, else JSON."""
    if isinstance(result, QueryTriples):
        return "ttl" if terminal else "jsonld"
    return TABLE if terminal else "json"


def fitting(result: Result) -> tuple[Offer, ...]:
    """Return the forms in which a result can be given, the first being the usual one."""
    return GRAPHS if isinstance(result, QueryTriples) else ROWS


def form_for(result: Result, call: Call, suffix: str, hint: str = "") -> Offer:
    """Return the form of a result that a client wants, by a suffix or, where that is empty, by its header.

    A `hint` is a suffix that counts before the header, and not at all where it does not fit. Raises
    `FormatMisfit` with those that fit.
    """
    return form_among(fitting(result), call, suffix, hint)


def form_among(offers: Sequence[Offer], call: Call, suffix: str, hint: str = "") -> Offer:
    """Return the form that a client wants, of some; arguments and errors are else those of `form_for`."""
    if suffix:
        found = _named(offers, suffix)
    else:
        found = (_named(offers, hint) if hint else None) or choose(call.accept, offers)
    if found is None:
        raise FormatMisfit(
            f"this result cannot be given as {suffix or call.accept}",
            where=call.path,
            fix=f"Ask for one of: {', '.join(offer.media_types[0] for offer in offers)}",
        )
    return found


def serialise(result: Result, name: str) -> bytes:
    """Return a result in one of the formats but `table`, in UTF-8.

    Raises `FormatMisfit` if the format is unknown or does not fit what the query gives; it names those
    that do.
    """
    form = _named(fitting(result), name)
    if form is None:
        names = sorted({TABLE, *(offer.suffix for offer in fitting(result))})
        raise FormatMisfit(
            f"this result cannot be written as {name}",
            where="--format",
            fix=f"Take one of: {', '.join(names)}",
        )
    if isinstance(result, QueryTriples):
        return graph(sorted(result, key=str), form)
    return result.serialize(format=_row_format(result, form)) or b""


def graph(triples: Sequence[Triple], form: Offer) -> bytes:
    """Return triples in one of the forms of `GRAPHS`, under those prefixes of the project that they need."""
    return serialise_rdf(triples, format=GRAPH_FORMATS[form.suffix], prefixes=_needed(triples)) or b""


def writing(result: Result, form: Offer, where: str = "query") -> Callable[[IO[bytes]], None]:
    """Return what writes a result as it is found, bit by bit; reach for it where a result may be large.

    What it returns raises `QueryProblem` for a query that turns out not to be evaluable; `where` names it.
    """

    def write(body: IO[bytes]) -> None:
        try:
            if isinstance(result, QueryTriples):
                result.serialize(body, format=GRAPH_FORMATS[form.suffix])
            else:
                result.serialize(body, format=_row_format(result, form))
        except (RuntimeError, ValueError) as error:
            raise QueryProblem(f"the query cannot be evaluated ({error})", where=where) from None

    return write


def _needed(triples: Iterable[Triple]) -> dict[str, str]:
    spaces = {_LOCAL.sub("", iri) for triple in triples for term in triple for iri in _iris(term)}
    return {prefix: space for prefix, space in PREFIXES.items() if space in spaces}


def _iris(term: object) -> Iterator[str]:
    if isinstance(term, NamedNode):
        yield term.value
    elif isinstance(term, Literal):
        yield term.datatype.value


def _named(offers: Sequence[Offer], suffix: str) -> Offer | None:
    by_suffix = {offer.suffix: offer for offer in offers}
    return by_suffix.get(suffix) or by_suffix.get(_ALSO.get(suffix, ""))


def _row_format(result: QuerySolutions | QueryBoolean, form: Offer) -> QueryResultsFormat:
    """The format of rows; a table of one word has no tabs."""
    is_word = isinstance(result, QueryBoolean) and form.suffix == "tsv"
    return QueryResultsFormat.CSV if is_word else ROW_FORMATS[form.suffix]

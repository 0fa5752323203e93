"""A part of an answer, in every form in which the whole is given; and rows as RDF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)

from dealgraph.api.asking import Part
from dealgraph.errors import QueryProblem
from dealgraph.formats import ROW_FORMATS
from dealgraph.lineage.patterns import Term
from dealgraph.terms import iri
from dealgraph.web import Offer

RESULT_SET: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
"""The vocabulary in which the W3C writes rows as RDF."""
_TYPE: Final = NamedNode(iri("rdf:type"))
_STRING: Final = iri("xsd:string")
Row = Mapping[str, Term | None]


@dataclass(frozen=True)
class Rows:
    """Rows of an answer with its columns; `more` tells whether there are others after them."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    more: bool


def rows_of(result: QuerySolutions, part: Part, where: str) -> Rows:
    """Return the rows of a part of an answer; no row after it is read, but one to know that it is there.

    Raises `QueryProblem` for a query that turns out not to be evaluable.
    """
    names = tuple(variable.value for variable in result.variables)
    try:
        found = list(islice(result, part.first, None if part.limit is None else part.first + part.limit + 1))
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryProblem(f"the query cannot be evaluated ({error})", where=where) from None
    kept = found if part.limit is None else found[: part.limit]
    rows = tuple({name: solution[name] for name in names} for solution in kept)
    return Rows(names, rows, len(found) > len(kept))


def triples_of(triples: Iterable[Triple], part: Part) -> tuple[list[Triple], bool]:
    """Return a part of a graph, in the order of the texts of its triples, and whether there is more."""
    found = sorted(set(triples), key=str)
    end = len(found) if part.limit is None else part.first + part.limit
    return found[part.first : end], end < len(found)


def written(rows: Rows, form: Offer) -> bytes:
    """Return rows in one of the forms of `formats.ROWS`, to the byte as an engine writes them."""
    bindings = [{name: _json(term) for name, term in row.items() if term is not None} for row in rows.rows]
    told = json.dumps({"head": {"vars": rows.names}, "results": {"bindings": bindings}}, ensure_ascii=False)
    read = parse_query_results(told.encode(), format=QueryResultsFormat.JSON)
    assert isinstance(read, QuerySolutions)
    return read.serialize(format=ROW_FORMATS[form.suffix]) or b""


def _json(term: object) -> dict[str, object]:
    """A term as SPARQL 1.1 Query Results JSON has it, section 3.2.2."""
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal(language=str(language)):
            return {"type": "literal", "value": term.value, "xml:lang": language}
        case Literal():
            kind = term.datatype.value
            return {"type": "literal", "value": term.value, **({} if kind == _STRING else {"datatype": kind})}
        case Triple():
            parts = ("subject", "predicate", "object")
            return {"type": "triple", "value": {part: _json(getattr(term, part)) for part in parts}}
    raise AssertionError(f"{term} is no term of RDF")


def as_graph(rows: Rows, first: int = 0) -> Iterator[Triple]:
    """Yield rows as RDF, in the vocabulary of result sets; the first has the index `first` + 1."""
    whole = BlankNode("resultset")
    yield Triple(whole, _TYPE, _term("ResultSet"))
    for name in rows.names:
        yield Triple(whole, _term("resultVariable"), Literal(name))
    for index, row in enumerate(rows.rows, first + 1):
        solution = BlankNode(f"solution{index}")
        yield Triple(whole, _term("solution"), solution)
        yield Triple(solution, _term("index"), Literal(index))
        yield from _bindings(solution, index, row)


def _bindings(solution: BlankNode, index: int, row: Row) -> Iterator[Triple]:
    for column, (name, term) in enumerate(row.items(), 1):
        if term is not None:
            binding = BlankNode(f"solution{index}binding{column}")
            yield Triple(solution, _term("binding"), binding)
            yield Triple(binding, _term("variable"), Literal(name))
            yield Triple(binding, _term("value"), term)


def yes_or_no(answer: bool) -> Sequence[Triple]:
    """Return the answer of an ASK as RDF."""
    whole = BlankNode("resultset")
    return (
        Triple(whole, _TYPE, _term("ResultSet")),
        Triple(whole, _term("boolean"), Literal(answer)),
    )


def _term(name: str) -> NamedNode:
    return NamedNode(RESULT_SET + name)

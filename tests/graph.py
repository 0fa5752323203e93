"""The graph of this checkout in both engines, and what they answer, as tables of text to compare."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import ResultRow

from dealgraph import sources
from dealgraph.admit import ADMITTED, FACTS, admit
from dealgraph.assembly import assemble
from dealgraph.settings import open_project
from dealgraph.stored import StoredQuery, load_all, parse
from dealgraph.terms import compact, iri
from tiny import ROOT, the_rule

QUERIES = ROOT / "queries"
GOLDENS = ROOT / "tests" / "queries"

Row = tuple[str, ...]
Table = tuple[Row, ...]

_NUMBERS = {iri("xsd:decimal"), iri("xsd:integer")}


# --- the graph ------------------------------------------------------------------------------------------


def build(as_of: dt.date | None = None) -> ox.Store:
    """What the files say, and the facts that follow from it by admission alone."""
    store = ox.Store()
    store.bulk_extend(sources.load(open_project(ROOT)).quads)
    return with_facts(store, as_of)


def with_facts(store: ox.Store, as_of: dt.date | None = None) -> ox.Store:
    """The same store with the facts that its claims support, up to a day of publication."""
    admission = admit(store, the_rule(), as_of=as_of)
    store.extend(_in(ADMITTED, admission.marks))
    store.extend(_in(FACTS, admission.facts))
    store.extend(_in(ox.DefaultGraph(), admission.facts))
    return store


def _in(graph: ox.NamedNode | ox.DefaultGraph, triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    return (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


@cache
def the_store() -> ox.Store:
    """The graph with all articles and all that follows, as a build has it; for reading only."""
    project = open_project(ROOT)
    return assemble(sources.load(project), load_all(project.queries))


@cache
def known_on(day: dt.date) -> ox.Store:
    """The graph with what articles up to a day say and all that follows from it; for reading only."""
    project = open_project(ROOT)
    return assemble(sources.load(project), load_all(project.queries), as_of=day)


@cache
def the_dataset() -> rdflib.Dataset:
    """The same graph in rdflib."""
    return dataset_of(the_store())


def dataset_of(store: ox.Store) -> rdflib.Dataset:
    dump = store.dump(format=ox.RdfFormat.N_QUADS)
    assert dump is not None
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=dump.decode(), format="nquads")
    return dataset


# --- the queries ----------------------------------------------------------------------------------------


@cache
def stored_queries() -> dict[str, StoredQuery]:
    """Every stored query of this checkout by its name."""
    paths = sorted(QUERIES.rglob("*.rq"))
    queries = (parse(path.read_text(encoding="utf-8"), path.relative_to(ROOT)) for path in paths)
    return {query.name: query for query in queries}


def golden_of(query: StoredQuery) -> Path:
    """Where the answer that a query must give is kept."""
    suffix = "nt" if query.form == "CONSTRUCT" else "csv"
    return GOLDENS / query.topic / f"{query.name.partition('/')[2]}.{suffix}"


def read_golden(query: StoredQuery) -> Table:
    text = golden_of(query).read_text(encoding="utf-8")
    if query.form == "CONSTRUCT":
        return tuple((line,) for line in text.splitlines())
    return tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline="")))


def written(table: Table, query: StoredQuery) -> str:
    """A table as the file of a golden answer."""
    if query.form == "CONSTRUCT":
        return "".join(f"{row[0]}\n" for row in table)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue()


# --- the answers ----------------------------------------------------------------------------------------


def by_oxigraph(store: ox.Store, text: str) -> Table:
    """The answer of pyoxigraph: names of columns first, then the rows; sorted N-Triples for a CONSTRUCT."""
    result = store.query(text)
    if isinstance(result, ox.QueryTriples):
        return tuple(sorted({(f"{triple} .",) for triple in result}))
    assert isinstance(result, ox.QuerySolutions)
    return table_of(result)


def table_of(result: ox.QuerySolutions) -> Table:
    """The rows of an answer, after the names of its columns."""
    names = tuple(variable.value for variable in result.variables)
    return (names, *(tuple(_oxigraph_cell(term) for term in row) for row in result))


def by_rdflib(dataset: rdflib.Dataset, text: str) -> Table:
    """The answer of rdflib, in the same form."""
    result = dataset.query(_prepared(text))
    if result.type == "CONSTRUCT":
        assert result.graph is not None
        triples = ox.parse(result.graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
        return tuple(sorted({(f"{quad.triple} .",) for quad in triples}))
    assert result.vars is not None
    names = tuple(str(variable) for variable in result.vars)
    return (names, *(_rdflib_row(row) for row in result if isinstance(row, ResultRow)))


@cache
def _prepared(text: str) -> Query:
    """A query as rdflib reads it, which can take it longer than to answer."""
    return prepareQuery(text)


def _oxigraph_cell(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return compact(term.value)
    assert isinstance(term, ox.Literal)
    return _literal_cell(term.value, term.datatype.value, term.language)


def _rdflib_row(row: ResultRow) -> Row:
    return tuple(_rdflib_cell(row[place]) for place in range(len(row)))


def _rdflib_cell(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, rdflib.URIRef):
        return compact(str(term))
    assert isinstance(term, rdflib.Literal)
    return _literal_cell(str(term), str(term.datatype), term.language)


def _literal_cell(lexical: str, datatype: str, language: str | None) -> str:
    """A number by its value, so that 14.0, 14 and 14.00 are the same cell; a text with its language."""
    if datatype in _NUMBERS:
        return f"{Decimal(lexical).normalize():f}"
    return f"{lexical}@{language}" if language else lexical

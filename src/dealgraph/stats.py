"""How much there is of everything, by the stored queries of the topic `stats`, and the same as VoID.

VoID: https://www.w3.org/TR/void/, with the named graphs in the terms of SPARQL 1.1 Service Description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from dealgraph.errors import StoredQueryDefect
from dealgraph.sources import ALIGNMENTS, ONTOLOGY, SHAPES
from dealgraph.stored import StoredQuery, named
from dealgraph.terms import BASE, compact, iri
from dealgraph.turtle import write

TOPIC: Final = "stats"
NAMES: Final = ("whole", "graphs", "articles", "certainty", "ranks", "classes", "predicates", "properties")
"""The queries in the order in which a reader wants them."""

DATASET: Final = f"{BASE}void#"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""That of the project which comes with the program; another project has its own."""
_ABOUT_TERMS: Final = frozenset(graph.value for graph in (ALIGNMENTS, ONTOLOGY, SHAPES))

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


def void(counts: Iterable[Count], licence: str = "") -> str:
    """Describe the data by VoID, as canonical Turtle; what describes terms is not counted as data.

    `licence` is the IRI of that of the data, where it is known.
    """
    triples = [*_description({count.name: count for count in counts})]
    if licence:
        triples.append(_link(DATASET, "dcterms:license", licence))
    return write(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)


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


def _description(counts: dict[str, Count]) -> Iterator[Triple]:
    graphs = counts["graphs"].as_rows()
    data = [row for row in graphs if row["graph"] not in _ABOUT_TERMS]
    yield from _typed(DATASET, "void:Dataset", "sd:Dataset")
    yield _link(DATASET, "void:vocabulary", iri("dg:"))
    yield Triple(NamedNode(DATASET), NamedNode(iri("void:uriSpace")), Literal(BASE))
    (whole,) = counts["whole"].as_rows()
    yield _number(DATASET, "void:triples", whole["triples"])
    yield _number(DATASET, "void:entities", whole["subjects"])
    for row in graphs:
        yield from _graph(row, is_data=row in data)
    for row in counts["classes"].as_rows():
        part = f"{DATASET}class-{_fragment(row['class'])}"
        yield _link(DATASET, "void:classPartition", part)
        yield _link(part, "void:class", row["class"])
        yield _number(part, "void:entities", row["things"])
    for row in counts["properties"].as_rows():
        part = f"{DATASET}property-{_fragment(row['property'])}"
        yield _link(DATASET, "void:propertyPartition", part)
        yield _link(part, "void:property", row["property"])
        yield _number(part, "void:triples", row["triples"])
    yield _number(DATASET, "void:classes", len(counts["classes"].rows))
    yield _number(DATASET, "void:properties", len(counts["properties"].rows))


def _graph(row: dict[str, Cell], *, is_data: bool) -> Iterator[Triple]:
    """A named graph of the service; one of data is a part of the dataset too."""
    part = f"{DATASET}graph-{_fragment(row['graph'])}"
    yield _link(DATASET, "sd:namedGraph", part)
    yield from _typed(part, "sd:NamedGraph")
    yield _link(part, "sd:name", row["graph"])
    yield _link(part, "sd:graph", f"{part}-content")
    yield from _typed(f"{part}-content", "sd:Graph", "void:Dataset")
    yield _number(f"{part}-content", "void:triples", row["triples"])
    yield _number(f"{part}-content", "void:distinctSubjects", row["subjects"])
    yield _number(f"{part}-content", "void:properties", row["predicates"])
    if is_data:
        yield _link(DATASET, "void:subset", f"{part}-content")


def _fragment(name: Cell) -> str:
    return compact(str(name)).strip("<>").replace(":", "-").replace("/", "-").replace("#", "-")


def _typed(node: str, *classes: str) -> Iterator[Triple]:
    return (_link(node, "rdf:type", iri(name)) for name in classes)


def _link(node: str, predicate: str, target: Cell) -> Triple:
    return Triple(NamedNode(node), NamedNode(iri(predicate)), NamedNode(str(target)))


def _number(node: str, predicate: str, value: Cell) -> Triple:
    number = Literal(str(value), datatype=NamedNode(iri("xsd:integer")))
    return Triple(NamedNode(node), NamedNode(iri(predicate)), number)

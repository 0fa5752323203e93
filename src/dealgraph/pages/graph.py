"""The page of a named graph: how many statements it has, and the statements, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import IO, Final

from pyoxigraph import BlankNode, NamedNode, QuerySolutions, RdfFormat, serialize

from dealgraph.desk import Desk
from dealgraph.errors import UnknownName
from dealgraph.pages.forms import forms, wanted
from dealgraph.pages.reader import Reader, Word
from dealgraph.pages.rendering import page
from dealgraph.pages.resource import SIZE, offset
from dealgraph.terms import PREFIXES, iri
from dealgraph.web import Answer, Call, local_iri
from dealgraph.web.answering import Write

_WRITTEN: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
}


@dataclass(frozen=True)
class Told:
    """One statement of a graph in words."""

    subject: Word
    predicate: Word
    object: Word


def show(desk: Desk, call: Call) -> Answer:
    """Answer at `/graph/…`: the page of a named graph, or the whole graph as data, bit by bit."""
    path, offer = wanted(call)
    reader, name = Reader(desk, call.language), local_iri(path)
    try:
        graph = NamedNode(name)
    except ValueError:
        raise _unknown(name) from None
    if not desk.store.contains_named_graph(graph):
        raise _unknown(name)
    if offer.suffix in _WRITTEN:
        return Answer(_writer(desk, graph, offer.suffix), offer.media_type, headers={"Vary": "Accept"})
    first = offset(call)
    quads = islice(iter(desk.store.quads_for_pattern(None, None, None, graph)), first, first + SIZE)
    told = [
        Told(_word(reader, q.subject), reader.link(q.predicate.value), _word(reader, q.object)) for q in quads
    ]
    return page(
        "graph.html",
        call,
        desk=desk,
        forms=[each for each in forms(name) if each[0] != "JSON"],
        iri=name,
        name=reader.named(name),
        rows=told,
        first=first,
        size=SIZE,
        total=_size(desk, graph),
    )


def _writer(desk: Desk, graph: NamedNode, suffix: str) -> Write:
    form = _WRITTEN[suffix]

    def write(output: IO[bytes]) -> None:
        quads = desk.store.quads_for_pattern(None, None, None, graph)
        whole = quads if form is RdfFormat.TRIG else (quad.triple for quad in quads)
        serialize(whole, output, form, prefixes=dict(PREFIXES))

    return write


def _size(desk: Desk, graph: NamedNode) -> int:
    rows = desk.store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    assert isinstance(rows, QuerySolutions)
    return int(next(iter(rows))["n"].value)


def _word(reader: Reader, term: object) -> Word:
    return Word("…") if isinstance(term, BlankNode) else reader.word(term)


def _unknown(name: str) -> UnknownName:
    return UnknownName(
        "no graph has this name", where=f"'{name.removeprefix(iri('graph:'))}'", fix="See /about"
    )

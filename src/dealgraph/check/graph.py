"""From quads to the rdflib graphs that pySHACL works on, and back.

Imports rdflib: import it where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from dealgraph.errors import CannotCheck
from dealgraph.terms import iri

Node = URIRef | BNode | Literal

_STRING = iri("xsd:string")
_LANGUAGE_STRING = iri("rdf:langString")


class UnparsableQuery(Exception):
    """A query of a shape does not parse; `text` is the query with its prefixes."""

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        super().__init__(reason)


class CheckedGraph(Graph):
    """A graph that parses each query text once: pySHACL asks the same text for every focus node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:  # noqa: ANN401 - rdflib's signature
        """Answer a query as `Graph.query` does."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


def to_graph(quads: Iterable[ox.Quad]) -> CheckedGraph:
    """Return the union of the graphs of some quads as one rdflib graph, every lexical form kept."""
    graph = CheckedGraph(bind_namespaces="none")
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def from_rdflib(term: object) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return a term of rdflib as one of pyoxigraph."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if not isinstance(term, Literal):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or _STRING)))


@lru_cache(maxsize=1024)
def _prepared(text: str) -> Query:
    try:
        return prepareQuery(text)
    except Exception as error:  # rdflib raises whatever its parser does
        raise UnparsableQuery(text, str(error)) from None


@lru_cache(maxsize=1 << 14)
def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple):
        raise CannotCheck("a triple stands as a term", where=str(term), fix="Keep to RDF 1.1")
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value in {_STRING, _LANGUAGE_STRING} else URIRef(term.datatype.value)
    return Literal(term.value, datatype=datatype, normalize=False)

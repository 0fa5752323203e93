"""What the endpoint says of itself: SPARQL 1.1 Service Description, with what editors need to help.

https://www.w3.org/TR/sparql11-service-description/. Editors ask the default graph for examples, prefixes and
the properties of each class; that graph holds facts alone, so that they look here next, and find them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Store, Triple, serialize

from dealgraph.desk import Desk
from dealgraph.examples import EXAMPLES
from dealgraph.formats import GRAPH_FORMATS, ROW_FORMATS
from dealgraph.server.phrases import told
from dealgraph.terms import BASE, PREFIXES, iri
from dealgraph.void import class_partitions
from dealgraph.web import Call

_TYPE: Final = NamedNode(iri("rdf:type"))
_COMMENT: Final = NamedNode(iri("rdfs:comment"))
_EXECUTABLE: Final = NamedNode(iri("sh:SPARQLExecutable"))
_FEDERATES: Final = NamedNode(iri("spex:federatesWith"))
_SHOWN: Final = ("dcterms", "dg", "rdf", "rdfs", "schema", "sd", "sh", "spex", "void", "void-ext", "xsd")


def described(desk: Desk, call: Call, endpoint: str, form: RdfFormat, open_to: Collection[str] = ()) -> bytes:
    """Return the description of an endpoint (its address in full); comments are in the call's language."""
    prefixes = {"": f"{endpoint}#", **{name: PREFIXES[name] for name in _SHOWN}}
    triples = (
        *_service(desk.store, endpoint),
        *class_partitions(f"{endpoint}#default", f"{endpoint}#default-", desk.uses),
        *_examples(desk.store, endpoint, call.language, open_to),
    )
    return serialize(triples, format=form, prefixes=prefixes) or b""


def _service(store: Store, endpoint: str) -> Iterator[Triple]:
    service, dataset, default = (
        NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "default")
    )
    yield Triple(service, _TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield from told(service, "rdfs:label", "endpoint")
    formats: tuple[QueryResultsFormat | RdfFormat, ...] = (*ROW_FORMATS.values(), *GRAPH_FORMATS.values())
    for form in formats:
        yield Triple(service, _sd("resultFormat"), NamedNode(form.iri))
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, NamedNode(iri("void:uriSpace")), Literal(BASE))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, _TYPE, _sd("Graph"))
    for graph in sorted(store.named_graphs(), key=str):
        if isinstance(graph, NamedNode):
            node = BlankNode()
            yield Triple(dataset, _sd("namedGraph"), node)
            yield Triple(node, _TYPE, _sd("NamedGraph"))
            yield Triple(node, _sd("name"), graph)


def _examples(store: Store, endpoint: str, language: str, open_to: Collection[str]) -> Iterator[Triple]:
    """The stored queries that this endpoint answers, each with one comment: editors list it once for each."""
    refused = {
        quad.subject
        for quad in store.quads_for_pattern(None, _FEDERATES, None, EXAMPLES)
        if not (isinstance(quad.object, NamedNode) and quad.object.value in open_to)
    }
    for quad in store.quads_for_pattern(None, None, None, EXAMPLES):
        in_other_language = isinstance(quad.object, Literal) and quad.object.language not in (None, language)
        if quad.subject not in refused and not (quad.predicate == _COMMENT and in_other_language):
            yield quad.triple
            if quad.predicate == _TYPE and quad.object == _EXECUTABLE:
                yield Triple(quad.subject, NamedNode(iri("schema:target")), NamedNode(endpoint))


def _sd(name: str) -> NamedNode:
    return NamedNode(iri(f"sd:{name}"))

"""What the data is and where to ask for it, at the address where programs look: `/.well-known/void`.

https://www.w3.org/TR/void/, section 6.2. The counts are of the whole snapshot, made when first asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions, Store, Triple, serialize

from dealgraph.desk import Desk
from dealgraph.errors import FormatMisfit
from dealgraph.formats import GRAPH_FORMATS, GRAPHS
from dealgraph.server.endpoint import PATH as SPARQL
from dealgraph.server.phrases import told
from dealgraph.terms import PREFIXES, iri
from dealgraph.void import DATASET, link, typed
from dealgraph.web import Answer, Call, Route, choose

PATH: Final = "/.well-known/void"
OPENAPI: Final = "/api/openapi.json"
FORMS: Final = tuple(offer for offer in GRAPHS if offer.suffix in ("ttl", "nt", "jsonld", "rdf"))
_SHOWN: Final = (
    "dcat",
    "dcterms",
    "dg",
    "foaf",
    "graph",
    "id",
    "prov",
    "rdf",
    "rdfs",
    "skos",
    "sd",
    "void",
    "void-ext",
    "xsd",
)
_EXAMPLES: Final = f"""
PREFIX graph: <{iri("graph:")}>
SELECT ?thing WHERE {{
  GRAPH graph:facts {{ ?thing ?predicate ?value }}
  FILTER(STRSTARTS(STR(?thing), "{iri("id:")}"))
}}
GROUP BY ?thing ORDER BY DESC(COUNT(*)) ?thing LIMIT 5
"""
"""The things that most facts are about."""


def show_void(desk: Desk, call: Call) -> Answer:
    """Answer `/.well-known/void` in the form of RDF that the client reads."""
    form = choose(call.accept, FORMS)
    if form is None:
        fix = f"Ask for one of: {', '.join(offer.media_types[0] for offer in FORMS)}"
        raise FormatMisfit(f"this cannot be given as {call.accept}", where=call.path, fix=fix)
    triples = (*desk.void, *_access(desk.store, call.origin))
    prefixes = {"": DATASET, **{name: PREFIXES[name] for name in _SHOWN}}
    body = serialize(triples, format=GRAPH_FORMATS[form.suffix], prefixes=prefixes) or b""
    return Answer(body, form.media_type)


def _access(store: Store, origin: str) -> Iterator[Triple]:
    """Where the data is to be had: by SPARQL, by the API, thing by thing."""
    here, dataset, api = f"{origin}{PATH}", NamedNode(DATASET), f"{origin}/api"
    yield from typed(here, "void:DatasetDescription")
    yield link(here, "foaf:primaryTopic", DATASET)
    yield from typed(DATASET, "dcat:Dataset")
    yield from told(dataset, "dcterms:title", "data")
    yield from told(dataset, "dcterms:description", "about data")
    yield link(DATASET, "foaf:homepage", f"{origin}/")
    yield link(DATASET, "void:sparqlEndpoint", f"{origin}{SPARQL}")
    for form in FORMS:
        yield link(DATASET, "void:feature", GRAPH_FORMATS[form.suffix].iri)
    for example in _examples(store):
        yield link(DATASET, "void:exampleResource", example)
    yield from typed(api, "dcat:DataService")
    yield from told(NamedNode(api), "dcterms:title", "api")
    yield link(api, "dcat:endpointURL", api)
    yield link(api, "dcat:endpointDescription", f"{origin}{OPENAPI}")
    yield link(api, "dcat:servesDataset", DATASET)


def _examples(store: Store) -> Iterator[str]:
    rows = store.query(_EXAMPLES)
    assert isinstance(rows, QuerySolutions)
    yield from (row["thing"].value for row in rows)


VOID_ROUTES: Final = (Route(PATH, show_void),)

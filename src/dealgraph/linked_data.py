"""A thing as linked data for the web: JSON-LD in the words of schema.org, its own context inside.

What is told: what kind of thing it is, its names, and which outside entities it is. `sameAs` holds exact
matches and nothing else. What articles say of the thing is not told: schema.org has no words for how sure
it is.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from dealgraph.identifiers import Identifier, identifiers
from dealgraph.mapping import Judgement
from dealgraph.terms import iri, local_name

_SCHEMA: Final = iri("schema:")
_NAMED: Final = {"name": "rdfs:label", "alternateName": "skos:altLabel"}
_KINDS: Final = """
PREFIX graph: <https://w3id.org/dealgraph/graph/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?class ?wider WHERE {{
  GRAPH graph:things {{ {thing} a ?given }}
  GRAPH graph:ontology {{ ?given rdfs:subClassOf* ?class }}
  GRAPH graph:alignments {{ ?class rdfs:subClassOf ?wider }}
  FILTER(STRSTARTS(STR(?wider), "https://schema.org/"))
  FILTER NOT EXISTS {{
    GRAPH graph:ontology {{ ?given rdfs:subClassOf* ?nearer . ?nearer rdfs:subClassOf+ ?class }}
    GRAPH graph:alignments {{ ?nearer rdfs:subClassOf ?narrower }}
    FILTER(STRSTARTS(STR(?narrower), "https://schema.org/"))
  }}
}}
"""


def schema_org(store: Store, thing: str) -> dict[str, object]:
    """Return a thing as a JSON-LD document, ready for `json.dumps`; it is read without fetching anything.

    Keys and lists are in an order that follows from the content. A thing of a class that schema.org has no
    word for is a `Thing`.
    """
    matches = [found for found in identifiers(store, thing) if found.judgement is Judgement.MATCH]
    document: dict[str, object] = {
        "@context": {"@vocab": _SCHEMA, "sameAs": {"@type": "@id"}, "propertyID": {"@type": "@id"}},
        "@id": thing,
        "@type": _kinds(store, thing) or ["Thing"],
    }
    for key, name in _NAMED.items():
        if texts := _texts(store, thing, name):
            document[key] = texts
    if matches:
        document["identifier"] = [_property_value(found) for found in matches]
        document["sameAs"] = sorted(found.iri for found in matches)
    return document


def _kinds(store: Store, thing: str) -> list[str]:
    rows = store.query(_KINDS.format(thing=NamedNode(thing)))
    assert isinstance(rows, QuerySolutions)
    return sorted({local_name(row["wider"].value) for row in rows})


def _texts(store: Store, thing: str, predicate: str) -> list[object]:
    found = store.quads_for_pattern(NamedNode(thing), NamedNode(iri(predicate)), None, None)
    texts = {
        (quad.object.language or "", quad.object.value) for quad in found if isinstance(quad.object, Literal)
    }
    return [{"@language": tag, "@value": text} if tag else text for tag, text in sorted(texts)]


def _property_value(found: Identifier) -> dict[str, str]:
    return {
        "@type": "PropertyValue",
        "propertyID": iri(f"scheme:{found.scheme}"),
        "name": found.scheme_label,
        "value": found.identifier,
    }

"""The names that the program knows: the base IRI, the one prefix table, the named graphs.

Terms of the ontology live in a hash namespace, data in slash namespaces, all below `BASE`. Nothing
else in the package spells an IRI of the project out.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

BASE: Final = "https://w3id.org/dealgraph/"

_OWN: Final = {
    "dg": f"{BASE}ontology#",
    "article": f"{BASE}article/",
    "attribution": f"{BASE}attribution/",
    "claim": f"{BASE}claim/",
    "dataset": f"{BASE}dataset/",
    "derived": f"{BASE}derived/",
    "graph": f"{BASE}graph/",
    "id": f"{BASE}id/",
    "mapping": f"{BASE}mapping/",
    "omission": f"{BASE}omission/",
    "quantity": f"{BASE}quantity/",
    "scheme": f"{BASE}scheme/",
    "shape": f"{BASE}shape/",
    "source": f"{BASE}source/",
    "time": f"{BASE}time/",
}

_STANDARD: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spex": "https://purl.expasy.org/sparql-examples/ontology#",
    "sssom": "https://w3id.org/sssom/",
    "unit": "http://qudt.org/vocab/unit/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "void-ext": "http://ldf.fi/void-ext#",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

PREFIXES: Final = MappingProxyType(dict(sorted((_OWN | _STANDARD).items())))
"""Prefix to namespace, in the order of the prefixes: the only prefix table of the project."""

# A local name that may follow a prefix without escapes (Turtle 1.1, PN_LOCAL, a safe part of it).
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")

_BY_LENGTH: Final = tuple(sorted(PREFIXES.items(), key=lambda item: -len(item[1])))


def iri(name: str) -> str:
    """Turn `id:meta` into the full IRI; reach for it wherever code needs a term by name.

    `name` is a prefix of the table, a colon and a local name. Raises `KeyError` for another prefix:
    names in code are constants, so that is a defect.
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def compact(full: str) -> str:
    """Shorten an IRI to `prefix:local` where the table allows it, else return it in angle brackets."""
    for prefix, namespace in _BY_LENGTH:
        if full.startswith(namespace) and _LOCAL.fullmatch(full[len(namespace) :]):
            return f"{prefix}:{full[len(namespace) :]}"
    return f"<{full}>"


def local_name(full: str) -> str:
    """Return what follows the last `#` or `/` of an IRI, else the last colon: the part a person types."""
    return re.split(r"[#/]" if re.search(r"[#/]", full) else ":", full.rstrip("#/:"))[-1]

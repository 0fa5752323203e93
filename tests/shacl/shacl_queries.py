"""Queries of sh:sparql that are asked, and the shapes that have them."""

from __future__ import annotations

OF_NODE = "a sh:NodeShape ; sh:targetClass id:K"
OF_PATH = "a sh:PropertyShape ; sh:targetClass id:K ; sh:path id:q"
# Each query, the shape it is of, and how many results it gives.
ASKED = {
    "SELECT $this WHERE { $this id:q $this }": (OF_NODE, 2),
    "SELECT $this ?value WHERE { $this id:p ?value FILTER(?value > 1) }": (OF_NODE, 4),
    "SELECT ?this ?value WHERE { ?this id:q/id:p ?value }": (OF_NODE, 7),
    "SELECT $this ?path ?value WHERE { $this ?path ?value FILTER(?value IN (id:a, 5)) }": (OF_NODE, 2),
    "SELECT $this ?value WHERE { { $this id:p ?value } UNION { ?value id:q $this } }": (OF_NODE, 12),
    "SELECT $this WHERE { FILTER EXISTS { SELECT $this WHERE { $this id:p 1 } } }": (OF_NODE, 2),
    "SELECT $this WHERE { $this id:p ?v OPTIONAL { $this rdfs:label ?l } FILTER(!BOUND(?l)) }": (OF_NODE, 2),
    "SELECT $this WHERE { FILTER NOT EXISTS { $this rdfs:label ?label } }": (OF_NODE, 2),
    "SELECT $this WHERE { FILTER EXISTS { ?other id:q $this FILTER(?other != $this) } }": (OF_NODE, 3),
    "SELECT $this (SUM(?v) AS ?value) WHERE { $this id:p ?v } GROUP BY $this HAVING(SUM(?v) > 3)": (
        OF_NODE,
        2,
    ),
    "SELECT $this ?value WHERE { { SELECT $this (MAX(?v) AS ?value) WHERE { $this id:p ?v } GROUP BY $this } "
    "FILTER(?value > 2) }": (OF_NODE, 2),
    "SELECT DISTINCT $this WHERE { $this id:p ?one , ?other FILTER(?one < ?other) } ORDER BY $this": (
        OF_NODE,
        2,
    ),
    "SELECT $this WHERE { BIND(STR($this) AS ?text) FILTER(STRENDS(?text, '/a')) }": (OF_NODE, 1),
    "SELECT $this ?value WHERE { $this $PATH ?value FILTER(?value != $this) }": (OF_PATH, 3),
    "SELECT $this ?value WHERE { ?value $PATH $this . ?value a id:L }": (OF_PATH, 1),
    "SELECT $this WHERE { FILTER NOT EXISTS { $this $PATH id:a } }": (OF_PATH, 3),
    "SELECT $this WHERE { $this rdfs:label '$this'@en }": (OF_NODE, 0),
    "SELECT $this WHERE { $this id:q id:a # not $this\n }": (OF_NODE, 1),
}


def shape(kind: str, query: str) -> str:
    """A shape with one query; the prefix id is declared beside it."""
    declared = "id:prefixes sh:declare [ sh:prefix 'id' ; sh:namespace 'https://w3id.org/dealgraph/id/' ] ."
    return f"{declared} shape:S {kind} ; sh:sparql [ sh:prefixes id:prefixes ; sh:select '''{query}''' ] ."

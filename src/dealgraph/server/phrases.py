"""What the server says of itself and of the data to programs, in French and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from dealgraph.terms import iri

SERVER: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "endpoint": "The SPARQL endpoint of dealgraph",
            "api": "The stored queries of dealgraph as an API",
            "data": "dealgraph: deals in the AI industry",
            "about data": "What articles say of companies, people, facilities and deals, "
            "and what follows from it.",
        },
        "fr": {
            "endpoint": "Le point SPARQL de dealgraph",
            "api": "Les requêtes enregistrées de dealgraph, par une API",
            "data": "dealgraph : opérations de l'industrie de l'IA",
            "about data": "Ce que des articles disent d'entreprises, de personnes, de sites et d'opérations, "
            "et ce qui en découle.",
        },
    }
)


def told(node: NamedNode, predicate: str, phrase: str) -> Iterator[Triple]:
    """Yield what a phrase says of a node, in each language; the predicate is given by its short name."""
    for language, phrases in SERVER.items():
        yield Triple(node, NamedNode(iri(predicate)), Literal(phrases[phrase], language=language))

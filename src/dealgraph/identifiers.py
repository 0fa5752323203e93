"""What a thing is in outside datasets, as the mappings of a store say it: identifiers, and what it is not.

Reach for it wherever a thing is shown. Only what is judged a match is an identifier of the thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store

from dealgraph.mapping import Judgement
from dealgraph.mapping.graph import JUDGEMENTS
from dealgraph.terms import iri, local_name

_QUERY: Final = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
PREFIX graph: <https://w3id.org/dealgraph/graph/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
SELECT ?judged ?predicate ?scheme ?schemeLabel ?identifier ?outside ?label ?confidence ?comment ?date
WHERE {{
  GRAPH graph:mappings {{
    ?mapping dg:mappingSubject {thing} ; dg:judgedAs ?judged ; dg:mappingPredicate ?predicate .
    OPTIONAL {{
      ?mapping dg:inScheme ?scheme .
      OPTIONAL {{ ?scheme skos:prefLabel ?schemeLabel FILTER(LANG(?schemeLabel) = "{language}") }}
    }}
    OPTIONAL {{ ?mapping dg:identifier ?identifier }}
    OPTIONAL {{ ?mapping dg:mappingObject ?outside }}
    OPTIONAL {{ ?mapping sssom:object_label ?label }}
    OPTIONAL {{ ?mapping sssom:confidence ?confidence }}
    OPTIONAL {{ ?mapping rdfs:comment ?comment }}
    OPTIONAL {{ ?mapping sssom:mapping_date ?date }}
  }}
}}
"""
_ORDER: Final = {judgement: place for place, judgement in enumerate(Judgement)}


@dataclass(frozen=True)
class Identifier:
    """One judgement on a thing and an outside entity; what is not known is empty.

    `scheme` is the short name of the scheme and `scheme_label` its name for a person, `identifier` the
    entity's name in it and `iri` its IRI, `label` what it is called there, `predicate` the local name of the
    relation of SKOS, `confidence` a number from 0 to 1, `date` the day of the judgement in ISO 8601.
    """

    judgement: Judgement
    scheme: str
    scheme_label: str
    identifier: str
    iri: str
    label: str
    predicate: str
    confidence: str
    comment: str
    date: str


def identifiers(store: Store, thing: str, language: str = "en") -> tuple[Identifier, ...]:
    """Return all judgements on a thing, matches first, then near ones, what it is not, unsure, not found.

    `language`, `fr` or `en`, is that of the names of schemes; comments are in that of the mapping files.
    Within a judgement they come by scheme, then by identifier. Empty for a thing of which nothing is judged.
    """
    rows = store.query(_QUERY.format(thing=NamedNode(thing), language="fr" if language == "fr" else "en"))
    assert isinstance(rows, QuerySolutions)
    return tuple(sorted(map(_identifier, rows), key=_key))


def _identifier(row: QuerySolution) -> Identifier:
    scheme = _text(row, "scheme")
    return Identifier(
        judgement=JUDGEMENTS[_text(row, "judged")],
        scheme=local_name(scheme) if scheme else "",
        scheme_label=_text(row, "schemeLabel") or local_name(scheme),
        identifier=_text(row, "identifier") or _text(row, "outside"),
        iri=_text(row, "outside"),
        label=_text(row, "label"),
        predicate=_text(row, "predicate").removeprefix(iri("skos:")).removeprefix(iri("dg:")),
        confidence=_text(row, "confidence"),
        comment=_text(row, "comment"),
        date=_text(row, "date"),
    )


def _key(found: Identifier) -> tuple[object, ...]:
    return (_ORDER[found.judgement], found.scheme_label.casefold(), found.identifier, found.comment)


def _text(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode | Literal) else ""

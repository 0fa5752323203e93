"""Who does what where, as far as no fact says that it is over; what is only said is shown as said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions

from dealgraph.claim import Claim
from dealgraph.pages.reader import Figure, Reader, Word
from dealgraph.terms import iri

_TENURES: Final = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
PREFIX graph: <https://w3id.org/dealgraph/graph/>
SELECT DISTINCT ?tenure ?other WHERE {{
  GRAPH graph:things {{ ?tenure <{link}> {thing} ; <{side}> ?other }}
  FILTER NOT EXISTS {{ ?tenure dg:ended ?end }}
}} ORDER BY ?tenure ?other LIMIT 50
"""
_HEAD: Final = iri("dg:HeadRole")


def roles(reader: Reader, person: str) -> tuple[Figure, ...]:
    """Return the roles of a person, each with where it is held."""
    return tuple(
        _figure(reader, tenure, claim, f"{reader.teller.value(claim)}, {reader.named(other)}")
        for tenure, other, claim in _tenures(reader, person, "dg:tenureOf", "dg:tenureAt")
    )


def heads(reader: Reader, organization: str) -> tuple[Figure, ...]:
    """Return who leads an organization."""
    return tuple(
        _figure(reader, other, claim, reader.named(other))
        for _, other, claim in _tenures(reader, organization, "dg:tenureAt", "dg:tenureOf")
        if claim.value.term == _HEAD
    )


def _tenures(reader: Reader, thing: str, link: str, side: str) -> Iterator[tuple[str, str, Claim]]:
    query = _TENURES.format(link=iri(link), side=iri(side), thing=NamedNode(thing))
    rows = reader.store.query(query)
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        tenure, other = row["tenure"], row["other"]
        if isinstance(tenure, NamedNode) and isinstance(other, NamedNode):
            for claim in reader.evidence.claims(tenure.value, iri("dg:role"))[:1]:
                yield tenure.value, other.value, claim


def _figure(reader: Reader, leads_to: str, claim: Claim, text: str) -> Figure:
    hedges = ", ".join(reader.teller.certainty(claim))
    told = f"{text} ({hedges})" if hedges else text
    return Figure(Word(told, reader.link(leads_to).href), "fact" if claim.admitted else "said")

"""Ask HermiT one thing: is this consistent, does that follow? Much quicker than to classify everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.hermit.asking import put
from dealgraph.hermit.process import CONSISTENCY
from dealgraph.terms import iri

_TYPE: Final = NamedNode(iri("rdf:type"))
_CLASS, _COMPLEMENT = NamedNode(iri("owl:Class")), NamedNode(iri("owl:complementOf"))
_DENIAL: Final = NamedNode(iri("owl:NegativePropertyAssertion"))
_PARTS: Final = tuple(NamedNode(iri(f"owl:{name}")) for name in ("sourceIndividual", "assertionProperty"))
_TARGET, _VALUE = NamedNode(iri("owl:targetIndividual")), NamedNode(iri("owl:targetValue"))


def is_consistent(
    triples: Iterable[Triple], *, time_limit: float, memory_mb: int, java: Path | None = None
) -> bool:
    """Tell whether an ontology and its facts can all hold together in OWL 2 DL.

    Arguments and errors are those of `classify`.
    """
    reply = put(triples, CONSISTENCY, time_limit=time_limit, memory_mb=memory_mb, java=java)
    return reply.printed is not None


def entails(
    triples: Iterable[Triple],
    wanted: Triple,
    *,
    time_limit: float,
    memory_mb: int,
    java: Path | None = None,
) -> bool:
    """Tell whether a fact follows from an ontology and its facts: whether they contradict its denial.

    `wanted` says that a named individual is of a named class, or how two are related. From what
    contradicts itself everything follows. Arguments and errors are else those of `classify`.
    Source: OWL 2 Structural Specification, section 9.6.5.
    """
    return not is_consistent(
        (*triples, *denial(wanted)), time_limit=time_limit, memory_mb=memory_mb, java=java
    )


def denial(fact: Triple) -> Iterator[Triple]:
    """Yield the triples that say of a fact that it is not so."""
    node = BlankNode("denied")
    if fact.predicate == _TYPE:
        yield Triple(fact.subject, _TYPE, node)
        yield Triple(node, _TYPE, _CLASS)
        yield Triple(node, _COMPLEMENT, fact.object)
        return
    yield Triple(node, _TYPE, _DENIAL)
    for part, term in zip(_PARTS, (fact.subject, fact.predicate), strict=True):
        yield Triple(node, part, term)
    yield Triple(node, _VALUE if isinstance(fact.object, Literal) else _TARGET, fact.object)

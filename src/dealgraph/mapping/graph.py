"""Mappings as RDF: what may be joined on as plain SKOS, and every judgement as a node of its own.

A plain triple stands only for a judgement that is a match or a near one, so that `?thing skos:exactMatch ?id`
in the graph of mappings is never wrong by a judgement overlooked. What was denied, left open or not found
is a `dg:Mapping` only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from dealgraph.mapping.model import Judgement, Mapping, MappingSet
from dealgraph.mapping.schemes import BY_NAME, SCHEMES, Scheme, scheme_of
from dealgraph.terms import iri, local_name

MAPPINGS: Final = NamedNode(iri("graph:mappings"))
_DIGITS: Final = 12
_TYPE: Final = NamedNode(iri("rdf:type"))
_JOINED: Final = (Judgement.MATCH, Judgement.RELATED)

CODES: Final = {
    Judgement.MATCH: iri("dg:SameEntity"),
    Judgement.RELATED: iri("dg:RelatedEntity"),
    Judgement.NOT: iri("dg:OtherEntity"),
    Judgement.UNSURE: iri("dg:UndecidedEntity"),
    Judgement.NOT_FOUND: iri("dg:EntityNotFound"),
}
"""The individual of the ontology that stands for each judgement."""
JUDGEMENTS: Final = {code: judgement for judgement, code in CODES.items()}
"""The judgements by their codes."""


def quads(sets: Iterable[MappingSet]) -> Iterator[Quad]:
    """Yield what mapping sets say, in the graph `graph:mappings`, with the schemes that they use."""
    used: set[Scheme] = set()
    for mapping_set in sets:
        yield from _of_set(mapping_set)
        for mapping in mapping_set.mappings:
            used.update(filter(None, (scheme(mapping),)))
            yield from _of_mapping(mapping_set, mapping)
    for each in SCHEMES:
        if each in used:
            yield _quad(each.iri, _TYPE, NamedNode(iri("dg:IdentifierScheme")))
            yield _quad(each.iri, "skos:notation", Literal(each.name))
            yield _quad(each.iri, "skos:prefLabel", Literal(each.label, language="en"))
            yield _quad(each.iri, "skos:prefLabel", Literal(each.label_fr or each.label, language="fr"))


def node(mapping_set: MappingSet, mapping: Mapping) -> str:
    """Return the IRI of a mapping as a node: it follows from what is said, not from the place of the row."""
    said = (_name(mapping_set), *(str(part) for part in (*mapping.pair, mapping.predicate, mapping.negated)))
    digest = hashlib.sha256("\n".join((*said, mapping.justification, mapping.author)).encode()).hexdigest()
    return iri(f"mapping:{local_name(mapping.subject)}-{digest[:_DIGITS]}")


def scheme(mapping: Mapping) -> Scheme | None:
    """Return the scheme of a mapping: that of its object, or the one that was searched in vain."""
    if mapping.judgement is not Judgement.NOT_FOUND:
        return scheme_of(mapping.object)
    return BY_NAME.get(mapping.object_source.removeprefix(iri("scheme:")))


def _name(mapping_set: MappingSet) -> str:
    return str(mapping_set.metadata.get("mapping_set_id", ""))


def _of_set(mapping_set: MappingSet) -> Iterator[Quad]:
    name = _name(mapping_set)
    if not name:
        return
    yield _quad(name, _TYPE, NamedNode(iri("dg:MappingSet")))
    yield _quad(name, "dcterms:license", NamedNode(mapping_set.licence))
    if description := mapping_set.metadata.get("mapping_set_description"):
        yield _quad(name, "dcterms:description", Literal(str(description)))


def _of_mapping(mapping_set: MappingSet, mapping: Mapping) -> Iterator[Quad]:
    if mapping.judgement in _JOINED:
        yield _quad(mapping.subject, NamedNode(mapping.predicate), NamedNode(mapping.object))
    here = node(mapping_set, mapping)
    yield _quad(here, _TYPE, NamedNode(iri("dg:Mapping")))
    yield _quad(here, "dg:judgedAs", NamedNode(CODES[mapping.judgement]))
    iris = {
        "dg:mappingSubject": mapping.subject,
        "dg:mappingPredicate": mapping.predicate,
        "dg:mappingObject": "" if mapping.judgement is Judgement.NOT_FOUND else mapping.object,
        "dg:inScheme": mapping.object_source,
        "sssom:mapping_justification": mapping.justification,
        "dcterms:isPartOf": _name(mapping_set),
    }
    yield from (_quad(here, name, NamedNode(value)) for name, value in iris.items() if value)
    yield from (_quad(here, name, value) for name, value in _texts(mapping))


def _texts(mapping: Mapping) -> Iterator[tuple[str, Literal]]:
    known = scheme(mapping)
    identifier = known.identifier_of(mapping.object) if known else ""
    texts = {
        "dg:identifier": "" if mapping.judgement is Judgement.NOT_FOUND else identifier,
        "sssom:object_label": mapping.object_label,
        "sssom:author_label": mapping.author,
        "sssom:mapping_tool": mapping.tool,
        "sssom:mapping_cardinality": mapping.cardinality,
        "rdfs:comment": mapping.comment,
    }
    yield from ((name, Literal(value)) for name, value in texts.items() if value)
    if mapping.confidence is not None:
        yield "sssom:confidence", Literal(f"{mapping.confidence:f}", datatype=NamedNode(iri("xsd:decimal")))
    if mapping.date is not None:
        yield "sssom:mapping_date", Literal(mapping.date.isoformat(), datatype=NamedNode(iri("xsd:date")))


def _quad(subject: str, predicate: str | NamedNode, value: NamedNode | Literal) -> Quad:
    named = predicate if isinstance(predicate, NamedNode) else NamedNode(iri(predicate))
    return Quad(NamedNode(subject), named, value, MAPPINGS)

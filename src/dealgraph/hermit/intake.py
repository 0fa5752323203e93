"""What of an ontology and its facts HermiT is given: all that has a meaning in OWL 2 DL.

Annotations mean nothing to a reasoner and are two thirds of an ontology that documents itself. A
literal outside the OWL 2 datatype map (a date, a year) stops HermiT, and an import sends it to the
network. A broken list it would read as a shorter one, so that one is an error here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from dealgraph.errors import ReasonerFailed
from dealgraph.terms import compact, iri

# OWL 2 Structural Specification, section 4; rdf:langString is what its rdf:PlainLiteral became.
_DATATYPES: Final = frozenset(
    [
        *(iri(f"owl:{name}") for name in ("real", "rational")),
        *(iri(f"rdf:{name}") for name in ("PlainLiteral", "XMLLiteral", "langString")),
        *(iri(f"xsd:{name}") for name in ("decimal", "integer", "nonNegativeInteger", "nonPositiveInteger")),
        *(
            iri(f"xsd:{name}")
            for name in ("positiveInteger", "negativeInteger", "long", "int", "short", "byte")
        ),
        *(iri(f"xsd:unsigned{name}") for name in ("Long", "Int", "Short", "Byte")),
        *(
            iri(f"xsd:{name}")
            for name in ("double", "float", "string", "normalizedString", "token", "language")
        ),
        *(
            iri(f"xsd:{name}")
            for name in ("Name", "NCName", "NMTOKEN", "boolean", "hexBinary", "base64Binary")
        ),
        *(iri(f"xsd:{name}") for name in ("anyURI", "dateTime", "dateTimeStamp")),
    ]
)
_ANNOTATIONS: Final = frozenset(
    [
        *(iri(f"rdfs:{name}") for name in ("label", "comment", "seeAlso", "isDefinedBy")),
        *(iri(f"owl:{name}") for name in ("versionInfo", "deprecated", "priorVersion")),
        *(iri(f"owl:{name}") for name in ("backwardCompatibleWith", "incompatibleWith")),
    ]
)
_HEADER: Final = frozenset([iri("owl:imports"), iri("owl:versionIRI")])
_LISTED: Final = frozenset(
    [
        *(
            iri(f"owl:{name}")
            for name in ("intersectionOf", "unionOf", "oneOf", "disjointUnionOf", "members")
        ),
        *(iri(f"owl:{name}") for name in ("distinctMembers", "propertyChainAxiom", "hasKey")),
        *(iri(f"owl:{name}") for name in ("onProperties", "withRestrictions")),
    ]
)
_VOCABULARY: Final = (iri("owl:"), iri("rdf:"), iri("rdfs:"), iri("xsd:"))
_TYPE: Final = NamedNode(iri("rdf:type"))
_ONTOLOGY: Final = NamedNode(iri("owl:Ontology"))
_FIRST: Final = NamedNode(iri("rdf:first"))
_REST: Final = NamedNode(iri("rdf:rest"))
_NIL: Final = NamedNode(iri("rdf:nil"))


@dataclass(frozen=True)
class Intake:
    """What HermiT is given, and the facts that it cannot read, each in the order of the input."""

    kept: tuple[Triple, ...]
    left_out: tuple[Triple, ...]


def take_in(triples: Iterable[Triple]) -> Intake:
    """Choose what HermiT is given; reach for it before writing its file.

    Annotations, ontology headers and imports are dropped: they say nothing about things. Values whose
    datatype is not in the OWL 2 datatype map, and RDF 1.2 triple terms, are left out and listed. Raises
    `ReasonerFailed` for an RDF list of an axiom that is not well-formed.
    """
    given = tuple(dict.fromkeys(triples))
    annotations = _annotation_properties(given)
    meant = [triple for triple in given if not _is_apart(triple, annotations)]
    kept = tuple(triple for triple in meant if _is_readable(triple))
    _check_lists(kept)
    return Intake(kept, tuple(triple for triple in meant if not _is_readable(triple)))


def _annotation_properties(triples: Iterable[Triple]) -> frozenset[str]:
    """Return the properties that are declared for annotations only, and the built-in ones."""
    declared: dict[str, set[str]] = {}
    for subject, predicate, kind in triples:
        if predicate == _TYPE and isinstance(subject, NamedNode) and isinstance(kind, NamedNode):
            declared.setdefault(kind.value, set()).add(subject.value)
    facts = (declared.get(iri(f"owl:{kind}"), set()) for kind in ("ObjectProperty", "DatatypeProperty"))
    return _ANNOTATIONS | declared.get(iri("owl:AnnotationProperty"), set()).difference(*facts)


def _is_apart(triple: Triple, annotations: frozenset[str]) -> bool:
    """Whether a triple is an annotation, speaks about an annotation property, or heads an ontology."""
    predicate = triple.predicate.value
    if predicate in annotations or predicate in _HEADER:
        return True
    if isinstance(triple.subject, NamedNode) and triple.subject.value in annotations:
        return True
    return triple.predicate == _TYPE and triple.object == _ONTOLOGY


def _is_readable(triple: Triple) -> bool:
    """Whether HermiT can read a triple; one that is part of an axiom stays, for HermiT to judge."""
    value = triple.object
    if isinstance(value, Literal):
        return value.datatype.value in _DATATYPES or triple.predicate.value.startswith(_VOCABULARY)
    return not isinstance(value, Triple)


def _check_lists(triples: Iterable[Triple]) -> None:
    firsts: dict[object, list[object]] = {}
    rests: dict[object, list[object]] = {}
    heads: list[Triple] = []
    for triple in triples:
        if triple.predicate == _FIRST:
            firsts.setdefault(triple.subject, []).append(triple.object)
        elif triple.predicate == _REST:
            rests.setdefault(triple.subject, []).append(triple.object)
        elif triple.predicate.value in _LISTED:
            heads.append(triple)
    for head in heads:
        if not _is_list(head.object, firsts, rests):
            raise _broken_list(head)


def _is_list(
    head: object, firsts: Mapping[object, list[object]], rests: Mapping[object, list[object]]
) -> bool:
    """Whether a list ends in rdf:nil, with one member and one rest at each step, and no way back."""
    seen: set[object] = set()
    while head != _NIL:
        after = rests.get(head, [])
        if head in seen or len(after) != 1 or len(firsts.get(head, [])) != 1:
            return False
        seen.add(head)
        (head,) = after
    return True


def _broken_list(head: Triple) -> ReasonerFailed:
    subject = compact(head.subject.value) if isinstance(head.subject, NamedNode) else "a class without a name"
    return ReasonerFailed(
        f"the list of {compact(head.predicate.value)} is not well-formed",
        where=subject,
        fix="Write the list in round brackets, in one place",
    )

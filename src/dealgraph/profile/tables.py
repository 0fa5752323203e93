"""The words of OWL 2 in RDF, and what OWL 2 RL allows where: the specification as tables."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

RESERVED: Final = ("owl:", "rdf:", "rdfs:", "xsd:")

KINDS: Final = MappingProxyType(
    {
        "owl:Class": "class",
        "rdfs:Datatype": "datatype",
        "owl:ObjectProperty": "object property",
        "owl:DatatypeProperty": "data property",
        "owl:AnnotationProperty": "annotation property",
        # An axiom about the property implies this much (Mapping to RDF Graphs, section 3.2).
        "owl:TransitiveProperty": "object property",
        "owl:SymmetricProperty": "object property",
        "owl:AsymmetricProperty": "object property",
        "owl:IrreflexiveProperty": "object property",
        "owl:ReflexiveProperty": "object property",
        "owl:InverseFunctionalProperty": "object property",
    }
)
PROPERTY_KINDS: Final = frozenset({"object property", "data property", "annotation property"})


def _names(prefix: str, locals_: str) -> tuple[str, ...]:
    return tuple(f"{prefix}:{each}" for each in locals_.split())


DATATYPES: Final = frozenset(
    (
        *_names("owl", "rational real"),
        *_names("rdf", "PlainLiteral XMLLiteral langString"),
        *_names("rdfs", "Literal"),
        *_names("xsd", "decimal double float integer long int short byte boolean dateTime dateTimeStamp"),
        *_names("xsd", "negativeInteger nonNegativeInteger nonPositiveInteger positiveInteger"),
        *_names("xsd", "unsignedLong unsignedInt unsignedShort unsignedByte hexBinary base64Binary anyURI"),
        *_names("xsd", "string normalizedString token language Name NCName NMTOKEN"),
    )
)
"""The OWL 2 datatype map (SS 4), and `rdf:langString`, which stands for a part of `rdf:PlainLiteral`."""

LISTS: Final = frozenset(_names("owl", "intersectionOf unionOf"))
CARDINALITIES: Final = frozenset(
    (
        *_names("owl", "cardinality minCardinality maxCardinality"),
        *_names("owl", "qualifiedCardinality minQualifiedCardinality maxQualifiedCardinality"),
    )
)
CONSTRUCTS: Final = (
    LISTS
    | CARDINALITIES
    | {
        *_names("owl", "complementOf oneOf someValuesFrom allValuesFrom hasValue hasSelf"),
        *_names("owl", "onDatatype datatypeComplementOf"),
    }
)
"""The predicates of which a class expression or a data range has exactly one."""

ALLOWED_IN_RL: Final = MappingProxyType(
    {
        "subclass": {
            "owl:intersectionOf": "subclass",
            "owl:unionOf": "subclass",
            "owl:oneOf": "",
            "owl:someValuesFrom": "subclass",
            "owl:hasValue": "",
        },
        "superclass": {
            "owl:intersectionOf": "superclass",
            "owl:complementOf": "subclass",
            "owl:allValuesFrom": "superclass",
            "owl:hasValue": "",
            "owl:maxCardinality": "",
            "owl:maxQualifiedCardinality": "subclass",
        },
        "equivalent class": {"owl:intersectionOf": "equivalent class", "owl:hasValue": ""},
        "data range": {"owl:intersectionOf": "data range"},
    }
)
"""By position, each construct with the position of its parts (Profiles 4.2.3 and 4.2.4)."""

POSITIONS: Final = MappingProxyType(
    {
        "rdfs:subClassOf": ("subclass", "superclass"),
        "owl:equivalentClass": ("equivalent class", "equivalent class"),
        "owl:disjointWith": ("subclass", "subclass"),
        "rdfs:domain": ("", "superclass"),
        "rdfs:range": ("", "superclass"),
        "owl:hasKey": ("subclass", ""),
    }
)
"""By predicate, the positions of what stands on its left and right (Profiles 4.2.5)."""

NOT_IN_RL: Final = MappingProxyType(
    {
        "owl:disjointUnionOf": "disjoint unions are not allowed",
        "owl:ReflexiveProperty": "reflexive properties are not allowed",
    }
)
NAMES_NOT_IN_RL: Final = frozenset(
    _names("owl", "topObjectProperty bottomObjectProperty topDataProperty bottomDataProperty real rational")
)
"""Profiles 4.2.1."""

NEED_SIMPLE: Final = CARDINALITIES | {
    "owl:hasSelf",
    "owl:FunctionalProperty",
    "owl:InverseFunctionalProperty",
    "owl:IrreflexiveProperty",
    "owl:AsymmetricProperty",
    "owl:propertyDisjointWith",
    "owl:AllDisjointProperties",
}
"""SS 11.2, restriction on simple roles."""

_OTHERS: Final = frozenset(
    (
        *_names("owl", "Thing Nothing NamedIndividual Restriction AllDifferent AllDisjointClasses Axiom"),
        *_names("owl", "Annotation NegativePropertyAssertion annotatedSource annotatedProperty"),
        *_names("owl", "annotatedTarget sourceIndividual assertionProperty targetIndividual targetValue"),
        *_names("owl", "members distinctMembers onProperty onProperties onClass onDataRange inverseOf"),
        *_names("owl", "withRestrictions propertyChainAxiom equivalentProperty sameAs differentFrom"),
        *_names("owl", "Ontology imports versionIRI versionInfo priorVersion backwardCompatibleWith"),
        *_names("owl", "incompatibleWith deprecated"),
        *_names("rdf", "type List first rest nil langRange"),
        *_names("rdfs", "subPropertyOf label comment seeAlso isDefinedBy"),
        *_names("xsd", "minInclusive minExclusive maxInclusive maxExclusive length minLength maxLength"),
        *_names("xsd", "pattern"),
    )
)

VOCABULARY: Final = frozenset().union(
    KINDS, DATATYPES, CONSTRUCTS, POSITIONS, NOT_IN_RL, NAMES_NOT_IN_RL, NEED_SIMPLE, _OTHERS
)
"""All reserved names that an OWL 2 ontology in RDF may use (Mapping to RDF Graphs, sections 2 and 3)."""

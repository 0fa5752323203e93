"""The terms that the rules of OWL 2 RL name, as the integers by which the closure knows them.

Every other term of a graph is numbered after these. The datatypes come last, in one block, so that
one comparison tells whether a term is a datatype of the profile.
"""

from __future__ import annotations

from typing import Final

from dealgraph.terms import iri

# Each line of names matches the line of numbers below it in the second tuple.
NAMES: Final = (
    *("rdf:type", "rdf:first", "rdf:rest", "rdf:nil"),
    *("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "rdfs:Datatype"),
    *("owl:sameAs", "owl:differentFrom", "owl:AllDifferent", "owl:members", "owl:distinctMembers"),
    *("owl:Thing", "owl:Nothing", "owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty"),
    *("owl:AnnotationProperty", "owl:FunctionalProperty", "owl:InverseFunctionalProperty"),
    *("owl:IrreflexiveProperty", "owl:SymmetricProperty", "owl:AsymmetricProperty", "owl:TransitiveProperty"),
    *("owl:propertyChainAxiom", "owl:equivalentProperty", "owl:propertyDisjointWith", "owl:inverseOf"),
    *("owl:AllDisjointProperties", "owl:hasKey", "owl:sourceIndividual", "owl:assertionProperty"),
    *("owl:targetIndividual", "owl:targetValue", "owl:intersectionOf", "owl:unionOf", "owl:complementOf"),
    *("owl:onProperty", "owl:someValuesFrom", "owl:allValuesFrom", "owl:hasValue", "owl:maxCardinality"),
    *("owl:maxQualifiedCardinality", "owl:onClass", "owl:oneOf", "owl:equivalentClass", "owl:disjointWith"),
    *("owl:AllDisjointClasses", "owl:hasSelf", "owl:minCardinality", "owl:cardinality"),
    *("owl:minQualifiedCardinality", "owl:qualifiedCardinality", "owl:onDataRange", "owl:onProperties"),
    *("owl:datatypeComplementOf", "owl:onDatatype", "owl:withRestrictions", "owl:disjointUnionOf"),
    *("owl:ReflexiveProperty", "owl:topObjectProperty", "owl:bottomObjectProperty"),
    *("owl:topDataProperty", "owl:bottomDataProperty"),
    *("rdfs:label", "rdfs:comment", "rdfs:seeAlso", "rdfs:isDefinedBy", "owl:deprecated", "owl:versionInfo"),
    *("owl:priorVersion", "owl:backwardCompatibleWith", "owl:incompatibleWith"),
    *(
        "rdfs:Literal",
        "rdf:PlainLiteral",
        "rdf:XMLLiteral",
        "xsd:string",
        "xsd:normalizedString",
        "xsd:token",
    ),
    *("xsd:language", "xsd:Name", "xsd:NCName", "xsd:NMTOKEN", "xsd:boolean", "xsd:decimal", "xsd:integer"),
    *("xsd:nonNegativeInteger", "xsd:nonPositiveInteger", "xsd:positiveInteger", "xsd:negativeInteger"),
    *("xsd:long", "xsd:int", "xsd:short", "xsd:byte", "xsd:unsignedLong", "xsd:unsignedInt"),
    *("xsd:unsignedShort", "xsd:unsignedByte", "xsd:float", "xsd:double", "xsd:hexBinary"),
    *("xsd:base64Binary", "xsd:anyURI", "xsd:dateTime", "xsd:dateTimeStamp"),
)

# fmt: off
(
    TYPE, FIRST, REST, NIL,
    SUB_CLASS_OF, SUB_PROPERTY_OF, DOMAIN, RANGE, DATATYPE,
    SAME_AS, DIFFERENT_FROM, ALL_DIFFERENT, MEMBERS, DISTINCT_MEMBERS,
    THING, NOTHING, CLASS, OBJECT_PROPERTY, DATATYPE_PROPERTY,
    ANNOTATION_PROPERTY, FUNCTIONAL_PROPERTY, INVERSE_FUNCTIONAL_PROPERTY,
    IRREFLEXIVE_PROPERTY, SYMMETRIC_PROPERTY, ASYMMETRIC_PROPERTY, TRANSITIVE_PROPERTY,
    PROPERTY_CHAIN_AXIOM, EQUIVALENT_PROPERTY, PROPERTY_DISJOINT_WITH, INVERSE_OF,
    ALL_DISJOINT_PROPERTIES, HAS_KEY, SOURCE_INDIVIDUAL, ASSERTION_PROPERTY,
    TARGET_INDIVIDUAL, TARGET_VALUE, INTERSECTION_OF, UNION_OF, COMPLEMENT_OF,
    ON_PROPERTY, SOME_VALUES_FROM, ALL_VALUES_FROM, HAS_VALUE, MAX_CARDINALITY,
    MAX_QUALIFIED_CARDINALITY, ON_CLASS, ONE_OF, EQUIVALENT_CLASS, DISJOINT_WITH,
    ALL_DISJOINT_CLASSES, HAS_SELF, MIN_CARDINALITY, CARDINALITY,
    MIN_QUALIFIED_CARDINALITY, QUALIFIED_CARDINALITY, ON_DATA_RANGE, ON_PROPERTIES,
    DATATYPE_COMPLEMENT_OF, ON_DATATYPE, WITH_RESTRICTIONS, DISJOINT_UNION_OF,
    REFLEXIVE_PROPERTY, TOP_OBJECT_PROPERTY, BOTTOM_OBJECT_PROPERTY,
    TOP_DATA_PROPERTY, BOTTOM_DATA_PROPERTY,
) = range(NAMES.index("rdfs:label"))
# fmt: on

SIZE: Final = len(NAMES)
"""How many terms have a fixed number."""

FIRST_DATATYPE: Final = NAMES.index("rdfs:Literal")
"""The datatypes of OWL 2 RL are the numbers from this one up to `SIZE`."""

ANNOTATIONS: Final = range(NAMES.index("rdfs:label"), FIRST_DATATYPE)
"""The built-in annotation properties of OWL 2 RL."""

DATATYPES: Final = range(FIRST_DATATYPE, SIZE)

IRIS: Final = tuple(map(iri, NAMES))
"""The IRI of each term, by its number."""

"""The rules of OWL 2 RL/RDF as the W3C states them: name, table, what they need, what they give.

Source: OWL 2 Web Ontology Language Profiles (Second Edition), section 4.3, tables 4 to 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

FALSE: Final = "false"
"""What a rule gives whose premises contradict each other."""


@dataclass(frozen=True)
class Rule:
    """One rule: reach for it to show what a step of a proof rests on.

    `table` is the number of its table in the recommendation. `premises` and `conclusions` are triple
    patterns in the notation of SPARQL, parted by ` . `; `?x ( ?p1 … ?pn )` stands for a list at `?x`,
    and a line with `ⁱ` or `ʲ` holds for every, or some, member of it, as the recommendation says.
    """

    name: str
    table: int
    premises: str
    conclusions: str

    @property
    def is_clash(self) -> bool:
        """Whether its premises cannot hold together."""
        return self.conclusions == FALSE


_EQUALITY: Final = (
    ("eq-ref", "?s ?p ?o", "?s owl:sameAs ?s . ?p owl:sameAs ?p . ?o owl:sameAs ?o"),
    ("eq-sym", "?x owl:sameAs ?y", "?y owl:sameAs ?x"),
    ("eq-trans", "?x owl:sameAs ?y . ?y owl:sameAs ?z", "?x owl:sameAs ?z"),
    ("eq-rep-s", "?s owl:sameAs ?s2 . ?s ?p ?o", "?s2 ?p ?o"),
    ("eq-rep-p", "?p owl:sameAs ?p2 . ?s ?p ?o", "?s ?p2 ?o"),
    ("eq-rep-o", "?o owl:sameAs ?o2 . ?s ?p ?o", "?s ?p ?o2"),
    ("eq-diff1", "?x owl:sameAs ?y . ?x owl:differentFrom ?y", FALSE),
    (
        "eq-diff2",
        "?x rdf:type owl:AllDifferent . ?x owl:members ?y . ?y ( ?z1 … ?zn ) . ?zⁱ owl:sameAs ?zʲ",
        FALSE,
    ),
    (
        "eq-diff3",
        "?x rdf:type owl:AllDifferent . ?x owl:distinctMembers ?y . ?y ( ?z1 … ?zn ) . ?zⁱ owl:sameAs ?zʲ",
        FALSE,
    ),
)

_PROPERTIES: Final = (
    ("prp-ap", "", "?ap rdf:type owl:AnnotationProperty"),
    ("prp-dom", "?p rdfs:domain ?c . ?x ?p ?y", "?x rdf:type ?c"),
    ("prp-rng", "?p rdfs:range ?c . ?x ?p ?y", "?y rdf:type ?c"),
    ("prp-fp", "?p rdf:type owl:FunctionalProperty . ?x ?p ?y1 . ?x ?p ?y2", "?y1 owl:sameAs ?y2"),
    ("prp-ifp", "?p rdf:type owl:InverseFunctionalProperty . ?x1 ?p ?y . ?x2 ?p ?y", "?x1 owl:sameAs ?x2"),
    ("prp-irp", "?p rdf:type owl:IrreflexiveProperty . ?x ?p ?x", FALSE),
    ("prp-symp", "?p rdf:type owl:SymmetricProperty . ?x ?p ?y", "?y ?p ?x"),
    ("prp-asyp", "?p rdf:type owl:AsymmetricProperty . ?x ?p ?y . ?y ?p ?x", FALSE),
    ("prp-trp", "?p rdf:type owl:TransitiveProperty . ?x ?p ?y . ?y ?p ?z", "?x ?p ?z"),
    ("prp-spo1", "?p1 rdfs:subPropertyOf ?p2 . ?x ?p1 ?y", "?x ?p2 ?y"),
    (
        "prp-spo2",
        "?p owl:propertyChainAxiom ?x . ?x ( ?p1 … ?pn ) . ?u1 ?p1 ?u2 . … . ?un ?pn ?un+1",
        "?u1 ?p ?un+1",
    ),
    ("prp-eqp1", "?p1 owl:equivalentProperty ?p2 . ?x ?p1 ?y", "?x ?p2 ?y"),
    ("prp-eqp2", "?p1 owl:equivalentProperty ?p2 . ?x ?p2 ?y", "?x ?p1 ?y"),
    ("prp-pdw", "?p1 owl:propertyDisjointWith ?p2 . ?x ?p1 ?y . ?x ?p2 ?y", FALSE),
    (
        "prp-adp",
        "?x rdf:type owl:AllDisjointProperties . ?x owl:members ?y . ?y ( ?p1 … ?pn )"
        " . ?u ?pⁱ ?v . ?u ?pʲ ?v",
        FALSE,
    ),
    ("prp-inv1", "?p1 owl:inverseOf ?p2 . ?x ?p1 ?y", "?y ?p2 ?x"),
    ("prp-inv2", "?p1 owl:inverseOf ?p2 . ?x ?p2 ?y", "?y ?p1 ?x"),
    (
        "prp-key",
        "?c owl:hasKey ?u . ?u ( ?p1 … ?pn ) . ?x rdf:type ?c . ?x ?pⁱ ?zⁱ . ?y rdf:type ?c . ?y ?pⁱ ?zⁱ",
        "?x owl:sameAs ?y",
    ),
    (
        "prp-npa1",
        "?x owl:sourceIndividual ?i1 . ?x owl:assertionProperty ?p . ?x owl:targetIndividual ?i2"
        " . ?i1 ?p ?i2",
        FALSE,
    ),
    (
        "prp-npa2",
        "?x owl:sourceIndividual ?i . ?x owl:assertionProperty ?p . ?x owl:targetValue ?lt . ?i ?p ?lt",
        FALSE,
    ),
)

_ZERO: Final = '"0"^^xsd:nonNegativeInteger'
_ONE: Final = '"1"^^xsd:nonNegativeInteger'
_TWO_OF_A_CLASS: Final = "?u rdf:type ?x . ?u ?p ?y1 . ?y1 rdf:type ?c . ?u ?p ?y2 . ?y2 rdf:type ?c"

_CLASSES: Final = (
    ("cls-thing", "", "owl:Thing rdf:type owl:Class"),
    ("cls-nothing1", "", "owl:Nothing rdf:type owl:Class"),
    ("cls-nothing2", "?x rdf:type owl:Nothing", FALSE),
    ("cls-int1", "?c owl:intersectionOf ?x . ?x ( ?c1 … ?cn ) . ?y rdf:type ?cⁱ", "?y rdf:type ?c"),
    ("cls-int2", "?c owl:intersectionOf ?x . ?x ( ?c1 … ?cn ) . ?y rdf:type ?c", "?y rdf:type ?cⁱ"),
    ("cls-uni", "?c owl:unionOf ?x . ?x ( ?c1 … ?cn ) . ?y rdf:type ?cʲ", "?y rdf:type ?c"),
    ("cls-com", "?c1 owl:complementOf ?c2 . ?x rdf:type ?c1 . ?x rdf:type ?c2", FALSE),
    (
        "cls-svf1",
        "?x owl:someValuesFrom ?y . ?x owl:onProperty ?p . ?u ?p ?v . ?v rdf:type ?y",
        "?u rdf:type ?x",
    ),
    ("cls-svf2", "?x owl:someValuesFrom owl:Thing . ?x owl:onProperty ?p . ?u ?p ?v", "?u rdf:type ?x"),
    (
        "cls-avf",
        "?x owl:allValuesFrom ?y . ?x owl:onProperty ?p . ?u rdf:type ?x . ?u ?p ?v",
        "?v rdf:type ?y",
    ),
    ("cls-hv1", "?x owl:hasValue ?y . ?x owl:onProperty ?p . ?u rdf:type ?x", "?u ?p ?y"),
    ("cls-hv2", "?x owl:hasValue ?y . ?x owl:onProperty ?p . ?u ?p ?y", "?u rdf:type ?x"),
    ("cls-maxc1", f"?x owl:maxCardinality {_ZERO} . ?x owl:onProperty ?p . ?u rdf:type ?x . ?u ?p ?y", FALSE),
    (
        "cls-maxc2",
        f"?x owl:maxCardinality {_ONE} . ?x owl:onProperty ?p . ?u rdf:type ?x . ?u ?p ?y1 . ?u ?p ?y2",
        "?y1 owl:sameAs ?y2",
    ),
    (
        "cls-maxqc1",
        f"?x owl:maxQualifiedCardinality {_ZERO} . ?x owl:onProperty ?p . ?x owl:onClass ?c"
        " . ?u rdf:type ?x . ?u ?p ?y . ?y rdf:type ?c",
        FALSE,
    ),
    (
        "cls-maxqc2",
        f"?x owl:maxQualifiedCardinality {_ZERO} . ?x owl:onProperty ?p . ?x owl:onClass owl:Thing"
        " . ?u rdf:type ?x . ?u ?p ?y",
        FALSE,
    ),
    (
        "cls-maxqc3",
        f"?x owl:maxQualifiedCardinality {_ONE} . ?x owl:onProperty ?p . ?x owl:onClass ?c"
        f" . {_TWO_OF_A_CLASS}",
        "?y1 owl:sameAs ?y2",
    ),
    (
        "cls-maxqc4",
        f"?x owl:maxQualifiedCardinality {_ONE} . ?x owl:onProperty ?p . ?x owl:onClass owl:Thing"
        " . ?u rdf:type ?x . ?u ?p ?y1 . ?u ?p ?y2",
        "?y1 owl:sameAs ?y2",
    ),
    ("cls-oo", "?c owl:oneOf ?x . ?x ( ?y1 … ?yn )", "?yⁱ rdf:type ?c"),
)

_CLASS_AXIOMS: Final = (
    ("cax-sco", "?c1 rdfs:subClassOf ?c2 . ?x rdf:type ?c1", "?x rdf:type ?c2"),
    ("cax-eqc1", "?c1 owl:equivalentClass ?c2 . ?x rdf:type ?c1", "?x rdf:type ?c2"),
    ("cax-eqc2", "?c1 owl:equivalentClass ?c2 . ?x rdf:type ?c2", "?x rdf:type ?c1"),
    ("cax-dw", "?c1 owl:disjointWith ?c2 . ?x rdf:type ?c1 . ?x rdf:type ?c2", FALSE),
    (
        "cax-adc",
        "?x rdf:type owl:AllDisjointClasses . ?x owl:members ?y . ?y ( ?c1 … ?cn )"
        " . ?z rdf:type ?cⁱ . ?z rdf:type ?cʲ",
        FALSE,
    ),
)

_DATATYPES: Final = (
    ("dt-type1", "", "?dt rdf:type rdfs:Datatype"),
    ("dt-type2", "", "?lt rdf:type ?dt"),
    ("dt-eq", "", "?lt1 owl:sameAs ?lt2"),
    ("dt-diff", "", "?lt1 owl:differentFrom ?lt2"),
    ("dt-not-type", "?lt rdf:type ?dt", FALSE),
)

_ON_THE_SAME: Final = "?c1 owl:onProperty ?p"
_ON_TWO: Final = "?c2 owl:onProperty ?p2 . ?p1 rdfs:subPropertyOf ?p2"

_SCHEMA: Final = (
    (
        "scm-cls",
        "?c rdf:type owl:Class",
        "?c rdfs:subClassOf ?c . ?c owl:equivalentClass ?c . ?c rdfs:subClassOf owl:Thing"
        " . owl:Nothing rdfs:subClassOf ?c",
    ),
    ("scm-sco", "?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c3", "?c1 rdfs:subClassOf ?c3"),
    ("scm-eqc1", "?c1 owl:equivalentClass ?c2", "?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c1"),
    ("scm-eqc2", "?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c1", "?c1 owl:equivalentClass ?c2"),
    (
        "scm-op",
        "?p rdf:type owl:ObjectProperty",
        "?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p",
    ),
    (
        "scm-dp",
        "?p rdf:type owl:DatatypeProperty",
        "?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p",
    ),
    ("scm-spo", "?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p3", "?p1 rdfs:subPropertyOf ?p3"),
    (
        "scm-eqp1",
        "?p1 owl:equivalentProperty ?p2",
        "?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p1",
    ),
    (
        "scm-eqp2",
        "?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p1",
        "?p1 owl:equivalentProperty ?p2",
    ),
    ("scm-dom1", "?p rdfs:domain ?c1 . ?c1 rdfs:subClassOf ?c2", "?p rdfs:domain ?c2"),
    ("scm-dom2", "?p2 rdfs:domain ?c . ?p1 rdfs:subPropertyOf ?p2", "?p1 rdfs:domain ?c"),
    ("scm-rng1", "?p rdfs:range ?c1 . ?c1 rdfs:subClassOf ?c2", "?p rdfs:range ?c2"),
    ("scm-rng2", "?p2 rdfs:range ?c . ?p1 rdfs:subPropertyOf ?p2", "?p1 rdfs:range ?c"),
    (
        "scm-hv",
        f"?c1 owl:hasValue ?i . ?c1 owl:onProperty ?p1 . ?c2 owl:hasValue ?i . {_ON_TWO}",
        "?c1 rdfs:subClassOf ?c2",
    ),
    (
        "scm-svf1",
        f"?c1 owl:someValuesFrom ?y1 . {_ON_THE_SAME} . ?c2 owl:someValuesFrom ?y2 . ?c2 owl:onProperty ?p"
        " . ?y1 rdfs:subClassOf ?y2",
        "?c1 rdfs:subClassOf ?c2",
    ),
    (
        "scm-svf2",
        f"?c1 owl:someValuesFrom ?y . ?c1 owl:onProperty ?p1 . ?c2 owl:someValuesFrom ?y . {_ON_TWO}",
        "?c1 rdfs:subClassOf ?c2",
    ),
    (
        "scm-avf1",
        f"?c1 owl:allValuesFrom ?y1 . {_ON_THE_SAME} . ?c2 owl:allValuesFrom ?y2 . ?c2 owl:onProperty ?p"
        " . ?y1 rdfs:subClassOf ?y2",
        "?c1 rdfs:subClassOf ?c2",
    ),
    (
        "scm-avf2",
        f"?c1 owl:allValuesFrom ?y . ?c1 owl:onProperty ?p1 . ?c2 owl:allValuesFrom ?y . {_ON_TWO}",
        "?c2 rdfs:subClassOf ?c1",
    ),
    ("scm-int", "?c owl:intersectionOf ?x . ?x ( ?c1 … ?cn )", "?c rdfs:subClassOf ?cⁱ"),
    ("scm-uni", "?c owl:unionOf ?x . ?x ( ?c1 … ?cn )", "?cⁱ rdfs:subClassOf ?c"),
)

_TABLES: Final = {
    4: _EQUALITY,
    5: _PROPERTIES,
    6: _CLASSES,
    7: _CLASS_AXIOMS,
    8: _DATATYPES,
    9: _SCHEMA,
}

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {name: Rule(name, table, *texts) for table, rows in _TABLES.items() for name, *texts in rows}
)
"""Every rule by its W3C name, in the order of the tables."""

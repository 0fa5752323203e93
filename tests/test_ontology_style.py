"""The shapes of the ontology's own style: nothing breaks them, and each catches its mutation."""

from __future__ import annotations

import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from dealgraph.check.graph import CheckedGraph
from dealgraph.terms import compact, iri
from ontology_files import FILES, ONTOLOGY, PREFIX_LINES

SHAPES = rdflib.Graph()
for file in ("style", "prefixes"):
    SHAPES.parse(ONTOLOGY / "shapes" / f"{file}.ttl")
STYLE_SHAPES = {
    compact(str(shape))
    for kind in (SH.NodeShape, SH.PropertyShape)
    for shape in SHAPES.subjects(rdflib.RDF.type, kind)
}

WELL_STYLED = """
<https://w3id.org/dealgraph/ontology/deals> a owl:Ontology ;
    owl:versionIRI <https://w3id.org/dealgraph/ontology/0.1.0/deals> ;
    dcterms:title "Deals"@en , "Opérations"@fr ;
    dcterms:description "On deals."@en , "Des opérations."@fr ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
dg:Deal a owl:Class ; rdfs:isDefinedBy <https://w3id.org/dealgraph/ontology/deals> ;
    rdfs:label "deal"@en , "opération"@fr ;
    skos:definition "An agreement to sell."@en , "Un accord de vente."@fr ;
    skos:example "A sale."@en ; vs:term_status "testing" .
dg:price a owl:ObjectProperty ; rdfs:isDefinedBy <https://w3id.org/dealgraph/ontology/deals> ;
    rdfs:label "price"@en , "prix"@fr ; dg:prospective true ; dg:identifying true ;
    skos:definition "Relates a sale to money."@en , "Relie une vente à de l'argent."@fr ;
    skos:scopeNote "Not the worth."@en , "Non la valeur."@fr ;
    skos:example "Ten euros."@en , "Dix euros."@fr ; vs:term_status "testing" .
dg:Sale a owl:Class ; rdfs:isDefinedBy <https://w3id.org/dealgraph/ontology/deals> ;
    rdfs:label "sale"@en , "vente"@fr ; owl:deprecated true ; dcterms:isReplacedBy dg:Deal ;
    skos:changeNote "Since 0.2.0: too narrow."@en , "Depuis 0.2.0 : trop étroit."@fr ;
    skos:definition "A passing of goods for money."@en , "Passage d'un bien contre de l'argent."@fr ;
    skos:example "At a shop."@en ; vs:term_status "archaic" .
"""

# By shape: what to replace in the text above, and by what, so that this shape alone complains.
MUTATIONS = {
    "StyleTermLabel": (' , "opération"@fr', ""),
    "StyleTermDefinition": (' , "Un accord de vente."@fr', ""),
    "StyleDefinitionFullStop": ("agreement to sell.", "agreement to sell"),
    "StyleDefinitionOneSentence": ("An agreement to sell.", "An agreement. It is to sell."),
    "StyleTermExample": ('"A sale."@en', '"Une vente."@fr'),
    "StyleScopeNotePair": (' , "Non la valeur."@fr', ""),
    "StyleTermModule": ("dg:Deal a owl:Class ;", "dg:Deal a owl:Class . dg:Loan a owl:Class . dg:Deal"),
    "StyleTermStatus": ("dg:Deal a owl:Class ;", 'dg:Deal a owl:Class ; vs:term_status "new" ;'),
    "StyleClassName": ("dg:Deal", "dg:deal_kind"),
    "StylePropertyName": ("dg:price a", "dg:Price a"),
    "StyleLabelShared": ('"sale"@en', '"deal"@en'),
    "StyleProspectiveOnProperty": ("dg:Deal a owl:Class ;", "dg:Deal a owl:Class ; dg:prospective true ;"),
    "StyleIdentifyingOnProperty": ("dg:identifying true", "dg:identifying false"),
    "StyleDeprecatedSuccessor": (" dcterms:isReplacedBy dg:Deal ;", ""),
    "StyleDeprecatedChangeNote": (' , "Depuis 0.2.0 : trop étroit."@fr', ""),
    "StyleModuleTitle": (' , "Opérations"@fr', ""),
    "StyleModuleDescription": ('"On deals."@en , ', ""),
    "StyleModuleVersion": ("ontology/0.1.0/deals", "ontology/deals/latest"),
    "StyleModuleLicence": ("<https://creativecommons.org/licenses/by/4.0/>", '"CC BY 4.0"'),
}


def complaints(graph: CheckedGraph) -> set[str]:
    """The shapes that a graph breaks; it is validated in place, for a copy of it would be a plain graph."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=SHAPES, inplace=True)
    assert isinstance(report, rdflib.Graph)
    return {compact(str(shape)) for shape in report.objects(None, SH.sourceShape)}


def graph_of(text: str) -> CheckedGraph:
    graph = CheckedGraph()
    graph.parse(data=PREFIX_LINES + text, format="turtle")
    return graph


def test_the_ontology_keeps_its_own_style() -> None:
    graph = CheckedGraph()
    for path in FILES.values():
        graph.parse(path)
    assert complaints(graph) == set()


def test_a_well_styled_module_conforms() -> None:
    assert complaints(graph_of(WELL_STYLED)) == set()


@pytest.mark.parametrize("shape", MUTATIONS)
def test_each_style_shape_catches_its_mutation_and_nothing_else(shape: str) -> None:
    old, new = MUTATIONS[shape]
    assert old in WELL_STYLED
    assert complaints(graph_of(WELL_STYLED.replace(old, new))) == {f"shape:{shape}"}


def test_every_style_shape_is_tried_graded_and_speaks_both_languages() -> None:
    assert {f"shape:{name}" for name in MUTATIONS} == STYLE_SHAPES
    lines = (ONTOLOGY / "shapes" / "profile.tsv").read_text(encoding="utf-8").splitlines()
    assert {line.split("\t")[0] for line in lines} >= STYLE_SHAPES
    for shape in STYLE_SHAPES:
        messages = SHAPES.objects(rdflib.URIRef(iri(shape)), SH.message)
        assert {m.language for m in messages if isinstance(m, rdflib.Literal)} == {"en", "fr"}, shape

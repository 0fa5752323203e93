"""The data described by VoID: its parts add up, and it says of classes what editors ask for."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from dealgraph.schema import uses
from dealgraph.settings import open_project
from dealgraph.stats import stats
from dealgraph.terms import iri
from dealgraph.void import DATASET, LICENCE, NOT_DATA, described, void
from graph import stored_queries, the_store
from test_stats import counted
from tiny import ROOT


def told(licence: str = "") -> set[Triple]:
    data = {g for g in the_store().named_graphs() if isinstance(g, NamedNode)} - NOT_DATA
    return set(void(counted().values(), uses(the_store(), sorted(data, key=str)), licence))


def numbers(triples: set[Triple], link: str, number: str) -> list[int]:
    """The numbers of the parts that the dataset has by a link."""
    parts = {t.object for t in triples if t.subject == NamedNode(DATASET) and t.predicate.value == iri(link)}
    found = [t.object for t in triples if t.subject in parts and t.predicate.value == iri(number)]
    return [int(term.value) for term in found if isinstance(term, Literal)]


def test_the_parts_of_the_dataset_add_up_to_it() -> None:
    triples = told()
    (whole,) = (
        t.object for t in triples if t.subject == NamedNode(DATASET) and "#triples" in str(t.predicate)
    )
    assert isinstance(whole, Literal)
    by_property = numbers(triples, "void:propertyPartition", "void:triples")
    assert sum(by_property) == sum(numbers(triples, "void:subset", "void:triples")) == int(whole.value)
    assert len(by_property) == len(counted()["properties"].rows)
    by_class = numbers(triples, "void:classPartition", "void:entities")
    assert sorted(by_class) == sorted(int(row[1]) for row in counted()["classes"].rows)


def test_every_named_graph_is_named_and_no_node_is_blank() -> None:
    triples = told()
    named = {t.object for t in triples if t.predicate.value == iri("sd:name")}
    assert named == {quad.graph_name for quad in the_store() if isinstance(quad.graph_name, NamedNode)}
    assert all(isinstance(t.subject, NamedNode) for t in triples)


def test_a_licence_is_named_only_where_it_is_known() -> None:
    link = Triple(NamedNode(DATASET), NamedNode(iri("dcterms:license")), NamedNode(LICENCE))
    assert told(LICENCE) - told() == {link}


def test_the_project_of_the_program_has_its_licence_and_no_graph_of_terms_is_data() -> None:
    counts = stats(the_store(), stored_queries().values())
    triples = set(described(the_store(), counts, open_project(ROOT)))
    assert triples == told(LICENCE)
    classes = {t.object for t in triples if t.predicate.value == iri("void:class")}
    assert NamedNode(iri("dg:Claim")) in classes
    assert NamedNode(iri("owl:ObjectProperty")) not in classes
    assert NamedNode(iri("sh:SPARQLExecutable")) not in classes

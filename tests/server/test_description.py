"""The description of the data and of the endpoint: what programs and editors read before they ask."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse

from dealgraph.desk import Desk
from dealgraph.errors import FormatMisfit
from dealgraph.examples import EXAMPLES, example_node
from dealgraph.server.endpoint import sparql_routes
from dealgraph.server.phrases import SERVER
from dealgraph.server.void_route import FORMS, OPENAPI, show_void
from dealgraph.terms import PREFIXES, iri
from dealgraph.void import DATASET, LICENCE
from dealgraph.web import Call
from test_examples import EXAMPLES_ASKED, PREFIXES_ASKED

ORIGIN = "https://deals.example"
HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
# What editors of SPARQL ask for, to complete what is typed (but for the labels that they would like too).
CLASSES_ASKED = (
    HEAD
    + """SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype WHERE {
  OPTIONAL { ?graph sd:graph ?graphDesc . ?graphDesc void:classPartition ?cp }
  ?cp void:class ?subjectClass ; void:propertyPartition ?pp .
  ?pp void:property ?prop .
  OPTIONAL {
    { ?pp void:classPartition [ void:class ?objectClass ] }
    UNION { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] }
  }
}"""
)


def as_store(body: bytes, form: RdfFormat = RdfFormat.TURTLE) -> Store:
    store = Store()
    store.extend(parse(body, format=form))
    return store


def void(desk: Desk) -> Store:
    return as_store(show_void(desk, Call("/.well-known/void", origin=ORIGIN)).whole())


def service(desk: Desk, language: str = "en", *open_to: str) -> Store:
    (route, *_) = sparql_routes(open_to)
    call = Call("/sparql", accept="text/turtle", language=language, origin=ORIGIN)
    return as_store(route.answer(desk, call).whole())


def rows(store: Store, query: str) -> list[dict[str, str]]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in found]


def objects(store: Store, subject: str, predicate: str) -> set[object]:
    node = NamedNode(subject)
    return {q.object for q in store.quads_for_pattern(node, NamedNode(iri(predicate)), None, None)}


# --- the data -----------------------------------------------------------------------------------------------


def test_the_data_is_described_with_the_ways_to_ask_for_it(desk: Desk) -> None:
    told = void(desk)
    assert objects(told, DATASET, "void:sparqlEndpoint") == {NamedNode(f"{ORIGIN}/sparql")}
    assert objects(told, DATASET, "foaf:homepage") == {NamedNode(f"{ORIGIN}/")}
    assert objects(told, f"{ORIGIN}/api", "dcat:endpointDescription") == {NamedNode(ORIGIN + OPENAPI)}
    assert objects(told, f"{ORIGIN}/.well-known/void", "foaf:primaryTopic") == {NamedNode(DATASET)}


def test_examples_of_things_are_things_of_the_graph(desk: Desk) -> None:
    found = objects(void(desk), DATASET, "void:exampleResource")
    assert len(found) >= 3
    for example in found:
        assert isinstance(example, NamedNode)
        assert any(desk.store.quads_for_pattern(example, None, None, NamedNode(iri("graph:things"))))


def test_a_licence_is_claimed_for_the_project_of_the_program_only(desk: Desk) -> None:
    assert NamedNode(LICENCE) not in objects(void(desk), DATASET, "dcterms:license")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.suffix)
def test_every_form_says_the_same(desk: Desk, form: object) -> None:
    from dealgraph.formats import GRAPH_FORMATS
    from dealgraph.web import Offer

    assert isinstance(form, Offer)
    answer = show_void(desk, Call("/.well-known/void", accept=form.media_types[0], origin=ORIGIN))
    assert answer.media_type == form.media_type
    assert set(as_store(answer.whole(), GRAPH_FORMATS[form.suffix])) == set(void(desk))


def test_a_form_that_is_not_there_is_refused_with_those_that_are(desk: Desk) -> None:
    with pytest.raises(FormatMisfit, match="text/turtle"):
        show_void(desk, Call("/.well-known/void", accept="image/png"))


def test_it_is_counted_once(desk: Desk) -> None:
    assert desk.void is desk.void


# --- the endpoint -------------------------------------------------------------------------------------------


def as_asked_of_the_default_graph(query: str) -> str:
    return query.replace("GRAPH graph:queries {", "{").replace("GRAPH ?graph {", "{")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_editors_find_each_example_once_and_in_the_language_of_the_reader(desk: Desk, language: str) -> None:
    asked = as_asked_of_the_default_graph(EXAMPLES_ASKED).replace('LANG(?comment) = "en"', "true")
    found = rows(service(desk, language), asked)
    assert len(found) > 80
    assert len({row["sq"] for row in found}) == len(found)
    comment = next(row["comment"] for row in found if row["sq"] == example_node("people/leaders").value)
    assert comment.startswith("Who heads" if language == "en" else "Qui dirige")


def test_editors_find_the_prefixes(desk: Desk) -> None:
    found = rows(service(desk), as_asked_of_the_default_graph(PREFIXES_ASKED))
    assert {row["prefix"]: row["namespace"] for row in found} == PREFIXES


def test_editors_find_what_the_default_graph_can_be_asked(desk: Desk) -> None:
    found = rows(service(desk), CLASSES_ASKED)
    in_words = {tuple(row.get(name, "") for name in ("subjectClass", "prop", "objectClass")) for row in found}
    assert (iri("dg:Tenure"), iri("dg:tenureOf"), iri("dg:Person")) in in_words
    datatypes = {(row["prop"], row["objectDatatype"]) for row in found if "objectDatatype" in row}
    assert (iri("dg:earliest"), iri("xsd:date")) in datatypes
    for row in found:
        asked = f"ASK {{ ?thing a <{row['subjectClass']}> ; <{row['prop']}> ?value }}"
        assert bool(desk.store.query(asked)), row


def test_a_query_that_asks_elsewhere_is_an_example_only_where_it_is_answered(desk: Desk) -> None:
    federated = example_node("federated/founding-dates")
    (endpoint,) = (
        quad.object.value
        for quad in desk.store.quads_for_pattern(
            federated, NamedNode(iri("spex:federatesWith")), None, EXAMPLES
        )
        if isinstance(quad.object, NamedNode)
    )
    target = NamedNode(iri("schema:target"))
    assert not any(service(desk).quads_for_pattern(federated, None, None, DefaultGraph()))
    assert any(service(desk, "en", endpoint).quads_for_pattern(federated, target, None, DefaultGraph()))


def test_every_example_names_this_endpoint(desk: Desk) -> None:
    told = service(desk)
    assert objects(told, example_node("people/leaders").value, "schema:target") == {
        NamedNode(f"{ORIGIN}/sparql")
    }


def test_the_texts_are_there_in_both_languages(desk: Desk) -> None:
    assert SERVER["en"].keys() == SERVER["fr"].keys()
    labels = objects(service(desk), f"{ORIGIN}/sparql#service", "rdfs:label")
    assert {label.language for label in labels if isinstance(label, Literal)} == {"en", "fr"}

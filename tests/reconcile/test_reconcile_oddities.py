"""Graphs that are odd: homonyms, nothing at all, values that are none, names that look like markup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from reconcile_calls import answer, candidates, got, named, posted

from dealgraph.desk import Desk
from dealgraph.terms import iri


def node(name: str) -> NamedNode:
    return NamedNode(iri(name))


def thing(name: str, kind: str, label: str, *facts: tuple[str, NamedNode | Literal]) -> Iterable[Quad]:
    """The quads of a thing: in the graph of things and in the default graph."""
    told: list[tuple[str, NamedNode | Literal]]
    told = [("rdf:type", node(kind)), ("rdfs:label", Literal(label, language="en")), *facts]
    for graph in (node("graph:things"), DefaultGraph()):
        yield from (Quad(node(name), node(link), value, graph) for link, value in told)


def graph(desk: Desk, *things: Iterable[Quad]) -> Desk:
    """A desk with these things only, and the ontology of the project."""
    store = Store()
    store.extend(desk.store.quads_for_pattern(None, None, None, node("graph:ontology")))
    store.extend(quad for quads in things for quad in quads)
    return replace(desk, store=store)


def test_one_of_two_namesakes_is_never_matched_unseen(desk: Desk) -> None:
    two = [thing(f"id:helios-{n}", "dg:Company", "Helios") for n in (1, 2)]
    found = candidates(graph(desk, *two), "Helios", type="Company")
    assert [(each["id"], each["match"]) for each in found] == [("helios-1", False), ("helios-2", False)]


def test_a_type_tells_namesakes_apart(desk: Desk) -> None:
    both = graph(
        desk,
        thing("id:helios", "dg:Company", "Helios"),
        thing("id:helios-site", "dg:Facility", "Helios"),
    )
    for kind, ident in (("Company", "helios"), ("Facility", "helios-site")):
        found = candidates(both, "Helios", type=kind)
        assert (found[0]["id"], found[0]["match"]) == (ident, True)
        assert [each["match"] for each in found[1:]] == [False]
    assert not any(each["match"] for each in candidates(both, "Helios"))


def test_a_country_tells_namesakes_apart(desk: Desk) -> None:
    countries = ("germany", "france")
    both = graph(
        desk,
        *(thing(f"id:{name}", "dg:Country", name.title()) for name in countries),
        *(
            thing(f"id:helios-{name}", "dg:Company", "Helios", ("dg:basedIn", node(f"id:{name}")))
            for name in countries
        ),
    )

    def found(place: str) -> list[tuple[str, bool]]:
        listed = candidates(both, "Helios", type="Company", properties=[named("basedIn", place)])
        return [(each["id"], each["match"]) for each in listed]

    for place in ("France", "FR", "france"):
        assert found(place) == [("helios-france", True), ("helios-germany", False)]
    assert not any(match for _, match in found("Spain"))
    assert not any(match for _, match in found("Lyon"))


def test_an_empty_graph_answers_all_the_same(desk: Desk) -> None:
    empty = replace(desk, store=Store())
    assert got(empty, "/reconcile")["defaultTypes"] == []
    assert candidates(empty, "Meta") == []
    for kind in ("entity", "type"):
        assert got(empty, f"/reconcile/suggest/{kind}", prefix="")["result"] == []


@pytest.mark.parametrize(
    ("text", "datatype", "cell"),
    [
        ("INF", "xsd:double", {"str": "INF"}),
        ("NaN", "xsd:double", {"str": "NaN"}),
        ("many", "xsd:integer", {"str": "many"}),
        ("1" + "0" * 310, "xsd:integer", {"str": "1" + "0" * 310}),
        ("2147483648", "xsd:integer", {"float": 2147483648.0}),
        ("2147483647", "xsd:integer", {"int": 2147483647}),
        ("-0.5", "xsd:decimal", {"float": -0.5}),
        ("true", "xsd:boolean", {"str": "true"}),
    ],
)
def test_a_literal_is_a_number_only_where_it_is_one(
    desk: Desk, text: str, datatype: str, cell: dict[str, object]
) -> None:
    entry = thing(
        "id:entry", "dg:RankingEntry", "entry", ("dg:position", Literal(text, datatype=node(datatype)))
    )
    query = {"ids": ["entry"], "properties": [{"id": "position"}]}
    (found,) = posted(graph(desk, entry), extend=query)["rows"]["entry"]["position"]
    assert found in (cell, {"str": text})
    assert found.keys() == cell.keys()


def test_a_name_that_looks_like_markup_is_only_text(desk: Desk) -> None:
    odd = graph(desk, thing("id:odd", "dg:Company", '<script>"&</script>'))
    html = answer(odd, "/reconcile/preview", query=(("id", "odd"),)).whole().decode()
    fly = got(odd, "/reconcile/flyout/entity", id="odd")["html"]
    for text in (html, fly):
        assert "<script" not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize("name", ["a/b", "d%C3%A9j%C3%A0", "été", "x(y)"])
def test_any_id_leads_back_to_its_thing(desk: Desk, name: str) -> None:
    odd = graph(desk, thing(f"id:{name}", "dg:Company", "Helios"))
    (found,) = candidates(odd, "Helios")
    assert found["id"] == name
    assert answer(odd, "/reconcile/preview", query=(("id", name),)).status == 200

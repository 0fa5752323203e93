"""From what a person types to the thing: forgiving, and never guessing in silence."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from dealgraph.errors import AmbiguousName, UnknownName
from dealgraph.lookup import find, fold
from dealgraph.terms import iri
from tiny import store_of

THINGS = """graph:things {
id:bluewave a dg:Company ; rdfs:label "Bluewave"@en , "Bluewave"@fr ; skos:altLabel "BW" .
id:northwind a dg:Company ; rdfs:label "Northwind Électricité"@fr , "Northwind Electricity"@en .
id:northwind-labs a dg:Laboratory ; rdfs:label "Northwind Labs" .
id:centre-jean-moulin a dg:Facility ; rdfs:label "Centre Jean-Moulin" .
id:lyon-north a dg:Facility ; rdfs:label "Lyon 1" ; skos:altLabel "the plant" .
id:lyon-south a dg:Facility ; rdfs:label "Lyon 2" ; skos:altLabel "the plant" .
id:odd a dg:Company ; rdfs:label "id:the-odd-one" .
id:untyped rdfs:label "Untyped" .
}"""


@pytest.fixture(scope="module")
def store() -> Store:
    return store_of(THINGS)


@pytest.mark.parametrize(
    ("text", "thing", "name"),
    [
        ("Bluewave", "bluewave", "Bluewave"),
        ("bLUEWAVE", "bluewave", "Bluewave"),
        ("  Bluewave ", "bluewave", "Bluewave"),
        ("bw", "bluewave", "BW"),
        ("northwind electricite", "northwind", "Northwind Électricité"),
        ("Northwind E\u0301lectricite\u0301", "northwind", "Northwind Électricité"),
        ("centre jean moulin", "centre-jean-moulin", "Centre Jean-Moulin"),
        ("lyon-south", "lyon-south", "Lyon 2"),
        ("Lyon South", "lyon-south", "Lyon 2"),
        ("id:bluewave", "bluewave", "id:bluewave"),
        ("<https://w3id.org/dealgraph/id/bluewave>", "bluewave", "<https://w3id.org/dealgraph/id/bluewave>"),
        ("https://w3id.org/dealgraph/id/bluewave", "bluewave", "https://w3id.org/dealgraph/id/bluewave"),
        ("id:the-odd-one", "odd", "id:the-odd-one"),
    ],
)
def test_a_name_finds_its_thing(store: Store, text: str, thing: str, name: str) -> None:
    found = find(store, text)
    assert found.thing == NamedNode(iri(f"id:{thing}"))
    assert fold(found.name) == fold(name)
    assert found.likeness == 100


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Blewave", "bluewave"),
        ("Bluewvae", "bluewave"),
        ("northwind electrcity", "northwind"),
        ("Centre Jean Moulain", "centre-jean-moulin"),
    ],
)
def test_a_typing_error_is_forgiven_and_told(store: Store, text: str, thing: str) -> None:
    found = find(store, text)
    assert found.thing == NamedNode(iri(f"id:{thing}"))
    assert 80 <= found.likeness < 100


def test_a_name_of_two_things_is_ambiguous_and_lists_them(store: Store) -> None:
    with pytest.raises(
        AmbiguousName, match=r"'The Plant': .*id:lyon-north, id:lyon-south\. Give one of these"
    ):
        find(store, "The Plant")


def test_a_typing_error_that_fits_two_things_is_ambiguous(store: Store) -> None:
    with pytest.raises(AmbiguousName, match="id:lyon-north, id:lyon-south"):
        find(store, "Lyon 3")


def test_a_typing_error_that_fits_one_thing_hardly_better_than_another_is_ambiguous() -> None:
    store = labelled(["Bluewave Energie", "Bluewave Energies"])
    with pytest.raises(AmbiguousName, match="id:thing-0, id:thing-1"):
        find(store, "Bluewave Enargie")


def test_a_name_that_is_only_somewhat_alike_is_suggested_and_not_taken(store: Store) -> None:
    with pytest.raises(UnknownName, match=r"'Northwind Lab Group': .*Did you mean: Northwind Labs"):
        find(store, "Northwind Lab Group")


@pytest.mark.parametrize("text", ["zzzzzz", "", "?", "Untyped things", "\ud800", "x" * 5000])
def test_a_name_like_no_other_is_unknown(store: Store, text: str) -> None:
    with pytest.raises(UnknownName):
        find(store, text)


@pytest.mark.parametrize(
    "text", ["id:nobody", "https://example.org/nobody", "<a://b c>", "id:untyped", "://"]
)
def test_an_iri_of_nothing_known_is_unknown(store: Store, text: str) -> None:
    with pytest.raises(UnknownName, match="no thing has this IRI"):
        find(store, text)


def test_in_an_empty_store_nothing_is_known() -> None:
    with pytest.raises(UnknownName, match="no thing has this name"):
        find(Store(), "Bluewave")


def test_a_label_in_another_graph_than_the_description_does_not_name_a_thing() -> None:
    store = store_of('graph:things { id:a a dg:Company } article:b { id:a rdfs:label "Misnomer" }')
    with pytest.raises(UnknownName):
        find(store, "Misnomer")


# --- every label ------------------------------------------------------------------------------------------

# "Meta" in letters that only look like the usual ones.
WIDE, BOLD = "\uff2d\uff45\uff54\uff41", "\U0001d40c\U0001d41e\U0001d42d\U0001d41a"
LABELS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)
    | st.sampled_from(["Meta", "méta", "META", "id:x", "http://x", "-", WIDE, BOLD]),
    min_size=1,
    max_size=8,
)


def labelled(labels: list[str]) -> Store:
    store, graph = Store(), NamedNode(iri("graph:things"))
    for number, label in enumerate(labels):
        thing = NamedNode(iri(f"id:thing-{number}"))
        store.add(Quad(thing, NamedNode(iri("rdf:type")), NamedNode(iri("dg:Company")), graph))
        store.add(Quad(thing, NamedNode(iri("rdfs:label")), Literal(label), graph))
    return store


@given(LABELS)
def test_every_label_finds_the_thing_that_has_it_or_is_reported_as_ambiguous(labels: list[str]) -> None:
    store = labelled(labels)
    for number, label in enumerate(labels):
        namesakes = [i for i, other in enumerate(labels) if fold(other) == fold(label)]
        if len(namesakes) > 1:
            with pytest.raises(AmbiguousName) as error:
                find(store, label)
            assert all(f"id:thing-{i}" in error.value.message for i in namesakes)
        else:
            found = find(store, label)
            assert found.thing.value == iri(f"id:thing-{number}")
            assert (found.name, found.likeness) == (label, 100)


@given(st.text(), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_two_spellings_of_one_text_fold_alike(text: str, form: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize(form, text)) == fold(text)  # type: ignore[arg-type]


@given(st.text("abzéàçœŒÉ -'"))
def test_capitals_and_small_letters_fold_alike(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)

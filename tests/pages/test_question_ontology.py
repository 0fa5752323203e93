"""The pages of the ontology, the editor and the page about the site."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from dealgraph.desk import Desk
from dealgraph.errors import UnknownName
from dealgraph.pages.about import about_page
from dealgraph.pages.editor import ASSETS, MOST_ROWS, editor_page, first_query, has_yasgui
from dealgraph.pages.ontology import ontology_page, term_page
from dealgraph.pages.ontology_terms import Branch, Vocabulary
from dealgraph.pages.phrases import PAGES
from dealgraph.pages.phrases_about import ABOUT
from dealgraph.pages.phrases_columns import COLUMNS, VALUES
from dealgraph.pages.phrases_disputes import DISPUTES
from dealgraph.pages.phrases_ontology import ONTOLOGY_PAGES
from dealgraph.pages.phrases_questions import QUESTIONS
from dealgraph.sources import ONTOLOGY
from dealgraph.stored import FEDERATED
from dealgraph.terms import iri
from dealgraph.web import Answer, Call, href

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def text_of(answer: Answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.whole().decode())).split())


def term(desk: Desk, name: str, language: str = "en", accept: str = "text/html") -> Answer:
    return term_page(desk, Call(f"/ontology/{name}", {"name": name}, language=language, accept=accept))


def ontology(desk: Desk, suffix: str = "", language: str = "en", accept: str = "text/html") -> Answer:
    return ontology_page(desk, Call(f"/ontology{suffix}", language=language, accept=accept))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_term_stands_on_the_page_with_its_definition(desk: Desk, language: str) -> None:
    page = ontology(desk, language=language).whole().decode()
    text = html.unescape(page)
    for each in Vocabulary(desk.store).terms.values():
        assert f'id="{each.name}"' in page
        assert each.definition[language] in text


def test_the_hierarchy_holds_every_class_and_no_class_is_above_itself(desk: Desk) -> None:
    vocabulary = Vocabulary(desk.store)
    met: set[str] = set()

    def walk(branch: Branch, above: frozenset[str]) -> None:
        assert branch.term.iri not in above
        met.add(branch.term.iri)
        for below in branch.below:
            walk(below, above | {branch.term.iri})

    for top in vocabulary.classes:
        walk(top, frozenset())
    assert met == {each.iri for each in vocabulary.terms.values() if each.kind == "class"}


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_ontology_can_be_had_as_rdf(desk: Desk, suffix: str) -> None:
    expected = {q.triple for q in desk.store.quads_for_pattern(None, None, None, ONTOLOGY)}
    found = list(ox.parse(ontology(desk, f".{suffix}").whole(), format=FORMATS[suffix]))
    assert len({q.triple for q in found}) == len(expected)


def test_a_client_that_wants_rdf_gets_rdf(desk: Desk) -> None:
    answer = term(desk, "Deal", accept="text/turtle")
    assert answer.media_type.startswith("text/turtle")
    triples = [quad.triple for quad in ox.parse(answer.whole(), format=ox.RdfFormat.TURTLE)]
    assert all(triple.subject == ox.NamedNode(iri("dg:Deal")) for triple in triples)
    assert len(triples) > 8


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_term_has_a_page_with_its_definition(desk: Desk, language: str) -> None:
    every = list(Vocabulary(desk.store).terms.values())
    for each in every[language == "fr" :: 10]:  # that each has one, the links of /ontology show
        answer = term(desk, each.name, language)
        assert answer.status == 200
        assert each.definition[language] in html.unescape(answer.whole().decode())


def test_the_page_of_a_term_tells_its_place_its_use_and_its_neighbours_elsewhere(desk: Desk) -> None:
    text = text_of(term(desk, "Company"))
    assert "A kind of organization" in text
    assert "Scale AI" in text
    assert "hyperscaler" in text.partition("Narrower")[2]
    assert "skos:closeMatch" in text.partition("In other vocabularies")[2]
    assert "foaf:Organization" in text_of(term(desk, "Organization"))
    text = text_of(term(desk, "tenureOf"))
    assert "Nothing has two “tenure of”." in text
    assert "From tenure To person" in text


def test_a_module_leads_to_its_place_and_an_unknown_term_is_not_found(desk: Desk) -> None:
    assert term(desk, "deals").headers["Location"] == "/ontology#deals"
    with pytest.raises(UnknownName):
        term(desk, "Nothing")
    assert href(iri("dg:Deal")) == "/ontology/Deal"


# --- the editor -------------------------------------------------------------------------------------------


def edited(desk: Desk, *query: tuple[str, str], language: str = "en") -> Answer:
    return editor_page(desk, Call("/editor", query=query, language=language))


def test_a_query_is_run_and_its_rows_are_told_in_words(desk: Desk) -> None:
    query = first_query("en")
    page = edited(desk, ("query", query), ("run", "1"))
    assert "3 rows" in text_of(page)
    assert 'href="/id/deal-meta-scale-ai-2025"' in page.whole().decode()
    assert "Result" not in text_of(edited(desk, ("query", query)))


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("SELECT * {\n ?s xx:y ?o }", 400, "query:2"),
        ("SELECT * {\n ?s ?p }", 400, "query:2:"),
        ("DELETE WHERE { ?s ?p ?o }", 400, "Only queries are answered, no updates"),
        ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", 0, "This query cannot be run"),
    ],
)
def test_a_wrong_query_is_told_with_its_place(desk: Desk, query: str, status: int, told: str) -> None:
    answer = edited(desk, ("query", query), ("run", "1"))
    assert answer.status in ((status,) if status else (400, 403))
    assert told in text_of(answer)


def test_no_more_than_a_thousand_rows_are_shown(desk: Desk) -> None:
    answer = edited(desk, ("query", "SELECT * { GRAPH ?g { ?s ?p ?o } }"), ("run", "1"))
    assert answer.whole().count(b"<tr><td") == MOST_ROWS
    assert f"The first {MOST_ROWS} rows are shown" in text_of(answer)


def test_every_question_for_this_graph_is_an_example(desk: Desk) -> None:
    page = edited(desk).whole().decode()
    for query in desk.queries:
        assert (f'href="/editor?example={query.name}"' in page) == (query.topic != FEDERATED)
    assert "SELECT ?deal ?dealClass" in edited(desk, ("example", "deals/list")).whole().decode()


def test_a_text_that_would_leave_its_field_is_escaped(desk: Desk) -> None:
    page = edited(desk, ("query", "</textarea><script>alert(1)</script>"), ("run", "1")).whole().decode()
    assert "<script>alert" not in page


def test_yasgui_is_loaded_only_where_it_is_installed(desk: Desk, tmp_path: Path) -> None:
    without = replace(desk, project=replace(desk.project, state=tmp_path))
    assert not has_yasgui(without)
    assert "yasgui.min.js" not in edited(without).whole().decode()
    for name in ASSETS:
        path = tmp_path / "assets" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")
    assert 'src="/static/assets/yasgui.min.js"' in edited(without).whole().decode()


# --- about, and the phrases -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_about_the_site_names_where_programs_ask(desk: Desk, language: str) -> None:
    text = text_of(about_page(desk, Call("/about", language=language, origin="https://deals.example")))
    for path in ("/sparql", "/api", "/reconcile", "/ontology.ttl"):
        assert f"https://deals.example{path}" in text
    assert desk.manifest.content[:12] in text


@pytest.mark.parametrize("table", [QUESTIONS, DISPUTES, ONTOLOGY_PAGES, ABOUT])
def test_every_phrase_is_in_both_languages_with_the_same_places(
    table: dict[str, dict[str, str]],
) -> None:
    assert table["en"].keys() == table["fr"].keys()
    for key, text in table["en"].items():
        places = [sorted(re.findall(r"\{\w*\}", each)) for each in (text, table["fr"][key])]
        assert places[0] == places[1], key
        assert text
        assert table["fr"][key]


def test_no_phrase_is_in_two_tables() -> None:
    tables = (QUESTIONS, DISPUTES, ONTOLOGY_PAGES, ABOUT)
    keys = [key for table in tables for key in table["en"]]
    assert len(keys) == len(set(keys))
    assert set(keys) - ABOUT["en"].keys() <= PAGES["en"].keys()
    assert all(en and fr for en, fr in (*COLUMNS.values(), *VALUES.values()))

"""Search forgives accents and typing errors, and says when it has guessed."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealgraph.desk import Desk
from dealgraph.errors import WrongUsage
from dealgraph.lookup import fold
from dealgraph.pages.markup import marked, ticked
from dealgraph.pages.search import SHOWN, search_page
from dealgraph.search import How, NameIndex, Search, WordIndex
from dealgraph.terms import iri
from dealgraph.web import Answer, Call
from tiny import store_of


def searched(desk: Desk, text: str, *more: tuple[str, str], language: str = "en") -> Answer:
    return search_page(desk, Call("/search", query=[("q", text), *more], language=language))


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("ScaleAI", "scale-ai"),
        ("scale ai", "scale-ai"),
        ("SCALE-AI", "scale-ai"),
        ("Alexandr Wnag", "alexandr-wang"),
        ("alexander wang", "alexandr-wang"),
        ("prométhée", "prometheus"),
        ("Prometheus", "prometheus"),
        ("promethe", "prometheus"),
        ("zukerberg", "mark-zuckerberg"),
        ("Méta", "meta"),
        ("superintelligence labs", "meta-superintelligence-labs"),
    ],
)
def test_what_is_meant_comes_first(desk: Desk, text: str, thing: str) -> None:
    assert desk.search.things(text)[0].iri == iri(f"id:{thing}")
    page = searched(desk, text).whole().decode()
    assert re.findall(r'<p class="result-name"><a href="([^"]*)"', page)[0] == f"/id/{thing}"


def test_a_guess_is_told_and_an_exact_name_is_not_called_one(desk: Desk) -> None:
    assert "Did you mean" in searched(desk, "Alexandr Wnag").whole().decode()
    assert "Did you mean" not in searched(desk, "alexandr wang").whole().decode()


def test_only_things_of_a_class_are_found_and_of_what_is_narrower(desk: Desk) -> None:
    found = {hit.iri for hit in desk.search.things("meta", kind=iri("dg:Organization"))}
    assert {iri("id:meta"), iri("id:meta-superintelligence-labs")} <= found
    assert found < {hit.iri for hit in desk.search.things("meta")}
    assert desk.search.things("meta", kind=iri("dg:Person")) == ()


@pytest.mark.parametrize(
    ("text", "kind", "address"),
    [
        ("headline rounds", "claims", "/claim/abcbourse-2025-06-13-2"),
        ("arrondit", "claims", "/claim/abcbourse-2025-06-13-2"),
        ("stakes", "questions", "/questions/deals/stakes"),
        ("abc bourse", "articles", "/article/abcbourse-2025-06-13"),
        ("participation minoritaire", "terms", "/ontology/MinorityStake"),
    ],
)
def test_claims_questions_articles_and_terms_are_found(
    desk: Desk, text: str, kind: str, address: str
) -> None:
    assert f'href="{address}"' in searched(desk, text, ("kind", kind)).whole().decode()


def test_results_are_paged(desk: Desk) -> None:
    pages = [searched(desk, "meta", ("kind", "claims"), ("offset", str(n))) for n in (0, SHOWN)]
    names = [re.findall(r'class="result-name">', page.whole().decode()) for page in pages]
    assert [len(each) for each in names] == [SHOWN, SHOWN]


@pytest.mark.parametrize("text", ["", " ", "?", "zzzzzzzz", "\ud800", "x" * 5000, "'\"<b>", "a" * 3 + " "])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_any_text_is_answered_and_escaped(desk: Desk, text: str, language: str) -> None:
    answer = searched(desk, text.encode(errors="replace").decode(), language=language)
    assert answer.status == 200
    assert "<b>" not in answer.whole().decode()


def test_an_unknown_kind_is_told(desk: Desk) -> None:
    with pytest.raises(WrongUsage, match="there is no kind 'x'"):
        searched(desk, "meta", ("kind", "x"))


# --- the indexes ------------------------------------------------------------------------------------------

NAMES = st.lists(st.text("abcdéÉ -'1", min_size=1, max_size=12).filter(lambda t: fold(t).strip()), max_size=8)


@given(NAMES)
def test_every_name_finds_its_bearer_first(names: list[str]) -> None:
    index = NameIndex((f"urn:{number}", name) for number, name in enumerate(names))
    for number, name in enumerate(names):
        if not fold(name).replace(" ", ""):
            continue
        found = index.find(name)
        assert found[0].how is How.EXACT
        assert f"urn:{number}" in {hit.iri for hit in found if hit.how is How.EXACT}


@given(NAMES, st.text(max_size=10))
def test_hits_come_in_their_order_and_each_thing_once(names: list[str], text: str) -> None:
    found = NameIndex((f"urn:{number}", name) for number, name in enumerate(names)).find(text)
    assert len({hit.iri for hit in found}) == len(found)
    assert [hit.how for hit in found] == sorted(hit.how for hit in found)
    assert all(0 < hit.likeness <= 100 for hit in found)


def test_a_word_that_is_not_there_stands_for_the_nearest() -> None:
    index = WordIndex(["the red house", "the blue house", "a green tree"])
    assert set(index.find("huose")) == {0, 1}
    assert set(index.find("blue huose")) == {1}
    assert index.find("red tree") == {}
    assert set(index.some("red tree")) == {0, 2}
    assert max(index.find("huose").values()) < 90
    assert index.find("house")[0] == 100


def test_names_of_the_ontology_and_of_articles_are_not_things() -> None:
    store = store_of(
        'graph:things { id:a a dg:Company ; rdfs:label "Bluewave" }',
        'graph:ontology { dg:Company a owl:Class ; rdfs:label "Bluewave" }',
        'article:b { article:b a dg:Article ; rdfs:label "Bluewave" }',
    )
    search = Search(store)
    assert [hit.iri for hit in search.things("bluewave")] == [iri("id:a")]
    assert [hit.iri for hit in search.terms("bluewave")] == [iri("dg:Company")]
    assert [hit.iri for hit in search.sources("bluewave")] == [iri("article:b")]


# --- what is marked ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Alexandr Wang", "alex", "<mark>Alex</mark>andr Wang"),
        ("Électricité d'ici", "electricite", "<mark>Électricité</mark> d&#39;ici"),
        ("<b>Meta</b>", "meta", "&lt;b&gt;<mark>Meta</mark>&lt;/b&gt;"),
        ("Meta", "", "Meta"),
    ],
)
def test_what_was_met_is_marked(text: str, asked: str, expected: str) -> None:
    assert str(marked(text, asked)) == expected


@given(st.text(), st.text())
def test_marking_changes_no_letter(text: str, asked: str) -> None:
    bare = str(marked(text, asked)).replace("<mark>", "").replace("</mark>", "")
    assert html.unescape(bare) == html.unescape(html.escape(text))
    assert "<" not in bare


def test_names_of_code_are_marked_and_escaped() -> None:
    assert str(ticked("see `a<b>` & more")) == "see <code>a&lt;b&gt;</code> &amp; more"

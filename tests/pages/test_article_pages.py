"""The pages of articles and snapshots, and of what else lists or is listed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from page_calls import text_of_page, words_of
from pyoxigraph import QuerySolutions, RdfFormat, Store

from dealgraph.ask import run
from dealgraph.desk import Desk
from dealgraph.pages import lists

JUNE = "/article/abcbourse-2025-06-13"
TEXT = "A firm buys é half."
SLICE = TEXT[7:19]


def test_an_article_is_told_in_the_order_of_its_passages(desk: Desk) -> None:
    told = text_of_page(desk, JUNE)
    starts = [
        int(start)
        for start in re.findall(r'<h3 class="block-place">\[(\d+)–', told.partition('id="omissions"')[0])
    ]
    assert starts == sorted(starts)
    assert len(starts) > 40
    assert 'id="char=631,760"' in told


def test_the_coverage_is_that_of_the_stored_query(desk: Desk) -> None:
    query = next(q for q in desk.queries if q.name == "articles/coverage")
    solutions = run(desk.store, query.text, where="test")
    assert isinstance(solutions, QuerySolutions)
    rows = {row["article"].value: row["coveredPercent"].value for row in solutions}
    share = float(rows["https://w3id.org/dealgraph/article/abcbourse-2025-06-13"])
    assert f"{share:.0f}% of its text is spoken for" in words_of(text_of_page(desk, JUNE))


def test_an_article_says_who_is_credited_and_what_is_left_out(desk: Desk) -> None:
    told = words_of(text_of_page(desk, JUNE))
    assert re.search(r"← The New York Times 1 claim, facts: 0", told)
    assert "What is left out, and why [3013–3028] The name of the town stands for the company here" in told


def test_without_a_folder_of_texts_no_sentence_of_an_article_is_shown(desk: Desk) -> None:
    assert "<blockquote" not in text_of_page(desk, JUNE)


def test_a_snapshot_is_told_record_by_record(desk: Desk) -> None:
    told = words_of(text_of_page(desk, "/dataset/sp500-2026-11-25"))
    assert "META" in told
    assert "claims" in told


def test_a_dataset_that_is_no_snapshot_is_told_as_any_node(desk: Desk) -> None:
    assert "What is stated of it" in words_of(text_of_page(desk, "/dataset/ror"))


@pytest.fixture
def made_up(desk: Desk, tmp_path: Path) -> Desk:
    """One made-up article of one claim, and a folder that has its text."""
    (tmp_path / "made.txt").write_text(TEXT, encoding="utf-8")
    whole, part = (hashlib.sha256(text.encode()).hexdigest() for text in (TEXT, SLICE))
    store = Store()
    store.load(
        f"""
        PREFIX : <https://w3id.org/dealgraph/ontology#>
        PREFIX article: <https://w3id.org/dealgraph/article/>
        PREFIX claim: <https://w3id.org/dealgraph/claim/>
        PREFIX id: <https://w3id.org/dealgraph/id/>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        GRAPH article:made {{
          article:made a :Article ; rdfs:label "Made <up>: \\"news\\" & more"@en ;
            :sourceFile "made.txt" ; :publicationDate "2025-01-02"^^xsd:date ;
            :sha256 "{whole}"^^xsd:hexBinary ; :codePoints {len(TEXT)} .
          claim:made-1 a :Claim ; :subject id:firm ; :predicate :worksWith ; :object id:other ;
            :realis :Actual ; :stance :Asserted ; :polarity :Positive ; :rank :Normal ;
            :paraphrase "<b>Bold</b> & co"@en ;
            :passage <https://w3id.org/dealgraph/article/made#char=7,19> .
          <https://w3id.org/dealgraph/article/made#char=7,19> a :Passage ; :inArticle article:made ;
            :start 7 ; :end 19 ; :sha256 "{part}"^^xsd:hexBinary .
        }}
        GRAPH article:made {{
          claim:made-2 a :Claim ; :subject id:firm ; :predicate :worksWith ; :object <javascript:alert(1)> ;
            :realis :Actual ; :stance :Asserted ; :polarity :Positive ; :rank :Normal ;
            :passage <https://w3id.org/dealgraph/article/made#char=7,19> .
          claim:made-3 a :Claim ; :subject id:firm ; :predicate :worksWith ; :rank :Normal ;
            :object <https://w3id.org/dealgraph//elsewhere.example/x> ; :realis :Actual ; :stance :Asserted ;
            :polarity :Positive ; :passage <https://w3id.org/dealgraph/article/made#char=7,19> .
        }}
        GRAPH <https://w3id.org/dealgraph/graph/things> {{
          id:firm a :Company ; rdfs:label "<script>alert('firm')</script>"@en , "'\\" onmouseover=x"@fr .
          id:other a :Company ; rdfs:label "</title><img src=x onerror=alert(1)>"@en .
        }}
        id:firm :worksWith id:other .
        """,
        format=RdfFormat.TRIG,
    )
    return replace(desk, store=store, texts=tmp_path)


def test_a_passage_is_shown_where_its_digest_vouches_for_it(made_up: Desk) -> None:
    for address in ("/claim/made-1", "/article/made"):
        assert f'<blockquote class="passage">{SLICE}</blockquote>' in text_of_page(made_up, address)


@pytest.mark.parametrize("text", [TEXT.replace("half", "HALF"), TEXT + "\n"])
def test_a_changed_text_is_not_shown(made_up: Desk, text: str) -> None:
    assert made_up.texts
    (made_up.texts / "made.txt").write_text(text, encoding="utf-8")
    told = text_of_page(made_up, "/claim/made-1")
    assert "<blockquote" not in told
    assert "is not the text that the passages were taken from" in told


def test_a_text_that_is_not_there_is_said_to_be_missing(made_up: Desk) -> None:
    assert made_up.texts
    (made_up.texts / "made.txt").unlink()
    assert "is not in the folder of texts" in text_of_page(made_up, "/claim/made-1")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "address",
    [
        "/id/firm",
        "/id/other",
        "/claim/made-1",
        "/article/made",
        "/companies",
        "/articles",
        "/graph/things",
        "/",
    ],
)
def test_hostile_names_do_nothing_on_a_page(made_up: Desk, address: str, language: str) -> None:
    told = text_of_page(made_up, address, language)
    assert "<script>" not in told
    assert "<img src=x" not in told
    assert "<b>Bold" not in told
    assert '" onmouseover=x' not in told
    assert not re.search(r'(?:href|src)="(?:javascript:|//)', told)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", ["/", "/articles", "/datasets", *(f"/{name}" for name in lists.LISTS)])
def test_lists_and_the_start_page_answer_in_both_languages(desk: Desk, path: str, language: str) -> None:
    assert f'<html lang="{language}">' in text_of_page(desk, path, language)


def test_a_row_tells_what_matters_of_a_deal(desk: Desk) -> None:
    told = words_of(text_of_page(desk, "/deals"))
    assert "● fact: Meta ● fact: Scale AI ● fact: 14.3 billion dollars ● fact: 49%" in told


def test_a_role_that_is_only_expected_is_listed_as_said(desk: Desk) -> None:
    told = words_of(text_of_page(desk, "/people"))
    assert "Jason Droege ○ said, not admitted: head, Scale AI (expected)" in told


def test_every_passage_that_a_claim_links_to_has_a_place_on_the_page(desk: Desk) -> None:
    for name in ("abcbourse-2025-06-13", "arktechnews-2025-07-15"):
        article = f"https://w3id.org/dealgraph/article/{name}"
        ids = re.findall(r' id="(char=[^"]+)"', text_of_page(desk, f"/article/{name}"))
        assert len(ids) == len(set(ids))
        wanted = {
            f"char={passage.start},{passage.end}"
            for claim in desk.evidence.claims()
            if claim.article == article
            for passage in claim.passages
        }
        assert wanted - set(ids) == set()


def test_a_question_that_many_answer_tells_how_many_more_there_are(made_up: Desk) -> None:
    rows = "".join(
        f"""claim:many-{n} a :Claim ; :subject id:firm ; :predicate :competitorOf ; :object id:rival-{n} ;
        :realis :Actual ; :stance :Asserted ; :polarity :Positive ; :rank :Normal ."""
        for n in range(33)
    )
    made_up.store.load(
        f"""PREFIX : <https://w3id.org/dealgraph/ontology#> PREFIX claim: <https://w3id.org/dealgraph/claim/>
        PREFIX id: <https://w3id.org/dealgraph/id/>
        GRAPH <https://w3id.org/dealgraph/article/made> {{ {rows} }}""",
        format=RdfFormat.TRIG,
    )
    told = text_of_page(made_up, "/id/firm")
    assert told.count('href="/id/rival-') >= 20
    assert "and 13 more" in words_of(told)

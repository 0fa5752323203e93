"""The pages of claims, of proofs, and of what is missing."""

from __future__ import annotations

import json
import re

import pytest
from page_calls import ask, local_links, text_of_page, words_of

from dealgraph.desk import Desk

JUNE = "/claim/abcbourse-2025-06-13-15"
JULY = "/claim/arktechnews-2025-07-15-38"
HOLDS = "/why?subject=id:meta&predicate=dg:holdsMinorityStakeIn&object=id:scale-ai"
HOLDS_NOT = "/why?subject=id:meta&predicate=dg:controls&object=id:scale-ai"


def test_a_claim_that_is_no_fact_says_why(desk: Desk) -> None:
    told = words_of(text_of_page(desk, JUNE))
    assert "Why it is no fact only a possibility passed on from others" in told
    assert "is superseded by ● fact: The money bought 49 % of the shares." in told


def test_a_claim_that_is_a_fact_leads_to_its_why(desk: Desk) -> None:
    told = text_of_page(desk, JULY)
    assert "Why it is a fact" in told
    assert any(address.startswith("/why?") for address in local_links(told))
    assert "Stated flatly and later" in told


def test_a_claim_explains_each_facet_and_the_chain_of_credit(desk: Desk) -> None:
    told = words_of(text_of_page(desk, JUNE))
    assert "possible Presented as something that may or may not come about." in told
    assert re.search(r"who cites American media, unnamed", told)


def test_a_claim_without_texts_shows_place_and_digest(desk: Desk) -> None:
    told = text_of_page(desk, JUNE)
    assert 'href="/article/abcbourse-2025-06-13#char=631,760"' in told
    assert "724ef55ffa52e0a1e746e1f78d252817c39a99976ff6ff78a095497a9bcc7ae1" in told
    assert "<blockquote" not in told


def test_a_claim_of_a_dataset_shows_its_cell(desk: Desk) -> None:
    claim = next(c for c in desk.evidence.claims("https://w3id.org/dealgraph/id/meta") if c.cells)
    told = words_of(text_of_page(desk, claim.iri.removeprefix("https://w3id.org/dealgraph")))
    assert claim.cells[0].column in told
    assert claim.cells[0].sha256.lower() in told


def test_rivals_stand_side_by_side(desk: Desk) -> None:
    told = text_of_page(desk, "/claim/abcbourse-2025-06-13-9").partition('id="rivals"')[2]
    assert [text in words_of(told) for text in ("14.3 billion", "14 billion", "more than 14 billion")] == [
        True
    ] * 3


def test_a_proof_is_told_step_by_step_down_to_the_passage(desk: Desk) -> None:
    told = text_of_page(desk, HOLDS)
    assert "Meta holds minority stake in Scale AI" in words_of(told)
    assert re.search(r'href="/claim/arktechnews-2025-07-15-38">\[1971–2037\]', told)
    assert 'src="/why.svg?' in told


def test_a_proof_is_asked_for_by_names_too_and_says_what_was_taken(desk: Desk) -> None:
    told = words_of(text_of_page(desk, "/why?subject=Mta&predicate=holds stake in&object=scale ai"))
    assert "Meta holds stake in Scale AI" in told
    assert "“Mta” taken as Meta (id:meta)" in told


def test_what_does_not_hold_says_what_is_missing(desk: Desk) -> None:
    told = words_of(text_of_page(desk, HOLDS_NOT))
    assert "does not hold" in told
    assert "What is missing for it to hold" in told


def test_a_proof_is_data_and_a_picture_too(desk: Desk) -> None:
    told = json.loads(ask(desk, HOLDS.replace("/why", "/why.json", 1)).whole())
    assert told["holds"] is True
    assert told["proofs"][0]["kind"] == "follows"
    picture = ask(desk, HOLDS.replace("/why", "/why.svg", 1))
    assert picture.media_type == "image/svg+xml"
    assert picture.whole().startswith(b"<svg ")
    assert json.loads(ask(desk, HOLDS_NOT.replace("/why", "/why.json", 1)).whole())["holds"] is False
    assert ask(desk, HOLDS_NOT.replace("/why", "/why.svg", 1)).status == 404


def test_without_a_question_there_is_a_form(desk: Desk) -> None:
    told = text_of_page(desk, "/why?subject=meta")
    assert 'action="/why"' in told
    assert 'value="meta"' in told


@pytest.mark.parametrize(
    "query", ["subject=xyzzy&predicate=a&object=b", "subject=id:meta&predicate=price&object=<x y>"]
)
def test_a_question_that_names_nothing_is_an_error_for_people(desk: Desk, query: str) -> None:
    assert ask(desk, f"/why?{query}").status in (400, 404, 409)

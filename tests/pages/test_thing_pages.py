"""The pages of things: facts, what is only said, what follows, each with its source or its why."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from page_calls import ask, items, local_links, text_of_page, words_of

from dealgraph.desk import Desk

STAKE = "/id/stake-meta-scale-ai"
DEAL = "/id/deal-meta-scale-ai-2025"


@pytest.mark.parametrize(("language", "share"), [("en", "49%"), ("fr", "49 %")])
def test_the_possible_stake_is_said_and_the_flat_one_is_a_fact(desk: Desk, language: str, share: str) -> None:
    told = text_of_page(desk, STAKE, language)
    facts = [
        item for item in items(told, "fact") if share in item.replace("\u202f", " ").replace("\u00a0", " ")
    ]
    said = [
        item for item in items(told, "said") if share in item.replace("\u202f", " ").replace("\u00a0", " ")
    ]
    assert len(facts) == len(said) == 1
    assert "ARKTechNews" in facts[0]
    assert "ABC Bourse" in said[0]
    assert "631–760" in said[0]


def test_what_follows_is_marked_apart_from_facts_and_each_line_asks_why(desk: Desk) -> None:
    told = text_of_page(desk, "/id/scale-ai")
    lines = re.findall(r'<li class="saying is-follows">.*?</li>', told, re.DOTALL)
    assert any("California" in line for line in lines)
    assert all('href="/why?' in line for line in lines)
    assert not any("California" in item for item in items(told, "fact"))


def test_no_one_is_said_to_control_anyone(desk: Desk) -> None:
    told = words_of(text_of_page(desk, "/id/meta"))
    assert "controls" not in told
    assert "parent of" not in told


def test_every_inferred_line_leads_to_a_proof_that_ends_on_a_passage(desk: Desk) -> None:
    asked = {
        address
        for name in ("meta", "scale-ai", "deal-meta-scale-ai-2025", "alexandr-wang", "prometheus", "llama-4")
        for address in local_links(text_of_page(desk, f"/id/{name}"))
        if address.startswith("/why?")
    }
    assert len(asked) > 30
    for address in sorted(asked):
        told = text_of_page(desk, address)
        proof = told.partition('<ul class="steps proof">')[2]
        assert re.search(r'class="step step-(follows|said)"', proof), address
        assert re.search(r'<a class="chip-place[^"]*" href="/claim/', proof), address
        assert "step-missing" not in proof, address


def test_a_deal_shows_its_legs_and_who_says_each(desk: Desk) -> None:
    told = text_of_page(desk, DEAL)
    cards = [
        words_of(c) for c in re.findall(r'<article class="card card-fact">(.*?)</article>', told, re.DOTALL)
    ]
    assert len(cards) == 4
    assert [any(kind in card for card in cards) for kind in ("cash", "equity", "personnel", "cooperation")]
    assert any("20 to less than 100" in card and "expected" in card for card in cards)


def test_a_deal_works_its_valuation_out_and_holds_it_against_the_stated_one(desk: Desk) -> None:
    told = words_of(text_of_page(desk, DEAL))
    assert "implied valuation: 28.78 to 29.59 billion dollars" in told
    assert "From price: 14.3 billion dollars ; share: 49%" in told
    assert re.search(r"29 billion dollars ABC Bourse, 13 June 2025 \[1578–1663\] agrees with", told)
    assert "ratio to the previous valuation: 2.057 to 2.146 times" in told


def test_a_deal_names_what_is_said_once_as_a_fact_and_once_less_surely(desk: Desk) -> None:
    told = words_of(text_of_page(desk, DEAL))
    assert "The same, once as a fact and once less surely" in told


def test_rival_figures_stand_on_one_axis_with_a_table_beside_it(desk: Desk) -> None:
    told = text_of_page(desk, DEAL)
    figure = next(
        f for f in re.findall(r"<figure.*?</figure>", told, re.DOTALL) if "more than 14 billion" in f
    )
    assert figure.count('class="bar bar-fact"') == 1
    assert figure.count('class="bar bar-said"') == 2
    assert figure.count('class="bar-end bar-end-said"') == 1  # more than 14 billion has no upper bound
    table = words_of(figure.partition("<tbody>")[2])
    assert "14.25 billion dollars 14.3 billion dollars 14.35 billion dollars fact" in table
    assert "14 billion dollars — — said, not admitted" in table


def test_an_axis_tells_facts_by_their_fill_and_not_by_colour_alone() -> None:
    from importlib.resources import files

    style = files("dealgraph.pages").joinpath("static/style.css").read_text(encoding="utf-8")
    assert ".bar-said { fill: var(--paper)" in style
    assert re.search(r"\.bar-follows \{[^}]*stroke-dasharray", style)


def test_what_datasets_say_stands_beside_what_articles_say(desk: Desk) -> None:
    told = text_of_page(desk, "/id/prometheus")
    beside = words_of(told.partition('id="beside"')[2])
    assert "1 GW planned ARKTechNews" in beside
    assert "at least 1.36 GW" in beside
    assert "differs" in beside


def test_identifiers_are_told_apart_by_judgement(desk: Desk) -> None:
    told = words_of(text_of_page(desk, "/id/scale-ai").partition('id="identifiers"')[2])
    assert told.index("the same, in") < told.index("unsure, in") < told.index("looked for, not found, in")


def test_the_picture_draws_inferences_dashed_and_links_every_neighbour(desk: Desk) -> None:
    told = text_of_page(desk, "/id/scale-ai")
    picture = re.search(r'<svg class="around".*?</svg>', told, re.DOTALL)
    assert picture
    boxes = re.findall(r'<a href="([^"]+)"><rect class="([^"]+)"', picture.group())
    assert ("/id/alexandr-wang", "around-box") in boxes
    assert ("/id/california", "around-box around-box-follows") in boxes


def test_days_stand_on_a_timeline_with_their_bounds(desk: Desk) -> None:
    told = text_of_page(desk, "/id/alexandr-wang")
    when = words_of(told.partition('id="when"')[2].partition("</figure>")[0])
    assert "born on 14 June 1996 – 13 June 1997" in when
    assert "Alexandr Wang at Scale AI: ended by 15 July 2025" in when


def test_many_alike_become_a_table(desk: Desk) -> None:
    told = words_of(text_of_page(desk, "/id/prometheus"))
    assert re.search(r"Power level \(\d+\)|power level \(\d+\)", told)


def test_a_name_that_is_not_there_is_answered_with_near_ones(desk: Desk) -> None:
    answer = ask(desk, "/id/scale-a")
    assert answer.status == 404
    told = words_of(answer.whole().decode())
    assert "Did you mean" in told
    assert "Scale AI" in told


@pytest.mark.parametrize(
    "path", ["/id/a b", "/id/<x>", "/id/%00", '/id/"', "/claim/none", "/article/x", "/graph/no"]
)
def test_what_no_page_can_be_of_is_not_found(desk: Desk, path: str) -> None:
    assert ask(desk, path).status == 404


def test_a_thing_is_told_in_french(desk: Desk) -> None:
    told = text_of_page(desk, DEAL, "fr")
    assert '<html lang="fr">' in told
    assert "14,3 milliards de dollars" in words_of(told).replace("\u00a0", " ").replace("\u202f", " ")
    assert "Investissement de Meta" in words_of(told).replace(
        "investissement de Meta", "Investissement de Meta"
    )


def test_a_why_link_asks_for_three_whole_iris(desk: Desk) -> None:
    links = [a for a in local_links(text_of_page(desk, "/id/meta")) if a.startswith("/why?")]
    for address in links:
        asked = parse_qs(urlsplit(address).query)
        assert {"subject", "predicate", "object"} == asked.keys()
        assert all(value[0].startswith("http") for value in asked.values())


def test_a_page_on_one_thing_is_paged(desk: Desk) -> None:
    assert "Meta" in words_of(text_of_page(desk, "/id/meta?offset=100000"))
    assert ask(desk, "/id/meta?offset=-1").status == 200
    assert ask(desk, "/id/meta?offset=²").status == 200

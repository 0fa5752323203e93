"""What disagrees and what changed, as pages tell it."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from dealgraph.desk import Desk
from dealgraph.errors import WrongUsage
from dealgraph.pages.changes import changes_page, choices, usual_days
from dealgraph.pages.contradictions import KINDS, contradictions_page, groups, pairs, told
from dealgraph.pages.phrases import PAGES
from dealgraph.terms import iri
from dealgraph.web import Call


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def contradictions(desk: Desk, *query: tuple[str, str], language: str = "en") -> str:
    answer = contradictions_page(desk, Call("/contradictions", query=query, language=language))
    assert answer.status == 200
    return answer.whole().decode()


def changes(desk: Desk, *query: tuple[str, str], language: str = "en") -> str:
    answer = changes_page(desk, Call("/changes", query=query, language=language))
    assert answer.status == 200
    return answer.whole().decode()


def test_the_two_prices_stand_beside_each_other_with_their_sources(desk: Desk) -> None:
    page = contradictions(desk, ("kind", "refined"))
    (card,) = re.findall(r'<article class="sheet dispute">.*?</article>', page, flags=re.DOTALL)
    text = text_of(card)
    for part in (
        "14.3 billion dollars",
        "14 billion dollars",
        "more than 14 billion dollars",
        "ABC Bourse, 13 June 2025",
        "ARKTechNews, 15 July 2025",
        "preferred: The most precise figure",
    ):
        assert part in text
    assert 'class="axis"' in card


def test_the_worst_comes_first_and_every_pair_is_in_a_group(desk: Desk) -> None:
    found = pairs(desk)
    made = groups(desk, found)
    worst = [KINDS.index(group.kinds[0]) for group in made]
    assert worst == sorted(worst)
    grouped = {frozenset((a, b)) for group in made for a in group.claims for b in group.claims}
    assert all(frozenset((pair.one, pair.other)) in grouped for pair in found)


def test_a_fact_is_told_as_such_and_a_rumour_is_not(desk: Desk) -> None:
    shares = [
        group for group in groups(desk, pairs(desk)) if group.shared and group.shared[1] == iri("dg:share")
    ]
    (dispute,) = [told(desk, group, "en") for group in shares]
    assert [side.saying.admitted for side in dispute.sides] == [True, False]
    assert "possible" in dispute.sides[1].saying.certainty


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_kind_can_be_asked_for_and_is_put_into_words(desk: Desk, kind: str, language: str) -> None:
    page = contradictions(desk, ("kind", kind), language=language)
    assert f"kind {kind}" in PAGES[language]
    assert ("dispute" in page) == any(group.kinds[0] == kind for group in groups(desk, pairs(desk)))


def test_an_unknown_kind_of_contradiction_is_told(desk: Desk) -> None:
    with pytest.raises(WrongUsage, match="there is no kind"):
        contradictions(desk, ("kind", "<b>"))


def test_what_disagrees_can_be_asked_as_of_a_day(desk: Desk) -> None:
    assert "14.3 billion" not in contradictions(desk, ("as-of", "2025-06-30"))


def test_the_stake_appears_between_june_and_july(desk: Desk) -> None:
    page = changes(desk, ("from", "2025-06-13"), ("to", "2025-07-15"))
    appeared = text_of(page.partition('id="part-1"')[2].partition("</section>")[0])
    assert "Facts that appeared" in appeared
    assert "stake of Meta in Scale AI share fact: 49% [48.5 – 49.5]" in appeared.replace("● ", "")
    text = text_of(page)
    assert "What now follows" in text
    assert "minority stake" in text.partition("What now follows")[2]


def test_what_follows_from_a_class_alone_is_not_told(desk: Desk) -> None:
    following = text_of(changes(desk)).partition("What now follows")[2]
    assert "gigawatt facility" in following
    assert not re.search(r"\bis follows from facts: (∴ )?(agent|organization|notion)\b", following)


def test_the_usual_days_are_those_around_the_last_article(desk: Desk) -> None:
    assert usual_days(desk) == (dt.date(2025, 7, 14), dt.date(2025, 7, 15))
    offered = [choice.day for choice in choices(desk, "en")]
    assert offered == sorted(offered)
    assert {dt.date(2025, 6, 12), dt.date(2025, 6, 13), dt.date(2025, 7, 14)} <= set(offered)


def test_nothing_changes_on_one_day(desk: Desk) -> None:
    assert "Nothing changed" in changes(desk, ("from", "2025-01-01"), ("to", "2025-01-01"))


def test_changes_are_told_in_french(desk: Desk) -> None:
    text = text_of(changes(desk, ("from", "2025-07-15"), ("to", "2025-07-14"), language="fr"))
    assert "Faits disparus" in text
    assert "Entre le 15 juillet 2025 et le 14 juillet 2025" in text


@pytest.mark.parametrize("name", ["from", "to"])
def test_what_is_no_day_is_told(desk: Desk, name: str) -> None:
    with pytest.raises(WrongUsage, match="is not a day"):
        changes(desk, (name, "<script>"))

"""Errors of known kinds, planted into an article, with the findings that they must lead to and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import newsroom_beats as beats
from newsroom_page import THINGS, Figure, How, Page, Term, literal, node, term
from newsroom_story import Story
from pyoxigraph import Literal, NamedNode, Quad

_WORDS: Final = ("This is planted.", "Ceci est semé.")
_NO_FACT: Final[How] = {"realis": "Possible", "stance": "Opinion"}


@dataclass(frozen=True)
class Planted:
    """An error of a kind, and what a check must find: pairs of a rule and the IRI of its focus node."""

    kind: str
    findings: frozenset[tuple[str, str]]


def plant(page: Page, story: Story, turn: int) -> Planted:
    """Plant the error whose turn it is, or the next one that this article has room for."""
    for each in range(turn, turn + len(_KINDS)):
        kind = _KINDS[each % len(_KINDS)]
        if found := frozenset(kind(page, story)):
            named = frozenset((rule, focus.value) for rule, focus in found)
            return Planted(kind.__name__.strip("_"), named)
    raise AssertionError("unreachable")  # most kinds fit any article


Found = Iterable[tuple[str, NamedNode]]


def _without_digest(page: Page, _: Story) -> Found:
    passage = _value(page, node(f"omission:{page.slug}-1"), "dg:passage")
    _drop(page, passage, "dg:sha256")
    yield "shape:PassageHasDigest", passage


def _beyond_the_end(page: Page, _: Story) -> Found:
    _drop(page, page.article, "dg:codePoints")
    page.say(page.article, "dg:codePoints", literal(page.cursor - 1))
    end = Quad(page.article, term("dg:end"), literal(page.cursor), page.article)
    for quad in page.quads:
        if (quad.predicate, quad.object) == (end.predicate, end.object):
            yield "shape:PassageLiesInItsArticle", _named(quad.subject)


def _without_rank(page: Page, _: Story) -> Found:
    claim = _claim_on(page, "dg:hasGoal")
    _drop(page, claim, "dg:rank")
    yield "shape:ClaimHasOneRank", claim


def _reported_by_nobody(page: Page, _: Story) -> Found:
    claim = _claim_on(page, "dg:hasEffect")
    _drop(page, claim, "dg:stance")
    page.say(claim, "dg:stance", term("dg:Reported"))
    yield "shape:ReportedClaimCreditsASource", claim


def _preferred_for_no_reason(page: Page, _: Story) -> Found:
    claim = _claim_on(page, "dg:announcedOnWeekday")
    _drop(page, claim, "dg:rank")
    page.say(claim, "dg:rank", term("dg:Preferred"))
    yield "shape:RankIsExplained", claim


def _bounds_out_of_order(page: Page, story: Story) -> Found:
    figure = Figure("Ratio", "Range", Decimal(3), None, Decimal(2))
    page.claim(beats.deal(story), "multipliesValuationBy", figure, _WORDS, **_NO_FACT)
    yield "shape:BoundsAreInOrder", node(f"quantity:{page.slug}-{page.claims}")


def _more_than_all(page: Page, story: Story) -> Found:
    figure = Figure.stated("Percent", Decimal(149), Decimal("0.5"))
    yield "shape:ShareIsWithinHundred", page.claim(beats.stake(story), "share", figure, _WORDS, **_NO_FACT)


def _capacity_in_percent(page: Page, story: Story) -> Found:
    figure = Figure.stated("Percent", Decimal(2), Decimal("0.5"))
    claim = page.claim(beats.deal(story), "designCapacity", figure, _WORDS, **_NO_FACT)
    yield "shape:CapacityIsInGigawatts", claim


def _undated(page: Page, _: Story) -> Found:
    _drop(page, page.article, "dg:dateBasis")
    yield "shape:ArticleSaysHowItsDateIsKnown", page.article


def _conflict_one_way(page: Page, story: Story) -> Found:
    price = page.claim_at(beats.PRICE)
    figure = Figure.about("USDollar", Decimal(10**12))
    yield "shape:ConflictIsDeclaredBothWays", price
    claim = page.claim(beats.deal(story), "price", figure, _WORDS, conflictsWith=price, **_NO_FACT)
    yield "shape:ConflictIsDeclaredBothWays", claim


def _of_nothing(page: Page, story: Story) -> Found:
    nothing = node(f"id:nothing-{story.number}")
    claim = page.claim(beats.deal(story), "mobilises", nothing, _WORDS, **_NO_FACT)
    yield "shape:ClaimSpeaksOfDescribedThings", claim


def _in_one_language(page: Page, _: Story) -> Found:
    claim = page.claim_at(1)
    page.quads[:] = [q for q in page.quads if not (q.subject == claim and _is_in(q.object, "fr"))]
    yield "shape:WordsAreInBothLanguages", claim


def _said_twice(page: Page, _: Story) -> Found:
    first = page.claim_at(1)
    passage, span = _value(page, first, "dg:passage"), _value(page, first, "dg:object")
    again = page.claim(page.article, "publishedOn", span, _WORDS, passage=passage)
    yield "checks/duplicate-claims", min(first, again, key=str)


def _misnumbered(page: Page, _: Story) -> Found:
    claim = _claim_on(page, "dg:hasGoal")
    wrong = node(f"claim:{page.slug}-0")
    page.quads[:] = [
        Quad(wrong, q.predicate, q.object, q.graph_name) if q.subject == claim else q for q in page.quads
    ]
    yield "checks/claim-ids", wrong


def _successor_of_another(page: Page, story: Story) -> Found:
    company, other = beats.thing(story.target), page.claim_at(1)
    claim = page.claim(beats.deal(story), "mobilises", company, _WORDS, supersedes=other, **_NO_FACT)
    yield "shape:SuccessorSpeaksOfTheSame", claim


def _ended_before_it_began(page: Page, story: Story) -> Found:
    if story.is_first:
        tenure = node(f"id:tenure-{story.number}")
        page.claim(tenure, "ended", beats.time_span(page, "1950"), _WORDS)
        yield "shape:TenureStartsBeforeItEnds", tenure
        yield "shape:FoundingComesFirst", beats.thing(story.target)


def _label_in_one_language(page: Page, story: Story) -> Found:
    deal = beats.deal(story)
    page.things[:] = [q for q in page.things if not (q.subject == deal and _is_in(q.object, "fr"))]
    yield "shape:ThingHasLabels", deal


def _held_by_itself(page: Page, story: Story) -> Found:
    if story.share < 49:
        stake = beats.stake(story)
        page.things[:] = [q for q in page.things if (q.subject, q.predicate) != (stake, term("dg:holder"))]
        page.things.append(Quad(stake, term("dg:holder"), beats.thing(story.target), THINGS))
        yield "shape:HolderIsNotIssuer", stake


def _preferred_rumour(page: Page, story: Story) -> Found:
    how: How = {"rank": "Preferred", "stance": "Reported", "credit": "chain"}
    claim = page.claim(beats.deal(story), "dealDate", beats.time_span(page, "2029"), _WORDS, **how)
    page.words(claim, "dg:rankReason", _WORDS)
    yield "checks/preferred-not-admissible", claim


def _denied(page: Page, story: Story) -> Found:
    deal, leg = beats.deal(story), beats.deal(story, "cash")
    yield "checks/denied-facts", page.claim(deal, "hasLeg", leg, _WORDS, polarity="Negative")


def _preferred_twice(page: Page, story: Story) -> Found:
    for _ in range(2):
        span = beats.time_span(page, "2029")
        claim = page.claim(beats.deal(story), "dealDate", span, _WORDS, rank="Preferred")
        page.words(claim, "dg:rankReason", _WORDS)
        yield "shape:OneClaimIsPreferred", claim


_KINDS: Final[tuple[Callable[[Page, Story], Found], ...]] = (
    _without_digest,
    _beyond_the_end,
    _without_rank,
    _reported_by_nobody,
    _preferred_for_no_reason,
    _bounds_out_of_order,
    _more_than_all,
    _capacity_in_percent,
    _undated,
    _conflict_one_way,
    _of_nothing,
    _in_one_language,
    _said_twice,
    _misnumbered,
    _successor_of_another,
    _ended_before_it_began,
    _label_in_one_language,
    _held_by_itself,
    _preferred_rumour,
    _denied,
    _preferred_twice,
)
KINDS: Final = tuple(kind.__name__.strip("_") for kind in _KINDS)
"""The names of the kinds, in the order in which they are planted."""


def _claim_on(page: Page, predicate: str) -> NamedNode:
    """The first claim of the article on a predicate."""
    found = (
        q.subject for q in page.quads if q.object == term(predicate) and q.predicate == term("dg:predicate")
    )
    return _named(next(found))


def _value(page: Page, subject: NamedNode, predicate: str) -> NamedNode:
    return _named(
        next(q.object for q in page.quads if (q.subject, q.predicate) == (subject, term(predicate)))
    )


def _drop(page: Page, subject: NamedNode, predicate: str) -> None:
    page.quads[:] = [q for q in page.quads if (q.subject, q.predicate) != (subject, term(predicate))]


def _named(found: object) -> NamedNode:
    assert isinstance(found, NamedNode)
    return found


def _is_in(value: Term | object, tongue: str) -> bool:
    return isinstance(value, Literal) and value.language == tongue

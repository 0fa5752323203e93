"""A store that is changed article by article is the store that a full build makes of the same articles."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from increment_cases import advanced, all_quads, article, as_stored, built, plan_of
from pyoxigraph import DefaultGraph, NamedNode, Quad

from dealgraph import reason
from dealgraph.admit import FACTS
from dealgraph.derive import DERIVED
from dealgraph.increment.reasoning import Whole
from dealgraph.reason import INFERRED
from dealgraph.terms import iri

FIRST = 4
"""How many articles there are at first."""


@pytest.fixture(autouse=True)
def _without_hermit(monkeypatch: pytest.MonkeyPatch) -> None:
    """HermiT finds no more than the rules here, and takes a second each time."""
    monkeypatch.setattr(reason, "MOST_FOR_HERMIT", 0)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 6))])
def test_articles_come_go_and_change_in_any_order(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    articles = {number: article(number) for number in range(FIRST)}
    now = built(articles)
    plan, following = plan_of(now, tmp_path), FIRST
    for _ in range(7):
        then = all_quads(articles)
        kind = random.choice(("add", "remove", "edit", "edit")) if len(articles) > 1 else "add"
        number = random.choice(sorted(articles))
        if kind == "add":
            articles[following] = article(following)
            following += 1
        elif kind == "remove":
            del articles[number]
        else:
            lines = sorted(articles[number], key=str)
            lost = random.sample(lines, random.randint(1, 5))
            changed = [_other_rank(quad, random) for quad in random.sample(lines, 3)]
            articles[number] = frozenset(as_stored((articles[number] - set(lost)) | set(changed)))
        wanted = all_quads(articles)
        advanced(plan, now, then - wanted, wanted - then)
        assert set(now) == set(built(articles)), f"{kind} {number}"


def _other_rank(quad: Quad, random: Random) -> Quad:
    """A claim with another rank, stance or realis; anything else as it is."""
    values = {"rank": ("Preferred", "Normal", "Deprecated"), "stance": ("Asserted", "Reported", "Opinion")}
    for name, choice in values.items():
        if quad.predicate == NamedNode(iri(f"dg:{name}")):
            value = NamedNode(iri(f"dg:{random.choice(choice)}"))
            return Quad(quad.subject, quad.predicate, value, quad.graph_name)
    return quad


def test_what_a_change_did_is_told_exactly(tmp_path: Path) -> None:
    articles = {number: article(number) for number in range(FIRST)}
    now = built(articles)
    known = set(now)
    work = advanced(plan_of(now, tmp_path), now, (), article(FIRST))
    assert work.changes.added == set(now) - known
    assert work.changes.removed == known - set(now)


def test_what_is_added_and_removed_again_leaves_nothing(tmp_path: Path) -> None:
    articles = {number: article(number) for number in range(FIRST)}
    now = built(articles)
    known, plan = set(now), plan_of(now, tmp_path)
    others = all_quads(articles)
    advanced(plan, now, (), article(FIRST))
    assert set(now) > known
    advanced(plan, now, article(FIRST) - others, ())
    assert set(now) == known


def test_the_default_graph_has_the_facts_and_what_follows(tmp_path: Path) -> None:
    articles = {number: article(number) for number in range(FIRST)}
    now = built(articles)
    advanced(plan_of(now, tmp_path), now, (), article(FIRST))
    shown = {quad.triple for quad in now.quads_for_pattern(None, None, None, DefaultGraph())}
    parts = [
        {q.triple for q in now.quads_for_pattern(None, None, None, graph)}
        for graph in (FACTS, INFERRED, DERIVED)
    ]
    assert shown == set().union(*parts)
    assert sum(map(len, parts)) == len(shown)


def test_two_names_for_one_thing_ask_for_a_whole_build_now_and_later(tmp_path: Path) -> None:
    articles = {number: article(number) for number in range(2)}
    now = built(articles)
    holder = NamedNode(iri("dg:holder"))
    one, other = (
        min((quad for quad in articles[number] if quad.predicate == holder), key=str) for number in articles
    )
    assert one.object != other.object
    twice = Quad(one.subject, holder, other.object, one.graph_name)
    with pytest.raises(Whole, match="two names stand for one thing: dg:holder a owl:FunctionalProperty"):
        advanced(plan_of(now, tmp_path), now, (), [twice])
    equated = built({**articles, 2: frozenset([twice])})
    with pytest.raises(Whole, match="two names stand for one thing"):
        advanced(plan_of(equated, tmp_path), equated, (), article(2))

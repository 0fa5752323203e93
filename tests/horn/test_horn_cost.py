"""What a change costs does not depend on how much there is, nor on how much a hub takes part in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

import pytest
from horn_cases import Kept, quad, the_program, triples
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from dealgraph.horn import maintain
from dealgraph.horn.joining import MANY

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple
Graph = NamedNode | DefaultGraph


class Counted:
    """A store that counts the lookups made in it, and the statements read from it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.lookups = 0
        self.read = 0

    def quads_for_pattern(
        self, subject: Node | None, predicate: NamedNode | None, value: Term | None, graph: Graph
    ) -> Iterator[Quad]:
        self.lookups += 1
        for each in self._store.quads_for_pattern(subject, predicate, value, graph):
            self.read += 1
            yield each

    def extend(self, quads: Iterable[Quad]) -> None:
        self._store.extend(quads)

    def remove(self, gone: Quad) -> None:
        self._store.remove(gone)


def article(number: int) -> tuple[Triple, ...]:
    """What one article adds: its own deal, stake, figure and site, all with the one hub."""
    leg = "Cooperation" if number % 3 else "Personnel"
    return triples(
        f"id:hub a dg:Company . id:start-up-{number} a dg:Company ; dg:basedIn id:menlo-park ;"
        f" dg:partnerOf id:hub ; dg:competitorOf id:start-up-{number // 2}-rival ."
        f" id:deal-{number} a dg:EquityInvestment ; dg:investor id:hub ; dg:target id:start-up-{number} ;"
        f" dg:hasLeg id:leg-{number} . id:leg-{number} a dg:{leg}Leg ."
        f" id:stake-{number} a dg:Stake ; dg:holder id:hub ; dg:issuer id:start-up-{number} ;"
        f" dg:arisesFrom id:deal-{number} ; dg:share id:figure-{number} ."
        f" id:figure-{number} a dg:Quantity ; dg:unit dg:Percent ; dg:upper {number % 90}.5 ."
        f" id:site-{number} a dg:Facility ; dg:operatedBy id:hub ; dg:lifecycleStatus dg:OperationalStatus ."
    )


@cache
def newsroom(articles: int) -> Kept:
    kept = Kept(the_program())
    kept.change((), [triple for number in range(articles) for triple in article(number)])
    return kept


def cost(kept: Kept, removed: frozenset[Triple], added: frozenset[Triple]) -> tuple[int, int]:
    """How many lookups a change takes, and how many statements are read; the change is undone after."""
    before = kept.everything
    for triple in removed:
        kept.store.remove(quad(triple))
    kept.store.extend(map(quad, added))
    counted = Counted(kept.store)
    outcome = maintain(cast("Store", counted), the_program(), removed, added)
    assert outcome.is_exact
    kept.change(added - removed, removed)
    assert kept.everything == before
    return counted.lookups, counted.read


def its_own(number: int) -> frozenset[Triple]:
    """What an article adds that no other one has."""
    return frozenset(article(number)) - frozenset(article(number + 1))


def said(text: str) -> frozenset[Triple]:
    return frozenset(triples(text))


NOTHING: frozenset[Triple] = frozenset()


@pytest.mark.parametrize(
    ("removed", "added"),
    [
        (NOTHING, its_own(1000)),
        (its_own(7), NOTHING),
        (its_own(7), its_own(7)),
        (said("id:deal-10 dg:investor id:hub ."), NOTHING),
        (said("id:leg-10 a dg:CooperationLeg ."), NOTHING),
        (said("id:start-up-4 dg:partnerOf id:hub ."), NOTHING),
        (said("id:stake-4 dg:holder id:hub ."), NOTHING),
        (NOTHING, said("id:leg-9 a dg:CooperationLeg .")),
        (NOTHING, said("id:hub dg:basedIn id:menlo-park .")),
    ],
    ids=["comes", "goes", "again", "investor", "leg", "partner", "holder", "leg-comes", "hub-moves"],
)
def test_a_change_costs_the_same_among_twenty_articles_and_among_two_hundred(
    removed: frozenset[Triple], added: frozenset[Triple]
) -> None:
    few, read_few = cost(newsroom(20), removed, added)
    many, read_many = cost(newsroom(200), removed, added)
    assert few > 0
    assert many <= few + MANY
    assert read_many <= read_few + 10 * MANY


def test_the_last_leg_of_a_hub_is_looked_for_from_its_own_side() -> None:
    """Whether another deal of the hub has such a leg is asked of the few legs, not of its many deals."""
    kept = Kept(the_program())
    deals = (f"id:deal-{number} a dg:Deal ; dg:investor id:hub ." for number in range(3000))
    kept.change((), triples("id:hub a dg:Company . id:deal-7 dg:hasLeg id:leg . " + " ".join(deals)))
    kept.change((), triples("id:leg a dg:CooperationLeg ."))
    assert said("id:hub a dg:StrategicInvestor .") <= kept.inferred
    _, read = cost(kept, said("id:leg a dg:CooperationLeg ."), NOTHING)
    assert read < 10 * MANY

"""The claims on a question are the same, however many there are about its subject."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, Store

from dealgraph.increment.questions import MOST_LOOKED_UP, PREDICATE, SUBJECT, Claim, Question, claims_on
from dealgraph.terms import iri

ARTICLE, OTHER, ELSEWHERE = (NamedNode(iri(name)) for name in ("article:a", "dataset:b", "graph:derived"))
PRICE, SHARE = (NamedNode(iri(f"dg:{name}")) for name in ("price", "share"))


def stated(subject: NamedNode | BlankNode, number: int) -> tuple[Store, set[Claim]]:
    """A store with so many claims about a thing and as many about another, and those on its price."""
    store, wanted = Store(), set[Claim]()
    for each in range(number):
        node, graph = NamedNode(f"urn:{each}"), (ARTICLE, OTHER, ELSEWHERE)[each % 3]
        predicate = PRICE if each % 2 else SHARE
        rival = NamedNode(f"urn:rival-{each}")
        for claim, about in ((node, subject), (rival, NamedNode("urn:other"))):
            store.add(Quad(claim, SUBJECT, about, graph))
            store.add(Quad(claim, PREDICATE, predicate, graph))
        if predicate == PRICE and graph != ELSEWHERE:
            wanted.add(Claim(node, graph))
    return store, wanted


@pytest.mark.parametrize("number", [MOST_LOOKED_UP - 1, MOST_LOOKED_UP, MOST_LOOKED_UP + 1, 60])
@pytest.mark.parametrize("subject", [NamedNode("urn:thing"), BlankNode("thing")], ids=["named", "blank"])
def test_claims_on_a_question_are_all_found(number: int, subject: NamedNode | BlankNode) -> None:
    store, wanted = stated(subject, number)
    found = list(claims_on(store, Question(subject, PRICE)))
    assert set(found) == wanted != set()
    assert len(found) == len(wanted)

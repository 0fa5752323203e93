"""What changed between two states of knowledge: facts that appeared, went or changed, and what follows.

Two states are two stores: of two days, of two sets of articles, of anything that was assembled. A line is
one predicate of one subject, told with the claims that support it before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store, Triple

from dealgraph.claim import Claim
from dealgraph.evidence import Evidence
from dealgraph.reason import INFERRED
from dealgraph.report import Line, Teller

Pair = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """One predicate of one subject whose facts are not the same: what was known before, and after."""

    before: Line | None
    after: Line | None


@dataclass(frozen=True)
class Difference:
    """All that tells two states apart, each part in the order of subjects and predicates."""

    appeared: tuple[Change, ...]
    went: tuple[Change, ...]
    changed: tuple[Change, ...]
    inferences_appeared: tuple[Line, ...]
    inferences_went: tuple[Line, ...]


@dataclass(frozen=True)
class Touched:
    """What can differ between two states, where that is known: pairs of subject and predicate, inferences."""

    pairs: frozenset[Pair]
    inferences_appeared: frozenset[Triple]
    inferences_went: frozenset[Triple]


def difference(before: Store, after: Store, language: str, touched: Touched | None = None) -> Difference:
    """Compare two states; reach for it to answer "what do we know now that we did not know then?".

    A fact has changed if both states have one on the same subject and predicate, and the values or the
    certainty of the claims that support them differ. Inferences are compared as triples. With `touched`
    nothing else is looked at, so that the states may be large.
    """
    tellers = Teller(Evidence(before), language), Teller(Evidence(after), language)
    pairs = touched.pairs if touched else None
    earlier, later = (_supported(teller.evidence, pairs) for teller in tellers)
    then = touched.inferences_went if touched else _inferred(before)
    now = touched.inferences_appeared if touched else _inferred(after)
    differing = [
        pair
        for pair in sorted({*earlier, *later})
        if pair not in earlier or pair not in later or _said(earlier[pair]) != _said(later[pair])
    ]
    changes = {pair: _change(pair, earlier, later, *tellers) for pair in differing}
    return Difference(
        appeared=tuple(change for pair, change in changes.items() if pair not in earlier),
        went=tuple(change for pair, change in changes.items() if pair not in later),
        changed=tuple(c for pair, c in changes.items() if pair in earlier and pair in later),
        inferences_appeared=_told(tellers[1], now - then),
        inferences_went=_told(tellers[0], then - now),
    )


def _supported(evidence: Evidence, pairs: frozenset[Pair] | None) -> Mapping[Pair, tuple[Claim, ...]]:
    if pairs is not None:
        asked = {pair: tuple(c for c in evidence.claims(*pair) if c.admitted) for pair in sorted(pairs)}
        return {pair: claims for pair, claims in asked.items() if claims}
    found: dict[Pair, tuple[Claim, ...]] = {}
    for claim in evidence.claims():
        if claim.admitted:
            pair = claim.subject, claim.predicate
            found[pair] = (*found.get(pair, ()), claim)
    return found


def _change(
    pair: Pair,
    earlier: Mapping[Pair, tuple[Claim, ...]],
    later: Mapping[Pair, tuple[Claim, ...]],
    then: Teller,
    now: Teller,
) -> Change:
    return Change(
        before=then.line(earlier[pair]) if pair in earlier else None,
        after=now.line(later[pair]) if pair in later else None,
    )


def _said(claims: tuple[Claim, ...]) -> frozenset[tuple[object, ...]]:
    """What the claims come to: their values, as amounts and dates where they are, and their certainty."""
    return frozenset(
        (claim.value.quantity or claim.value.time or claim.value.term, claim.realis, claim.stance)
        for claim in claims
    )


def _inferred(store: Store) -> frozenset[Triple]:
    return frozenset(quad.triple for quad in store.quads_for_pattern(None, None, None, INFERRED))


def _told(teller: Teller, triples: frozenset[Triple]) -> tuple[Line, ...]:
    groups: dict[Pair, list[str]] = {}
    for triple in sorted(triples, key=str):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            pair = triple.subject.value, triple.predicate.value
            groups.setdefault(pair, []).append(triple.object.value)
    return tuple(teller.inference(*pair, objects) for pair, objects in groups.items())

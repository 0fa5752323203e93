"""Why a claim is not a fact: the conditions of admission that it does not meet.

The rule itself is `queries/admission/facts.rq`; a test holds the two against each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode

from dealgraph.claim import Claim
from dealgraph.evidence import Evidence
from dealgraph.terms import iri

_PROSPECTIVE: Final = NamedNode(iri("dg:prospective"))
_FIRM: Final = frozenset({"Asserted", "Confirmed", "Estimated"})
_PLANS: Final = frozenset({"Planned", "Expected"})


@dataclass(frozen=True)
class Scope:
    """Which claims count: those published up to a day (none: all) in some articles (none: all)."""

    as_of: dt.date | None = None
    only_from: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Refused:
    """A claim that is no fact, with the reasons: `later`, `elsewhere`, `negative`, `deprecated`, `plan`,
    `overruled`, `replaced`, `yields`, or the facet at fault: `possible`, `goal`, `hypothetical`, `reported`,
    `alleged`, `opinion`.
    """

    claim: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Admission:
    """The conditions of admission, applied to the claims of a store within a scope."""

    evidence: Evidence
    scope: Scope

    def refusal(self, claim: Claim) -> Refused | None:
        """Return why a claim is not admitted, or nothing if it is."""
        if claim.admitted:
            return None
        return Refused(claim.iri, tuple(self._reasons(claim)) or (self._outranked(claim),))

    def _outranked(self, claim: Claim) -> str:
        """Say what stands above an admissible claim: one preferred, or, for a dataset's, its order."""
        if not claim.cells:
            return "overruled"
        return "replaced" if claim.iri in self.evidence.replaced else "yields"

    def _reasons(self, claim: Claim) -> Iterator[str]:
        if self.scope.as_of and self.evidence.published(claim.article) > self.scope.as_of:
            yield "later"
        if self.scope.only_from and claim.article not in self.scope.only_from:
            yield "elsewhere"
        if claim.polarity == "Negative":
            yield "negative"
        if claim.rank == "Deprecated":
            yield "deprecated"
        if claim.realis in _PLANS and claim.predicate not in self._prospective:
            yield "plan"
        elif claim.realis not in _PLANS | {"Actual"}:
            yield claim.realis.lower()
        if claim.stance not in _FIRM:
            yield claim.stance.lower()

    @cached_property
    def _prospective(self) -> frozenset[str]:
        """The predicates that are true of a plan."""
        quads = self.evidence.store.quads_for_pattern(None, _PROSPECTIVE, None, None)
        true = (q.subject for q in quads if getattr(q.object, "value", "") == "true")
        return frozenset(subject.value for subject in true if isinstance(subject, NamedNode))

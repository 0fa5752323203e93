"""Get ready to explain what holds in a store: the rules by what they do, and why claims are no facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dealgraph.derive import RULES
from dealgraph.explain.telling import Explainer
from dealgraph.missing import Admission, Scope
from dealgraph.report import Teller
from dealgraph.stored import StoredQuery


def explainer_of(teller: Teller, queries: Iterable[StoredQuery], scope: Scope) -> Explainer:
    """Return what tells proofs in the language of a teller, in whose store the claims of a scope count."""
    french, admission = teller.language == "fr", Admission(teller.evidence, scope)
    rules = (query for query in queries if query.topic == RULES)
    does = {q.name.rpartition("/")[2]: q.summary_fr if french else q.summary for q in rules}

    def refusal(name: str) -> Sequence[str]:
        refused = admission.refusal(teller.evidence.claim(name))
        return refused.reasons if refused else ()

    return Explainer(teller, does, refusal)

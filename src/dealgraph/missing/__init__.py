"""What does not hold, and why: `missing`.

`refusing` says why a claim is no fact, `world` what would follow if every claim were one, `lacking` what
even then is not there; it asks the axioms backwards by `schema` and follows relations by `paths`.
"""

from __future__ import annotations

from pyoxigraph import Triple

from dealgraph.evidence import Evidence
from dealgraph.missing.lacking import Gap, Lack, Search, Way
from dealgraph.missing.refusing import Admission, Refused, Scope
from dealgraph.missing.world import World
from dealgraph.proof import Place

__all__ = ["Admission", "Gap", "Lack", "Refused", "Scope", "Way", "missing"]


def missing(evidence: Evidence, place: Place, triple: Triple, scope: Scope | None = None) -> Lack:
    """Return why a triple does not hold in a store; reach for it where `prove` finds no proof.

    `place` tells the file and line where a subject is described, `scope` which claims the store was
    assembled from (none: all).
    """
    return Search(World(evidence, place, scope or Scope())).lack(triple)

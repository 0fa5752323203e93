"""Which axioms of an ontology lie outside OWL 2 RL, or outside the checked part of OWL 2 DL.

OWL 2 DL: what is declared and as what, reserved vocabulary, datatypes, simple properties. OWL 2 RL:
the grammar of class expressions and data ranges, and the axioms it lacks. Not checked for DL: the
order of property chains, the forest of anonymous individuals, and facets against their datatypes.

Sources: OWL 2 Structural Specification (SS) and OWL 2 Profiles, second editions, W3C 2012.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from pyoxigraph import Quad, Triple

from dealgraph.profile import expressions, names, properties
from dealgraph.profile.ontology import DL, RL, Departure, Ontology

__all__ = ["DL", "RL", "Departure", "departures"]

_RULES = (
    names.reserved,
    names.declared_twice,
    names.undeclared,
    names.datatypes,
    properties.not_simple,
    expressions.axioms,
    expressions.expressions,
)


def departures(triples: Iterable[Triple | Quad]) -> tuple[Departure, ...]:
    """Find what keeps an ontology out of OWL 2 DL and OWL 2 RL; reach for it before a release.

    `triples` are the ontology with all it imports, since a term counts as declared if any of them
    declares it. Returns each departure once, sorted by profile, axiom, term and reason; an ontology
    is in OWL 2 RL only if it has no departure from either profile.
    """
    ontology = Ontology.of(triples)
    return tuple(sorted(set(chain.from_iterable(rule(ontology) for rule in _RULES))))

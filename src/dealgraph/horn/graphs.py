"""The graphs of a store that the rules read and write."""

from __future__ import annotations

from typing import Final

from pyoxigraph import DefaultGraph, NamedNode

from dealgraph.terms import iri

Graph = NamedNode | DefaultGraph

FACTS: Final = NamedNode(iri("graph:facts"))
DERIVED: Final = NamedNode(iri("graph:derived"))
INFERRED: Final = NamedNode(iri("graph:inferred"))
AUXILIARY: Final = NamedNode(iri("graph:auxiliary"))
"""The graph of what follows and is not shown, but that a rule can need."""

DEFAULT: Final = DefaultGraph()
"""What a person queries: facts and what follows from them."""

DERIVATION: Final = NamedNode(iri("dg:Derivation"))
"""The class of the nodes in `graph:derived` that tell how a result came about."""

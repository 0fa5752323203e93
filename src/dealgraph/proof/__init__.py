"""Proofs: why something holds in a store, down to claims, axioms and the places where they stand.

`tree` is what a proof is made of, `proving` finds proofs: it closes the given triples with the rules of
`numbers` beside those of OWL 2 RL, asks `search` for the shortest derivations, and `folding` makes them
readable. `grounds` and `axioms` tell where a given triple comes from. `reasoned` finds the premises of what
only HermiT sees, by `contraction`; `clash` finds the smallest contradictions.
"""

from dealgraph.proof.clash import Clash, clashes, suspects
from dealgraph.proof.grounds import Grounds, Place
from dealgraph.proof.proving import Prover, StoreProver, prove, prover
from dealgraph.proof.tree import (
    FALSE,
    FromAxiom,
    FromBackground,
    FromClaims,
    FromFile,
    FromFrame,
    FromReasoner,
    Leaf,
    Proof,
    Step,
    Unsupported,
    conclusion,
    leaves,
    premises,
    said,
    walk,
)

__all__ = [
    "FALSE",
    "Clash",
    "FromAxiom",
    "FromBackground",
    "FromClaims",
    "FromFile",
    "FromFrame",
    "FromReasoner",
    "Grounds",
    "Leaf",
    "Place",
    "Proof",
    "Prover",
    "Step",
    "StoreProver",
    "Unsupported",
    "clashes",
    "conclusion",
    "leaves",
    "premises",
    "prove",
    "prover",
    "said",
    "suspects",
    "walk",
]

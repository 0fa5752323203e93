"""What follows from a graph by OWL 2 RL, and why: `close`.

`closing` has the result, `engine` the loop, `properties`, `classes`, `restrictions`, `comparisons` and
`schema` the rules that infer, `clashes` those that contradict, `proofs` the steps back. `rules` states
every rule as the recommendation does, `readings` in plain French and English.
"""

from dealgraph.closure.closing import (
    Closure,
    Derivation,
    Ignored,
    Inconsistency,
    Statement,
    close,
)
from dealgraph.closure.inferred import Inferred
from dealgraph.closure.interning import Generalized, Term, TripleLike
from dealgraph.closure.rules import RULES, Rule

__all__ = [
    "RULES",
    "Closure",
    "Derivation",
    "Generalized",
    "Ignored",
    "Inconsistency",
    "Inferred",
    "Rule",
    "Statement",
    "Term",
    "TripleLike",
    "close",
]

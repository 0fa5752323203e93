"""SHACL shapes compiled to SPARQL: a whole store in seconds, one article's nodes in milliseconds.

`compile_shapes` reads the shapes once and says which it cannot compile; `Program.run` validates a store, or
some of its nodes. `Reads.touched` names the nodes that a change matters to, and `Upkeep` keeps results up to
date. Reach for it where pySHACL takes too long; pySHACL stays what it is tested against.
"""

from dealgraph.shacl.graph import ShapesGraph
from dealgraph.shacl.matches import Match, Wanted
from dealgraph.shacl.needs import Needs
from dealgraph.shacl.paths import Joined, Predicate, Unary
from dealgraph.shacl.program import (
    Found,
    Outcome,
    Program,
    Ready,
    Slice,
    Written,
    compile_shapes,
    focus_counts,
)
from dealgraph.shacl.questions import Question, Result
from dealgraph.shacl.steps import Step
from dealgraph.shacl.targets import Targets
from dealgraph.shacl.touched import Reads
from dealgraph.shacl.upkeep import Upkeep

READY = (Ready, Written, Targets, Question, Needs, Step, Match, Wanted, Predicate, Unary, Joined)
"""What shapes that are ready, and what they look at, are made of."""

__all__ = [
    "READY",
    "Found",
    "Outcome",
    "Program",
    "Reads",
    "Ready",
    "Result",
    "ShapesGraph",
    "Slice",
    "Upkeep",
    "compile_shapes",
    "focus_counts",
]

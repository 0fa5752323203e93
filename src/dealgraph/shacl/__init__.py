"""SHACL shapes compiled to SPARQL: a whole store in seconds, one article's nodes in milliseconds.

`compile_shapes` reads the shapes once and says which it cannot compile; `Program.run` validates a store, or
some of its nodes. Reach for it where pySHACL takes too long; pySHACL stays what it is tested against.
"""

from dealgraph.shacl.graph import ShapesGraph
from dealgraph.shacl.program import Outcome, Program, compile_shapes, focus_counts
from dealgraph.shacl.questions import Result

__all__ = ["Outcome", "Program", "Result", "ShapesGraph", "compile_shapes", "focus_counts"]

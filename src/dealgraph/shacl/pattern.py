"""What breaks a constraint, as a part of a SPARQL query."""

from __future__ import annotations

from dataclasses import dataclass

TRUE = "true"


@dataclass(frozen=True)
class Pattern:
    """Triples and a condition that a focus node must not match.

    `value` and `path` are the variables of the value node and of its predicate, where a result names them.
    """

    triples: str = ""
    condition: str = TRUE
    value: str | None = None
    path: str | None = None

    def body(self) -> str:
        """Return the pattern as the inside of a group."""
        test = "" if self.condition == TRUE else f" FILTER({self.condition})"
        return f"{self.triples}{test}"

    def absent(self) -> str:
        """Return the expression that nothing matches."""
        return f"NOT EXISTS {{ {self.body()} }}" if self.triples else f"!({self.condition})"


def all_of(expressions: list[str]) -> str:
    """Return the conjunction of expressions that never fail."""
    tests = [expression for expression in expressions if expression != TRUE]
    return " && ".join(f"({expression})" for expression in tests) or TRUE


def any_of(expressions: list[str]) -> str:
    """Return the disjunction of expressions that never fail."""
    return " || ".join(f"({expression})" for expression in expressions) or "false"


def surely(expression: str) -> str:
    """Return an expression that is false where the given one has an error."""
    return f"COALESCE({expression}, false)"

"""The parameters of constraints, read strictly: what is not of the form that SHACL asks for is refused."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from dealgraph.shacl.constraints import Matches
from dealgraph.shacl.graph import ShapesGraph, Term, sh
from dealgraph.terms import iri

_BOOLEAN: Final = iri("xsd:boolean")
_INTEGER: Final = iri("xsd:integer")
_KINDS: Final = {
    "IRI": ("isIRI",),
    "BlankNode": ("isBlank",),
    "Literal": ("isLiteral",),
    "BlankNodeOrIRI": ("isBlank", "isIRI"),
    "BlankNodeOrLiteral": ("isBlank", "isLiteral"),
    "IRIOrLiteral": ("isIRI", "isLiteral"),
}


class Refused(Exception):
    """What a shape says is malformed, or is not compiled; the message names it."""


def only(graph: ShapesGraph, node: Term, name: str) -> Term | None:
    """Return the value of a parameter, or nothing; raises `Refused` for several."""
    values = graph.objects(node, sh(name))
    if len(values) > 1:
        raise Refused(f"{len(values)} values of sh:{name}")
    return values[0] if values else None


def flag(graph: ShapesGraph, node: Term, name: str) -> bool:
    """Return a parameter that is true or false, and false if it is not given."""
    value = only(graph, node, name)
    return value is not None and truth(value)


def truth(value: Term) -> bool:
    """Read true or false."""
    if isinstance(value, Literal) and value.datatype.value == _BOOLEAN and value.value in ("true", "false"):
        return value.value == "true"
    raise Refused(f"{value} in the place of true or false")


def number(value: Term) -> int:
    """Read an integer of 0 or more."""
    if isinstance(value, Literal) and value.datatype.value == _INTEGER and value.value.isdecimal():
        return int(value.value)
    raise Refused(f"{value} in the place of an integer")


def literal(value: Term) -> Literal:
    """Read a literal."""
    if isinstance(value, Literal):
        return value
    raise Refused(f"{value} in the place of a literal")


def named(value: Term) -> NamedNode:
    """Read an IRI."""
    if isinstance(value, NamedNode):
        return value
    raise Refused(f"{value} in the place of an IRI")


def ground(value: Term) -> NamedNode | Literal:
    """Read a term that a query can name."""
    if isinstance(value, NamedNode | Literal):
        return value
    raise Refused("a blank node in the place of a term")


def kinds(value: Term) -> tuple[str, ...]:
    """Read a kind of node as the SPARQL functions that tell it."""
    name = named(value).value.removeprefix(iri("sh:"))
    if name not in _KINDS:
        raise Refused(f"the kind of node {value}")
    return _KINDS[name]


def pattern(value: Term, flags: Term | None) -> Matches:
    """Read a regular expression with its flags; raises `Refused` for one that the store cannot run."""
    made = Matches(literal(value), literal(flags).value if flags is not None else "")
    answer = Store().query(
        f"SELECT (REGEX('', {Literal(made.pattern.value)}, {Literal(made.flags)}) AS ?runs) {{}}"
    )
    if not isinstance(answer, QuerySolutions) or next(iter(answer))["runs"] is None:
        raise Refused(f"the regular expression {made.pattern.value!r} with the flags {made.flags!r}")
    return made

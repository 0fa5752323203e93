"""Graphs written as Turtle without prefix declarations; `:` is a namespace of examples."""

from __future__ import annotations

from pyoxigraph import Quad, RdfFormat, Triple, parse

from dealgraph.terms import PREFIXES

EXAMPLE = "urn:example:"
_HEAD = f"@prefix : <{EXAMPLE}> .\n" + "".join(
    f"@prefix {name}: <{full}> .\n" for name, full in PREFIXES.items()
)


def triples(text: str) -> list[Triple]:
    """Read statements; the last full stop may be left out."""
    body = text.strip().removesuffix(".")
    quads: list[Quad] = list(parse(_HEAD + (f"{body} ." if body else ""), format=RdfFormat.TURTLE))
    return [quad.triple for quad in quads]


def triple(text: str) -> Triple:
    """Read one statement."""
    (found,) = triples(text)
    return found

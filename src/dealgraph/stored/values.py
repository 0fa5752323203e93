"""The terms that a parameter may take, and those that a row of values holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from dealgraph.stored import text as texts
from dealgraph.terms import iri

Term = NamedNode | Literal

_DATATYPES: Final = {
    "string": (iri("xsd:string"),),
    "enum": (iri("xsd:string"),),
    "date": (iri("xsd:date"),),
    "integer": (iri("xsd:integer"),),
    "decimal": (iri("xsd:decimal"), iri("xsd:integer")),
}
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def fits(kind: str, values: Sequence[str], term: Term) -> bool:
    """Tell whether a term may stand for a parameter of type `kind` (`values`: what an enum allows)."""
    if kind == "iri" or not isinstance(term, Literal):
        return kind == "iri" and isinstance(term, NamedNode)
    if term.datatype.value not in _DATATYPES[kind]:
        return False
    if kind == "enum":
        return term.value in values
    return kind == "string" or _is_well_formed(kind, term.value)


def expected(kind: str, values: Sequence[str]) -> str:
    """Say in a message what a parameter takes."""
    return f"one of: {', '.join(values)}" if kind == "enum" else f"a term of type {kind}"


def terms_of(text: str, rows: Iterable[texts.Row]) -> dict[str, tuple[Term | None, ...]]:
    """Read the terms in rows of a query that parses, by variable; UNDEF is `None`."""
    found: dict[str, tuple[Term | None, ...]] = {}
    for row in rows:
        values = f"VALUES ?{row.name} {{ {text[row.start : row.end]} }}"
        solutions = Store().query(f"{texts.prologue(text)}\nSELECT ?{row.name} {{ {values} }}")
        assert isinstance(solutions, QuerySolutions)
        found[row.name] = tuple(solution[0] for solution in solutions)
    return found


def _is_well_formed(kind: str, lexical: str) -> bool:
    if kind != "date":
        return bool(_NUMBER.fullmatch(lexical))
    try:
        return dt.date.fromisoformat(lexical).isoformat() == lexical
    except ValueError:
        return False

"""How one literal is written in a file, and where a term sorts among others.

Lexical forms are kept as they are: `5.00` stays `5.00`. What Turtle can write bare is written bare.
Source: Turtle 1.1, sections 2.5 and 6.
"""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.terms import compact, iri

Node = NamedNode | BlankNode | Literal | Triple
"""What a statement may be about or may give as a value."""

_STRING: Final = iri("xsd:string")
_BARE: Final = {
    iri("xsd:boolean"): re.compile(r"true|false"),
    iri("xsd:integer"): re.compile(r"0|-?[1-9][0-9]*"),
    iri("xsd:decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}

# Besides what Turtle asks for, whatever an editor would not show or would take for a line's end.
_UNSAFE: Final = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
_UNSAFE_IN_LONG: Final = re.compile(r'"(?=""|\Z)|[\\\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
_SHORT_ESCAPES: Final = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}

_NUMBER: Final = re.compile(r"[0-9]+")


def natural(text: str) -> tuple[str, str]:
    """Give a sort key by which `claim:x-2` comes before `claim:x-15`."""
    return _NUMBER.sub(lambda digits: digits.group().zfill(20), text), text


def literal(value: Literal) -> str:
    """Write a literal: bare where its datatype and lexical form allow it, else quoted."""
    if value.language is not None:
        direction = f"--{value.direction}" if value.direction else ""
        return f"{_quoted(value.value)}@{value.language}{direction}"
    datatype = value.datatype.value
    if datatype == _STRING:
        return _quoted(value.value)
    if datatype in _BARE and _BARE[datatype].fullmatch(value.value):
        return value.value
    return f"{_quoted(value.value)}^^{compact(datatype)}"


def literal_key(value: Literal) -> tuple[str, ...]:
    """Give the sort key of a literal: language, datatype, lexical form (then base direction)."""
    return (value.language or "", value.datatype.value, value.value, str(value.direction or ""))


def _quoted(text: str) -> str:
    if "\n" in text:
        return f'"""{_UNSAFE_IN_LONG.sub(_escape, text)}"""'
    return f'"{_UNSAFE.sub(_escape, text)}"'


def _escape(character: re.Match[str]) -> str:
    found = character.group()
    return _SHORT_ESCAPES.get(found) or f"\\u{ord(found):04X}"

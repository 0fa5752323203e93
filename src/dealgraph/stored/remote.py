"""Where a query would ask another server: a check that no spelling gets past.

A parser of SPARQL needs no white space around a keyword, and goes back when a reading fails. So this does
not look for the keyword where it is usually written: it takes away what is opaque in *every* reading, and
finds the letters wherever else they stand. A query may be refused that means no harm (a prefix called
`service:`); none is let through that does.

Source: SPARQL 1.1 Query Language, section 19.8, the productions of the terminals.
"""

from __future__ import annotations

import re
from typing import Final

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_WORD: Final = rf"{_BASE}_0-9\-\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"

_OPAQUE: Final = rf"""
      (?P<comment>\#[^\n\r]*)
    | \"{{3}}(?:[^"\\]|\\.|"{{1,2}}(?!"))*\"{{3}}
    | '{{3}}(?:[^'\\]|\\.|'{{1,2}}(?!'))*'{{3}}
    | "(?:[^"\\\n\r]|\\.)*"
    | '(?:[^'\\\n\r]|\\.)*'
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<keep>[{_BASE}](?:[{_WORD}.]*[{_WORD}])?)?:(?:[{_BASE}_0-9:]|{_ESCAPED})(?:[{_WORD}.:]|{_ESCAPED})*
    | [?$][{_BASE}_0-9][{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040]*
    | @[A-Za-z]+(?:-[A-Za-z0-9]+)*
    """
_CALL: Final = re.compile("service", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")


def remote_calls(text: str) -> tuple[int, ...]:
    """Return the lines on which a query may ask another server, in their order; none if it surely does not.

    Reach for it before a query of a stranger is run. An endpoint may be named in any way. A text that is no
    query is not refused here.
    """
    as_it_is, unescaped = _lines(text), _lines(_unescaped(text))
    return tuple(as_it_is if len(as_it_is) >= len(unescaped) else unescaped)


def _unescaped(text: str) -> str:
    """The text as it is for a parser that replaces code points before all else (section 19.2)."""

    def character(escape: re.Match[str]) -> str:
        number = int(escape[1] or escape[2], 16)
        return chr(number) if number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else escape[0]

    return _ESCAPE.sub(character, text)


def _lines(text: str) -> list[int]:
    if not _CALL.search(text):
        return []
    # Compiled here, for that takes longer than reading most queries.
    opaque = re.compile(_OPAQUE, re.VERBOSE | re.DOTALL)
    rest = opaque.sub(_blank, text)
    doubtful = any(map(_may_hide_a_comment, opaque.finditer(text)))
    return [text.count("\n", 0, found.start()) + 1 for found in _CALL.finditer(text if doubtful else rest)]


def _blank(found: re.Match[str]) -> str:
    """Take away what is opaque; a prefix stays, for it may be read as a keyword and another prefix."""
    kept = found["keep"] or ""
    if found["iri"] and _may_be_less_than(found[0]):
        return found[0]
    return kept + re.sub(r"[^\n\r]", " ", found[0][len(kept) :])


def _may_be_less_than(iri: str) -> bool:
    """Tell whether what looks like an IRI may be a comparison that a parenthesis ends."""
    return ")" in iri and not _ABSOLUTE.match(iri)


def _may_hide_a_comment(found: re.Match[str]) -> bool:
    """Tell whether what looks like an IRI may be a comparison and a comment: all beyond is in doubt."""
    return bool(found["iri"]) and "#" in found[0] and not _ABSOLUTE.match(found[0])

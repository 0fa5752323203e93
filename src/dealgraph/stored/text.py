"""What can be read off the text of a SPARQL query without a parser: form, prefixes, rows of values.

Everything here works on a *masked* copy, in which the insides of strings, IRIs and comments are
blanks, so that a brace, a colon or a keyword in them is never taken for syntax. Masking keeps the
length, so that a place in the copy is the same place in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_OPAQUE = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>
    | \"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3}
    | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
    | "(?:[^"\\\n\r]|\\.)*"
    | '(?:[^'\\\n\r]|\\.)*'
    | (?P<comment>\#[^\n\r]*)
    """,
    re.VERBOSE | re.DOTALL,
)
_DECLARATION = re.compile(r"\bPREFIX\s+([\w.\-]*):\s*<[^>]*>", re.IGNORECASE)
_PROLOGUE = re.compile(r"\b(?:PREFIX\s+[\w.\-]*:|BASE)\s*<[^>]*>", re.IGNORECASE)
_USE = re.compile(r"(?<![\w.\-%:?$])([A-Za-z][\w.\-]*)?:")
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_ORDER = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_ROW = re.compile(r"^[ \t]*VALUES[ \t]+[?$](\w+)[ \t]*\{([^{}\n]*)\}[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_PAIRS: Final = {"{": "}", "(": ")"}


@dataclass(frozen=True)
class Row:
    """A line `VALUES ?name { ... }` that holds nothing else; `start` and `end` enclose what the braces do."""

    name: str
    line: int
    start: int
    end: int


def mask(text: str) -> str:
    """Blank out strings, IRIs and comments; the quotes and angle brackets around them stay."""

    def blank(match: re.Match[str]) -> str:
        blanks = re.sub(r"[^\n\r]", " ", match[0])
        return blanks if match["comment"] is not None else match[0][0] + blanks[1:-1] + match[0][-1]

    return _OPAQUE.sub(blank, text)


def form(masked: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE, whichever comes first, or an empty string."""
    found = _FORM.search(masked)
    return found[1].upper() if found else ""


def is_ordered(masked: str) -> bool:
    """Tell whether an ORDER BY stands outside every brace: one in a subquery orders nothing."""
    return any(depth(masked, found.start()) == 0 for found in _ORDER.finditer(masked))


def rows(masked: str) -> tuple[Row, ...]:
    """Find the rows of values for one variable that have a line to themselves, in the order of the text."""
    return tuple(
        Row(found[1], line(masked, found.start(1)), found.start(2), found.end(2))
        for found in _ROW.finditer(masked)
    )


def prologue(text: str) -> str:
    """Return the declarations of prefixes and base alone, to read a fragment of the query under them."""
    return "\n".join(text[found.start() : found.end()] for found in _PROLOGUE.finditer(mask(text)))


def undeclared(masked: str) -> tuple[tuple[str, int], ...]:
    """List each prefix that is used without a declaration, with the line of its first use."""
    declared = {found[1] for found in _DECLARATION.finditer(masked)}
    body = _DECLARATION.sub(lambda found: re.sub(r"[^\n\r]", " ", found[0]), masked)
    first: dict[str, int] = {}
    for found in _USE.finditer(body):
        if (prefix := found[1] or "") not in declared:
            first.setdefault(prefix, line(body, found.start()))
    return tuple(first.items())


def line(text: str, position: int) -> int:
    """Return the line of a place in a text, the first being 1."""
    return text.count("\n", 0, position) + 1


def depth(masked: str, position: int) -> int:
    """Return how many braces are open at a place."""
    return masked.count("{", 0, position) - masked.count("}", 0, position)


def closing(masked: str, opening: int) -> int:
    """Return the place of the bracket that closes the one at `opening`, or -1 if none does."""
    brackets = {masked[opening]: 1, _PAIRS[masked[opening]]: -1}
    level = 0
    for place in range(opening, len(masked)):
        level += brackets.get(masked[place], 0)
        if not level:
            return place
    return -1

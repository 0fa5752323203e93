"""What a parser throws away: the comments of a Turtle or TriG text and the lines of its subjects.

The text is cut into words only as far as that needs. Every text that parses is cut rightly; of one
that does not parse, as much is found as possible, so that an error report can still name lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import urljoin

# Turtle 1.1, section 6.5. A word is a prefixed name, a label, a number, a keyword or a language tag; a dot
# belongs to it inside, and before the digits of a number.
_IN_WORD: Final = r"""(?:[^\s<>"'{}()\[\];,.\#^@\\|~]|\\.)"""
_TOKEN: Final = re.compile(
    rf"""
    (?P<comment> \#[^\r\n]* )
  | (?P<string>  \"{{3}} (?:\"{{0,2}}(?:[^"\\]|\\.))*+ \"{{3}}
               | '{{3}}  (?:'{{0,2}} (?:[^'\\]|\\.))*+ '{{3}}
               | \" (?:[^"\\\r\n]|\\.)*+ \"
               | '  (?:[^'\\\r\n]|\\.)*+ ' )
  | (?P<iri>     < (?:[^<>"{{}}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]+)*+ > )
  | (?P<word>    @? (?:\.(?=[0-9]))? {_IN_WORD}++ (?:\.+ {_IN_WORD}++)*+ )
  | (?P<mark>    \{{\| | \|\}} | \S )
    """,
    re.VERBOSE | re.DOTALL,
)
_DIRECTIVE: Final = re.compile(r"@?(?:prefix|base)", re.IGNORECASE)
_STATEMENT_ENDS: Final = frozenset({".", "{", "}"})
_ESCAPE: Final = re.compile(r"\\(.)")


class Token(NamedTuple):
    """A word, mark, string, IRI or comment as it stands in the text, with the line it begins on."""

    kind: str
    text: str
    line: int


def tokens(text: str) -> Iterator[Token]:
    """Cut a Turtle or TriG text into its tokens, comments included, in their order."""
    line, counted = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield Token(match.lastgroup or "", match.group(), line)


def comments(found: Iterable[Token]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Tell the comments at the head of a file from the others.

    Returns the text of those that stand before everything else, and the lines of the others, which
    no canonical form can place.
    """
    head: list[str] = []
    strays: list[int] = []
    at_head = True
    for token in found:
        if token.kind != "comment":
            at_head = False
        elif at_head:
            head.append(token.text.rstrip())
        else:
            strays.append(token.line)
    return tuple(head), tuple(strays)


def subject_lines(text: str) -> Mapping[str, tuple[int, ...]]:
    """Find where each IRI is described: for messages that name `file:line`.

    `text` is Turtle, TriG, N-Triples or N-Quads; it need not parse. Returns, by the full IRI of a
    subject and in the order of the text, every line (from 1) on which a description of it begins.
    """
    return lines_of_subjects(tokens(text))


def lines_of_subjects(found: Iterable[Token]) -> Mapping[str, tuple[int, ...]]:
    """Do what `subject_lines` does, for a text that is already cut into tokens."""
    namespaces: dict[str, str] = {}
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for statement in _statements(found):
        begins = _after_directives(statement, namespaces)
        if len(begins) > 1 and begins[1].text != "{" and (subject := _full(begins[0], namespaces)):
            lines[subject].append(begins[0].line)
    return MappingProxyType({subject: tuple(found_on) for subject, found_on in lines.items()})


def _statements(found: Iterable[Token]) -> Iterator[list[Token]]:
    statement: list[Token] = []
    for token in found:
        if token.kind == "comment":
            continue
        statement.append(token)
        if token.text in _STATEMENT_ENDS:
            yield statement
            statement = []
    yield statement


def _after_directives(statement: list[Token], namespaces: dict[str, str]) -> list[Token]:
    """Note the prefixes and the base (kept under the name "") that a statement begins with."""
    while len(statement) > 2 and _DIRECTIVE.fullmatch(statement[0].text):
        names_prefix = statement[1].kind == "word"
        prefix, target = (statement[1].text, statement[2]) if names_prefix else ("", statement[1])
        namespaces[prefix] = _full(target, namespaces)
        statement = statement[3 if names_prefix else 2 :]
    return statement


def _full(token: Token, namespaces: Mapping[str, str]) -> str:
    """The IRI that a token stands for, or nothing."""
    if token.kind == "iri":
        return _resolved(namespaces.get("", ""), token.text[1:-1])
    prefix, colon, local = token.text.partition(":")
    namespace = namespaces.get(prefix + colon) if token.kind == "word" and colon else None
    return "" if namespace is None else namespace + _ESCAPE.sub(r"\1", local)


def _resolved(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference) if base else reference
    except ValueError:  # one of them is no IRI
        return reference

"""What a parser throws away: the comments of a Turtle or TriG text and the lines of its subjects.

The text is cut into words only as far as that needs. Every text that parses is cut rightly; of one
that does not parse, as much is found as possible, so that an error report can still name lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import urljoin

# Turtle 1.1, section 6.5. A word is a prefixed name, a label, a number, a keyword or a language tag; a dot
# belongs to it inside, and before the digits of a number.
_IN_WORD: Final = r"""(?:[^\s<>"'{}()\[\];,.\#^@\\|~]|\\.)"""
_COMMENT: Final = r"\#[^\r\n]*"
_STRING: Final = r"""
    (?: \"{3} (?:\"{0,2}(?:[^"\\]|\\.))*+ \"{3}
      | '{3}  (?:'{0,2} (?:[^'\\]|\\.))*+ '{3}
      | \" (?:[^"\\\r\n]|\\.)*+ \"
      | '  (?:[^'\\\r\n]|\\.)*+ ' )"""
_REFERENCE: Final = r"""< (?:[^<>"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]+)*+ >"""
_WORD: Final = rf"@? (?:\.(?=[0-9]))? {_IN_WORD}++ (?:\.+ {_IN_WORD}++)*+"
_TOKEN: Final = re.compile(
    rf"""
    (?P<comment> {_COMMENT} )
  | (?P<string>  {_STRING} )
  | (?P<iri>     {_REFERENCE} )
  | (?P<word>    {_WORD} )
  | (?P<mark>    \{{\| | \|\}} | \S )
    """,
    re.VERBOSE | re.DOTALL,
)
# Up to the mark that ends it, which is none of those inside a string, an IRI, a comment or a word. It finds
# the ends of the same tokens, in longer runs, since an expression costs by its steps.
_STATEMENT: Final = re.compile(
    rf"""
    (?: [\s;,()\[\]^~>@]++
      | (?:[^\s<>"'{{}}()\[\];,.\#^@\\|~]++ | \\.)++ (?:\.++ {_IN_WORD}++)*+
      | {_REFERENCE} | {_STRING} | {_COMMENT} | \.(?=[0-9]) | \{{\| | \|\}} | [^\s.{{}}]
    )*+ [.{{}}]?
    """,
    re.VERBOSE | re.DOTALL,
)
_DIRECTIVE: Final = re.compile(r"@?(?:prefix|base)", re.IGNORECASE)
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
    namespaces: dict[str, str] = {}
    lines: defaultdict[str, list[int]] = defaultdict(list)
    line, counted = 1, 0
    for start, end in statements(text):
        statement = list(islice(_words(text, start, end), 2))
        if statement and _DIRECTIVE.fullmatch(statement[0].group()):
            statement = _after_directives(list(_words(text, start, end)), namespaces)
        if (
            len(statement) > 1
            and statement[1].group() != "{"
            and (subject := _full(statement[0], namespaces))
        ):
            line += text.count("\n", counted, statement[0].start())
            counted = statement[0].start()
            lines[subject].append(line)
    return MappingProxyType({subject: tuple(found_on) for subject, found_on in lines.items()})


def statements(text: str) -> Iterator[tuple[int, int]]:
    """Yield where statements, and the heads and tails of graphs, begin and end: all of the text is in one."""
    start = 0
    while start < len(text):
        found = _STATEMENT.match(text, start)
        assert found is not None, "it matches even nothing"
        yield start, found.end()
        start = max(found.end(), start + 1)


def _words(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return (match for match in _TOKEN.finditer(text, start, end) if match.lastgroup != "comment")


def _after_directives(statement: list[re.Match[str]], namespaces: dict[str, str]) -> list[re.Match[str]]:
    """Note the prefixes and the base (kept under the name "") that a statement begins with."""
    while len(statement) > 2 and _DIRECTIVE.fullmatch(statement[0].group()):
        names_prefix = statement[1].lastgroup == "word"
        prefix, target = (statement[1].group(), statement[2]) if names_prefix else ("", statement[1])
        namespaces[prefix] = _full(target, namespaces)
        statement = statement[3 if names_prefix else 2 :]
    return statement


def _full(word: re.Match[str], namespaces: Mapping[str, str]) -> str:
    """The IRI that a word stands for, or nothing."""
    if word.lastgroup == "iri":
        return _resolved(namespaces.get("", ""), word.group()[1:-1])
    prefix, colon, local = word.group().partition(":")
    namespace = namespaces.get(prefix + colon) if word.lastgroup == "word" and colon else None
    return "" if namespace is None else namespace + _ESCAPE.sub(r"\1", local)


def _resolved(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference) if base else reference
    except ValueError:  # one of them is no IRI
        return reference

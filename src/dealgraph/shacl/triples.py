"""The triple patterns of a query of `sh:sparql`, read off its text: what it looks at, group by group.

What is of another form - lists, blank nodes in brackets, negated property sets - is not read but named, so
that whoever asks does without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode

from dealgraph.shacl.graph import TYPE
from dealgraph.shacl.paths import Joined, Path, Predicate, Unary, walked
from dealgraph.shacl.select import Query
from dealgraph.stored.groups import Group, Select, Span, select_of
from dealgraph.stored.text import mask

_NAME: Final = r"(?:[\w\-]+(?:\.[\w\-]+)*)?:(?:[\w\-%:]+(?:\.[\w\-%:]+)*)?"
_IRI: Final = r"<[^<>\s]*>"
_TOKEN: Final = re.compile(
    rf"""\s+ | \#[^\n]*
      | (?P<variable> [?$]\w+ | _:\w+ )
      | (?P<literal> (?: "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
                     (?: @[\w\-]+ | \^\^(?: {_IRI} | {_NAME} ) )?
                   | [+\-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-]?\d+)?(?<!\.) | (?:true|false)(?![\w:\-]) )
      | (?P<iri> {_IRI} | {_NAME} )
      | (?P<mark> a(?![\w:\-]) | [;,.()|/^*+?] )
    """,
    re.VERBOSE,
)
_DECLARED: Final = re.compile(r"\bPREFIX\s+([\w.\-]*):\s*<([^>]*)>", re.IGNORECASE)
_ONE_OF: Final = re.compile(r"\bFILTER\s*\(\s*[?$](\w+)\s+IN\s*\(([^()]*)\)\s*\)", re.IGNORECASE)
_EXISTS: Final = re.compile(r"\bEXISTS\b", re.IGNORECASE)


class NotFollowed(Exception):
    """A query has a form whose triple patterns are not read; the message names it."""


@dataclass(frozen=True)
class Pattern:
    """A triple pattern: terms as SPARQL writes them, and a path, or a variable in its place."""

    subject: str
    link: Path | str
    object: str

    @property
    def variables(self) -> frozenset[str]:
        """The variables that stand in it."""
        link = {self.link} if isinstance(self.link, str) else set()
        return frozenset(term for term in {self.subject, self.object, *link} if term.startswith("?"))

    def text(self) -> str:
        """Return the pattern in SPARQL."""
        link = self.link if isinstance(self.link, str) else walked(self.link)
        return f"{self.subject} {link} {self.object} ."


@dataclass(frozen=True)
class Block:
    """A group of a query: its own patterns, the terms that its filters leave to a variable, its groups.

    `is_joined` tells that it is a branch of a union, a sub-group or a subquery: a solution of the group
    around it has met one of those that are.
    """

    own: tuple[Pattern, ...]
    allowed: tuple[tuple[str, tuple[NamedNode, ...]], ...]
    inner: tuple[Block, ...]
    is_joined: bool


def blocks_of(query: Query) -> Block:
    """Return the groups of a query; raises `NotFollowed`."""
    text = query.text
    masked = mask(text)
    prefixes = dict(query.prefixes) | {found[1]: found[2] for found in _DECLARED.finditer(text)}
    select = select_of(masked)
    _ensure_whole(masked, (0, len(masked)), select)
    return _block(select.group, text, masked, _Reader(prefixes))


def _block(group: Group, text: str, masked: str, reader: _Reader) -> Block:
    if group.kind in ("graph", "minus") or group.graph is not None:
        raise NotFollowed("GRAPH" if group.graph is not None else group.kind)
    if group.select is not None:
        _ensure_whole(masked, group.span, group.select)
        shown = frozenset(column.name for column in group.select.columns if column.expression is None)
        inside = replace(reader, shown=shown, around=reader, suffix=f"_{group.span[0]}")
        inside = inside if group.select.columns else reader
        return replace(_block(group.select.group, text, masked, inside), is_joined=True)
    own = tuple(pattern for run in group.runs for pattern in reader.patterns(text[slice(*run)]))
    inner = tuple(_block(part, text, masked, reader) for part in group.parts)
    return Block(own, tuple(reader.allowed(_without(group, text))), inner, group.kind == "plain")


def _without(group: Group, text: str) -> str:
    """The text of a group without the groups in it."""
    places = [group.span[0], *(place for part in group.parts for place in part.span), group.span[1]]
    return " ".join(text[start:end] for start, end in zip(places[::2], places[1::2], strict=True))


def _ensure_whole(masked: str, span: Span, select: Select) -> None:
    """Only the group of a SELECT is read: nothing else of it may look at the data."""
    rest = masked[span[0] : select.group.span[0]] + masked[select.group.span[1] : span[1]]
    if _EXISTS.search(rest):
        raise NotFollowed("EXISTS outside the group of a SELECT")


@dataclass(frozen=True)
class _Reader:
    """Reads patterns under some prefixes; variables that a subquery does not show get a name of their own."""

    prefixes: Mapping[str, str]
    shown: frozenset[str] = frozenset()
    around: _Reader | None = None
    suffix: str = ""

    def patterns(self, text: str) -> Iterator[Pattern]:
        """Yield the triple patterns of a run."""
        tokens = _Tokens(text)
        while tokens.left:
            subject = self._term(tokens)
            yield from self._about(tokens, subject)
            if tokens.left:
                tokens.take(".")

    def allowed(self, text: str) -> Iterator[tuple[str, tuple[NamedNode, ...]]]:
        """Yield the variables that a filter of the group leaves to be one of some IRIs."""
        for found in _ONE_OF.finditer(text):
            tokens = _Tokens(found[2].replace(",", " "))
            names = []
            while tokens.kind == "iri":
                names.append(NamedNode(self._iri(tokens)))
            if not tokens.left:
                yield self._variable(found[1]), tuple(names)

    def _about(self, tokens: _Tokens, subject: str) -> Iterator[Pattern]:
        while tokens.left and tokens.next != ".":
            link = self._term(tokens) if tokens.kind == "variable" else self._path(tokens)
            yield Pattern(subject, link, self._term(tokens))
            while tokens.skip(","):
                yield Pattern(subject, link, self._term(tokens))
            while tokens.skip(";"):
                pass

    def _path(self, tokens: _Tokens) -> Path:
        parts = [self._sequence(tokens)]
        while tokens.skip("|"):
            parts.append(self._sequence(tokens))
        return Joined("|", tuple(parts)) if len(parts) > 1 else parts[0]

    def _sequence(self, tokens: _Tokens) -> Path:
        parts = [self._element(tokens)]
        while tokens.skip("/"):
            parts.append(self._element(tokens))
        return Joined("/", tuple(parts)) if len(parts) > 1 else parts[0]

    def _element(self, tokens: _Tokens) -> Path:
        if tokens.skip("^"):
            return Unary("^", "", self._element(tokens))
        path: Path
        if tokens.skip("("):
            path = self._path(tokens)
            tokens.take(")")
        elif tokens.skip("a"):
            path = Predicate(TYPE)
        else:
            path = Predicate(NamedNode(self._iri(tokens)))
        if tokens.left and tokens.next in ("*", "+", "?"):
            path = Unary("", tokens.take(tokens.next), path)
        return path

    def _term(self, tokens: _Tokens) -> str:
        if tokens.kind == "variable":
            return self._variable(tokens.take().replace("_:", "b_").lstrip("?$"))
        if tokens.kind == "literal":
            value, mark, datatype = tokens.take().rpartition("^^")
            return f"{value}^^<{self._full(datatype)}>" if mark else datatype
        return f"<{self._iri(tokens)}>"

    def _variable(self, name: str) -> str:
        if self.around is None:
            return f"?{name}"
        return self.around._variable(name) if name in self.shown else f"?{name}{self.suffix}"

    def _iri(self, tokens: _Tokens) -> str:
        if tokens.kind != "iri":
            raise NotFollowed(f"{tokens.next!r} in a triple pattern")
        return self._full(tokens.take())

    def _full(self, name: str) -> str:
        if name.startswith("<"):
            return name[1:-1]
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local


class _Tokens:
    """The tokens of a run, taken one by one."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(text):
            found = _TOKEN.match(text, place)
            if found is None:
                raise NotFollowed(f"{text[place : place + 10]!r} in a triple pattern")
            if found.lastgroup:
                self._tokens.append((found.lastgroup, found[0]))
            place = found.end()
        self._place = 0

    @property
    def left(self) -> bool:
        """Whether there are more."""
        return self._place < len(self._tokens)

    @property
    def kind(self) -> str:
        """What the next token is."""
        return self._tokens[self._place][0] if self.left else ""

    @property
    def next(self) -> str:
        """The next token."""
        return self._tokens[self._place][1] if self.left else ""

    def skip(self, token: str) -> bool:
        """Take a token if it is the next one."""
        if self.next != token or not self.left:
            return False
        self._place += 1
        return True

    def take(self, token: str | None = None) -> str:
        """Take the next token, which is to be the one given; raises `NotFollowed`."""
        found = self.next
        if not self.left or (token is not None and found != token):
            raise NotFollowed(f"{found!r} in a triple pattern")
        self._place += 1
        return found

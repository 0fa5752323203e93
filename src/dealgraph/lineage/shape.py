"""The shape of a SELECT query: its groups, one inside the other, read off its text without a parser.

Works on a masked copy of the text (`stored.text.mask`), so that every brace is syntax. Groups keep their
places in the text, from which parts of the query can be run again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_SELECT: Final = re.compile(r"\bSELECT\b(?:\s+(?:DISTINCT|REDUCED)\b)?", re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"""(?: (?P<values> \bVALUES\s*(?:[?$]\w+|\([^()]*\)) )
          | (?P<none>   \bNOT\s+EXISTS )
          | (?P<some>   \bEXISTS )
          | (?P<minus>  \bMINUS )
          | (?P<maybe>  \bOPTIONAL )
          | (?P<either> \bUNION )
          | \bGRAPH\s+(?P<graph> [?$]\w+ | <[^>]*> | [\w.\-]*:[\w.\-]* )
          )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_EXPRESSION: Final = re.compile(r"(?<![\w:.\-?$])(?:FILTER|BIND)\b", re.IGNORECASE)
_AGGREGATE: Final = re.compile(r"\b(?:COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)
_GROUP_BY: Final = re.compile(r"\bGROUP\s+BY\b", re.IGNORECASE)
_MODIFIER: Final = re.compile(r"\b(?:HAVING|ORDER\s+BY|LIMIT|OFFSET|VALUES)\b", re.IGNORECASE)
_NAMED: Final = re.compile(r"(.*)\bAS\s+[?$](\w+)\s*$", re.IGNORECASE | re.DOTALL)
_VARIABLE: Final = re.compile(r"[?$](\w+)")

Span = tuple[int, int]


@dataclass(frozen=True)
class Group:
    """A group in braces: `span` is what they enclose, `kind` how it takes part.

    Kinds: plain (a union's branch too), maybe (OPTIONAL), graph, some (EXISTS), none (NOT EXISTS), minus,
    select (a subquery, in `select`). `graph` is the place of the term after GRAPH that holds inside; `runs`
    are the places where triples stand, between the other parts.
    """

    span: Span
    kind: str
    graph: Span | None = None
    runs: tuple[Span, ...] = ()
    parts: tuple[Group, ...] = ()
    select: Select | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Column:
    """A column of the answer: a variable, and the place of the expression that it stands for, if any."""

    name: str
    expression: Span | None = None


@dataclass(frozen=True)
class Select:
    """A SELECT: its columns (none for `*`), its group, and the columns that it groups by.

    `grouped` tells whether rows are made of many solutions.
    """

    columns: tuple[Column, ...]
    group: Group
    grouped: bool
    keys: tuple[Column, ...]


def select_of(masked: str, start: int = 0, end: int | None = None, graph: Span | None = None) -> Select:
    """Read the SELECT that stands in a part of a masked text; `graph` is the term of a GRAPH around it."""
    end = len(masked) if end is None else end
    head = _SELECT.search(masked, start, end)
    assert head is not None, "a stored query is read before it is taken apart"
    opening = masked.index("{", head.end(), end)
    closing = _closing(masked, opening)
    by = _GROUP_BY.search(masked, closing, end)
    stop = _MODIFIER.search(masked, by.end(), end) if by else None
    columns = tuple(_columns(masked, head.end(), opening))
    expressions = " ".join(masked[c.expression[0] : c.expression[1]] for c in columns if c.expression)
    return Select(
        columns=columns,
        group=_group(masked, opening, closing, "plain", graph),
        grouped=by is not None or _AGGREGATE.search(expressions) is not None,
        keys=tuple(_columns(masked, by.end(), stop.start() if stop else end)) if by else (),
    )


def _closing(masked: str, opening: int) -> int:
    """The place of the bracket that closes the one at a place."""
    pairs = {"{": "}", "(": ")"}
    left, right = masked[opening], pairs[masked[opening]]
    depth = 0
    for place in range(opening, len(masked)):
        depth += (masked[place] == left) - (masked[place] == right)
        if depth == 0:
            return place
    raise AssertionError("the text parses, so that its brackets are closed")


def _columns(masked: str, start: int, end: int) -> Iterator[Column]:
    place = start
    while place < end:
        if masked[place] == "(":
            closing = _closing(masked, place)
            named = _NAMED.match(masked, place + 1, closing)
            assert named is not None
            yield Column(named[2], named.span(1))
            place = closing + 1
        elif found := _VARIABLE.match(masked, place):
            yield Column(found[1])
            place = found.end()
        else:
            place += 1


def _group(masked: str, opening: int, closing: int, kind: str, graph: Span | None) -> Group:
    span = (opening + 1, closing)
    if _SELECT.match(masked[span[0] : span[1]].lstrip()):
        return Group(span, "select", graph, select=select_of(masked, *span, graph))
    runs: list[Span] = []
    parts: list[Group] = []
    start = place = span[0]
    while place < closing:
        if expression := _EXPRESSION.match(masked, place):
            runs.append((start, place))
            end = _end_of_expression(masked, expression.end(), closing)
            parts.extend(_groups_in(masked, expression.end(), end, graph))
            start = place = end
        elif masked[place] == "{":
            before = _BEFORE.search(masked, start, place)
            runs.append((start, before.start() if before else place))
            end = _closing(masked, place)
            if not (before and before["values"]):
                parts.append(_nested(masked, place, end, before, graph))
            start = place = end + 1
        else:
            place += 1
    runs.append((start, closing))
    return Group(
        span, kind, graph, tuple(run for run in runs if masked[slice(*run)].strip(" \t\r\n.")), tuple(parts)
    )


def _nested(
    masked: str, opening: int, closing: int, before: re.Match[str] | None, graph: Span | None
) -> Group:
    if before is None or before["either"]:
        return _group(masked, opening, closing, "plain", graph)
    if before["graph"]:
        return _group(masked, opening, closing, "graph", before.span("graph"))
    kind = next(name for name in ("none", "some", "minus", "maybe") if before[name])
    return _group(masked, opening, closing, kind, graph)


def _end_of_expression(masked: str, start: int, limit: int) -> int:
    """Where the expression after FILTER or BIND ends: it is in brackets, a call, or EXISTS with its group."""
    place = start
    while place < limit and masked[place] not in "({":
        place += 1
    return _closing(masked, place) + 1 if place < limit else limit


def _groups_in(masked: str, start: int, end: int, graph: Span | None) -> Iterator[Group]:
    """The groups of EXISTS in an expression."""
    place = start
    while (place := masked.find("{", place, end)) >= 0:
        before = _BEFORE.search(masked, start, place)
        closing = _closing(masked, place)
        yield _nested(masked, place, closing, before, graph)
        place = closing + 1

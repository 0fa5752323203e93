"""Ask a stored query about some things only: its answer on these, at the price of these."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from dealgraph.stored import text as texts
from dealgraph.stored.groups import Group, select_of

Term = NamedNode | Literal

_BIND: Final = re.compile(r"(?<![\w:.\-?$])BIND\s*\(", re.IGNORECASE)
_TARGET: Final = re.compile(r"\bAS\s+[?$](\w+)\s*\)$", re.IGNORECASE)
_WHERE: Final = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"[?$](\w+)")
_DISTINCT: Final = re.compile(r"\b(?:DISTINCT|REDUCED)\b", re.IGNORECASE)
_IN_ORDER: Final = re.compile(r"\b(?:BIND|OPTIONAL|MINUS)\b", re.IGNORECASE)
"""What a part of a group may not be moved across."""
_UNION: Final = re.compile(r"\s*UNION\b", re.IGNORECASE)
_UNION_BEFORE: Final = re.compile(r"\bUNION\s*$", re.IGNORECASE)
_HEAD: Final = "SELECT * WHERE {"
_NEEDED: Final = frozenset({"plain", "graph"})


@dataclass(frozen=True)
class Frame:
    """A query ready for values of some variables: `places` is where they go in, each with which of them."""

    text: str
    names: tuple[str, ...]
    places: tuple[tuple[int, tuple[int, ...]], ...]

    @staticmethod
    def of(text: str, names: Sequence[str]) -> Frame:
        """Make a query ready: see `restricted`. It takes longer than most queries do, so that it is kept."""
        text = _begun_with(_flattened(text), tuple(names))
        places = (
            (place, tuple(n for n, name in enumerate(names) if bound is None or name in bound))
            for place, bound in _openings(text)
        )
        return Frame(text, tuple(names), tuple((place, shared) for place, shared in places if shared))

    def on(self, rows: Iterable[Sequence[Term]]) -> str:
        """Return the query on some values."""
        kept, text = tuple(rows), self.text
        for place, shared in reversed(self.places):
            some = dict.fromkeys(tuple(row[number] for number in shared) for row in kept)
            text = f"{text[:place]} {_values([self.names[number] for number in shared], some)}{text[place:]}"
        return text


def restricted(text: str, names: Sequence[str], rows: Iterable[Sequence[Term]]) -> str:
    """Return a query that has the same rows, but only those in which variables have certain values.

    Reach for it where few values matter and a store is large. `names` are variables of the outermost group,
    each row has their values. The values also go into groups inside that bind one of the variables, because
    an engine may work out a group by itself. The text must parse; its outermost group follows WHERE.
    """
    return Frame.of(text, names).on(rows)


def asking_for(text: str, *names: str) -> str:
    """Return a SELECT of a variable, each value once, over the group of a query; other `names` stay in it.

    What is worked out and used no further is left out, for most of what a rule says is about its result.
    """
    masked = texts.mask(text)
    outer = _WHERE.search(masked)
    assert outer is not None, "a stored query has a WHERE"
    group = _without_idle_binds(text[outer.start() : masked.rindex("}") + 1], names)
    return f"{texts.prologue(text)}\nSELECT DISTINCT ?{names[0]} {group}"


def _without_idle_binds(text: str, names: Sequence[str]) -> str:
    """A group without each BIND of a variable that nothing else mentions: it takes no solution away."""
    masked = texts.mask(text)
    times = Counter(_VARIABLE.findall(masked))
    for bind in _BIND.finditer(masked):
        end = texts.closing(masked, bind.end() - 1) + 1
        target = _TARGET.search(masked, bind.end(), end)
        if target and times[target[1]] == 1 and target[1] not in names:
            return _without_idle_binds(text[: bind.start()] + text[end:], names)
    return text


@lru_cache(maxsize=1024)
def _openings(text: str) -> tuple[tuple[int, frozenset[str] | None], ...]:
    """Where groups begin that values can go into, in order, with the variables that they bind (nothing: all).

    These are the groups that a row must come from: no OPTIONAL, whose variables may stay unbound, and no
    group that is only asked whether it has a solution.
    """
    outer = _WHERE.search(texts.mask(text))
    assert outer is not None, "a stored query has a WHERE"
    body = f"{_HEAD}{text[outer.end() :]}"
    masked = texts.mask(body)
    moved = outer.end() - len(_HEAD)
    inner = _inside(masked, select_of(masked).group, None)
    found = {place + moved: names for place, names in inner}
    return ((outer.end(), None), *sorted((p, n) for p, n in found.items() if p != outer.end()))


def _inside(
    masked: str, group: Group, given: frozenset[str] | None
) -> Iterator[tuple[int, frozenset[str] | None]]:
    names = frozenset(name for run in group.runs for name in _VARIABLE.findall(masked, *run))
    yield group.span[0], names if given is None else names & given
    for part in group.parts:
        if part.select is not None:
            columns = part.select.columns
            seen = frozenset(column.name for column in columns if column.expression is None)
            # Sorted or counted, rows of a part are not rows of the whole: only what all are grouped by is.
            keys = frozenset(column.name for column in part.select.keys)
            inner = (seen & keys if part.select.grouped else seen) if columns else None
            kept = inner if given is None else given if inner is None else given & inner
            yield from _inside(masked, part.select.group, kept)
        elif part.kind in _NEEDED:
            yield from _inside(masked, part, given)


@lru_cache(maxsize=1024)
def _flattened(text: str) -> str:
    """Return a query without those subqueries that only name columns: they keep an engine from starting
    at the values. One that counts, sorts or leaves out doubles stays, as one that hides a variable does."""
    outer = _WHERE.search(texts.mask(text))
    assert outer is not None, "a stored query has a WHERE"
    body = f"{_HEAD}{text[outer.end() :]}"
    masked = texts.mask(body)
    for start, end in sorted(_headings(masked, select_of(masked).group), reverse=True):
        body = body[:start] + body[end:]
    return text[: outer.end()] + body[len(_HEAD) :]


def _headings(masked: str, group: Group) -> Iterator[tuple[int, int]]:
    """The places of `SELECT ... WHERE` in subqueries that only name columns."""
    for part in group.parts:
        select = part.select
        if select is None:
            yield from _headings(masked, part)
            continue
        start, end = part.span[0], select.group.span[0] - 1
        rest = masked[select.group.span[1] + 1 : part.span[1]]
        inside = set(_VARIABLE.findall(masked, end, select.group.span[1]))
        outside = set(_VARIABLE.findall(masked[: part.span[0]] + masked[part.span[1] :]))
        hidden = inside - {column.name for column in select.columns}
        is_plain = not select.grouped and not any(column.expression for column in select.columns)
        is_whole = not rest.strip() and not _DISTINCT.search(masked, start, end)
        if is_plain and is_whole and (not select.columns or not hidden & outside):
            yield start, end
        yield from _headings(masked, select.group)


@lru_cache(maxsize=1024)
def _begun_with(text: str, names: tuple[str, ...]) -> str:
    """Return a query that begins with the part that binds some variables: engines start where it does."""
    outer = _WHERE.search(texts.mask(text))
    assert outer is not None, "a stored query has a WHERE"
    body = f"{_HEAD}{text[outer.end() :]}"
    masked = texts.mask(body)
    for part in select_of(masked).group.parts:
        start, end = _extent(masked, part)
        if part.kind not in _NEEDED or _IN_ORDER.search(masked, len(_HEAD), start):
            break
        is_branch = _UNION.match(masked, end) or _UNION_BEFORE.search(masked, 0, start)
        if not is_branch and any(set(names) <= bound for _, bound in _inside(masked, part, None) if bound):
            moved = body[start:end]
            return f"{text[: outer.end()]} {moved} {body[len(_HEAD) : start]}{body[end:]}"
    return text


def _extent(masked: str, part: Group) -> tuple[int, int]:
    """Where a part of a group begins and ends, its braces and the GRAPH before them included."""
    start = part.span[0] - 1
    if part.kind == "graph" and part.graph:
        start = masked.upper().rindex("GRAPH", 0, part.graph[0])
    return start, part.span[1] + 1


def _values(names: Sequence[str], rows: Iterable[Sequence[Term]]) -> str:
    heads = " ".join(f"?{name}" for name in names)
    listed = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return f"VALUES ({heads}) {{ {listed} }} "

"""The scopes of a stored query: its outermost group, and each group that sees only a part of the outer ones.

A quad that changes inside NOT EXISTS, MINUS or a subquery changes rows of the whole query only by way of the
variables that are seen on both sides. Read off the text, as `stored.groups` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from dealgraph.stored import text as texts
from dealgraph.stored.groups import Group, Select, select_of

_VARIABLE: Final = re.compile(r"[?$](\w+)")
_WHERE: Final = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_APART: Final = frozenset({"some", "none", "minus"})
_UNION: Final = re.compile(r"[\s}]*UNION\b", re.IGNORECASE)
_UNION_BEFORE: Final = re.compile(r"\bUNION[\s{]*$", re.IGNORECASE)

ROOT: Final = 0


@dataclass(frozen=True)
class Scope:
    """One scope: `patterns` are its triple patterns alone, as the body of a group, without any filter.

    `shared` are the variables by which it is tied to the scope around it, `parent` that scope's number.
    `is_joined` tells that each solution of the scope around it is one of this scope too, as with a subquery.
    """

    patterns: str
    shared: tuple[str, ...]
    parent: int
    is_joined: bool = False


def scopes(text: str) -> tuple[Scope, ...]:
    """Return the scopes of a query that parses, the outermost first, each after the one around it."""
    masked = texts.mask(text)
    outer = _WHERE.search(masked)
    assert outer is not None, "a stored query has a WHERE"
    body = f"SELECT * WHERE {{{text[outer.end() : masked.rindex('}') + 1]}"
    reading = _Reading(body)
    reading.enter(select_of(reading.masked).group, (), ROOT)
    return tuple(reading.found)


class _Reading:
    def __init__(self, text: str) -> None:
        self.text = text
        self.masked = texts.mask(text)
        self.found: list[Scope] = []

    def enter(self, group: Group, shared: tuple[str, ...], parent: int, *, is_joined: bool = False) -> None:
        number = len(self.found)
        self.found.append(Scope(self._patterns(group), shared, parent, is_joined))
        seen = self._names(group)
        for inner in _inner(group):
            if inner.select is not None:
                given, is_joined = self._given(inner.select), inner in group.parts and self._is_joined(inner)
                self.enter(_told(inner.select.group, inner), given, number, is_joined=is_joined)
            else:
                names = tuple(name for name in self._names(inner) if name in seen)
                self.enter(_told(inner, inner), names, number)

    def _is_joined(self, part: Group) -> bool:
        """Tell whether a subquery right in a group has a solution in each of that group."""
        start, end = part.span
        is_branch = _UNION.match(self.masked, end) or _UNION_BEFORE.search(self.masked, 0, start)
        assert part.select is not None, "it is asked of subqueries only"
        return not is_branch and bool(part.select.keys or not part.select.grouped)

    def _patterns(self, group: Group) -> str:
        """The triples of a group, and those of its parts that are no scope of their own."""
        own = " . ".join(self.text[slice(*run)].strip().strip(".") for run in group.runs)
        if group.graph and own:
            own = f"GRAPH {self.text[slice(*group.graph)]} {{ {own} }}"
        nested = (part for part in group.parts if part.kind in _ENTERED)
        parts = [(self._patterns(part), part.kind == "graph") for part in nested]
        needed = [part for part, is_needed in parts if is_needed and part]
        optional = [f"OPTIONAL {{ {part} }}" for part, is_needed in parts if not is_needed and part]
        return " ".join([own, *needed, *optional]).strip()

    def _names(self, group: Group) -> tuple[str, ...]:
        """The variables that the triples of a group bind, and those that its subqueries give."""
        names = [name for run in group.runs for name in _VARIABLE.findall(self.masked, *run)]
        if group.graph:
            names += _VARIABLE.findall(self.masked, *group.graph)
        for part in group.parts:
            if part.select is not None:
                names += self._given(part.select)
            elif part.kind in _ENTERED:
                names += self._names(part)
        return tuple(dict.fromkeys(names))

    def _given(self, select: Select) -> tuple[str, ...]:
        """What a subquery gives that stands for one thing: no sum, no count, nothing worked out."""
        if not select.columns:
            return self._names(select.group)
        return tuple(column.name for column in select.columns if column.expression is None)


_ENTERED: Final = frozenset({"plain", "maybe", "graph"})


def _inner(group: Group) -> Iterator[Group]:
    """The scopes right inside a group."""
    for part in group.parts:
        if part.select is not None or part.kind in _APART:
            yield part
        else:
            yield from _inner(part)


def _told(group: Group, around: Group) -> Group:
    """A group that knows in which graph it stands."""
    return replace(group, graph=group.graph or around.graph)

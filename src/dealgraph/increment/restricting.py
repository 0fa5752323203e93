"""Ask a stored query about some things only: its answer on these, at the price of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from dealgraph.stored import text as texts

Term = NamedNode | Literal

_INNER: Final = re.compile(r"\bSELECT\b([^{}]*)\{", re.IGNORECASE)
_WHERE: Final = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_MADE_HERE: Final = re.compile(r"\bAS\s+[?$](\w+)", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"[?$](\w+)")


def restricted(text: str, names: Sequence[str], rows: Iterable[Sequence[Term]]) -> str:
    """Return a query that has the same rows, but only those in which variables have certain values.

    Reach for it where few values matter and a store is large. `names` are variables of the outermost group,
    each row has their values. The values also go into subqueries that give one of the variables, because
    an engine works out a subquery by itself. The text must parse; its outermost group follows WHERE.
    """
    kept = tuple(rows)
    for place, given in reversed(_openings(text)):
        shared = [number for number, name in enumerate(names) if given is None or name in given]
        if shared:
            some = dict.fromkeys(tuple(row[number] for number in shared) for row in kept)
            text = f"{text[:place]} {_values([names[number] for number in shared], some)}{text[place:]}"
    return text


@lru_cache(maxsize=1024)
def asking_for(text: str, name: str) -> str:
    """Return a SELECT of one variable, each value once, over the group of a query."""
    masked = texts.mask(text)
    outer = _WHERE.search(masked)
    assert outer is not None, "a stored query has a WHERE"
    return f"{texts.prologue(text)}\nSELECT DISTINCT ?{name} {text[outer.start() : masked.rindex('}') + 1]}"


@lru_cache(maxsize=1024)
def _openings(text: str) -> tuple[tuple[int, frozenset[str] | None], ...]:
    """Where groups begin that values can go into, with the variables they give outside (nothing: all)."""
    masked = texts.mask(text)
    outer = _WHERE.search(masked)
    assert outer is not None, "a stored query has a WHERE"
    found: list[tuple[int, frozenset[str] | None]] = [(outer.end(), None)]
    for inner in _INNER.finditer(masked, outer.end()):
        made = _MADE_HERE.findall(inner[1])
        given = frozenset(name for name in _VARIABLE.findall(inner[1]) if name not in made)
        found.append((inner.end(), None if "*" in inner[1] else given))
    return tuple(found)


def _values(names: Sequence[str], rows: Iterable[Sequence[Term]]) -> str:
    heads = " ".join(f"?{name}" for name in names)
    listed = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return f"VALUES ({heads}) {{ {listed} }} "

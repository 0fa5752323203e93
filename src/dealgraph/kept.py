"""What was worked out, as text and back: frozen dataclasses, collections and terms, so that it can be kept.

Reach for it where working something out takes longer than reading it. The text is JSON and can hold nothing
but what the reader has named: a file that someone else wrote can be wrong, but it runs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

Row = list[Any]


def _literal(value: str, datatype: str, language: str | None) -> Literal:
    return Literal(value, language=language) if language else Literal(value, datatype=NamedNode(datatype))


def _mapping(*parts: object) -> Mapping[object, object]:
    return MappingProxyType(dict(zip(parts[::2], parts[1::2], strict=True)))


_MADE_BY: Final[Mapping[str, Callable[..., object]]] = MappingProxyType(
    {
        "n": NamedNode,
        "b": BlankNode,
        "l": _literal,
        "i": int,
        "f": Path,
        "t": lambda *parts: parts,
        "s": lambda *parts: frozenset(parts),
        "m": _mapping,
    }
)
"""How a row is made into a value, by its first cell; a dataclass has its own name there."""


class Codec:
    """Writes values made of some dataclasses, of terms, texts, numbers, tuples, sets, mappings; reads them.

    Sets are frozen ones. A value that occurs many times is written, and made, once: so mappings that are read
    cannot be changed either.
    """

    def __init__(self, kinds: Iterable[type]) -> None:
        self._kinds: dict[str, Callable[..., object]] = {kind.__qualname__: kind for kind in kinds}

    def to_json(self, value: object) -> str:
        """Write a value; raises `TypeError` if something in it is of no kind that the reader knows."""
        writer = _Writer(self._kinds)
        last = writer.cell(value)
        return json.dumps([*writer.rows, ["t", last]], separators=(",", ":"))

    def from_json(self, text: str) -> Any:  # noqa: ANN401 - what was written
        """Read what `to_json` wrote; raises `ValueError`, `LookupError` or `TypeError` for any other text."""
        makers = {**_MADE_BY, **self._kinds}
        made: list[Any] = []
        for name, *cells in json.loads(text):
            made.append(makers[name](*[made[c] if type(c) is int else c for c in cells]))
        (value,) = made[-1]
        return value


class _Writer:
    """Writes rows; a cell is a text, true, false or null as it is, or the number of the row of a value."""

    def __init__(self, kinds: Mapping[str, Callable[..., object]]) -> None:
        self.rows: list[Row] = []
        self._kinds = kinds
        self._numbers: dict[tuple[str, ...], int] = {}

    def cell(self, value: object) -> str | int | bool | None:
        if value is None or isinstance(value, str | bool):
            return value
        row = self._row(value)
        number = self._numbers.setdefault(tuple(map(repr, row)), len(self.rows))
        if number == len(self.rows):
            self.rows.append(row)
        return number

    def _row(self, value: object) -> Row:
        if isinstance(value, NamedNode | BlankNode | Literal | int | Path):
            return _of_one(value)
        if isinstance(value, tuple):
            return ["t", *map(self.cell, value)]
        if isinstance(value, frozenset):
            return ["s", *sorted(map(self.cell, value), key=repr)]
        if isinstance(value, Mapping):
            return ["m", *(self.cell(part) for item in value.items() for part in item)]
        name = type(value).__qualname__
        if self._kinds.get(name) is not type(value):
            raise TypeError(f"{name} is of no kind that can be kept")
        return [name, *(self.cell(getattr(value, each.name)) for each in fields(value))]


def _of_one(value: NamedNode | BlankNode | Literal | int | Path) -> Row:
    if isinstance(value, Literal):
        return ["l", value.value, value.datatype.value, value.language]
    if isinstance(value, NamedNode | BlankNode):
        return ["n" if isinstance(value, NamedNode) else "b", value.value]
    return ["i" if isinstance(value, int) else "f", str(value)]

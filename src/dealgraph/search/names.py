"""Who bears the name that a person types: the very name, its beginning, its words, or one that is near."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

from dealgraph.lookup import CUTOFF, fold
from dealgraph.search.words import SHORTEST, WordIndex

MOST: Final = 1000
"""How many hits of one search are kept."""


class How(IntEnum):
    """How a name was found, the best first."""

    EXACT = 0
    BEGINNING = 1
    WORDS = 2
    LIKE = 3


@dataclass(frozen=True)
class Hit:
    """What was found: its IRI, the name it was found by, and how alike that is to what was typed (to 100)."""

    iri: str
    name: str
    how: How
    likeness: float


class NameIndex:
    """The names of many things, ready to be searched; case, accents, hyphens and spaces do not count."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Index pairs of an IRI and a name."""
        self.names: Final = sorted(set(names), key=lambda pair: (pair[1], pair[0]))
        self._folded = [fold(name) for _, name in self.names]
        self._closed: dict[str, list[int]] = {}
        for number, folded in enumerate(self._folded):
            self._closed.setdefault(folded.replace(" ", ""), []).append(number)

    def find(
        self, text: str, among: Callable[[str], bool] = lambda _: True, limit: int = MOST
    ) -> tuple[Hit, ...]:
        """Return who bears a name, each once by its best name: the best hits first, then the shorter names.

        `among` tells of an IRI whether it is wanted. Names that are only near are looked for where no name
        has the words.
        """
        folded = fold(text)
        closed = folded.replace(" ", "")
        if not closed:
            return ()
        found = [Hit(*self.names[n], How.EXACT, 100.0) for n in self._closed.get(closed, ())]
        for number, likeness in self._words.find(text).items():
            begins = self._folded[number].replace(" ", "").startswith(closed)
            how = How.BEGINNING if begins else How.WORDS if likeness >= 90 else How.LIKE
            found.append(Hit(*self.names[number], how, likeness))
        if not found:
            found = list(self._near(folded))
        best: dict[str, Hit] = {}
        for hit in sorted((hit for hit in found if among(hit.iri)), key=_order):
            best.setdefault(hit.iri, hit)
        return tuple(best.values())[:limit]

    def _near(self, folded: str) -> Iterator[Hit]:
        from rapidfuzz import fuzz, process

        if len(folded) < SHORTEST:
            return
        near = process.extract(folded, self._folded, scorer=fuzz.ratio, limit=20, score_cutoff=CUTOFF - 8)
        yield from (Hit(*self.names[number], How.LIKE, likeness) for _, likeness, number in near)

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex(self._folded)


def _order(hit: Hit) -> tuple[object, ...]:
    return hit.how, -hit.likeness, len(hit.name), hit.name, hit.iri

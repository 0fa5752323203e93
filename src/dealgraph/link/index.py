"""Find the few records worth comparing among a hundred thousand: by identifier, by words, by letters."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import Final

from dealgraph.link.entity import Entity
from dealgraph.link.known import called, top_kinds
from dealgraph.link.names import Name, initials, name_of

MOST: Final = 120
"""How many records a block holds, beside those found by an identifier or the very name."""
_SAME: Final = 300
_RAREST: Final = 10
_OWNED: Final = 200


class Index:
    """The records of one source, ready to be searched; build it once, then ask `block` for each thing.

    Every piece of a name (a word, three letters in a row) leads to the records that have it. A search
    follows only the rarest pieces of a name, so that it costs milliseconds whatever the number of records.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities: Final = tuple(entities)
        self._identified: defaultdict[str, list[int]] = defaultdict(list)
        self._owned: defaultdict[str, list[int]] = defaultdict(list)
        self._same: defaultdict[str, list[int]] = defaultdict(list)
        self._pieces: dict[str, array[int]] = {}
        for number, entity in enumerate(self.entities):
            self._add(number, entity)

    def identified(self, outside: str) -> tuple[str, ...]:
        """Return the IRIs of the records that have an identifier, given as its IRI."""
        return tuple(self.entities[number].iri for number in self._identified.get(outside, ()))

    def block(self, thing: Entity) -> tuple[Entity, ...]:
        """Return the records that may be the thing, each once: those of its identifiers and names first."""
        numbers: dict[int, None] = {}
        for identifier in thing.identifiers:
            numbers |= dict.fromkeys(self._identified.get(identifier.iri, ()))
        if "facility" in top_kinds(thing):
            for owner in thing.owners:
                for word in _words(owner):
                    numbers |= dict.fromkeys(self._owned.get(word, ())[:_OWNED])
        weights: defaultdict[int, float] = defaultdict(float)
        for each in called(thing):
            for form in _forms(each.name):
                numbers |= dict.fromkeys(self._same.get(form, ())[:_SAME])
            self._weigh(each.name, weights)
        ranked = nlargest(MOST, weights.items(), key=lambda item: (item[1], -item[0]))
        numbers |= dict.fromkeys(number for number, _ in ranked)
        return tuple(self.entities[number] for number in numbers)

    def _add(self, number: int, entity: Entity) -> None:
        for identifier in entity.identifiers:
            self._identified[identifier.iri].append(number)
        for owner in entity.owners:
            for word in _words(owner):
                self._owned[word].append(number)
        pieces: set[str] = set()
        for each in called(entity):
            for form in _forms(each.name):
                self._same[form].append(number)
            pieces.update(_pieces(each.name))
        for piece in pieces:
            self._pieces.setdefault(piece, array("I")).append(number)

    def _weigh(self, name: Name, weights: defaultdict[int, float]) -> None:
        found = [(self._pieces[piece], piece) for piece in _pieces(name) if piece in self._pieces]
        for numbers, piece in sorted(found, key=lambda pair: (len(pair[0]), pair[1]))[:_RAREST]:
            weight = math.log(1 + len(self.entities) / len(numbers)) * (2 if piece[0] == " " else 1)
            for number in numbers if len(numbers) <= 4_000 else numbers[:4_000]:
                weights[number] += weight


def _forms(name: Name) -> Iterator[str]:
    yield from dict.fromkeys((name.full, name.core, name.full.replace(" ", "")))
    words = name.full.split()
    if len(words) >= 3:
        yield initials(name)


def _words(owner: str) -> Iterator[str]:
    yield from dict.fromkeys(word for word in name_of(owner).core.split() if len(word) > 2)


def _pieces(name: Name) -> frozenset[str]:
    """Words, marked by a space before them, and the runs of three letters of each word."""
    words = name.full.split()
    runs = {f"^{word}$"[i : i + 3] for word in words for i in range(len(word))}
    return frozenset({f" {word}" for word in words} | runs)

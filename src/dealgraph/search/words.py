"""Which texts have the words that a person types: by the beginnings of words, typing errors forgiven."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from dealgraph.lookup import fold

LIKE: Final = 74.0
"""The least likeness, from 0 to 100, at which a word is taken for another."""
SHORTEST: Final = 4
"""A shorter word is never taken for another: too many are as near."""
MOST_NEAR: Final = 5
"""How many words that come near are followed for one that is not there."""
_BEGUN: Final = 90.0
_NEAR: Final = 89.0
_WORD: Final = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Return the words of a text, without case and accents, in their order."""
    return _WORD.findall(fold(text))


class WordIndex:
    """The words of many texts, each text known by its number; build it once, then ask `find`.

    A search costs what the words that it meets cost, not what the texts do.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts: dict[str, array[int]] = {}
        for number, text in enumerate(texts):
            for word in set(words_of(text)):
                self._texts.setdefault(word, array("I")).append(number)

    def find(self, text: str) -> dict[int, float]:
        """Return the texts that have every word of a text, or one that begins with it, with their likeness.

        A word that none has stands for the ones nearest to it. Whole words are liked by 100, beginnings by
        90, near words by how alike they are, less than that; a text by the mean of its words, and by less
        than 90 if one of them is only near.
        """
        wanted = list(dict.fromkeys(words_of(text)))
        liked = [self._liked(word) for word in wanted]
        if not liked:
            return {}
        common = set.intersection(*(set(one) for one in liked))
        return {number: _mean([one[number] for one in liked]) for number in common}

    def some(self, text: str) -> dict[int, float]:
        """Return the texts that have half of the words of a text or more, with the share they have."""
        wanted = list(dict.fromkeys(words_of(text)))
        found: dict[int, float] = {}
        for word in wanted:
            for number, liking in self._liked(word).items():
                found[number] = found.get(number, 0.0) + liking
        return {n: total / len(wanted) for n, total in found.items() if total >= 50 * len(wanted)}

    def corrected(self, text: str) -> str:
        """Return a text with each unknown word replaced by the nearest that is known."""
        return " ".join(next((near for near, _ in self._meant(word)), word) for word in words_of(text))

    def _liked(self, word: str) -> dict[int, float]:
        liked: dict[int, float] = {}
        for known, likeness in self._meant(word):
            for number in self._texts[known]:
                liked[number] = max(liked.get(number, 0.0), likeness)
        return liked

    def _meant(self, word: str) -> list[tuple[str, float]]:
        """The known words that a word may stand for, the likeliest first."""
        found = [(known, 100.0 if known == word else _BEGUN) for known in self._beginning(word)]
        return found or list(self._near(word))

    def _beginning(self, word: str) -> Iterator[str]:
        place = bisect_left(self._sorted, word)
        while place < len(self._sorted) and self._sorted[place].startswith(word):
            yield self._sorted[place]
            place += 1

    def _near(self, word: str) -> Iterator[tuple[str, float]]:
        from rapidfuzz import fuzz, process

        if len(word) < SHORTEST:
            return
        near = process.extract(
            word, self._sorted, scorer=fuzz.ratio, limit=MOST_NEAR, score_cutoff=LIKE, processor=None
        )
        yield from ((known, min(likeness, _NEAR)) for known, likeness, _ in near)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._texts)


def _mean(likings: list[float]) -> float:
    mean = sum(likings) / len(likings)
    return mean if min(likings) >= _BEGUN else min(mean, _NEAR)

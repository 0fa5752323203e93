"""Texts with some of their words marked: names of code, and what a search has met."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from dealgraph.lookup import fold
from dealgraph.search.words import words_of

if TYPE_CHECKING:
    from markupsafe import Markup

_TICKED: Final = re.compile(r"`([^`]*)`")
_WORD: Final = re.compile(r"\w+")


def ticked(text: str) -> Markup:
    """Return a text as HTML, escaped, in which what stands between backticks is code."""
    from markupsafe import Markup, escape

    pieces = _TICKED.split(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def marked(text: str, asked: str, also: Iterable[str] = ()) -> Markup:
    """Return a text as HTML, escaped, in which the words that a search met are marked.

    A word is met if it begins with a word of `asked`, or is one of `also`; case and accents do not count.
    """
    from markupsafe import Markup, escape

    wanted, others = words_of(asked), frozenset(word for text in also for word in words_of(text))
    pieces: list[Markup] = []
    place = 0
    for found in _WORD.finditer(text):
        pieces.append(escape(text[place : found.start()]))
        pieces.append(_piece(found[0], wanted, others))
        place = found.end()
    return Markup("").join([*pieces, escape(text[place:])])


def _piece(word: str, wanted: list[str], others: frozenset[str]) -> Markup:
    """One word, its beginning marked as far as it was typed."""
    from markupsafe import Markup, escape

    folded = fold(word)
    met = max((len(one) for one in wanted if folded.startswith(one)), default=0)
    if folded in others or met >= len(folded) > 0:
        return Markup("<mark>{}</mark>").format(word)
    if not met or len(folded) != len(word):  # letters that were taken apart cannot be counted
        return Markup("<mark>{}</mark>").format(word) if met else escape(word)
    return Markup("<mark>{}</mark>{}").format(word[:met], word[met:])

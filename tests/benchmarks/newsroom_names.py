"""Invented names, one for each number: no two numbers share one, and no name is anybody's."""

from __future__ import annotations

from typing import Final

_CONSONANTS: Final = "bcdfghjklmnprstvwxyz"
_VOWELS: Final = "aeiou"


def name(number: int) -> str:
    """Return the name of a number from 0: two syllables or more, with a capital letter."""
    number += len(_CONSONANTS) * len(_VOWELS)  # one syllable would be no name
    text = ""
    while number:
        number, vowel = divmod(number, len(_VOWELS))
        number, consonant = divmod(number, len(_CONSONANTS))
        text = _CONSONANTS[consonant] + _VOWELS[vowel] + text
    return text.capitalize()


def slug(text: str) -> str:
    """Return a label as the local name of an IRI."""
    return text.lower().replace(" ", "-")

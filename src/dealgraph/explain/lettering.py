"""Text in pictures: how wide it is and where its lines break, without any font at hand."""

from __future__ import annotations

from typing import Final

_NARROW: Final = frozenset("iljtfrI.,:;|!'’()[]-  ")
_WIDE: Final = frozenset("mwMW@%—●○")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a text is in a sans-serif font of a size, rather too wide than too narrow."""
    return size * sum(map(_share, text)) * (1.1 if bold else 1.0)


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a text at its spaces into lines that fit a room; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _share(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE:
        return 0.95
    return 0.71 if letter.isupper() else 0.62

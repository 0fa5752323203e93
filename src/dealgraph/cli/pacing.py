"""What is shown while a long command works: the step that it is at, and about how long is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rich.text import Text

from dealgraph.pace import Pace

SAY: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "read": "reading the files",
            "admit": "admitting claims",
            "close": "reasoning by rules",
            "classify": "reasoning by HermiT",
            "derive": "deriving",
            "check": "checking",
            "write": "writing the snapshot",
            "of": "{} ({} of {})",
            "seconds": "about {} s left",
            "minutes": "about {} min left",
            "longer": "longer than last time",
        },
        "fr": {
            "read": "lecture des fichiers",
            "admit": "admission des affirmations",
            "close": "raisonnement par règles",
            "classify": "raisonnement par HermiT",
            "derive": "dérivation",
            "check": "vérification",
            "write": "écriture de l'instantané",
            "of": "{} ({} sur {})",
            "seconds": "encore {} s environ",
            "minutes": "encore {} min environ",
            "longer": "plus long que la dernière fois",
        },
    }
)
_MINUTE: Final = 60
_EXACT: Final = 10
"""From so many seconds on they are told by fives: it is an estimate."""


@dataclass
class Shown:
    """A line that tells, whenever it is drawn, where a job stands; `part` is which of how many it is."""

    pace: Pace
    language: str
    part: tuple[int, int] = (1, 1)
    step: str = ""

    def enter(self, step: str) -> None:
        """Note that a step begins."""
        self.step = step
        self.pace.enter(step)

    def text(self) -> str:
        """Return the line as it is now."""
        say = SAY[self.language]
        doing = say.get(self.step, self.step)
        if self.part[1] > 1:
            doing = say["of"].format(doing, *self.part)
        left = self.pace.left()
        return f"{doing}…" if left is None else f"{doing}… {told(left, self.language)}"

    def __rich__(self) -> Text:
        """Draw it on a terminal."""
        return Text(self.text())


def told(seconds: float, language: str) -> str:
    """Return in words how long is left; negative where it takes longer than it should."""
    say = SAY[language]
    if seconds < 0:
        return say["longer"]
    if seconds > 2 * _MINUTE:
        return say["minutes"].format(round(seconds / _MINUTE))
    return say["seconds"].format(max(1, round(seconds)) if seconds < _EXACT else 5 * round(seconds / 5))

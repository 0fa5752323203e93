"""Names as they are compared: without case, accents, punctuation, legal forms and the notes of registers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dealgraph.lookup import fold

_FORMS: Final = (
    "ab ag as asa bv co company corp corporation cv gmbh inc incorporated kg kk limited llc llp lp ltd ltda "
    "mbh nv oy oyj pbc plc pte pty sa sab sarl sas se spa sro srl trust"
)
LEGAL_FORMS: Final = frozenset(_FORMS.split())
"""What follows a company's name and is no part of it."""

_GENERAL: Final = (
    "com de enterprises global group groupe holding holdings international intl of platforms technologies "
    "technology the and la le les des du"
)
GENERIC: Final = frozenset(_GENERAL.split())
"""Words that tell two companies apart only if nothing else does."""

_SHORT: Final = {
    "intl": "international",
    "mfg": "manufacturing",
    "svcs": "services",
    "tech": "technology",
    "technologies": "technology",
    "bancorporation": "bancorp",
    "bros": "brothers",
    "centre": "center",
    "labs": "laboratories",
    "lab": "laboratory",
    "saint": "st",
    "st": "st",
}
_QUALIFIER: Final = re.compile(r"\s*\(([^()]*)\)\s*$")
_STATE_NOTE: Final = re.compile(r"\s*[/\\](?:[A-Z]{2,4}|NEW|ADV|FI)[/\\]?\s*$")
_DOTTED: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_APOSTROPHE: Final = re.compile("[\u2019'`\u02bc\u02bb]")
_INITIALS: Final = re.compile(r"\b(?:[^\W\d_] )+[^\W\d_]\b")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Name:
    """A name taken apart: `core` are its telling words, `full` all but the legal form.

    `note` is what stood in brackets at the end. `core` and `full` are words joined by one space.
    """

    full: str
    core: str
    note: str = ""

    @property
    def words(self) -> frozenset[str]:
        """The words of `full`."""
        return frozenset(self.full.split())


@lru_cache(maxsize=400_000)
def name_of(text: str) -> Name:
    """Take a name apart; reach for it before any two names are compared.

    `"AMAZON COM INC"`, `"Amazon.com, Inc."` and `"Amazon.com (United States)"` have the same `full`.
    """
    bare, note = text, ""
    if found := _QUALIFIER.search(text):
        bare, note = text[: found.start()] or text, fold(found[1])
    bare = _DOTTED.sub(lambda match: match[0].replace(".", ""), _STATE_NOTE.sub("", bare))
    words = [_SHORT.get(word, word) for word in _words(bare)]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    full = _without_legal_form(words)
    core = [word for word in full if word not in GENERIC] or full
    return Name(" ".join(full), " ".join(core), note)


def _words(text: str) -> list[str]:
    # Not in "1&1" or "AT&T", where it joins letters of one word.
    spelled = re.sub(r"(?<=\w{2})\s*&\s*(?=\w{2})|\s&\s|\s\+\s", " and ", text)
    plain = _APOSTROPHE.sub("", spelled.replace("&", ""))
    words = " ".join(word for word in _WORD.findall(fold(plain)) if word != "and")
    return _INITIALS.sub(lambda match: match[0].replace(" ", ""), words).split()


def _without_legal_form(words: list[str]) -> list[str]:
    kept = list(words)
    while len(kept) > 1 and (kept[-1] in LEGAL_FORMS or kept[-2:] in (["s", "a"], ["n", "v"], ["p", "l"])):
        kept = kept[:-2] if kept[-1] not in LEGAL_FORMS else kept[:-1]
    return kept or list(words)


def initials(name: Name) -> str:
    """Return the first letters of a name's words: `ibm` for International Business Machines."""
    return "".join(word[0] for word in name.full.split())


def likeness(one: Name, other: Name) -> float:
    """Return how alike two names are, from 0 to 1; 1 only where they are the same but for form.

    Same telling words but other general ones ("Meta", "Meta Platforms") give 0.92; one name whole inside
    the other gives at most 0.86; anything else what its letters have in common.
    """
    if one.full == other.full or one.full.replace(" ", "") == other.full.replace(" ", ""):
        return 1.0
    if one.core == other.core:
        return 0.92
    from rapidfuzz import fuzz

    letters = max(fuzz.ratio(one.full, other.full), 0.97 * fuzz.token_sort_ratio(one.core, other.core)) / 100
    return min(0.95, max(letters, _inside(one, other), _shortened(one, other)))


def _inside(one: Name, other: Name) -> float:
    """One name is contained in the other: the more of it, the more alike."""
    mine, theirs = set(one.core.split()), set(other.core.split())
    common = mine & theirs
    if not common or len(common) < min(len(mine), len(theirs)):
        return 0.0
    return 0.7 + 0.16 * len(common) / max(len(mine), len(theirs))


def _shortened(one: Name, other: Name) -> float:
    short, long = sorted((one, other), key=lambda name: len(name.full))
    plain = short.full.replace(" ", "")
    letters = 3 <= len(plain) <= 5 and len(long.full.split()) >= 3
    return 0.75 if letters and plain in {initials(long), "".join(w[0] for w in long.core.split())} else 0.0

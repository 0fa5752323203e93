"""Verify passages against the texts of the articles, for whoever has the texts.

The project holds no sentence of an article: a passage is a position and a digest. With the file at
hand, each digest shows that the passage still says what it said. A text is found by its digest or
by its name, and is read exactly as stored: code points, no normalisation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from dealgraph.errors import Unreadable
from dealgraph.terms import compact

_PASSAGES = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
SELECT ?article ?file ?whole ?passage ?start ?end ?digest WHERE {
  GRAPH ?article {
    ?article dg:sourceFile ?file ; dg:sha256 ?whole .
    ?passage dg:inArticle ?article ; dg:start ?start ; dg:end ?end ; dg:sha256 ?digest .
  }
}
ORDER BY ?article ?start ?end
"""


class Outcome(StrEnum):
    """What the comparison of one article or passage with its text came to."""

    SOUND = "sound"
    MISSING_TEXT = "missing text"
    CHANGED_TEXT = "changed text"
    BAD_DIGEST = "bad digest"
    OUT_OF_RANGE = "out of range"


@dataclass(frozen=True)
class Verdict:
    """The outcome for one passage; `detail` says what was expected and what to do."""

    article: str
    passage: str
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True)
class _Text:
    name: str
    digest: str
    characters: str


@dataclass(frozen=True)
class _Place:
    article: str
    file: str
    whole: str
    start: str
    end: str
    digest: str


def verify(store: Store, folder: Path) -> tuple[Verdict, ...]:
    """Compare every passage of every article with the texts in a folder.

    Returns one verdict a passage, in the order of articles and positions. A text that is not in the
    folder, one that is not the text the passages were taken from, and a digest that does not fit an
    unchanged text are told apart. Raises `Unreadable` if the folder cannot be read.
    """
    texts = _texts(folder)
    rows = store.query(_PASSAGES)
    assert isinstance(rows, QuerySolutions)
    places = [_Place(**{field.name: row[field.name].value for field in fields(_Place)}) for row in rows]
    return tuple(
        Verdict(compact(place.article), f"char={place.start},{place.end}", *_outcome(texts, place))
        for place in places
    )


def _outcome(texts: Iterable[_Text], place: _Place) -> tuple[Outcome, str]:
    same = next((text for text in texts if text.digest == place.whole.lower()), None)
    if same is None:
        if named := next((text for text in texts if text.name == place.file), None):
            detail = f"{place.file} has the digest {named.digest[:12]}…, not {place.whole[:12].lower()}…"
            return Outcome.CHANGED_TEXT, detail
        return Outcome.MISSING_TEXT, f"no file in the folder is {place.file} or has its digest"
    start, end = int(place.start), int(place.end)
    if not 0 <= start < end <= len(same.characters):
        return Outcome.OUT_OF_RANGE, f"{same.name} has {len(same.characters)} code points"
    if _sha256(same.characters[start:end].encode()) != place.digest.lower():
        return Outcome.BAD_DIGEST, "the text is unchanged, so the digest or the position is wrong"
    return Outcome.SOUND, ""


def _texts(folder: Path) -> tuple[_Text, ...]:
    try:
        found = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()]
    except OSError as error:
        raise Unreadable(
            f"the folder of texts cannot be read ({error.strerror})",
            where=str(folder),
            fix="Name another by --texts",
        ) from None
    return tuple(_Text(name, _sha256(data), data.decode("utf-8", "replace")) for name, data in found)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

"""The text of an article, where the operator has pointed to it: only what a digest vouches for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pyoxigraph import NamedNode

from dealgraph.desk import Desk
from dealgraph.terms import iri


@dataclass(frozen=True)
class Text:
    """The text of one article as stored, or why there is none: `state` is a key of the phrases."""

    characters: str = ""
    state: str = "text none"

    def slice(self, start: int, end: int, sha256: str) -> tuple[str, str]:
        """Return what stands in a passage, or nothing and the key of the phrase that says why."""
        if not self.characters:
            return "", self.state
        found = self.characters[start:end]
        if end > len(self.characters) or _digest(found.encode()) != sha256.lower():
            return "", "text bad digest"
        return found, ""


def text_of(desk: Desk, article: str) -> Text:
    """Return the text of an article from the desk's folder: the file of its name, or of its digest.

    A file with another digest is not the text that the passages were taken from, and is not shown.
    """
    name, digest = (_value(desk, article, f"dg:{key}") for key in ("sourceFile", "sha256"))
    if desk.texts is None or not digest:
        return Text()
    try:
        named = desk.texts / name
        likely = [named] if name and named.parent == desk.texts and named.is_file() else []
        for path in (*likely, *sorted(p for p in desk.texts.iterdir() if p.is_file() and p != named)):
            data = path.read_bytes()
            if _digest(data) == digest.lower():
                return Text(data.decode("utf-8", "replace"), "")
    except OSError:
        return Text(state="text unreadable")
    return Text(state="text changed" if likely else "text missing")


def _value(desk: Desk, article: str, name: str) -> str:
    quads = desk.store.quads_for_pattern(NamedNode(article), NamedNode(iri(name)), None, None)
    return next((str(getattr(quad.object, "value", "")) for quad in quads), "")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

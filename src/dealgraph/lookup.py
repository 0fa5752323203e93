"""From what a person types to the thing it names: forgiving, and never guessing in silence."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions, Store

from dealgraph.errors import AmbiguousName, UnknownName
from dealgraph.terms import PREFIXES, compact, iri, local_name

CUTOFF: Final = 80.0
"""The least likeness, from 0 to 100, at which a misspelt name is forgiven."""
TYPE_WORDS: Final = frozenset({"a", "is", "is a", "is an", "type", "rdf:type", "est", "est un", "est une"})
"""What a person may type for the property that gives a thing its class."""
MARGIN: Final = 4.0
"""How far the best name must be ahead of the next thing's to be taken."""

_NAMES: Final = """
PREFIX graph: <https://w3id.org/dealgraph/graph/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name WHERE {
  GRAPH ?graph { ?thing rdfs:label|skos:altLabel ?name . ?thing a ?type }
  FILTER(isIRI(?thing) && ?graph != graph:queries)
}
"""


@dataclass(frozen=True)
class Found:
    """A thing, the name it was found by, and how alike that is to what was typed (100: the same)."""

    thing: NamedNode
    name: str
    likeness: float


def find(store: Store, text: str, among: Callable[[str], bool] = lambda _: True) -> Found:
    """Return the thing that a text names: an IRI, `prefix:name`, a label or alias, or a local name.

    Case, accents and small typing errors are forgiven; `likeness` says how much was. `among` tells of an
    IRI whether it may be meant at all (none: every one). Raises `UnknownName` with the nearest names, or
    `AmbiguousName` with the things that answer to it.
    """
    names = _names(store, among)
    exact = _as_iri(text)
    if exact and any(exact == thing for things in names.values() for thing, _ in things):
        return Found(NamedNode(exact), text, 100.0)
    folded = fold(text)
    matches = names.get(folded) or _by_local_name(names, folded)
    if not matches and exact:
        raise UnknownName("no thing has this IRI", where=text, fix="Check the spelling, or give a label")
    if not matches:
        return _nearest(names, text, folded)
    things = {thing for thing, _ in matches}
    if len(things) > 1:
        raise _ambiguous(text, things)
    thing, name = sorted(matches)[0]
    return Found(NamedNode(thing), name, 100.0)


def fold(text: str) -> str:
    """Return a text without case, accents and needless spaces: what two spellings have in common."""
    if text.isascii():
        return " ".join(text.lower().replace("-", " ").split())
    # Twice: taking a letter apart can bring out a capital (bold or sans-serif ones have no lower case).
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).replace("-", " ").split())


Names = Mapping[str, set[tuple[str, str]]]


def _names(store: Store, among: Callable[[str], bool]) -> Names:
    names: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = store.query(_NAMES)
    assert isinstance(rows, QuerySolutions)
    for row in (row for row in rows if among(row["thing"].value)):
        names[fold(row["name"].value)].add((row["thing"].value, row["name"].value))
    return names


def _as_iri(text: str) -> str | None:
    bare = text.strip("<>")
    if "://" in bare:
        return bare
    prefix, colon, _ = bare.partition(":")
    return iri(bare) if colon and prefix in PREFIXES and " " not in bare else None


def _by_local_name(names: Names, folded: str) -> set[tuple[str, str]]:
    return {pair for pairs in names.values() for pair in pairs if fold(local_name(pair[0])) == folded}


def _nearest(names: Names, text: str, folded: str) -> Found:
    from rapidfuzz import fuzz, process

    ranked = process.extract(folded, list(names), scorer=fuzz.ratio, limit=8, score_cutoff=CUTOFF - 25)
    if not ranked or ranked[0][1] < CUTOFF:
        near = ", ".join(sorted(n)[0][1] for n in (names[name] for name, _, _ in ranked[:3]))
        advice = f"Did you mean: {near}?" if near else "List the things by: dealgraph ask things/list"
        raise UnknownName("no thing has this name", where=f"'{text}'", fix=advice)
    best = ranked[0][1]
    close = {thing for name, score, _ in ranked if best - score < MARGIN for thing, _ in names[name]}
    if len(close) > 1:
        raise _ambiguous(text, close)
    thing, name = sorted(names[ranked[0][0]])[0]
    return Found(NamedNode(thing), name, best)


def _ambiguous(text: str, things: set[str]) -> AmbiguousName:
    listed = ", ".join(sorted(compact(thing) for thing in things))
    return AmbiguousName(
        f"several things answer to this name: {listed}", where=f"'{text}'", fix="Give one of these"
    )

"""The names of an entity, taken apart once: what the index finds it by and the score compares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dealgraph.link.entity import GENERAL, Entity
from dealgraph.link.names import Name, name_of

MOST: Final = 24
"""The most names of one entity that are compared."""


@dataclass(frozen=True)
class Called:
    """One name of an entity: as it is written, taken apart, and what sort of name it is.

    `sort` is name, alias or former; a name from which the owner and the place are left out is an alias.
    """

    text: str
    name: Name
    sort: str


@lru_cache(maxsize=200_000)
def called(entity: Entity) -> tuple[Called, ...]:
    """Return the names of an entity, main ones first, each form once."""
    found: dict[str, Called] = {}
    for text, sort in _all(entity):
        name = name_of(text)
        if name.full and len(found) < MOST:
            found.setdefault(name.full, Called(text, name, sort))
    return tuple(found.values())


def top_kinds(entity: Entity) -> frozenset[str]:
    """Return the most general kinds of an entity: organization, place, facility, person, model."""
    return frozenset(GENERAL[kind] or kind for kind in entity.kinds)


def _all(entity: Entity) -> Iterator[tuple[str, str]]:
    yield from ((text, "name") for text in entity.labels)
    yield from ((text, "alias") for text in entity.aliases)
    if "facility" in top_kinds(entity):
        yield from ((text, "alias") for text in _bare(entity))
    yield from ((text, "former") for text in entity.former)


def _bare(entity: Entity) -> Iterator[str]:
    """`Meta Prometheus New Albany Ohio` of Meta in New Albany is also `Prometheus`."""
    around = {word for owner in entity.owners for word in name_of(owner).full.split()}
    for place in entity.places:
        for text in (place.city, place.region, place.country, place.text):
            around |= set(name_of(text).full.split())
    for text in (*entity.labels, *entity.aliases):
        words = name_of(text).full.split()
        kept = [word for word in words if word not in around]
        if kept and len(kept) < len(words):
            yield " ".join(kept)

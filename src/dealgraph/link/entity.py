"""What linking knows of a thing of ours, and of a record outside: one form for both, so that they compare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

# Kind to the more general kind.
GENERAL: Final = {
    "company": "organization",
    "laboratory": "organization",
    "media": "organization",
    "city": "place",
    "region": "place",
    "country": "place",
    "data-center": "facility",
    "programme": "facility",
    "person": "",
    "model": "",
    "organization": "",
    "place": "",
    "facility": "",
}
KINDS: Final = tuple(sorted(GENERAL))


@dataclass(frozen=True)
class Place:
    """Where something is, as far as it is told: names as they stand in the source, `text` a whole address."""

    city: str = ""
    region: str = ""
    country: str = ""
    text: str = ""


@dataclass(frozen=True)
class Identifier:
    """One identifier: `scheme` as `dealgraph.mapping.scheme_of` names it, `iri` in its one form."""

    scheme: str
    iri: str


@dataclass(frozen=True)
class Entity:
    """A thing of ours, or a record of a source, with all that a comparison may use.

    `labels` begin with the main one. `years` are those in which it began, the main one first; `owners` are
    the names of who owns, runs or steers it. `where` is the file and line of a record.
    """

    iri: str
    labels: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    years: tuple[int, ...] = ()
    owners: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    where: str = ""

    @property
    def label(self) -> str:
        """The main label."""
        return self.labels[0] if self.labels else self.iri

    def without(self, schemes: frozenset[str]) -> Entity:
        """Return the same entity with the identifiers of some schemes left out; for measuring."""
        kept = tuple(i for i in self.identifiers if i.scheme not in schemes)
        return replace(self, identifiers=kept)


def merged(first: Entity, second: Entity) -> Entity:
    """Return one entity for two records of the same id: what the second adds comes after the first's."""

    def both(name: str) -> tuple[object, ...]:
        return tuple(dict.fromkeys((*getattr(first, name), *getattr(second, name))))

    fields = ("labels", "aliases", "former", "places", "years", "owners", "identifiers")
    joined: dict[str, object] = {name: both(name) for name in fields}
    return replace(first, **joined, kinds=first.kinds | second.kinds)  # type: ignore[arg-type]

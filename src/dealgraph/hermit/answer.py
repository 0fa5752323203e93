"""Read what HermiT prints: direct superclasses, the most specific properties, one axiom a line.

HermiT prints a reduced answer. A class has its nearest superclasses, an individual its nearest
classes, and a pair of individuals stands at only one of the properties that relate it: neither at a
super-property, nor at an equivalent or an inverse one. The rest follows from the hierarchies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dealgraph.terms import iri

INVERSE: Final = "inverse:"
"""What stands before the name of a property for its inverse, a scheme that no IRI has."""

Axiom = tuple[str, ...]

_BOTTOM: Final = frozenset([iri("owl:Nothing"), iri("owl:bottomObjectProperty")])
_TOP: Final = frozenset([iri("owl:Thing"), iri("owl:topObjectProperty")])
_BUILT_IN: Final = frozenset(f"{turn}{name}" for name in _BOTTOM | _TOP for turn in ("", INVERSE))

_NAME: Final = re.compile(r"(ObjectInverseOf\( )?<([^>]*)>")
_PAIR: Final = re.compile(r"\(<([^>]*)>, <([^>]*)>\)")
_POSSIBLE: Final = " | possible instances:"
# Individuals that HermiT makes up for blank nodes.
_MADE_UP: Final = "internal:"


@dataclass(frozen=True)
class Hierarchy:
    """Which name is directly below which (lower first), which mean the same, which mean nothing or all."""

    below: tuple[Axiom, ...]
    same: tuple[Axiom, ...]
    empty: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """HermiT's reduced answer, by full IRI: types are (individual, class), relations (property, from, to)."""

    classes: Hierarchy
    properties: Hierarchy
    types: tuple[Axiom, ...]
    relations: tuple[Axiom, ...]


def read(printed: str) -> Answer:
    """Turn HermiT's output into an answer, in the order of its lines; it passes over other kinds of lines."""
    found: dict[str, list[Axiom]] = {}
    relations: list[Axiom] = []
    for line in printed.splitlines():
        if line.startswith("<"):
            relations.extend(_relations(line))
        else:
            kind, _, rest = line.partition("( ")
            found.setdefault(kind, []).append(_names(rest))
    return Answer(
        classes=_hierarchy(found.get("SubClassOf", []), found.get("EquivalentClasses", [])),
        properties=_hierarchy(
            _mirrored(found.get("SubObjectPropertyOf", [])),
            _mirrored(found.get("EquivalentObjectProperties", [])),
        ),
        types=tuple(names for names in found.get("Type", []) if names[1] not in _TOP),
        relations=tuple(relations),
    )


def inverse(name: str) -> str:
    """Return the name of the inverse of a property: twice applied, the property itself."""
    return name.removeprefix(INVERSE) if name.startswith(INVERSE) else f"{INVERSE}{name}"


def _names(text: str) -> Axiom:
    return tuple(f"{INVERSE if turned else ''}{name}" for turned, name in _NAME.findall(text))


def _hierarchy(below: Iterable[Axiom], same: Iterable[Axiom]) -> Hierarchy:
    """Sort out what means nothing or all: HermiT prints no steps from or to those."""
    groups = [frozenset(names) for names in same]
    return Hierarchy(
        below=tuple(below),
        same=tuple(names for names in same if _BUILT_IN.isdisjoint(names)),
        empty=frozenset[str]().union(*(group for group in groups if group & _BOTTOM)) - _BUILT_IN,
        full=frozenset[str]().union(*(group for group in groups if group & _TOP)) - _BUILT_IN,
    )


def _mirrored(axioms: Iterable[Axiom]) -> list[Axiom]:
    """Add to each axiom on properties the one on their inverses, which says the same."""
    return list(dict.fromkeys(way for names in axioms for way in (names, tuple(map(inverse, names)))))


def _relations(line: str) -> Iterator[Axiom]:
    name, _, rest = line[1:].partition("> (")
    known, _, _ = rest.partition(_POSSIBLE)
    for start, end in _PAIR.findall(known):
        if not (start.startswith(_MADE_UP) or end.startswith(_MADE_UP)):
            yield name, start, end

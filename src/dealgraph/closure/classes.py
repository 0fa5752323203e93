"""Axioms about classes: the rules of tables 6 and 7 that infer something, but those of restrictions.

Each function puts one axiom into effect; those that contradict are in `clashes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dealgraph.closure.engine import Attach, Engine
from dealgraph.closure.store import Group, Ids
from dealgraph.closure.vocabulary import (
    EQUIVALENT_CLASS,
    INTERSECTION_OF,
    ONE_OF,
    SUB_CLASS_OF,
    UNION_OF,
)


def install(engine: Engine) -> None:
    """Make an engine apply the rules of tables 6 and 7 to every axiom that it finds."""
    for predicate, attach in _BY_PREDICATE.items():
        engine.on_axiom(predicate, attach)


def _sub_class(engine: Engine, axiom: Ids) -> None:
    _imply(engine, axiom[0], axiom[2], "cax-sco", (axiom,))


def _equivalent_class(engine: Engine, axiom: Ids) -> None:
    _imply(engine, axiom[0], axiom[2], "cax-eqc1", (axiom,))
    _imply(engine, axiom[2], axiom[0], "cax-eqc2", (axiom,))


def _intersection(engine: Engine, axiom: Ids) -> None:
    def read(group: Group, parts: tuple[int, ...]) -> None:
        for part in parts:
            _imply(engine, axiom[0], part, "cls-int2", group)
        _gather(engine, axiom[0], parts, group)

    engine.lists.watch(axiom, read)


def _union(engine: Engine, axiom: Ids) -> None:
    def read(group: Group, parts: tuple[int, ...]) -> None:
        for part in parts:
            _imply(engine, part, axiom[0], "cls-uni", group)

    engine.lists.watch(axiom, read)


def _one_of(engine: Engine, axiom: Ids) -> None:
    def read(group: Group, things: tuple[int, ...]) -> None:
        for thing in things:
            engine.classify(thing, axiom[0], "cls-oo", group)

    engine.lists.watch(axiom, read)


def _imply(engine: Engine, lower: int, upper: int, rule: str, group: Group) -> None:
    """Put the members of one class into another one."""
    if lower != upper and not engine.is_idle(upper):
        engine.on_class(lower, lambda triple: engine.classify(triple[0], upper, rule, group, triple))


def _gather(engine: Engine, kind: int, parts: tuple[int, ...], group: Group) -> None:
    """Put what is in all of some classes into another one (cls-int1)."""
    extents = [engine.members(part) for part in parts]

    def found(triple: Ids) -> None:
        typed = [extent.get(triple[0]) for extent in extents]
        present = [each for each in typed if each is not None]
        if len(present) == len(typed):
            engine.classify(triple[0], kind, "cls-int1", group, *present)

    for part in dict.fromkeys(parts):
        engine.on_class(part, found)


_BY_PREDICATE: Final[Mapping[int, Attach]] = MappingProxyType(
    {
        SUB_CLASS_OF: _sub_class,
        EQUIVALENT_CLASS: _equivalent_class,
        INTERSECTION_OF: _intersection,
        UNION_OF: _union,
        ONE_OF: _one_of,
    }
)

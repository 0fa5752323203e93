"""The rules of tables 6 and 7 whose conclusion is false."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from dealgraph.closure.axioms import listed_axioms
from dealgraph.closure.engine import Engine
from dealgraph.closure.restrictions import Restriction, described
from dealgraph.closure.store import Group, Ids
from dealgraph.closure.vocabulary import (
    ALL_DISJOINT_CLASSES,
    COMPLEMENT_OF,
    DISJOINT_WITH,
    MAX_CARDINALITY,
    MAX_QUALIFIED_CARDINALITY,
    MEMBERS,
    NOTHING,
    THING,
)


def install(engine: Engine) -> None:
    """Make an engine find the members of those classes that a clash may need."""

    def want_both(axiom: Ids) -> None:
        engine.want(axiom[0])
        engine.want(axiom[2])

    def want_all(_: Group, parts: tuple[int, ...]) -> None:
        for part in parts:
            engine.want(part)

    engine.on_role(COMPLEMENT_OF, want_both)
    engine.on_role(DISJOINT_WITH, want_both)
    engine.on_role(MEMBERS, lambda axiom: engine.lists.watch(axiom, want_all))


def _members(engine: Engine, kind: int) -> Iterator[Ids]:
    return (typed for typed in engine.members(kind).values() if engine.is_current(typed))


def _of_nothing(engine: Engine) -> Iterator[Group]:
    return ((typed,) for typed in _members(engine, NOTHING))


def _of_both(predicate: int) -> Callable[[Engine], Iterator[Group]]:
    def find(engine: Engine) -> Iterator[Group]:
        for axiom in engine.current(predicate):
            others = engine.members(axiom[2])
            for typed in _members(engine, axiom[0]):
                if typed[0] in others:
                    yield axiom, typed, others[typed[0]]

    return find


def _of_two(engine: Engine) -> Iterator[Group]:
    for axiom, listed in listed_axioms(engine, ALL_DISJOINT_CLASSES):
        seen: dict[int, Ids] = {}
        for kind in listed.members:
            fresh = {}
            for typed in _members(engine, kind):
                if typed[0] in seen:
                    yield (*axiom, *listed.cells, seen[typed[0]], typed)
                else:
                    fresh[typed[0]] = typed
            seen |= fresh


def _restrictions_to_none(engine: Engine, kind: int) -> Iterator[Restriction]:
    for node in dict.fromkeys(axiom[0] for axiom in engine.current(kind)):
        for this in described(engine, node, kind):
            is_current = all(engine.is_current(triple) for triple in this.group)
            if is_current and engine.literals.is_number(this.filler, 0):
                yield this


def _values(engine: Engine, this: Restriction) -> Iterator[tuple[Ids, Ids]]:
    by_subject = engine.role(this.predicate).by_subject()
    for typed in _members(engine, this.node):
        for triple in by_subject.get(typed[0], ()):
            if engine.is_current(triple):
                yield typed, triple


def _some_where_none(engine: Engine) -> Iterator[Group]:
    for this in _restrictions_to_none(engine, MAX_CARDINALITY):
        for typed, triple in _values(engine, this):
            yield (*this.group, typed, triple)


def _some_of_a_class(engine: Engine) -> Iterator[Group]:
    for this in _restrictions_to_none(engine, MAX_QUALIFIED_CARDINALITY):
        counted = engine.members(this.on)
        for typed, triple in _values(engine, this):
            if triple[2] in counted:
                yield (*this.group, typed, triple, counted[triple[2]])


def _some_of_anything(engine: Engine) -> Iterator[Group]:
    for this in _restrictions_to_none(engine, MAX_QUALIFIED_CARDINALITY):
        if this.on == THING:
            for typed, triple in _values(engine, this):
                yield (*this.group, typed, triple)


FINDERS: Final[Mapping[str, Callable[[Engine], Iterator[Group]]]] = MappingProxyType(
    {
        "cls-nothing2": _of_nothing,
        "cls-com": _of_both(COMPLEMENT_OF),
        "cls-maxc1": _some_where_none,
        "cls-maxqc1": _some_of_a_class,
        "cls-maxqc2": _some_of_anything,
        "cax-dw": _of_both(DISJOINT_WITH),
        "cax-adc": _of_two,
    }
)

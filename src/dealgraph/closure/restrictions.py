"""Restrictions: what table 6 infers from a class that is described by the values of a property."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from dealgraph.closure.engine import Engine
from dealgraph.closure.store import Group, Ids
from dealgraph.closure.vocabulary import (
    ALL_VALUES_FROM,
    HAS_VALUE,
    MAX_CARDINALITY,
    MAX_QUALIFIED_CARDINALITY,
    ON_CLASS,
    ON_PROPERTY,
    SAME_AS,
    SOME_VALUES_FROM,
    THING,
)


class Restriction(NamedTuple):
    """A class of those that have certain values of a property, with the statements that describe it.

    `filler` is the class, value or number that the description ends on, `on` the class that a
    qualified number is about (else owl:Thing).
    """

    node: int
    predicate: int
    filler: int
    on: int
    group: Group


def described(engine: Engine, node: int, kind: int) -> list[Restriction]:
    """Return the restrictions of one kind, such as owl:hasValue, that a node is described as."""

    def about(predicate: int) -> list[Ids]:
        return engine.role(predicate).by_subject().get(node, [])

    pairs = [(filler, on_property) for filler in about(kind) for on_property in about(ON_PROPERTY)]
    if kind != MAX_QUALIFIED_CARDINALITY:
        return [Restriction(node, pair[1][2], pair[0][2], THING, pair) for pair in pairs]
    return [
        Restriction(node, pair[1][2], pair[0][2], on_class[2], (*pair, on_class))
        for pair in pairs
        for on_class in about(ON_CLASS)
    ]


def install(engine: Engine, also: Callable[[int, Restriction], None]) -> None:
    """Make an engine apply the rules on restrictions to each that it finds; `also` gets kind and each."""
    effective: set[Group] = set()

    def found(triple: Ids) -> None:
        for kind in _EFFECTS if triple[1] in (ON_PROPERTY, ON_CLASS) else (triple[1],):
            for restriction in described(engine, triple[0], kind):
                if restriction.group not in effective and has_meaning(engine, kind, restriction):
                    effective.add(restriction.group)
                    _EFFECTS[kind](engine, restriction)
                    also(kind, restriction)

    for predicate in (*_EFFECTS, ON_PROPERTY, ON_CLASS):
        engine.on_role(predicate, found)


def has_meaning(engine: Engine, kind: int, restriction: Restriction) -> bool:
    """Tell whether a class stands where one is needed, and not a literal."""
    return kind not in (SOME_VALUES_FROM, ALL_VALUES_FROM) or restriction.filler not in engine.literals


def _some_values(engine: Engine, this: Restriction) -> None:
    node, predicate, filler, _, group = this
    if filler == THING:
        engine.on_role(predicate, lambda triple: engine.classify(triple[0], node, "cls-svf2", group, triple))
        return
    fillers, by_object = engine.members(filler), engine.role(predicate).by_object()

    def on_value(triple: Ids) -> None:
        if typed := fillers.get(triple[2]):
            engine.classify(triple[0], node, "cls-svf1", group, triple, typed)

    def on_filler(typed: Ids) -> None:
        for triple in by_object.get(typed[0], ()):
            engine.classify(triple[0], node, "cls-svf1", group, triple, typed)

    engine.on_role(predicate, on_value)
    engine.on_class(filler, on_filler)


def _all_values(engine: Engine, this: Restriction) -> None:
    node, predicate, filler, _, group = this

    def pair(typed: Ids, triple: Ids) -> None:
        engine.classify(triple[2], filler, "cls-avf", group, typed, triple)

    if not engine.is_idle(filler):
        _on_members_with_values(engine, node, predicate, pair)


def _has_value(engine: Engine, this: Restriction) -> None:
    node, predicate, filler, _, group = this

    def on_member(typed: Ids) -> None:
        engine.emit((typed[0], predicate, filler), "cls-hv1", group, typed)

    def on_value(triple: Ids) -> None:
        if triple[2] == filler:
            engine.classify(triple[0], node, "cls-hv2", group, triple)

    engine.on_class(node, on_member)
    engine.on_role(predicate, on_value)


def _at_most(engine: Engine, this: Restriction) -> None:
    if engine.literals.is_number(this.filler, 1):
        _at_most_one(engine, this, "cls-maxc2")


def _at_most_qualified(engine: Engine, this: Restriction) -> None:
    if this.on == THING and engine.literals.is_number(this.filler, 1):
        _at_most_one(engine, this, "cls-maxqc4")
    elif engine.literals.is_number(this.filler, 1):
        _at_most_one_of(engine, this)
    elif this.on != THING and engine.literals.is_number(this.filler, 0):
        engine.want(this.on)


def _at_most_one(engine: Engine, this: Restriction, rule: str) -> None:
    by_subject = engine.role(this.predicate).by_subject()

    def pair(typed: Ids, triple: Ids) -> None:
        first = by_subject[triple[0]][0]
        if first[2] != triple[2]:
            engine.emit((first[2], SAME_AS, triple[2]), rule, this.group, typed, first, triple)

    _on_members_with_values(engine, this.node, this.predicate, pair)


def _at_most_one_of(engine: Engine, this: Restriction) -> None:
    counted, values = engine.members(this.on), engine.role(this.predicate)
    by_subject, by_object, members = values.by_subject(), values.by_object(), engine.members(this.node)

    def count(subject: int) -> None:
        typed = members.get(subject)
        if typed is None:
            return
        first: Group = ()
        for triple in by_subject.get(subject, ()):
            kind = counted.get(triple[2])
            if kind and not first:
                first = (triple, kind)
            elif kind and first[0][2] != triple[2]:
                conclusion = (first[0][2], SAME_AS, triple[2])
                engine.emit(conclusion, "cls-maxqc3", this.group, typed, *first, triple, kind)

    def on_counted(kind: Ids) -> None:
        for triple in by_object.get(kind[0], ()):
            count(triple[0])

    engine.on_class(this.node, lambda typed: count(typed[0]))
    engine.on_role(this.predicate, lambda triple: count(triple[0]))
    engine.on_class(this.on, on_counted)


def _on_members_with_values(
    engine: Engine, kind: int, predicate: int, pair: Callable[[Ids, Ids], None]
) -> None:
    """Show every member of a class with each of its values of a property, whichever comes last."""
    members, by_subject = engine.members(kind), engine.role(predicate).by_subject()

    def on_value(triple: Ids) -> None:
        if typed := members.get(triple[0]):
            pair(typed, triple)

    def on_member(typed: Ids) -> None:
        for triple in by_subject.get(typed[0], ()):
            pair(typed, triple)

    engine.on_role(predicate, on_value)
    engine.on_class(kind, on_member)


_EFFECTS: Final[Mapping[int, Callable[[Engine, Restriction], None]]] = MappingProxyType(
    {
        SOME_VALUES_FROM: _some_values,
        ALL_VALUES_FROM: _all_values,
        HAS_VALUE: _has_value,
        MAX_CARDINALITY: _at_most,
        MAX_QUALIFIED_CARDINALITY: _at_most_qualified,
    }
)

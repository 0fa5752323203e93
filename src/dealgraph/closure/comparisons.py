"""Which restrictions are below which: the rules of table 9 that compare two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dealgraph.closure.engine import Engine
from dealgraph.closure.restrictions import Restriction
from dealgraph.closure.store import Ids
from dealgraph.closure.vocabulary import (
    ALL_VALUES_FROM,
    HAS_VALUE,
    SOME_VALUES_FROM,
    SUB_CLASS_OF,
    SUB_PROPERTY_OF,
)

_BY_FILLER: Final[Mapping[int, str]] = MappingProxyType(
    {SOME_VALUES_FROM: "scm-svf1", ALL_VALUES_FROM: "scm-avf1"}
)
_BY_PROPERTY: Final[Mapping[int, str]] = MappingProxyType(
    {HAS_VALUE: "scm-hv", SOME_VALUES_FROM: "scm-svf2", ALL_VALUES_FROM: "scm-avf2"}
)


class Comparisons:
    """The restrictions so far, by what two of them must share for one to be below the other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._same: defaultdict[tuple[int, int, int], list[Restriction]] = defaultdict(list)
        self._by_filler: defaultdict[tuple[int, int], list[Restriction]] = defaultdict(list)
        self._by_property: defaultdict[tuple[int, int], list[Restriction]] = defaultdict(list)
        engine.on_role(SUB_CLASS_OF, self._on_class_order)
        engine.on_role(SUB_PROPERTY_OF, self._on_property_order)

    def enter(self, kind: int, new: Restriction) -> None:
        """Compare a restriction of some kind, such as owl:hasValue, with those before it."""
        self._same[kind, new.predicate, new.filler].append(new)
        self._by_filler[kind, new.filler].append(new)
        self._by_property[kind, new.predicate].append(new)
        classes, properties = self._engine.role(SUB_CLASS_OF), self._engine.role(SUB_PROPERTY_OF)
        for order in classes.by_subject().get(new.filler, ()):
            self._below(kind, _BY_FILLER, new, (new.predicate, order[2]), order)
        for order in classes.by_object().get(new.filler, ()):
            self._above(kind, _BY_FILLER, new, (new.predicate, order[0]), order)
        for order in properties.by_subject().get(new.predicate, ()):
            self._below(kind, _BY_PROPERTY, new, (order[2], new.filler), order)
        for order in properties.by_object().get(new.predicate, ()):
            self._above(kind, _BY_PROPERTY, new, (order[0], new.filler), order)

    def _on_class_order(self, order: Ids) -> None:
        for kind in _BY_FILLER:
            for one in self._by_filler.get((kind, order[0]), ()):
                self._below(kind, _BY_FILLER, one, (one.predicate, order[2]), order)

    def _on_property_order(self, order: Ids) -> None:
        for kind in _BY_PROPERTY:
            for one in self._by_property.get((kind, order[0]), ()):
                self._below(kind, _BY_PROPERTY, one, (order[2], one.filler), order)

    def _below(
        self, kind: int, rules: Mapping[int, str], one: Restriction, others: tuple[int, int], order: Ids
    ) -> None:
        if kind in rules:
            for other in self._same.get((kind, *others), ()):
                self._relate(one, other, rules[kind], order)

    def _above(
        self, kind: int, rules: Mapping[int, str], one: Restriction, others: tuple[int, int], order: Ids
    ) -> None:
        if kind in rules:
            for other in self._same.get((kind, *others), ()):
                self._relate(other, one, rules[kind], order)

    def _relate(self, lower: Restriction, upper: Restriction, rule: str, order: Ids) -> None:
        """All of a greater property are fewer: there the order of the classes is the other one."""
        first, second = (upper, lower) if rule == "scm-avf2" else (lower, upper)
        triple = (first.node, SUB_CLASS_OF, second.node)
        self._engine.emit(triple, rule, (), *lower.group, *upper.group, order)

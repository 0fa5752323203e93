"""The rules of table 5 whose conclusion is false."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from dealgraph.closure.axioms import listed_axioms
from dealgraph.closure.engine import Engine
from dealgraph.closure.store import Group, Ids
from dealgraph.closure.vocabulary import (
    ALL_DISJOINT_PROPERTIES,
    ASSERTION_PROPERTY,
    ASYMMETRIC_PROPERTY,
    IRREFLEXIVE_PROPERTY,
    PROPERTY_DISJOINT_WITH,
    SOURCE_INDIVIDUAL,
    TARGET_INDIVIDUAL,
    TARGET_VALUE,
)


def _declared(engine: Engine, kind: int) -> Iterator[Ids]:
    return (axiom for axiom in engine.members(kind).values() if engine.is_current(axiom))


def _irreflexive(engine: Engine) -> Iterator[Group]:
    for axiom in _declared(engine, IRREFLEXIVE_PROPERTY):
        for triple in engine.current(axiom[0]):
            if triple[0] == triple[2]:
                yield axiom, triple


def _asymmetric(engine: Engine) -> Iterator[Group]:
    for axiom in _declared(engine, ASYMMETRIC_PROPERTY):
        for triple in engine.current(axiom[0]):
            back = (triple[2], axiom[0], triple[0])
            if triple[0] <= triple[2] and back in engine.known:
                yield axiom, triple, back


def _disjoint(engine: Engine) -> Iterator[Group]:
    for axiom in engine.current(PROPERTY_DISJOINT_WITH):
        for triple in engine.current(axiom[0]):
            other = (triple[0], axiom[2], triple[2])
            if other in engine.known:
                yield axiom, triple, other


def _all_disjoint(engine: Engine) -> Iterator[Group]:
    for axiom, listed in listed_axioms(engine, ALL_DISJOINT_PROPERTIES):
        seen: dict[tuple[int, int], Ids] = {}
        for predicate in listed.members:
            fresh = {}
            for triple in engine.current(predicate):
                ends = (triple[0], triple[2])
                if ends in seen:
                    yield (*axiom, *listed.cells, seen[ends], triple)
                else:
                    fresh[ends] = triple
            seen |= fresh


def _denied(target: int) -> Callable[[Engine], Iterator[Group]]:
    def find(engine: Engine) -> Iterator[Group]:
        predicates = engine.role(ASSERTION_PROPERTY).by_subject()
        targets = engine.role(target).by_subject()
        for source in engine.current(SOURCE_INDIVIDUAL):
            for predicate in predicates.get(source[0], ()):
                for end in targets.get(source[0], ()):
                    triple = (source[2], predicate[2], end[2])
                    if triple in engine.known and engine.is_current(triple):
                        yield source, predicate, end, triple

    return find


FINDERS: Final[Mapping[str, Callable[[Engine], Iterator[Group]]]] = MappingProxyType(
    {
        "prp-irp": _irreflexive,
        "prp-asyp": _asymmetric,
        "prp-pdw": _disjoint,
        "prp-adp": _all_disjoint,
        "prp-npa1": _denied(TARGET_INDIVIDUAL),
        "prp-npa2": _denied(TARGET_VALUE),
    }
)

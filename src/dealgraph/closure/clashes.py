"""What cannot hold together: every rule whose conclusion is false, and those about equality and values here.

They infer nothing, so they are asked once, when all else is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, islice
from types import MappingProxyType
from typing import Final

from dealgraph.closure import class_clashes, property_clashes
from dealgraph.closure.axioms import listed_axioms
from dealgraph.closure.engine import Engine
from dealgraph.closure.store import Group, Ids
from dealgraph.closure.vocabulary import (
    ALL_DIFFERENT,
    DATATYPES,
    DIFFERENT_FROM,
    DISTINCT_MEMBERS,
    MEMBERS,
    SAME_AS,
    TYPE,
)

Clash = tuple[str, Group]
"""A rule whose conclusion is false, and its premises."""

_Find = Callable[[Engine], Iterator[Group]]


def find_clashes(engine: Engine, limit: int) -> list[Clash]:
    """Find what contradicts, at most `limit` cases of each rule, in the order of the tables."""
    return [(rule, premises) for rule, find in _FINDERS.items() for premises in islice(find(engine), limit)]


def _different(engine: Engine) -> Iterator[Group]:
    for triple in engine.current(DIFFERENT_FROM):
        if triple[0] == triple[2]:
            one, _, other = engine.origin(triple)
            yield (one, SAME_AS, other), (one, DIFFERENT_FROM, other)
    for members in engine.equality.sets():
        literals = [member for member in members if member in engine.literals]
        firsts = [group[0] for group in engine.literals.by_value(literals)]
        for one, other in combinations(firsts, 2):
            if engine.literals.differ(one, other):
                yield (one, SAME_AS, other), (one, DIFFERENT_FROM, other)


def _all_different(predicate: int) -> _Find:
    def find(engine: Engine) -> Iterator[Group]:
        for axiom, listed in listed_axioms(engine, ALL_DIFFERENT, predicate):
            cells = tuple(_as_stated(engine, cell) for cell in listed.cells)
            first: dict[int, int] = {}
            for _, _, term in cells[::2]:
                same = engine.equality.find(term)
                if same in first:
                    yield (*axiom, *cells, (first[same], SAME_AS, term))
                else:
                    first[same] = term

    return find


def _as_stated(engine: Engine, cell: Ids) -> Ids:
    """Say the member of a list as it was given, not as the term that stands for it."""
    stated = engine.origin(cell)
    return stated if stated[:2] == cell[:2] else cell


def _outside_datatype(engine: Engine) -> Iterator[Group]:
    literals = engine.literals
    ill_typed = frozenset(literals.ill_typed())
    if ill_typed:
        for triple, record in engine.known.items():
            if record is None and triple[2] in ill_typed:
                yield (triple,)
    for datatype in DATATYPES:
        for term in engine.members(datatype):
            for member in engine.equality.members(term):
                if member in literals and literals.is_outside(member, datatype):
                    yield ((member, TYPE, datatype),)


_FINDERS: Final[Mapping[str, _Find]] = MappingProxyType(
    {
        "eq-diff1": _different,
        "eq-diff2": _all_different(MEMBERS),
        "eq-diff3": _all_different(DISTINCT_MEMBERS),
        **property_clashes.FINDERS,
        **class_clashes.FINDERS,
        "dt-not-type": _outside_datatype,
    }
)

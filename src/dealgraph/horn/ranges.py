"""Data ranges, and which literals they hold, by value and not by how the value is written.

Source: OWL 2 Web Ontology Language Structural Specification (Second Edition), sections 4 and 7.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import ge, gt, le, lt
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal

from dealgraph.closure.values import ILL_TYPED, Value, holds, surely_differ, value_of
from dealgraph.closure.vocabulary import DATATYPES, IRIS, NAMES

_COMPACT: Final = {IRIS[number]: NAMES[number] for number in DATATYPES}

Compare = Callable[[Decimal, Decimal], bool]
FACETS: Final[Mapping[str, Compare]] = MappingProxyType(
    {"minInclusive": ge, "minExclusive": gt, "maxInclusive": le, "maxExclusive": lt}
)
"""The facets of numbers that a range may have, by local name, each with its comparison."""


@lru_cache(maxsize=10_000)
def value(literal: Literal) -> Value | None:
    """Return the value of a literal, or nothing if its datatype is not one of OWL 2 RL."""
    if literal.direction is not None:
        return None
    return value_of(literal.value, _COMPACT.get(literal.datatype.value, ""), literal.language)


def is_ill_typed(literal: Literal) -> bool:
    """Tell whether the datatype of a literal does not allow its text."""
    return value(literal) == ILL_TYPED


def are_same(one: Literal, other: Literal) -> bool:
    """Tell whether two literals are known to write one value."""
    known = value(one)
    return one == other or (known is not None and known != ILL_TYPED and known == value(other))


def surely_apart(one: Literal, other: Literal) -> bool:
    """Tell whether two literals are known to have different values."""
    return surely_differ(value(one), value(other))


@dataclass(frozen=True, slots=True)
class Datatype:
    """A datatype of OWL 2 RL, by its compact name, such as `xsd:decimal`."""

    name: str

    def holds(self, literal: Literal) -> bool:
        """Tell whether the datatype is known to hold the value of a literal."""
        known = value(literal)
        return known is not None and known != ILL_TYPED and holds(self.name, known)

    def excludes(self, literal: Literal) -> bool:
        """Tell whether the datatype is known not to hold it."""
        return value(literal) is not None and not self.holds(literal)


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers of a datatype within limits: `facets` are local names of `FACETS`, each with its number."""

    name: str
    facets: tuple[tuple[str, Decimal], ...]

    def holds(self, literal: Literal) -> bool:
        """Tell whether the range is known to hold the value of a literal."""
        if not Datatype(self.name).holds(literal):
            return False
        known = value(literal)
        number = Decimal(str(known.key)) if known is not None else Decimal("NaN")
        return all(FACETS[facet](number, limit) for facet, limit in self.facets)

    def excludes(self, literal: Literal) -> bool:
        """Tell whether the range is known not to hold it."""
        return value(literal) is not None and not self.holds(literal)


@dataclass(frozen=True, slots=True)
class OneOf:
    """The values of some literals."""

    literals: tuple[Literal, ...]

    def holds(self, literal: Literal) -> bool:
        """Tell whether one of the literals is known to have the same value."""
        return any(are_same(literal, each) for each in self.literals)

    def excludes(self, literal: Literal) -> bool:
        """Tell whether all of the literals are known to have another value."""
        return all(surely_apart(literal, each) for each in self.literals)


Range = Datatype | Limits | OneOf

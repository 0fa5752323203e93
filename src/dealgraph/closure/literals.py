"""The literals of a graph by number: which are the same value, and which datatypes hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dealgraph.closure.values import ILL_TYPED, Value, holds, surely_differ
from dealgraph.closure.vocabulary import DATATYPES, NAMES


class Literals:
    """What the closure asks about literals: `first` is the number of the first, `values` has each one's."""

    def __init__(self, first: int, values: Sequence[Value | None]) -> None:
        self.ids = range(first, first + len(values))
        self._first = first
        self._values = values

    def __contains__(self, number: int) -> bool:
        return number in self.ids

    def value(self, literal: int) -> Value | None:
        """Return the value of a literal, or `None` if nothing is known of its datatype."""
        return self._values[literal - self._first]

    def ill_typed(self) -> Iterator[int]:
        """Give the literals whose lexical form their datatype does not allow."""
        return (literal for literal in self.ids if self.value(literal) == ILL_TYPED)

    def same_values(self) -> Iterator[tuple[int, int]]:
        """Give pairs of literals with one value: each further spelling with the first (rule dt-eq)."""
        first: dict[Value, int] = {}
        for literal, value in zip(self.ids, self._values, strict=True):
            if value is not None and value != ILL_TYPED:
                known = first.setdefault(value, literal)
                if known != literal:
                    yield known, literal

    def within(self, datatype: int) -> Iterator[int]:
        """Give the literals whose value a datatype holds (rule dt-type2)."""
        return (literal for literal in self.ids if self.is_in(literal, datatype))

    def datatypes(self, literal: int) -> Iterator[int]:
        """Give the datatypes that hold the value of a literal."""
        return (datatype for datatype in DATATYPES if self.is_in(literal, datatype))

    def is_in(self, literal: int, datatype: int) -> bool:
        """Tell whether a datatype of OWL 2 RL is known to hold the value of a literal."""
        value = self.value(literal)
        return value is not None and value != ILL_TYPED and holds(NAMES[datatype], value)

    def is_outside(self, literal: int, datatype: int) -> bool:
        """Tell whether a datatype of OWL 2 RL is known not to hold the value of a literal."""
        return self.value(literal) is not None and not self.is_in(literal, datatype)

    def are_same(self, one: int, other: int) -> bool:
        """Tell whether two terms are literals that write one value (rule dt-eq)."""
        if one not in self.ids or other not in self.ids:
            return False
        value = self.value(one)
        return value is not None and value != ILL_TYPED and value == self.value(other)

    def differ(self, one: int, other: int) -> bool:
        """Tell whether two literals are known to have different values (rule dt-diff)."""
        return surely_differ(self.value(one), self.value(other))

    def is_number(self, literal: int, number: int) -> bool:
        """Tell whether a literal is an integer of this value, whatever its datatype."""
        return literal in self and self.value(literal) == Value("number", str(number))

    def is_typed_already(self, number: int, kind: int) -> bool:
        """Tell whether rule dt-type2 gives that a literal is in a datatype, without being asked."""
        return number in self.ids and kind in DATATYPES and self.is_in(number, kind)

    def by_value(self, literals: Sequence[int]) -> list[list[int]]:
        """Part literals into those of one value; one of unknown value stands alone."""
        groups: defaultdict[object, list[int]] = defaultdict(list)
        for literal in literals:
            value = self.value(literal)
            groups[literal if value is None or value == ILL_TYPED else value].append(literal)
        return list(groups.values())

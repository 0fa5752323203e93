"""Quantities and time spans as intervals with sound bounds: a true value is never outside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Quantity:
    """An amount in a base unit: bounds that may be open, and the value as stated where one is.

    `unit` and `precision` are local names of their terms (`USDollar`, `AsStated`). A bound that is
    `None` is not known. An exclusive bound is not itself a possible value.
    """

    unit: str
    precision: str
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_exclusive: bool = False
    upper_exclusive: bool = False
    currency_basis: str = ""

    def meets(self, other: Quantity) -> bool:
        """Tell whether one value can satisfy both; quantities in different units never meet."""
        return self.unit == other.unit and not self._below(other) and not other._below(self)

    def within(self, other: Quantity) -> bool:
        """Tell whether every value that this one allows, the other allows too; units must be the same."""
        return self.unit == other.unit and self._starts_within(other) and self._ends_within(other)

    def _starts_within(self, other: Quantity) -> bool:
        if other.lower is None or self.lower is None:
            return other.lower is None
        touching = self.lower == other.lower and (self.lower_exclusive or not other.lower_exclusive)
        return self.lower > other.lower or touching

    def _ends_within(self, other: Quantity) -> bool:
        if other.upper is None or self.upper is None:
            return other.upper is None
        touching = self.upper == other.upper and (self.upper_exclusive or not other.upper_exclusive)
        return self.upper < other.upper or touching

    def _below(self, other: Quantity) -> bool:
        if self.upper is None or other.lower is None:
            return False
        touching = self.upper == other.lower and (self.upper_exclusive or other.lower_exclusive)
        return self.upper < other.lower or touching


@dataclass(frozen=True)
class TimeSpan:
    """A date as an article gives it (an EDTF string) and the days it lies between, both included."""

    edtf: str
    earliest: dt.date | None = None
    latest: dt.date | None = None

    def meets(self, other: TimeSpan) -> bool:
        """Tell whether one day can be meant by both; a side that is not known is open."""
        return not _before(self.latest, other.earliest) and not _before(other.latest, self.earliest)

    def within(self, other: TimeSpan) -> bool:
        """Tell whether every day that this one allows, the other allows too."""
        starts = other.earliest is None or (self.earliest is not None and self.earliest >= other.earliest)
        ends = other.latest is None or (self.latest is not None and self.latest <= other.latest)
        return starts and ends


def _before(day: dt.date | None, other: dt.date | None) -> bool:
    return day is not None and other is not None and day < other

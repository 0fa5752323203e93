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

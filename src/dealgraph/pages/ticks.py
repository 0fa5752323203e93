"""Round places on an axis, of numbers or of days, and what stands beside them."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from dealgraph import words
from dealgraph.quantity import Quantity, TimeSpan

Axis = tuple[float, float, Sequence[tuple[float, str]]]
"""The least and the greatest number of an axis, and the ticks between, each with its text."""

_STEPS: Final = (1, 2, 2.5, 5, 10)
_WANTED: Final = 4
_MONTHS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 24_000)


def number_ticks(numbers: Iterable[float], language: str, *, years: bool = False) -> Axis:
    """Return an axis that holds some numbers, with a handful of round ticks; `years` are told as such.

    An axis of numbers that lie far from zero does not begin there.
    """
    found = sorted(numbers)
    least, most = found[0], found[-1]
    if not years and least > 0 and most > 3 * least:
        least = 0.0
    room = (most - least) or abs(most) or 1.0
    step = _step(room / _WANTED)
    step = max(1.0, step) if years else step
    low, high = math.floor(least / step) * step, math.ceil(most / step) * step
    if low == high:
        low, high = low - step, high + step
    low, high = (low - step if found[0] <= low and low != 0 else low), (high + step if most >= high else high)
    marked = [low + number * step for number in range(round((high - low) / step) + 1)]
    return low, high, [(number, _told(number, language, years=years)) for number in marked]


def day_ticks(ordinals: Iterable[float], language: str) -> Axis:
    """Return an axis that holds some days, given by their ordinals, with ticks at the first of a month."""
    found = sorted(ordinals)
    first, last = (dt.date.fromordinal(int(end)) for end in (found[0], found[-1]))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in _MONTHS if months / step <= _WANTED + 1), _MONTHS[-1])
    marked = list(_firsts(first, last, step))
    ticks = [(float(day.toordinal()), _told_day(day, step, language)) for day in marked]
    return float(marked[0].toordinal()), float(marked[-1].toordinal()), ticks


def _firsts(first: dt.date, last: dt.date, step: int) -> Iterator[dt.date]:
    """First days of months, `step` months apart, from before the first day until after the last."""
    number = (first.year * 12 + first.month - 1) // step * step
    while True:
        day = dt.date(max(number // 12, dt.MINYEAR), number % 12 + 1, 1)
        yield day
        if day > last:
            return
        number += step
        if number // 12 > dt.MAXYEAR:
            yield dt.date.max
            return


def _step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(step * size for step in _STEPS if step * size >= rough * (1 - 1e-9))


def _told(number: float, language: str, *, years: bool) -> str:
    if years:
        return str(round(number))
    return words.amount(Quantity("", "AsStated", Decimal(f"{number:.12g}")), language) or "0"


def _told_day(day: dt.date, step: int, language: str) -> str:
    if step >= 12:
        return str(day.year)
    end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return words.date(TimeSpan(f"{day:%Y-%m}", day, end), language)

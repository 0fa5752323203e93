"""From many premises to those that are needed, by asking again and again without some: knows no RDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Part = TypeVar("Part")


@dataclass(frozen=True)
class Contracted(Generic[Part]):
    """Parts that suffice, in the order in which they came; if `minimal`, none can be spared."""

    parts: tuple[Part, ...]
    minimal: bool


def contract(
    parts: Sequence[Part],
    suffice: Callable[[Sequence[Part]], bool],
    may_go_on: Callable[[], bool] = lambda: True,
) -> Contracted[Part]:
    """Leave out what is not needed of parts that suffice together.

    What suffices must do so with more parts too. Halves are left out first, then smaller and smaller
    runs, so that of n parts of which k are needed about k·log(n/k) questions are asked. `may_go_on` is
    asked before each; when it says no, what is left suffices but may not be minimal. Parts that come
    first are left out first. Source: the expand-contract strategy of Kalyanpur (2006), section 3.3, with
    the divide and conquer of Junker (2004), QuickXplain.
    """
    kept = list(parts)
    run = max(1, len(kept) // 2)
    while True:
        start = 0
        while start < len(kept):
            if not may_go_on():
                return Contracted(tuple(kept), minimal=False)
            without = kept[:start] + kept[start + run :]
            if suffice(without):
                kept = without
            else:
                start += run
        if run == 1:
            return Contracted(tuple(kept), minimal=True)
        run //= 2

"""What happens in the invented world: one deal for each number, known without looking at the others.

Story `n` is told first by article `n`, corrected by article `n + 3`, doubted by article `n + 17` and
recalled by article `2 n`. Who takes part is drawn so that few are in many stories and many in few (Zipf),
and the first company in a fifth of them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from random import Random
from typing import Final

from newsroom_names import name, slug

HUBS: Final = 8
"""Companies that are there from the start; the first is in a fifth of all stories."""
CORRECTED_AFTER: Final = 3
DOUBTED_AFTER: Final = 17
CITIES: Final = 60
_EPOCH: Final = dt.date(2000, 1, 1)
_KINDS: Final = ("EquityInvestment",) * 5 + ("FundingRound",) * 2 + ("TalentDeal",) * 2 + ("Acquisition",)


def day(number: int) -> dt.date:
    """The day on which an article appears: the newsroom works faster and faster, 25,000 in 26 years."""
    return _EPOCH + dt.timedelta(days=int(60 * math.sqrt(number)))


def zipf(chance: Random, count: int) -> int:
    """Draw from 0 to count - 1, the first ones most often: the chance of n falls with 1 / (n + 8)."""
    return min(count - 1, int(8 * (1 + count / 8) ** chance.random() - 8))


def choose(chance: Random, pool: Sequence[str], number: int) -> tuple[str, bool]:
    """Draw from a pool and tell whether it is new: the first articles go through it once, then Zipf."""
    is_new = number < len(pool)
    return pool[number if is_new else zipf(chance, len(pool))], is_new


@dataclass(frozen=True)
class Story:
    """The deal that a number stands for."""

    seed: int
    number: int

    @cached_property
    def _drawn(self) -> tuple[str, float, int, int, int]:
        chance = Random(f"{self.seed} story {self.number}")
        kind = _KINDS[chance.randrange(len(_KINDS))]
        return (
            kind,
            chance.random(),
            chance.randrange(1, 1000),
            chance.randrange(10, 999),
            chance.getrandbits(32),
        )

    @cached_property
    def base(self) -> Story:
        """The story that brought the company in: this one, or that of half the number."""
        if self.number < 10 or self.number % 10 not in {3, 6, 9}:
            return self
        earlier = Story(self.seed, self.number // 2)
        return self if not earlier.is_first or earlier.kind == "Acquisition" else earlier

    @property
    def is_first(self) -> bool:
        """Tell whether the company was not heard of before."""
        return self.base is self

    @property
    def kind(self) -> str:
        """The class of the deal: a company that is known already is not bought whole."""
        kind = self._drawn[0]
        return kind if self.is_first or kind != "Acquisition" else "EquityInvestment"

    @property
    def target(self) -> str:
        return f"{name(HUBS + self.base.number)} AI"

    @property
    def founder(self) -> str:
        return f"{name(self.base.number % 37)} {name(1000 + self.base.number)}"

    @property
    def born(self) -> dt.date:
        """The founder's day of birth, which nobody prints."""
        first = self.base
        return dt.date(
            day(first.number).year - 24 - first.number % 20, 1 + first.number % 12, 1 + first.number % 28
        )

    @property
    def founded(self) -> int:
        """The year of the company's founding."""
        return day(self.base.number).year - 1 - self.base.number % 5

    @property
    def city(self) -> str:
        return f"Port {name(self.base.number % CITIES)}"

    @cached_property
    def investor(self) -> str:
        """A company that was there before; early stories bring in the hubs, one by one."""
        if self.number < HUBS:
            return hub(self.number)
        chance = Random(self._drawn[4])
        if chance.random() < 0.2:
            return hub(0)
        while (found := company(self.seed, 1 + zipf(chance, HUBS + self.number - 1))) == self.target:
            pass
        return found

    @property
    def share(self) -> Decimal:
        """Percent of the company: all of it, or little enough that all its deals fit into 100."""
        if self.kind == "Acquisition":
            return Decimal(100)
        return Decimal(1 + int(self._drawn[1] * (59 if self.is_first else 18)))

    @property
    def valuation(self) -> Decimal:
        """Dollars."""
        return Decimal(self._drawn[3]) * 10**8

    @property
    def price(self) -> Decimal:
        """Dollars: what the share is worth."""
        return self.valuation * self.share / 100

    @property
    def is_disclosed(self) -> bool:
        """Tell whether the parties say the price."""
        return self.number % 5 != 1

    @property
    def has_facility(self) -> bool:
        """Tell whether a data centre comes with it."""
        return self.number % 3 == 0

    @property
    def is_operating(self) -> bool:
        """Tell whether that data centre runs already."""
        return self.number % 9 == 0

    @property
    def facility(self) -> str:
        return f"{name(3000 + self.number)} Campus"

    @property
    def outlet(self) -> str:
        """Who publishes the article: some sixty outlets, few of which publish most."""
        pool = [f"{name(200 + n)} News" for n in range(60)]
        return choose(Random(self._drawn[4] + 1), pool, self.number)[0]

    @property
    def slug(self) -> str:
        """The local name of the article that tells it first."""
        return f"{slug(self.outlet)}-{day(self.number).isoformat()}-{self.number}"


def hub(number: int) -> str:
    """The name of a company that is there from the start."""
    return f"{name(number)} Group"


def company(seed: int, rank: int) -> str:
    """The company of a rank, by age: the hubs, then what the stories from 0 brought in."""
    return hub(rank) if rank < HUBS else Story(seed, rank - HUBS).target

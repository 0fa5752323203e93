"""What a server allows: how long, how much, how often."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import Final

MEGABYTE: Final = 1024 * 1024


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Limits:
    """The limits of one server.

    `seconds` is for one answer, `wait` for its turn. `memory` (bytes) is what one answer may need beyond
    what a worker needs anyway, `result` the largest answer (bytes), `hold` how much of an answer is held back
    until it is whole: up to there a failure has its own status, beyond it the connection is cut. `body` and
    `address` are the largest request (bytes). `workers` answer at once; while some have been at it for longer
    than `quick` seconds, up to `slow` others are started beside them. `queue` requests may wait for their
    turn. `rate` is how many requests a second one client may make in the long run (0: as many as it likes),
    `burst` how many at once.
    """

    seconds: float = 20.0
    wait: float = 20.0
    memory: int = 1024 * MEGABYTE
    result: int = 32 * MEGABYTE
    hold: int = 32 * MEGABYTE
    body: int = MEGABYTE
    address: int = 48 * 1024
    workers: int = field(default_factory=lambda: max(2, _cores()))
    slow: int = field(default_factory=lambda: 2 * max(2, _cores()))
    quick: float = 0.25
    queue: int = 256
    rate: float = 0.0
    burst: int = 200

    def with_rate(self, rate: float) -> Limits:
        """Return the same limits with another rate of requests, and a burst that goes with it."""
        return replace(self, rate=rate, burst=max(20, int(10 * rate)))

    def with_workers(self, number: int) -> Limits:
        """Return the same limits with another number of workers, and of slow answers beside them."""
        return replace(self, workers=number, slow=2 * number)

"""How often a client may ask: a bucket that fills at a steady rate and holds a burst."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Final

from dealgraph.errors import TooManyRequests

MOST_CLIENTS: Final = 10_000
"""How many clients are remembered; who has not asked for longest is forgotten first."""


class Clients:
    """The buckets of all clients. With a `rate` (requests a second) of 0 nobody is held back."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = monotonic) -> None:
        self._rate, self._burst, self._clock = rate, float(max(burst, 1)), clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, address: str) -> None:
        """Let a client make one request; raises `TooManyRequests` with the seconds to wait."""
        if not self._rate:
            return
        client, now = _client(address), self._clock()
        level, then = self._buckets.pop(client, (self._burst, now))
        level = min(self._burst, level + (now - then) * self._rate)
        allowed = level >= 1
        self._buckets[client] = (level - allowed, now)
        if len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        if not allowed:
            wait = math.ceil((1 - level) / self._rate)
            raise TooManyRequests(
                f"more than {self._rate:g} requests a second", where=client, fix=f"Try again in {wait} s"
            )


def _client(address: str) -> str:
    """Whom an address belongs to: of version 6, one client has a whole network of 64 bits."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)

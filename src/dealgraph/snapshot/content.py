"""A digest of what a store holds that can be carried on when quads come and go.

It is the sum of the SHA-256 of each quad, modulo 2**256: the order of the quads does not matter, and a change
costs what it changes. It tells equal contents from others; it is no seal against someone who forges.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Quad

_MODULUS: Final = 1 << 256


def digest(quads: Iterable[Quad]) -> str:
    """Return the digest of quads, each of which occurs once, as 64 hexadecimal digits."""
    return carried_on(f"{0:064x}", (), quads)


def carried_on(before: str, removed: Iterable[Quad], added: Iterable[Quad]) -> str:
    """Return the digest after a change: of quads that were there, and of others that were not."""
    total = int(before, 16) + sum(map(_one, added)) - sum(map(_one, removed))
    return f"{total % _MODULUS:064x}"


def _one(quad: Quad) -> int:
    return int.from_bytes(hashlib.sha256(str(quad).encode()).digest(), "big")

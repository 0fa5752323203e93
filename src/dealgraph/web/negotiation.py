"""Content negotiation: which of the forms that can be given a client wants.

RFC 9110, section 12.5.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    """A form that can be given: its suffix (`json`), and the media types it is asked for by.

    The first media type is the one that is sent.
    """

    suffix: str
    media_types: tuple[str, ...]

    @property
    def media_type(self) -> str:
        """The media type that is sent, with its charset where it is text."""
        first = self.media_types[0]
        return f"{first}; charset=utf-8" if first.startswith("text/") else first


HTML = Offer("html", ("text/html", "application/xhtml+xml"))
"""A page, the form that a browser wants."""


def choose(accept: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that a header `Accept` likes best, or `None` if it likes none.

    Of two that it likes alike the earlier one is returned; an empty header likes all. A range without a
    number is liked by 1; a more specific range counts before a wider one; what cannot be read is passed over.
    Of an offer's media types, those after the first count only where they are named in full.
    """
    ranges = list(_ranges(accept)) or [("*", "*", 1.0)]
    best, liking = None, 0.0
    for offer in offers:
        first, *others = offer.media_types
        liked = max(_liking(ranges, first), *(_liking(ranges, other, exactly=True) for other in others), 0.0)
        if liked > liking:
            best, liking = offer, liked
    return best


def without_suffix(path: str, offers: Mapping[str, Offer]) -> tuple[str, Offer | None]:
    """Split `/id/meta.ttl` into `/id/meta` and the offer of that suffix, if there is one."""
    stem, dot, suffix = path.rpartition(".")
    if dot and suffix in offers:
        return stem, offers[suffix]
    return path, None


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    found = []
    for element in accept.split(","):
        media, *parameters = (part.strip() for part in element.split(";"))
        kind, slash, name = media.lower().partition("/")
        if not slash or not kind or not name:
            continue
        weights = [
            p.partition("=")[2].strip() for p in parameters if p.lower().partition("=")[0].strip() == "q"
        ]
        try:
            weight = float(weights[0]) if weights else 1.0
        except ValueError:
            continue
        if 0.0 <= weight <= 1.0:
            found.append((kind, name, weight))
    return found


def _liking(ranges: list[tuple[str, str, float]], media_type: str, *, exactly: bool = False) -> float:
    kind, _, name = media_type.partition("/")
    fitting = [
        ((range_kind != "*") + (range_name != "*"), weight)
        for range_kind, range_name, weight in ranges
        if range_kind in ("*", kind) and range_name in ("*", name)
    ]
    specific, weight = max(fitting, default=(0, 0.0))
    return weight if specific == 2 or not exactly else 0.0

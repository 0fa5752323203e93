"""The cards of a picture of a proof and where they lie: rows of sentences, and the claims below them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dealgraph.explain.lettering import wrap
from dealgraph.explain.telling import Told
from dealgraph.phrases import PHRASES
from dealgraph.report import Saying

WIDTH: Final = 300.0
PADDING: Final = 14.0
GAP: Final = 26.0
RISE: Final = 54.0
"""The height between two rows."""
SIZES: Final[Mapping[str, float]] = {"head": 15.0, "reason": 12.5, "small": 11.5}
_LEADING: Final = 1.35


@dataclass(frozen=True)
class Line:
    """One line of lettering: `style` is head, reason or small."""

    text: str
    style: str


@dataclass(frozen=True)
class Card:
    """A card with its lines, at the left upper corner; `kind` is that of what it tells, or claim."""

    kind: str
    lines: tuple[Line, ...]
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        """How high the card is, with its padding."""
        return 2 * PADDING + sum(SIZES[line.style] * _LEADING for line in self.lines)

    @property
    def middle(self) -> float:
        """Where its connections start and end, from the left."""
        return self.x + WIDTH / 2

    def baselines(self) -> Iterator[tuple[float, Line]]:
        """Yield each line with the height at which it stands."""
        y = self.y + PADDING
        for line in self.lines:
            y += SIZES[line.style] * _LEADING
            yield y - 0.3 * SIZES[line.style], line


@dataclass(frozen=True)
class Layout:
    """Cards, and which of them are connected: the upper one, then the one that it rests on."""

    cards: tuple[Card, ...]
    links: tuple[tuple[int, int], ...]

    @property
    def size(self) -> tuple[float, float]:
        """The width and the height that the cards take up, from the origin on."""
        right = max(card.x + WIDTH for card in self.cards)
        return right + GAP, max(card.y + card.height for card in self.cards) + GAP


def lay_out(told: Told, language: str) -> Layout:
    """Place the cards of an explanation: conclusion above, premises below, claims in the lowest row."""
    nodes = list(_walk(told, None, 0))
    parents = [parent for _, parent, _ in nodes]
    cards = [_card(one) for one, _, _ in nodes]
    depths = [depth for _, _, depth in nodes]
    claims, sources = _claims([one for one, _, _ in nodes], language)
    links = [(parent, number) for number, parent in enumerate(parents) if parent is not None]
    links += [(number, len(cards) + claim) for number, claim in sources]
    middles = _middles(parents)
    below = _spread([_mean(middles[n] for n, c in sources if c == claim) for claim in range(len(claims))])
    rows = [*depths, *([max(depths) + 1] * len(claims))]
    return Layout(tuple(_placed([*cards, *claims], rows, [*middles, *below])), tuple(links))


def _walk(told: Told, parent: int | None, depth: int) -> Iterator[tuple[Told, int | None, int]]:
    pending: list[tuple[Told, int | None, int]] = [(told, parent, depth)]
    number = 0
    while pending:
        here = pending.pop()
        yield here
        pending += [(part, number, here[2] + 1) for part in reversed(here[0].parts)]
        number += 1


def _card(told: Told) -> Card:
    room = WIDTH - 2 * PADDING
    lines = [Line(text, "head") for text in wrap(told.text, SIZES["head"], room, bold=True)]
    for reason in told.reasons:
        lines += [Line(text, "reason") for text in wrap(reason.text, SIZES["reason"], room)]
    small = [place for place in (*(reason.place for reason in told.reasons), told.note, told.place) if place]
    for text in (" · ".join(dict.fromkeys(small)),) if small else ():
        lines += [Line(part, "small") for part in wrap(text, SIZES["small"], room)]
    return Card(told.kind, tuple(lines))


def _claims(nodes: Iterable[Told], language: str) -> tuple[list[Card], list[tuple[int, int]]]:
    """The cards of all claims, each once, and which sentence rests on which of them."""
    order: dict[str, int] = {}
    cards: list[Card] = []
    links: list[tuple[int, int]] = []
    for number, told in enumerate(nodes):
        for saying in told.sayings[:1] if told.more else told.sayings:
            if saying.claim not in order:
                order[saying.claim] = len(cards)
                cards.append(_claim(saying, language))
            links.append((number, order[saying.claim]))
    return cards, links


def _claim(saying: Saying, language: str) -> Card:
    room = WIDTH - 2 * PADDING
    hedges = [*saying.certainty]
    if saying.credit:
        hedges.append(PHRASES[language]["according to"].format(" ← ".join(saying.credit)))
    lines = [Line(text, "head") for text in wrap(saying.paraphrase or saying.value, SIZES["head"], room)]
    lines += [Line(text, "reason") for text in wrap(", ".join(hedges), SIZES["reason"], room) if text]
    place = f"{saying.source} [{', '.join(saying.passages)}]"
    lines += [Line(text, "small") for text in wrap(place, SIZES["small"], room)]
    return Card("claim", tuple(lines))


def _middles(parents: list[int | None]) -> list[float]:
    """The middle of each card: leaves side by side, others above the middle of what they rest on."""
    children: list[list[int]] = [[] for _ in parents]
    for number, parent in enumerate(parents):
        if parent is not None:
            children[parent].append(number)
    middles, used = [0.0] * len(parents), 0
    for number in range(len(parents)):
        if not children[number]:
            middles[number] = used * (WIDTH + GAP)
            used += 1
    for number in reversed(range(len(parents))):
        if children[number]:
            middles[number] = (middles[children[number][0]] + middles[children[number][-1]]) / 2
    return middles


def _spread(wanted: list[float]) -> list[float]:
    """Move cards of one row apart as little as needed, in the order in which they are wanted."""
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    placed = list(wanted)
    for before, number in pairwise(order):
        placed[number] = max(placed[number], placed[before] + WIDTH + GAP)
    shift = _mean(placed) - _mean(wanted) if wanted else 0.0
    return [middle - shift for middle in placed]


def _mean(numbers: Iterable[float]) -> float:
    found = list(numbers)
    return sum(found) / len(found)


def _placed(cards: list[Card], rows: list[int], middles: list[float]) -> Iterator[Card]:
    heights = [
        max(c.height for c, r in zip(cards, rows, strict=True) if r == row) for row in range(max(rows) + 1)
    ]
    left = min(middles)
    for card, row, middle in zip(cards, rows, middles, strict=True):
        y = GAP + sum(heights[:row]) + RISE * row
        yield Card(card.kind, card.lines, middle - left + GAP, y)

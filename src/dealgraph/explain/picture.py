"""A proof as a picture for a slide: SVG, the same bytes every time, no font and no program needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape

from dealgraph.explain.cards import PADDING, RISE, SIZES, WIDTH, Card, Layout, lay_out
from dealgraph.explain.telling import Told

_FILLS: Final[Mapping[str, str]] = {
    "conclusion": "#1f3a5f",
    "follows": "#e8f0fa",
    "said": "#f4f4f2",
    "frame": "#f4f4f2",
    "background": "#e9f3ea",
    "given": "#f4f4f2",
    "claim": "#fff6e0",
}
_EDGES: Final[Mapping[str, str]] = {
    "conclusion": "#1f3a5f",
    "follows": "#7c9cc4",
    "background": "#86b38b",
    "claim": "#e0a93b",
}
_INKS: Final[Mapping[str, str]] = {"head": "#16202c", "reason": "#3f5169", "small": "#6b7785"}
_LIGHT_INKS: Final[Mapping[str, str]] = {"head": "#ffffff", "reason": "#d5e2f2", "small": "#a9c1de"}
_FAMILY: Final = "'Inter','Segoe UI','Helvetica Neue',Arial,'DejaVu Sans',sans-serif"


def svg(told: Told, language: str) -> str:
    """Draw an explanation: the conclusion above, below it what it rests on, down to the claims."""
    layout = lay_out(told, language)
    width, height = layout.size
    box = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" xml:lang="{language}"'
            f' font-family="{_FAMILY}">',
            f"<title>{escape(told.text)}</title>",
            f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
            *_links(layout),
            *(line for number, card in enumerate(layout.cards) for line in _card(card, top=number == 0)),
            "</svg>\n",
        )
    )


def _links(layout: Layout) -> Iterator[str]:
    """Each link goes straight down, past other cards, and turns just above the card that it leads to."""
    for above, below in layout.links:
        upper, lower = layout.cards[above], layout.cards[below]
        top, end = upper.y + upper.height, lower.y
        turn = max(top, end - RISE) if lower.kind == "claim" else top
        half = (turn + end) / 2
        colour = _EDGES["claim"] if lower.kind == "claim" else "#9fb0c3"
        yield (
            f'<path d="M{upper.middle:.1f} {top:.1f} V{turn:.1f} C{upper.middle:.1f} {half:.1f}'
            f' {lower.middle:.1f} {half:.1f} {lower.middle:.1f} {end:.1f}"'
            f' fill="none" stroke="{colour}" stroke-width="1.8"/>'
        )


def _card(card: Card, *, top: bool) -> Iterator[str]:
    kind = "conclusion" if top and card.kind == "follows" else card.kind
    fill, edge = _FILLS.get(kind, "#ffffff"), _EDGES.get(kind, "#c3c9d1")
    yield (
        f'<rect x="{card.x:.1f}" y="{card.y:.1f}" width="{WIDTH:.0f}" height="{card.height:.1f}"'
        f' rx="9" fill="{fill}" stroke="{edge}" stroke-width="1.4"/>'
    )
    inks = _LIGHT_INKS if kind == "conclusion" else _INKS
    for y, line in card.baselines():
        weight = ' font-weight="600"' if line.style == "head" and kind != "claim" else ""
        slope = ' font-style="italic"' if line.style == "reason" else ""
        yield (
            f'<text x="{card.x + PADDING:.1f}" y="{y:.1f}" font-size="{SIZES[line.style]}"'
            f' fill="{inks[line.style]}"{weight}{slope}>{escape(line.text)}</text>'
        )

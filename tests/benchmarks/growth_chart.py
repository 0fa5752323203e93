"""A chart of how measures grow: both scales logarithmic, one line for each, its slope in the legend."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

Points = Sequence[tuple[float, float]]

_COLOURS: Final = ("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#d68910", "#566573", "#148f77", "#a04000")
_WIDTH, _HEIGHT, _LEFT, _TOP, _LEGEND = 560, 380, 70, 30, 250


def slope(points: Points) -> float | None:
    """The exponent by which a measure grows with size, by least squares on logarithms; none for one point."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len({x for x, _ in logs}) < 2:
        return None
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs, strict=True))
    rate: float = sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)
    return rate


def chart(title: str, lines: Mapping[str, Points]) -> str:
    """Return an SVG; the same lines give the same bytes."""
    shown = {name: [p for p in points if p[1] > 0] for name, points in lines.items()}
    everything = [p for points in shown.values() for p in points] or [(1.0, 1.0)]
    (left, right), (low, high) = (_powers(values) for values in zip(*everything, strict=True))

    def at(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - left) / (right - left)
        up = (math.log10(y) - low) / (high - low)
        return _LEFT + across * _WIDTH, _TOP + (1 - up) * _HEIGHT

    parts = [_text(_LEFT, 18, title, 14)]
    for power in range(left, right + 1):
        x, bottom = at(10.0**power, 10.0**low)
        parts += [_line(x, _TOP, x, bottom), _text(x - 10, bottom + 18, f"1e{power}")]
    for power in range(low, high + 1):
        x, y = at(10.0**left, 10.0**power)
        parts += [_line(x, y, x + _WIDTH, y), _text(18, y + 4, f"{10.0**power:g}")]
    for number, (name, points) in enumerate(shown.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [at(x, y) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        rate = slope(points)
        told = name if rate is None else f"{name} (slope {rate:.2f})"
        y = _TOP + 14 + 18 * number
        parts.append(f'<rect x="{_LEFT + _WIDTH + 14}" y="{y - 9}" width="10" height="10" fill="{colour}"/>')
        parts.append(_text(_LEFT + _WIDTH + 30, y, told))
    width, height = _LEFT + _WIDTH + _LEGEND, _TOP + _HEIGHT + 40
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif">'
    )
    return "\n".join([head, '<rect width="100%" height="100%" fill="white"/>', *parts, "</svg>\n"])


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around some values, two at least."""
    low = math.floor(math.log10(min(values)))
    return low, max(low + 1, math.ceil(math.log10(max(values))))


def _text(x: float, y: float, text: str, size: int = 11) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}">{safe}</text>'


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="#ddd"/>'

"""What stands around a thing, as a picture: all that is one fact or inference away, grouped by relation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Quad

from dealgraph.explain.lettering import wrap
from dealgraph.pages.reader import FACTS, TYPE, Reader
from dealgraph.pages.shell import address
from dealgraph.terms import iri

WIDTH: Final = 780.0
_BOX: Final = 236.0
_HEART: Final = 168.0
_LEADING: Final = 17.0
_GAP: Final = 8.0
_RELATION: Final = 22.0
MOST_OF_A_RELATION: Final = 6
MOST_ON_A_SIDE: Final = 14


@dataclass(frozen=True)
class Box:
    """A thing in the picture, a link to its page."""

    name: str
    href: str
    lines: tuple[str, ...]
    follows: bool
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Label:
    """The name of a relation above what it leads to."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Line:
    """A connection, as a path of SVG."""

    path: str
    follows: bool


@dataclass(frozen=True)
class Neighbourhood:
    """The picture: the thing in the middle, where relations lead from it on the right, others on the left."""

    centre: str
    width: float
    height: float
    heart: Box
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    left_out: int


@dataclass(frozen=True)
class _Relation:
    label: str
    others: tuple[tuple[str, bool], ...]
    more: int


def neighbourhood(reader: Reader, thing: str) -> Neighbourhood | None:
    """Return the picture of what stands around a thing; `None` if nothing does."""
    node = NamedNode(thing)
    out = _relations(reader, ((q, q.object) for q in reader.default(node, None, None)))
    shown = {other for relation in out for other, _ in relation.others}
    into = _relations(
        reader, ((q, q.subject) for q in reader.default(None, None, node) if _name(q.subject) not in shown)
    )
    if not out and not into:
        return None
    right, left_out = _fitting(out)
    left, more = _fitting(into)
    placed = [_placed(reader, right, WIDTH - _BOX, "start"), _placed(reader, left, 0.0, "end")]
    height = max(bottom for _, _, bottom in placed) + 4
    heart = _heart(reader.named(thing), height)
    boxes = [_moved(box, (height - bottom) / 2) for found, _, bottom in placed for box in found]
    labels = [
        Label(label.text, label.x, label.y + (height - bottom) / 2, label.anchor)
        for _, found, bottom in placed
        for label in found
    ]
    return Neighbourhood(
        centre=reader.named(thing),
        width=WIDTH,
        height=round(height, 1),
        heart=heart,
        boxes=tuple(boxes),
        labels=tuple(labels),
        lines=tuple(_line(heart, box) for box in boxes),
        left_out=left_out + more,
    )


def _relations(reader: Reader, pairs: Iterable[tuple[Quad, object]]) -> list[_Relation]:
    grouped: dict[str, dict[str, bool]] = {}
    for quad, other in pairs:
        if (
            not isinstance(other, NamedNode)
            or not other.value.startswith(iri("id:"))
            or quad.predicate == TYPE
        ):
            continue
        follows = Quad(quad.subject, quad.predicate, quad.object, FACTS) not in reader.store
        grouped.setdefault(quad.predicate.value, {})[other.value] = follows
    found = []
    for predicate, others in grouped.items():
        named = sorted(others.items(), key=lambda item: (item[1], reader.named(item[0]).casefold(), item[0]))
        kept = tuple(named[:MOST_OF_A_RELATION])
        found.append(_Relation(reader.named(predicate), kept, len(named) - len(kept)))
    return sorted(
        found, key=lambda relation: (all(follows for _, follows in relation.others), relation.label)
    )


def _fitting(relations: Sequence[_Relation]) -> tuple[list[_Relation], int]:
    kept: list[_Relation] = []
    left_out, number = 0, 0
    for relation in relations:
        room = max(0, MOST_ON_A_SIDE - number)
        if room:
            kept.append(_Relation(relation.label, relation.others[:room], 0))
        number += len(relation.others)
        left_out += relation.more + max(0, len(relation.others) - room)
    return kept, left_out


def _placed(
    reader: Reader, relations: Iterable[_Relation], x: float, anchor: str
) -> tuple[list[Box], list[Label], float]:
    boxes: list[Box] = []
    labels: list[Label] = []
    y = 0.0
    for relation in relations:
        labels.append(Label(relation.label, x + (2 if anchor == "start" else _BOX - 2), y + 14, anchor))
        y += _RELATION
        for other, follows in relation.others:
            name = reader.named(other)
            lines = wrap(name, 13.0, _BOX - 20)[:3]
            height = 12 + _LEADING * len(lines)
            boxes.append(Box(name, address(other), lines, follows, x, y, _BOX, height))
            y += height + _GAP
        y += _GAP
    return boxes, labels, y


def _heart(name: str, height: float) -> Box:
    lines = wrap(name, 14.5, _HEART - 20, bold=True)
    size = 22 + 18 * len(lines)
    return Box(name, "", lines, False, (WIDTH - _HEART) / 2, round((height - size) / 2, 1), _HEART, size)


def _moved(box: Box, down: float) -> Box:
    return Box(
        box.name, box.href, box.lines, box.follows, box.x, round(box.y + down, 1), box.width, box.height
    )


def _line(heart: Box, box: Box) -> Line:
    """From the edge of the thing to the edge of the other, level at both ends."""
    on_right = box.x > heart.x
    start = heart.x + heart.width if on_right else heart.x
    end = box.x if on_right else box.x + box.width
    half, y = (start + end) / 2, heart.y + heart.height / 2
    level = box.y + box.height / 2
    return Line(
        f"M{start:.1f} {y:.1f} C{half:.1f} {y:.1f} {half:.1f} {level:.1f} {end:.1f} {level:.1f}", box.follows
    )


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""

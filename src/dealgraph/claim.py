"""What a claim is, once read: a frozen record with its evidence beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dealgraph.quantity import Quantity, TimeSpan

Texts = Mapping[str, str]
"""The same short text by language tag: `en`, `fr`."""


@dataclass(frozen=True, order=True)
class Passage:
    """A place in an article: `[start, end)` in code points of the text as stored, and its digest."""

    article: str
    start: int
    end: int
    sha256: str = field(compare=False)


@dataclass(frozen=True, order=True)
class Cell:
    """A field of a record of a snapshot: its table, the key of the record, the column, and its digest."""

    snapshot: str
    table: str
    record: str
    column: str
    sha256: str = field(compare=False)


@dataclass(frozen=True)
class Value:
    """The object of a claim: a node or a literal, and what it measures or dates if it does."""

    term: str
    is_iri: bool
    quantity: Quantity | None = None
    time: TimeSpan | None = None


@dataclass(frozen=True)
class Claim:
    """One atomic proposition of one article or snapshot, with who says it, where, and how surely.

    `article` is the graph it stands in; a claim of an article has `passages`, one of a snapshot `cells`.
    `speakers` runs from the author inwards to the deepest credit. `realis`, `stance`, `polarity` and
    `rank` are the local names of their terms (`Actual`, `Reported`, ...).
    """

    iri: str
    article: str
    subject: str
    predicate: str
    value: Value
    realis: str
    stance: str
    polarity: str
    rank: str
    speakers: tuple[str, ...]
    passages: tuple[Passage, ...] = ()
    cells: tuple[Cell, ...] = ()
    paraphrase: Texts = field(default_factory=dict)
    rank_reason: Texts = field(default_factory=dict)
    text_defect: Texts = field(default_factory=dict)
    valid_at: TimeSpan | None = None
    open_list: bool = False
    refines: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    conflicts_with: tuple[str, ...] = ()
    conditioned_on: tuple[str, ...] = ()
    admitted: bool = False

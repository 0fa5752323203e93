"""What a snapshot says of a thing of ours, before it is written as a claim."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from dealgraph.claim import Claim, Texts
from dealgraph.enrich.outside import Frame
from dealgraph.quantity import Quantity, TimeSpan

Slot = tuple[str, str]
"""A subject and a predicate: a dataset has one value there at a time."""

Content = tuple[Hashable, str, str]
"""What is said there: the value, realis and stance. Two claims with the same content say the same."""


@dataclass(frozen=True)
class At:
    """The cell that a statement rests on; `sha256` is the digest of what stands in it."""

    table: str
    record: str
    column: str
    sha256: str


@dataclass(frozen=True)
class Node:
    """The n-ary node that a statement is about, where it is not about the thing itself."""

    frame: Frame
    thing: str
    time: TimeSpan
    label: Texts

    @property
    def iri(self) -> str:
        """The thing's IRI, with the name of the frame and the time."""
        return f"{self.thing}-{self.frame.name}-{self.time.edtf}"


@dataclass(frozen=True)
class Statement:
    """One value of one record about a thing of ours: to be a claim if no snapshot before made it."""

    subject: str
    predicate: str
    value: Quantity | TimeSpan | str
    realis: str
    stance: str
    cells: tuple[At, ...]
    says: Texts = field(default_factory=dict)
    node: Node | None = None

    @property
    def slot(self) -> Slot:
        """Where it stands among the values of its dataset."""
        return self.subject, self.predicate

    @property
    def content(self) -> Content:
        """What it says there."""
        return self.value, self.realis, self.stance


def content_of(claim: Claim) -> Content:
    """Return what a claim that was written earlier says, to be held against a statement."""
    return claim.value.quantity or claim.value.time or claim.value.term, claim.realis, claim.stance

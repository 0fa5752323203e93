"""Claims and what follows, ready for a page: rows of one predicate, groups of one subject, with links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode, Quad

from dealgraph.claim import Claim
from dealgraph.pages.axis import Axis, axis_of_claims
from dealgraph.pages.reader import THINGS, Reader, Word
from dealgraph.pages.shell import address
from dealgraph.report import Saying
from dealgraph.terms import iri, local_name

SAYINGS: Final = 20
"""How many claims on one question are told on a page."""

BRIEF: Final = 4
"""How many predicates of another thing are told on a page."""


@dataclass(frozen=True)
class Spoken:
    """One claim in words, with where its value, its speakers and its source lead."""

    claim: Claim
    saying: Saying
    value: Word
    credit: tuple[Word, ...]
    source: Word

    @property
    def kind(self) -> str:
        """`fact` or `said`, as marks are named."""
        return "fact" if self.claim.admitted else "said"

    @property
    def href(self) -> str:
        """The path of the claim's own page."""
        return address(self.claim.iri)


@dataclass(frozen=True)
class Followed:
    """One statement that no article makes and that follows; its triple is what `why` is asked for."""

    subject: str
    predicate: str
    object: str
    value: Word
    about: str


@dataclass(frozen=True)
class Row:
    """One predicate of one subject: what is said on it, what follows on it, and figures on one axis."""

    predicate: Word
    spoken: tuple[Spoken, ...]
    followed: tuple[Followed, ...] = ()
    axis: Axis | None = None
    more: int = 0

    @property
    def is_measured(self) -> bool:
        """Tell whether it tells of amounts or days, or of what follows."""
        values = [one.claim.value for one in self.spoken]
        return bool(self.followed) or any(value.quantity or value.time for value in values)


@dataclass(frozen=True)
class Group:
    """What is told of one subject; `frame` are the links that identify it."""

    iri: str
    subject: Word
    kind: Word | None
    frame: tuple[tuple[str, Word], ...]
    rows: tuple[Row, ...]
    more: int = 0

    def in_brief(self) -> Group:
        """Return the group as it is told on the page of another thing: figures and days before the rest."""
        if len(self.rows) <= BRIEF + 1:
            return self
        first = sorted(self.rows, key=lambda row: not row.is_measured)[:BRIEF]
        kept = tuple(row for row in self.rows if row in first)
        return replace(self, rows=kept, more=len(self.rows) - len(kept))


def spoken(reader: Reader, claims: Sequence[Claim]) -> tuple[Spoken, ...]:
    """Tell claims on one subject and predicate, the first being that against which the others are held."""
    return tuple(_spoken(reader, claim, claims) for claim in claims)


def group(reader: Reader, subject: str, claims: Iterable[Claim], following: Iterable[Quad] = ()) -> Group:
    """Tell what is said of a subject, predicate by predicate, and what follows beside it."""
    said: dict[str, list[Claim]] = {}
    for claim in claims:
        said.setdefault(claim.predicate, []).append(claim)
    follows: dict[str, list[Quad]] = {}
    for quad in following:
        follows.setdefault(quad.predicate.value, []).append(quad)
    kinds = reader.given_kinds(subject)
    return Group(
        iri=subject,
        subject=reader.link(subject),
        kind=reader.link(kinds[0]) if kinds else None,
        frame=frame(reader, subject),
        rows=tuple(
            _row(reader, name, said.get(name, ()), follows.get(name, ()))
            for name in dict.fromkeys([*said, *follows])
        ),
    )


def frame(reader: Reader, subject: str) -> tuple[tuple[str, Word], ...]:
    """Return the links that identify an n-ary node: the holder and the issuer of a stake."""
    quads = reader.store.quads_for_pattern(NamedNode(subject), None, None, THINGS)
    links = [q for q in quads if q.predicate.value in reader.identifying]
    return tuple((reader.named(q.predicate.value), reader.word(q.object)) for q in sorted(links, key=str))


def followed(reader: Reader, quad: Quad) -> Followed:
    """Tell one statement that follows."""
    subject, value = str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))
    told = reader.word(quad.object)
    measured = value.startswith((iri("derived:"), iri("quantity:"), iri("time:")))
    about = f"{reader.named(subject)} {reader.named(quad.predicate.value)} {told.text}"
    return Followed(subject, quad.predicate.value, value, Word(told.text) if measured else told, about)


def _row(reader: Reader, predicate: str, claims: Sequence[Claim], following: Sequence[Quad]) -> Row:
    return Row(
        predicate=reader.link(predicate),
        spoken=spoken(reader, claims[:SAYINGS]),
        followed=tuple(followed(reader, quad) for quad in following[:SAYINGS]),
        axis=axis_of_claims(reader, claims[:SAYINGS], reader.named(predicate)),
        more=max(0, len(claims) - SAYINGS) + max(0, len(following) - SAYINGS),
    )


def _spoken(reader: Reader, claim: Claim, others: Sequence[Claim]) -> Spoken:
    saying = reader.teller.saying(claim, others)
    value = claim.value
    is_thing = value.is_iri and not value.quantity and not value.time
    return Spoken(
        claim=claim,
        saying=saying,
        value=Word(saying.value, address(value.term) if is_thing and local_name(value.term) else ""),
        credit=tuple(reader.link(speaker) for speaker in claim.speakers[1:]),
        source=Word(saying.source, address(claim.article)),
    )

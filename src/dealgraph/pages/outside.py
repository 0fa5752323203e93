"""What is known of a thing outside: identifiers by judgement, and what datasets say beside the articles."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from dealgraph.comparison import Compared, Comparison
from dealgraph.identifiers import Identifier, identifiers
from dealgraph.mapping import Judgement
from dealgraph.pages.reader import Reader, Word
from dealgraph.pages.spoken import Spoken, spoken
from dealgraph.phrases import PHRASES


@dataclass(frozen=True)
class Judged:
    """All identifiers of one judgement; `verdict` names it (`match`, `not`, …), `text` says it."""

    verdict: str
    text: str
    members: tuple[Identifier, ...]


@dataclass(frozen=True)
class Beside:
    """An article's claim beside a dataset's on the same question; one side may be silent."""

    subject: Word
    predicate: Word
    here: Spoken | None
    there: Spoken | None
    verdict: str
    text: str


def judged(reader: Reader, thing: str) -> tuple[Judged, ...]:
    """Return what a thing is in outside datasets, and what it is not, one group for each judgement."""
    say = PHRASES[reader.language]
    found = identifiers(reader.store, thing, reader.language)
    groups = itertools.groupby(found, lambda each: each.judgement)
    return tuple(Judged(_name(kind), say[f"judged {kind}"], tuple(members)) for kind, members in groups)


def _name(judgement: Judgement) -> str:
    return str(judgement).replace(" ", "-")


def beside(reader: Reader, subjects: Sequence[str]) -> tuple[Beside, ...]:
    """Return what articles and datasets say on the same, pair by pair; nothing where no dataset speaks."""
    found = Comparison(reader.evidence).of(subjects)
    return tuple(_beside(reader, one) for one in found if one.there)


def _beside(reader: Reader, one: Compared) -> Beside:
    say = PHRASES[reader.language]
    key = f"verdict {one.verdict} {one.finer}".strip()
    claim = one.here or one.there
    return Beside(
        subject=reader.link(one.subject),
        predicate=reader.link(claim.predicate if claim else ""),
        here=spoken(reader, [one.here])[0] if one.here else None,
        there=spoken(reader, [one.there])[0] if one.there else None,
        verdict=str(one.verdict).replace(" ", "-"),
        text=say[key],
    )

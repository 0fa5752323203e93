"""Precision and recall of proposals, measured on pairs whose truth is known from elsewhere.

A labelled set is a CSV file. Each row names a described source of things, a thing in it, a source of
candidates, a candidate (empty where none is right), the `label` (match, not or none), the `sort` of pair, the
identifier schemes to `hide` from the thing, and `how` the label is known.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dealgraph.errors import DatasetProblem, Unreadable
from dealgraph.link.entity import Entity
from dealgraph.link.index import Index
from dealgraph.link.propose import Found, Proposals, propose

COLUMNS: Final = ("things", "thing", "candidates", "candidate", "label", "sort", "hide", "how")
LABELS: Final = ("match", "not", "none")
FIRST: Final = 5

Load = Callable[[str], Sequence[Entity]]
"""From the name of a source, as a labelled set has it, to its entities."""


@dataclass(frozen=True)
class Labelled:
    """One row of a labelled set, and its file and line."""

    things: str
    thing: str
    candidates: str
    candidate: str
    label: str
    sort: str
    hide: frozenset[str]
    how: str
    where: str


@dataclass(frozen=True)
class Tally:
    """What came out for pairs of one sort; every number is a count.

    `first` and `among_five` say how many of the `matches` came out first, and among the first five;
    `accepted` and `accepted_wrong` what would be written without a person; `refused` how many of the
    `negatives` were neither accepted nor ahead of a match.
    """

    sort: str
    matches: int = 0
    first: int = 0
    among_five: int = 0
    negatives: int = 0
    refused: int = 0
    accepted: int = 0
    accepted_wrong: int = 0

    @property
    def recall(self) -> float | None:
        """The share of the matches that are among the first five, from 0 to 1; none without matches."""
        return self.among_five / self.matches if self.matches else None

    @property
    def precision(self) -> float | None:
        """The share of what is accepted without a person that is right; none if nothing is."""
        return 1 - self.accepted_wrong / self.accepted if self.accepted else None


@dataclass(frozen=True)
class Quality:
    """The tallies by sort of pair, the whole last, and a sentence for each match missed or wrong."""

    tallies: tuple[Tally, ...]
    faults: tuple[str, ...]

    @property
    def whole(self) -> Tally:
        """The tally of all pairs."""
        return self.tallies[-1]


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """Read a labelled set; raises `DatasetProblem` with file and line, or `Unreadable`."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                fix = f"Write: {','.join(COLUMNS)}"
                raise DatasetProblem("the header is another", where=f"{path.name}:1", fix=fix)
            return tuple(_labelled(row, f"{path.name}:{rows.line_num}") for row in rows)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(
            f"cannot be read ({error})", where=str(path), fix="Name a CSV file in UTF-8"
        ) from None
    except csv.Error as error:
        raise DatasetProblem(f"is no table ({error})", where=path.name, fix="Put it right") from None


def _labelled(row: Mapping[str, str], where: str) -> Labelled:
    if None in row or None in row.values():
        raise DatasetProblem("the row does not fit the header", where=where, fix="Put it right")
    if row["label"] not in LABELS or (row["label"] == "none") != (row["candidate"] == ""):
        fix = "Write match or not with a candidate, or none without"
        raise DatasetProblem(f"the label is '{row['label']}'", where=where, fix=fix)
    plain = {column: row[column] for column in COLUMNS if column != "hide"}
    return Labelled(**plain, hide=frozenset(row["hide"].split()), where=where)


def measure(pairs: Iterable[Labelled], load: Load) -> Quality:
    """Put every labelled thing to its source and count; `load` gives the records of a source."""
    pairs = tuple(pairs)
    indexes = {name: Index(load(name)) for name in dict.fromkeys(pair.candidates for pair in pairs)}
    things = {name: {e.iri: e for e in load(name)} for name in dict.fromkeys(pair.things for pair in pairs)}
    grouped: defaultdict[tuple[str, str, str], list[Labelled]] = defaultdict(list)
    for pair in pairs:
        grouped[pair.things, pair.thing, pair.candidates].append(pair)
    counted: defaultdict[str, list[Tally]] = defaultdict(list)
    faults: list[str] = []
    for (source, iri, against), group in grouped.items():
        thing = things[source].get(iri)
        if thing is None:
            raise DatasetProblem(f"{iri} is not in {source}", where=group[0].where, fix="Put the pair right")
        hidden = thing.without(frozenset().union(*(pair.hide for pair in group)))
        found = Found(indexes[against].block(hidden))
        proposals = propose(hidden, found, {}, limit=10_000)
        for tally, fault in _counts(group, proposals):
            counted[tally.sort].append(tally)
            faults += fault
    by_sort = [_sum(sort, tallies) for sort, tallies in sorted(counted.items())]
    return Quality((*by_sort, _sum("all", by_sort)), tuple(faults))


def _counts(group: Sequence[Labelled], proposals: Proposals) -> Iterable[tuple[Tally, list[str]]]:
    ranks = {each.entity.iri: rank for rank, each in enumerate(proposals.open)}
    right = {pair.candidate for pair in group if pair.label == "match"}
    accepted = proposals.accepted.entity.iri if proposals.accepted else None
    best = min((ranks[iri] for iri in right if iri in ranks), default=None)
    lead = next((pair for pair in group if pair.label == "match"), group[0])
    for pair in group:
        rank = ranks.get(pair.candidate)
        taken = pair is lead and accepted is not None  # what is accepted is counted once a thing
        wrong = taken and accepted not in right
        ahead = rank is not None and best is not None and rank < best
        yield (
            Tally(
                sort=pair.sort,
                matches=pair.label == "match",
                first=pair.label == "match" and rank == 0,
                among_five=pair.label == "match" and rank is not None and rank < FIRST,
                negatives=pair.label != "match",
                refused=(pair.label != "match" and accepted != (pair.candidate or accepted) and not ahead)
                or (pair.label == "none" and accepted is None),
                accepted=int(taken),
                accepted_wrong=int(wrong),
            ),
            _faults(pair, proposals, rank, wrong=wrong),
        )


def _faults(pair: Labelled, proposals: Proposals, rank: int | None, *, wrong: bool) -> list[str]:
    told = []
    if wrong and proposals.accepted:
        told.append(
            f"{pair.where}: accepted wrongly: {proposals.thing.label} = {proposals.accepted.entity.label}"
        )
    if pair.label == "match" and (rank is None or rank >= FIRST):
        place = "not found" if rank is None else f"in place {rank + 1}"
        told.append(f"{pair.where}: {place}: {proposals.thing.label} = {pair.candidate}")
    return told


def _sum(sort: str, tallies: Iterable[Tally]) -> Tally:
    names = ("matches", "first", "among_five", "negatives", "refused", "accepted", "accepted_wrong")
    tallies = tuple(tallies)
    return Tally(sort, **{name: sum(getattr(tally, name) for tally in tallies) for name in names})

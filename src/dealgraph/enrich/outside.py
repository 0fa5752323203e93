"""How the records of an outside dataset become claims: what `graph/external/<source>/claims.yaml` says.

The file names licence, publisher and address, the tables with the keys of their records, and for each
column the predicate, the form of its values, and how sure the dataset is of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dealgraph.claim import Texts
from dealgraph.settings import Project

FILE: Final = "claims.yaml"
REALIS: Final = ("actual", "planned", "expected", "possible", "goal", "hypothetical")
STANCES: Final = ("asserted", "confirmed", "reported", "estimated", "alleged", "opinion")
PICKS: Final = ("first", "last")


@dataclass(frozen=True)
class Facet:
    """A facet of claims: always `fixed`, or what a column says, translated by `values`.

    Of the column, only what the first group of `match` finds counts.
    """

    fixed: str = ""
    column: str = ""
    match: re.Pattern[str] | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True)
class Dates:
    """A column of dates and the forms they may have, as `strptime` writes them: `%Y-%m-%d`, `%Y`."""

    column: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """What the object of a claim is, and how a cell gives it. One of these is set:

    `unit`, an amount, multiplied by `scale` (`at_least`: a lower bound only); `dates`, a date; `thing`, a
    pattern of an IRI that a mapping matches with a thing of ours; `terms`, by the text of the cell
    (`inside`: by a part of it); `term`, always the same.
    """

    unit: str = ""
    scale: str = "1"
    at_least: bool = False
    dates: tuple[str, ...] = ()
    thing: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    inside: bool = False
    term: str = ""


@dataclass(frozen=True)
class Frame:
    """The n-ary node that claims on one thing at one time are about: its class, its link to the thing."""

    kind: str
    link: str
    name: str
    label: Texts


@dataclass(frozen=True)
class Column:
    """One column, made into claims.

    `predicate` holds for a date that is past at the snapshot, `ahead` for one that is not. A record counts
    only if the number in `above` is more than 0; of those that count, `pick` takes the first or last by date
    (none: every one, which wants a `frame`). `says` is the paraphrase, with {thing}, {value} and {date}.
    """

    predicate: str
    ahead: str
    column: str
    form: Form
    stance: Facet
    realis: Facet
    says: Texts
    above: str = ""
    pick: str = ""
    frame: Frame | None = None
    where: str = ""


@dataclass(frozen=True)
class Table:
    """One file: `files` are the names it may have, the first of which it is called by.

    `thing` is the pattern of the IRI that mappings match with our things, `key` the columns by which one
    record is told from another.
    """

    name: str
    files: tuple[str, ...]
    format: str
    thing: str
    key: tuple[str, ...]
    dates: Dates | None
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Outside:
    """An outside dataset as a source of claims; `path` says how, `shown` names it in messages."""

    name: str
    path: Path
    shown: str
    title: Texts
    publisher: str
    licence: str
    source: str
    yields: bool
    tables: tuple[Table, ...]


def outside_sources(project: Project) -> dict[str, Path]:
    """Return the datasets of a project that claims are made from, by name."""
    found = sorted((project.graph / "external").glob(f"*/{FILE}"))
    return {path.parent.name: path for path in found}

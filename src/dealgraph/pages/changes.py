"""What changed between two days: the facts that appeared, went or changed, and what follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from pyoxigraph import Store

from dealgraph.api import desk_at
from dealgraph.api.states import AS_OF
from dealgraph.desk import Desk
from dealgraph.diff import Change, Difference, difference
from dealgraph.errors import WrongUsage
from dealgraph.pages.question_answers import Cell
from dealgraph.pages.rendering import page
from dealgraph.report import Line
from dealgraph.terms import iri
from dealgraph.web import Answer, Call, href

_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True)
class Choice:
    """A day that can be chosen: one on which something came out, or the day before it."""

    day: dt.date
    is_before: bool
    sources: tuple[Cell, ...] = ()

    @property
    def previous(self) -> str:
        """The day before, in ISO 8601."""
        return (self.day - _DAY).isoformat()


@dataclass(frozen=True)
class Shift:
    """One property of one subject, before and after; an inference has one of the two only."""

    predicate: Cell
    before: Line | None
    after: Line | None


@dataclass(frozen=True)
class About:
    """All that changed about one subject."""

    subject: Cell
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class Part:
    """One kind of change, subject by subject: appeared, went, changed, now follows, no longer follows."""

    name: str
    count: int
    subjects: tuple[About, ...]


def choices(desk: Desk, language: str) -> tuple[Choice, ...]:
    """Return the days on which articles or snapshots came out, each after the day before it, in order."""
    evidence = desk.evidence
    by_day: dict[dt.date, list[Cell]] = {}
    for source in (*evidence.articles, *evidence.snapshots):
        cell = Cell(evidence.label(source, language), "thing", href(source))
        by_day.setdefault(evidence.published(source), []).append(cell)
    found: dict[tuple[dt.date, bool], Choice] = {}
    for day, sources in sorted(by_day.items()):
        if day - _DAY not in by_day:
            found[day - _DAY, True] = Choice(day - _DAY, True)
        found[day, False] = Choice(day, False, tuple(sources))
    return tuple(found.values())


def usual_days(desk: Desk) -> tuple[dt.date, dt.date] | None:
    """Return the day before the last article and its own day, or nothing where there is no article."""
    if not desk.evidence.articles:
        return None
    last = desk.evidence.published(desk.evidence.articles[-1])
    return last - _DAY, last


def parts(found: Difference, is_plain: Callable[[str, str], bool] = lambda _, __: False) -> tuple[Part, ...]:
    """Put what changed in the order in which it is told; a part in which there is nothing is left out.

    `is_plain` tells of a subject and the words for a class whether it need not be said that this follows.
    """
    now, no_more = (
        tuple(_telling(lines, is_plain)) for lines in (found.inferences_appeared, found.inferences_went)
    )
    told = (
        _part("appeared", found.appeared),
        _part("changed", found.changed),
        _part("went", found.went),
        _part("now follows", [Change(None, line) for line in now]),
        _part("no longer follows", [Change(line, None) for line in no_more]),
    )
    return tuple(part for part in told if part.count)


def _telling(lines: Sequence[Line], is_plain: Callable[[str, str], bool]) -> Iterator[Line]:
    for line in lines:
        plain = line.predicate == "rdf:type"
        kept = tuple(s for s in line.sayings if not (plain and is_plain(line.subject, s.value)))
        if kept:
            yield replace(line, sayings=kept)


def _part(name: str, changes: Sequence[Change]) -> Part:
    return Part(name, len(changes), tuple(_by_subject(changes)))


def _by_subject(changes: Sequence[Change]) -> Iterator[About]:
    for subject, members in groupby(changes, key=lambda change: _line(change).subject):
        shifts = list(members)
        label = _line(shifts[0]).subject_label
        yield About(_cell(subject, label), tuple(_shift(change) for change in shifts))


def _shift(change: Change) -> Shift:
    line = _line(change)
    return Shift(_cell(line.predicate, line.predicate_label), change.before, change.after)


def _line(change: Change) -> Line:
    line = change.after or change.before
    assert line is not None, "a change has a side"
    return line


def _cell(name: str, label: str) -> Cell:
    return Cell(label, "thing", href(_full(name)))


def changes_page(desk: Desk, call: Call) -> Answer:
    """Answer `/changes?from=&to=`: what was known on one day and not on the other."""
    usual = usual_days(desk)
    days = (_day(call, "from", usual[0]), _day(call, "to", usual[1])) if usual else None
    found = difference(*_states(desk, *days), call.language) if days else None
    told = parts(found, _Plain(desk, call.language).is_plain) if found else ()
    offered = choices(desk, call.language)
    first, last = (min(days), max(days)) if days else (dt.date.max, dt.date.min)
    between = tuple(choice for choice in offered if choice.sources and first < choice.day <= last)
    return page(
        "changes.html",
        call,
        desk=desk,
        parts_of_it=told,
        days=tuple(day.isoformat() for day in days) if days else (),
        choices=[(choice.day.isoformat(), choice) for choice in offered],
        between=between,
    )


@dataclass(frozen=True)
class _Plain:
    """Knows the classes that go without saying: all that are wider than one that a file gives."""

    desk: Desk
    language: str

    def is_plain(self, subject: str, words: str) -> bool:
        """Tell whether a subject, by its compact IRI, has a class of this label by its own class alone."""
        given = self.desk.search.kinds(_full(subject))
        wider = {wide for kind in given for wide in self.desk.search.wider(kind)}
        return words in {self.desk.evidence.label(kind, self.language) for kind in wider}


def _full(name: str) -> str:
    return name[1:-1] if name.startswith("<") else iri(name)


def _day(call: Call, name: str, usual: dt.date) -> dt.date:
    given = call.first(name).strip()
    try:
        return dt.date.fromisoformat(given) if given else usual
    except ValueError:
        fix = "Give a day, for example 2025-06-13"
        raise WrongUsage(f"'{given}' is not a day", where=name, fix=fix) from None


def _states(desk: Desk, before: dt.date, after: dt.date) -> tuple[Store, Store]:
    one, other = (desk_at(desk, Call("", query=[(AS_OF, day.isoformat())])) for day in (before, after))
    return one.store, other.store

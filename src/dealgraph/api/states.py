"""The state of knowledge that a call asks for: `?as-of=DATE`, `?source=ARTICLE`, or all that is known.

A state is assembled in memory from the files of the project, so that they must be those that the snapshot
was made from. A few are kept by each worker, for who asks one question of a day asks the next.
"""

from __future__ import annotations

import datetime as dt
import time
from bisect import bisect_right
from collections import OrderedDict
from typing import Final

from pyoxigraph import NamedNode

from dealgraph import sources
from dealgraph.desk import Desk
from dealgraph.errors import OutOfDate, UnknownName, WrongParameter
from dealgraph.missing import Scope
from dealgraph.states import sources_named, state_of
from dealgraph.terms import compact, local_name
from dealgraph.web import Call

AS_OF: Final = "as-of"
SOURCE: Final = "source"
MOST_KEPT: Final = 4
"""How many states a worker keeps; each is as large as the snapshot at most."""
_CLOCK: Final = 1.0
"""By how many seconds the time of a file may lag behind the clock."""

_Key = tuple[str, dt.date | None, frozenset[str]]
_kept: OrderedDict[_Key, Desk] = OrderedDict()
_seen: dict[str, float] = {}
"""When the files were last seen to be those of a snapshot, by the digest that it has of them."""


def desk_at(desk: Desk, call: Call) -> Desk:
    """Return the desk itself, or one on what was known on a day, or from some sources, if a call asks for it.

    Reach for it first in whatever answers from facts or claims. Days on which the same was known share one
    state; a day before the first article gives one without facts. The desk that is returned has its manifest
    and its scope set accordingly, and holds nothing of the sources that do not count. Raises
    `WrongParameter` for a day that is none, `UnknownName` for a source that the project does not have,
    `OutOfDate` where the files are no longer those that the snapshot was made from.
    """
    asked, names = _day(call), [name for name in call.all(SOURCE) if name]
    if asked is None and not names:
        return desk
    ensure_of_same_files(desk)
    chosen = frozenset(article.value for article in sources_named(desk.sources, names))
    scope = _scope(desk, asked, chosen)
    if _is_all_of(desk, scope):
        return desk
    key = (desk.manifest.content, scope.as_of, scope.only_from)
    if key not in _kept:
        _kept[key] = _assembled(desk, scope)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def ensure_of_same_files(desk: Desk) -> None:
    """Raise `OutOfDate` unless the files of the project are those that the snapshot was made from.

    Files are read only where one was written since they were last looked at.
    """
    made_from, now = desk.manifest.inputs, time.time()
    seen = _seen.get(made_from)
    if seen is None or sources.is_touched_since(desk.project, seen - _CLOCK):
        if sources.digest(desk.project) != made_from:
            raise OutOfDate(
                "the files have changed since this snapshot was built, so that no other state can be made",
                where=f"?{AS_OF}, ?{SOURCE}",
                fix="Leave them out, or let the operator run: dealgraph build",
            )
        _seen[made_from] = now


def _day(call: Call) -> dt.date | None:
    """The day that a call names; an empty field of a form names none."""
    days = {text for text in call.all(AS_OF) if text}
    if not days:
        return None
    text = ", ".join(sorted(days))
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        fix = "Give one as year, month and day, for example 2025-06-13"
        raise WrongParameter(f"'{text}' is not a day", where=AS_OF, fix=fix)
    return day


def _scope(desk: Desk, asked: dt.date | None, chosen: frozenset[str]) -> Scope:
    """What counts, said in the shortest way: nothing of it where all that the snapshot holds does."""
    evidence, made = desk.evidence, desk.manifest
    there = {*evidence.articles, *evidence.snapshots}
    if missing := sorted(chosen - there):
        raise UnknownName(
            "the snapshot that answers was made without this source",
            where=compact(missing[0]),
            fix=f"Take one of: {', '.join(map(local_name, sorted(there)))}",
        )
    counting = frozenset(made.only_from) if chosen in (frozenset(), there) else chosen
    days = sorted({evidence.published(source) for source in counting or there})
    place = len(days) if asked is None else bisect_right(days, asked)
    day = dt.date.fromisoformat(made.as_of) if made.as_of else None
    if place < len(days):
        day = days[place - 1] if place else dt.date.min
    return Scope(day, counting)


def _is_all_of(desk: Desk, scope: Scope) -> bool:
    return _as_written(scope) == (desk.manifest.as_of, tuple(sorted(desk.manifest.only_from)))


def _as_written(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """A scope as a manifest has it."""
    return scope.as_of.isoformat() if scope.as_of else "", tuple(sorted(scope.only_from))


def _assembled(desk: Desk, scope: Scope) -> Desk:
    from dealgraph.build import described

    chosen = map(NamedNode, sorted(scope.only_from))
    store = state_of(desk.sources, desk.queries, scope.as_of, chosen, by_rules=True)
    ensure_of_same_files(desk)
    wanted = (desk.manifest.inputs, desk.manifest.program, *_as_written(scope))
    made = Desk(desk.project, store, described(store, wanted), scope, desk.texts)
    # What is read from files alone is the same in every state.
    for name in ("queries", "sources"):
        made.__dict__[name] = getattr(desk, name)
    return made

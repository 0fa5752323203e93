"""The state of knowledge that `?as-of=` and `?source=` choose."""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dealgraph.api import states
from dealgraph.api.states import desk_at
from dealgraph.desk import Desk, open_desk
from dealgraph.errors import OutOfDate, UnknownName, WrongParameter
from dealgraph.missing import Scope
from dealgraph.settings import open_project
from dealgraph.states import state
from dealgraph.terms import iri
from dealgraph.web import Call

JUNE = "abcbourse-2025-06-13"
JULY = "arktechnews-2025-07-15"


def asked(*query: tuple[str, str]) -> Call:
    return Call("/api/deals/stakes.json", query=query)


def test_without_a_day_and_a_source_the_desk_itself_answers(desk: Desk) -> None:
    assert desk_at(desk, asked()) is desk
    assert desk_at(desk, asked(("as-of", ""), ("source", ""))) is desk


def test_a_day_after_all_articles_and_all_sources_together_are_what_is_known_now(desk: Desk) -> None:
    assert desk_at(desk, asked(("as-of", "2999-01-01"))) is desk
    everything = (*desk.evidence.articles, *desk.evidence.snapshots)
    assert desk_at(desk, asked(*(("source", source) for source in everything))) is desk


def test_days_on_which_the_same_was_known_share_one_state(desk: Desk) -> None:
    june = desk_at(desk, asked(("as-of", "2025-06-14")))
    assert june is desk_at(desk, asked(("as-of", "2025-06-20")))
    assert june.manifest.as_of == "2025-06-13"
    assert june.scope.as_of is not None
    assert june.manifest.content != desk.manifest.content
    assert june.manifest.counts["articles"] == 1


def test_a_state_is_what_the_command_line_assembles(desk: Desk) -> None:
    wanted = state(desk.project, dt.date(2025, 6, 20), ())
    assert set(desk_at(desk, asked(("as-of", "2025-06-20"))).store) == set(wanted)


def test_before_the_first_article_nothing_is_a_fact(desk: Desk) -> None:
    empty = desk_at(desk, asked(("as-of", "1999-01-01")))
    assert empty.evidence.articles == ()
    assert empty.manifest.counts["facts"] == 0


def test_one_source_counts_alone(desk: Desk) -> None:
    july = desk_at(desk, asked(("source", JULY)))
    assert july.evidence.articles == (iri(f"article:{JULY}"),)
    assert july.scope.only_from == {iri(f"article:{JULY}")}
    assert july.manifest.only_from == (iri(f"article:{JULY}"),)


def test_few_states_are_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Scope] = []

    def assembled(here: Desk, scope: Scope) -> Desk:
        made.append(scope)
        return replace(here, scope=scope)

    monkeypatch.setattr(states, "_assembled", assembled)
    monkeypatch.setattr(states, "MOST_KEPT", 2)
    monkeypatch.setattr(states, "_kept", type(states._kept)())
    calls = [asked(("source", JUNE)), asked(("source", JULY)), asked(("as-of", "1999-01-01"))]
    for call in (calls[0], calls[1], calls[0], calls[2], calls[0], calls[1]):
        desk_at(desk, call)
    assert [(one.as_of is None, len(one.only_from)) for one in made] == [
        (True, 1),
        (True, 1),
        (False, 0),
        (True, 1),
    ]
    assert len(states._kept) == 2


@pytest.mark.parametrize("text", ["yesterday", "2025-13-01", "20250613", "2025-06", "2025-06-13T00:00:00"])
def test_what_is_no_day_is_named(desk: Desk, text: str) -> None:
    with pytest.raises(WrongParameter) as raised:
        desk_at(desk, asked(("as-of", text)))
    assert raised.value.where == "as-of"
    assert text in raised.value.message


def test_two_days_at_once_are_none(desk: Desk) -> None:
    with pytest.raises(WrongParameter):
        desk_at(desk, asked(("as-of", "2025-06-13"), ("as-of", "2025-06-14")))


def test_an_unknown_source_is_named(desk: Desk) -> None:
    with pytest.raises(UnknownName) as raised:
        desk_at(desk, asked(("source", "no-such-paper")))
    assert JUNE in raised.value.fix


def test_no_other_state_is_made_of_files_that_have_changed(project: Path) -> None:
    here = open_desk(open_project(project))
    article = next((project / "graph" / "articles").rglob(f"{JUNE}.trig"))
    before = article.read_bytes()
    call = asked(("as-of", "2025-06-14"))
    article.write_bytes(before + b"\n# later\n")
    with pytest.raises(OutOfDate) as raised:
        desk_at(here, call)
    assert "dealgraph build" in raised.value.fix
    assert desk_at(here, asked()) is here
    article.write_bytes(before)
    states.ensure_of_same_files(here)
    later = time.time() + 5
    article.write_bytes(before + b"\n# later\n")
    os.utime(article, (later, later))
    with pytest.raises(OutOfDate):
        desk_at(here, call)


def test_a_part_of_the_graph_is_never_widened(built: Path) -> None:
    part = open_desk(open_project(built))
    only = replace(part.manifest, as_of="2025-06-13")
    partial = replace(part, manifest=only, store=state(part.project, dt.date(2025, 6, 13), ()))
    assert desk_at(partial, asked(("as-of", "2025-12-31"))) is partial
    with pytest.raises(UnknownName):
        desk_at(partial, asked(("source", JULY)))

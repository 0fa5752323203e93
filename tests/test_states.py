"""States of knowledge: whoever needs no Java for them gets the same."""

from __future__ import annotations

import datetime as dt

import pytest

from dealgraph.settings import open_project
from dealgraph.states import state
from tiny import ROOT


@pytest.mark.parametrize("day", [None, dt.date(2025, 6, 14)], ids=["now", "in June"])
def test_the_rules_alone_find_what_hermit_finds_with_them(day: dt.date | None) -> None:
    project = open_project(ROOT)
    by_rules, whole = (set(state(project, day, (), by_rules=alone)) for alone in (True, False))
    assert len(whole) > 10_000
    assert by_rules == whole

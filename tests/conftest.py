"""What every test can rely on: no clock, and no variable of its surroundings that chooses a project."""

from __future__ import annotations

import pytest
from hypothesis import settings

from dealgraph.settings import PROJECT_VARIABLE, STATE_VARIABLE

# How long an example takes says more about the machine and its first import than about the code.
settings.register_profile("dealgraph", deadline=None)
settings.load_profile("dealgraph")


@pytest.fixture(autouse=True)
def no_project_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PROJECT_VARIABLE, raising=False)
    monkeypatch.delenv(STATE_VARIABLE, raising=False)

"""How long a job still takes, told by how long its steps took before.

What was taken is remembered beside the snapshots, by job: it holds times of this machine, so that it is no
part of a snapshot, and nothing but what is shown while waiting depends on it.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

MOST_REMEMBERED: Final = 4
"""How many runs of a job are remembered: one for each order of steps, the last ones."""


@dataclass(frozen=True)
class Run:
    """A job that was done: on how many things, and the seconds of each of its steps, in order."""

    size: int
    steps: tuple[tuple[str, float], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its steps."""
        return tuple(name for name, _ in self.steps)


@dataclass
class Pace:
    """A job on its way: `size` is on how many things, `before` are the runs to go by, the last one first.

    `after` is how many jobs like it come after it.
    """

    size: int
    before: tuple[Run, ...] = ()
    after: int = 0
    clock: Callable[[], float] = time.monotonic
    _entered: list[tuple[str, float]] = field(default_factory=list)

    def enter(self, step: str) -> None:
        """Note that a step begins, and that the one before it has ended."""
        self._entered.append((step, self.clock()))

    def left(self) -> float | None:
        """Return the seconds that are left: negative if it takes longer than it did, nothing if unknown.

        It goes by the last run that began with the same steps, in proportion to the size.
        """
        seen = tuple(name for name, _ in self._entered)
        if not seen:
            return None
        like = next((run for run in self.before if run.names[: len(seen)] == seen), None)
        if like is None:
            return None
        times = [seconds * self.size / like.size for _, seconds in like.steps]
        here = sum(times[len(seen) - 1 :]) - (self.clock() - self._entered[-1][1])
        return here + self.after * sum(times) if here >= 0 or not self.after else self.after * sum(times)

    def ended(self) -> Run:
        """Return the run, which has ended now."""
        until = [*self._entered, ("", self.clock())]
        steps = ((name, round(end - begun, 3)) for (name, begun), (_, end) in pairwise(until))
        return Run(self.size, tuple(steps))


def remembered(path: Path, job: str) -> tuple[Run, ...]:
    """Return the runs of a job that a file remembers, the last one first; none if it cannot be read."""
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        runs = json.loads(path.read_text(encoding="utf-8"))[job]
        return tuple(
            Run(max(1, int(run["size"])), tuple((str(name), float(took)) for name, took in run["steps"]))
            for run in runs
        )
    return ()


def remember(path: Path, job: str, run: Run) -> None:
    """Remember a run of a job in a file, where there is room and right to; else nothing happens.

    A run of one step is none to go by: there was nothing to do.
    """
    if len(run.steps) <= 1:
        return
    others = [each for each in remembered(path, job) if each.names != run.names]
    runs = [run, *others][:MOST_REMEMBERED]
    with contextlib.suppress(OSError):
        kept: dict[str, object] = {}
        with contextlib.suppress(OSError, ValueError, TypeError):
            kept = dict(json.loads(path.read_text(encoding="utf-8")))
        kept[job] = [{"size": each.size, "steps": each.steps} for each in runs]
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(kept, indent=1, sort_keys=True), encoding="utf-8")
        draft.replace(path)

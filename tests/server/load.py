"""Many clients at once, killers among them: what they get, and how much memory it takes."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from serving import CROSS_JOIN, FLOOD, HOARD, Served, children, until

KILLERS: dict[str, frozenset[int]] = {
    CROSS_JOIN: frozenset({504}),
    FLOOD: frozenset({413, 504}),
    HOARD: frozenset({504, 507}),
}
"""Queries that no server can answer, and with what they may be refused."""


@dataclass
class Outcome:
    """What clients got: how often which status, what was wrong, and how much memory was filled, in bytes.

    `memory` is measured all the while, `before` and `after` while nobody asks.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    memory: list[int] = field(default_factory=list)
    before: int = 0
    after: int = 0
    seconds: list[float] = field(default_factory=list)


def under_load(
    server: Served, answers: Mapping[str, bytes], *, clients: int, seconds: float, killing: float = 0.02
) -> Outcome:
    """Have clients ask at random for a while, `killing` of them what cannot be answered.

    `answers` has what each path must give, to the byte.
    """
    outcome, lock = Outcome(before=filled(server.process.pid)), threading.Lock()
    deadline = time.monotonic() + seconds

    def one(seed: int) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=server.origin, timeout=60) as client:
            while time.monotonic() < deadline:
                begun = time.monotonic()
                if chance.random() < killing:
                    query = chance.choice(sorted(KILLERS))
                    status = client.post("/sparql", data={"query": query}).status_code
                    fits, kind = status in KILLERS[query], outcome.refused
                else:
                    path = chance.choice(sorted(answers))
                    answer = client.get(path)
                    status, kind = answer.status_code, outcome.statuses
                    fits = status == 200 and answer.content == answers[path]
                with lock:
                    kind[status] += 1
                    if kind is outcome.statuses:
                        outcome.seconds.append(time.monotonic() - begun)
                    if not fits:
                        outcome.wrong.append(f"{status} for {path if kind is outcome.statuses else query}")

    threads = [threading.Thread(target=one, args=(seed,)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    while time.monotonic() < deadline:
        outcome.memory.append(filled(server.process.pid))
        time.sleep(min(0.25, seconds / 20))
    for thread in threads:
        thread.join()
    until(lambda: server.metric(r'dealgraph_workers\{state="busy"') == 0, 5)
    time.sleep(0.5)
    outcome.after = filled(server.process.pid)
    return outcome


def filled(pid: int) -> int:
    """The memory that a process and all that descend from it fill, shared pages counted in part (PSS)."""
    total = 0
    for process in {pid} | children(pid):
        try:
            told = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("Pss:"))
    return total

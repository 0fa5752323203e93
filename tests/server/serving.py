"""A real server in a process of its own, on this machine alone, ended by its own pid."""

from __future__ import annotations

import json
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

START_SECONDS = 60.0

CROSS_JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""Too much to count in any time that a test waits."""
HOARD = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?e ?i"
"""Sorted, so that all rows must be in memory before the first is given."""
FLOOD = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
"""Fast, and without end."""


@dataclass(frozen=True)
class Served:
    """A server that answers at `origin`; `log` is the file in which it writes requests down."""

    origin: str
    process: subprocess.Popen[bytes]
    log: Path

    def get(
        self, path: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        return httpx.get(self.origin + path, params=params, headers=headers, timeout=30)

    def ask(self, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
        told = {"Accept": accept}
        return httpx.post(f"{self.origin}/sparql", data={"query": query}, headers=told, timeout=60)

    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def metric(self, pattern: str) -> float:
        """The sum of the numbers of the metrics whose names and labels a pattern fits."""
        lines = self.get("/metrics").text.splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if re.match(pattern, line))


@contextmanager
def served(project: Path, folder: Path, *options: str) -> Iterator[Served]:
    """Start a server for a project on a free port and end it when the test is over."""
    log = folder / "requests.jsonl"
    words = ["serve", "--project", str(project), "--port", "0", "--log", str(log), *options]
    with _running(["-m", "dealgraph", *words], log) as running:
        yield running


HELD_BACK = """
import sys
from pathlib import Path
from dealgraph.server.limits import Limits
from dealgraph.server.running import Settings, listen, serve
from dealgraph.settings import open_project

project, log, hold, result = sys.argv[1:]
with listen("127.0.0.1", 0) as listening, Path(log).open("a") as out:
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = Settings(open_project(Path(project)), Limits(hold=int(hold), result=int(result)), log=out)
    serve(settings, listening, lambda: print(address, file=sys.stderr, flush=True))
"""


@contextmanager
def holding_back(project: Path, folder: Path, hold: int, result: int) -> Iterator[Served]:
    """Start a server that sends an answer before it is whole once it has held back so many bytes."""
    log = folder / "requests.jsonl"
    with _running(["-c", HELD_BACK, str(project), str(log), str(hold), str(result)], log) as running:
        yield running


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[Served]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEALGRAPH_")}
    with subprocess.Popen([sys.executable, *command], stderr=subprocess.PIPE, env=environment) as process:
        try:
            yield Served(_address(process), process, log)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
            assert process.stderr is not None
            sys.stderr.buffer.write(process.stderr.read())


def _address(process: subprocess.Popen[bytes]) -> str:
    assert process.stderr is not None
    told, deadline = b"", time.monotonic() + START_SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(process.stderr, selectors.EVENT_READ)
        while time.monotonic() < deadline and process.poll() is None:
            if selector.select(0.2):
                told += os.read(process.stderr.fileno(), 4096)
                if found := re.search(rb"http://[\w.:\[\]]+", told):
                    return found[0].decode()
    raise AssertionError(f"the server did not start: {told.decode()}")


def until(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Wait until something holds; whether it did in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return holds()


def children(pid: int) -> set[int]:
    """All processes that descend from one, as the system tells."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found: set[int] = set()
    while new := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= new
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

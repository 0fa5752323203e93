"""What an operator sees: one line of JSON for each request, and numbers for Prometheus."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import IO, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from dealgraph.server.pool import Pool

LONGEST: Final = 1000
"""How many characters of an address and of a query are written down."""
METRICS: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0)


@dataclass(frozen=True)
class Entry:
    """One request and what became of it.

    `route` is the pattern of the path, `outcome` is answered, kept (from an answer given before), unchanged
    (304), gone (the client went away), cut (an answer broke off) or the name of an error. `size` is that of
    the body in bytes, before it was packed, `snapshot` how the digest of the content that it is from begins.
    """

    client: str
    method: str
    address: str
    route: str
    status: int
    outcome: str
    seconds: float
    size: int
    snapshot: str
    agent: str = ""
    query: str = ""


class Journal:
    """Where requests are written down and counted; `out` is closed by whoever has opened it."""

    def __init__(self, out: IO[str] | None, now: Callable[[], dt.datetime] | None = None) -> None:
        self._out = out
        self._pool: Pool | None = None
        self._now = now or (lambda: dt.datetime.now(dt.UTC))
        self._registry = CollectorRegistry()
        names = ("route", "method", "status", "outcome")
        self._requests = Counter("dealgraph_requests", "Requests", names, registry=self._registry)
        self._seconds = Histogram(
            *("dealgraph_request_seconds", "Time from a request to the end of its answer", ("route",)),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._bytes = Counter(
            "dealgraph_answer_bytes", "Bytes of answers", ("route",), registry=self._registry
        )
        self._workers = Gauge("dealgraph_workers", "Workers by state", ("state",), registry=self._registry)
        self._stopped = Gauge(
            "dealgraph_workers_stopped", "Workers that were stopped", ("reason",), registry=self._registry
        )
        self._started = Gauge("dealgraph_workers_started", "Workers started", registry=self._registry)
        self._snapshot = Gauge(
            "dealgraph_snapshot", "The snapshot that answers", ("content",), registry=self._registry
        )

    def watch(self, pool: Pool) -> None:
        """Take the numbers of a pool into the metrics."""
        self._pool = pool

    def note(self, entry: Entry) -> None:
        """Write down and count one request."""
        self._requests.labels(entry.route, entry.method, str(entry.status), entry.outcome).inc()
        self._seconds.labels(entry.route).observe(entry.seconds)
        self._bytes.labels(entry.route).inc(entry.size)
        if self._out is not None:
            self._write({key: value for key, value in asdict(entry).items() if value != ""})

    def tell(self, text: str) -> None:
        """Write down what an operator should know."""
        self._write({"note": text})

    def metrics(self) -> bytes:
        """Return all numbers in the text format of Prometheus."""
        if pool := self._pool:
            for state, number in pool.counts.items():
                self._workers.labels(state).set(number)
            for reason, number in pool.tally.killed.items():
                self._stopped.labels(reason).set(number)
            self._started.set(pool.tally.started)
            self._snapshot.clear()
            self._snapshot.labels(pool.content[:12]).set(1)
        return generate_latest(self._registry)

    def _write(self, content: dict[str, object]) -> None:
        if self._out is None:
            return
        moment = self._now().isoformat(timespec="milliseconds")
        line = json.dumps({"time": moment, **content}, ensure_ascii=False)
        try:
            print(line, file=self._out, flush=True)
        except (OSError, ValueError):
            self._out = None

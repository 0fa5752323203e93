"""Load on a real server, and its throughput beside that of `oxigraph serve-read-only` on the same snapshot.

    python tests/benchmarks/throughput.py [--seconds 60] [--clients 16]

The load: many clients ask at random, some of them what cannot be answered; every answer is compared to the
byte. The throughput: small queries, asked by the program `wrk`, the same one over and over and one that is
never the same; the two servers in turn, three times each, and the median.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "server"), str(HERE.parent)]

from load import under_load  # noqa: E402
from serving import Served, served  # noqa: E402

from dealgraph.server.limits import MEGABYTE  # noqa: E402
from dealgraph.settings import open_project  # noqa: E402
from dealgraph.snapshot import current  # noqa: E402

LOOKUP = "SELECT ?p ?o { <https://w3id.org/dealgraph/id/meta> ?p ?o } LIMIT 5"
QUERIES = (
    LOOKUP,
    "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
)
PAGES = ("/", "/id/meta", "/contradictions", "/questions/deals/stakes", "/api/deals/stakes.csv")
NEVER_THE_SAME = """
wrk.headers["Accept"] = "application/sparql-results+json"
local n = {seed}
request = function() n = n + 1; return wrk.format("GET", "{path}%20%23" .. n) end
"""
ROUNDS = 3


def main() -> None:
    """Run both and print what came out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=16)
    chosen = parser.parse_args()
    project = open_project()
    subprocess.run([sys.executable, "-m", "dealgraph", "build"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        options = ("--timeout", "2", "--memory", "256", "--max-result", "4")
        with served(project.root, Path(folder), *options) as server:
            _load(server, chosen.clients, chosen.seconds)
        with served(project.root, Path(folder)) as server, _oxigraph(current(project.state)) as peer:
            _throughput(server.origin, peer)


def _load(server: Served, clients: int, seconds: float) -> None:
    paths = [f"/sparql.json?{urlencode({'query': query})}" for query in QUERIES] + list(PAGES)
    answers = {path: server.get(path).content for path in paths}
    got = under_load(server, answers, clients=clients, seconds=seconds)
    spent = sorted(got.seconds)
    print(f"{clients} clients, {seconds:g} s: {sum(got.statuses.values())} answers, {len(got.wrong)} wrong")
    print(f"  killers refused: {dict(sorted(got.refused.items()))}")
    print(f"  p50 {spent[len(spent) // 2] * 1000:.1f} ms, p99 {spent[len(spent) * 99 // 100] * 1000:.0f} ms")
    memory = [round(n / MEGABYTE) for n in (got.before, max(got.memory), got.after)]
    print(f"  memory before, at most, after: {memory} MB")
    for line in got.wrong[:10]:
        print(f"  wrong: {line}")


@contextmanager
def _oxigraph(snapshot: Path) -> Iterator[str]:
    program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve-read-only", "--location", str(snapshot / "store"), "--bind", address]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(100):
                try:
                    httpx.get(f"http://{address}/", timeout=1)
                    break
                except httpx.HTTPError:
                    time.sleep(0.05)
            yield f"http://{address}"
        finally:
            process.kill()


def _throughput(ours: str, peer: str) -> None:
    if shutil.which("wrk") is None:
        print("throughput: skipped, for the program wrk is not there (Debian: apt-get install wrk)")
        return
    paths = {"dealgraph": (ours, "/sparql"), "oxigraph": (peer, "/query")}
    for kind in ("the same query", "never the same"):
        rates: dict[str, list[float]] = {name: [] for name in paths}
        for number in range(ROUNDS):
            for name, (origin, path) in paths.items():
                rates[name].append(_rate(origin, path, varied=kind != "the same query", seed=number * 10**7))
        medians = {name: statistics.median(found) for name, found in rates.items()}
        ratio = medians["dealgraph"] / medians["oxigraph"]
        print(f"{kind}: {json.dumps({name: round(rate) for name, rate in medians.items()})}, {ratio:.2f}")


def _rate(origin: str, path: str, *, varied: bool, seed: int) -> float:
    address = f"{path}?{urlencode({'query': LOOKUP}).replace('+', '%20')}"
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        text = NEVER_THE_SAME.format(seed=seed, path=address)
        if not varied:
            text = 'wrk.headers["Accept"] = "application/sparql-results+json"\n'
        script.write(text)
        script.flush()
        command = ["wrk", "-t1", "-c4", "-d4", "-s", script.name, origin + ("" if varied else address)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    assert found, done.stdout
    assert "Non-2xx" not in done.stdout, done.stdout
    return float(found[1])


if __name__ == "__main__":
    main()

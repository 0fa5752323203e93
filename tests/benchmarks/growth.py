"""How the program grows: build, add, queries, memory and disk by size, beside what one could take instead.

    python tests/benchmarks/growth.py --sizes 10k,100k,1M --seed 7 --peers virtuoso,jena,naive --out FOLDER

Data come from the invented newsroom. Every measure is taken in a process of its own, ours and the others in
turn, so that a loaded machine is loaded for all: read ratios and slopes, not seconds. Tables go to standard
output; FOLDER gets `growth.json` and the charts. A peer that is not installed is left out by name. A job that
has not ended after `--seconds` is stopped and said to have run out of time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

import growth_report as report

_UNITS: Final = {"k": 10**3, "M": 10**6}


def main() -> None:
    """Read the command line; `--job` is for the program itself."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--sizes", type=_sizes, default=[10_000], help="in quads, such as 10k,100k,1M")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--peers", default="", help="of virtuoso, jena and naive")
    options.add_argument("--seconds", type=float, default=1800, help="after which a job is stopped")
    options.add_argument(
        "--query-seconds", type=float, default=10, help="after which a query is asked no more"
    )
    options.add_argument("--no-check", action="store_true", help="leave checking out of the build")
    options.add_argument("--out", type=Path, default=None, help="where growth.json and charts go")
    options.add_argument("--job", nargs=2, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.job:
        _work(*given.job)
        return
    peers = given.peers.split(",")
    found: dict[str, Any] = {f"{size}": measure(size, peers, given) for size in given.sizes}
    if "naive" in peers:
        found["naive"] = _run("naive", given.seconds, seed=given.seed)
    print(report.tables(found))
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        (given.out / "growth.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
        for name, svg in report.charts(found).items():
            (given.out / f"{name}.svg").write_text(svg, encoding="utf-8")


def measure(size: int, peers: Sequence[str], given: argparse.Namespace) -> dict[str, Any]:
    """Take all measures at one size, in a temporary folder that is removed at the end."""
    seconds, checked = given.seconds, not given.no_check
    with tempfile.TemporaryDirectory(prefix="growth-") as name:
        folder: dict[str, Any] = {"folder": name, "seed": given.seed}
        made = _run("make", seconds, quads=size, **folder)
        found: dict[str, Any] = {"make": made}
        found["build"] = _run("full_build", seconds, checked=checked, **folder)
        if "failed" in made:
            return found
        if "failed" in found["build"]:
            found["without HermiT"] = _run("full_build", seconds, hermit=False, checked=checked, **folder)
            if "failed" in found["without HermiT"]:
                return found
        found["load"] = _run("bulk_load", seconds, **folder)
        found["queries"] = {
            engine: _run("queries", seconds, engine=engine, limit=given.query_seconds, **folder)
            for engine in ("oxigraph", *(peer for peer in peers if peer in {"virtuoso", "jena"}))
        }
        found["add"] = _run("add", seconds, number=made["number"], **folder)
        return found


def _run(job: str, seconds: float, /, **words: object) -> dict[str, Any]:
    """Run a job apart; its measures with the peak of its memory, or why there are none."""
    print(f"{job} {words.get('quads', '')} {words.get('engine', '')}", file=sys.stderr, flush=True)
    command = [sys.executable, __file__, "--job", job, json.dumps(words)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": f"not ended after {seconds:.0f} s"}
    if run.returncode:
        return {"failed": (run.stderr.strip().splitlines() or ["ended without a word"])[-1][:200]}
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def _work(job: str, words: str) -> None:
    import resource

    from growth_jobs import JOBS
    from growth_naive import naive

    given: Mapping[str, Any] = json.loads(words)
    folder = {"folder": Path(given["folder"])} if "folder" in given else {}
    told = {**JOBS, "naive": naive}[job](**{**given, **folder})
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"memory": peaks[0] / 1024, "memory of children": peaks[1] / 1024, **told}))


def _sizes(text: str) -> list[int]:
    units = ((part.rstrip("kM"), _UNITS.get(part[-1], 1)) for part in text.split(","))
    return [int(float(number) * unit) for number, unit in units]


if __name__ == "__main__":
    main()

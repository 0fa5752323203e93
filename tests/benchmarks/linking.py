"""How good and how quick linking is: `python tests/benchmarks/linking.py [DATA]`.

Without DATA, on the extracts of the tests and on generated names. With the folder of the whole data sets, on
them too: quality against all of SEC, ROR and GeoNames, and time among the world's cities.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "link"))

from link_names import generated

from dealgraph.cli.context import Context
from dealgraph.cli.measuring import quality_of
from dealgraph.link.dataset import load_dataset
from dealgraph.link.description import find_description
from dealgraph.link.entity import Entity
from dealgraph.link.index import Index
from dealgraph.link.propose import Found, propose
from dealgraph.link.quality import Quality
from dealgraph.settings import open_project

ROOT = Path(__file__).resolve().parents[2]
LABELLED = ROOT / "tests" / "data" / "linking"
LARGE = 100_000
SEARCHES = 200


def main(data: Path | None) -> None:
    """Print quality, then times."""
    here = Context(open_project(ROOT), "en")
    report("on the extracts", quality_of(here, LABELLED / "pairs.csv", LABELLED))
    records: list[Entity] = []
    if data:
        report("on the whole data", quality_of(here, LABELLED / "pairs.csv", data))
        for name in ("geonames-cities", "sec", "ror"):
            found = load_dataset(find_description(here.project, name), data).entities
            timed(name, found, found)
            records += found
    made = generated(LARGE - len(records))
    timed("generated", made, made)
    everything = (*records, *made)
    timed("all together", everything, everything)


def report(where: str, quality: Quality) -> None:
    """Print one line of quality."""
    whole = quality.whole
    print(
        f"{where}: {whole.matches} matches, {whole.negatives} others; recall in five {whole.recall:.3f}, "
        f"first {whole.first / whole.matches:.3f}; accepted without a person {whole.accepted}, "
        f"precision {whole.precision:.3f}"
    )


def timed(name: str, records: Sequence[Entity], things: Sequence[Entity]) -> None:
    """Print the time to build an index, and that of a search and of the comparisons after it."""
    begun = time.perf_counter()
    index = Index(records)
    built = time.perf_counter() - begun
    step = max(1, len(things) // SEARCHES)
    times = []
    for thing in things[::step]:
        begun = time.perf_counter()
        propose(thing, Found(index.block(thing)), {})
        times.append(1000 * (time.perf_counter() - begun))
    print(
        f"{name}: {len(records)} records, index in {built:.1f} s; a thing takes "
        f"{statistics.median(times):.1f} ms, at the 95th percentile "
        f"{statistics.quantiles(times, n=20)[-1]:.1f} ms, at most {max(times):.1f} ms"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)

"""The closure beside owlrl and reasonable on the same files: time, memory, the same triples or not.

    .venv/bin/python tests/benchmarks/reasoning.py --sizes 1000 10000 100000 1000000

Each engine runs alone in a process of its own and writes what it infers about individuals; an engine that
has not ended after `--seconds` is stopped and said to have run out of time. `reasonable` is taken if it is
installed. Read the ratios of one run, not the seconds.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

BASE = "urn:bench:"
SAME_AS = "<http://www.w3.org/2002/07/owl#sameAs>"  # only of a term and itself: no two are equal here
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ONTOLOGY = """
@prefix : <urn:bench:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Company rdfs:subClassOf :Organization .
:Organization rdfs:subClassOf :Agent .
:Person rdfs:subClassOf :Agent .
:holder a owl:ObjectProperty ; owl:inverseOf :isHolderOf . :issuer a owl:ObjectProperty .
:holdsStakeIn owl:propertyChainAxiom ( :isHolderOf :issuer ) .
:partOf a owl:TransitiveProperty . :basedIn owl:propertyChainAxiom ( :basedIn :partOf ) .
:competitorOf a owl:SymmetricProperty .
:founderOf owl:inverseOf :foundedBy ; rdfs:subPropertyOf :affiliatedWith .
:Founder owl:equivalentClass
    [ a owl:Restriction ; owl:onProperty :founderOf ; owl:someValuesFrom :Company ] .
"""


def data(size: int, seed: int) -> Iterator[str]:
    """About `size` triples: companies, people, stakes and places, reused as often as in the news (Zipf)."""
    chance = random.Random(seed)
    companies = max(5, size // 12)

    def company() -> str:
        return f"<{BASE}c{min(companies - 1, int(chance.paretovariate(0.7)))}>"

    for n in range(companies):
        place = f"<{BASE}place{n % 50}>"
        yield f"<{BASE}c{n}> <{RDF_TYPE}> <{BASE}Company> .\n"
        yield f"<{BASE}c{n}> <{BASE}basedIn> {place} .\n"
        yield f"<{BASE}c{n}> <{BASE}foundedBy> <{BASE}p{n}> .\n"
        yield f"<{BASE}c{n}> <{BASE}competitorOf> {company()} .\n"
        for leg in range(2):
            stake = f"<{BASE}stake{n}-{leg}>"
            yield f"{stake} <{RDF_TYPE}> <{BASE}Stake> .\n"
            yield f"{stake} <{BASE}holder> {company()} .\n"
            yield f"{stake} <{BASE}issuer> <{BASE}c{n}> .\n"
    for n in range(50):
        yield f"<{BASE}place{n}> <{BASE}partOf> <{BASE}place{50 + n % 5}> .\n"


def by_closure(files: Sequence[Path]) -> set[str]:
    from dealgraph.closure import close
    from dealgraph.rdf_files import read_quads

    return {str(t) for t in close(quad.triple for path in files for quad in read_quads(path)).inferred}


def by_owlrl(files: Sequence[Path]) -> set[str]:
    import rdflib

    owlrl = importlib.import_module("owlrl")
    graph = rdflib.Graph()
    for path in files:
        graph.parse(path)
    given = set(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {" ".join(term.n3() for term in triple) for triple in set(graph) - given}


def by_reasonable(files: Sequence[Path]) -> set[str]:
    reasoner = importlib.import_module("reasonable").PyReasoner()
    for path in files:
        reasoner.load_file(str(path))
    return {" ".join(term.n3() for term in triple) for triple in reasoner.reason()}


ENGINES: dict[str, Callable[[Sequence[Path]], set[str]]] = {
    "closure": by_closure,
    "owlrl": by_owlrl,
    "reasonable": by_reasonable,
}


def about_individuals(triples: set[str], given: set[str]) -> set[str]:
    """What was not given and says something of an individual in terms of the ontology."""
    kept = (t for t in triples if t.startswith(f"<{BASE}") and t.count(f"<{BASE}") >= 2 and t not in given)
    return {t for t in kept if any(c.isdigit() for c in t.split(">")[0]) and SAME_AS not in t}


def run_here(engine: str, files: Sequence[Path], output: Path) -> None:
    """Run one engine and write its inferences; prints seconds and megabytes as JSON."""
    start = time.perf_counter()
    found = ENGINES[engine](files)
    seconds = time.perf_counter() - start
    given = {line.removesuffix(" .") for line in files[1].read_text(encoding="utf-8").splitlines()}
    output.write_text("\n".join(sorted(about_individuals(found, given))), encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak}))


def run_apart(engine: str, files: Sequence[Path], output: Path, seconds: float) -> dict[str, float] | str:
    """Run one engine in a process of its own; returns its measures, or why there are none."""
    command = [
        sys.executable,
        __file__,
        "--run",
        engine,
        "--output",
        str(output),
        "--files",
        *map(str, files),
    ]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return f"not ended after {seconds:.0f} s"
    if run.returncode:
        return run.stderr.strip().splitlines()[-1][:80] if run.stderr.strip() else "failed"
    measures: dict[str, float] = json.loads(run.stdout)
    return measures


def compare(sizes: Sequence[int], seconds: float, seed: int) -> None:
    """Print a table: per size and engine the time, the ratio to ours, the memory, and what differs."""
    print("| triples | engine | s | against closure | MB | inferred | missing | extra |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = (folder / "ontology.ttl", folder / "data.ttl")
        files[0].write_text(ONTOLOGY, encoding="utf-8")
        for size in sizes:
            files[1].write_text("".join(sorted(set(data(size, seed)))), encoding="utf-8")
            ours: tuple[set[str], float] = (set(), 0.0)
            for engine in ENGINES:
                output = folder / engine
                measured = run_apart(engine, files, output, seconds)
                if isinstance(measured, str):
                    print(f"| {size} | {engine} | {measured} | | | | | |", flush=True)
                    continue
                found = set(output.read_text(encoding="utf-8").splitlines())
                if engine == "closure":
                    ours = (found, measured["seconds"])
                ratio = measured["seconds"] / ours[1]
                differs = f"{len(ours[0] - found)} | {len(found - ours[0])}"
                print(
                    f"| {size} | {engine} | {measured['seconds']:.2f} | {ratio:.0f} |"
                    f" {measured['megabytes']:.0f} | {len(found)} | {differs} |",
                    flush=True,
                )


def main() -> None:
    """Read the command line; `--run` is for the program itself."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    options.add_argument("--seconds", type=float, default=600, help="after which an engine is stopped")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--run", choices=ENGINES, help=argparse.SUPPRESS)
    options.add_argument("--output", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--files", type=Path, nargs=2, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.run:
        run_here(given.run, given.files, given.output)
    else:
        compare(given.sizes, given.seconds, given.seed)


if __name__ == "__main__":
    main()

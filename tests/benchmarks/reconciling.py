"""How quick the reconciliation service is: `python tests/benchmarks/reconciling.py [THINGS] [PROJECT]`.

Asks batches of ten queries, as OpenRefine does, every third with a typing error: of the things of a project,
which must have a snapshot, then of a graph of as many companies with generated names (100,000 without).
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

sys.path.append(str(Path(__file__).resolve().parents[1] / "link"))

from link_names import generated

from dealgraph.desk import Desk, open_desk
from dealgraph.reconcile import version_0_2
from dealgraph.reconcile.catalogue import catalogue_of
from dealgraph.settings import open_project
from dealgraph.terms import iri
from dealgraph.web import Call
from dealgraph.web.calling import FORM

ROOT = Path(__file__).resolve().parents[2]
LARGE = 100_000
BATCHES = 20
_COMPANY = NamedNode(iri("dg:Company"))
_TYPE, _LABEL = NamedNode(iri("rdf:type")), NamedNode(iri("rdfs:label"))


def main(things: int, project: Path) -> None:
    """Print the times of the project, then of a generated graph."""
    desk = open_desk(open_project(project))
    things_of = NamedNode(iri("graph:things"))
    labels = {
        quad.object.value: quad.subject.value
        for quad in desk.store.quads_for_pattern(None, _LABEL, None, things_of)
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
        if quad.subject.value.startswith(iri("id:"))
    }
    timed("the project", desk, labels)
    made = {entity.label: iri(f"id:company-{n}") for n, entity in enumerate(generated(things))}
    store = Store()
    store.bulk_extend(quads(made))
    timed("generated", replace(desk, store=store), made)


def quads(made: dict[str, str]) -> Iterator[Quad]:
    """Companies with a label in each language."""
    things, ontology = NamedNode(iri("graph:things")), NamedNode(iri("graph:ontology"))
    yield Quad(_COMPANY, _TYPE, NamedNode(iri("owl:Class")), ontology)
    for label, thing in made.items():
        node = NamedNode(thing)
        yield from (Quad(node, _TYPE, _COMPANY, graph) for graph in (things, DefaultGraph()))
        yield from (Quad(node, _LABEL, Literal(label, language=tag), things) for tag in ("en", "fr"))


def timed(where: str, desk: Desk, labels: dict[str, str]) -> None:
    """Print how long reading takes, a batch of ten, and how often the thing that is meant comes first."""
    start = time.perf_counter()
    catalogue_of(desk).read()
    read = time.perf_counter() - start
    chosen, times, first = random.Random(7), [], 0
    for _ in range(BATCHES):
        asked = chosen.sample(sorted(labels), 10)
        start = time.perf_counter()
        found = answered(
            desk, [mistyped(name, chosen) if n % 3 == 2 else name for n, name in enumerate(asked)]
        )
        times.append(1000 * (time.perf_counter() - start))
        first += sum(ident == labels[name] for ident, name in zip(found, asked, strict=True))
    median = statistics.median(times)
    print(
        f"{where}: {len(labels)} names read in {read:.1f} s; ten queries in {median:.0f} ms "
        f"(most {max(times):.0f}); {first} of {10 * BATCHES} first"
    )


def answered(desk: Desk, names: Sequence[str]) -> list[str]:
    """The IRI of the first candidate for each name."""
    queries = json.dumps({f"q{n}": {"query": name} for n, name in enumerate(names)})
    form = urlencode({"queries": queries}).encode()
    call = Call("/reconcile", method="POST", content_type=FORM, body=form)
    batch = json.loads(version_0_2.service(desk, call).whole())
    return [iri(f"id:{each['result'][0]['id']}") if each["result"] else "" for each in batch.values()]


def mistyped(name: str, chosen: random.Random) -> str:
    """A name with one letter left out."""
    place = chosen.randrange(len(name))
    return name[:place] + name[place + 1 :]


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else LARGE, Path(sys.argv[2]) if sys.argv[2:] else ROOT)

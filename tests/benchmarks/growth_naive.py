"""The same work by rdflib, owlrl and pyshacl, as one would do it with them: parse, admit, reason, check.

Answers are compared with ours: the facts, what follows about things, the violations. At sizes that it can
finish; beyond them the time is extrapolated by the slope.
"""

from __future__ import annotations

import importlib
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from newsroom import Newsroom
from newsroom_files import write_project

from dealgraph import assembly, sources
from dealgraph.admit import ADMISSION, FACTS
from dealgraph.check.graph import to_graph
from dealgraph.closure import close
from dealgraph.settings import Project, open_project
from dealgraph.stored import load_all, named

if TYPE_CHECKING:
    import rdflib

_SIZES: Final = (1_000, 3_000, 6_000)
_LIMIT: Final = 120.0


def naive(seed: int, **_: object) -> dict[str, Any]:
    """Measure growing sizes until one takes too long."""
    found: dict[str, Any] = {}
    for size in _SIZES:
        with tempfile.TemporaryDirectory() as name:
            write_project(Newsroom(seed), Path(name), size)
            found[str(size)] = told = _once(Path(name))
        if sum(told["naive"].values()) > _LIMIT:
            break
    return {"sizes": found}


def _read(project: Project) -> rdflib.Dataset:
    import rdflib

    dataset = rdflib.Dataset()
    graphs = {"shapes": sources.SHAPES, "alignments": sources.ALIGNMENTS}
    for path in sources.files(project).values():
        if path.suffix == ".trig":
            dataset.parse(path, format="trig")
        elif path.suffix == ".ttl":
            part = path.relative_to(project.ontology).parts[0]
            graph = graphs.get(part, sources.ONTOLOGY)
            dataset.graph(rdflib.URIRef(graph.value)).parse(path, format="turtle")
    return dataset


def _once(folder: Path) -> dict[str, Any]:
    import pyshacl
    import rdflib

    project = open_project(folder)
    queries = load_all(project.queries)
    ours: dict[str, float] = {}
    naive: dict[str, float] = {}
    begun = time.process_time()

    def lap(where: dict[str, float], name: str) -> None:
        nonlocal begun
        where[name] = time.process_time() - begun
        begun = time.process_time()

    read = sources.load(project)
    lap(ours, "parse")
    store = assembly.with_facts(read, queries)
    lap(ours, "admit")
    facts = [quad.triple for quad in store.quads_for_pattern(None, None, None, FACTS)]
    terms = [quad.triple for quad in store.quads_for_pattern(None, None, None, sources.ONTOLOGY)]
    begun = time.process_time()
    closed = set(map(str, close((*facts, *terms)).inferred))
    lap(ours, "reason")

    dataset = _read(project)
    lap(naive, "parse")
    admitted = dataset.query(named(queries, ADMISSION).text).graph
    lap(naive, "admit")
    assert admitted is not None
    their = {t for t in admitted if not str(t[1]).endswith(("#admitted", "#counted"))}
    reasoned = rdflib.Graph()
    for triple in (*their, *dataset.graph(rdflib.URIRef(sources.ONTOLOGY.value))):
        reasoned.add(triple)
    given = set(reasoned)
    owlrl = importlib.import_module("owlrl")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(reasoned)
    lap(naive, "reason")
    everything = to_graph(
        quad for quad in store if quad.graph_name not in {sources.SHAPES, sources.ALIGNMENTS}
    )
    shapes = to_graph(store.quads_for_pattern(None, None, None, sources.SHAPES))
    begun = time.process_time()
    conforms, *_ = pyshacl.validate(everything, shacl_graph=shapes, advanced=True, inplace=True)
    lap(naive, "check")
    things = {str(t) for t in facts}
    theirs = {" ".join(term.n3() for term in triple) for triple in set(reasoned) - given}
    about = {
        t for t in closed if "/dealgraph/id/" in t.split(" ")[0] and "sameAs" not in t and "#Thing" not in t
    }
    return {
        "ours": ours,
        "naive": naive,
        "facts": [len(things), len(their)],
        "inferences that owlrl lacks": len(about - theirs),
        "conforms": bool(conforms),
        "quads": len(store),
    }

"""What the growth benchmark measures, each in a process of its own: build, add, load, queries, the naive way.

A job takes the folder of a size and gives its measures; what it cannot do it says in `failed`.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from growth_peers import PEERS, Missing
from newsroom import Newsroom
from newsroom_files import write_article, write_project, write_stream
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple

from dealgraph import snapshot
from dealgraph.build import build
from dealgraph.edits import Ways, arrivals, write_edit
from dealgraph.errors import DealgraphError
from dealgraph.growing import Grower
from dealgraph.holdings import Holdings
from dealgraph.settings import Project, open_project
from dealgraph.stored import StoredQuery, bind, load_all
from dealgraph.terms import iri

Measures = dict[str, Any]
Term = NamedNode | BlankNode | Literal | Triple
ADDED: Final = 20
RUNS: Final = 9
_PHASES: Final = {
    "read": "parse",
    "admit": "admit",
    "close": "reason",
    "classify": "reason",
    "derive": "reason",
}


def cpu() -> float:
    """Seconds of computing by this process and the ended ones that it began."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def make(folder: Path, quads: int, seed: int, **_: object) -> Measures:
    """Write the project and the stream of a size; the number of the article after the last."""
    last = write_project(Newsroom(seed), folder, quads)[-1]
    with (folder / "stream.nq").open("wb") as out:
        written = write_stream(Newsroom(seed), out, quads)
    return {"quads": written, "number": last.number + 1}


def full_build(folder: Path, *, hermit: bool = True, checked: bool = True, **_: object) -> Measures:
    """Build by `dealgraph.build`, timed by the steps that it tells.

    Of each phase wall and computing seconds, and the most memory up to its end in megabytes.
    """
    if not hermit:
        _leave_hermit_out()
    spent: dict[str, list[float]] = {}
    now, since, computed = "parse", time.perf_counter(), cpu()

    def step(name: str) -> None:
        nonlocal now, since, computed
        wall, computing = time.perf_counter(), cpu()
        total = spent.setdefault(now, [0.0, 0.0, 0.0])
        total[0] += wall - since
        total[1] += computing - computed
        total[2] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        now, since, computed = _PHASES.get(name, name), wall, computing

    project = open_project(folder)
    try:
        built = build(project, full=True, checked=checked, step=step)
    except DealgraphError as error:
        where = now
        step("end")
        return {"phases": spent, "failed": f"{type(error).__name__} in {where}: {error}"[:200]}
    step("end")
    found = built.report
    named = [] if found is None else [*found.violations, *found.warnings]
    kept = snapshot.current(project.state)
    disk = sum(path.stat().st_size for path in kept.rglob("*") if path.is_file()) / 1e6
    return {"phases": spent, "counts": built.manifest.counts, "findings": len(named), "disk": disk}


def bulk_load(folder: Path, **_: object) -> Measures:
    """Load what a build has written, and nothing else, into an empty store of Oxigraph on disk."""
    data = dumped(folder)
    with tempfile.TemporaryDirectory(dir=folder) as target:
        begun, computing = time.perf_counter(), cpu()
        store = Store(target)
        store.bulk_load(path=str(data), format=RdfFormat.N_QUADS)
        store.flush()
        told = {"seconds": time.perf_counter() - begun, "cpu": cpu() - computing, "quads": len(store)}
        del store  # before its folder goes
    return told


def add(folder: Path, seed: int, number: int, **_: object) -> Measures:
    """Add the articles after the last, one by one, in this process, and two more by the command.

    Milliseconds of each: the median, the worst, and the second command's as a whole process. Counted is
    everything from the text of a file to the snapshot that is swapped in.
    """
    project, times = open_project(folder), []
    with tempfile.TemporaryDirectory() as name:
        with snapshot.writing(project.state), snapshot.workshop(project.state) as shop:
            grower = Grower(project, shop)
            grower.ensure_same_rules()
            for each in range(number, number + ADDED):
                files = write_article(Newsroom(seed).article(each), Path(name))
                begun = time.perf_counter()
                edits = arrivals(Holdings(project, shop.store, grower.inputs), files, Ways.ADD)
                growth = grower.try_out(edits)
                if not growth.report.conforms:
                    return {"failed": growth.report.text("en")[:200]}
                for edit in edits:
                    write_edit(edit)
                grower.keep(edits)
                times.append(1000 * (time.perf_counter() - begun))
        # An installed program has its bytecode; the first command writes it where that is not so.
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        for each in range(number + ADDED, number + ADDED + 2):
            files = write_article(Newsroom(seed).article(each), Path(name))
            command = [sys.executable, "-m", "dealgraph", "add", *map(str, files), "--project", str(folder)]
            begun = time.perf_counter()
            run = subprocess.run(
                command, capture_output=True, text=True, timeout=600, check=False, env=environment
            )
            whole = 1000 * (time.perf_counter() - begun)
            if run.returncode:
                return {"failed": run.stderr[:200]}
    settled = times[1:]  # the first one reads rules and shapes
    return {"median": statistics.median(settled), "worst": max(settled), "first": times[0], "command": whole}


def queries(folder: Path, engine: str, limit: float, **_: object) -> Measures:
    """Put every stored SELECT to an engine; times in milliseconds, and rows to compare."""
    texts = bound(folder)
    if engine == "oxigraph":
        store = _store(folder)
        return {"answers": {name: _ask(store, text, limit) for name, text in texts.items()}}
    with tempfile.TemporaryDirectory() as name:
        try:
            told: Measures = PEERS[engine](dumped(folder), texts, Path(name), RUNS, limit)
        except Missing as missing:
            return {"failed": str(missing)}
    for answer in told["answers"].values():
        if "rows" in answer:
            answer["rows"], answer["digest"] = len(answer["rows"]), _digest(answer["rows"])
    return told


def bound(folder: Path) -> dict[str, str]:
    """The stored SELECTs, asked of the thing that is spoken of most, or of one that has an answer."""
    store = _store(folder)
    most = "SELECT ?x (COUNT(*) AS ?n) WHERE {{ {} }} GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 1"
    hub = _one(store, most.format("?deal dg:investor ?x"))
    values: dict[str, NamedNode | Literal] = dict.fromkeys(("company", "organization", "thing"), hub)
    values["speaker"] = _one(store, most.format("GRAPH ?g { ?a dg:speaker ?x }"))
    values["deal"] = values["subject"] = _one(store, "SELECT ?x WHERE { ?x dg:price ?p } ORDER BY ?x LIMIT 1")
    values["article"] = _one(store, "SELECT ?x WHERE { GRAPH ?x { ?x a dg:Article } } ORDER BY ?x LIMIT 1")
    values["claim"] = _one(store, "SELECT ?x WHERE { GRAPH ?g { ?x dg:supersedes ?y } } ORDER BY ?x LIMIT 1")
    values["model"] = _one(store, "SELECT ?x WHERE { ?x dg:developedBy ?y } ORDER BY ?x LIMIT 1")
    values["name"] = Literal("Ceba Group")
    return {
        query.name: bind(query, _needed(query, values))
        for query in load_all(open_project(folder).queries)
        if query.form == "SELECT" and not query.endpoints
    }


def dumped(folder: Path) -> Path:
    """The snapshot as N-Quads, written once."""
    data = folder / "snapshot.nq"
    if not data.exists():
        _store(folder).dump(str(data), format=RdfFormat.N_QUADS)
    return data


JOBS: Final[Mapping[str, Callable[..., Measures]]] = {
    job.__name__: job for job in (make, full_build, bulk_load, add, queries)
}


def _leave_hermit_out() -> None:
    from dealgraph import hermit

    nothing = SimpleNamespace(consistent=True, types=(), relations=())
    setattr(hermit, "classify", lambda *_, **__: nothing)  # noqa: B010 (not a name of its interface)


def _store(folder: Path) -> Store:
    project: Project = open_project(folder)
    return snapshot.open_store(project.state)


def _one(store: Store, text: str) -> NamedNode:
    rows = store.query(f"PREFIX dg: <{iri('dg:')}> {text}")
    assert isinstance(rows, QuerySolutions)
    found = next(rows)[0]
    assert isinstance(found, NamedNode)
    return found


def _needed(query: StoredQuery, values: Mapping[str, NamedNode | Literal]) -> dict[str, list[Any]]:
    return {p.name: [values[p.name]] for p in query.params if not p.optional and p.name in values}


def _ask(store: Store, text: str, seconds: float) -> Measures:
    times: list[float] = []
    rows: list[dict[str, list[str]]] = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        found = store.query(text)
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        solutions = list(found)
        times.append(1000 * (time.perf_counter() - begun))
        if sum(times) > 1000 * seconds:
            break
    for solution in solutions:
        rows.append({name: _told(solution[name]) for name in names if solution[name] is not None})
    return {"ms": times, "rows": len(rows), "digest": _digest(rows)}


def _told(term: Term | None) -> list[str]:
    if isinstance(term, Literal):
        plain = iri("xsd:string")
        kind = "" if term.language or term.datatype.value == plain else term.datatype.value
        return ["l", term.value, kind, term.language or ""]
    assert isinstance(term, NamedNode)
    return ["u", term.value, "", ""]


def _digest(rows: list[dict[str, list[str]]]) -> str:
    """The same for the same rows in any order, however an engine writes its numbers."""
    lines = sorted(json.dumps(sorted((k, _normal(v)) for k, v in row.items())) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _normal(term: list[str]) -> str:
    kind, text, datatype, language = term
    if datatype.endswith(("#boolean", "#integer", "#decimal", "#double", "#int", "#long")):
        try:
            number = Decimal({"true": "1", "false": "0"}.get(text, text)).quantize(Decimal("0.000001"))
            return f"n{number.normalize():f}"
        except InvalidOperation:
            pass
    is_text = not datatype or datatype.endswith("#string")
    return f"{kind[0].replace('t', 'l')}{text}^{'' if is_text else datatype}@{language.lower()}"

"""Put an ontology with its facts to HermiT: what every question to it has in common."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, serialize

from dealgraph.hermit.intake import take_in
from dealgraph.hermit.java import find_java
from dealgraph.hermit.process import run


@dataclass(frozen=True)
class Reply:
    """What HermiT printed, nothing where it found a contradiction, and the facts that it cannot read."""

    printed: str | None
    left_out: tuple[Triple, ...]


def put(
    triples: Iterable[Triple],
    questions: tuple[str, ...],
    *,
    time_limit: float,
    memory_mb: int,
    java: Path | None,
) -> Reply:
    """Ask HermiT `questions` of `process`; the same triples are the same file, in whatever order they come.

    Arguments and errors are else those of `classify`.
    """
    runtime = java or find_java()
    intake = take_in(sorted(frozenset(triples), key=str))
    with tempfile.TemporaryDirectory(prefix="dealgraph-") as folder:
        ontology = Path(folder, "ontology.nt")
        serialize(intake.kept, str(ontology), format=RdfFormat.N_TRIPLES)
        printed = run(runtime, ontology, time_limit=time_limit, memory_mb=memory_mb, questions=questions)
    return Reply(printed, intake.left_out)

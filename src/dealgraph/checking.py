"""Check a whole project: its files, its ontology's style, what was admitted, the stored checks.

Reach for `check_project` in a command; a build, which has the store in hand, calls `check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad, QuerySolutions, Store

from dealgraph import assembly, sources
from dealgraph.check import Engine, QueryResult, Report, read_profile, validate
from dealgraph.check.data import Stored
from dealgraph.check.layers import Term
from dealgraph.errors import CannotCheck, StoredQueryDefect
from dealgraph.flat import NOT_DATA
from dealgraph.settings import Project
from dealgraph.sources import ONTOLOGY, SHAPES, Reading, Sources
from dealgraph.stored import StoredQuery, load_all
from dealgraph.turtle.document import read_text

TOPIC: Final = "checks"
_NOT_DATA: Final = NOT_DATA | {ONTOLOGY}

Step = Callable[[str], None]


def check_project(project: Project, step: Step = lambda _: None, engine: Engine = Engine.COMPILED) -> Report:
    """Read and check a project's files without writing anything; `engine` runs the shapes.

    Raises what reading the files raises, and `CannotCheck` if the profile of severities or a check is
    missing or malformed.
    """
    step("read")
    read = sources.load(project)
    queries = load_all(project.queries)
    return check(project, assembly.assemble(read, queries, step), read, queries, step, engine)


def check(
    project: Project,
    store: Store,
    read: Sources | Reading,
    queries: Iterable[StoredQuery],
    step: Step = lambda _: None,
    engine: Engine = Engine.COMPILED,
    flat: Store | None = None,
) -> Report:
    """Check an assembled store; `read` tells at which file and line each node is described.

    `flat` is what `flatten` gives of the store, if it is there already.
    """
    step("check")
    profile = project.ontology / "shapes" / "profile.tsv"
    return validate(
        data=Stored(store, _NOT_DATA),
        ontology=_graph(store, ONTOLOGY),
        shapes=_graph(store, SHAPES),
        profile=read_profile(read_text(profile), project.shown(profile)),
        locate=read.place,
        queries=[_result(store, query) for query in queries if query.topic == TOPIC],
        engine=engine,
        flat=flat,
    )


def _graph(store: Store, name: NamedNode) -> Iterator[Quad]:
    return iter(store.quads_for_pattern(None, None, None, name))


def _result(store: Store, query: StoredQuery) -> QueryResult:
    return QueryResult(query.name, query.summary, query.summary_fr, _rows(store, query))


def _rows(store: Store, query: StoredQuery) -> Iterator[tuple[Term | None, ...]]:
    """Yield the rows of a check; it runs when they are asked for, which may be in a thread of its own."""
    try:
        rows = store.query(query.text)
    except (RuntimeError, ValueError) as error:
        raise CannotCheck(f"the check cannot be evaluated ({error})", where=str(query.path)) from None
    if not isinstance(rows, QuerySolutions):
        raise StoredQueryDefect("a check is a SELECT", where=str(query.path))
    yield from (tuple(row) for row in rows)

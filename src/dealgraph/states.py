"""States of knowledge: what the claims up to a day, or of some articles, support; never written anywhere."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from dealgraph import sources
from dealgraph.errors import Inconsistent, UnknownName
from dealgraph.lookup import fold
from dealgraph.settings import Project
from dealgraph.sources import Sources
from dealgraph.stored import StoredQuery, load_all
from dealgraph.terms import iri, local_name

_LABEL: Final = NamedNode(iri("rdfs:label"))


def state(
    project: Project,
    as_of: dt.date | None,
    articles: Sequence[str],
    step: Callable[[str], None] = lambda _: None,
    *,
    forget: bool = True,
    by_rules: bool = False,
) -> Store:
    """Assemble in memory what was known on a day (none: today) from some sources (none: all).

    An article is named by its slug, such as `abcbourse-2025-06-13`, its label, the beginning of one of
    them, or its IRI; a snapshot of a dataset likewise, and the name of a dataset stands for all of its
    snapshots. With `forget`, what other sources say is not in the store at all.
    `by_rules` is for `reason`.
    Raises `UnknownName` for one that the project does not have, and what reading the files raises.
    """
    step("read")
    read = sources.load(project)
    chosen = sources_named(read, articles)
    queries = load_all(project.queries)
    return state_of(read, queries, as_of, chosen, step, forget=forget, by_rules=by_rules)


def state_of(
    read: Sources,
    queries: Iterable[StoredQuery],
    as_of: dt.date | None,
    chosen: Iterable[NamedNode],
    step: Callable[[str], None] = lambda _: None,
    *,
    forget: bool = True,
    by_rules: bool = False,
) -> Store:
    """Assemble a state of what was read before, from sources chosen by `sources_named`; else as `state`."""
    from dealgraph import assembly

    chosen = tuple(chosen)
    known = assembly.assemble(read, queries, step, as_of=as_of, only_from=chosen, by_rules=by_rules)
    if forget:
        assembly.forget(known, as_of, chosen)
    return known


def clashing_state(
    project: Project,
    as_of: dt.date | None,
    articles: Sequence[str],
    step: Callable[[str], None] = lambda _: None,
) -> Store:
    """Assemble a state as far as it goes: until reasoning finds that it contradicts itself, or to the end.

    Arguments and errors are else those of `state`.
    """
    from dealgraph.assembly import conclude, with_facts

    step("read")
    read, queries = sources.load(project), load_all(project.queries)
    known = with_facts(read, queries, step, as_of=as_of, only_from=sources_named(read, articles))
    with contextlib.suppress(Inconsistent):
        conclude(known, queries, step)
    return known


def sources_named(read: Sources, names: Iterable[str]) -> list[NamedNode]:
    """Return the articles and snapshots that are named as `state` wants it, in the order of the names."""
    return [source for name in names for source in _named(read, name)]


def _named(read: Sources, name: str) -> list[NamedNode]:
    slug = name
    for prefix in ("article:", "dataset:"):
        slug = slug.removeprefix(iri(prefix)).removeprefix(prefix)
    everything = (*read.articles, *read.snapshots)
    named = {quad.graph_name for quad in read.quads if _is_label(quad, name)}
    found = [s for s in everything if local_name(s).startswith(slug) or NamedNode(s) in named]
    of_one_dataset = len({_dataset(read, source) for source in found}) == 1 and found[0] in read.snapshots
    if len(found) != 1 and not of_one_dataset:
        raise UnknownName(
            f"{len(found)} articles or snapshots have this name",
            where=f"'{name}'",
            fix=f"Take one of: {_slugs(everything)}",
        )
    return [NamedNode(source) for source in found]


def _dataset(read: Sources, source: str) -> str:
    """The dataset of a snapshot, else the article itself."""
    link = NamedNode(iri("dg:snapshotOf"))
    return next(
        (
            q.object.value
            for q in read.quads
            if q.predicate == link and q.subject == NamedNode(source) and isinstance(q.object, NamedNode)
        ),
        source,
    )


def _is_label(quad: Quad, text: str) -> bool:
    return (
        quad.predicate == _LABEL
        and isinstance(quad.subject, NamedNode)
        and quad.subject == quad.graph_name
        and isinstance(quad.object, Literal)
        and fold(quad.object.value).startswith(fold(text))
    )


def _slugs(articles: Iterable[str]) -> str:
    return ", ".join(map(local_name, articles))

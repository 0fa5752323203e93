"""States of knowledge: what the claims up to a day, or of some articles, support; never written anywhere."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Final

import typer
from pyoxigraph import Literal, NamedNode, Quad, Store

from dealgraph import sources
from dealgraph.cli.context import progress, store
from dealgraph.errors import Inconsistent, UnknownName
from dealgraph.lookup import fold
from dealgraph.settings import Project
from dealgraph.sources import Sources
from dealgraph.stored import load_all
from dealgraph.terms import iri, local_name

_LABEL: Final = NamedNode(iri("rdfs:label"))
AsOfOption = Annotated[
    dt.datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="What was published up to this day counts."
    ),
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="ARTICLE", help="This article counts only; may be repeated."),
]


def chosen_state(
    project: Project, as_of: dt.datetime | None, articles: Sequence[str] | None, *, forget: bool = True
) -> Store:
    """Open the snapshot, or assemble what was known on a day and from some articles if they are given.

    Without `forget` the claims that do not count are still there to be looked at.
    """
    if as_of is None and not articles:
        return store(project)
    with progress() as step:
        return state(project, as_of.date() if as_of else None, articles or (), step, forget=forget)


def state(
    project: Project,
    as_of: dt.date | None,
    articles: Sequence[str],
    step: Callable[[str], None] = lambda _: None,
    *,
    forget: bool = True,
) -> Store:
    """Assemble in memory what was known on a day (none: today) from some articles (none: all).

    An article is named by its slug, such as `abcbourse-2025-06-13`, its label, the beginning of one of
    them, or its IRI. With `forget`, what other articles say is not in the store at all.
    Raises `UnknownName` for one that the project does not have, and what reading the files raises.
    """
    from dealgraph import assembly

    step("read")
    read = sources.load(project)
    chosen = articles_named(read, articles)
    known = assembly.assemble(read, load_all(project.queries), step, as_of=as_of, only_from=chosen)
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
    known = with_facts(read, queries, step, as_of=as_of, only_from=articles_named(read, articles))
    with contextlib.suppress(Inconsistent):
        conclude(known, queries, step)
    return known


def articles_named(read: Sources, names: Iterable[str]) -> list[NamedNode]:
    """Return the articles that are named as `state` wants it, in the order of the names."""
    return [_article(read, name) for name in names]


def _article(read: Sources, name: str) -> NamedNode:
    slug = name.removeprefix(iri("article:")).removeprefix("article:")
    named = {quad.graph_name for quad in read.quads if _is_label(quad, name)}
    found = [a for a in read.articles if local_name(a).startswith(slug) or NamedNode(a) in named]
    if len(found) != 1:
        raise UnknownName(
            f"{len(found)} articles have this name",
            where=f"'{name}'",
            fix=f"Take one of: {_slugs(read.articles)}",
        )
    return NamedNode(found[0])


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

"""The options that choose a state of knowledge, and the store that they choose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

import typer
from pyoxigraph import Store

from dealgraph.cli.context import progress, store
from dealgraph.settings import Project
from dealgraph.states import state

AsOfOption = Annotated[
    dt.datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="What was published up to this day counts."
    ),
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="SOURCE", help="This article or dataset only; may be repeated."),
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

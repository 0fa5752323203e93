"""The commands that change what articles a graph is made of: add, replace, remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as replace_fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealgraph.cli.context import (
    Context,
    LanguageOption,
    ProjectOption,
    context,
    notice,
    notices,
    progress,
    store,
)
from dealgraph.errors import DealgraphError, ViolationsFound

if TYPE_CHECKING:
    from dealgraph.changing import Attempt, Plan

KeepGoingOption = Annotated[
    bool, typer.Option("--keep-going", help="Take each file by itself, and go on after one that is refused.")
]
FilesArgument = Annotated[
    list[Path], typer.Argument(help="Articles as TriG, and files of things that they need.")
]


def add(
    files: FilesArgument,
    keep_going: KeepGoingOption = False,
    or_replace: Annotated[
        bool, typer.Option("--or-replace", help="Files that are there already are replaced.")
    ] = False,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Add articles: try them out, check, put them in graph/, publish, and tell what has changed."""
    _bring(context(project, lang), files, keep_going=keep_going, may_add=True, may_replace=or_replace)


def replace(
    files: FilesArgument,
    keep_going: KeepGoingOption = False,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Put new versions of articles in the place of those in the graph, in the same way as add."""
    _bring(context(project, lang), files, keep_going=keep_going, may_add=False, may_replace=True)


def remove(
    articles: Annotated[list[str], typer.Argument(help="Articles by slug, label, or the beginning of one.")],
    unlink: Annotated[
        bool, typer.Option("--unlink", help="Take links to their claims out of other articles.")
    ] = False,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Remove articles with all that rests on them alone; what is supported otherwise stays."""
    from dealgraph.edits import departure

    here = context(project, lang)
    _try(here, lambda known: departure(known, [known.article(name) for name in articles], unlink=unlink))


def _bring(
    here: Context, files: Sequence[Path], *, keep_going: bool, may_add: bool, may_replace: bool
) -> None:
    from dealgraph.edits import Ways, arrivals

    ways = (Ways.ADD if may_add else Ways(0)) | (Ways.REPLACE if may_replace else Ways(0))
    refused = 0
    batches = [[file] for file in files] if keep_going else [files]
    for number, batch in enumerate(batches, start=1):
        try:
            _try(here, partial(arrivals, files=batch, ways=ways), len(batch), (number, len(batches)))
        except DealgraphError as error:
            if not keep_going:
                raise
            notice(f"error: {error}")
            refused += 1
    if refused:
        message = f"{refused} of {len(files)} files refused, the others are in the graph"
        raise ViolationsFound(message, where=here.project.shown(here.project.graph), fix="See above")


def _try(here: Context, plan: Plan, size: int = 1, part: tuple[int, int] = (1, 1)) -> None:
    from dealgraph.changing import change

    store(here.project)
    with progress(here.project, "change", size=size, part=part, language=here.language) as step:
        attempt = change(here.project, plan, step)
    if attempt.whole:
        notice(f"Everything was built: {attempt.whole}.")
    if not attempt.edits:
        notices.print("Nothing to change: it is in the graph as it is.")
    elif not attempt.is_made:
        _refuse(here, attempt)
    else:
        from dealgraph.cli.changes import print_difference
        from dealgraph.diff import difference

        for edit in attempt.edits:
            done = "removed" if edit.text is None else "written"
            notices.print(f"{done}: {here.project.shown(edit.path)}", markup=False, soft_wrap=True)
        if attempt.report and attempt.report.left_out:
            left_out = ", ".join(attempt.report.left_out)
            notices.print(
                f"Not looked at, for it compares everything: {left_out}. See: dealgraph check", soft_wrap=True
            )
        assert attempt.before is not None and attempt.after is not None
        found = difference(attempt.before, attempt.after, here.language, attempt.touched)
        print_difference(found, here.language)


def _refuse(here: Context, attempt: Attempt) -> None:
    from dealgraph.cli.findings import print_report

    assert attempt.report is not None
    print_report(replace_fields(attempt.report, findings=attempt.report.violations), here.language)
    raise ViolationsFound(
        f"{len(attempt.report.violations)} violation(s), so nothing was changed",
        where=", ".join(dict.fromkeys(edit.given for edit in attempt.edits)),
        fix="Put right what is listed above",
    )

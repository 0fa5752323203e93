"""`dealgraph diff`: what is known on one day or from one article, and not on or from another."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.text import Text

from dealgraph.cli.context import LanguageOption, ProjectOption, context, progress, put, report_format
from dealgraph.cli.reading import lines_by_subject
from dealgraph.phrases import PHRASES
from dealgraph.report import Line
from dealgraph.states import state

if TYPE_CHECKING:
    from dealgraph.diff import Change, Difference


def diff(
    before: Annotated[str, typer.Option("--from", metavar="DATE|ARTICLE", help="A day, or an article.")],
    after: Annotated[str, typer.Option("--to", metavar="DATE|ARTICLE", help="The other day or article.")],
    output: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Tell which facts appeared, went or changed between two days or two articles, and what follows."""
    from dealgraph.diff import difference

    here = context(project, lang)
    as_json = report_format(output)
    with progress() as step:
        then, now = (state(here.project, *_point(given), step) for given in (before, after))
    found = difference(then, now, here.language)
    if as_json:
        put(json.dumps(asdict(found), ensure_ascii=False, indent=2).encode())
        return
    print_difference(found, here.language)


def print_difference(found: Difference, language: str) -> None:
    """Print what tells two states apart, for a person."""
    console = Console(emoji=False, highlight=False)
    for part in _laid_out(found, language):
        console.print(part)


def _point(given: str) -> tuple[dt.date | None, Sequence[str]]:
    """A day if it reads as one, else the name of an article."""
    try:
        return dt.date.fromisoformat(given), ()
    except ValueError:
        return None, (given,)


def _laid_out(found: Difference, language: str) -> Iterator[RenderableType]:
    say = PHRASES[language]
    yield from _part(say["appeared"], _sides(found.appeared), language)
    yield from _part(say["went"], _sides(found.went), language)
    yield from _part(say["changed from"], [c.before for c in found.changed if c.before], language)
    yield from _part(say["changed to"], [c.after for c in found.changed if c.after], language)
    yield from _part(say["now follows"], found.inferences_appeared, language)
    yield from _part(say["no longer follows"], found.inferences_went, language)
    if not any(vars(found).values()):
        yield Text(say["no change"])


def _sides(changes: Sequence[Change]) -> list[Line]:
    return [line for change in changes for line in (change.before, change.after) if line]


def _part(title: str, lines: Sequence[Line], language: str) -> Iterator[RenderableType]:
    if lines:
        yield Rule(Text(f"{title} ({len(lines)})", style="bold"), align="left", style="dim")
        yield from lines_by_subject(lines, language)

"""The briefing and the reports on a thing, laid out for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dealgraph.briefing import Briefing, about, briefing
from dealgraph.cli.context import context, put, store
from dealgraph.errors import FormatMisfit
from dealgraph.lookup import find
from dealgraph.phrases import PHRASES
from dealgraph.report import Line, Saying, Section
from dealgraph.stored import load_all
from dealgraph.terms import compact

UNKNOWN_WIDTH = 80
FILE_WIDTH = 120
NAME_WIDTH = 23
SOURCE_WIDTH = 39


def show_briefing(project: Path | None, lang: str | None, output: str) -> None:
    """Print the briefing of a project."""
    here = context(project, lang)
    opened = store(here.project)
    told = briefing(opened, load_all(here.project.queries), here.language)
    if _is_json(output):
        put(json.dumps(asdict(told), ensure_ascii=False, indent=2).encode())
    else:
        _print(_briefing(told, here.language))


def show_thing(project: Path | None, lang: str | None, thing: str, output: str) -> None:
    """Print all facts and claims about a thing."""
    here = context(project, lang)
    opened = store(here.project)
    found = find(opened, thing)
    sections = about(opened, found.thing.value, here.language)
    if _is_json(output):
        whole = {"thing": found.thing.value, "name": found.name, "sections": [asdict(s) for s in sections]}
        put(json.dumps(whole, ensure_ascii=False, indent=2).encode())
    else:
        title = Text.assemble((found.name, "bold"), f"  {compact(found.thing.value)}")
        _print([title, *_sections(sections, here.language)])


def _is_json(output: str) -> bool:
    if output not in {"text", "json"}:
        raise FormatMisfit(
            f"this report cannot be written as {output}", where="--format", fix="Take text or json"
        )
    return output == "json"


def _print(parts: Iterable[RenderableType]) -> None:
    console = Console(highlight=False)
    if not console.is_terminal and console.width == UNKNOWN_WIDTH:
        console = Console(highlight=False, width=FILE_WIDTH)
    for part in parts:
        console.print(part)


def _briefing(told: Briefing, language: str) -> Iterable[RenderableType]:
    say = PHRASES[language]
    yield Text(say["title"].format(len(told.articles)), style="bold")
    for article in told.articles:
        counts = say["counts"].format(article.claims, article.admitted)
        yield Text.assemble("  ", (article.label, "cyan"), f"  ·  {counts}")
    yield from _sections(told.sections, language)
    yield Text(f"\n{say['legend']}", style="dim")


def _sections(sections: Iterable[Section], language: str) -> Iterable[RenderableType]:
    for section in sections:
        yield Text()
        yield Rule(Text(section.title, style="bold"), align="left", style="dim")
        subject = ""
        for line in section.lines:
            if line.subject != subject:
                subject = line.subject
                yield Text(f"{line.subject_label}", style="bold cyan")
            yield _Layout(line, language)


@dataclass(frozen=True)
class _Layout:
    """One line laid out in columns: its name, a mark, what is said, who says it where."""

    line: Line
    language: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(width=NAME_WIDTH)
        grid.add_column(width=1)
        grid.add_column(ratio=1)
        grid.add_column(width=min(SOURCE_WIDTH, options.max_width // 3))
        for position, saying in enumerate(self.line.sayings):
            name = Text(self.line.predicate_label if position == 0 else "", style="dim")
            grid.add_row(name, _mark(saying), _said(saying, self.language), _source(saying))
        yield Padding(grid, (0, 0, 0, 2))


def _mark(saying: Saying) -> Text:
    if not saying.claim:
        return Text("∴", style="cyan")
    return Text("●", style="green") if saying.admitted else Text("○", style="yellow")


def _said(saying: Saying, language: str) -> RenderableType:
    first = Text(saying.value, style="bold" if saying.admitted else "")
    if saying.bounds:
        first.append(f" {saying.bounds}", style="dim")
    hedge = ", ".join(saying.certainty)
    if saying.credit:
        hedge = f"{hedge}, " if hedge else ""
        hedge += PHRASES[language]["according to"].format(" ← ".join(saying.credit))
    if hedge:
        first.append(f"  {hedge}", style="yellow")
    return Group(first, *(Text(f"↳ {note}", style="dim italic") for note in saying.notes))


def _source(saying: Saying) -> Text:
    if not saying.passages:
        return Text(saying.source, style="dim")
    return Text.assemble((saying.source, "cyan"), (f" [{', '.join(saying.passages)}]", "dim"))

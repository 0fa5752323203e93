"""The briefing and the reports on a thing, laid out for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from pyoxigraph import Store
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dealgraph.briefing import Briefing, about, briefing
from dealgraph.cli.context import Context, put, report_format
from dealgraph.cli.outside import identifier_section
from dealgraph.identifiers import identifiers
from dealgraph.linked_data import schema_org
from dealgraph.lookup import find
from dealgraph.phrases import PHRASES
from dealgraph.report import Line, Saying, Section
from dealgraph.stored import load_all
from dealgraph.terms import compact

UNKNOWN_WIDTH = 80
FILE_WIDTH = 120
NAME_WIDTH = 23
SOURCE_WIDTH = 39


def show_briefing(here: Context, opened: Store, output: str) -> None:
    """Print the briefing of a project, from a store that is opened."""
    told = briefing(opened, load_all(here.project.queries), here.language)
    if report_format(output):
        put(_as_json(asdict(told)))
    else:
        print_parts(_briefing(told, here.language))


def show_thing(here: Context, opened: Store, thing: str, output: str) -> None:
    """Print all facts and claims about a thing and what it is outside, from a store that is opened."""
    found = find(opened, thing)
    if output == "jsonld":
        put(_as_json(schema_org(opened, found.thing.value)))
        return
    as_json = report_format(output, "jsonld")
    sections = about(opened, found.thing.value, here.language)
    outside = identifiers(opened, found.thing.value, here.language)
    if as_json:
        whole = {"thing": found.thing.value, "name": found.name, "sections": [asdict(s) for s in sections]}
        put(_as_json(whole | {"identifiers": [asdict(each) for each in outside]}))
    else:
        title = Text.assemble((found.name, "bold"), f"  {compact(found.thing.value)}")
        laid_out = identifier_section(outside, here.language)
        print_parts([title, *_sections(sections, here.language), *laid_out])


def _as_json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def print_parts(parts: Iterable[RenderableType]) -> None:
    """Print what is laid out, at a width that suits a file where there is no terminal."""
    console = Console(emoji=False, highlight=False)
    if not console.is_terminal and console.width == UNKNOWN_WIDTH:
        console = Console(emoji=False, highlight=False, width=FILE_WIDTH)
    for part in parts:
        console.print(part)


def _briefing(told: Briefing, language: str) -> Iterable[RenderableType]:
    say = PHRASES[language]
    title = say["title of one"] if len(told.articles) == 1 else say["title"].format(len(told.articles))
    yield Text(title, style="bold")
    for article in told.articles:
        counts = say["counts"].format(article.claims, article.admitted)
        yield Text.assemble("  ", (article.label, "cyan"), f"  ·  {counts}")
    if told.snapshots:
        yield Text(say["beside"])
    for snapshot in told.snapshots:
        counts = say["counts"].format(snapshot.claims, snapshot.admitted)
        yield Text.assemble("  ", (snapshot.label, "cyan"), f"  ·  {counts}")
    yield from _sections(told.sections, language)
    yield Text(f"\n{say['legend']}", style="dim")


def _sections(sections: Iterable[Section], language: str) -> Iterable[RenderableType]:
    for section in sections:
        yield Text()
        yield Rule(Text(section.title, style="bold"), align="left", style="dim")
        yield from lines_by_subject(section.lines, language)


def lines_by_subject(lines: Iterable[Line], language: str) -> Iterable[RenderableType]:
    """Lay lines out below a heading for each subject."""
    subject = ""
    for line in lines:
        if line.subject != subject:
            subject = line.subject
            yield Text(line.subject_label, style="bold cyan")
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

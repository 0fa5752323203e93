"""`dealgraph enrich`: take over what an outside dataset says of linked things, as claims of that dataset."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from dealgraph.cli.context import LanguageOption, ProjectOption, context, put, report_format
from dealgraph.errors import WrongUsage
from dealgraph.phrases import PHRASES
from dealgraph.settings import data_folder
from dealgraph.terms import compact

if TYPE_CHECKING:
    from dealgraph.enrich import Enriched

_DAY = ["%Y-%m-%d"]


def enrich(
    source: Annotated[str, typer.Argument(help="A dataset of graph/external, such as epoch-data-centers.")],
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="The folder with its tables (default: DEALGRAPH_DATA)."),
    ] = None,
    snapshot: Annotated[
        dt.datetime | None,
        typer.Option(
            "--snapshot",
            formats=_DAY,
            metavar="DATE",
            help="The day of the data (else: the folder's name).",
        ),
    ] = None,
    retrieved: Annotated[
        dt.datetime | None,
        typer.Option(
            "--retrieved", formats=_DAY, metavar="DATE", help="The day they were fetched (default: the same)."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it, and write nothing.")] = False,
    allow_gone: Annotated[
        bool, typer.Option("--allow-gone", help="Withdraw the claims on things that the data no longer have.")
    ] = False,
    output: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Make claims of what an outside dataset says of things that a mapping matches exactly."""
    from dealgraph.enrich import enrich as work_out
    from dealgraph.enrich import find_outside, keep

    here = context(project, lang)
    as_json = report_format(output)
    outside, folder = find_outside(here.project, source), data_folder(data)
    day = snapshot.date() if snapshot else _day_of(folder)
    fetched = retrieved.date() if retrieved else day
    found = work_out(here.project, outside, folder, day, fetched, allow_gone=allow_gone)
    if found.fresh and not dry_run:
        keep(found)
    shown = here.project.shown(found.file)
    if as_json:
        put(json.dumps(_as_json(found, shown, dry_run=dry_run), ensure_ascii=False, indent=2).encode())
    else:
        _tell(found, shown, here.language, dry_run=dry_run)


def _day_of(folder: Path) -> dt.date:
    try:
        return dt.date.fromisoformat(folder.resolve().name)
    except ValueError:
        raise WrongUsage(
            "the day of the data is not known", where="--snapshot", fix="Give it, for example 2026-01-03"
        ) from None


def _as_json(found: Enriched, file: str, *, dry_run: bool) -> dict[str, object]:
    def described(slot: tuple[str, str]) -> dict[str, object]:
        statement = found.statements[slot]
        return {
            "claim": compact(found.snapshot.claim(statement).value),
            "subject": compact(slot[0]),
            "predicate": compact(slot[1]),
            "says": dict(statement.says),
            "realis": statement.realis,
            "stance": statement.stance,
            "supersedes": compact(old) if (old := found.update.changed.get(slot)) else None,
        }

    return {
        "file": file,
        "written": found.fresh and not dry_run,
        "new": [described(slot) for slot in found.update.new],
        "changed": [described(slot) for slot in found.update.changed],
        "withdrawn": [compact(claim) for claim in found.update.withdrawn],
        "unchanged": len(found.update.unchanged),
        "gone": [{"entity": entity, "thing": compact(thing)} for entity, thing in found.gone],
    }


def _tell(found: Enriched, file: str, language: str, *, dry_run: bool) -> None:
    say, told = PHRASES[language], found.update
    console = Console(emoji=False, highlight=False)
    title = found.snapshot.outside.title[language]
    console.print(Text(f"{title}, {found.snapshot.day.isoformat()}", style="bold cyan"))
    for mark, style, slots in (("+", "green", told.new), ("~", "yellow", tuple(told.changed))):
        for slot in slots:
            statement = found.statements[slot]
            facets = ", ".join((statement.realis.lower(), statement.stance.lower()))
            line = Text.assemble((f"{mark} ", style), statement.says[language], (f"  {facets}", "dim"))
            console.print(line, soft_wrap=True)
    for claim in told.withdrawn:
        console.print(Text.assemble(("- ", "red"), compact(claim)), soft_wrap=True)
    numbers = (len(told.new), len(told.changed), len(told.withdrawn), len(told.unchanged))
    console.print(Text(say["update"].format(*numbers)))
    written = "would write" if dry_run and found.fresh else "written" if found.fresh else "as it was"
    console.print(Text(say[written].format(file), style="dim"))

"""The commands on snapshots: what is out of date, which are kept, and back to one of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Annotated, Final

import typer
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dealgraph import snapshot
from dealgraph.cli.context import LanguageOption, ProjectOption, context, notices, put, report_format
from dealgraph.cli.reading import print_parts
from dealgraph.errors import OutOfDate
from dealgraph.status import Status
from dealgraph.status import status as compare
from dealgraph.terms import local_name

ReportOption = Annotated[str, typer.Option("--format", metavar="text|json")]

SAY: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "snapshot": "Snapshot",
            "answers": "answers",
            "built": "built",
            "content": "content",
            "articles": "articles",
            "facts": "facts",
            "inferred": "inferred",
            "derived": "derived",
            "quads": "quads",
            "damaged": "damaged: it cannot answer",
            "of another version": "written by another version of the program",
            "scope": "scope",
            "program": "program",
            "whole": "all articles",
            "up to": "{} up to {}",
            "other program": "{}, which is not this one",
            "rolled back": "rolled back to; {} is newer",
            "changed": "changed",
            "new": "new",
            "gone": "gone",
            "unchanged": "{}, unchanged",
            "differ": "{}; {} changed, new or gone",
            "up to date": "Up to date.",
            "part only": "For what all articles say, run: dealgraph build",
            "out of date": "Out of date. Run: dealgraph build",
        },
        "fr": {
            "snapshot": "Instantané",
            "answers": "répond",
            "built": "construit",
            "content": "contenu",
            "articles": "articles",
            "facts": "faits",
            "inferred": "inférés",
            "derived": "calculés",
            "quads": "quadruplets",
            "damaged": "endommagé : il ne peut répondre",
            "of another version": "écrit par une autre version du programme",
            "scope": "portée",
            "program": "programme",
            "whole": "tous les articles",
            "up to": "{} jusqu’au {}",
            "other program": "{}, qui n’est pas celui-ci",
            "rolled back": "retour en arrière ; {} est plus récent",
            "changed": "changé",
            "new": "nouveau",
            "gone": "disparu",
            "unchanged": "{}, sans changement",
            "differ": "{} ; {} changés, nouveaux ou disparus",
            "up to date": "À jour.",
            "part only": "Pour ce que disent tous les articles, lancer : dealgraph build",
            "out of date": "Périmé. Lancer : dealgraph build",
        },
    }
)


def status(output: ReportOption = "text", project: ProjectOption = None, lang: LanguageOption = None) -> None:
    """Tell what is out of date, file by file, and what to run. Exit 0: up to date, 1: out of date."""
    here = context(project, lang)
    as_json = report_format(output)
    found = compare(here.project)
    if as_json:
        put(_json(asdict(found) | {"up_to_date": found.up_to_date}))
    else:
        print_parts(_status(found, SAY[here.language]))
    if not found.up_to_date:
        raise OutOfDate(found.problem or "the snapshot is out of date", where=str(here.project.state))


def snapshots(
    output: ReportOption = "text", project: ProjectOption = None, lang: LanguageOption = None
) -> None:
    """List the snapshots that are kept, the newest first."""
    here = context(project, lang)
    as_json = report_format(output)
    found = snapshot.kept(here.project.state)
    if as_json:
        put(_json([asdict(one) for one in found]))
    else:
        print_parts(_listed(found, SAY[here.language]))


def rollback(
    name: Annotated[
        str, typer.Argument(help="A snapshot, or how its name begins (default: the one before).")
    ] = "",
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Let an earlier snapshot answer, until the next build."""
    here = context(project, lang)
    with snapshot.writing(here.project.state):
        before, now = snapshot.roll_back(here.project.state, name)
    done = f"{now} answers instead of {before}, until the next build." if now != before else f"{now} answers."
    notices.print(done, highlight=False, soft_wrap=True)


def _status(found: Status, say: Mapping[str, str]) -> Iterator[RenderableType]:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    if found.manifest:
        grid.add_row(say["snapshot"], Text(found.name, style="cyan"))
        if found.rolled_back_from:
            grid.add_row("", Text(say["rolled back"].format(found.rolled_back_from), style="yellow"))
        grid.add_row(say["built"], _time(found.built))
        grid.add_row(say["scope"], _scope(found.manifest, say))
        other = say["other program"].format(found.made_by)
        grid.add_row(say["program"], Text(other, style="yellow") if found.made_by else found.manifest.program)
    for part, number in found.files.items():
        changed = sum(change.part == part for change in found.changes)
        told = say["differ"].format(number, changed) if changed else say["unchanged"].format(number)
        grid.add_row(part, told if found.manifest else str(number))
    yield grid
    for change in found.changes:
        yield Text.assemble("  ", (f"{say[change.how]:<10}", "yellow"), change.file)
    yield Text(say["up to date" if found.up_to_date else "out of date"], style="bold")
    if found.up_to_date and found.manifest and not found.manifest.is_whole:
        yield Text(say["part only"])


def _listed(found: Iterable[snapshot.Kept], say: Mapping[str, str]) -> Iterator[RenderableType]:
    for one in found:
        size = f"{one.size / 2**20:.1f}\u00a0MB"
        mark = ("● ", "green") if one.answers else "  "
        answers = f"  {say['answers']}" if one.answers else ""
        yield Text.assemble(mark, (one.name, "cyan"), f"  {_time(one.built)}  {size}", (answers, "green"))
        if one.problem or one.manifest is None:
            yield Text(f"    {say[one.problem]}", style="red")
            continue
        told = one.manifest
        counts = ", ".join(f"{number} {say[name]}" for name, number in told.counts.items() if name in say)
        yield Text(f"    {_scope(told, say)}: {counts}")
        yield Text(f"    {say['content']} {told.content[:16]}, {say['program']} {told.program}", style="dim")


def _scope(told: snapshot.Manifest, say: Mapping[str, str]) -> str:
    articles = ", ".join(map(local_name, told.only_from)) or say["whole"]
    return say["up to"].format(articles, told.as_of) if told.as_of else articles


def _time(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2, default=str).encode()

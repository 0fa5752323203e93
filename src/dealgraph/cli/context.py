"""What every command shares: its options, the two consoles, the store it answers from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import Store
from rich.console import Console

from dealgraph import settings, snapshot, sources
from dealgraph.cli.pacing import Shown
from dealgraph.errors import FormatMisfit, NoSnapshot, OtherVersion
from dealgraph.pace import Pace, remember, remembered
from dealgraph.settings import Project
from dealgraph.terms import local_name

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project", metavar="DIR", help="The project folder (default: the one around the current folder)."
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--lang", metavar="fr|en", help="Language of what is shown (default: that of the locale)."),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="table, csv, tsv, json, xml, ttl, nt or jsonld, as fits the result.",
    ),
]

notices = Console(stderr=True, emoji=False)
_given: ContextVar[tuple[Path | None, str | None]] = ContextVar("given", default=(None, None))


@dataclass(frozen=True)
class Context:
    """The project and the language of one call of the program."""

    project: Project
    language: str


def give(project: Path | None, language: str | None) -> None:
    """Keep the options given before a command, for the command."""
    _given.set((project, language))


def context(project: Path | None, language: str | None) -> Context:
    """Find the project and the language; options given before the command hold for it too."""
    return Context(settings.open_project(project or _given.get()[0]), chosen_language(language))


def chosen_language(language: str | None) -> str:
    """Return the language that is asked for, after the command or before it, else that of the locale."""
    return settings.language(language or _given.get()[1])


def notice(text: str) -> None:
    """Tell the user something beside the answer, on stderr."""
    notices.print(text, style="yellow", markup=False, soft_wrap=True)


def on_terminal() -> bool:
    """Tell whether results go to a person rather than to a program or a file."""
    return sys.stdout.isatty()


@contextmanager
def progress(
    project: Project | None = None,
    job: str = "",
    *,
    size: int = 1,
    part: tuple[int, int] = (1, 1),
    language: str | None = None,
) -> Iterator[Callable[[str], None]]:
    """Show on stderr, if that is a terminal, what is being done; gives the function that is told each step.

    For a `job` of a project it tells how long is left, going by how long it took before. `size` is on how
    many things it is done, `part` which of how many parts it is: the estimate is for all that are left.
    """
    path = project.state / "cache" / "pace.json" if project else None
    pace = Pace(size, remembered(path, job) if path else (), after=part[1] - part[0])
    shown = Shown(pace, chosen_language(language), part)
    with notices.status(shown):
        yield shown.enter
    if path:
        remember(path, job, pace.ended())


def size_of(project: Project) -> int:
    """Return how many files of articles a project has, to go by for how long it takes to read them all."""
    return sum(1 for _ in (project.graph / "articles").rglob("*.trig"))


def store(project: Project) -> Store:
    """Open the snapshot that answers; builds one where there is none, says so where it is out of date."""
    try:
        opened = snapshot.open_current(project.state)
    except (NoSnapshot, OtherVersion) as error:
        return _built_anew(project, error)
    described = opened.manifest
    built = snapshot.written_at(opened.folder)
    is_touched = built is None or sources.is_touched_since(project, built.timestamp())
    if is_touched and described.inputs != sources.digest(project):
        notice("The files have changed since this snapshot was built. Run: dealgraph build")
    if not described.is_whole:
        articles = ", ".join(map(local_name, described.only_from)) or "all articles"
        day = f" up to {described.as_of}" if described.as_of else ""
        notice(f"This snapshot holds what follows from {articles}{day}. For the whole, run: dealgraph build")
    return opened.store


def _built_anew(project: Project, error: NoSnapshot | OtherVersion) -> Store:
    from dealgraph.build import build

    if (project.state / "CURRENT").exists():
        notice(f"{error.where}: {error.message}. It is built anew.")
    with progress(project, "build", size=size_of(project)) as step:
        build(project, step=step)
    return snapshot.open_store(project.state)


def report_format(output: str, *others: str) -> bool:
    """Tell whether a report is wanted as JSON; raises `FormatMisfit` for any other than text or json.

    `others` are formats that the command has besides, to be named in the message.
    """
    if output not in {"text", "json"}:
        *first, last = ("text", "json", *others)
        raise FormatMisfit(
            f"this report cannot be written as {output}",
            where="--format",
            fix=f"Take {', '.join(first)} or {last}",
        )
    return output == "json"


def put(data: bytes) -> None:
    """Write bytes to stdout as they are, with a line end at the end."""
    sys.stdout.buffer.write(data if data.endswith(b"\n") or not data else data + b"\n")
    sys.stdout.buffer.flush()

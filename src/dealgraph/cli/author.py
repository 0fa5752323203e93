"""The commands of those who make a graph: build, check, fmt, verify."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from dealgraph import sources
from dealgraph.cli.context import (
    LanguageOption,
    ProjectOption,
    context,
    notices,
    progress,
    put,
    report_format,
    size_of,
    store,
)
from dealgraph.cli.findings import print_report, tell_engine
from dealgraph.cli.states import AsOfOption, SourceOption
from dealgraph.errors import TextProblem, ViolationsFound
from dealgraph.mapping.columns import EXTENSION
from dealgraph.settings import Engine
from dealgraph.states import sources_named
from dealgraph.verify import Outcome, Verdict
from dealgraph.verify import verify as compare

_FORMS = (".ttl", ".trig", EXTENSION)


def build(
    full: Annotated[
        bool, typer.Option("--full", help="Write the snapshot anew even if nothing changed.")
    ] = False,
    no_check: Annotated[bool, typer.Option("--no-check", help="Do not validate first.")] = False,
    as_of: AsOfOption = None,
    source: SourceOption = None,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep", metavar="N", min=1, help="Keep N snapshots, now and from now on (at first 2)."
        ),
    ] = None,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Build the snapshot: read, admit, reason, check, write, swap in."""
    from dealgraph.build import build as build_snapshot

    here = context(project, lang)
    articles = sources_named(sources.load(here.project), source) if source else []
    with progress(here.project, "build", size=size_of(here.project), language=lang) as step:
        built = build_snapshot(
            here.project,
            full=full,
            checked=not no_check,
            as_of=as_of.date() if as_of else None,
            only_from=articles,
            keep=keep,
            step=step,
        )
    if built.report is not None:
        tell_engine(built.report)
    counts = ", ".join(f"{number} {name}" for name, number in built.manifest.counts.items())
    notices.print(f"{'Built' if built.fresh else 'Up to date'}: {counts}.")


def check(
    output: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    engine: Annotated[
        Engine, typer.Option("--engine", help="What runs the shapes: pyshacl is the slow reference.")
    ] = Engine.COMPILED,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Check the graph: shapes, checks and style. Exit 0: none, 1: violations, 2: could not check."""
    from dealgraph.checking import check_project

    here = context(project, lang)
    as_json = report_format(output)
    with progress(here.project, "check", size=size_of(here.project), language=lang) as step:
        report = check_project(here.project, step, engine)
    tell_engine(report)
    if as_json:
        put(json.dumps(report.to_json(), ensure_ascii=False, indent=2).encode())
    else:
        print_report(report, here.language)
    if not report.conforms:
        raise ViolationsFound(f"{len(report.violations)} violation(s)", where=str(here.project.root))


def fmt(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders (default: the whole project).")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 if a file is in another form.")
    ] = False,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write the files of the ontology and the graph in their canonical form."""
    from dealgraph.turtle.document import read_text

    here = context(project, lang)
    chosen = _files_below(paths) if paths else list(sources.files(here.project).values())
    other = []
    for path in (p for p in chosen if p.name.endswith(_FORMS)):
        text = read_text(path)
        formatted = _canonical(path, text)
        if formatted == text:
            continue
        other.append(here.project.shown(path))
        if not check:
            path.write_text(formatted, encoding="utf-8")
    for name in other:
        typer.echo(name)
    if check and other:
        raise ViolationsFound(
            f"{len(other)} file(s) not in canonical form", where="fmt", fix="Run: dealgraph fmt"
        )
    notices.print(f"{len(other)} file(s) rewritten." if other else "All files are in canonical form.")


def verify(
    texts: Annotated[Path, typer.Option("--texts", metavar="DIR", help="The folder with the article files.")],
    output: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Compare the digest of every passage with the article files."""
    here = context(project, lang)
    as_json = report_format(output)
    verdicts = compare(store(here.project), texts)
    bad = [v for v in verdicts if v.outcome is not Outcome.SOUND]
    if as_json:
        put(json.dumps([vars(v) for v in verdicts], indent=2).encode())
    else:
        _print_verdicts(verdicts, bad)
    if not verdicts:
        raise TextProblem("there is no passage to verify", where=str(here.project.graph), fix="Add articles")
    if bad:
        message = f"{len(bad)} of {len(verdicts)} passages not confirmed"
        raise TextProblem(message, where=str(texts), fix="See the list above")


def _print_verdicts(verdicts: Sequence[Verdict], bad: Sequence[Verdict]) -> None:
    console = Console(emoji=False, highlight=False)
    for verdict in bad:
        console.print(Text(f"{verdict.article} {verdict.passage}: {verdict.outcome}. {verdict.detail}"))
    counts = Counter((verdict.article, str(verdict.outcome)) for verdict in verdicts)
    for (article, outcome), number in sorted(counts.items()):
        console.print(Text(f"{article}: {number} passage(s) {outcome}"))


def _canonical(path: Path, text: str) -> str:
    from dealgraph.mapping import read, to_text
    from dealgraph.turtle import format_text

    return to_text(read(path), str(path)) if path.name.endswith(EXTENSION) else format_text(text, str(path))


def _files_below(paths: list[Path]) -> list[Path]:
    return [f for path in paths for f in (sorted(path.rglob("*")) if path.is_dir() else [path])]

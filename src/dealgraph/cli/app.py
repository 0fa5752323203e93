"""The program's commands and the one place where errors become exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Final

import typer

from dealgraph import __version__
from dealgraph.cli import (
    author,
    changes,
    changing,
    comparing,
    counting,
    enriching,
    keeping,
    questions,
    reading,
    reasoning,
    serving,
    why,
)
from dealgraph.cli.context import LanguageOption, ProjectOption, context, give, notices
from dealgraph.cli.linking import link
from dealgraph.cli.states import AsOfOption, SourceOption, chosen_state
from dealgraph.errors import DealgraphError, Interrupted, NoSnapshot

app = typer.Typer(
    name="dealgraph",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="What press articles say of AI-industry deals: every answer leads back to a passage.",
)

_CORRUPTION: Final = "Corruption: "
"""What RocksDB says where a question meets a byte that has changed on the disk."""

ASKING: Final[tuple[Callable[..., None], ...]] = (
    questions.ask,
    comparing.compare,
    changes.diff,
    questions.queries,
    questions.show,
    questions.sparql,
    serving.serve,
    counting.stats,
    why.why,
)
MAKING: Final[tuple[Callable[..., None], ...]] = (
    changing.add,
    author.build,
    author.check,
    enriching.enrich,
    author.fmt,
    author.verify,
    reasoning.reason,
    keeping.status,
    keeping.snapshots,
    keeping.rollback,
    changing.remove,
    changing.replace,
)
for panel, commands in (("Ask", ASKING), ("Make", MAKING)):
    for command in commands:
        app.command(rich_help_panel=panel)(command)

app.add_typer(link, name="link", rich_help_panel="Make")


@app.callback(invoke_without_command=True)
def root(
    group: typer.Context,
    project: ProjectOption = None,
    lang: LanguageOption = None,
    as_of: AsOfOption = None,
    source: SourceOption = None,
    output: Annotated[str, typer.Option("--format", metavar="text|json", help="Of the briefing.")] = "text",
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Without a command: a briefing on the deal, from the articles read, with sources."""
    give(project, lang)
    if version:
        typer.echo(f"dealgraph {__version__}")
    elif group.invoked_subcommand is None:
        here = context(project, lang)
        reading.show_briefing(here, chosen_state(here.project, as_of, source), output)


def main() -> None:
    """Run the program; every expected error ends in one line on stderr and its own exit code."""
    try:
        app()
    except DealgraphError as error:
        _end(error)
    except SystemExit as end:
        if end.code == Interrupted.exit_code:  # typer ends so when it is interrupted, without a word
            _end(Interrupted("stopped", fix="The last whole snapshot answers"))
        raise
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except (RuntimeError, OSError) as error:
        if _CORRUPTION not in str(error):
            raise
        _end(NoSnapshot(f"the snapshot is damaged ({error})", fix="Run: dealgraph build"))


def _end(error: DealgraphError) -> None:
    notices.print(f"error: {error}", style="bold red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(error.exit_code)

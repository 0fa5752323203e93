"""The program's commands and the one place where errors become exit codes."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Annotated, Final

import typer

from dealgraph import __version__
from dealgraph.cli.context import LanguageOption, ProjectOption, context, give, notices
from dealgraph.cli.states import AsOfOption, SourceOption, chosen_state
from dealgraph.errors import DealgraphError, Interrupted, NoSnapshot

_CORRUPTION: Final = "Corruption: "
"""What RocksDB says where a question meets a byte that has changed on the disk."""

COMMANDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "ask": ("Ask", "questions"),
        "compare": ("Ask", "comparing"),
        "diff": ("Ask", "changes"),
        "queries": ("Ask", "questions"),
        "show": ("Ask", "questions"),
        "sparql": ("Ask", "questions"),
        "serve": ("Ask", "serving"),
        "stats": ("Ask", "counting"),
        "why": ("Ask", "why"),
        "add": ("Make", "changing"),
        "build": ("Make", "author"),
        "check": ("Make", "author"),
        "enrich": ("Make", "enriching"),
        "fmt": ("Make", "author"),
        "verify": ("Make", "author"),
        "reason": ("Make", "reasoning"),
        "status": ("Make", "keeping"),
        "snapshots": ("Make", "keeping"),
        "rollback": ("Make", "keeping"),
        "remove": ("Make", "changing"),
        "replace": ("Make", "changing"),
        "link": ("Make", "linking"),
    }
)
"""The commands, each with its panel in the help and the module that has it, under its own name."""


def program(words: Sequence[str] = ()) -> typer.Typer:
    """Make the program for what it is called with.

    Where that begins with a command, the program has this one only: to import all the others takes longer
    than most of them take to run.
    """
    made = typer.Typer(
        name="dealgraph",
        add_completion=False,
        no_args_is_help=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        help="What press articles say of AI-industry deals: every answer leads back to a passage.",
    )
    made.callback(invoke_without_command=True)(root)
    for name in words[:1] if words and words[0] in COMMANDS else COMMANDS:
        panel, module = COMMANDS[name]
        command = getattr(import_module(f"dealgraph.cli.{module}"), name)
        if isinstance(command, typer.Typer):
            made.add_typer(command, name=name, rich_help_panel=panel)
        else:
            made.command(rich_help_panel=panel)(command)
    return made


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
        # Imported here, as a command does not need it.
        from dealgraph.cli import reading

        here = context(project, lang)
        reading.show_briefing(here, chosen_state(here.project, as_of, source), output)


def main() -> None:
    """Run the program; every expected error ends in one line on stderr and its own exit code."""
    try:
        program(sys.argv[1:])()
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

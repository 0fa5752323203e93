"""`dealgraph link`: candidates for our things in outside sources, decided by a person or by a strict rule."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from typer.core import TyperGroup

from dealgraph.cli.context import LanguageOption, ProjectOption, context, report_format
from dealgraph.errors import WrongUsage
from dealgraph.link.scale import LEAST_SCORE

if TYPE_CHECKING:
    from typer._click import Context

PROPOSE: Final = "propose"


class _ThingOrVerb(TyperGroup):
    """`link THING` proposes; `link review`, `link evaluate` and `link sources` are verbs of their own."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Put the verb in where the words begin with a thing or an option."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = [PROPOSE, *args]
        return super().parse_args(ctx, args)


link = typer.Typer(
    cls=_ThingOrVerb,
    no_args_is_help=True,
    help="Link things to outside sources. `dealgraph link THING --against SOURCE` proposes candidates.",
)

AgainstOption = Annotated[
    str,
    typer.Option(
        "--against", metavar="SOURCE", help="A source of `dealgraph link sources`, or a description file."
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The folder of outside data (default: DEALGRAPH_DATA)."),
]
AllowOption = Annotated[
    list[str] | None,
    typer.Option("--allow-service", metavar="URL", help="A server that may be asked; may be repeated."),
]
CacheOption = Annotated[
    Path | None, typer.Option("--cache", metavar="DIR", help="Where answers of servers are kept.")
]
OfflineOption = Annotated[bool, typer.Option("--offline", help="Ask no server; answer from what was kept.")]
FreshOption = Annotated[bool, typer.Option("--fresh", help="Ask the server again, whatever was kept.")]
TimeoutOption = Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1, max=600.0)]
LimitOption = Annotated[int, typer.Option("--limit", metavar="N", min=1, max=100, help="Candidates a thing.")]
LeastOption = Annotated[
    float,
    typer.Option("--min-score", metavar="S", min=0.0, max=100.0, help="Propose nothing below this score."),
]
AllOption = Annotated[bool, typer.Option("--all", help="Everything that can be linked.")]
ThingArgument = Annotated[str | None, typer.Argument(help="A label, an alias, id:local-name or an IRI.")]
OutputOption = Annotated[str, typer.Option("--format", metavar="text|json")]


@link.command(PROPOSE)
def propose(
    against: AgainstOption,
    thing: ThingArgument = None,
    everything: AllOption = False,
    output: OutputOption = "text",
    limit: LimitOption = 5,
    min_score: LeastOption = LEAST_SCORE,
    accept_above: Annotated[
        float | None,
        typer.Option(
            "--accept-above",
            metavar="S",
            min=0.0,
            max=100.0,
            help="Write what may be accepted without a person and scores at least this.",
        ),
    ] = None,
    data: DataOption = None,
    allow_service: AllowOption = None,
    cache: CacheOption = None,
    offline: OfflineOption = False,
    fresh: FreshOption = False,
    timeout: TimeoutOption = 20.0,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Propose candidates for a thing, or for all, with scores and reasons. This word may be left out."""
    from dealgraph.cli.candidates import show_proposals, write_accepted
    from dealgraph.cli.proposing import Asked, gathered

    here = context(project, lang)
    as_json = report_format(output)
    if bool(thing) == everything:
        raise WrongUsage("a thing or --all", where="link", fix="Name one thing, or all of them by --all")
    servers = (tuple(allow_service or ()), cache, offline, fresh, timeout)
    asked = Asked(thing, against, limit, min_score, data, *servers)
    found = gathered(here, asked)
    written = () if accept_above is None else write_accepted(here, found, accept_above, dt.date.today())
    show_proposals(here, found, written, as_json=as_json, batch=accept_above is not None)


@link.command()
def review(
    against: AgainstOption,
    thing: ThingArgument = None,
    limit: LimitOption = 5,
    min_score: LeastOption = LEAST_SCORE,
    author: Annotated[
        str | None,
        typer.Option("--author", metavar="NAME", help="Who decides (default: that of git, or the account)."),
    ] = None,
    data: DataOption = None,
    allow_service: AllowOption = None,
    cache: CacheOption = None,
    offline: OfflineOption = False,
    fresh: FreshOption = False,
    timeout: TimeoutOption = 20.0,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Decide on candidates one by one; each decision is written to graph/mappings at once."""
    from dealgraph.cli.proposing import Asked
    from dealgraph.cli.reviewing import review_on_terminal

    here = context(project, lang)
    servers = (tuple(allow_service or ()), cache, offline, fresh, timeout)
    review_on_terminal(here, Asked(thing, against, limit, min_score, data, *servers), author, dt.date.today())


@link.command()
def evaluate(
    pairs: Annotated[Path, typer.Argument(help="A labelled set: a CSV file of pairs.")],
    output: OutputOption = "text",
    data: DataOption = None,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Measure proposals on pairs whose truth is known: precision and recall, by sort of pair."""
    from dealgraph.cli.measuring import show_quality

    here = context(project, lang)
    show_quality(here, pairs, data or pairs.parent, as_json=report_format(output))


@link.command()
def sources(
    output: OutputOption = "text", project: ProjectOption = None, lang: LanguageOption = None
) -> None:
    """List the outside sources that are described, with their licences."""
    from dealgraph.cli.candidates import show_sources

    show_sources(context(project, lang), as_json=report_format(output))

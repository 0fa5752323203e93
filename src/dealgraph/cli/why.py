"""`dealgraph why`: its words and options. What answers is loaded only when it is asked."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from dealgraph.cli.context import LanguageOption, ProjectOption, context
from dealgraph.cli.states import AsOfOption, SourceOption

MOST_PROOFS: Final = 20
"""How many proofs `--all` shows at most: there may be thousands that differ in little."""


def why(
    subject: Annotated[str, typer.Argument(help="A label, an alias, id:local-name or an IRI.")],
    predicate: Annotated[str, typer.Argument(help="A property by label or name, as holdsStakeIn; or: a.")],
    value: Annotated[str, typer.Argument(metavar="OBJECT", help="A thing, a class, or a value such as 49%.")],
    absent: Annotated[bool, typer.Option("--not", help="Why it does not hold, what is missing.")] = False,
    max_proofs: Annotated[int, typer.Option("--max", metavar="N", min=1, help="How many proofs.")] = 1,
    every: Annotated[bool, typer.Option("--all", help=f"All proofs, {MOST_PROOFS} at most.")] = False,
    output: Annotated[str, typer.Option("--format", metavar="text|json|ttl|svg")] = "text",
    as_of: AsOfOption = None,
    source: SourceOption = None,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Explain why something holds, down to claims and passages; with --not, why it does not."""
    from dealgraph.cli.explaining import explain

    explain(
        context(project, lang),
        (subject, predicate, value),
        absent=absent,
        number=MOST_PROOFS if every else max_proofs,
        output=output,
        as_of=as_of,
        source=source,
    )

"""`dealgraph why`: its words and options. What answers is loaded only when it is asked."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from dealgraph.cli.context import LanguageOption, ProjectOption, context
from dealgraph.cli.states import AsOfOption, SourceOption
from dealgraph.errors import WrongUsage

MOST_PROOFS: Final = 20
"""How many proofs `--all` shows at most: there may be thousands that differ in little."""


def why(
    subject: Annotated[str | None, typer.Argument(help="A label, an alias, id:local-name or an IRI.")] = None,
    predicate: Annotated[
        str | None, typer.Argument(help="A property by label or name, as holdsStakeIn; or: a.")
    ] = None,
    value: Annotated[
        str | None, typer.Argument(metavar="OBJECT", help="A thing, a class, or a value such as 49%.")
    ] = None,
    absent: Annotated[bool, typer.Option("--not", help="Why it does not hold, what is missing.")] = False,
    inconsistent: Annotated[
        bool, typer.Option("--inconsistent", help="Why the facts contradict themselves, if they do.")
    ] = False,
    max_proofs: Annotated[int, typer.Option("--max", metavar="N", min=1, help="How many proofs.")] = 1,
    every: Annotated[bool, typer.Option("--all", help=f"All proofs, {MOST_PROOFS} at most.")] = False,
    output: Annotated[str, typer.Option("--format", metavar="text|json|ttl|svg")] = "text",
    as_of: AsOfOption = None,
    source: SourceOption = None,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Explain why something holds, down to claims and passages; with --not, why it does not."""
    from dealgraph.cli.explaining import explain, explain_clashes

    here, number = context(project, lang), MOST_PROOFS if every else max_proofs
    words = tuple(word for word in (subject, predicate, value) if word is not None)
    if inconsistent and not absent and not words:
        explain_clashes(here, number=number, output=output, as_of=as_of, source=source)
    elif not inconsistent and subject is not None and predicate is not None and value is not None:
        explain(
            here,
            (subject, predicate, value),
            absent=absent,
            number=number,
            output=output,
            as_of=as_of,
            source=source,
        )
    else:
        fix = "Name a subject, a predicate and an object, or ask --inconsistent without them"
        raise WrongUsage("this is not a question", where="why", fix=fix)

"""`dealgraph compare`: what the articles say of a thing, beside what outside datasets say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Final

import typer
from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dealgraph.briefing import framed
from dealgraph.claim import Claim
from dealgraph.cli.context import LanguageOption, ProjectOption, context, put, report_format
from dealgraph.cli.reading import print_parts
from dealgraph.cli.states import AsOfOption, SourceOption, chosen_state
from dealgraph.comparison import Compared, Comparison, Verdict
from dealgraph.evidence import Evidence
from dealgraph.lookup import find
from dealgraph.phrases import PHRASES
from dealgraph.report import Teller
from dealgraph.terms import compact

_STYLES: Final = {
    Verdict.CONTRADICTS: "bold red",
    Verdict.DIFFERS: "yellow",
    Verdict.REFINES: "cyan",
    Verdict.AGREES: "green",
    Verdict.ONLY_THERE: "dim",
    Verdict.ONLY_HERE: "dim",
}


def compare(
    thing: Annotated[str, typer.Argument(help="A label, an alias, id:local-name or an IRI.")],
    output: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    as_of: AsOfOption = None,
    source: SourceOption = None,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Hold what the articles say of a thing against outside datasets, value by value."""
    here = context(project, lang)
    as_json = report_format(output)
    opened = chosen_state(here.project, as_of, source)
    found = find(opened, thing).thing.value
    teller = Teller(Evidence(opened), here.language)
    comparison = Comparison(teller.evidence)
    own, frames = comparison.of([found]), comparison.of(framed(opened, found))
    over_time = tuple(c for c in frames if c.there)
    if as_json:
        whole = {"thing": found, "compared": [_as_json(c, teller) for c in (*own, *over_time)]}
        put(json.dumps(whole, ensure_ascii=False, indent=2).encode())
    else:
        print_parts(_laid_out(found, own, over_time, teller))


def _as_json(compared: Compared, teller: Teller) -> dict[str, object]:
    sides = {"here": compared.here, "there": compared.there}
    told = {
        side: {"predicate": compact(claim.predicate), **asdict(teller.saying(claim, (claim,)))}
        for side, claim in sides.items()
        if claim
    }
    subject = compact(compared.subject)
    return {"subject": subject, "verdict": compared.verdict.value, "finer": compared.finer or None, **told}


def _laid_out(
    thing: str, own: Sequence[Compared], over_time: Sequence[Compared], teller: Teller
) -> Iterator[RenderableType]:
    say = PHRASES[teller.language]
    yield Text(say["compared"].format(teller.label(thing)), style="bold")
    if not own and not over_time:
        yield Text(say["nothing outside"])
        return
    table = Table(box=None, padding=(0, 2, 1, 0), expand=True, header_style="dim")
    table.add_column("", ratio=2)
    table.add_column(say["verdict"], ratio=2)
    table.add_column(say["the articles"], ratio=4)
    table.add_column(say["the datasets"], ratio=5)
    for compared in (c for c in own if c.verdict is not Verdict.ONLY_HERE):
        table.add_row(
            _question(compared, teller),
            Text(_verdict(compared, teller), style=_STYLES[compared.verdict]),
            _side(compared.here, teller),
            _side(compared.there, teller),
        )
    yield table
    if only := dict.fromkeys(c.here.predicate for c in own if c.verdict is Verdict.ONLY_HERE and c.here):
        yield Text(say["also here"].format(", ".join(map(teller.label, only))), style="dim")
    yield from _over_time(over_time, teller)
    yield Text(f"\n{say['hedges']}", style="dim")


def _question(compared: Compared, teller: Teller) -> Text:
    """The predicate, or both where the two sides answer one question by different ones."""
    sides = (compared.here, compared.there)
    labels = dict.fromkeys(teller.label(claim.predicate) for claim in sides if claim)
    return Text(" / ".join(labels))


def _verdict(compared: Compared, teller: Teller) -> str:
    return PHRASES[teller.language][f"verdict {compared.verdict} {compared.finer}".strip()]


def _side(claim: Claim | None, teller: Teller) -> Text:
    if claim is None:
        return Text("–", style="dim")
    return Text.assemble(*_value(claim, teller), "\n", (_source(claim, teller), "dim"))


def _value(claim: Claim, teller: Teller) -> Iterable[tuple[str, str]]:
    saying = teller.saying(claim, (claim,))
    yield ("● ", "green") if claim.admitted else ("○ ", "yellow")
    yield saying.value, "bold" if claim.admitted else ""
    if saying.bounds:
        yield f" {saying.bounds}", "dim"
    if saying.certainty:
        yield f"  {', '.join(saying.certainty)}", "yellow"


def _source(claim: Claim, teller: Teller) -> str:
    saying = teller.saying(claim, (claim,))
    return f"{saying.source} [{'; '.join(saying.passages)}]"


def _over_time(compared: Sequence[Compared], teller: Teller) -> Iterator[RenderableType]:
    claims = [c.there for c in compared if c.there]
    if not claims:
        return
    yield Rule(Text(PHRASES[teller.language]["over time"], style="bold"), align="left", style="dim")
    by_source: dict[str, list[Claim]] = {}
    for claim in claims:
        by_source.setdefault(teller.label(claim.article), []).append(claim)
    for source, group in by_source.items():
        yield Text(source, style="cyan")
        table = Table.grid(padding=(0, 3))
        for claim in group:
            table.add_row(f"  {teller.label(claim.subject)}", Text.assemble(*_value(claim, teller)))
        yield table

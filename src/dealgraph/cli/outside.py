"""What a thing is in outside datasets, laid out for a terminal: each judgement apart from the others."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dealgraph.identifiers import Identifier
from dealgraph.mapping import Judgement
from dealgraph.phrases import PHRASES

SCHEME_WIDTH = 23
_STYLES = {
    Judgement.MATCH: "bold",
    Judgement.RELATED: "",
    Judgement.NOT: "strike",
    Judgement.UNSURE: "yellow",
}


def identifier_section(found: Iterable[Identifier], language: str) -> Iterable[RenderableType]:
    """Lay out the judgements on a thing below a heading for each kind; nothing where there is none."""
    say = PHRASES[language]
    groups = [
        (kind, list(members)) for kind, members in itertools.groupby(found, lambda each: each.judgement)
    ]
    if groups:
        yield Text()
        yield Rule(Text(say["identifiers"], style="bold"), align="left", style="dim")
    for judgement, members in groups:
        yield Text(say[f"judged {judgement}"], style="bold cyan")
        yield _grid(members, language)


def _grid(members: Iterable[Identifier], language: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=SCHEME_WIDTH)
    grid.add_column(ratio=1, overflow="fold")
    for each in members:
        grid.add_row(Text(each.scheme_label, style="dim"), _told(each, language))
    return Padding(grid, (0, 0, 0, 2))


def _told(each: Identifier, language: str) -> Text:
    told = Text()
    if each.iri:
        told.append(each.identifier, style=_STYLES.get(each.judgement, ""))
        told.append(f"  {each.label}" if each.label else "")
        told.append(f"  <{each.iri}>", style="dim")
    if each.confidence and each.judgement in {Judgement.MATCH, Judgement.RELATED}:
        number = each.confidence.replace(".", "," if language == "fr" else ".")
        told.append(f"  {PHRASES[language]['confidence'].format(number)}", style="dim")
    if each.comment and each.judgement is not Judgement.MATCH:
        told.append(f"\n↳ {each.comment}" if each.iri else each.comment, style="dim italic")
    return told

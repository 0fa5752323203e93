"""`dealgraph stats`: how much there is of everything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Final

import typer
from rich import box
from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dealgraph.cli.context import LanguageOption, ProjectOption, context, put, report_format
from dealgraph.cli.reading import print_parts
from dealgraph.cli.states import AsOfOption, SourceOption, chosen_state
from dealgraph.evidence import Evidence
from dealgraph.stats import Cell, Count
from dealgraph.stats import stats as count
from dealgraph.stored import load_all
from dealgraph.terms import compact
from dealgraph.void import as_turtle, described

HEADINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "graph": "graph",
            "article": "article",
            "class": "class",
            "predicate": "predicate",
            "property": "property",
            "realis": "realis",
            "stance": "stance",
            "rank": "rank",
            "triples": "triples",
            "subjects": "subjects",
            "predicates": "predicates",
            "things": "things",
            "claims": "claims",
            "admittedClaims": "of them facts",
            "facts": "facts",
            "inferred": "inferred",
            "derived": "derived",
        },
        "fr": {
            "graph": "graphe",
            "article": "article",
            "class": "classe",
            "predicate": "prédicat",
            "property": "propriété",
            "realis": "réalité",
            "stance": "prise en charge",
            "rank": "rang",
            "triples": "triplets",
            "subjects": "sujets",
            "predicates": "prédicats",
            "things": "choses",
            "claims": "affirmations",
            "admittedClaims": "dont faits",
            "facts": "faits",
            "inferred": "inférés",
            "derived": "calculés",
        },
    }
)
_THOUSANDS: Final = MappingProxyType({"en": ",", "fr": "\u202f"})


def stats(
    output: Annotated[str, typer.Option("--format", metavar="text|json|ttl", help="ttl is VoID.")] = "text",
    as_of: AsOfOption = None,
    source: SourceOption = None,
    project: ProjectOption = None,
    lang: LanguageOption = None,
) -> None:
    """Count claims, facts and things by graph, article, certainty, rank, class and predicate."""
    here = context(project, lang)
    as_json = output != "ttl" and report_format(output, "ttl")
    opened = chosen_state(here.project, as_of, source)
    counts = count(opened, load_all(here.project.queries))
    if output == "ttl":
        put(as_turtle(described(opened, counts, here.project)).encode())
    elif as_json:
        put(json.dumps({one.name: one.as_rows() for one in counts}, ensure_ascii=False, indent=2).encode())
    else:
        evidence = Evidence(opened)
        print_parts(part for one in counts for part in _laid_out(one, evidence, here.language))


def _laid_out(told: Count, evidence: Evidence, language: str) -> Iterator[RenderableType]:
    summary = told.query.summary_fr if language == "fr" else told.query.summary
    yield Rule(Text(summary, style="bold"), align="left", style="dim")
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    for place, column in enumerate(told.columns):
        is_number = bool(told.rows) and isinstance(told.rows[0][place], int)
        heading = HEADINGS[language].get(column, column)
        table.add_column(heading, justify="right" if is_number else "left", overflow="fold")
    for row in told.rows:
        table.add_row(*(_cell(cell, evidence, language) for cell in row))
    yield table


def _cell(cell: Cell, evidence: Evidence, language: str) -> Text:
    if isinstance(cell, int):
        return Text(f"{cell:,}".replace(",", _THOUSANDS[language]), style="" if cell else "dim")
    label, short = evidence.label(cell, language), compact(cell)
    # Where there is no label, the prefix tells more than the local name alone.
    return Text(short if short.endswith(f":{label}") else label, style="cyan")

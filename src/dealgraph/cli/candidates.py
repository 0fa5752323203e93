"""Candidates on a terminal or as JSON, and what a batch accepts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dealgraph.cli.context import Context, notice, put
from dealgraph.cli.proposing import Gathered
from dealgraph.cli.reading import print_parts
from dealgraph.errors import JudgementConflict
from dealgraph.link.description import described, read_description
from dealgraph.link.ledger import Ledger, judged_by_rule
from dealgraph.link.phrases import LINK, judgement, outcome, told
from dealgraph.link.propose import Proposals
from dealgraph.link.score import Scored, Verdict
from dealgraph.link.sources import prefixes_of
from dealgraph.mapping import Mapping
from dealgraph.terms import compact

_STYLES = {Verdict.AGREES: "green", Verdict.NEAR: "yellow", Verdict.CONTRADICTS: "red"}
_MARKS = {Verdict.AGREES: "=", Verdict.NEAR: "≈", Verdict.CONTRADICTS: "≠"}


def write_accepted(here: Context, found: Gathered, above: float, date: dt.date) -> tuple[Mapping, ...]:
    """Write the matches that stand without a person and score at least `above`, all at once.

    A match that would contradict a judgement is left out, and said so.
    """
    ledger = Ledger(
        here.project, found.description.name, found.description.title["en"], prefixes_of(found.description)
    )
    written: list[Mapping] = []
    for each in found.proposals:
        if each.accepted and each.accepted.score >= above:
            mapping = judged_by_rule(each.thing, each.accepted, date)
            try:
                ledger.ensure_fits(*written, mapping)
            except JudgementConflict as error:
                notice(str(error))
            else:
                written.append(mapping)
    ledger.judge(*written)
    return tuple(written)


def show_proposals(
    here: Context, found: Gathered, written: Sequence[Mapping], *, as_json: bool, batch: bool
) -> None:
    """Print the proposals, and what was written."""
    if as_json:
        put(json.dumps(_whole(found, written, here.language), ensure_ascii=False, indent=2).encode())
        return
    say = LINK[here.language]
    parts: list[RenderableType] = []
    for each in found.proposals:
        if each.open or each.judged or len(found.proposals) == 1:
            parts += _thing(each, here.language)
    description = found.description
    parts.append(
        Text(
            say["licence"].format(description.attribution or description.source, description.licence),
            style="dim",
        )
    )
    if batch:
        parts += [
            Text(say["wrote"].format(m.subject_label, m.object_label), style="bold green") for m in written
        ]
        parts += [] if written else [Text(say["nothing accepted"], style="bold")]
    print_parts(parts)


def _thing(each: Proposals, language: str) -> Iterable[RenderableType]:
    style = "green" if each.accepted else "yellow" if each.open else "dim"
    yield Text.assemble(
        (each.thing.label, "bold"), f"  {compact(each.thing.iri)}  ", (outcome(each.outcome, language), style)
    )
    for candidate, judged in each.judged:
        yield Padding(
            _line(candidate, LINK[language]["judged"].format(judgement(judged, language))), (0, 0, 0, 2)
        )
    for candidate in each.open:
        yield Padding(_line(candidate, ""), (0, 0, 0, 2))
        yield from features_told(candidate, language)


def features_told(candidate: Scored, language: str) -> Iterable[RenderableType]:
    """Lay the features of a candidate out, one a line, coloured by what they say."""
    for feature in candidate.features:
        style = _STYLES[feature.verdict]
        text = Text.assemble((f"{_MARKS[feature.verdict]} ", style), told(feature, language))
        yield Padding(text, (0, 0, 0, 9))


def _line(candidate: Scored, note: str) -> Text:
    return Text.assemble(
        (f"{candidate.score:5.1f}  ", "bold"),
        candidate.entity.label,
        f"  {compact(candidate.entity.iri)}",
        (f"  {note}", "cyan"),
    )


def _whole(found: Gathered, written: Sequence[Mapping], language: str) -> dict[str, object]:
    description = found.description
    return {
        "source": description.name,
        "title": description.title[language],
        "licence": description.licence,
        "attribution": description.attribution,
        "retrieved": description.retrieved.isoformat(),
        "things": [_told(each, language) for each in found.proposals],
        "written": [
            {"subject": m.subject, "object": m.object, "confidence": str(m.confidence)} for m in written
        ],
    }


def _told(each: Proposals, language: str) -> dict[str, object]:
    return {
        "thing": each.thing.iri,
        "label": each.thing.label,
        "outcome": each.outcome.value,
        "accepted": each.accepted.entity.iri if each.accepted else None,
        "candidates": [_candidate(candidate, language) for candidate in each.open],
        "judged": [{**_candidate(c, language), "judgement": j.value} for c, j in each.judged],
    }


def _candidate(candidate: Scored, language: str) -> dict[str, object]:
    return {
        "iri": candidate.entity.iri,
        "label": candidate.entity.label,
        "score": candidate.score,
        "where": candidate.entity.where,
        "features": [
            {
                "kind": feature.kind,
                "verdict": feature.verdict.value,
                "strength": feature.strength,
                "ours": feature.ours,
                "theirs": feature.theirs,
                "told": told(feature, language),
            }
            for feature in candidate.features
        ],
    }


def show_sources(here: Context, *, as_json: bool) -> None:
    """Print the described sources with title, format and licence."""
    found = [read_description(path, here.project.shown(path)) for path in described(here.project).values()]
    if as_json:
        rows = [
            {
                "name": d.name,
                "title": d.title[here.language],
                "format": d.format,
                "licence": d.licence,
                "file": d.file,
            }
            for d in found
        ]
        put(json.dumps(rows, ensure_ascii=False, indent=2).encode())
        return
    print_parts(
        Text.assemble((f"{d.name:20}", "cyan"), f" {d.title[here.language]}", (f"  {d.licence}", "dim"))
        for d in found
    )

"""`dealgraph link evaluate`: how good proposals are, on pairs whose truth is known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich import box
from rich.table import Table
from rich.text import Text

from dealgraph.cli.context import Context, put
from dealgraph.cli.reading import print_parts
from dealgraph.link.dataset import load_dataset
from dealgraph.link.description import find_description
from dealgraph.link.entity import Entity
from dealgraph.link.quality import Quality, measure, read_labelled

_COLUMNS = ("matches", "first", "among_five", "negatives", "refused", "accepted", "accepted_wrong")


def quality_of(here: Context, pairs: Path, data: Path) -> Quality:
    """Measure a labelled set; a source whose name ends in .yaml is described in a file beside the set."""
    loaded: dict[str, Sequence[Entity]] = {}

    def load(name: str) -> Sequence[Entity]:
        if name not in loaded:
            beside = name.endswith(".yaml")
            described = find_description(here.project, str(pairs.parent / name) if beside else name)
            loaded[name] = load_dataset(described, pairs.parent if beside else data).entities
        return loaded[name]

    return measure(read_labelled(pairs), load)


def show_quality(here: Context, pairs: Path, data: Path, *, as_json: bool) -> None:
    """Print precision and recall by sort of pair, and every match that was missed."""
    quality = quality_of(here, pairs, data)
    if as_json:
        rows = [{**asdict(t), "recall": t.recall, "precision": t.precision} for t in quality.tallies]
        put(json.dumps({"tallies": rows, "faults": quality.faults}, ensure_ascii=False, indent=2).encode())
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    table.add_column("sort")
    for name in (*_COLUMNS, "recall in five", "precision"):
        table.add_column(name.replace("_", " "), justify="right")
    for tally in quality.tallies:
        numbers = [str(getattr(tally, name)) for name in _COLUMNS]
        table.add_row(tally.sort, *numbers, _share(tally.recall), _share(tally.precision))
    print_parts([table, *(Text(fault, style="yellow") for fault in quality.faults)])


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"

"""Each row of an answer with what makes it, in the one form that commands, pages and programs are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from pyoxigraph import Store

from dealgraph.explain.rows import RowExplainer
from dealgraph.explain.telling import Told
from dealgraph.lineage import Lineage
from dealgraph.lineage.patterns import Term

Row = Mapping[str, Term | None]


def proofs_of_rows(store: Store, text: str, rows: Iterable[Row], explainer: RowExplainer) -> Iterator[Told]:
    """Yield what makes each row of the answer to a SELECT query; `text` is the query as it was run."""
    lineage = Lineage(store, text)
    for row in rows:
        yield explainer.told(row, lineage.witnesses(row))


def explained(rows: Iterable[Row], told: Iterable[Told]) -> list[dict[str, object]]:
    """Return rows and what makes each as what is written as JSON: `row` by columns, `why` as told."""
    return [
        {"row": {name: _shown(term) for name, term in row.items()}, "why": asdict(why)}
        for row, why in zip(rows, told, strict=True)
    ]


def _shown(term: Term | None) -> str | None:
    return None if term is None else str(getattr(term, "value", term))

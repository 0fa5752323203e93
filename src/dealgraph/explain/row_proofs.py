"""Each row of an answer with what makes it, in the one form that commands, pages and programs are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from pyoxigraph import Store

from dealgraph.explain.rows import RowExplainer
from dealgraph.explain.telling import Told
from dealgraph.lineage import Lineage
from dealgraph.lineage.patterns import Term

Row = Mapping[str, Term | None]


@dataclass(frozen=True)
class RowProof:
    """What makes a row, and how many statements behind it are left out."""

    told: Told
    left_out: int = 0


def proofs_of_rows(
    store: Store, text: str, rows: Iterable[Row], explainer: RowExplainer, most: int | None = None
) -> Iterator[RowProof]:
    """Yield what makes each row of the answer to a SELECT query; `text` is the query as it was run.

    `most` is how many statements behind a row are followed (none: all); one that counts may rest on all
    there are.
    """
    lineage = Lineage(store, text)
    for row in rows:
        found = lineage.witnesses(row)
        followed = replace(found, quads=found.quads[:most])
        yield RowProof(explainer.told(row, followed), len(found.quads) - len(followed.quads))


def explained(rows: Iterable[Row], proofs: Iterable[RowProof]) -> list[dict[str, object]]:
    """Return rows and what makes each as what is written as JSON: `row` by columns, `why` as told."""
    return [
        {"row": {name: _shown(term) for name, term in row.items()}, "why": asdict(proof.told)}
        for row, proof in zip(rows, proofs, strict=True)
    ]


def _shown(term: Term | None) -> str | None:
    return None if term is None else str(getattr(term, "value", term))

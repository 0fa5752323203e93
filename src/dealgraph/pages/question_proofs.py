"""Why the rows of an answer are there: each with what makes it, down to claims and passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from dealgraph.desk import Desk
from dealgraph.explain import RowExplainer, Told
from dealgraph.pages.question_answers import Row

MOST_STATEMENTS: Final = 200
"""How many statements behind a row are followed; a row that counts may rest on all there are."""


@dataclass(frozen=True)
class RowProof:
    """What makes a row, and how many statements behind it are left out."""

    told: Told
    left_out: int


def proofs_of(desk: Desk, language: str, text: str, rows: Sequence[Row]) -> Iterator[RowProof]:
    """Yield what makes each row of the answer to a SELECT query, whose `text` has its parameters bound."""
    from dealgraph.lineage import Lineage

    lineage, explainer = Lineage(desk.store, text), RowExplainer(desk.explainer(language), desk.sources.place)
    for row in rows:
        found = lineage.witnesses(_terms(row))
        followed = replace(found, quads=found.quads[:MOST_STATEMENTS])
        yield RowProof(explainer.told(row, followed), len(found.quads) - len(followed.quads))


def _terms(row: Row) -> Mapping[str, NamedNode | BlankNode | Literal | None]:
    return {
        name: term if isinstance(term, NamedNode | BlankNode | Literal) else None
        for name, term in row.items()
    }

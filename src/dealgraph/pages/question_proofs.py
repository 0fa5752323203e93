"""Why the rows of an answer are there: each with what makes it, down to claims and passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from dealgraph.desk import Desk
from dealgraph.explain import RowExplainer, RowProof, proofs_of_rows
from dealgraph.pages.question_answers import Row

MOST_STATEMENTS: Final = 200
"""How many statements behind a row are followed."""


def proofs_of(desk: Desk, language: str, text: str, rows: Sequence[Row]) -> Iterator[RowProof]:
    """Return what makes each row of the answer to a SELECT query, whose `text` has its parameters bound."""
    explainer = RowExplainer(desk.explainer(language), desk.sources.place)
    return proofs_of_rows(desk.store, text, map(_terms, rows), explainer, MOST_STATEMENTS)


def _terms(row: Row) -> Mapping[str, NamedNode | BlankNode | Literal | None]:
    return {
        name: term if isinstance(term, NamedNode | BlankNode | Literal) else None
        for name, term in row.items()
    }

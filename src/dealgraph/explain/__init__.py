"""Explanations in French and English: sentences that name their sources, for proofs and for what is missing.

`telling` tells proofs, `gaps` what does not hold, `rows` why a row of an answer is there, `row_proofs` that
of all rows; `sentences` puts triples and axioms into words, `explaining` gets all of it ready.
"""

from dealgraph.explain.explaining import explainer_of
from dealgraph.explain.gaps import GapExplainer
from dealgraph.explain.row_proofs import RowProof, explained, proofs_of_rows
from dealgraph.explain.rows import RowExplainer
from dealgraph.explain.telling import Explainer, Reason, Told

__all__ = [
    "Explainer",
    "GapExplainer",
    "Reason",
    "RowExplainer",
    "RowProof",
    "Told",
    "explained",
    "explainer_of",
    "proofs_of_rows",
]

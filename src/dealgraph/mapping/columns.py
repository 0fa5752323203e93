"""The columns of a mapping file, in SSSOM's own order, and the field of a mapping that each holds."""

from __future__ import annotations

from typing import Final

FIELDS: Final = {
    "subject_id": "subject",
    "subject_label": "subject_label",
    "predicate_id": "predicate",
    "predicate_modifier": "negated",
    "object_id": "object",
    "object_label": "object_label",
    "mapping_justification": "justification",
    "author_label": "author",
    "object_source": "object_source",
    "mapping_cardinality": "cardinality",
    "mapping_tool": "tool",
    "mapping_date": "date",
    "confidence": "confidence",
    "comment": "comment",
}
COLUMNS: Final = tuple(FIELDS)
REQUIRED: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")
IRIS: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification", "object_source")
NEGATED: Final = "Not"
NONE: Final = "1:0"
CARDINALITIES: Final = ("", "1:1", "1:n", "n:1", "n:n", NONE)
EXTENSION: Final = ".sssom.tsv"

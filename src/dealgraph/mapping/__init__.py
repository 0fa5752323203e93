"""Mappings: judgements on whether a thing of ours is an entity of an outside dataset.

`load` and `read` give the sets of `graph/mappings/*.sssom.tsv`, `write` puts one back in its one form, and
`schemes` knows the identifiers of the outside world and how to tell a wrong one.
"""

from dealgraph.mapping.model import (
    BROAD,
    CLOSE,
    CURATED,
    EXACT,
    NARROW,
    NO_TERM_FOUND,
    RELATED,
    SEVERAL,
    UNDECIDED,
    Judgement,
    Mapping,
    MappingSet,
    new_set,
    undecided,
)
from dealgraph.mapping.reading import load, mapping_files, read
from dealgraph.mapping.schemes import (
    BY_NAME,
    SCHEMES,
    Scheme,
    check_identifier,
    epoch_identifier,
    epoch_name,
    scheme_of,
)
from dealgraph.mapping.writing import to_text, write

__all__ = [
    "BROAD",
    "BY_NAME",
    "CLOSE",
    "CURATED",
    "EXACT",
    "NARROW",
    "NO_TERM_FOUND",
    "RELATED",
    "SCHEMES",
    "SEVERAL",
    "UNDECIDED",
    "Judgement",
    "Mapping",
    "MappingSet",
    "Scheme",
    "check_identifier",
    "epoch_identifier",
    "epoch_name",
    "load",
    "mapping_files",
    "new_set",
    "read",
    "scheme_of",
    "to_text",
    "undecided",
    "write",
]

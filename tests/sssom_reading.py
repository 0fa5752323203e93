"""Read a mapping file with the sssom library, validate it, and print what it says as JSON.

Run by an interpreter that has the library: `.venv-sssom/bin/python tests/sssom_reading.py FILE`. The library
leaves out a row that it cannot read and goes on; so what it prints is compared with what the project reads.
"""

from __future__ import annotations

import json
import sys

from sssom.parsers import parse_sssom_table, to_mapping_set_document  # type: ignore[import-not-found]
from sssom.validators import validate  # type: ignore[import-not-found]


def main(path: str) -> None:
    table = parse_sssom_table(path)
    validate(table, fail_on_error=True)
    mapping_set = to_mapping_set_document(table).mapping_set
    rows = [
        (
            str(row.subject_id),
            str(row.predicate_id),
            str(row.predicate_modifier or ""),
            str(row.object_id),
            str(row.object_source or ""),
            str(row.mapping_justification),
            str(row.mapping_date or ""),
            None if row.confidence is None else float(row.confidence),
            str(row.comment or ""),
        )
        for row in mapping_set.mappings
    ]
    print(json.dumps({"license": str(mapping_set.license), "prefixes": dict(table.prefix_map), "rows": rows}))


if __name__ == "__main__":
    main(sys.argv[1])

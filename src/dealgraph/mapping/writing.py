"""Write a mapping file in its one form: all columns, rows sorted, no prefix that is not used."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Mapping as Table
from pathlib import Path

from dealgraph.errors import MappingRow, NoLicence, UnknownPrefix
from dealgraph.mapping.columns import COLUMNS
from dealgraph.mapping.model import MappingSet
from dealgraph.mapping.rows import write_row
from dealgraph.mapping.schemes import PREFIXES as OUTSIDE
from dealgraph.terms import PREFIXES
from dealgraph.turtle.document import write_text


def write(path: Path, mapping_set: MappingSet) -> None:
    """Replace a mapping file by a set, whole or not at all; reach for it after every change to a set.

    The same set gives the same bytes. Raises what `to_text` raises, before anything is written, and
    `Unreadable` where the file cannot be written; the earlier file is then as it was.
    """
    write_text(path, to_text(mapping_set, str(path)))


def to_text(mapping_set: MappingSet, name: str = "mappings") -> str:
    """Return a mapping set as the text of its file; `name` is what messages call it.

    Raises `NoLicence`, `UnknownPrefix` for an IRI in no known namespace, and `MappingRow` for a mapping that
    says two things at once, stands twice, or has a text that could not be read again.
    """
    if not mapping_set.licence:
        raise NoLicence("the set names no licence", where=name, fix="Give it the metadata `license`")
    namer = _Namer(PREFIXES | OUTSIDE | dict(mapping_set.prefixes), name)
    ordered = sorted(mapping_set.mappings)
    for earlier, later in itertools.pairwise(ordered):
        if earlier == later:
            raise MappingRow(f"{later.subject} {later.object} stands twice", where=name, fix="Give it once")
    rows = [write_row(mapping, namer.curie, name) for mapping in ordered]
    table = io.StringIO()
    writer = csv.writer(table, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return _head(mapping_set.metadata, namer.used) + table.getvalue()


class _Namer:
    """Makes CURIEs and remembers which prefixes they needed."""

    def __init__(self, prefixes: Table[str, str], where: str) -> None:
        self._longest_first = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._where = where
        self.used: dict[str, str] = {}

    def curie(self, full: str) -> str:
        """Return `prefix:rest` for an IRI."""
        for prefix, namespace in self._longest_first:
            if full.startswith(namespace) and full != namespace:
                self.used[prefix] = namespace
                return f"{prefix}:{full[len(namespace) :]}"
        raise UnknownPrefix(
            f"no prefix is known for <{full}>", where=self._where, fix="Give the set one in its prefixes"
        )


def _head(metadata: Table[str, str | tuple[str, ...]], prefixes: Table[str, str]) -> str:
    import yaml

    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in metadata.items()}
    whole = {**plain, "curie_map": dict(prefixes)}
    text = yaml.safe_dump(whole, sort_keys=True, allow_unicode=True, width=10_000)
    return "".join(f"# {line}\n" for line in text.splitlines())

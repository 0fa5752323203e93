"""Read a mapping file: SSSOM in its TSV form, metadata in comment lines at its head."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping as Table
from pathlib import Path
from typing import Final

from dealgraph.errors import MappingHeader, MappingRow, NoLicence
from dealgraph.mapping.columns import COLUMNS, EXTENSION, REQUIRED
from dealgraph.mapping.model import Mapping, MappingSet
from dealgraph.mapping.rows import read_row
from dealgraph.settings import Project
from dealgraph.turtle.document import read_text

Metadata = dict[str, str | tuple[str, ...]]


def load(project: Project) -> tuple[MappingSet, ...]:
    """Read all mapping files of a project, in the order of their names; raises what `read` raises."""
    return tuple(read(path, project.shown(path)) for path in mapping_files(project))


def mapping_files(project: Project) -> tuple[Path, ...]:
    """Return the mapping files of a project, sorted."""
    return tuple(sorted((project.graph / "mappings").glob(f"*{EXTENSION}")))


def read(path: Path, name: str = "") -> MappingSet:
    """Read a mapping file; reach for it wherever judgements on outside entities enter the program.

    `name` is what messages call the file (none: its path). Columns may stand in any order, and those that
    SSSOM does not require may be left out. Raises `Unreadable` for a file that is missing or not UTF-8,
    `MappingHeader` for metadata or columns that are wrong, `NoLicence`, `UnknownPrefix`, and `MappingRow`.
    """
    name = name or str(path)
    text = read_text(path)
    lines = text.split("\n")
    head = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    metadata, prefixes = _metadata(lines[:head], name)
    if not metadata.get("license"):
        raise NoLicence(
            "no licence is named", where=f"{name}:1", fix="Write: # license: and the address of the licence"
        )
    columns = _columns(lines[head] if head < len(lines) else "", f"{name}:{head + 1}")
    places: dict[Mapping, str] = {}
    for number, line in enumerate(lines[head + 1 :], head + 2):
        if not line and number == len(lines):
            break
        where = f"{name}:{number}"
        mapping = read_row(_cells(line.removesuffix("\r"), columns, where), prefixes, where)
        if mapping in places:
            raise MappingRow(f"the same as {places[mapping]}", where=where, fix="Remove one of the two")
        places[mapping] = where
    return MappingSet(metadata, tuple(places), prefixes, tuple(places.values()))


def _metadata(lines: list[str], name: str) -> tuple[Metadata, dict[str, str]]:
    import yaml

    # `#key: value` and `# key: value` are both in use; one space after # is no indentation of YAML.
    spaced = all(line.startswith("# ") or line.strip() == "#" for line in lines)
    text = "\n".join(line[2 if spaced else 1 :] for line in lines)
    try:
        found = yaml.load(text, yaml.BaseLoader) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _wrong_head(
            f"the metadata are not YAML ({getattr(error, 'problem', error)})", f"{name}:{line}"
        ) from None
    if not isinstance(found, dict):
        raise _wrong_head("the metadata are no list of keys and values", f"{name}:1")
    prefixes = found.pop("curie_map", {}) or {}
    if not isinstance(prefixes, dict) or not all(isinstance(v, str) and v for v in prefixes.values()):
        raise _wrong_head(
            "curie_map is no list of prefixes and namespaces", f"{name}:{_line(lines, 'curie_map')}"
        )
    return {key: _value(key, value, lines, name) for key, value in found.items()}, prefixes


def _value(key: str, value: object, lines: list[str], name: str) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise _wrong_head(
        f"the value of {key} is neither text nor a list of texts", f"{name}:{_line(lines, key)}"
    )


def _line(lines: list[str], key: str) -> int:
    return next((i for i, line in enumerate(lines, 1) if re.match(rf"#\s*{re.escape(key)}\s*:", line)), 1)


_FIRST: Final = f"The columns are {' '.join(COLUMNS)}, with tabs between them"


def _columns(line: str, where: str) -> tuple[str, ...]:
    columns = tuple(line.removesuffix("\r").split("\t"))
    if unknown := [column for column in columns if column not in COLUMNS]:
        raise MappingHeader(f"the header has {', '.join(map(repr, unknown))}", where=where, fix=_FIRST)
    if missing := [column for column in REQUIRED if column not in columns]:
        raise MappingHeader(f"the header lacks {', '.join(missing)}", where=where, fix=_FIRST)
    if len(set(columns)) < len(columns):
        raise MappingHeader("the header has a column twice", where=where, fix=_FIRST)
    return columns


def _cells(line: str, columns: tuple[str, ...], where: str) -> Table[str, str]:
    try:
        cells = next(csv.reader([line], delimiter="\t", strict=True), [])
    except csv.Error as error:
        raise MappingRow(
            f"the quotes do not close ({error})",
            where=where,
            fix='Write a cell with quotes as "so ""quoted"" it"',
        ) from None
    if len(cells) != len(columns):
        raise MappingRow(
            f"the row has {len(cells)} cells, the header {len(columns)}",
            where=where,
            fix="Write one cell a column, with tabs between them",
        )
    return dict(zip(columns, cells, strict=True))


def _wrong_head(message: str, where: str) -> MappingHeader:
    return MappingHeader(message, where=where, fix="Write: # key: value, in the form of SSSOM")

"""One row of a mapping file: cells to a mapping, a mapping to cells, and what no row may say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table
from decimal import Decimal, InvalidOperation
from typing import Final

from dealgraph.errors import MappingRow, UnknownPrefix
from dealgraph.mapping.columns import CARDINALITIES, COLUMNS, FIELDS, IRIS, NEGATED, NONE, REQUIRED
from dealgraph.mapping.model import NO_TERM_FOUND, PREDICATES, UNDECIDED, Mapping
from dealgraph.terms import compact, iri

_PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
# What RFC 3986 allows in a path, query or fragment. The sssom library passes over a row with others.
_CHARACTER: Final = r"(?:[A-Za-z0-9!$&'()*+,\-./:;=?@_~]|%[0-9A-Fa-f]{2})"
_LOCAL: Final = re.compile(rf"(?:{_CHARACTER}+#?|#){_CHARACTER}*")
_JUSTIFICATIONS: Final = iri("semapv:")
# Everything that a reader of lines or of columns could take for the end of a cell, and lone surrogates.
_NO_TEXT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def read_row(cells: Table[str, str], prefixes: Table[str, str], where: str) -> Mapping:
    """Return the mapping that the cells of a row make, by column; `where` is its file and line.

    Raises `UnknownPrefix` for a CURIE that `prefixes` does not explain, `MappingRow` for any other value
    that may not stand in its column.
    """
    for column in REQUIRED:
        if not cells.get(column):
            raise MappingRow(f"{column} is empty", where=where, fix="Fill the cell in")
    values: dict[str, object] = {
        FIELDS[column]: _READERS.get(column, _text)(column, cell, where)
        for column, cell in cells.items()
        if column not in IRIS
    }
    values |= {FIELDS[c]: _full(c, cells[c], prefixes, where) for c in IRIS if cells.get(c)}
    mapping = Mapping(**values)  # type: ignore[arg-type]  # the readers give each field its type
    ensure_sound(mapping, where)
    return mapping


def write_row(mapping: Mapping, shorten: Callable[[str], str], where: str) -> tuple[str, ...]:
    """Return the cells of a mapping in the order of `COLUMNS`; `shorten` makes a CURIE of an IRI.

    Raises `MappingRow` for what could not be read again as it was.
    """
    ensure_sound(mapping, where)
    cells = {column: _cell(column, mapping, shorten) for column in COLUMNS}
    for column, cell in cells.items():
        _text(column, cell, where)
        if column in IRIS and cell:
            ensure_curie(column, cell, where)
    return tuple(cells.values())


def ensure_sound(mapping: Mapping, where: str) -> None:
    """Raise `MappingRow` for a mapping whose fields contradict each other."""
    for message, fix in (*_problems(mapping), *_problems_of_what_was_found(mapping)):
        raise MappingRow(message, where=where, fix=fix)


def _problems(mapping: Mapping) -> Iterator[tuple[str, str]]:
    confidence = mapping.confidence
    if mapping.predicate not in PREDICATES:
        named = ", ".join(compact(predicate) for predicate in PREDICATES)
        yield f"{compact(mapping.predicate)} is no mapping predicate", f"Take one of {named}"
    if not mapping.justification.startswith(_JUSTIFICATIONS):
        yield "the justification is none of semapv", "Write semapv:ManualMappingCuration, for example"
    if confidence is not None and not (confidence.is_finite() and 0 <= confidence <= 1):
        yield f"the confidence {confidence} is not from 0 to 1", "Write 0.9, for example, or nothing"
    if mapping.predicate == UNDECIDED and (mapping.negated or confidence != 0):
        yield "it is undecided, and yet negated or sure", "Leave the modifier out; the confidence is 0"


def _problems_of_what_was_found(mapping: Mapping) -> Iterator[tuple[str, str]]:
    not_found = mapping.object == NO_TERM_FOUND
    if not_found and mapping.negated:
        yield "nothing was found, and that is negated", "Leave the modifier out"
    if not_found and not mapping.object_source:
        yield "nothing was found, and nothing says where", "Name the scheme in object_source"
    if mapping.cardinality not in CARDINALITIES:
        yield f"'{mapping.cardinality}' is no cardinality", f"Take one of {' '.join(CARDINALITIES)}"
    if mapping.cardinality and not_found != (mapping.cardinality == NONE):
        yield "the cardinality does not fit what was found", f"{NONE} is for nothing found, and only for it"


def ensure_curie(column: str, cell: str, where: str) -> tuple[str, str]:
    """Return prefix and local part of a CURIE; raises `MappingRow` for a text that is none."""
    prefix, _, local = cell.partition(":")
    if not _PREFIX.fullmatch(prefix) or not _LOCAL.fullmatch(local):
        raise MappingRow(
            f"{column} '{cell}' is no CURIE",
            where=where,
            fix="Write prefix:name, such as wd:Q42; percent-encode other signs",
        )
    return prefix, local


def _full(column: str, curie: str, prefixes: Table[str, str], where: str) -> str:
    prefix, local = ensure_curie(column, curie, where)
    if prefix not in prefixes:
        raise UnknownPrefix(
            f"the prefix {prefix}: is not declared",
            where=where,
            fix="Add it to curie_map at the head of the file",
        )
    return prefixes[prefix] + local


def _text(column: str, cell: str, where: str) -> str:
    if hit := _NO_TEXT.search(cell):
        raise MappingRow(
            f"{column} has the control character U+{ord(hit[0]):04X}",
            where=where,
            fix="Write it as one line of plain text, without tabs and line breaks",
        )
    return cell


def _negated(_column: str, cell: str, where: str) -> bool:
    if cell not in {"", NEGATED}:
        raise MappingRow(f"'{cell}' is no modifier", where=where, fix=f"Write {NEGATED} or nothing")
    return cell == NEGATED


def _confidence(_column: str, cell: str, where: str) -> Decimal | None:
    try:
        return Decimal(cell) if cell else None
    except InvalidOperation:
        raise MappingRow(
            f"the confidence '{cell}' is no number", where=where, fix="Write 0.9, for example"
        ) from None


def _date(_column: str, cell: str, where: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(cell) if cell else None
    except ValueError:
        raise MappingRow(f"'{cell}' is no date", where=where, fix="Write 2026-11-25, for example") from None


_READERS: Final[Table[str, Callable[[str, str, str], object]]] = {
    "confidence": _confidence,
    "mapping_date": _date,
    "predicate_modifier": _negated,
}


def _cell(column: str, mapping: Mapping, shorten: Callable[[str], str]) -> str:
    value = getattr(mapping, FIELDS[column])
    if column in IRIS:
        return shorten(value) if value else ""
    if isinstance(value, bool):
        return NEGATED if value else ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)

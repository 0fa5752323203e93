"""Read the records of a file, whatever its format, each with its line; what is odd is named, not mended."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dealgraph.errors import DatasetProblem, Unreadable
from dealgraph.link.description import Description

LONGEST: Final = 100_000
"""The most characters that one value may have: more is a sign of a quote that was never closed."""


@dataclass(frozen=True)
class Record:
    """One record: its values by column, or nested as JSON, and the file and line on which it begins."""

    where: str
    values: Mapping[str, object]

    def get(self, path: str) -> tuple[str, ...]:
        """Return the values at a path: a column, or `a.b` into nested records; lists are gone through."""
        if path in self.values:
            return tuple(_texts(self.values[path]))
        found: Iterable[object] = [self.values]
        for step in path.split("."):
            found = [value for each in found for value in _step(each, step)]
        return tuple(text for each in found for text in _texts(each))


def read_records(description: Description, folder: Path) -> Iterator[Record]:
    """Read the records of a described file, in its order, before any filter.

    `folder` holds the data. Raises `DatasetProblem` with file and line for an empty file, a column that is
    gone, a row that does not fit its header, another encoding than UTF-8 or a value of more than `LONGEST`
    characters; `Unreadable` if the file is not there.
    """
    path = folder / description.file
    text = _text(path, description.file)
    if not text.strip():
        raise _problem(description, 1, "the file is empty", "Fetch the data again")
    yield from _READERS[description.format](description, path, text)


def require(description: Description, known: Iterable[str], line: int) -> None:
    """Raise `DatasetProblem` if a column, or the first step of a path, that the description reads is gone."""
    present = tuple(known)
    for path in description.paths():
        if path not in present and path.split(".")[0] not in present:
            near = ", ".join(present[:40])
            message = f"has no column '{path}'; it has: {near}"
            raise _problem(description, line, message, f"Bring {description.shown} up to date")


def _text(path: Path, name: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        fix = "Name the folder of the data by --data or DEALGRAPH_DATA"
        raise Unreadable(f"cannot be read ({error.strerror})", where=str(path), fix=fix) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8: byte {data[error.start]:#04x} cannot be read"
        raise DatasetProblem(message, where=f"{name}:{line}", fix="Save the file in UTF-8") from None


def _problem(description: Description, line: int, message: str, fix: str) -> DatasetProblem:
    return DatasetProblem(message, where=f"{description.file}:{line}", fix=fix)


def _delimited(description: Description, path: Path, text: str) -> Iterator[Record]:
    del path
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter="\t" if description.format == "tsv" else ",", strict=True
    )
    if description.format == "tsv":
        rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    header: Sequence[str] = description.columns
    line = 1
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise _problem(
                description, line, f"cannot be read as a table ({error})", "Put the row right"
            ) from None
        if row is None:
            return
        if not header:
            header = _header(description, row)
        elif row:
            yield Record(f"{description.file}:{line}", _cells(description, header, row, line))
        line = rows.line_num + 1


def _header(description: Description, row: Sequence[str]) -> Sequence[str]:
    named = [name for name in row if name]
    for name in named:
        if named.count(name) > 1:
            raise _problem(description, 1, f"has two columns '{name}'", "Rename one")
    require(description, named, 1)
    return row


def _cells(
    description: Description, header: Sequence[str], row: Sequence[str], line: int
) -> dict[str, object]:
    if len(row) != len(header):
        message = f"has {len(row)} values, the header {len(header)}"
        raise _problem(description, line, message, "Put the row right")
    return dict(_short(description, dict(zip(header, row, strict=True)), line))


def _short(description: Description, values: Mapping[str, object], line: int) -> Mapping[str, object]:
    for column, value in values.items():
        if isinstance(value, str) and len(value) > LONGEST:
            message = f"'{column}' has {len(value)} characters"
            raise _problem(
                description, line, message, f"Look for a quote that is not closed; {LONGEST} are allowed"
            )
    return values


def _json_lines(description: Description, path: Path, text: str) -> Iterator[Record]:
    del path
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    yield from _nested(description, ((n, _parsed(description, line, n)) for n, line in lines))


def _json(description: Description, path: Path, text: str) -> Iterator[Record]:
    del path
    data = _parsed(description, text, 1)
    found = next((v for v in data.values() if isinstance(v, list)), None) if isinstance(data, dict) else data
    if found is None and isinstance(data, dict):
        found = list(data.values())
    if not isinstance(found, list):
        raise _problem(description, 1, "is not a list of records", "Fetch the data again")
    yield from _nested(description, ((number, record) for number, record in enumerate(found, 1)))


def _nested(description: Description, numbered: Iterable[tuple[int, object]]) -> Iterator[Record]:
    """JSON records leave out what is empty, so a key counts as gone only if no record has it."""
    records: list[Record] = []
    keys: dict[str, None] = {}
    for line, value in numbered:
        if not isinstance(value, dict):
            raise _problem(description, line, "is not a record", "Fetch the data again")
        keys |= dict.fromkeys(value)
        records.append(Record(f"{description.file}:{line}", _short(description, value, line)))
    require(description, keys, 1)
    yield from records


def _parsed(description: Description, text: str, line: int) -> object:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        at = line + (error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0)
        raise _problem(description, at, f"is not JSON ({error})", "Fetch the data again") from None


def _rdf(description: Description, path: Path, text: str) -> Iterator[Record]:
    from dealgraph.link.graphs import rdf_rows

    for number, row in enumerate(rdf_rows(description, path, text), 1):
        if number == 1:
            require(description, row, 1)
        yield Record(f"{description.file}#{number}", row)


_READERS: Final = {"csv": _delimited, "tsv": _delimited, "json": _json, "jsonl": _json_lines, "rdf": _rdf}


def _step(value: object, step: str) -> Iterator[object]:
    if isinstance(value, list):
        for each in value:
            yield from _step(each, step)
    elif isinstance(value, Mapping) and step in value:
        yield value[step]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, str | int | float):
        text = str(value).strip()
        if text:
            yield text

"""The records of an outside dataset that are about things of ours, each with its key, its date, its place."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dealgraph.enrich.outside import Outside, Table
from dealgraph.enrich.statement import At
from dealgraph.errors import DatasetProblem, WrongUsage
from dealgraph.link.dataset import filled
from dealgraph.link.description import Description, Field, holes, path_in
from dealgraph.link.tables import Record, read_records
from dealgraph.mapping import Judgement, MappingSet

Known = Mapping[str, str]
"""From the IRI of an outside entity to the thing of ours that an exact match says it is."""


@dataclass(frozen=True)
class Linked:
    """One record about a thing of ours. `key` names it among the records of its table."""

    thing: str
    table: Table
    record: Record
    key: str
    date: dt.date | None

    def text(self, column: str) -> str:
        """Return what stands in a column, as it stands; several values of a JSON record on a line each."""
        value = self.record.values.get(column)
        return value if isinstance(value, str) else "\n".join(self.record.get(column))

    def cell(self, column: str) -> At:
        """Return the place of a column of this record."""
        digest = hashlib.sha256(self.text(column).encode()).hexdigest()
        return At(self.table.files[0], self.key, column, digest)

    def problem(self, column: str, message: str, fix: str) -> DatasetProblem:
        """Return the error for a value that cannot be used."""
        return DatasetProblem(
            f"{column} '{self.text(column)[:60]}' {message}", where=self.record.where, fix=fix
        )


def matched(sets: Iterable[MappingSet]) -> Known:
    """Return the things of ours by the outside entities they are: exact matches, nothing weaker."""
    rows = (row for each in sets for row in each.mappings if row.judgement is Judgement.MATCH)
    return {row.object: row.subject for row in rows}


def linked(outside: Outside, known: Known, folder: Path) -> tuple[Linked, ...]:
    """Read the tables of a dataset and keep the records about things of ours, in the order of the files.

    Raises what `read_records` raises, `DatasetProblem` for two records of one key or a date that is none of
    the table's forms, and `WrongUsage` if no record is about any thing of ours.
    """
    found = [one for table in outside.tables for one in _of_table(outside, table, known, folder)]
    if not found:
        raise WrongUsage(
            "no record is about a thing of this project",
            where=outside.shown,
            fix="Link things first: dealgraph link; only exact matches in graph/mappings count",
        )
    return tuple(found)


def unseen(outside: Outside, known: Known, records: Iterable[Linked]) -> tuple[tuple[str, str], ...]:
    """Return the entities and things that mappings match with this dataset and that no record is about."""
    starts = tuple({table.thing.partition("{")[0] for table in outside.tables} - {""})
    pairs = (
        {(entity, thing) for entity, thing in known.items() if entity.startswith(starts)} if starts else set()
    )
    seen = {record.thing for record in records}
    return tuple(sorted(pair for pair in pairs if pair[1] not in seen))


def columns_of(table: Table) -> tuple[str, ...]:
    """Return every column that the claims of a table read."""
    found = [path_in(hole) for hole in holes(table.thing)] + [*table.key]
    for column in table.columns:
        found += [column.column, column.above, column.stance.column, column.realis.column]
        found += [path_in(hole) for hole in holes(column.form.thing)]
    found += [table.dates.column] if table.dates else []
    return tuple(dict.fromkeys(filter(None, found)))


def _of_table(outside: Outside, table: Table, known: Known, folder: Path) -> Iterator[Linked]:
    described = _described(outside, table, folder)
    first: dict[str, str] = {}
    for record in read_records(described, folder):
        thing = next((known[entity] for entity in filled(table.thing, record) if entity in known), None)
        if thing is None:
            continue
        key = ", ".join(" ".join(record.get(column)) for column in table.key)
        one = Linked(thing, table, record, key, _date(table, record))
        if key in first:
            raise DatasetProblem(
                f"the record '{key}' stands here and at {first[key]}",
                where=record.where,
                fix="Keep one of them",
            )
        first[key] = record.where
        yield one


def _described(outside: Outside, table: Table, folder: Path) -> Description:
    """The table as the reader of files wants it described."""
    name = next((name for name in table.files if (folder / name).is_file()), table.files[0])
    return Description(
        name=table.name,
        path=outside.path,
        title=outside.title,
        format=table.format,
        licence=outside.licence,
        source=outside.source,
        retrieved=dt.date.min,
        file=name,
        fields={"label": Field(columns_of(table))},
        shown=outside.shown,
    )


def _date(table: Table, record: Record) -> dt.date | None:
    if table.dates is None:
        return None
    text = " ".join(record.get(table.dates.column))
    for form in table.dates.forms:
        if day := parsed(text, form):
            return day
    message = f"{table.dates.column} '{text}' is no date of the form {' or '.join(table.dates.forms)}"
    raise DatasetProblem(message, where=record.where, fix="Put the date right, or add its form")


def parsed(text: str, form: str) -> dt.date | None:
    """Return the day that a text gives in a form of `strptime`, or nothing."""
    try:
        return dt.datetime.strptime(text, form).date()
    except ValueError:
        return None

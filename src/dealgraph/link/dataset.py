"""A local data set as entities: described records, filtered, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dealgraph.errors import DatasetProblem
from dealgraph.link.description import Description, Field, holes, path_in
from dealgraph.link.entity import Entity, Identifier, Place, merged
from dealgraph.link.forms import FORMS
from dealgraph.link.tables import Record, read_records
from dealgraph.mapping import scheme_of

_YEAR: Final = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_MOST_NAMES: Final = 200


@dataclass(frozen=True)
class Dataset:
    """All entities of a described source, in the order of its file; `notices` tell what was left out."""

    description: Description
    entities: tuple[Entity, ...]
    notices: tuple[str, ...] = ()


def load_dataset(description: Description, folder: Path) -> Dataset:
    """Read a described file as entities; reach for it to link or to compare with a local data set.

    Raises what `read_records` raises, and `DatasetProblem` for two records of one id (unless the
    description merges them or leaves them out), a record without id, or a file of which no record is left.
    """
    found: dict[str, Entity] = {}
    several: dict[str, None] = {}
    for record in chosen(description, read_records(description, folder)):
        entity = entity_of(description, record)
        before = found.get(entity.iri)
        if before and description.same_id == "refuse":
            message = f"{entity.iri} stands here and at {before.where}"
            fix = "Keep one, or write same_id: merge or same_id: omit in the description"
            raise DatasetProblem(message, where=record.where, fix=fix)
        if before and description.same_id == "omit":
            several[entity.iri] = None
        found[entity.iri] = merged(before, entity) if before else entity
    kept = tuple(entity for iri, entity in found.items() if iri not in several)
    if not kept:
        message = "no record is left after the filters"
        fix = f"See only and except in {description.shown}"
        raise DatasetProblem(message, where=f"{description.file}:1", fix=fix)
    left_out = tuple(
        f"{found[iri].where}: left out, for others have its id: {found[iri].label}" for iri in several
    )
    return Dataset(description, kept, left_out)


def chosen(description: Description, records: Iterable[Record]) -> Iterator[Record]:
    """Leave out the records that the description's `only` and `except` leave out."""
    for record in records:
        kept = all(set(record.get(path)) & set(values) for path, values in description.only.items())
        if kept and not any(set(record.get(path)) & set(values) for path, values in description.skip.items()):
            yield record


def entity_of(description: Description, record: Record) -> Entity:
    """Turn one record into an entity as its description says."""
    fields = {name: tuple(values_of(field, record)) for name, field in description.fields.items()}
    labels = fields.get("label", ())
    iris = filled(description.iri, record)
    if not labels or len(iris) != 1:
        lack = "label" if not labels else "id" if not iris else "single id"
        raise DatasetProblem(
            f"the record has no {lack}", where=record.where, fix="Put it right, or leave it out"
        )
    identifiers = [iris[0], *(i for pattern in description.identifiers for i in filled(pattern, record))]
    return Entity(
        iri=iris[0],
        labels=labels[:1],
        aliases=(*labels[1:], *fields.get("aliases", ()))[:_MOST_NAMES],
        former=fields.get("former", ())[:_MOST_NAMES],
        kinds=frozenset(_kinds(description, record)),
        places=tuple(_places(description, record)),
        years=tuple(years_in(fields.get("years", ()))),
        owners=fields.get("owners", ()),
        identifiers=tuple(dict.fromkeys(identified(iri) for iri in identifiers)),
        where=record.where,
    )


def identified(iri: str) -> Identifier:
    """Return an IRI as an identifier of its scheme; one of no known scheme is its own namespace's."""
    scheme = scheme_of(iri)
    return Identifier(scheme.name if scheme else re.split(r"[^/#]*$", iri)[0], iri)


def values_of(field: Field, record: Record) -> Iterator[str]:
    """Return the values of one field of a record, split and matched as the description says."""
    for text in (text for path in field.paths for text in record.get(path)):
        for part in text.split(field.split) if field.split else (text,):
            found = field.match.search(part) if field.match else None
            kept = (found[1] if found.re.groups else found[0]) if found else "" if field.match else part
            if kept and kept.strip():
                yield " ".join(kept.split())


def filled(pattern: str, record: Record) -> tuple[str, ...]:
    """Fill the hole of a pattern with each value at its path; several holes take the first of theirs."""
    found = holes(pattern)
    if len(found) == 1:
        return tuple(_put(pattern, found[0], value) for value in record.get(path_in(found[0])))
    for hole in found:
        values = record.get(path_in(hole))
        if not values:
            return ()
        pattern = _put(pattern, hole, values[0])
    return (pattern,) if found else ()


def _put(pattern: str, hole: str, value: str) -> str:
    return pattern.replace(f"{{{hole}}}", FORMS[hole.rpartition("|")[2] if "|" in hole else ""](value))


def years_in(texts: Iterable[str]) -> Iterator[int]:
    """Find the years that some texts name, each once."""
    yield from dict.fromkeys(int(year) for text in texts for year in _YEAR.findall(text))


def _kinds(description: Description, record: Record) -> Iterator[str]:
    kinds = description.kinds
    told = record.get(kinds.path) if kinds.path else ()
    known = [kinds.table[value] for value in told if value in kinds.table]
    yield from known or ([kinds.fixed] if kinds.fixed else [])


def _places(description: Description, record: Record) -> Iterator[Place]:
    """The first city with the first country, the second with the second: lists run side by side."""
    parts = {name: list(values_of(field, record)) for name, field in description.place.items()}
    for number in range(max((len(values) for values in parts.values()), default=0)):
        said = {name: values[min(number, len(values) - 1)] for name, values in parts.items() if values}
        yield Place(**said)

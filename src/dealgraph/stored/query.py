"""A stored query, once read, and the ways to get one: from a text, from a folder, by its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dealgraph.errors import AmbiguousName, StoredQueryDefect, UnknownName, Unreadable
from dealgraph.stored import text as texts
from dealgraph.stored.header import Header, ParameterEntry, read
from dealgraph.stored.lint import faults
from dealgraph.stored.services import services


@dataclass(frozen=True)
class Parameter:
    """One parameter: `type` is iri, string, date, integer, decimal or enum, `line` that of its row.

    An `optional` one may be left open (`UNDEF`); any other always has its default. `values` lists what
    an enum allows, as plain strings.
    """

    name: str
    type: str
    label: str
    label_fr: str
    optional: bool
    values: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class StoredQuery:
    """One `.rq` file, read: `name` is `topic/stem`, `form` is SELECT, ASK or CONSTRUCT.

    `endpoints` are the servers that a federated query asks, by their IRIs.
    """

    name: str
    topic: str
    path: Path
    summary: str
    summary_fr: str
    description: str
    description_fr: str
    tags: tuple[str, ...]
    params: tuple[Parameter, ...]
    text: str
    form: str
    endpoints: tuple[str, ...] = ()


FEDERATED: Final = "federated"
"""The topic of the stored queries that ask other servers too."""


def load_all(folder: Path, topics: Iterable[str] = ("**",)) -> tuple[StoredQuery, ...]:
    """Read every stored query below a folder of topics, or those of some topics, in the order of their names.

    Paths are kept from the folder's own name on, as messages show them. Raises `StoredQueryDefect` for
    the first defect, `Unreadable` for a file that is not text in UTF-8.
    """
    paths = (path for topic in topics for path in folder.glob(f"{topic}/*.rq"))
    found = (parse(_text(path), path.relative_to(folder.parent)) for path in paths)
    return tuple(sorted(found, key=lambda query: query.name))


def load_one(folder: Path, name: str) -> StoredQuery:
    """Read one stored query by `topic/stem` or by its stem, and no other file; raises what `named` does."""
    stem = name.rpartition("/")[2]
    candidates = (path for path in folder.rglob("*.rq") if path.stem == stem)
    return named((parse(_text(path), path.relative_to(folder.parent)) for path in candidates), name)


def parse(text: str, path: Path) -> StoredQuery:
    """Read one stored query; `path` gives its topic and name.

    Raises `StoredQueryDefect` for its first defect; `defects` lists them all.
    """
    header = read(text)
    for defect in _defects(text, path, header):
        raise defect
    masked = texts.mask(text)
    lines = {row.name: row.line for row in texts.rows(masked)}
    return StoredQuery(
        name=f"{path.parent.name}/{path.stem}",
        topic=path.parent.name,
        path=path,
        summary=header.texts["summary"],
        summary_fr=header.texts["summary_fr"],
        description=header.texts.get("description", ""),
        description_fr=header.texts.get("description_fr", ""),
        tags=header.tags,
        params=tuple(_parameter(entry, lines[entry.name]) for entry in header.params),
        text=text,
        form=texts.form(masked),
        endpoints=tuple(dict.fromkeys(service.endpoint for service in services(text))),
    )


def defects(text: str, path: Path) -> tuple[StoredQueryDefect, ...]:
    """List all that is wrong with the text of a stored query, from its first line to its last."""
    return _defects(text, path, read(text))


def named(queries: Iterable[StoredQuery], name: str) -> StoredQuery:
    """Find a query by `topic/stem`, or by its stem alone where only one has it.

    Raises `UnknownName` or `AmbiguousName`.
    """
    known = {query.name: query for query in queries}
    found = [name] if name in known else [full for full in known if full.rpartition("/")[2] == name]
    if len(found) > 1:
        raise AmbiguousName(f"{len(found)} queries are called '{name}'", fix=f"Say which: {', '.join(found)}")
    if not found:
        raise UnknownName(f"no stored query is called '{name}'", fix="See: dealgraph queries")
    return known[found[0]]


def _defects(text: str, path: Path, header: Header) -> tuple[StoredQueryDefect, ...]:
    return tuple(
        StoredQueryDefect(fault.message, where=f"{path.as_posix()}:{fault.line}", fix=fault.fix)
        for fault in faults(text, header, federated=path.parent.name == FEDERATED)
    )


def _parameter(entry: ParameterEntry, line: int) -> Parameter:
    return Parameter(entry.name, entry.type, entry.label, entry.label_fr, entry.optional, entry.values, line)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"cannot be read ({error})", where=str(path)) from None

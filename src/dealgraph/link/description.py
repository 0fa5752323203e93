"""The description of a source: where its records are, how they are read, and under which licence.

A small YAML file in `graph/external/descriptions/`. The data themselves stay outside the project, in a
folder that the user names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dealgraph.errors import DescriptionDefect, NoLicence, UnknownName, Unreadable
from dealgraph.link.entity import KINDS
from dealgraph.link.forms import FORMS
from dealgraph.link.marked import Marked, read_marked
from dealgraph.settings import Project, built_in_root

FILE_FORMATS: Final = ("csv", "tsv", "json", "jsonl", "rdf")
SERVICE_FORMATS: Final = ("reconciliation", "sparql")
FOLDER: Final = Path("external", "descriptions")
SAME_ID: Final = ("refuse", "merge", "omit")
PLACE_PARTS: Final = ("city", "region", "country", "text")

_NAMED_FIELDS: Final = ("label", "aliases", "former", "years", "owners")
_KEYS: Final = (
    *("title", "title_fr", "format", "file", "address", "query", "batch", "types", "properties", "iri"),
    *("licence", "source", "retrieved", "snapshot", "attribution", "fields", "place", "kind", "identifiers"),
    *("only", "except", "same_id", "columns"),
)
_HOLE: Final = re.compile(r"\{([^{}]+)\}")
_WEB: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Field:
    """How the values of one feature are got from a record.

    `paths` are columns, or dotted paths into a JSON record. A value is cut at `split`, and only what the
    first group of `match` finds is kept of each part.
    """

    paths: tuple[str, ...]
    split: str = ""
    match: re.Pattern[str] | None = None
    line: int = 0


@dataclass(frozen=True)
class Kinds:
    """How the kind of a record is told: always `fixed`, or by what a field says through `table`."""

    fixed: str = ""
    path: str = ""
    table: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Description:
    """A source, described. `name` is what a user calls it, `path` the file that describes it.

    `iri` and `identifiers` are patterns such as `https://ror.org/{id}`, whose holes are paths. `only` and
    `skip` keep records by the values of a path. `same_id` says what records of one id are: an error, one
    record, or records that cannot be told apart and are left out. `columns` name those of a file that has
    no header.
    """

    name: str
    path: Path
    title: Mapping[str, str]
    format: str
    licence: str
    source: str
    retrieved: dt.date
    snapshot: str = ""
    attribution: str = ""
    file: str = ""
    address: str = ""
    query: str = ""
    batch: int = 10
    types: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    iri: str = ""
    columns: tuple[str, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    place: Mapping[str, Field] = field(default_factory=dict)
    kinds: Kinds = field(default_factory=Kinds)
    identifiers: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skip: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same_id: str = "refuse"
    shown: str = ""

    @property
    def is_service(self) -> bool:
        """Tell whether records come from a server rather than from a file."""
        return self.format in SERVICE_FORMATS

    def paths(self) -> tuple[str, ...]:
        """Return every path that the description reads, so that a missing column is found at once."""
        fields = (*self.fields.values(), *self.place.values())
        found = [path for each in fields for path in each.paths]
        found += [path_in(hole) for pattern in (self.iri, *self.identifiers) for hole in holes(pattern)]
        found += [*self.only, *self.skip, *([self.kinds.path] if self.kinds.path else [])]
        return tuple(dict.fromkeys(found))


def holes(pattern: str) -> tuple[str, ...]:
    """Return the paths in the holes of a pattern."""
    return tuple(_HOLE.findall(pattern))


def path_in(hole: str) -> str:
    """Return the path in a hole, without the form that a value is brought into."""
    return hole.partition("|")[0].strip()


def described(project: Project) -> dict[str, Path]:
    """Return the descriptions that the project has, and those that come with the program, by name."""
    found: dict[str, Path] = {}
    for graph in (built_in_root() / "graph", project.graph):
        found |= {path.stem: path for path in sorted((graph / FOLDER).glob("*.yaml"))}
    return dict(sorted(found.items()))


def find_description(project: Project, name: str) -> Description:
    """Return a source by its name, or by the path of a description file.

    Raises `UnknownName`, or what `read_description` raises.
    """
    known = described(project)
    if name in known:
        return read_description(known[name], project.shown(known[name]))
    path = Path(name)
    if path.suffix in {".yaml", ".yml"}:
        return read_description(path, name)
    fix = f"Take one of: {', '.join(known)}; or name a description file"
    raise UnknownName("no source has this name", where=f"'{name}'", fix=fix)


def read_description(path: Path, shown: str = "") -> Description:
    """Read a description; raises `DescriptionDefect` or `NoLicence` with file and line.

    `shown` is how messages name the file. Raises `Unreadable` if it is not there or not UTF-8.
    """
    name = shown or str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"cannot be read ({error})", where=name, fix="Name a file in UTF-8") from None
    return _description(read_marked(text, name), path, name)


def _description(top: Marked, path: Path, shown: str) -> Description:
    top.only(_KEYS)
    form = _one_of(top, "format", (*FILE_FORMATS, *SERVICE_FORMATS))
    if not top.said("licence"):
        fix = "Add: licence: <address of the licence>; without one nothing may be taken over"
        raise NoLicence("the source has no licence", where=f"{shown}:1", fix=fix)
    _required(top, ("title", "title_fr", "source", "retrieved"))
    _required(top, ("address",) if form in SERVICE_FORMATS else ("file", "iri"))
    fields = _fields(top.get("fields"), _NAMED_FIELDS)
    if form in FILE_FORMATS and "label" not in fields:
        raise DescriptionDefect(
            "no field is the label", where=f"{shown}:1", fix="Add: fields: {label: <column>}"
        )
    return Description(
        name=path.stem,
        path=path,
        shown=shown,
        title={"en": top.said("title"), "fr": top.said("title_fr")},
        format=form,
        licence=_web(top, "licence"),
        source=_web(top, "source"),
        retrieved=_date(top),
        snapshot=top.said("snapshot"),
        attribution=top.said("attribution"),
        file=top.said("file"),
        address=_web(top, "address") if form in SERVICE_FORMATS else "",
        query=top.said("query"),
        batch=_batch(top),
        types=top.parts["types"].texts() if "types" in top.parts else (),
        properties={key: part.text for key, part in _parts(top, "properties").items()},
        iri=_pattern(top.get("iri")),
        columns=top.parts["columns"].texts() if "columns" in top.parts else (),
        fields=fields,
        place=_fields(top.get("place"), PLACE_PARTS),
        kinds=_kinds(top.get("kind")),
        identifiers=tuple(_pattern(part) for part in _items(top, "identifiers")),
        only={key: part.texts() for key, part in _parts(top, "only").items()},
        skip={key: part.texts() for key, part in _parts(top, "except").items()},
        same_id=_one_of(top, "same_id", SAME_ID) if "same_id" in top.parts else "refuse",
    )


def _parts(top: Marked, key: str) -> Mapping[str, Marked]:
    part = top.get(key)
    return part.parts if part else {}


def _items(top: Marked, key: str) -> tuple[Marked, ...]:
    part = top.get(key)
    return (part.items or (part,)) if part else ()


def _pattern(part: Marked | None) -> str:
    """A pattern of IRIs; raises `DescriptionDefect` for one without a hole or with an unknown form."""
    if part is None:
        return ""
    found = holes(part.text)
    if not found:
        raise DescriptionDefect(
            f"'{part.text}' has no hole", where=part.where, fix="Write https://.../{column}"
        )
    for hole in found:
        form = hole.partition("|")[2].strip()
        if form not in FORMS:
            fix = f"Use one of: {', '.join(filter(None, FORMS))}"
            raise DescriptionDefect(f"'{form}' is no form of a value", where=part.where, fix=fix)
    return part.text


def _required(top: Marked, keys: tuple[str, ...]) -> None:
    for key in keys:
        if not top.said(key):
            raise DescriptionDefect(f"has no {key}", where=f"{top.file}:1", fix=f"Add: {key}: ...")


def _one_of(top: Marked, key: str, allowed: tuple[str, ...]) -> str:
    said = top.said(key)
    if said not in allowed:
        part = top.get(key)
        where = part.where if part else f"{top.file}:1"
        raise DescriptionDefect(f"{key} is '{said}'", where=where, fix=f"Use one of: {', '.join(allowed)}")
    return said


def _web(top: Marked, key: str) -> str:
    if not _WEB.fullmatch(top.said(key)):
        message = f"{key} is no web address: '{top.said(key)}'"
        raise DescriptionDefect(message, where=top.parts[key].where, fix="Write https://...")
    return top.said(key)


def _date(top: Marked) -> dt.date:
    try:
        return dt.date.fromisoformat(top.said("retrieved"))
    except ValueError:
        fix = "Write the day on which the data were fetched, as 2025-06-13"
        raise DescriptionDefect("retrieved is no date", where=top.parts["retrieved"].where, fix=fix) from None


def _batch(top: Marked) -> int:
    said = top.said("batch") or "10"
    if not (said.isdecimal() and 1 <= int(said) <= 100):
        message = f"batch is '{said}'"
        raise DescriptionDefect(message, where=top.parts["batch"].where, fix="Write a number from 1 to 100")
    return int(said)


def _fields(part: Marked | None, allowed: tuple[str, ...]) -> dict[str, Field]:
    if part is None:
        return {}
    part.only(allowed)
    return {name: _field(each) for name, each in part.parts.items()}


def _field(part: Marked) -> Field:
    if not part.parts:
        return Field(part.texts(), line=part.line)
    part.only(("from", "split", "match"))
    source, pattern = part.get("from"), part.said("match")
    if source is None or not source.texts():
        raise DescriptionDefect("a field reads nothing", where=part.where, fix="Add: from: <column>")
    try:
        match = re.compile(pattern) if pattern else None
    except re.error as error:
        fix = "Write a regular expression with one group"
        raise DescriptionDefect(f"match is not a pattern ({error})", where=part.where, fix=fix) from None
    return Field(source.texts(), part.said("split"), match, part.line)


def _kinds(part: Marked | None) -> Kinds:
    if part is None:
        return Kinds()
    part.only(("from", "table", "else"))
    fixed = part.text or part.said("else")
    table = {key: each.text for key, each in _parts(part, "table").items()}
    for kind in (fixed, *table.values()):
        if kind and kind not in KINDS:
            fix = f"Use one of: {', '.join(KINDS)}"
            raise DescriptionDefect(f"'{kind}' is not a kind", where=part.where, fix=fix)
    return Kinds(fixed, part.said("from"), table)

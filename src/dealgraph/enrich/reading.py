"""Read `claims.yaml`: every defect with its line, and nothing taken for granted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from dealgraph.claim import Texts
from dealgraph.enrich.outside import (
    FILE,
    PICKS,
    REALIS,
    STANCES,
    Column,
    Dates,
    Facet,
    Form,
    Frame,
    Outside,
    Table,
    outside_sources,
)
from dealgraph.errors import DescriptionDefect, NoLicence, UnknownName
from dealgraph.link.description import FILE_FORMATS
from dealgraph.link.marked import Marked, read_marked
from dealgraph.settings import Project
from dealgraph.terms import PREFIXES, iri
from dealgraph.turtle.document import read_text

_KEYS: Final = ("title", "title_fr", "publisher", "licence", "source", "yields", "tables")
_TABLE_KEYS: Final = ("file", "format", "thing", "key", "dates", "claims")
_CLAIM_KEYS: Final = (
    *("predicate", "from", "unit", "scale", "at_least", "date", "thing", "terms", "inside", "term"),
    *("stance", "realis", "says", "says_fr", "above", "pick", "each"),
)
_WEB: Final = re.compile(r"https?://\S+")


def find_outside(project: Project, name: str) -> Outside:
    """Return the dataset of this name, with how its records become claims.

    Raises `UnknownName` for a name that the project does not have, `NoLicence`, `DescriptionDefect` with
    file and line for what is wrong in its file, and `Unreadable`.
    """
    known = outside_sources(project)
    if name not in known:
        fix = f"Take one of: {', '.join(known) or 'none'}; or write graph/external/{name}/{FILE}"
        raise UnknownName("no dataset of this name is made into claims", where=f"'{name}'", fix=fix)
    return read_outside(known[name], project.shown(known[name]))


def read_outside(path: Path, shown: str) -> Outside:
    """Read one file; `shown` is what messages call it. Raises what `find_outside` raises."""
    top = read_marked(read_text(path), shown)
    top.only(_KEYS)
    if not top.said("licence"):
        fix = "Add: licence: and its address; without one nothing may be taken over"
        raise NoLicence("the dataset has no licence", where=f"{shown}:1", fix=fix)
    for key in ("title", "title_fr", "publisher", "source"):
        _needed(top, key)
    for key in ("licence", "source"):
        if not _WEB.fullmatch(top.said(key)):
            raise _defect(f"{key} is no web address", top.get(key), "Write https://...")
    tables = top.get("tables")
    if tables is None or not tables.parts:
        raise DescriptionDefect("has no tables", where=f"{shown}:1", fix="Add: tables:, and a name for each")
    return Outside(
        name=path.parent.name,
        path=path,
        shown=shown,
        title={"en": top.said("title"), "fr": top.said("title_fr")},
        publisher=_term(top.get("publisher")),
        licence=top.said("licence"),
        source=top.said("source"),
        yields=_is_true(top, "yields", default=True),
        tables=tuple(_table(name, part) for name, part in tables.parts.items()),
    )


def _table(name: str, part: Marked) -> Table:
    part.only(_TABLE_KEYS)
    for key in ("format", "thing"):
        _needed(part, key)
    claims, files, keys = part.get("claims"), part.get("file"), part.get("key")
    if not claims or not claims.items or not files or not files.texts() or not keys or not keys.texts():
        raise _defect(f"table '{name}' lacks file, key or claims", part, "Add them")
    if part.said("format") not in FILE_FORMATS:
        raise _defect("format is unknown", part.get("format"), f"Use one of: {', '.join(FILE_FORMATS)}")
    dates = part.get("dates")
    table = Table(
        name=name,
        files=files.texts(),
        format=part.said("format"),
        thing=part.said("thing"),
        key=keys.texts(),
        dates=_dates(dates) if dates else None,
        columns=tuple(map(_column, claims.items)),
    )
    for column in table.columns:
        if not table.dates and (column.pick or column.frame or column.ahead != column.predicate):
            fix = "Add: dates: {from: <column>, forms: [...]}"
            raise DescriptionDefect("the records of the table have no dates", where=column.where, fix=fix)
    return table


def _dates(part: Marked) -> Dates:
    part.only(("from", "forms"))
    _needed(part, "from")
    forms = part.get("forms")
    if not forms or not forms.texts():
        raise _defect("dates have no forms", part, 'Add, for example: forms: ["%Y-%m-%d"]')
    return Dates(part.said("from"), forms.texts())


def _column(part: Marked) -> Column:
    part.only(_CLAIM_KEYS)
    for key in ("from", "says", "says_fr"):
        _needed(part, key)
    predicate, each = part.get("predicate"), part.get("each")
    if predicate is None:
        raise _defect("a claim has no predicate", part, "Add: predicate: dg:...")
    past, ahead = (predicate.get(key) if predicate.parts else predicate for key in ("past", "ahead"))
    if part.said("pick") not in ("", *PICKS):
        raise _defect("pick is neither first nor last", part.get("pick"), "Write first or last")
    return Column(
        predicate=_term(past or predicate),
        ahead=_term(ahead or predicate),
        column=part.said("from"),
        form=_form(part),
        stance=_facet(part, "stance", STANCES, "asserted"),
        realis=_facet(part, "realis", REALIS, "actual"),
        says=_texts(part, "says"),
        above=part.said("above"),
        pick=part.said("pick"),
        frame=_frame(each) if each else None,
        where=part.where,
    )


def _form(part: Marked) -> Form:
    given = [key for key in ("unit", "date", "thing", "terms", "term") if part.get(key)]
    if len(given) != 1:
        fix = "Say one of: unit, date, thing, terms, term"
        raise _defect(f"a claim gives {len(given)} forms of its object", part, fix)
    date, terms, unit, term = (part.get(key) for key in ("date", "terms", "unit", "term"))
    scale = part.said("scale") or "1"
    try:
        finite = Decimal(scale).is_finite() and Decimal(scale) > 0
    except InvalidOperation:
        finite = False
    if not finite:
        raise _defect("scale is no number above 0", part.get("scale"), "Write, for example, 0.001")
    return Form(
        unit=_term(unit) if unit else "",
        scale=scale,
        at_least=_is_true(part, "at_least", default=False),
        dates=date.texts() if date else (),
        thing=part.said("thing"),
        terms={text: _term(value) for text, value in (terms.parts if terms else {}).items()},
        inside=_is_true(part, "inside", default=False),
        term=_term(term) if term else "",
    )


def _frame(part: Marked) -> Frame:
    part.only(("class", "of", "name", "label", "label_fr"))
    for key in ("class", "of", "name", "label", "label_fr"):
        _needed(part, key)
    label = _texts(part, "label")
    return Frame(_term(part.get("class")), _term(part.get("of")), part.said("name"), label)


def _facet(part: Marked, key: str, allowed: tuple[str, ...], usual: str) -> Facet:
    said = part.get(key)
    if said is None:
        return Facet(fixed=usual)
    if not said.parts:
        return Facet(fixed=_allowed(said, said.text, allowed), where=said.where)
    said.only(("from", "match", "values"))
    _needed(said, "from")
    values = said.get("values")
    try:
        match = re.compile(said.said("match")) if said.said("match") else None
    except re.error as error:
        raise _defect(f"match is not a pattern ({error})", said.get("match"), "Write one group") from None
    if match and not match.groups:
        raise _defect("match has no group", said.get("match"), "Put what counts between ( and )")
    table = {text: _allowed(value, value.text, allowed) for text, value in _parts(values).items()}
    return Facet("", said.said("from"), match, table, said.where)


def _allowed(part: Marked, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise _defect(f"'{text}' is not a value here", part, f"Use one of: {', '.join(allowed)}")
    return text.capitalize()


def _parts(part: Marked | None) -> Mapping[str, Marked]:
    return part.parts if part else {}


def _term(part: Marked | None) -> str:
    """The IRI that `prefix:name` stands for."""
    assert part is not None
    prefix, colon, name = part.text.partition(":")
    if not colon or not name or prefix not in PREFIXES:
        raise _defect(f"'{part.text}' is no name with a known prefix", part, "Write, for example, dg:sitedIn")
    return iri(part.text)


def _texts(part: Marked, key: str) -> Texts:
    return {"en": part.said(key), "fr": part.said(f"{key}_fr")}


def _is_true(part: Marked, key: str, *, default: bool) -> bool:
    said = part.said(key) or str(default).lower()
    if said not in {"true", "false"}:
        raise _defect(f"{key} is '{said}'", part.get(key), "Write true or false")
    return said == "true"


def _needed(part: Marked, key: str) -> None:
    if not part.said(key):
        raise _defect(f"has no {key}", part, f"Add: {key}: ...")


def _defect(message: str, part: Marked | None, fix: str) -> DescriptionDefect:
    return DescriptionDefect(message, where=part.where if part else "", fix=fix)

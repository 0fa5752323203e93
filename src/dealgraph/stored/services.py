"""The clauses of a query that ask other servers, and what is sure without their answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dealgraph.stored import text as texts

_SERVICE: Final = re.compile(r"\bSERVICE\s*<([^>]*)>\s*\{", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"[?$](\w+)")
_WHERE: Final = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_ELEMENT: Final = re.compile(r"(?<![\w:?$.\-])(OPTIONAL|MINUS|FILTER|BIND)(?![\w:.\-])", re.IGNORECASE)
_MAY_LEAVE_OPEN: Final = re.compile(r"(?<![\w:?$])(UNION|UNDEF|OPTIONAL|SELECT)\b", re.IGNORECASE)
_TARGET: Final = re.compile(r"\bAS\s*[?$]\w+\s*\)\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Service:
    """A clause `SERVICE <endpoint> { pattern }`: where it stands, whom it asks, and for what."""

    start: int
    end: int
    line: int
    endpoint: str
    pattern: str


@dataclass(frozen=True)
class _Element:
    """A FILTER, BIND, OPTIONAL or MINUS that stands directly in the outermost group."""

    start: int
    end: int
    word: str


def services(text: str) -> tuple[Service, ...]:
    """Find the clauses that ask an endpoint named by its full IRI, in the order of the text.

    `SERVICE SILENT`, which hides a failure, and an endpoint that is a variable or a prefixed name are not
    among them, so that there are fewer of these than of `remote_calls`.
    """
    masked = texts.mask(text)
    found = []
    for clause in _SERVICE.finditer(masked):
        opening = clause.end() - 1
        if (closing := texts.closing(masked, opening)) >= 0:
            line = texts.line(masked, clause.start())
            endpoint = text[clause.start(1) : clause.end(1)]
            found.append(Service(clause.start(), closing + 1, line, endpoint, text[opening + 1 : closing]))
    return tuple(found)


def as_graphs(text: str) -> str:
    """Return the text with each of `services` asking a graph instead: the same syntax, nobody asked."""
    for service in reversed(services(text)):
        text = f"{text[: service.start]}GRAPH  {text[service.start + 7 :]}"
    return text


def variables(text: str) -> frozenset[str]:
    """Return the names of the variables of a text, those in strings and comments left out."""
    return frozenset(_VARIABLE.findall(texts.mask(text)))


def sure_part(text: str) -> str:
    """Return what holds of every answer of a query, whatever its services say: a group, with its braces.

    Reach for it to learn for which values a service is to be asked: those of the variables that this group
    binds. Of the outermost group it keeps what is joined. An OPTIONAL or a MINUS could lose an answer that
    depends on the service, and so could a FILTER or a BIND that reads what the rest may leave open. Empty
    where nothing is sure: a service stands deeper than in the outermost group or an OPTIONAL of it.
    """
    masked = texts.mask(text)
    where = _WHERE.search(masked)
    if where is None or texts.depth(masked, where.start()):
        return ""
    start, end = where.end() - 1, texts.closing(masked, where.end() - 1)
    elements = tuple(_elements(masked, start, end))
    asked = services(text)
    if not all(_stands_outermost(masked, each, elements) for each in asked):
        return ""
    clauses = [(each.start, each.end) for each in asked]
    joined = _without(text, [*clauses, *((each.start, each.end) for each in elements)])[start : end + 1]
    kept = {each for each in elements if each.word in {"FILTER", "BIND"} and _reads_only(text, each, joined)}
    dropped = [(each.start, each.end) for each in elements if each not in kept]
    return _without(text, [*clauses, *dropped])[start : end + 1]


def _elements(masked: str, start: int, end: int) -> Iterator[_Element]:
    """The elements directly in the group between two braces; each ends where its first bracket closes."""
    level = texts.depth(masked, start) + 1
    for word in _ELEMENT.finditer(masked, start, end):
        bracket = re.compile(r"[({]").search(masked, word.end(), end)
        if texts.depth(masked, word.start()) == level and bracket:
            yield _Element(word.start(), texts.closing(masked, bracket.start()) + 1, word[1].upper())


def _stands_outermost(masked: str, service: Service, elements: tuple[_Element, ...]) -> bool:
    """Tell whether a clause stands directly in the outermost group, or in an OPTIONAL that does."""
    around = [each for each in elements if each.start < service.start < each.end]
    level = texts.depth(masked, service.start)
    if not around:
        return level == 1
    return level == 2 and around[0].word == "OPTIONAL"


def _reads_only(text: str, element: _Element, joined: str) -> bool:
    """Tell whether all that a FILTER or a BIND reads is bound by a group in every solution."""
    read = _TARGET.sub("", text[element.start : element.end])
    return variables(read) <= variables(joined) and not _MAY_LEAVE_OPEN.search(texts.mask(joined))


def _without(text: str, places: list[tuple[int, int]]) -> str:
    """Blank out some places of a text."""
    for start, end in places:
        text = text[:start] + re.sub(r"[^\r\n]", " ", text[start:end]) + text[end:]
    return text

"""All that can be wrong with the text of a stored query."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Store

from dealgraph.stored import text as texts
from dealgraph.stored.header import Fault, Header
from dealgraph.stored.remote import remote_calls
from dealgraph.stored.services import as_graphs, services
from dealgraph.stored.values import expected, fits, terms_of

FORMS = ("SELECT", "ASK", "CONSTRUCT")


def faults(text: str, header: Header, *, federated: bool = False) -> tuple[Fault, ...]:
    """List what is wrong with a query whose header has been read, from its first line to its last.

    One that is `federated` asks other servers, each by its full IRI; any other must not. The syntax is tried
    only where nothing has been found that makes it idle: a query that calls another server must not be run
    even on an empty store.
    """
    masked = texts.mask(text)
    found = [*header.faults, *_row_faults(header, masked), *_text_faults(masked)]
    found += _federated_faults(text, masked) if federated else _remote_faults(text)
    if not any(fault.stops for fault in found):
        text = as_graphs(text) if federated else text
        wrong = list(_syntax_faults(text))
        found += wrong if wrong or header.faults else list(_default_faults(text, masked, header))
    return tuple(sorted(found, key=lambda fault: (fault.line, fault.message)))


def _row_faults(header: Header, masked: str) -> Iterator[Fault]:
    rows = texts.rows(masked)
    for entry in header.params:
        form = f"VALUES ?{entry.name} {{ default }}"
        lines = [row.line for row in rows if row.name == entry.name]
        if not lines:
            yield Fault(entry.line, f"parameter '{entry.name}' has no row", f"Add the line: {form}")
        for line in lines[1:]:
            yield Fault(line, f"parameter '{entry.name}' has a second row", f"Keep one: {form}")


def _text_faults(masked: str) -> Iterator[Fault]:
    form = texts.form(masked)
    if form not in FORMS:
        yield Fault(1, "is neither SELECT nor ASK nor CONSTRUCT", "Use one of them", stops=True)
    if form == "SELECT" and not texts.is_ordered(masked):
        yield Fault(1, "SELECT without ORDER BY", "Order the rows, with a tie-break that makes them unique")
    for prefix, line in texts.undeclared(masked):
        yield Fault(line, f"prefix '{prefix}:' is not declared", f"Add: PREFIX {prefix}: <...>", stops=True)


def _remote_faults(text: str) -> Iterator[Fault]:
    for line in remote_calls(text):
        yield Fault(line, "asks another server by SERVICE", "Ask this store only", stops=True)


def _federated_faults(text: str, masked: str) -> Iterator[Fault]:
    found, calls = services(text), remote_calls(text)
    if not calls:
        yield Fault(1, "asks no other server", "Move it to another topic", stops=True)
    if len(found) != len(calls):
        lines = [service.line for service in found]
        line = next((line for line in calls if line not in lines), calls[0])
        fix = "Write SERVICE <https://...> { ... }, without SILENT, which would hide a failure"
        yield Fault(line, "asks a server that it does not name by a full IRI", fix, stops=True)
    if not re.search(r"\bWHERE\s*\{", masked, re.IGNORECASE):
        yield Fault(1, "has no WHERE", "Write WHERE before the pattern", stops=True)


def _syntax_faults(text: str) -> Iterator[Fault]:
    try:
        Store().query(text)
    except SyntaxError as error:
        message = " ".join(str(error.msg).split())
        found = re.match(r"error at (\d+):(\d+): (.*)", message)
        line, column, problem = (int(found[1]), int(found[2]), found[3]) if found else (1, 1, message)
        yield Fault(line, f"is not SPARQL 1.1 at column {column} ({problem[:80]})", "Put the syntax right")


def _default_faults(text: str, masked: str, header: Header) -> Iterator[Fault]:
    rows = {row.name: row for row in texts.rows(masked)}
    terms = terms_of(text, rows.values())
    for entry in header.params:
        for term in terms.get(entry.name, ()):
            if term is None and not entry.optional:
                message = f"parameter '{entry.name}' is not optional and has no default"
                yield Fault(rows[entry.name].line, message, "Give a default, or declare it optional")
            elif term is not None and not fits(entry.type, entry.values, term):
                message = f"the default of '{entry.name}' is not of its type"
                yield Fault(rows[entry.name].line, message, f"Give {expected(entry.type, entry.values)}")

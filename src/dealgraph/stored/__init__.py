"""Stored queries: one question a file, with a header that documents it and rows that hold its parameters.

A stored query is SPARQL 1.1 that any engine runs as it stands. Its `#+` lines are YAML with the keys
of grlc where they exist; a parameter is a line `VALUES ?name { default }`. Binding replaces what is
inside those braces by serialised terms and touches nothing else.
"""

from __future__ import annotations

from dealgraph.stored.binding import bind, defaults
from dealgraph.stored.query import (
    FEDERATED,
    Parameter,
    StoredQuery,
    defects,
    load_all,
    load_one,
    named,
    parse,
)
from dealgraph.stored.values import Term

__all__ = [
    "FEDERATED",
    "Parameter",
    "StoredQuery",
    "Term",
    "bind",
    "defaults",
    "defects",
    "load_all",
    "load_one",
    "named",
    "parse",
]

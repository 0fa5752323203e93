"""Admission: from claims to facts, by the one stored query that says how.

The rule itself is `queries/admission/facts.rq`; this room binds its day and its sources and runs it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryTriples, Store, Triple

from dealgraph.errors import StoredQueryDefect
from dealgraph.stored import StoredQuery, bind
from dealgraph.terms import iri

ADMISSION: Final = "admission/facts"
FACTS: Final = NamedNode(iri("graph:facts"))
ADMITTED: Final = NamedNode(iri("graph:admitted"))
COUNTED: Final = NamedNode(iri("dg:counted"))
_MARKS: Final = frozenset((NamedNode(iri("dg:admitted")), COUNTED))


@dataclass(frozen=True)
class Admission:
    """What the claims support, and the marks on these claims and what makes them."""

    facts: frozenset[Triple]
    marks: frozenset[Triple]


def admit(
    store: Store,
    rule: StoredQuery,
    *,
    as_of: dt.date | None = None,
    only_from: Iterable[NamedNode] = (),
) -> Admission:
    """Return the facts that the claims in a store support; reach for it to build, or to ask "what was known".

    `as_of` is the latest day of publication that counts (none: all); `only_from` the articles that count
    (none: all). Raises `StoredQueryDefect` if the stored query is not a CONSTRUCT.
    """
    values: dict[str, list[NamedNode | Literal]] = {}
    if as_of is not None:
        values["asOf"] = [Literal(as_of.isoformat(), datatype=NamedNode(iri("xsd:date")))]
    if sources := list(only_from):
        values["onlyFrom"] = [*sources]
    result = store.query(bind(rule, values))
    if not isinstance(result, QueryTriples):
        raise StoredQueryDefect("the admission rule must be a CONSTRUCT", where=str(rule.path))
    triples = frozenset(result)
    marks = frozenset(triple for triple in triples if triple.predicate in _MARKS)
    return Admission(triples - marks, marks)

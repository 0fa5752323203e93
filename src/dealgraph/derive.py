"""What follows by arithmetic and joins that no ontology language has: the stored rules, run to the end.

A rule is a CONSTRUCT of `queries/rules/`. What it makes stands beside a `dg:Derivation` that names the
rule and what the result was worked out from; the rules see the results of one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryTriples, Store, Triple

from dealgraph.admit import FACTS
from dealgraph.errors import StoredQueryDefect
from dealgraph.quads import quad_of
from dealgraph.stored import StoredQuery
from dealgraph.terms import iri

DERIVED: Final = NamedNode(iri("graph:derived"))
RULES: Final = "rules"
"""The topic of the stored queries that are rules."""
MAX_ROUNDS: Final = 50
"""How often the rules may build on their own results before they are taken never to end."""

_TYPE: Final = NamedNode(iri("rdf:type"))
_DERIVATION: Final = NamedNode(iri("dg:Derivation"))


def derive(store: Store, queries: Iterable[StoredQuery]) -> tuple[Triple, ...]:
    """Add to a store what its rules make of it, and return what was new, in a stable order.

    Reach for it after the facts and what follows from them are in the default graph. The rules among
    `queries` run in the order of their names, again and again until none makes anything new; each result
    that is not a fact goes to the default graph and to `graph:derived`. Raises `StoredQueryDefect` for a rule
    that is not a CONSTRUCT, makes blank nodes, or goes on for ever.
    """
    rules = sorted((query for query in queries if query.topic == RULES), key=lambda query: query.name)
    found: set[Triple] = set()
    for _ in range(MAX_ROUNDS):
        new = {triple for rule in rules for triple in _apply(store, rule)}
        if not new:
            return tuple(sorted(found, key=str))
        found |= new
    raise never_ending(MAX_ROUNDS)


def conclusions(store: Store) -> Iterator[Triple]:
    """Yield what the rules have made in a store, without the nodes that tell how: what may be reasoned on."""
    telling = {quad.subject for quad in store.quads_for_pattern(None, _TYPE, _DERIVATION, DERIVED)}
    for quad in store.quads_for_pattern(None, None, None, DERIVED):
        if quad.subject not in telling:
            yield quad.triple


def never_ending(rounds: int) -> StoredQueryDefect:
    """Return the error for rules that still make something new after a number of rounds."""
    return StoredQueryDefect(
        f"the rules still make new statements after {rounds} rounds",
        where=f"queries/{RULES}",
        fix="Look for a rule whose results are among its own premises",
    )


def _apply(store: Store, rule: StoredQuery) -> set[Triple]:
    """Run one rule and add what it makes, but for facts, and has not made before."""
    result = store.query(rule.text)
    if not isinstance(result, QueryTriples):
        raise StoredQueryDefect("a rule is a CONSTRUCT", where=str(rule.path))
    made = set(result)
    if any(isinstance(term, BlankNode) for triple in made for term in (triple.subject, triple.object)):
        raise StoredQueryDefect(
            "a rule makes a blank node, so that it would never end",
            where=str(rule.path),
            fix="Make an IRI of what it is derived from",
        )
    new = {t for t in made if not any(quad_of(t, known) in store for known in (FACTS, DERIVED))}
    store.bulk_extend(quad_of(triple, graph) for triple in new for graph in (DERIVED, DefaultGraph()))
    return new

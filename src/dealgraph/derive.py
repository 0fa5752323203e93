"""What follows by arithmetic and joins that no ontology language has: the stored rules, run to the end.

A rule is a CONSTRUCT of `queries/rules/`. What it makes stands beside a `dg:Derivation` that names the
rule and what the result was worked out from; the rules see the results of one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, NamedNode, QueryTriples, Store, Triple

from dealgraph.admit import FACTS
from dealgraph.errors import StoredQueryDefect
from dealgraph.quads import answering, put_all, quad_of
from dealgraph.stored import StoredQuery
from dealgraph.terms import iri

DERIVED: Final = NamedNode(iri("graph:derived"))
RULES: Final = "rules"
"""The topic of the stored queries that are rules."""
MAX_ROUNDS: Final = 50
"""How often the rules may build on their own results before they are taken never to end."""

_TYPE: Final = NamedNode(iri("rdf:type"))
_DERIVATION: Final = NamedNode(iri("dg:Derivation"))


@dataclass
class Deriver:
    """The stored rules on one store; reach for it where they run again after what else was found there.

    What a rule made before is remembered, since to find millions of statements in a store again takes longer
    than to make them.
    """

    store: Store
    rules: tuple[StoredQuery, ...]
    _made: dict[str, set[Triple]] = field(default_factory=dict, repr=False)
    _read: dict[str, int] = field(default_factory=dict, repr=False)
    _added: int = field(default=0, repr=False)

    @classmethod
    def of(cls, store: Store, queries: Iterable[StoredQuery]) -> Deriver:
        """Take the rules among stored queries, in the order of their names."""
        rules = (query for query in queries if query.topic == RULES)
        return cls(store, tuple(sorted(rules, key=lambda query: query.name)))

    def run(self) -> int:
        """Add to the store what its rules make of it, and return how many statements were new.

        Call it after the facts and what follows from them are in the default graph. The rules run in their
        order, again and again until none makes anything new; each result that is not a fact goes to the
        default graph and to `graph:derived`. Raises `StoredQueryDefect` for a rule that is not a CONSTRUCT,
        makes blank nodes, or goes on for ever.
        """
        before = self._added
        self._read.clear()  # what others have added is not counted
        for _ in range(MAX_ROUNDS):
            # One that ran after the last addition would make the same again.
            due = [rule for rule in self.rules if self._read.get(rule.name) != self._added]
            if not due:
                return self._added - before
            for rule in due:
                read = self._added
                self._apply(rule)
                self._read[rule.name] = read
        raise never_ending(MAX_ROUNDS)

    def _apply(self, rule: StoredQuery) -> None:
        """Run one rule and add what it makes, but for facts, and has not made before."""
        result = self.store.query(rule.text)
        if not isinstance(result, QueryTriples):
            raise StoredQueryDefect("a rule is a CONSTRUCT", where=str(rule.path))
        made = self._made.setdefault(rule.name, set())
        fresh = {triple for triple in result if triple not in made}
        ends = (term for triple in fresh for term in (triple.subject, triple.object))
        if any(isinstance(term, BlankNode) for term in ends):
            raise StoredQueryDefect(
                "a rule makes a blank node, so that it would never end",
                where=str(rule.path),
                fix="Make an IRI of what it is derived from",
            )
        made |= fresh
        known = (FACTS, DERIVED)
        new = [t for t in fresh if not any(quad_of(t, graph) in self.store for graph in known)]
        put_all(self.store, answering(new, DERIVED))
        self._added += len(new)


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

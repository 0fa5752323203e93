"""The stored rules, kept up to date: only for what a change can alter, and with what supports it otherwise.

A rule tells what its result is about by `dg:subject` of the derivation that it makes; the values of that
variable are its anchors. What a rule makes of one anchor is taken back and made again as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, QueryTriples, Store, Triple

from dealgraph.admit import FACTS
from dealgraph.derive import DERIVED, MAX_ROUNDS, never_ending
from dealgraph.errors import StoredQueryDefect
from dealgraph.increment.affected import Watched, Watchers
from dealgraph.increment.footprint import Footprint
from dealgraph.increment.restricting import Frame
from dealgraph.increment.working import Changes, Working
from dealgraph.quads import quad_of
from dealgraph.stored import StoredQuery
from dealgraph.stored import text as texts
from dealgraph.terms import iri

Term = NamedNode | Literal
Anchors = frozenset[Term] | None
"""The anchors of a rule that a change can alter; `None` where it may be all."""
Maintain = Callable[[Iterable[Triple], Iterable[Triple]], None]
"""Brings what is inferred up to date with explicit statements that are gone, and others that are new."""

_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(iri(f"dg:{name}")) for name in ("subject", "predicate", "object"))
_RULE, _TYPE = NamedNode(iri("dg:rule")), NamedNode(iri("rdf:type"))
_TOLD_IN: Final = (DERIVED, DefaultGraph())
"""Where the nodes stand that tell how a result came about; the results themselves are put by reasoning."""
_DERIVATION: Final = NamedNode(iri("dg:Derivation"))
_ANCHOR: Final = re.compile(r"\bdg:subject\s+[?$](\w+)")
_WHERE: Final = re.compile(r"\bWHERE\b", re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    """A stored rule: `name` is what its derivations call it."""

    name: str
    watched: Watched

    @staticmethod
    def of(query: StoredQuery, footprint: Footprint, frames: dict[str, Frame] | None = None) -> Rule:
        """Make a rule of a stored query; raises `StoredQueryDefect` if it names no anchor."""
        found = _WHERE.search(texts.mask(query.text))
        anchor = _ANCHOR.search(query.text, 0, found.start() if found else len(query.text))
        if anchor is None:
            raise StoredQueryDefect(
                "a rule does not say what its result is about",
                where=str(query.path),
                fix="Make a dg:Derivation with dg:subject and a variable",
            )
        watched = Watched(query.text, anchor[1], footprint, {} if frames is None else frames)
        return Rule(query.name.rpartition("/")[2], watched)

    def derivations(self, store: Store, anchors: Anchors) -> Iterator[NamedNode | BlankNode]:
        """Yield the derivations that a store holds of some anchors, or of all."""
        if anchors is None:
            for quad in store.quads_for_pattern(None, _RULE, Literal(self.name), DERIVED):
                yield quad.subject  # type: ignore[misc]
            return
        for anchor in sorted(anchors, key=str):
            for quad in store.quads_for_pattern(None, _SUBJECT, anchor, DERIVED):
                if quad_of(Triple(quad.subject, _RULE, Literal(self.name)), DERIVED) in store:
                    yield quad.subject  # type: ignore[misc]

    def made(self, work: Working, anchors: Anchors) -> set[Triple]:
        """Return what the rule makes of some anchors, or of all, as a store now stands."""
        if anchors is not None:
            anchors = frozenset(self.watched.possible(anchors, work.look))
            if not anchors:
                return set()
        found = work.now.query(self.watched.text if anchors is None else self.watched.on(anchors))
        assert isinstance(found, QueryTriples)
        return set(found)


@dataclass(frozen=True)
class Watching:
    """Rules, and what tells of all of them at once what a change can alter."""

    rules: tuple[Rule, ...]

    @cached_property
    def watchers(self) -> Watchers:
        """The rules' queries, in their order."""
        return Watchers(rule.watched for rule in self.rules)


def conclude(work: Working, rules: Iterable[Rule], maintain: Maintain) -> None:
    """Bring what the rules make, and what is inferred from it, up to date with a store's fresh changes.

    Where something is gone, all that rests on it is taken back first, until nothing more does, so that no
    result is left that only supports itself. Then the rules make anew what a change can alter, until there
    is nothing new. Raises `StoredQueryDefect` for rules that go on for ever.
    """
    kept = Watching(tuple(rules))
    due: dict[Rule, Anchors] = {}
    for _ in range(2 * MAX_ROUNDS):
        fresh = work.fresh()
        _merge(due, _affected(work, kept, fresh))
        lost: set[Triple] = set()
        gained: set[Triple] = set()
        if fresh.removed:
            for rule, anchors in _affected(work, kept, Changes(removed=fresh.removed)):
                lost |= _withdraw(work, rule, anchors)
        elif due:
            for rule, anchors in due.items():
                made = rule.made(work, anchors)
                lost |= _withdraw(work, rule, anchors, made)
                gained |= _learn(work, made)
            due = {}
        else:
            return
        maintain(sorted(lost, key=str), sorted(gained, key=str))
    raise never_ending(MAX_ROUNDS)


def _merge(due: dict[Rule, Anchors], more: Iterable[tuple[Rule, Anchors]]) -> None:
    for rule, anchors in more:
        known = due.get(rule, frozenset())
        due[rule] = None if anchors is None or known is None else known | anchors


def derivation_of(store: Store, triple: Triple) -> NamedNode | BlankNode | None:
    """Return a derivation that makes a statement, or nothing if no rule makes it."""
    for quad in store.quads_for_pattern(None, _OBJECT, triple.object, DERIVED):
        parts = ((_SUBJECT, triple.subject), (_PREDICATE, triple.predicate))
        if all(quad_of(Triple(quad.subject, part, term), DERIVED) in store for part, term in parts):
            return quad.subject  # type: ignore[return-value]
    return None


def _affected(work: Working, rules: Watching, fresh: Changes) -> list[tuple[Rule, Anchors]]:
    found = zip(rules.rules, rules.watchers.affected(fresh, work.look), strict=True)
    return [(rule, anchors) for rule, anchors in found if anchors is None or anchors]


def _withdraw(work: Working, rule: Rule, anchors: Anchors, but: Iterable[Triple] = ()) -> set[Triple]:
    """Take back what a rule made of anchors, but for some of it; returns what no graph has any more."""
    derivations = list(rule.derivations(work.seen, anchors))
    kept = set(but)
    told = {t for node in derivations for t in _about(work.seen, node)}
    results = {triple for node in derivations for triple in _result(work.seen, node)}
    work.remove(quad_of(t, graph) for t in sorted(told - kept, key=str) for graph in _TOLD_IN)
    gone = {triple for triple in results - kept if not _is_made_otherwise(work.seen, triple)}
    work.remove(quad_of(t, DERIVED) for t in sorted(gone, key=str))
    return gone


def _about(store: Store, node: NamedNode | BlankNode) -> Iterator[Triple]:
    return (quad.triple for quad in store.quads_for_pattern(node, None, None, DERIVED))


def _result(store: Store, derivation: NamedNode | BlankNode) -> Iterator[Triple]:
    """Yield what a derivation made: its statement, and what is said of the object of that."""
    parts = [
        [quad.object for quad in store.quads_for_pattern(derivation, part, None, DERIVED)]
        for part in (_SUBJECT, _PREDICATE, _OBJECT)
    ]
    if all(parts):
        (subject, *_), (predicate, *_), (value, *_) = parts
        yield Triple(subject, predicate, value)  # type: ignore[arg-type]
        if isinstance(value, NamedNode):
            yield from _about(store, value)


def _is_made_otherwise(store: Store, triple: Triple) -> bool:
    """Tell whether a derivation that is left makes a statement: as its own, or in describing its object."""
    if any(True for _ in store.quads_for_pattern(None, _OBJECT, triple.subject, DERIVED)):
        return True
    return derivation_of(store, triple) is not None


def _learn(work: Working, made: set[Triple]) -> set[Triple]:
    """Take up what rules made and no claim states; returns what is new and can be reasoned on."""
    new = {t for t in made if quad_of(t, FACTS) not in work.seen and quad_of(t, DERIVED) not in work.seen}
    telling = {t.subject for t in made if t.predicate == _TYPE and t.object == _DERIVATION}
    results = {t for t in new if t.subject not in telling}
    work.add(quad_of(t, DERIVED) for t in sorted(results, key=str))
    work.add(quad_of(t, graph) for t in sorted(new - results, key=str) for graph in _TOLD_IN)
    return results

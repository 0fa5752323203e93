"""Keep what is inferred exact while facts come and go, at the cost of the change and not of the store.

Additions are followed forward, each new statement once (semi-naive evaluation). Removals first take out
all that a removed statement took part in, and then bring back what has another derivation (delete and
rederive); a statement that follows in one step from stated ones is never taken out, so that a hub stays
as it is. Sources: Gupta, Mumick and Subrahmanian, Maintaining Views Incrementally, SIGMOD 1993; Motik,
Nenov, Piro and Horrocks, Incremental Update of Datalog Materialisation, AAAI 2015.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store, Triple

from dealgraph.horn.changes import as_stored
from dealgraph.horn.clashes import Beyond, Clash, Finding, Findings, said
from dealgraph.horn.joining import Join, Partial
from dealgraph.horn.placing import settle
from dealgraph.horn.program import Program
from dealgraph.horn.rules import Atom, Fact, Rule, Same, key_of, put_in
from dealgraph.horn.view import Stage, View


@dataclass(frozen=True)
class Outcome:
    """What a change did to `graph:inferred`, and what is wrong with the facts since.

    `came` and `went` are net and sorted by their N-Triples text. `clashes` are contradictions that the
    added statements take part in; where there are any, or something is `beyond` the rules, the store is
    not what a full build makes.
    """

    came: tuple[Triple, ...]
    went: tuple[Triple, ...]
    clashes: tuple[Clash, ...]
    beyond: tuple[Beyond, ...]

    @property
    def is_exact(self) -> bool:
        """Whether the store is now what a full build makes: nothing clashes, nothing is beyond the rules."""
        return not self.clashes and not self.beyond


def maintain(store: Store, program: Program, removed: Iterable[Triple], added: Iterable[Triple]) -> Outcome:
    """Bring what is inferred up to date after stated statements came and went.

    A statement is stated if `graph:facts` holds it, or if `graph:derived` does and it is not about a
    dg:Derivation. The caller changes these two graphs, and then names every statement that may have
    become stated (`added`) or may be so no more (`removed`); it makes no difference if one was already,
    or still is. Nodes of dg:Derivation are the caller's, in the default graph too. The copies in the
    default graph of everything else are put right here, as are `graph:inferred` and `graph:auxiliary`,
    also where a statement that follows becomes stated or ceases to be.

    The store must have been right for the program before, with facts that do not contradict each other.
    It is written at the end, removals first. Nothing is raised for contradictions: see `Outcome`. A
    program with `unsupported` axioms gives what its rules give.
    """
    change = _Change(store, program)
    before, after = as_stored(removed), as_stored(added)
    stated = [fact for fact in dict.fromkeys((*before, *after)) if not change.view.is_telling(fact[0])]
    now = dict.fromkeys(fact for fact in stated if change.view.is_stated(fact))
    change.take_out(fact for fact in stated if fact not in now)
    change.bring_in(now)
    came, went = settle(store, change.view, program, stated)
    clashes = tuple(dict.fromkeys(each for each in change.found if isinstance(each, Clash)))
    beyond = tuple(dict.fromkeys(each for each in change.found if isinstance(each, Beyond)))
    return Outcome(came, went, clashes, beyond)


class _Change:
    """One change on its way through the rules."""

    def __init__(self, store: Store, program: Program) -> None:
        self.view = View(store, program)
        self.found: list[Finding] = [Beyond("equated", ())] if self.view.has_equalities else []
        self._program = program
        self._before, self._now, self._stated = (Join(self.view, stage) for stage in Stage)
        self._findings = Findings(self.view, program)

    def take_out(self, facts: Iterable[Fact]) -> None:
        """Take out statements, and what has no derivation from stated ones and followed by their help."""
        waiting = deque(facts)
        while waiting:
            fact = waiting.popleft()
            if fact not in self.view.gone and not self._stays(fact):
                self.view.gone.add(fact)
                waiting.extend(dict.fromkeys(self._lost_with(fact)))

    def bring_in(self, facts: Iterable[Fact]) -> None:
        """Take up stated statements, bring back what still follows, and follow both forward."""
        waiting: deque[Fact] = deque()
        for fact in facts:
            self.found.extend(self._findings.of_fact(fact))
            self._take_up(fact, waiting)
        for fact in self.view.gone:
            if any(self._now.gives(rule, fact) for rule in self._program.by_head.get(_key(fact), ())):
                self._take_up(fact, waiting)
        while waiting:
            fact = waiting.popleft()
            self.found.extend(self._findings.of_type(fact))
            for head in tuple(self._following(fact)):
                self._take_up(head, waiting)

    def _take_up(self, fact: Fact, waiting: deque[Fact]) -> None:
        if fact not in self.view.new:
            self.view.gone.discard(fact)
            self.view.new.add(fact)
            waiting.append(fact)

    def _stays(self, fact: Fact) -> bool:
        if fact in self._program.static or self.view.is_stated(fact):
            return True
        return any(self._stated.gives(rule, fact) for rule in self._program.by_head.get(_key(fact), ()))

    def _lost_with(self, fact: Fact) -> Iterator[Fact]:
        """What is kept as inferred and has a case with a statement among its premises."""
        for rule, partial in self._cases(self._before, fact):
            head = _head(rule, partial)
            is_kept = head is not None and head not in self.view.gone and self.view.is_inferred(head)
            if head is not None and is_kept and self._before.holds(partial, rule.guards):
                yield head

    def _following(self, fact: Fact) -> Iterator[Fact]:
        """What follows from a statement and does not hold yet; what is wrong with it is noted."""
        for rule, partial in self._cases(self._now, fact):
            head = _head(rule, partial)
            if head is None:
                self._note(rule, partial)
            elif not self.view.has(head, Stage.NOW) and self._now.holds(partial, rule.guards):
                if isinstance(head[0], Literal):
                    self.found.append(Beyond("literal", (*rule.axiom, said(fact))))
                else:
                    yield head

    def _note(self, rule: Rule, partial: Partial) -> None:
        head, binding = rule.head, partial[0]
        if isinstance(head, Same) and put_in(head.one, binding) == put_in(head.other, binding):
            return
        whole = self._now.witness(partial, rule.guards)
        if whole is not None:
            self.found.extend(self._findings.of_case(rule, whole))

    def _cases(self, join: Join, fact: Fact) -> Iterator[tuple[Rule, Partial]]:
        for rule, place in self._program.by_premise.get(_key(fact), ()):
            for partial in join.cases(rule, place, fact):
                yield rule, partial


def _head(rule: Rule, partial: Partial) -> Fact | None:
    if not isinstance(rule.head, Atom):
        return None
    subject, value = (put_in(place, partial[0]) for place in rule.head.places)
    assert subject is not None and value is not None, "a case binds the variables of the head"
    return subject, rule.head.predicate, value


def _key(fact: Fact) -> tuple[NamedNode, NamedNode | None]:
    return key_of(fact[1], fact[2])

"""The loop of the closure: statements are taken up one by one, and rules look at each with those before.

Rules are handlers on a predicate or on a class. A handler that comes late is first shown everything
that came before it, so an axiom that is itself inferred has its full effect. Statements are taken up
in the order in which they were found, so those of depth n come before those of depth n + 1, and the
first derivation of a statement is a shallowest one.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Final

from dealgraph.closure.equality import Equality
from dealgraph.closure.lists import Lists
from dealgraph.closure.literals import Literals
from dealgraph.closure.store import Group, Handler, Ids, Record, Role, Store
from dealgraph.closure.vocabulary import DATATYPES, FIRST, REST, SAME_AS, SIZE, THING, TYPE

REWRITTEN: Final = ""
"""Stands in a record for one step of eq-rep-s, eq-rep-p or eq-rep-o: the place that differs tells which."""

# What these rules give follows from the rules on data as well, one axiom after the other: a member of
# a class gets to the superclass of a superclass by way of the superclass. So it has no effect by itself.
_SHORTCUTS: Final = frozenset(
    {
        *("scm-sco", "scm-spo", "scm-eqc1", "scm-eqc2", "scm-eqp1", "scm-eqp2"),
        *("scm-dom1", "scm-dom2", "scm-rng1", "scm-rng2", "scm-int", "scm-uni"),
    }
)

_BY_WAY: Final = _SHORTCUTS | {"prp-trp"}

Attach = Callable[["Engine", Ids], None]
"""What puts an axiom into effect: it hangs handlers on what the axiom is about."""


class Engine:
    """The state of one closure. `known` has every statement, with its record; those given have `None`.

    `thing`: whether to find the members of owl:Thing, which takes a statement a term; if it turns out
    that an axiom needs them, `needs_thing` is set and `run` stops at once. `every`: whether to record
    every derivation, those after the first in `others`.
    """

    def __init__(self, literals: Literals, *, thing: bool, every: bool) -> None:
        self.literals = literals
        self.every = every
        self.known: dict[Ids, Record | None] = {}
        self.others: defaultdict[Ids, list[Record]] = defaultdict(list)
        self.refused: list[Ids] = []
        self.needs_thing = False
        self.equality = Equality()
        self._store = Store()
        self._gone = self.equality.representative
        self._thing = thing
        self._asked: set[int] = set()
        self._given_uses: Counter[int] = Counter()
        self._firm: set[Ids] = set()
        self._queue: deque[Ids] = deque()
        self.lists = Lists(self.role(FIRST), self.role(REST), self._gone)

    # --- what rules ask ----------------------------------------------------------------------------

    def role(self, predicate: int) -> Role:
        """Return the statements of a predicate."""
        return self._store.role(predicate)

    def members(self, kind: int) -> dict[int, Ids]:
        """Return the members of a class, each with the statement that makes it one: a live view."""
        return self._store.extent(kind).members

    def is_current(self, triple: Ids) -> bool:
        """Tell whether a statement is about representatives, so that no other stands in its place."""
        gone = self._gone
        return not (triple[0] in gone or triple[1] in gone or triple[2] in gone)

    def current(self, predicate: int) -> list[Ids]:
        """Return the statements of a predicate that are about representatives."""
        return [triple for triple in self.role(predicate).triples if self.is_current(triple)]

    def is_by_way(self, triple: Ids, *rules: str) -> bool:
        """Tell whether a statement was found by one of some rules alone, by way of others with its effect."""
        record = self.known[triple]
        is_first = record is not None and record[0] in rules
        return is_first and not self.every and triple not in self._firm

    def origin(self, triple: Ids) -> Ids:
        """Return the statement that was given or inferred, of which a statement is a rewriting."""
        record = self.known.get(triple)
        while record is not None and record[0] == REWRITTEN:
            (triple,) = record[2]
            record = self.known[triple]
        return triple

    def is_idle(self, kind: int) -> bool:
        """Tell whether the members of a class are not looked for: nobody asked, and all things are in it."""
        return kind == THING and not self._thing

    # --- where rules hang --------------------------------------------------------------------------

    def on_role(self, predicate: int, handler: Handler) -> None:
        """Show a handler every statement of a predicate, those so far and those to come."""
        role = self.role(predicate)
        role.handlers.append(handler)
        for triple in role.triples:
            handler(triple)

    def on_class(self, kind: int, handler: Handler) -> None:
        """Show a handler every statement that makes something a member of a class."""
        self.want(kind)
        extent = self._store.extent(kind)
        extent.handlers.append(handler)
        for triple in extent.members.values():
            handler(triple)

    def on_axiom(self, predicate: int, attach: Attach) -> None:
        """Put the axioms of one predicate into effect, but not those whose effect is there anyway."""

        def found(axiom: Ids) -> None:
            if axiom[2] not in self.literals and not self.is_by_way(axiom, *_SHORTCUTS):
                attach(self, axiom)

        self.on_role(predicate, found)

    def on_declaration(self, kind: int, attach: Attach) -> None:
        """Put the axioms that are types, such as owl:TransitiveProperty, into effect."""
        self.on_class(kind, lambda axiom: attach(self, axiom))

    def want(self, kind: int) -> None:
        """Ask for all members of a class: those of owl:Thing and of datatypes are not found unasked."""
        if kind == THING:
            self.needs_thing = not self._thing
        elif kind in DATATYPES and kind not in self._asked:
            self._asked.add(kind)
            for literal in self.literals.within(kind):
                self.emit((literal, TYPE, kind), "dt-type2", ())

    # --- what rules find ---------------------------------------------------------------------------

    def add(self, triples: Sequence[Ids]) -> None:
        """Take in the statements that are given."""
        self.known.update(dict.fromkeys(triples))
        self._queue.extend(triples)
        if any(triple[1] == SAME_AS for triple in triples):
            self._given_uses.update(chain.from_iterable(triples))

    def classify(self, term: int, kind: int, rule: str, axiom: Group, *premises: Ids) -> None:
        """Note that a term is in a class, unless nobody asked for the members of that class."""
        if kind >= SIZE or not (self.is_idle(kind) or self.literals.is_typed_already(term, kind)):
            self.emit((term, TYPE, kind), rule, axiom, *premises)

    def emit(self, triple: Ids, rule: str, axiom: Group, *premises: Ids) -> None:
        """Note that a statement follows by a rule, from an axiom and other premises."""
        record = (rule, axiom, premises)
        if triple in self.known or (triple[1] == SAME_AS and self._are_equal(triple[0], triple[2])):
            self._again(triple, record)
        elif not self._gone or (normal := self.equality.normal(triple)) == triple:
            self.known[triple] = record
            self._queue.append(triple)
        elif normal in self.known:
            self._again(triple, record)
        else:
            self.known[triple] = record
            self._rewrite(triple)

    def run(self) -> None:
        """Take up statements until there are none."""
        queue = self._queue
        while queue and not self.needs_thing:
            self._take(queue.popleft())
            if not queue:
                self.lists.look_again()

    # --- inside ------------------------------------------------------------------------------------

    def _take(self, triple: Ids) -> None:
        subject, predicate, value = triple
        if predicate == SAME_AS and subject != value:
            self._merge(triple)
        elif self._gone and not self.is_current(triple):
            self._rewrite(triple)
        else:
            if triple not in self._firm or not self._store.has(triple):
                self._store.add(triple)
            if predicate == TYPE:
                for handler in self._store.extent(value).handlers:
                    handler(triple)
            for handler in self._store.role(predicate).handlers:
                handler(triple)

    def _again(self, triple: Ids, record: Record) -> None:
        if self.every:
            self.others[triple].append(record)

    def _are_equal(self, one: int, other: int) -> bool:
        return self.equality.find(one) == self.equality.find(other)

    def _merge(self, because: Ids) -> None:
        one, other = self.equality.find(because[0]), self.equality.find(because[2])
        if one == other:
            return
        if one < SIZE and other < SIZE:
            self.refused.append(because)
            return
        keep, gone = sorted((one, other), key=self._rank, reverse=True)
        if gone in self.literals and keep not in self.literals:
            self._type_literals(self.equality.members(gone))
        self.equality.join(keep, gone, because)
        for triple in self._store.withdraw(gone):
            self._rewrite(triple)
        self._know_reflexive(keep, because)

    def _type_literals(self, literals: Iterable[int]) -> None:
        """Find all datatypes of literals that turn out to be an individual: so it is of those."""
        for literal in literals:
            for datatype in self.literals.datatypes(literal):
                self.emit((literal, TYPE, datatype), "dt-type2", ())

    def _rank(self, term: int) -> tuple[bool, bool, int, int]:
        """What stands for a set: a term of the vocabulary, else no literal, else what is used most."""
        weight = self._given_uses[term] + self._store.uses(term) + len(self.equality.members(term))
        return term < SIZE, term not in self.literals, weight, -term

    def _know_reflexive(self, term: int, because: Ids) -> None:
        """Stand for all equalities in a set by one statement, for axioms about owl:sameAs itself."""
        triple = (term, SAME_AS, term)
        if triple not in self.known:
            self.known[triple] = (REWRITTEN, (), (because,))
            self._queue.append(triple)

    def _rewrite(self, triple: Ids) -> None:
        """Say the same of representatives, one place at a time, so that each step is one rule's."""
        normal = self.equality.normal(triple)
        if triple[1] == SAME_AS:
            return
        if normal in self.known:
            self._make_firm(normal, triple)
            return
        before = triple
        for step in ((normal[0], *triple[1:]), (*normal[:2], triple[2]), normal):
            if step != before:
                self.known.setdefault(step, (REWRITTEN, (), (before,)))
                before = step
        self._queue.append(normal)

    def _make_firm(self, triple: Ids, before: Ids) -> None:
        """Give a statement its own effect if a statement that had one is now said as this one.

        The ways by which it had none may now lead through itself.
        """
        record, earlier = self.known[triple], self.known[before]
        if record is None or triple in self._firm or record[0] not in _BY_WAY:
            return
        if earlier is None or earlier[0] != record[0] or before in self._firm:
            self._firm.add(triple)
            self._queue.append(triple)

"""Find the cases of a rule in a store: from one statement that a premise matches, or for one head.

What is bound decides the order. Where several premises could come next, or one has many matches, they
are read side by side and the one that ends first is followed: so a hub is read no further than what
else is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from dealgraph.horn.rules import Atom, Binding, Fact, Guard, Place, Rule, Term, put_in, variables_of
from dealgraph.horn.view import Stage, View

MANY: Final = 64
"""After how many matches of a premise others are read beside it."""

Partial = tuple[Binding, tuple[Atom, ...]]
"""A case so far: what the variables stand for, and the premises that are still to be met."""
_CHECK, _BY_VARIABLE, _BY_CONSTANT = range(3)


class Join:
    """Cases of rules at one stage of a view."""

    def __init__(self, view: View, stage: Stage) -> None:
        self._view = view
        self._stage = stage

    def cases(self, rule: Rule, place: int, fact: Fact) -> Iterator[Partial]:
        """Yield the cases in which a statement is the premise at a place, as far as the head is bound."""
        binding = unify(rule.body[place], fact, {}, rule.guards)
        if binding is not None:
            rest = (*rule.body[:place], *rule.body[place + 1 :])
            yield from self._solve(rest, binding, rule.guards, variables_of(rule.head))

    def gives(self, rule: Rule, fact: Fact) -> bool:
        """Tell whether a rule has a case whose head is a statement."""
        if not isinstance(rule.head, Atom):
            return False
        binding = unify(rule.head, fact, {}, rule.guards)
        return binding is not None and self.holds((binding, rule.body), rule.guards)

    def holds(self, partial: Partial, guards: Sequence[Guard]) -> bool:
        """Tell whether the premises that are left can be met."""
        return self.witness(partial, guards) is not None

    def witness(self, partial: Partial, guards: Sequence[Guard]) -> Binding | None:
        """Return what the variables stand for in one case that meets all premises."""
        binding, atoms = partial
        wanted = frozenset(variable for atom in atoms for variable in atom.variables)
        found = (case for case, rest in self._solve(atoms, binding, guards, wanted) if self._met(rest, case))
        return next(found, None)

    def _met(self, atoms: Sequence[Atom], binding: Binding) -> bool:
        return all(next(self._matches(atom, binding), None) is not None for atom in atoms)

    def _solve(
        self, atoms: tuple[Atom, ...], binding: Binding, guards: Sequence[Guard], wanted: frozenset[int]
    ) -> Iterator[Partial]:
        if wanted <= binding.keys():
            yield binding, atoms
            return
        for place, fact in self._next(atoms, binding):
            more = unify(atoms[place], fact, binding, guards)
            if more is not None:
                yield from self._solve((*atoms[:place], *atoms[place + 1 :]), more, guards, wanted)

    def _next(self, atoms: Sequence[Atom], binding: Binding) -> Iterator[tuple[int, Fact]]:
        """Choose the premise to go on with, and yield its place with each statement that matches it."""
        ranks = [_rank(atom, binding) for atom in atoms]
        best = min(ranks)
        leaders = [place for place, rank in enumerate(ranks) if rank == best]
        if best == _CHECK:
            yield from ((leaders[0], fact) for fact in islice(self._matches(atoms[leaders[0]], binding), 1))
            return
        streams = {place: self._matches(atoms[place], binding) for place in leaders}
        read: dict[int, list[Fact]] = {place: list(islice(streams[place], MANY)) for place in leaders}
        short = [place for place in leaders if len(read[place]) < MANY]
        if short:
            place = min(short, key=lambda each: len(read[each]))
            yield from ((place, fact) for fact in read[place])
            return
        # One case is often all that is asked for, and it is mostly among the first.
        yield from ((leaders[0], fact) for fact in read[leaders[0]])
        others = [place for place, rank in enumerate(ranks) if rank == _BY_CONSTANT and place not in streams]
        streams |= {place: self._matches(atoms[place], binding) for place in others}
        yield from _shortest(streams, read)

    def _matches(self, atom: Atom, binding: Binding) -> Iterator[Fact]:
        subject, value = (put_in(place, binding) for place in atom.places)
        return self._view.match(subject, atom.predicate, value, self._stage)


def unify(atom: Atom, fact: Fact, binding: Binding, guards: Sequence[Guard]) -> Binding | None:
    """Return a binding under which an atom says a statement and the guards allow it, or nothing."""
    if atom.predicate != fact[1]:
        return None
    found: dict[int, Term] = dict(binding)
    for place, term in ((atom.subject, fact[0]), (atom.object, fact[2])):
        if not _bind(place, term, found):
            return None
    for guard in guards:
        if (
            guard.variable in found
            and guard.variable not in binding
            and not guard.allows(found[guard.variable])
        ):
            return None
    return found


def _bind(place: Place, term: Term, found: dict[int, Term]) -> bool:
    if not isinstance(place, int):
        return place == term
    return found.setdefault(place, term) == term


def _rank(atom: Atom, binding: Binding) -> int:
    bound = [not isinstance(place, int) or place in binding for place in atom.places]
    if all(bound):
        return _CHECK
    by_variable = any(isinstance(place, int) and place in binding for place in atom.places)
    return _BY_VARIABLE if by_variable else _BY_CONSTANT


def _shortest(streams: dict[int, Iterator[Fact]], read: dict[int, list[Fact]]) -> Iterator[tuple[int, Fact]]:
    """Read several premises in turn until one ends, and yield the matches of that one."""
    while True:
        for place, stream in streams.items():
            more = list(islice(stream, MANY))
            read.setdefault(place, []).extend(more)
            if len(more) < MANY:
                yield from ((place, fact) for fact in read[place])
                return

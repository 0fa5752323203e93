"""The critical instance of one case of an open axiom: what follows about named things if it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dealgraph.horn.bodies import Body, Variables, bodies
from dealgraph.horn.expressions import Outside
from dealgraph.horn.heads import Open
from dealgraph.horn.overlap import may_hold
from dealgraph.horn.rules import TYPE, Apart, Atom, Fact, Guard, Head, Key, Never, Place, Rule, replaced

THING: Final = 0
"""The thing that meets the body of the axiom."""
ANY: Final = -1
"""Any named thing or value: all that can be imagined holds of it. Numbers from 1 up are made up."""

_Places = Mapping[int, Place]


@dataclass(frozen=True)
class Known:
    """What openness is asked against: rules, disjoint classes, all open axioms, what holds without facts."""

    rules: Sequence[Rule]
    disjoint: Sequence[Apart]
    opens: Sequence[Open]
    static: frozenset[Fact]


class Chase:
    """One case of an open axiom, and all that follows from it."""

    def __init__(self, case: Body, known: Known, implied: frozenset[Key], variables: Variables) -> None:
        self._facts: dict[Atom, None] = {}
        self._ranges: list[Guard] = []
        self._known = known
        self._implied = implied
        self._effects: set[Key] = set()
        self._contradicts = False
        self._made_up = [_first_case(each, variables) for each in known.opens]
        self._ranges += (guard for each in self._made_up if each is not None for guard in each.guards)
        self._take(case)

    def effects(self) -> frozenset[Key] | None:
        """Return what follows about named things, or nothing if the case may contradict itself."""
        before = -1
        while before != len(self._facts) and not self._contradicts:
            before = len(self._facts)
            for rule in self._known.rules:
                for places in tuple(self._matches(rule.body, rule.guards)):
                    self._conclude(rule.head, places)
            self._make_up()
        self._contradicts = self._contradicts or self._is_disjoint()
        return None if self._contradicts else frozenset(self._effects)

    def _take(self, body: Body) -> None:
        self._ranges += body.guards
        for atom in body.atoms:
            self._state(atom)

    def _state(self, atom: Atom) -> None:
        if any(isinstance(place, int) and place > THING for place in atom.places):
            self._facts[atom] = None
        elif not (atom.subject == THING and atom.key in self._implied) and not self._is_static(atom):
            self._facts[atom] = None
            self._effects.add(atom.key)

    def _is_static(self, atom: Atom) -> bool:
        return (atom.subject, atom.predicate, atom.object) in self._known.static

    def _conclude(self, head: Head, places: _Places) -> None:
        if isinstance(head, Atom):
            self._state(replaced(head, places))
        elif isinstance(head, Never):
            self._contradicts = True
        else:
            one, other = (
                places.get(end, end) if isinstance(end, int) else end for end in (head.one, head.other)
            )
            self._contradicts = self._contradicts or one != other

    def _make_up(self) -> None:
        """Give what is made up in its turn what open axioms say of it.

        One case of each is enough: what does not follow in one way things can be does not follow.
        """
        for each, case in zip(self._known.opens, self._made_up, strict=True):
            for places in tuple(self._matches(each.body.atoms, each.body.guards)):
                node = places.get(each.variable, ANY)
                if _is_made_up(node):
                    self._contradicts = self._contradicts or case is None
                    atoms = case.atoms if case is not None else ()
                    self._take(Body(tuple(replaced(atom, {each.variable: node}) for atom in atoms)))

    def _is_disjoint(self) -> bool:
        """Tell whether something may be in two classes that are disjoint; a named thing may be in any."""
        typed = [fact for fact in self._facts if fact.predicate == TYPE]
        for axiom in self._known.disjoint:
            members = [fact for fact in typed if fact.object in axiom.members]
            made_up = [fact.subject for fact in members if _is_made_up(fact.subject)]
            if len(made_up) < len(members) or len(set(made_up)) < len(made_up):
                return True
        return False

    def _matches(self, atoms: Sequence[Atom], guards: Sequence[Guard]) -> Iterator[_Places]:
        """Yield how a body can be met with the help of what was made up."""
        for places, by_help in self._solve(list(atoms), {}, False):
            if by_help and all(self._allows(guard, places.get(guard.variable, ANY)) for guard in guards):
                yield places

    def _solve(
        self, atoms: list[Atom], places: dict[int, Place], by_help: bool
    ) -> Iterator[tuple[_Places, bool]]:
        if not atoms:
            yield places, by_help
            return
        first, rest = atoms[0], atoms[1:]
        for fact in tuple(self._facts):
            if fact.predicate == first.predicate:
                met = _met(first, fact, places)
                if met is not None:
                    yield from self._solve(rest, met, True)
        free = {place: ANY for place in first.places if isinstance(place, int) and place not in places}
        if not any(_is_made_up(places.get(place)) for place in first.places if isinstance(place, int)):
            yield from self._solve(rest, {**places, **free}, by_help)

    def _allows(self, guard: Guard, place: Place) -> bool:
        if not isinstance(place, int):
            return guard.allows(place)
        known = [each for each in self._ranges if each.variable == place]
        return place <= THING or all(may_hold(each.range, guard) for each in known)


def _first_case(this: Open, variables: Variables) -> Body | None:
    """The first case of an axiom with things of its own, or nothing if it cannot be said so."""
    try:
        cases = bodies(this.expression, this.variable, variables)
    except Outside:
        return None
    return None if not cases or cases[0].ties else cases[0]


def _met(atom: Atom, fact: Atom, places: _Places) -> dict[int, Place] | None:
    found = dict(places)
    for wanted, there in zip(atom.places, fact.places, strict=True):
        here = found.get(wanted) if isinstance(wanted, int) else wanted
        if here is None or here == there or (here == ANY and not _is_made_up(there)):
            if isinstance(wanted, int):
                found[wanted] = there
        elif there not in (THING, ANY) or _is_made_up(here):
            return None
    return found


def _is_made_up(place: Place | None) -> bool:
    return isinstance(place, int) and place > THING

"""Self restrictions, resolved into the rules that use them.

A property that only ever follows by a self restriction, such as one that stands for a class inside a
chain, relates things to themselves and to nothing else. Its premises are replaced by what puts a thing
into the restricted class, so that no reflexive statement has to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode

from dealgraph.horn.bodies import Body
from dealgraph.horn.finishing import finished
from dealgraph.horn.rules import TYPE, Atom, Guard, Place, Rule, replaced, replaced_head


def unfold(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], frozenset[NamedNode]]:
    """Return the rules with all self restrictions resolved, and the properties that were.

    A property is left as it is where something else concludes it too, or where its own conclusion needs
    it.
    """
    unfolded: set[NamedNode] = set()
    found = tuple(rules)
    for predicate in sorted(_selves(found), key=str):
        loops = [rule for rule in found if isinstance(rule.head, Atom) and rule.head.predicate == predicate]
        if not any(_uses(rule, predicate) for rule in loops):
            others = [rule for rule in found if rule not in loops]
            found = tuple(
                dict.fromkeys(each for rule in others for each in _resolved(rule, predicate, loops))
            )
            unfolded.add(predicate)
    return found, frozenset(unfolded)


def _selves(rules: Iterable[Rule]) -> set[NamedNode]:
    heads = [rule.head for rule in rules if isinstance(rule.head, Atom) and rule.head.predicate != TYPE]
    reflexive = {head.predicate for head in heads if head.subject == head.object}
    return reflexive - {head.predicate for head in heads if head.subject != head.object}


def _uses(rule: Rule, predicate: NamedNode) -> bool:
    return any(atom.predicate == predicate for atom in rule.body)


def _resolved(rule: Rule, predicate: NamedNode, loops: Sequence[Rule]) -> Iterator[Rule]:
    """Yield a rule as it is, and with each way to replace its premises of a property."""
    yield rule
    for place, atom in enumerate(rule.body):
        if atom.predicate == predicate:
            for loop in loops:
                made = _replaced(rule, place, atom, loop)
                if made is not None:
                    yield from _resolved(made, predicate, loops)


def _replaced(rule: Rule, place: int, atom: Atom, loop: Rule) -> Rule | None:
    """Replace one premise by the body of a rule that concludes it of a thing and itself."""
    assert isinstance(loop.head, Atom)
    one, other = atom.places
    met = one if not isinstance(one, int) else other
    merged: dict[int, Place] = {each: met for each in atom.places if isinstance(each, int)}
    if any(not isinstance(each, int) and each != met for each in atom.places):
        return None
    first = 1 + max((v for each in rule.body for v in each.variables), default=0)
    shift: dict[int, Place] = {v: v + first for each in loop.body for v in each.variables}
    if isinstance(loop.head.subject, int):
        shift[loop.head.subject] = met
    elif loop.head.subject != met:
        return None
    rest = [each for number, each in enumerate(rule.body) if number != place]
    atoms = (*(replaced(each, merged) for each in rest), *(replaced(each, shift) for each in loop.body))
    guards: list[Guard] = []
    for given, places in ((rule.guards, merged), (loop.guards, shift)):
        for guard in given:
            variable = places.get(guard.variable, guard.variable)
            if not isinstance(variable, int):
                return None  # an individual, where a value is asked for
            guards.append(Guard(variable, guard.range, guard.inside))
    body = Body(atoms, tuple(guards))
    return finished(replaced_head(rule.head, merged), body, (*rule.axiom, *loop.axiom))

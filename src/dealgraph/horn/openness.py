"""Whether it matters that an axiom says there is something, or one of several things, without saying which.

No Horn rule can draw such a conclusion. It can be left undrawn where nothing about named things follows
from it. To see that, the thing is made up, everything imaginable is taken to hold of all named things,
and the rules are run: what they give about named things is more than what could ever follow. With
several cases only what all of them give counts. Source of the idea: Marnette, Generalized
Schema-Mappings, PODS 2009 (the critical instance).
"""

from __future__ import annotations

from collections.abc import Sequence

from dealgraph.horn.bodies import Variables, bodies
from dealgraph.horn.chase import THING, Chase, Known
from dealgraph.horn.expressions import Outside
from dealgraph.horn.heads import Open
from dealgraph.horn.rules import TYPE, Atom, Key, Rule


def matters(this: Open, known: Known) -> bool:
    """Tell whether an open axiom could have an effect on named things."""
    variables = Variables(1)
    try:
        cases = bodies(this.expression, THING, variables)
    except Outside:
        return True
    if any(case.ties for case in cases):
        return True
    implied = _implied(this, known.rules)
    found = [Chase(case, known, implied, variables).effects() for case in cases]
    possible = [effects for effects in found if effects is not None]
    return not possible or bool(frozenset.intersection(*possible))


def _implied(this: Open, rules: Sequence[Rule]) -> frozenset[Key]:
    """The classes that whoever meets the body is in, by subclasses alone."""
    found = {atom.key for atom in this.body.atoms if atom.subject == this.variable and atom.predicate == TYPE}
    while True:
        more = {
            rule.head.key
            for rule in rules
            if isinstance(rule.head, Atom)
            and len(rule.body) == 1
            and not rule.guards
            and rule.body[0].predicate == rule.head.predicate == TYPE
            and rule.body[0].subject == rule.head.subject
            and rule.body[0].key in found
        }
        if more <= found:
            return frozenset(found)
        found |= more

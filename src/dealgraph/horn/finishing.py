"""The last step to a rule: individuals put in their places, variables numbered, empty rules left out."""

from __future__ import annotations

from pyoxigraph import Triple

from dealgraph.horn.bodies import Body
from dealgraph.horn.expressions import Outside
from dealgraph.horn.rules import Guard, Head, Place, Rule, replaced, replaced_head, variables_of


def finished(head: Head, body: Body, axiom: tuple[Triple, ...]) -> Rule | None:
    """Return a rule with its variables numbered as they come, or nothing for one that says nothing.

    Raises `Outside` if the body does not bind the head.
    """
    ties = dict(body.ties)
    if any(ties[variable] != term for variable, term in body.ties):
        return None
    if any(guard.variable in ties for guard in body.guards):
        return None  # what is tied is an individual, and no value
    atoms = tuple(dict.fromkeys(replaced(atom, ties) for atom in body.atoms))
    head = replaced_head(head, ties)
    bound = {variable for atom in atoms for variable in atom.variables}
    if not variables_of(head) <= bound or not atoms:
        raise Outside("it is about everything")
    if head in atoms:
        return None
    order: dict[int, Place] = {}
    for atom in atoms:
        for place in atom.places:
            if isinstance(place, int):
                order.setdefault(place, len(order))
    guards = tuple(Guard(_as_variable(order[g.variable]), g.range, g.inside) for g in body.guards)
    renamed = tuple(replaced(atom, order) for atom in atoms)
    return Rule(replaced_head(head, order), renamed, tuple(dict.fromkeys(guards)), axiom)


def _as_variable(place: Place) -> int:
    assert isinstance(place, int), "a variable is renamed to a variable"
    return place

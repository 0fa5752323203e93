"""Why a statement holds: one step back from it, by a rule of the recommendation.

Statements are inferred about representatives of equal terms. The steps of equality that lead from
there to the terms that a person asked about are put in here, on demand.
"""

from __future__ import annotations

from itertools import product
from typing import Final

from dealgraph.closure.engine import REWRITTEN, Engine
from dealgraph.closure.store import Group, Ids
from dealgraph.closure.vocabulary import DIFFERENT_FROM, SAME_AS

Step = tuple[str, Group]
"""A rule and the premises from which it gives a statement."""

_REPLACING: Final = ("eq-rep-s", "eq-rep-p", "eq-rep-o")


def holds(engine: Engine, triple: Ids) -> bool:
    """Tell whether a statement is given or inferred, trivial ones included."""
    subject, predicate, value = engine.equality.normal(triple)
    if predicate == SAME_AS and subject != value:
        return engine.equality.find(subject) == engine.equality.find(value)
    if (subject, predicate, value) in engine.known or triple in engine.known:
        return True
    if predicate == DIFFERENT_FROM:
        return _differing_values(engine, triple) is not None
    return predicate == SAME_AS and _mention(engine, triple[2]) is not None


def first_step(engine: Engine, triple: Ids) -> Step | None:
    """Return how a statement was found first, or `None` if it is given or does not hold.

    Going on with the premises, and with theirs, always ends: a step was recorded when all its premises
    were known, and the equalities in it were known too.
    """
    if triple in engine.known:
        record = engine.known[triple]
        if record is None:
            return None
        if record[0] != REWRITTEN:
            return record[0], (*record[1], *record[2])
        if triple[0] != triple[2] or triple[1] != SAME_AS:
            return _replaced(record[2][0], triple)
    if not holds(engine, triple):
        return None
    if triple[1] == SAME_AS:
        return _equal(engine, triple)
    before = _nearest(engine, triple)
    return ("dt-diff", ()) if before == triple else _replaced(before, triple)


def all_steps(engine: Engine, triple: Ids) -> list[Step]:
    """Return every recorded way to find a statement, the first one first."""
    first = first_step(engine, triple)
    others = [(rule, (*axiom, *premises)) for rule, axiom, premises in engine.others.get(triple, ())]
    return list(dict.fromkeys([*([first] if first else []), *others]))


def _differing_values(engine: Engine, triple: Ids) -> Ids | None:
    """Say of two literals what a statement says of terms equal to them: that they differ.

    A literal is kept if it can be, so that a proof that goes on from one of the two comes to an end.
    """
    sides = [_literals_of(engine, triple[0]), _literals_of(engine, triple[2])]
    pairs = (pair for pair in product(*sides) if engine.literals.differ(*pair))
    found = next(pairs, None)
    return (found[0], DIFFERENT_FROM, found[1]) if found else None


def _literals_of(engine: Engine, term: int) -> list[int]:
    """Give a literal of each value that a term is equal to: itself first, if it is one."""
    members = engine.equality.members(engine.equality.find(term))
    literals = sorted(
        (each for each in members if each in engine.literals), key=lambda each: (each != term, each)
    )
    return [group[0] for group in engine.literals.by_value(literals)]


def _nearest(engine: Engine, triple: Ids) -> Ids:
    """Find what a statement about equal terms was first found as."""
    normal = engine.equality.normal(triple)
    if normal[1] == SAME_AS:
        return triple[0], SAME_AS, triple[2]
    apart = _differing_values(engine, triple) if normal not in engine.known else None
    return apart or engine.origin(normal)


def _replaced(before: Ids, triple: Ids) -> Step:
    """Go back by one replaced term towards the statement that says the same of equal terms."""
    place = next(place for place in range(3) if before[place] != triple[place])
    rest = list(triple)
    rest[place] = before[place]
    return _REPLACING[place], ((before[place], SAME_AS, triple[place]), (rest[0], rest[1], rest[2]))


def _equal(engine: Engine, triple: Ids) -> Step:
    """Go back by one step of equality; long ways are cut in the middle, so that proofs stay shallow."""
    start, _, end = triple
    if start == end:
        mention = _mention(engine, start)
        return "eq-ref", (mention,) if mention else ()
    if engine.literals.are_same(start, end):
        return "dt-eq", ()
    path = engine.equality.path(start, end)
    if len(path) == 1:
        return "eq-sym", (path[0],)
    middle = _node_between(*path[len(path) // 2 - 1 : len(path) // 2 + 1])
    return "eq-trans", ((start, SAME_AS, middle), (middle, SAME_AS, end))


def _node_between(edge: Ids, after: Ids) -> int:
    return edge[0] if edge[0] in (after[0], after[2]) else edge[2]


def _mention(engine: Engine, term: int) -> Ids | None:
    reflexive = (term, SAME_AS, term)
    return next((triple for triple in engine.known if term in triple and triple != reflexive), None)

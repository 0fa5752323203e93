"""Axioms that are a node with a list, such as owl:AllDisjointClasses, once all is known."""

from __future__ import annotations

from collections.abc import Iterator

from dealgraph.closure.engine import Engine
from dealgraph.closure.lists import Listed
from dealgraph.closure.store import Group
from dealgraph.closure.vocabulary import MEMBERS


def listed_axioms(engine: Engine, kind: int, predicate: int = MEMBERS) -> Iterator[tuple[Group, Listed]]:
    """Give each node of a kind with its list: the two statements that say so, and the list.

    Nodes whose list cannot be read are left out.
    """
    for typed in engine.members(kind).values():
        for link in engine.role(predicate).by_subject().get(typed[0], ()):
            listed = engine.lists.read(link[2])
            if engine.is_current(typed) and engine.is_current(link) and not listed.fault:
                yield (typed, link), listed

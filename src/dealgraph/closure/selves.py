"""Self restrictions, which OWL 2 RL leaves out: their members are what a property relates to itself.

Source: OWL 2 Web Ontology Language Structural Specification (Second Edition), section 8.2.4.
"""

from __future__ import annotations

from typing import Final

from dealgraph.closure.engine import Engine
from dealgraph.closure.restrictions import Restriction, described
from dealgraph.closure.store import Group, Ids
from dealgraph.closure.values import Value
from dealgraph.closure.vocabulary import HAS_SELF, ON_PROPERTY

SELF: Final = "has-self"
"""A member of a self restriction is related to itself."""
SELF_BACK: Final = "has-self-back"
"""What is related to itself is a member of the self restriction."""

_TRUE: Final = Value("boolean", True)


def install(engine: Engine) -> None:
    """Make an engine apply the two rules to each self restriction that it finds."""
    effective: set[Group] = set()

    def found(triple: Ids) -> None:
        for restriction in described(engine, triple[0], HAS_SELF):
            is_meant = (
                restriction.filler in engine.literals and engine.literals.value(restriction.filler) == _TRUE
            )
            if is_meant and restriction.group not in effective:
                effective.add(restriction.group)
                _apply(engine, restriction)

    engine.on_role(HAS_SELF, found)
    engine.on_role(ON_PROPERTY, found)


def _apply(engine: Engine, this: Restriction) -> None:
    node, predicate, _, _, group = this

    def on_member(typed: Ids) -> None:
        if typed[0] not in engine.literals:
            engine.emit((typed[0], predicate, typed[0]), SELF, group, typed)

    def on_value(triple: Ids) -> None:
        if triple[0] == triple[2]:
            engine.classify(triple[0], node, SELF_BACK, group, triple)

    engine.on_class(node, on_member)
    engine.on_role(predicate, on_value)

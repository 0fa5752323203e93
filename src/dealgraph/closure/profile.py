"""Which axioms of a graph the rules cannot follow, and why: malformed ones, and those beyond OWL 2 RL.

Sources: OWL 2 Profiles, section 4.2; OWL 2 Mapping to RDF Graphs, section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from dealgraph.closure.engine import Engine
from dealgraph.closure.positions import Described, misplaced_parts
from dealgraph.closure.store import Group, Ids
from dealgraph.closure.vocabulary import (
    ALL_VALUES_FROM,
    ASSERTION_PROPERTY,
    BOTTOM_DATA_PROPERTY,
    BOTTOM_OBJECT_PROPERTY,
    CARDINALITY,
    COMPLEMENT_OF,
    DATATYPE_COMPLEMENT_OF,
    DISJOINT_UNION_OF,
    DISJOINT_WITH,
    DISTINCT_MEMBERS,
    DOMAIN,
    EQUIVALENT_CLASS,
    EQUIVALENT_PROPERTY,
    HAS_KEY,
    HAS_SELF,
    HAS_VALUE,
    INTERSECTION_OF,
    INVERSE_OF,
    MAX_CARDINALITY,
    MAX_QUALIFIED_CARDINALITY,
    MEMBERS,
    MIN_CARDINALITY,
    MIN_QUALIFIED_CARDINALITY,
    ON_CLASS,
    ON_DATA_RANGE,
    ON_DATATYPE,
    ON_PROPERTIES,
    ON_PROPERTY,
    ONE_OF,
    PROPERTY_CHAIN_AXIOM,
    PROPERTY_DISJOINT_WITH,
    QUALIFIED_CARDINALITY,
    RANGE,
    REFLEXIVE_PROPERTY,
    SIZE,
    SOME_VALUES_FROM,
    SOURCE_INDIVIDUAL,
    SUB_CLASS_OF,
    SUB_PROPERTY_OF,
    TARGET_INDIVIDUAL,
    TOP_DATA_PROPERTY,
    TOP_OBJECT_PROPERTY,
    TYPE,
    UNION_OF,
)

Doubt = tuple[str, Group]
"""Why an axiom has not its full effect, and the statements to blame: the axiom first, the fault last."""

_WITHOUT_RULE: Final = frozenset(
    {
        *(HAS_SELF, MIN_CARDINALITY, CARDINALITY, MIN_QUALIFIED_CARDINALITY, QUALIFIED_CARDINALITY),
        *(ON_DATA_RANGE, ON_PROPERTIES, DATATYPE_COMPLEMENT_OF, ON_DATATYPE, DISJOINT_UNION_OF),
    }
)
_TERMS_WITHOUT_RULE: Final = frozenset(
    {
        *(REFLEXIVE_PROPERTY, TOP_OBJECT_PROPERTY, BOTTOM_OBJECT_PROPERTY),
        *(TOP_DATA_PROPERTY, BOTTOM_DATA_PROPERTY),
    }
)
_NUMBERS: Final = frozenset({MAX_CARDINALITY, MAX_QUALIFIED_CARDINALITY})
_ON_PROPERTY: Final = frozenset({SOME_VALUES_FROM, ALL_VALUES_FROM, HAS_VALUE}) | _NUMBERS
_LISTS: Final = frozenset(
    {INTERSECTION_OF, UNION_OF, ONE_OF, PROPERTY_CHAIN_AXIOM, HAS_KEY, MEMBERS, DISTINCT_MEMBERS}
)
_NEED_RESOURCE: Final = _LISTS | frozenset(
    {
        *(SUB_CLASS_OF, EQUIVALENT_CLASS, DISJOINT_WITH, COMPLEMENT_OF, DOMAIN, RANGE),
        *(SUB_PROPERTY_OF, EQUIVALENT_PROPERTY, PROPERTY_DISJOINT_WITH, INVERSE_OF),
        *(ON_PROPERTY, ON_CLASS, SOME_VALUES_FROM, ALL_VALUES_FROM),
        *(SOURCE_INDIVIDUAL, ASSERTION_PROPERTY, TARGET_INDIVIDUAL),
    }
)


def doubts(engine: Engine, named: Callable[[int], bool]) -> list[Doubt]:
    """Find the given axioms without their full effect; `named` tells which terms are IRIs.

    The reasons are keys of `readings.REASONS`. Returned by reason of one axiom alone first, then those
    with a part on the wrong side, each in the order of the axioms.
    """
    given = sorted(
        triple
        for triple, record in engine.known.items()
        if record is None
        and triple[1] < SIZE
        and (triple[1] != TYPE or triple[2] < SIZE or not named(triple[2]))
    )
    axioms = Described(given)
    found = [
        (reason, tuple(dict.fromkeys((axioms.within(triple, named), triple))))
        for triple in given
        for reason in _reasons(engine, axioms, triple)
    ]
    found += (("vocabulary", (triple,)) for triple in sorted(engine.refused))
    return [*found, *dict.fromkeys(misplaced_parts(axioms, given, named))]


def _reasons(engine: Engine, axioms: Described, triple: Ids) -> Iterator[str]:
    _, predicate, value = triple
    if predicate in _WITHOUT_RULE or not _TERMS_WITHOUT_RULE.isdisjoint(triple):
        yield "no-rule"
    elif predicate in _NEED_RESOURCE and value in engine.literals:
        yield "literal"
    elif predicate in _LISTS:
        listed = engine.lists.read(engine.equality.find(value))
        if listed.fault or not listed.members:
            yield listed.fault or "list-empty"
    elif predicate in _ON_PROPERTY:
        yield from _reasons_of_restriction(engine, axioms, triple)


def _reasons_of_restriction(engine: Engine, axioms: Described, triple: Ids) -> Iterator[str]:
    subject, predicate, value = triple
    if predicate in _NUMBERS and not any(engine.literals.is_number(value, number) for number in (0, 1)):
        yield "number"
    lacks_class = predicate == MAX_QUALIFIED_CARDINALITY and not axioms.about(subject, ON_CLASS)
    if not axioms.about(subject, ON_PROPERTY) or (lacks_class and not axioms.about(subject, ON_DATA_RANGE)):
        yield "incomplete"

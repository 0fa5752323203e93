"""What follows about classes and properties themselves: the rules of table 9, and those without premises."""

from __future__ import annotations

from dealgraph.closure.engine import Engine
from dealgraph.closure.properties import transitively
from dealgraph.closure.store import Group, Ids
from dealgraph.closure.vocabulary import (
    ANNOTATION_PROPERTY,
    ANNOTATIONS,
    CLASS,
    DATATYPE,
    DATATYPE_PROPERTY,
    DATATYPES,
    DOMAIN,
    EQUIVALENT_CLASS,
    EQUIVALENT_PROPERTY,
    INTERSECTION_OF,
    NOTHING,
    OBJECT_PROPERTY,
    RANGE,
    SAME_AS,
    SUB_CLASS_OF,
    SUB_PROPERTY_OF,
    THING,
    TYPE,
    UNION_OF,
)


def state_same_values(engine: Engine) -> None:
    """State which literals have one value (table 8): first of all, so that nothing is rewritten."""
    for one, other in engine.literals.same_values():
        engine.emit((one, SAME_AS, other), "dt-eq", ())


def state_axioms(engine: Engine) -> None:
    """State what holds in every graph (tables 5, 6 and 8), after what is given."""
    for annotation in ANNOTATIONS:
        engine.emit((annotation, TYPE, ANNOTATION_PROPERTY), "prp-ap", ())
    for datatype in DATATYPES:
        engine.emit((datatype, TYPE, DATATYPE), "dt-type1", ())
    engine.emit((THING, TYPE, CLASS), "cls-thing", ())
    engine.emit((NOTHING, TYPE, CLASS), "cls-nothing1", ())


def install(engine: Engine) -> None:
    """Make an engine apply the rules of table 9, but those that compare restrictions."""
    engine.on_declaration(CLASS, _class)
    engine.on_declaration(OBJECT_PROPERTY, _object_property)
    engine.on_declaration(DATATYPE_PROPERTY, _datatype_property)
    _order(engine, SUB_CLASS_OF, EQUIVALENT_CLASS, ("scm-sco", "scm-eqc1", "scm-eqc2"))
    _order(engine, SUB_PROPERTY_OF, EQUIVALENT_PROPERTY, ("scm-spo", "scm-eqp1", "scm-eqp2"))
    _inherit(engine, DOMAIN, "scm-dom1", "scm-dom2")
    _inherit(engine, RANGE, "scm-rng1", "scm-rng2")
    engine.on_axiom(INTERSECTION_OF, _intersection)
    engine.on_axiom(UNION_OF, _union)


def _class(engine: Engine, axiom: Ids) -> None:
    kind = axiom[0]
    for triple in (
        (kind, SUB_CLASS_OF, kind),
        (kind, EQUIVALENT_CLASS, kind),
        (kind, SUB_CLASS_OF, THING),
        (NOTHING, SUB_CLASS_OF, kind),
    ):
        engine.emit(triple, "scm-cls", (axiom,))


def _object_property(engine: Engine, axiom: Ids) -> None:
    _reflexive_property(engine, axiom, "scm-op")


def _datatype_property(engine: Engine, axiom: Ids) -> None:
    _reflexive_property(engine, axiom, "scm-dp")


def _reflexive_property(engine: Engine, axiom: Ids, rule: str) -> None:
    for predicate in (SUB_PROPERTY_OF, EQUIVALENT_PROPERTY):
        engine.emit((axiom[0], predicate, axiom[0]), rule, (axiom,))


def _order(engine: Engine, below: int, same: int, rules: tuple[str, str, str]) -> None:
    """Relate an order and its equivalence: transitive, both ways from `same`, and back to it."""
    transitive, parted, joined = rules

    def part(axiom: Ids) -> None:
        engine.emit((axiom[0], below, axiom[2]), parted, (axiom,))
        engine.emit((axiom[2], below, axiom[0]), parted, (axiom,))

    met: set[Ids] = set()

    def join(axiom: Ids) -> None:
        met.add(axiom)
        back = (axiom[2], below, axiom[0])
        if back in met:
            engine.emit((axiom[0], same, axiom[2]), joined, (axiom, back))
            engine.emit((axiom[2], same, axiom[0]), joined, (back, axiom))

    transitively(engine, below, transitive, ())
    engine.on_role(same, part)
    engine.on_role(below, join)


def _inherit(engine: Engine, predicate: int, upwards: str, downwards: str) -> None:
    """Pass domains, or ranges, on to superclasses and to sub-properties."""
    by_subject, by_object = engine.role(predicate).by_subject(), engine.role(predicate).by_object()
    classes, properties = engine.role(SUB_CLASS_OF).by_subject(), engine.role(SUB_PROPERTY_OF).by_object()

    def on_axiom(axiom: Ids) -> None:
        for order in classes.get(axiom[2], ()):
            engine.emit((axiom[0], predicate, order[2]), upwards, (), axiom, order)
        for order in properties.get(axiom[0], ()):
            engine.emit((order[0], predicate, axiom[2]), downwards, (), axiom, order)

    def on_class_order(order: Ids) -> None:
        for axiom in by_object.get(order[0], ()):
            engine.emit((axiom[0], predicate, order[2]), upwards, (), axiom, order)

    def on_property_order(order: Ids) -> None:
        for axiom in by_subject.get(order[2], ()):
            engine.emit((order[0], predicate, axiom[2]), downwards, (), axiom, order)

    engine.on_role(predicate, on_axiom)
    engine.on_role(SUB_CLASS_OF, on_class_order)
    engine.on_role(SUB_PROPERTY_OF, on_property_order)


def _intersection(engine: Engine, axiom: Ids) -> None:
    def read(group: Group, parts: tuple[int, ...]) -> None:
        for part in parts:
            engine.emit((axiom[0], SUB_CLASS_OF, part), "scm-int", group)

    engine.lists.watch(axiom, read)


def _union(engine: Engine, axiom: Ids) -> None:
    def read(group: Group, parts: tuple[int, ...]) -> None:
        for part in parts:
            engine.emit((part, SUB_CLASS_OF, axiom[0]), "scm-uni", group)

    engine.lists.watch(axiom, read)

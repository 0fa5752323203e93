"""Axioms about properties: the rules of table 5 that infer something.

Each function puts one axiom into effect; those that contradict are in `clashes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from types import MappingProxyType
from typing import Final

from dealgraph.closure.engine import Attach, Engine
from dealgraph.closure.store import Group, Handler, Ids, Index
from dealgraph.closure.vocabulary import (
    DOMAIN,
    EQUIVALENT_PROPERTY,
    FUNCTIONAL_PROPERTY,
    HAS_KEY,
    INVERSE_FUNCTIONAL_PROPERTY,
    INVERSE_OF,
    PROPERTY_CHAIN_AXIOM,
    RANGE,
    SAME_AS,
    SUB_PROPERTY_OF,
    SYMMETRIC_PROPERTY,
    TRANSITIVE_PROPERTY,
)


def install(engine: Engine) -> None:
    """Make an engine apply the rules of table 5 to every axiom that it finds."""
    for predicate, attach in _BY_PREDICATE.items():
        engine.on_axiom(predicate, attach)
    for kind, attach in _BY_TYPE.items():
        engine.on_declaration(kind, attach)


def transitively(engine: Engine, predicate: int, rule: str, axiom: Group) -> None:
    """Follow a transitive predicate, one link at a time.

    What the rule itself gave is never the first link: every path is found from its first link on, and
    a path of n links costs n steps and not the n * n of all ways to cut it in two.
    """
    links: defaultdict[int, list[Ids]] = defaultdict(list)
    by_subject = engine.role(predicate).by_subject()

    def found(triple: Ids) -> None:
        subject, _, value = triple
        if not engine.is_by_way(triple, rule):
            links[value].append(triple)
            for after in by_subject.get(value, ()):
                engine.emit((subject, predicate, after[2]), rule, axiom, triple, after)
        for before in links.get(subject, ()):
            engine.emit((before[0], predicate, value), rule, axiom, before, triple)

    engine.on_role(predicate, found)


def _domain(engine: Engine, axiom: Ids) -> None:
    group, kind = (axiom,), axiom[2]
    engine.on_role(axiom[0], lambda triple: engine.classify(triple[0], kind, "prp-dom", group, triple))


def _range(engine: Engine, axiom: Ids) -> None:
    group, kind = (axiom,), axiom[2]
    engine.on_role(axiom[0], lambda triple: engine.classify(triple[2], kind, "prp-rng", group, triple))


def _functional(engine: Engine, axiom: Ids) -> None:
    by_subject = engine.role(axiom[0]).by_subject()

    def found(triple: Ids) -> None:
        first = by_subject[triple[0]][0]
        if first[2] != triple[2]:
            engine.emit((first[2], SAME_AS, triple[2]), "prp-fp", (axiom,), first, triple)

    engine.on_role(axiom[0], found)


def _inverse_functional(engine: Engine, axiom: Ids) -> None:
    by_object = engine.role(axiom[0]).by_object()

    def found(triple: Ids) -> None:
        first = by_object[triple[2]][0]
        if first[0] != triple[0]:
            engine.emit((first[0], SAME_AS, triple[0]), "prp-ifp", (axiom,), first, triple)

    engine.on_role(axiom[0], found)


def _symmetric(engine: Engine, axiom: Ids) -> None:
    engine.on_role(axiom[0], _reverse(engine, axiom[0], "prp-symp", (axiom,)))


def _transitive(engine: Engine, axiom: Ids) -> None:
    transitively(engine, axiom[0], "prp-trp", (axiom,))


def _sub_property(engine: Engine, axiom: Ids) -> None:
    lower, _, upper = axiom
    if lower != upper:
        engine.on_role(lower, _copy(engine, upper, "prp-spo1", (axiom,)))


def _equivalent_property(engine: Engine, axiom: Ids) -> None:
    one, _, other = axiom
    if one != other:
        engine.on_role(one, _copy(engine, other, "prp-eqp1", (axiom,)))
        engine.on_role(other, _copy(engine, one, "prp-eqp2", (axiom,)))


def _inverse(engine: Engine, axiom: Ids) -> None:
    engine.on_role(axiom[0], _reverse(engine, axiom[2], "prp-inv1", (axiom,)))
    engine.on_role(axiom[2], _reverse(engine, axiom[0], "prp-inv2", (axiom,)))


def _copy(engine: Engine, predicate: int, rule: str, axiom: Group) -> Handler:
    return lambda triple: engine.emit((triple[0], predicate, triple[2]), rule, axiom, triple)


def _reverse(engine: Engine, predicate: int, rule: str, axiom: Group) -> Handler:
    return lambda triple: engine.emit((triple[2], predicate, triple[0]), rule, axiom, triple)


# --- chains (prp-spo2) ---------------------------------------------------------------------------------


def _chain(engine: Engine, axiom: Ids) -> None:
    engine.lists.watch(axiom, lambda group, links: _link(engine, group, links))


def _link(engine: Engine, group: Group, links: tuple[int, ...]) -> None:
    predicate = group[0][0]
    before = [engine.role(link).by_object() for link in links]
    after = [engine.role(link).by_subject() for link in links]

    def at(place: int) -> Handler:
        def found(triple: Ids) -> None:
            heads = _paths_to(triple[0], before[:place])
            tails = _paths_from(triple[2], after[place + 1 :]) if heads else []
            for head, tail in product(heads, tails):
                path = (*head, triple, *tail)
                engine.emit((path[0][0], predicate, path[-1][2]), "prp-spo2", group, *path)

        return found

    for place, link in enumerate(links):
        engine.on_role(link, at(place))


def _paths_from(node: int, indexes: Sequence[Index]) -> list[Group]:
    paths: list[tuple[Group, int]] = [((), node)]
    for index in indexes:
        paths = [((*path, triple), triple[2]) for path, end in paths for triple in index.get(end, ())]
    return [path for path, _ in paths]


def _paths_to(node: int, indexes: Sequence[Index]) -> list[Group]:
    paths: list[tuple[Group, int]] = [((), node)]
    for index in reversed(indexes):
        paths = [((triple, *path), triple[0]) for path, start in paths for triple in index.get(start, ())]
    return [path for path, _ in paths]


# --- keys (prp-key) ------------------------------------------------------------------------------------


def _key(engine: Engine, axiom: Ids) -> None:
    engine.lists.watch(axiom, lambda group, parts: _identify(engine, group, parts))


def _identify(engine: Engine, group: Group, parts: tuple[int, ...]) -> None:
    members = engine.members(group[0][0])
    indexes = [engine.role(part).by_subject() for part in parts]
    holders: dict[tuple[int, ...], Group] = {}

    def found(triple: Ids) -> None:
        typed = members.get(triple[0])
        if typed is None:
            return
        for values in product(*(index.get(triple[0], ()) for index in indexes)):
            mine = (typed, *values)
            first = holders.setdefault(tuple(value[2] for value in values), mine)
            if first[0][0] != triple[0]:
                engine.emit((first[0][0], SAME_AS, triple[0]), "prp-key", group, *first, *mine)

    engine.on_class(group[0][0], found)
    for part in parts:
        engine.on_role(part, found)


_BY_PREDICATE: Final[Mapping[int, Attach]] = MappingProxyType(
    {
        DOMAIN: _domain,
        RANGE: _range,
        SUB_PROPERTY_OF: _sub_property,
        EQUIVALENT_PROPERTY: _equivalent_property,
        INVERSE_OF: _inverse,
        PROPERTY_CHAIN_AXIOM: _chain,
        HAS_KEY: _key,
    }
)

_BY_TYPE: Final[Mapping[int, Attach]] = MappingProxyType(
    {
        FUNCTIONAL_PROPERTY: _functional,
        INVERSE_FUNCTIONAL_PROPERTY: _inverse_functional,
        SYMMETRIC_PROPERTY: _symmetric,
        TRANSITIVE_PROPERTY: _transitive,
    }
)

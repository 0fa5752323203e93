"""How each class uses properties, and what these lead to: counted, not what the ontology allows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from dealgraph.terms import iri

_TYPE: Final = NamedNode(iri("rdf:type"))
Graph = NamedNode | DefaultGraph


@dataclass(frozen=True)
class Use:
    """The triples of one property whose subjects are of one class.

    `classes` and `datatypes` say of how many of them the object is of a class, or a literal of a datatype.
    """

    of_class: str
    property: str
    triples: int
    classes: Mapping[str, int]
    datatypes: Mapping[str, int]


def uses(store: Store, graphs: Iterable[Graph]) -> tuple[Use, ...]:
    """Count, in some graphs of a store, how classes use properties; it looks at each of their triples twice.

    A triple that stands in two of the graphs counts twice, a thing is of every class that one of them says.
    Returns the uses in the order of class and property.
    """
    graphs = tuple(graphs)
    classes = _classes(store, graphs)
    # By the whole set of classes first: there are few such sets, and each has many things.
    counted: Counter[tuple[frozenset[str], str, frozenset[str] | str]] = Counter()
    for graph in graphs:
        for subject, predicate, value, _ in store.quads_for_pattern(None, None, None, graph):
            if (of := classes.get(subject)) is not None:
                is_literal = isinstance(value, Literal)
                leads_to = value.datatype.value if is_literal else classes.get(value, frozenset())
                counted[of, predicate.value, leads_to] += 1
    return tuple(_by_class(counted))


def _classes(store: Store, graphs: Iterable[Graph]) -> dict[object, frozenset[str]]:
    found: defaultdict[object, set[str]] = defaultdict(set)
    for graph in graphs:
        for quad in store.quads_for_pattern(None, _TYPE, None, graph):
            if isinstance(quad.object, NamedNode):
                found[quad.subject].add(quad.object.value)
    same = lru_cache(maxsize=None)(lambda classes: classes)
    return {thing: same(frozenset(classes)) for thing, classes in found.items()}


def _by_class(counted: Mapping[tuple[frozenset[str], str, frozenset[str] | str], int]) -> Iterator[Use]:
    triples: Counter[tuple[str, str]] = Counter()
    to_class: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    to_datatype: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (classes, predicate, leads_to), times in counted.items():
        for of_class in classes:
            use = (of_class, predicate)
            triples[use] += times
            if isinstance(leads_to, str):
                to_datatype[use][leads_to] += times
            else:
                to_class[use].update(dict.fromkeys(leads_to, times))
    for use in sorted(triples):
        yield Use(*use, triples[use], _sorted(to_class[use]), _sorted(to_datatype[use]))


def _sorted(counted: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counted.items()))

"""Where a class expression may stand in OWL 2 RL: below another class, above it, or on either side.

A class expression on the wrong side is followed only in part: that every Company has some head does
not give any company a head. Source: OWL 2 Profiles, sections 4.2.3 and 4.2.5.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from dealgraph.closure.store import Group, Ids
from dealgraph.closure.vocabulary import (
    ALL_DISJOINT_CLASSES,
    ALL_VALUES_FROM,
    COMPLEMENT_OF,
    DISJOINT_WITH,
    DOMAIN,
    EQUIVALENT_CLASS,
    FIRST,
    HAS_KEY,
    INTERSECTION_OF,
    MAX_CARDINALITY,
    MAX_QUALIFIED_CARDINALITY,
    MEMBERS,
    NIL,
    ON_CLASS,
    ONE_OF,
    RANGE,
    REST,
    SOME_VALUES_FROM,
    SUB_CLASS_OF,
    TYPE,
    UNION_OF,
)

_BELOW: Final = "subclass"
_ABOVE: Final = "superclass"

# Per position: the parts that may not stand there, and where the classes inside the others stand.
_FORBIDDEN: Final[Mapping[str, frozenset[int]]] = MappingProxyType(
    {
        _BELOW: frozenset({ALL_VALUES_FROM, COMPLEMENT_OF, MAX_CARDINALITY, MAX_QUALIFIED_CARDINALITY}),
        _ABOVE: frozenset({UNION_OF, ONE_OF, SOME_VALUES_FROM}),
    }
)
_INSIDE: Final[Mapping[tuple[str, int], str]] = MappingProxyType(
    {
        (_BELOW, INTERSECTION_OF): _BELOW,
        (_BELOW, UNION_OF): _BELOW,
        (_BELOW, SOME_VALUES_FROM): _BELOW,
        (_ABOVE, INTERSECTION_OF): _ABOVE,
        (_ABOVE, ALL_VALUES_FROM): _ABOVE,
        (_ABOVE, COMPLEMENT_OF): _BELOW,
        (_ABOVE, ON_CLASS): _BELOW,
    }
)
# Per axiom: where its subject and its object stand.
_SIDES: Final[Mapping[int, tuple[Sequence[str], Sequence[str]]]] = MappingProxyType(
    {
        SUB_CLASS_OF: ((_BELOW,), (_ABOVE,)),
        EQUIVALENT_CLASS: ((_BELOW, _ABOVE), (_BELOW, _ABOVE)),
        DISJOINT_WITH: ((_BELOW,), (_BELOW,)),
        DOMAIN: ((), (_ABOVE,)),
        RANGE: ((), (_ABOVE,)),
        TYPE: ((), (_ABOVE,)),
        HAS_KEY: ((_BELOW,), ()),
    }
)
_LISTED: Final = frozenset({INTERSECTION_OF, UNION_OF})
_DEFINING: Final = _LISTED | _FORBIDDEN[_BELOW] | _FORBIDDEN[_ABOVE]


class Described:
    """Axioms by subject, and by the nodes that they are about."""

    def __init__(self, axioms: Iterable[Ids]) -> None:
        self._by_subject: defaultdict[int, list[Ids]] = defaultdict(list)
        self._uses: dict[int, Ids] = {}
        for axiom in axioms:
            self._by_subject[axiom[0]].append(axiom)
            self._uses.setdefault(axiom[2], axiom)

    def parts(self, node: int) -> Sequence[Ids]:
        """Return what is said about a node."""
        return self._by_subject.get(node, ())

    def about(self, node: int, predicate: int) -> list[int]:
        """Return the values of a predicate of a node."""
        return [value for _, named, value in self.parts(node) if named == predicate]

    def within(self, part: Ids, named: Callable[[int], bool]) -> Ids:
        """Return the axiom that a part of a description without a name belongs to, else the part itself."""
        seen = {part}
        while not named(part[0]) and (use := self._uses.get(part[0])) and use not in seen:
            part = use
            seen.add(part)
        return part

    def listed(self, head: int) -> Iterator[int]:
        """Give the members of a list, as far as it can be read."""
        seen: set[int] = set()
        while head != NIL and head not in seen:
            seen.add(head)
            yield from self.about(head, FIRST)
            head = next(iter(self.about(head, REST)), NIL)


def misplaced_parts(
    axioms: Described, given: Iterable[Ids], named: Callable[[int], bool]
) -> Iterator[tuple[str, Group]]:
    """Give the axioms with a class expression on the wrong side, each with the side and that part.

    A class with a name (`named`) is looked into only where it is defined: what is said of it elsewhere
    is an axiom of its own.
    """
    for axiom in given:
        for parts, side in _starts(axioms, axiom, named):
            for part, where in _wrong(axioms, parts, side, named):
                yield where, (axiom,) if part == axiom else (axiom, part)


def _starts(
    axioms: Described, axiom: Ids, named: Callable[[int], bool]
) -> Iterator[tuple[Sequence[Ids], str]]:
    """Give the descriptions that an axiom puts on a side."""
    subject, predicate, value = axiom
    of_subject, of_object = _SIDES.get(predicate, ((), ()))
    yield from ((axioms.parts(subject), side) for side in of_subject if not named(subject))
    yield from ((axioms.parts(value), side) for side in of_object if not named(value))
    if predicate in _DEFINING and named(subject):
        yield from (((axiom,), side) for side in (_BELOW, _ABOVE))
    if predicate == MEMBERS and ALL_DISJOINT_CLASSES in axioms.about(subject, TYPE):
        yield from ((axioms.parts(part), _BELOW) for part in axioms.listed(value) if not named(part))


def _wrong(
    axioms: Described, parts: Sequence[Ids], side: str, named: Callable[[int], bool]
) -> Iterator[tuple[Ids, str]]:
    waiting = deque((part, side) for part in parts)
    seen = set(waiting)
    while waiting:
        part, where = waiting.popleft()
        if part[1] in _FORBIDDEN[where]:
            yield part, where
        elif inside := _INSIDE.get((where, part[1])):
            nodes = axioms.listed(part[2]) if part[1] in _LISTED else (part[2],)
            inner = [(each, inside) for node in nodes if not named(node) for each in axioms.parts(node)]
            waiting.extend(each for each in inner if each not in seen)
            seen.update(inner)

"""The lists of axioms: read once their cells are known, read again when a cell changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dealgraph.closure.store import Group, Ids, Role
from dealgraph.closure.vocabulary import NIL

Then = Callable[[Group, tuple[int, ...]], None]
"""What an axiom does with its list: it gets the axiom with the cells, and the members."""


@dataclass(frozen=True)
class Listed:
    """A list that was read: its members and cells in order, or, in `fault`, why it could not be."""

    members: tuple[int, ...] = ()
    cells: Group = ()
    fault: str = ""


@dataclass
class _Watch:
    axiom: Ids
    then: Then
    last: Listed


class Lists:
    """The lists of a graph, from the statements of rdf:first and rdf:rest.

    `representative` maps a term that another one stands for to that one; statements about the former
    no longer count.
    """

    def __init__(self, first: Role, rest: Role, representative: Mapping[int, int]) -> None:
        self._first = first.by_subject()
        self._rest = rest.by_subject()
        self._representative = representative
        self._watches: list[_Watch] = []
        self._changed = False
        first.handlers.append(self._note)
        rest.handlers.append(self._note)

    def read(self, head: int) -> Listed:
        """Read the list at a node; faults are `list-open`, `list-forked` and `list-cyclic`."""
        members: list[int] = []
        cells: list[Ids] = []
        seen: set[int] = set()
        while head != NIL:
            first, rest = self._current(self._first, head), self._current(self._rest, head)
            if head in seen or len(first) != 1 or len(rest) != 1:
                return Listed(fault=_fault(head in seen, len(first), len(rest)))
            seen.add(head)
            cells += (*first, *rest)
            members.append(first[0][2])
            head = rest[0][2]
        return Listed(tuple(members), tuple(cells))

    def watch(self, axiom: Ids, then: Then) -> None:
        """Hand the list that is the object of an axiom to `then`, now and whenever it reads anew."""
        watch = _Watch(axiom, then, Listed())
        self._watches.append(watch)
        self._look(watch)

    def look_again(self) -> None:
        """Read every watched list again if a cell has come since."""
        if self._changed:
            self._changed = False
            for watch in list(self._watches):
                self._look(watch)

    def _look(self, watch: _Watch) -> None:
        listed = self.read(self._representative.get(watch.axiom[2], watch.axiom[2]))
        if listed != watch.last and not listed.fault:
            watch.last = listed
            watch.then((watch.axiom, *listed.cells), listed.members)

    def _current(self, index: Mapping[int, list[Ids]], node: int) -> list[Ids]:
        gone = self._representative
        return [
            triple
            for triple in index.get(node, ())
            if not (triple[0] in gone or triple[1] in gone or triple[2] in gone)
        ]

    def _note(self, _: Ids) -> None:
        self._changed = True


def _fault(cyclic: bool, firsts: int, rests: int) -> str:
    if cyclic:
        return "list-cyclic"
    return "list-forked" if firsts > 1 or rests > 1 else "list-open"

"""Which terms are one individual, by union-find, and how each equality is proved.

All statements are kept about one representative of each set of equal terms, so a set of n equal
terms costs n and not the n * n statements that the rules of equality would write.
"""

from __future__ import annotations

from collections import defaultdict, deque

from dealgraph.closure.store import Ids
from dealgraph.closure.vocabulary import SAME_AS


class Equality:
    """The sets of equal terms so far.

    `representative` has every term that stands for another one no more: it maps it to the term that
    stands for it. Terms that it lacks stand for themselves.
    """

    def __init__(self) -> None:
        self.representative: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._edges: defaultdict[int, list[tuple[int, Ids]]] = defaultdict(list)

    def find(self, term: int) -> int:
        """Return the term that stands for a term."""
        return self.representative.get(term, term)

    def normal(self, triple: Ids) -> Ids:
        """Write a statement with representatives; in a sameAs statement only the predicate changes."""
        find = self.representative.get
        subject, predicate, value = triple
        predicate = find(predicate, predicate)
        if predicate == SAME_AS and subject != value:
            return subject, predicate, value
        return find(subject, subject), predicate, find(value, value)

    def members(self, term: int) -> list[int]:
        """Return the terms equal to a representative, itself included, in no order."""
        return self._members.get(term, [term])

    def sets(self) -> list[list[int]]:
        """Return every set of two or more equal terms, each sorted, in order."""
        return sorted(sorted(members) for members in self._members.values())

    def join(self, keep: int, gone: int, because: Ids) -> None:
        """Make one set of two; `keep` stands for it, `because` is the sameAs statement that asks for it."""
        joined = self._members.setdefault(keep, [keep])
        for member in self._members.pop(gone, [gone]):
            self.representative[member] = keep
            joined.append(member)
        one, _, other = because
        self._edges[one].append((other, because))
        self._edges[other].append((one, because))

    def path(self, start: int, end: int) -> list[Ids]:
        """Return the sameAs statements that lead from one term to an equal one, each next to the last.

        They are a tree over each set, so the path is the only one, and every statement in it was known
        before the two terms were found equal.
        """
        came: dict[int, tuple[int, Ids] | None] = {start: None}
        waiting = deque([start])
        while waiting and end not in came:
            here = waiting.popleft()
            for there, because in self._edges[here]:
                if there not in came:
                    came[there] = (here, because)
                    waiting.append(there)
        return _back(came, end)


def _back(came: dict[int, tuple[int, Ids] | None], end: int) -> list[Ids]:
    steps = []
    step = came[end]
    while step is not None:
        steps.append(step[1])
        step = came[step[0]]
    return steps[::-1]

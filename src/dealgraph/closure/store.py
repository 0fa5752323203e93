"""Statements as triples of integers, found by predicate, by subject, by object and by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from dealgraph.closure.vocabulary import TYPE

Ids = tuple[int, int, int]
"""A statement: the numbers of its subject, predicate and object."""

Group = tuple[Ids, ...]
"""The statements that make one axiom: the axiom itself, with the cells of its list if it has one."""

Record = tuple[str, Group, Group]
"""How a statement was found: the rule, the axiom that made it apply, the other premises."""

Handler = Callable[[Ids], None]
"""What a rule does with one more statement."""

Index = Mapping[int, list[Ids]]


class Role:
    """The statements of one predicate, in the order in which they were taken up.

    The indexes by subject and by object are built when a rule first asks, and kept up from then on:
    most predicates of most graphs take part in no join.
    """

    __slots__ = ("_by_object", "_by_subject", "handlers", "triples")

    def __init__(self) -> None:
        self.triples: list[Ids] = []
        self.handlers: list[Handler] = []
        self._by_subject: defaultdict[int, list[Ids]] | None = None
        self._by_object: defaultdict[int, list[Ids]] | None = None

    def add(self, triple: Ids) -> None:
        """Take up one more statement, which must be new."""
        self.triples.append(triple)
        if self._by_subject is not None:
            self._by_subject[triple[0]].append(triple)
        if self._by_object is not None:
            self._by_object[triple[2]].append(triple)

    def by_subject(self) -> Index:
        """Return the statements by subject: a live view, to be read with `get`."""
        if self._by_subject is None:
            self._by_subject = self._indexed(0)
        return self._by_subject

    def by_object(self) -> Index:
        """Return the statements by object: a live view, to be read with `get`."""
        if self._by_object is None:
            self._by_object = self._indexed(2)
        return self._by_object

    def _indexed(self, place: int) -> defaultdict[int, list[Ids]]:
        index: defaultdict[int, list[Ids]] = defaultdict(list)
        for triple in self.triples:
            index[triple[place]].append(triple)
        return index


class Extent:
    """The members of one class, each with the statement that makes it one."""

    __slots__ = ("handlers", "members")

    def __init__(self) -> None:
        self.members: dict[int, Ids] = {}
        self.handlers: list[Handler] = []


class Store:
    """All statements taken up so far."""

    def __init__(self) -> None:
        self._roles: defaultdict[int, Role] = defaultdict(Role)
        self._extents: defaultdict[int, Extent] = defaultdict(Extent)
        self._mentions: defaultdict[int, list[Ids]] | None = None

    def role(self, predicate: int) -> Role:
        """Return the statements of a predicate."""
        return self._roles[predicate]

    def extent(self, kind: int) -> Extent:
        """Return the members of a class."""
        return self._extents[kind]

    def add(self, triple: Ids) -> None:
        """Take up one more statement, which must be new."""
        self._roles[triple[1]].add(triple)
        if triple[1] == TYPE:
            self._extents[triple[2]].members[triple[0]] = triple
        if self._mentions is not None:
            _mention(self._mentions, triple)

    def has(self, triple: Ids) -> bool:
        """Tell whether a statement was taken up already."""
        return triple in self._roles[triple[1]].by_subject().get(triple[0], ())

    def uses(self, term: int) -> int:
        """Count the statements about a term; nothing is counted before the first `withdraw`."""
        return len(self._mentions.get(term, ())) if self._mentions is not None else 0

    def withdraw(self, term: int) -> list[Ids]:
        """Give back every statement that mentions a term, which must not be used any more.

        They stay in the indexes. The index of mentions is built the first time, as most graphs never
        need it.
        """
        if self._mentions is None:
            self._mentions = defaultdict(list)
            for role in self._roles.values():
                for triple in role.triples:
                    _mention(self._mentions, triple)
        return [*self._mentions.pop(term, ()), *self._roles.pop(term, Role()).triples]


def _mention(mentions: defaultdict[int, list[Ids]], triple: Ids) -> None:
    mentions[triple[0]].append(triple)
    if triple[0] != triple[2]:
        mentions[triple[2]].append(triple)

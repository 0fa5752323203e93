"""Ways from thing to thing along properties, in the world as it could be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, Triple

Path = tuple[NamedNode, ...]
_Links = Mapping[NamedNode, Mapping[NamedNode, Sequence[NamedNode]]]


@dataclass(frozen=True)
class Paths:
    """The relations between named things among some triples."""

    triples: Iterable[Triple]

    def values(self, subject: NamedNode, link: NamedNode) -> Sequence[NamedNode]:
        """Return what a thing is related to by a property, in a stable order."""
        return self._forward.get(link, {}).get(subject, ())

    def with_one_gap(
        self, start: NamedNode, end: NamedNode, links: Sequence[NamedNode], loops: Sequence[bool]
    ) -> Iterator[Sequence[Triple]]:
        """Yield chains from one thing to another of which at most one link is not there.

        `loops` says of each link whether it leads from a thing to itself, or else to another one.
        """
        for place, loop in enumerate(loops):
            for near in self._along((start,), links[:place], self._forward):
                for far in self._along((end,), links[:place:-1], self._backward):
                    if (near[-1] == far[-1]) == loop:
                        nodes = (*near, *reversed(far))
                        yield [Triple(s, p, o) for s, p, o in zip(nodes, links, nodes[1:], strict=False)]

    @staticmethod
    def _along(path: Path, links: Sequence[NamedNode], known: _Links) -> Sequence[Path]:
        found = [path]
        for link in links:
            found = [(*way, node) for way in found for node in known.get(link, {}).get(way[-1], ())]
        return found

    @cached_property
    def _forward(self) -> _Links:
        return self._links((t.predicate, t.subject, t.object) for t in self.triples)

    @cached_property
    def _backward(self) -> _Links:
        return self._links((t.predicate, t.object, t.subject) for t in self.triples)

    @staticmethod
    def _links(rows: Iterable[tuple[NamedNode, object, object]]) -> _Links:
        found: defaultdict[NamedNode, defaultdict[NamedNode, list[NamedNode]]]
        found = defaultdict(lambda: defaultdict(list))
        for link, near, far in sorted(rows, key=str):
            if isinstance(near, NamedNode) and isinstance(far, NamedNode):
                found[link][near].append(far)
        return found

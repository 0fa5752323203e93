"""Results of a validation that are kept up to date while the data change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from dealgraph.shacl.graph import Term
from dealgraph.shacl.needs import Numbers, unknown
from dealgraph.shacl.program import Found, Outcome, Program, Slice
from dealgraph.shacl.touched import Reads


@dataclass
class Upkeep:
    """What shapes have against a store that changes; reach for it to check what one article changes.

    `store` is as for `Program.run`, and changes by `change` alone. `found` are the results of now. `numbers`
    tells of nodes how many values they have in the store, where that is known: it is asked less then.
    """

    program: Program
    store: Store
    numbers: Numbers = unknown
    found: Found = field(init=False)

    def __post_init__(self) -> None:
        self._reads = Reads.of(self.program)
        self.found = self.program.run(self.store).found

    def change(self, added: Iterable[Triple] = (), removed: Iterable[Triple] = ()) -> Outcome:
        """Change the store and bring the results up to date, in a time that follows what the change touches.

        `removed` are the triples that nothing says any more, `added` those said from now on, which win over
        them. Returns what is found at the nodes that the change touches, and how many of them each shape is
        about; all other results stay as they were.
        """
        new = {_flat(triple) for triple in added}
        gone = {_flat(triple) for triple in removed} - new
        new, gone = {q for q in new if q not in self.store}, {q for q in gone if q in self.store}
        self.store.extend(new)
        part = self._reads.touched(self.store, new | gone, self.numbers)
        for quad in gone:
            self.store.remove(quad)
        outcome = self.program.run_slice(self.store, part, self.numbers)
        kept = {place: results for place, results in self.found.items() if not _is_in(place, part)}
        self.found = kept | dict(outcome.found)
        return outcome


def _flat(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())


def _is_in(place: tuple[NamedNode, Term], part: Slice) -> bool:
    shape, node = place
    if shape not in part:
        return False
    nodes = part[shape]
    return nodes is None or node in nodes

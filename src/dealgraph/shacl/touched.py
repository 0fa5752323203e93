"""Which focus nodes a change of the data may matter to, shape by shape.

Reach for it to validate again no more than has to be. It names more nodes than change, never fewer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from dealgraph.quads import as_stored
from dealgraph.shacl.graph import SUBCLASS, TYPE, Term
from dealgraph.shacl.matches import Match, matches_of
from dealgraph.shacl.needs import Numbers, unknown
from dealgraph.shacl.program import Program, Slice
from dealgraph.shacl.scope import Scope, subclasses
from dealgraph.shacl.shape import Shape
from dealgraph.shacl.steps import Step, starts
from dealgraph.shacl.targets import Targets
from dealgraph.shacl.triples import NotFollowed

Readers = Mapping[Step | Match, frozenset[NamedNode]]
"""What is looked at, and the shapes that do."""


@dataclass(frozen=True)
class Reads:
    """What the shapes of a program look at, by the predicate of the statement; none stands for any.

    `not_followed` names the shapes, each with the reason, that have a query of which it cannot be told what
    it looks at: every change matters to all that such a shape is about.
    """

    shapes: tuple[NamedNode, ...]
    by_predicate: Mapping[NamedNode | None, Readers]
    not_followed: Mapping[NamedNode, str]

    @classmethod
    def of(cls, program: Program) -> Reads:
        """Read it off the shapes, once for a program."""
        found = defaultdict[NamedNode | None, defaultdict[Step | Match, set[NamedNode]]](
            lambda: defaultdict(set)
        )
        not_followed: dict[NamedNode, str] = {}
        for name, targets, shape in program.shapes:
            try:
                parts = _parts(targets, shape)
            except NotFollowed as error:
                not_followed[name] = str(error)
                continue
            for part in parts:
                found[part.predicate][part].add(name)
        by_predicate = {
            predicate: {part: frozenset(names) for part, names in parts.items()}
            for predicate, parts in found.items()
        }
        return cls(tuple(name for name, *_ in program.shapes), by_predicate, not_followed)

    def touched(self, store: Store, changed: Iterable[Quad], numbers: Numbers = unknown) -> Slice:
        """Return for each shape the nodes at which a change may matter: none means all that it is about.

        `changed` are the statements that were added or taken away; graph names do not count. `store` is as
        for `Program.run`, and has both what was there before and what is there now; `numbers` tells of both.
        A change of the classes' order matters to all. Nodes are among the answer that a shape is no longer,
        or never was, about.
        """
        by_predicate = defaultdict[NamedNode | None, list[Quad]](list)
        for quad in as_stored(changed):
            by_predicate[quad.predicate].append(quad)
            by_predicate[None].append(quad)
        if not by_predicate:
            return {}
        if SUBCLASS in by_predicate:
            return dict.fromkeys(self.shapes)
        scope, nodes = Scope(subclasses(store)), defaultdict[NamedNode, set[Term]](set)
        for predicate, quads in by_predicate.items():
            for part, names in self.by_predicate.get(predicate, {}).items():
                found = _nodes(store, part, quads, scope, numbers)
                for name in names if found else ():
                    nodes[name] |= found
        some: dict[NamedNode, frozenset[Term] | None] = {n: frozenset(found) for n, found in nodes.items()}
        return some | dict.fromkeys(self.not_followed)


def _parts(targets: Targets, shape: Shape) -> set[Step | Match]:
    found: set[Step | Match] = set(shape.reads())
    for query in shape.all_queries():
        own_steps, matches = matches_of(query)
        found.update(own_steps, matches)
    found.update(Step(None, TYPE, kind=kind) for kind in targets.classes)
    found.update(Step(None, predicate) for predicate in targets.subjects_of)
    found.update(Step(None, predicate, back=True) for predicate in targets.objects_of)
    return found


def _nodes(
    store: Store, part: Step | Match, quads: Sequence[Quad], scope: Scope, numbers: Numbers
) -> frozenset[Term]:
    if isinstance(part, Match):
        return frozenset(part.nodes(store, quads, numbers))
    if part.kind is not None:
        kinds = frozenset(scope.kinds(part.kind))
        quads = [quad for quad in quads if quad.object in kinds]
    return starts(store, part.before, frozenset(part.end(quad) for quad in quads))

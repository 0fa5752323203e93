"""Compiled shapes, and running them on a store.

The store holds one flattened default graph: what the data and the ontology say, each triple once. A union of
named graphs would not do, since Oxigraph gives a triple in two graphs twice, and `COUNT` and `SUM` with it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions, Store

from dealgraph.errors import CannotCheck, NotCompiled
from dealgraph.shacl.focus import Index
from dealgraph.shacl.graph import ShapesGraph, Term
from dealgraph.shacl.needs import Numbers, unknown
from dealgraph.shacl.parameters import Refused
from dealgraph.shacl.questions import Question, Result, questions
from dealgraph.shacl.reading import REFUSALS, Reader
from dealgraph.shacl.scope import Scope, Subclasses, subclasses
from dealgraph.shacl.select import names_graphs
from dealgraph.shacl.shape import Shape
from dealgraph.shacl.targets import THIS, Aim, Targets, read_targets
from dealgraph.terms import compact

Found = Mapping[tuple[NamedNode, Term], frozenset[Result]]
"""Results by the named shape and the node, out of those that it is about, at which they were found."""
Slice = Mapping[NamedNode, frozenset[Term] | None]
"""Named shapes, and the nodes at which each of them is to be run: none means all that it is about."""


@dataclass(frozen=True)
class Outcome:
    """What the shapes have against a store, and how many of the nodes asked for each of them is about."""

    found: Found
    counts: Mapping[NamedNode, int]

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """Each result once, in an order that never changes."""
        return tuple(sorted(frozenset().union(*self.found.values()), key=_key))


MOST_AT_ONCE: Final = min(4, os.cpu_count() or 1)
"""How many shapes are run at a time on a whole store."""


Compiled = tuple[tuple[NamedNode, Targets, Shape], ...]
"""Named shapes, each with what it is about."""


@dataclass
class Program:
    """Shapes as queries, which are written anew only when the classes of the ontology change.

    `make` compiles the shapes, once they are needed; `ready` are those queries, where they are known.
    """

    make: Callable[[], Compiled] = field(repr=False)
    ready: Ready | None = field(default=None, repr=False)

    @cached_property
    def shapes(self) -> Compiled:
        """The shapes; raises what compiling them raises."""
        return self.make()

    @property
    def reads_graphs(self) -> bool:
        """Tell whether a query asks what a named graph says, so that the store must have those too."""
        return any(names_graphs(query.text) for *_, shape in self.shapes for query in shape.all_queries())

    def run(self, store: Store, focus: Iterable[Term] | None = None) -> Outcome:
        """Validate all that the shapes are about, or, of it, only the nodes in `focus`.

        `store` is as the module says. With `focus` the outcome has what a run on the whole store finds at
        those nodes, no more and no less, and the time follows the nodes and what they lead to, not the size
        of the store. That does not hold for blank nodes, which are sought among all that a shape is about.
        A shape that `sh:property` gives to the values of a path reports on these, but is run at the node.
        """
        if focus is None:
            return self.run_slice(store, {name: None for name, *_ in self.shapes})
        nodes = frozenset(focus)
        return self.run_slice(store, {name: nodes for name, *_ in self.shapes})

    def run_slice(self, store: Store, part: Slice, numbers: Numbers = unknown) -> Outcome:
        """Run some of the shapes, each at all that it is about or, of it, at nodes of its own.

        `numbers` tells of nodes how many values they have, where that is known: the store is asked less then.
        """
        ready = self.made_ready(store)
        about = ready.index.aimed_at(store, _by_place(ready, part))
        aims: dict[tuple[int, frozenset[Term] | None], Aim] = dict(_whole_aims(store, ready, part))
        asked: list[tuple[Written, Aim]] = []
        for written in ready.shapes:
            if written.name not in part:
                continue
            nodes, place = part[written.name], written.place
            if nodes is not None and (place, nodes) not in aims:
                aims[place, nodes] = Aim.at(nodes & about[place], written.selecting)
            asked.append((written, aims[place, nodes]))
        found = defaultdict[tuple[NamedNode, Term], set[Result]](set)
        for written, results in _answers(store, asked, numbers):
            for node, result in results:
                found[written.name, node].add(result)
        counts = {written.name: aim.count for written, aim in asked}
        return Outcome({place: frozenset(results) for place, results in found.items()}, counts)

    def made_ready(self, store: Store) -> Ready:
        """Return the shapes as queries, for the classes of a store."""
        above = subclasses(store)
        if self.ready is None or self.ready.above != above:
            self.ready = Ready.of(self.shapes, Scope(above))
        return self.ready


@dataclass(frozen=True)
class Ready:
    """The shapes as queries, for the classes of one ontology."""

    above: Subclasses
    shapes: tuple[Written, ...]

    @cached_property
    def index(self) -> Index:
        """What tells which of the shapes are about a node."""
        places = {written.place: written.targets for written in self.shapes}
        return Index([places[place] for place in range(len(places))], Scope(self.above))

    @classmethod
    def of(cls, shapes: Compiled, scope: Scope) -> Ready:
        """Write the queries of shapes."""
        places: dict[Targets, int] = {}
        written = []
        for name, targets, shape in shapes:
            place = places.setdefault(targets, len(places))
            selecting, asked = targets.selecting(scope), tuple(questions(shape, scope))
            written.append(Written(name, targets, selecting, asked, place))
        return cls(scope.above, tuple(written))


@dataclass(frozen=True)
class Written:
    """A shape as queries; shapes with the same targets have the same `place`."""

    name: NamedNode
    targets: Targets
    selecting: str
    questions: tuple[Question, ...]
    place: int = 0

    @property
    def lists(self) -> bool:
        """Tell whether a query of the shape lists the nodes that it is asked of."""
        return any(question.is_query for question in self.questions)

    def whole(self, store: Store, *, listed: bool) -> Aim:
        """All nodes that the shape is about, or, where they are not to be `listed`, their number."""
        if not self.targets:
            return Aim(frozenset(), self.selecting, 0, is_whole=True)
        if not listed:
            return Aim(frozenset(), self.selecting, _number(store, self.selecting), is_whole=True)
        nodes = frozenset(_nodes(store, self.selecting))
        return Aim(nodes, self.selecting, len(nodes), is_whole=True)

    def ask(self, store: Store, aim: Aim, numbers: Numbers) -> Iterator[tuple[Term, Result]]:
        """Yield what is found, each with the node at which the shape was run."""
        for question in self.questions:
            needs = question.needs
            asked = aim if needs is None else aim.only(partial(needs.may_break, numbers=numbers))
            for binding in asked.bindings(is_query=question.is_query):
                found = question.ask(store, binding)
                yield from found if aim.is_whole else (row for row in found if row[0] in aim.nodes)


def compile_shapes(
    graph: ShapesGraph, names: Iterable[NamedNode], locate: Callable[[str], str] = lambda _: ""
) -> Program:
    """Compile shapes; reach for it once, then run the program as often as there are data.

    `names` are the shapes that have targets, `locate` tells the `file:line` of an IRI. Raises `NotCompiled`,
    which names every shape that is malformed or has something that is not compiled, and what.
    """
    reader = Reader(graph)
    shapes: list[tuple[NamedNode, Targets, Shape]] = []
    refused: list[str] = []
    for name in names:
        try:
            shapes.append((name, read_targets(graph, name), reader.shape(name)))
            if shapes[-1][1].nodes and reader.may_stay(name):
                raise Refused("sh:targetNode, which may be nowhere in the data, with a path of no step")
        except REFUSALS as error:
            place = locate(name.value)
            refused.append(f"{place}{': ' if place else ''}{compact(name.value)}: {error}")
    if refused:
        raise NotCompiled(refused)
    return Program(lambda: tuple(shapes))


def focus_counts(graph: ShapesGraph, names: Iterable[NamedNode], store: Store) -> dict[NamedNode, int]:
    """Count the focus nodes of shapes, whatever engine runs them; raises `CannotCheck` for a bad target."""
    scope = Scope(subclasses(store))
    counts = {}
    for name in names:
        try:
            targets = read_targets(graph, name)
        except REFUSALS as error:
            raise CannotCheck(str(error), where=compact(name.value), fix="Correct the target") from None
        counts[name] = Written(name, targets, targets.selecting(scope), ()).whole(store, listed=False).count
    return counts


def _by_place(ready: Ready, part: Slice) -> Mapping[int, set[Term]]:
    """The nodes of a slice by the targets that may be about them."""
    found = defaultdict[int, set[Term]](set)
    for written in ready.shapes:
        found[written.place].update(part.get(written.name) or ())
    return found


def _whole_aims(
    store: Store, ready: Ready, part: Slice
) -> Iterator[tuple[tuple[int, frozenset[Term] | None], Aim]]:
    """Yield, by its place, all that a shape is about which is to be run at all of it."""
    asked = {each.place: each for each in ready.shapes if part.get(each.name, ()) is None}
    lists = {each.place for each in ready.shapes if each.lists}
    if asked:
        with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
            aims = pool.map(lambda each: each.whole(store, listed=each.place in lists), asked.values())
            yield from (((place, None), aim) for place, aim in zip(asked, aims, strict=True))


Rows = Iterable[tuple[Term, Result]]


def _answers(
    store: Store, asked: Sequence[tuple[Written, Aim]], numbers: Numbers
) -> Iterator[tuple[Written, Rows]]:
    """Yield each shape with what is found; whole stores are asked for several shapes at a time."""
    if not any(aim.is_whole for _, aim in asked):
        yield from ((written, written.ask(store, aim, numbers)) for written, aim in asked)
        return
    # The store works without Python's lock, so that threads are enough.
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        rows = pool.map(lambda each: tuple(each[0].ask(store, each[1], numbers)), asked)
        yield from zip((written for written, _ in asked), rows, strict=True)


def _nodes(store: Store, pattern: str) -> Iterator[Term]:
    found = store.query(f"SELECT {THIS} WHERE {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    return (solution[0] for solution in found)


def _number(store: Store, pattern: str) -> int:
    found = store.query(f"SELECT (COUNT(*) AS ?number) WHERE {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    return int(next(found)[0].value)


def _key(result: Result) -> tuple[str, ...]:
    parts: tuple[Term | str | None, ...] = (
        result.focus,
        result.shape,
        result.component,
        result.path,
        result.value,
    )
    return tuple(str(part) for part in parts)

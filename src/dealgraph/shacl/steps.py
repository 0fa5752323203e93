"""Which statements a shape looks at: each as a step, and the path that leads from a focus node to it.

Followed backwards, they tell the focus nodes that a changed statement may matter to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from dealgraph.shacl.graph import Node, Term
from dealgraph.shacl.paths import Joined, Path, Predicate, Unary

DATA = DefaultGraph()


@dataclass(frozen=True)
class Step:
    """A statement on a predicate, or on any if it is none, at the node that `before` leads to.

    That node is the subject, or the object if the step goes `back`. Of a step along `rdf:type` only the
    instances of a `kind`, if there is one, are looked at.
    """

    before: Path | None
    predicate: NamedNode | None
    back: bool = False
    kind: NamedNode | None = None

    def end(self, quad: Quad) -> Term:
        """Return the node of a statement at which the step begins."""
        return quad.object if self.back else quad.subject


def steps(path: Path | None) -> Iterator[Step]:
    """Yield each step that a walk along a path may make."""
    if isinstance(path, Predicate):
        yield Step(None, path.node)
    elif isinstance(path, Unary) and path.before:
        yield from _back(path.path)
    elif isinstance(path, Unary):
        again = None if path.after == "?" else Unary("", "*", path.path)
        yield from after(again, steps(path.path))
    elif isinstance(path, Joined) and path.mark == "|":
        for part in path.paths:
            yield from steps(part)
    elif isinstance(path, Joined):
        way: Path | None = None
        for part in path.paths:
            yield from after(way, steps(part))
            way = joined(way, part)


def after(path: Path | None, of: Iterable[Step]) -> Iterator[Step]:
    """Yield steps as they are made after a path."""
    return (replace(step, before=joined(path, step.before)) for step in of)


def joined(first: Path | None, then: Path | None) -> Path | None:
    """Return one path after another; none is the path of no step."""
    return Joined("/", (first, then)) if first and then else first or then


def inverse(path: Path) -> Path:
    """Return the path that is walked the other way round, the marks for it at single steps only."""
    if isinstance(path, Predicate):
        return Unary("^", "", path)
    if isinstance(path, Unary):
        return path.path if path.before else Unary("", path.after, inverse(path.path))
    parts = tuple(map(inverse, path.paths))
    return Joined(path.mark, parts[::-1] if path.mark == "/" else parts)


def starts(store: Store, path: Path | None, ends: frozenset[Term]) -> frozenset[Term]:
    """Return the nodes from which a path leads to one of some nodes, in the default graph of a store."""
    return _walk(store, inverse(path), ends) if path and ends else ends


def _back(path: Path) -> Iterator[Step]:
    """The steps of a path that is walked from its end."""
    if isinstance(path, Predicate):
        yield Step(None, path.node, back=True)
    else:
        yield from steps(inverse(path))


def _walk(store: Store, path: Path, nodes: frozenset[Term]) -> frozenset[Term]:
    if isinstance(path, Predicate):
        return _next(nodes, lambda node: _objects(store, node, path.node))
    if isinstance(path, Unary) and isinstance(path.path, Predicate) and path.before:
        predicate = path.path.node
        return _next(nodes, lambda node: _subjects(store, predicate, node))
    if isinstance(path, Unary) and path.before:
        return _walk(store, inverse(path.path), nodes)
    if isinstance(path, Unary):
        return _repeated(store, path, nodes)
    if path.mark == "|":
        return frozenset().union(*(_walk(store, part, nodes) for part in path.paths))
    for part in path.paths:
        nodes = _walk(store, part, nodes)
    return nodes


def _repeated(store: Store, path: Unary, nodes: frozenset[Term]) -> frozenset[Term]:
    new = _walk(store, path.path, nodes)
    found = new if path.after == "+" else nodes | new
    while path.after != "?" and new:
        new = _walk(store, path.path, new) - found
        found |= new
    return found


def _next(nodes: frozenset[Term], follow: Callable[[Term], Iterable[Term]]) -> frozenset[Term]:
    return frozenset(found for node in nodes for found in follow(node))


def _objects(store: Store, node: Term, predicate: NamedNode) -> Iterator[Term]:
    if isinstance(node, Node):
        yield from (quad.object for quad in store.quads_for_pattern(node, predicate, None, DATA))


def _subjects(store: Store, predicate: NamedNode, node: Term) -> Iterator[Term]:
    return (quad.subject for quad in store.quads_for_pattern(None, predicate, node, DATA))

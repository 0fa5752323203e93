"""The triples that a piece of SPARQL asks for, and which quads of a store answer them.

rdflib reads the piece, paths and unnamed nodes included; only lookups of quads follow, never a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

if TYPE_CHECKING:
    from rdflib.paths import MulPath
    from rdflib.term import Node

Term = NamedNode | BlankNode | Literal
Solution = Mapping[str, Term]
MOST_ANSWERS: Final = 50
"""How many ways to answer one piece are followed, where unnamed nodes or paths leave it open."""

Pattern = tuple["Node", "Node", "Node"]
_Open = dict[str, Term]


def triples_of(prologue: str, piece: str) -> tuple[Pattern, ...]:
    """Read the triples of a piece of a group, in the order of the text; `prologue` has its prefixes."""
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    text = f"{prologue}\nSELECT * WHERE {{ {piece.strip().strip('.')} }}"
    found = translateQuery(parseQuery(text)).algebra
    return tuple(_triples_in(found))


def term_of(prologue: str, written: str) -> Term:
    """Return the term that an IRI or a name with a prefix stands for."""
    ((subject, _, _),) = triples_of(prologue, f"{written} <urn:x> <urn:x>")
    return _term(subject)


def _triples_in(part: object) -> Iterator[Pattern]:
    triples = getattr(part, "triples", None)
    if triples:
        yield from triples
    for name in ("p", "p1", "p2"):
        below = part.get(name) if isinstance(part, dict) else None
        if below is not None:
            yield from _triples_in(below)


@dataclass(frozen=True)
class Lookup:
    """Looks for quads in one graph of a store (`None`: the default graph)."""

    store: Store
    graph: NamedNode | None

    def answers(self, patterns: Iterable[Pattern], solution: Solution) -> Iterator[tuple[Quad, ...]]:
        """Yield the quads of each way in which a solution answers patterns together.

        Unnamed nodes, and variables that the solution does not bind, are open.
        """
        yield from self._answers(list(patterns), dict(solution))

    def _answers(self, patterns: list[Pattern], known: _Open) -> Iterator[tuple[Quad, ...]]:
        if not patterns:
            yield ()
            return
        first = min(patterns, key=lambda pattern: sum(_value(end, known) is None for end in pattern[::2]))
        rest = list(patterns)
        rest.remove(first)
        subject, path, value = first
        for start, end, quads in self._ways(_value(subject, known), path, _value(value, known), known):
            for more in self._answers(rest, known | _named(subject, start) | _named(value, end)):
                yield (*quads, *more)

    def _ways(
        self, start: Term | None, path: object, end: Term | None, known: _Open
    ) -> Iterator[tuple[Term, Term, tuple[Quad, ...]]]:
        """Each pair of ends that a path leads to, with the quads on the way."""
        from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath

        if isinstance(path, InvPath):
            yield from ((a, b, quads) for b, a, quads in self._ways(end, path.arg, start, known))
        elif isinstance(path, SequencePath):
            yield from self._sequence(start, list(path.args), end, known)
        elif isinstance(path, AlternativePath):
            for arg in path.args:
                yield from self._ways(start, arg, end, known)
        elif isinstance(path, MulPath):
            yield from self._repeated(start, path, end, known)
        elif isinstance(path, NegatedPath):
            refused = {_term(arg) for arg in path.args}
            yield from (way for way in self._edges(start, None, end) if way[2][0].predicate not in refused)
        else:
            predicate = _value(path, known)
            yield from self._edges(start, predicate if isinstance(predicate, NamedNode) else None, end)

    def _edges(
        self, start: Term | None, predicate: NamedNode | None, end: Term | None
    ) -> Iterator[tuple[Term, Term, tuple[Quad, ...]]]:
        if isinstance(start, Literal):
            return
        found = self.store.quads_for_pattern(start, predicate, end, self.graph or DefaultGraph())
        for quad in sorted(found, key=str):
            if isinstance(quad.subject, NamedNode | BlankNode) and isinstance(quad.object, Term):
                yield quad.subject, quad.object, (quad,)

    def _sequence(
        self, start: Term | None, paths: list[object], end: Term | None, known: _Open
    ) -> Iterator[tuple[Term, Term, tuple[Quad, ...]]]:
        first, *rest = paths
        if not rest:
            yield from self._ways(start, first, end, known)
            return
        for here, middle, quads in self._ways(start, first, None, known):
            for _, there, more in self._sequence(middle, rest, end, known):
                yield here, there, (*quads, *more)

    def _repeated(
        self, start: Term | None, path: MulPath, end: Term | None, known: _Open
    ) -> Iterator[tuple[Term, Term, tuple[Quad, ...]]]:
        """The shortest way from one end to each other by a path with `?`, `*` or `+`."""
        from rdflib.paths import InvPath, MulPath

        inner, mod = path.path, path.mod
        if start is None and end is not None:
            turned = self._repeated(end, MulPath(InvPath(inner), mod), None, known)
            yield from ((there, here, quads) for here, there, quads in turned)
            return
        if start is None:
            return
        if mod in ("?", "*") and end in (None, start):
            yield start, start, ()
        level: list[tuple[Term, tuple[Quad, ...]]] = [(start, ())]
        seen = {start} if mod != "+" else set[Term]()
        while level:
            following: list[tuple[Term, tuple[Quad, ...]]] = []
            for node, quads in level:
                for _, there, more in self._ways(node, inner, None, known):
                    if there in seen:
                        continue
                    seen.add(there)
                    following.append((there, (*quads, *more)))
                    if end in (None, there):
                        yield start, there, (*quads, *more)
            level = following if mod != "?" else []


def _value(node: object, known: _Open) -> Term | None:
    """What a term of a pattern stands for: itself, or what a variable or an unnamed node is bound to."""
    from rdflib.term import BNode, Variable

    return known.get(_key(node)) if isinstance(node, Variable | BNode) else _term(node)


def _term(node: object) -> Term:
    from rdflib.term import Literal as LiteralNode

    if not isinstance(node, LiteralNode):
        return NamedNode(str(node))
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))


def _key(node: object) -> str:
    from rdflib.term import BNode

    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _named(node: object, term: Term) -> _Open:
    from rdflib.term import BNode, Variable

    return {_key(node): term} if isinstance(node, Variable | BNode) else {}

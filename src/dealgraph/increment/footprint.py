"""The footprint of a stored query: where it touches the data, so that a change can be followed to its rows.

Read once, by rdflib's parser, then kept: reading takes longer than using.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from dealgraph.increment.scopes import Scope, scopes
from dealgraph.kept import Codec
from dealgraph.stored import text as texts

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

Term = NamedNode | BlankNode | Literal | Triple

ANY: Final = "?"
DEFAULT: Final = ""
BETWEEN: Final = "/"
"""How the name begins that stands for a place in a pattern which no variable of the query is at."""


@dataclass(frozen=True)
class Hook:
    """A triple pattern of a query: which quads it is about, and which variables they bind.

    `predicate` and the ends `fixed` (subject, object) are terms, `ANY` where anything fits. `graph` is the
    name of a graph, `DEFAULT`, or `ANY` for every named one. `binds` are the variables at the four places of
    a quad, empty where there is none or a path hides it; what stands between two steps of a path has a name
    that begins with `BETWEEN`. `scope` is the number of the scope they belong to, and `needed` tells that it
    has no solution without such a quad.
    """

    scope: int
    needed: bool
    graph: str
    predicate: str
    fixed: tuple[str, str]
    binds: tuple[str, str, str, str]

    @cached_property
    def is_plain(self) -> bool:
        """Tell whether no variable is bound twice, so that ends that fit are enough."""
        names = [name for name in self.binds if name]
        return len(names) == len(set(names))

    def binding(self, quad: Quad) -> dict[str, Term] | None:
        """Return what a quad binds, or nothing if the pattern is not about such a quad."""
        graph = DEFAULT if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        if graph != self.graph and (self.graph != ANY or graph == DEFAULT):
            return None
        if self.predicate not in (ANY, quad.predicate.value):
            return None
        ends = (quad.subject, quad.object)
        if any(fixed not in (ANY, str(end)) for fixed, end in zip(self.fixed, ends, strict=True)):
            return None
        bound: dict[str, Term] = {}
        for name, term in zip(
            self.binds, (*ends[:1], quad.predicate, *ends[1:], quad.graph_name), strict=True
        ):
            if name and bound.setdefault(name, term) != term:  # type: ignore[arg-type]
                return None
        return bound


@dataclass(frozen=True)
class Footprint:
    """Where a query touches the data: its scopes, the outermost first, and the hooks in them."""

    prologue: str
    scopes: tuple[Scope, ...]
    hooks: tuple[Hook, ...]


FOOTPRINTS: Final = Codec((Footprint, Scope, Hook))
"""How footprints are kept."""


def footprint(text: str) -> Footprint:
    """Read the footprint of a query, which must parse."""
    prologue = texts.prologue(text)
    found = scopes(text)
    hooks = dict.fromkeys(
        hook for number, scope in enumerate(found) for hook in _hooks_of(prologue, scope.patterns, number)
    )
    return Footprint(prologue, found, tuple(hooks))


def _hooks_of(prologue: str, patterns: str, scope: int) -> Iterator[Hook]:
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    query = parseQuery(f"{prologue}\nSELECT * WHERE {{ {patterns} }}")
    yield from _hooks(translateQuery(query).algebra, None, scope, needed=True)


def _hooks(part: CompValue, graph: object, scope: int, *, needed: bool) -> Iterator[Hook]:
    if part.name == "Graph":
        graph = part.term
    # `get` of these parts has another meaning than that of a dictionary.
    for triple in part["triples"] if "triples" in part else ():  # noqa: SIM401
        yield from _of_path(triple, graph, scope, needed=needed)
    for name in ("p", "p1", "p2"):
        if name in part:
            may_lack = part.name == "Union" or (part.name == "LeftJoin" and name == "p2")
            yield from _hooks(part[name], graph, scope, needed=needed and not may_lack)


def _of_path(pattern: Sequence[object], graph: object, scope: int, *, needed: bool) -> Iterator[Hook]:
    """Yield the hooks of a pattern: one for each step of its path; an end is seen at the first or last."""
    from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath

    start, path, end = pattern
    if isinstance(path, InvPath):
        yield from _of_path((end, path.arg, start), graph, scope, needed=needed)
    elif isinstance(path, SequencePath):
        # Named by the text of the path, so that the same query has the same footprint.
        whole = f"{start} {path} {end}"
        ends = [start, *(_Between(f"{place} {whole}") for place in range(1, len(path.args))), end]
        for place, arg in enumerate(path.args):
            yield from _of_path((ends[place], arg, ends[place + 1]), graph, scope, needed=needed)
    elif isinstance(path, AlternativePath):
        for arg in path.args:
            yield from _of_path((start, arg, end), graph, scope, needed=False)
    elif isinstance(path, MulPath):
        yield from _of_path((None, path.path, None), graph, scope, needed=False)
    else:
        seen = None if isinstance(path, NegatedPath) else path
        yield Hook(
            scope,
            needed and seen is not None,
            DEFAULT if graph is None else _iri(graph),
            _iri(seen),
            (_fixed(start), _fixed(end)),
            (_bound(start), _bound(seen), _bound(end), _bound(graph)),
        )


class _Between(str):
    """What stands between two steps of a path."""

    __slots__ = ()


def _bound(term: object) -> str:
    from rdflib.term import Variable

    if isinstance(term, _Between):
        return f"{BETWEEN}{term}"
    return str(term) if isinstance(term, Variable) else ""


def _iri(term: object) -> str:
    from rdflib.term import Variable

    return ANY if term is None or isinstance(term, Variable) else str(term)


def _fixed(term: object) -> str:
    from rdflib.term import BNode, Variable

    is_open = term is None or isinstance(term, Variable | BNode | _Between)
    return ANY if is_open else term.n3()  # type: ignore[attr-defined]

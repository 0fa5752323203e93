"""Where each statement that a change touched is kept: with what is shown, aside, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, Store, Triple

from dealgraph.horn.graphs import AUXILIARY, DEFAULT, INFERRED, Graph
from dealgraph.horn.program import Program
from dealgraph.horn.rules import Fact
from dealgraph.horn.view import View

_KEPT_IN: Final[tuple[Graph, ...]] = (INFERRED, AUXILIARY, DEFAULT)


def settle(
    store: Store, view: View, program: Program, stated: Iterable[Fact]
) -> tuple[tuple[Triple, ...], tuple[Triple, ...]]:
    """Write a change to a store; returns what came into `graph:inferred` and what went, each sorted."""
    touched = dict.fromkeys((*stated, *view.gone, *view.new))
    ends = dict.fromkeys(end for fact in touched for end in (fact[0], fact[2]))
    for end in ends:
        if end in program.static_things:
            touched |= dict.fromkeys(view.about(end))
    adding: list[Quad] = []
    removing: list[Quad] = []
    for fact in touched:
        wanted = place_of(fact, view, program)
        for graph in _KEPT_IN:
            if view.is_in(fact, graph) != (graph in wanted):
                (adding if graph in wanted else removing).append(_quad(fact, graph))
    for quad in removing:
        store.remove(quad)
    store.extend(adding)
    return _inferred(adding), _inferred(removing)


def place_of(fact: Fact, view: View, program: Program) -> tuple[Graph, ...]:
    """Return the graphs that keep a statement, of those that keep what follows and the default graph."""
    if view.is_stated(fact):
        return (DEFAULT,)
    if fact in view.gone or fact in program.static:
        return ()
    is_plain = program.is_plain(fact)
    if is_plain and view.is_thing(fact[0]):
        return INFERRED, DEFAULT
    return (AUXILIARY,) if is_plain or program.keeps_aside(fact) else ()


def _quad(fact: Fact, graph: Graph) -> Quad:
    subject, predicate, value = fact
    assert isinstance(subject, NamedNode | BlankNode), "no statement about a literal is kept"
    return Quad(subject, predicate, value, graph)


def _inferred(quads: Iterable[Quad]) -> tuple[Triple, ...]:
    return tuple(sorted((quad.triple for quad in quads if quad.graph_name == INFERRED), key=str))

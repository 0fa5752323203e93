"""The page of any other node: what is stated of it and with it, graph by graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from dealgraph.desk import Desk
from dealgraph.pages import statements
from dealgraph.pages.forms import as_data, forms, wanted
from dealgraph.pages.reader import TYPE, Reader, Word
from dealgraph.pages.rendering import page
from dealgraph.terms import compact
from dealgraph.web import Answer, Call, local_iri

SIZE: Final = 100
"""How many statements of a kind are told on one page."""


@dataclass(frozen=True)
class Statement:
    """One statement in words: the property, the other side, and the graphs that it stands in."""

    predicate: Word
    other: Word
    graphs: tuple[Word, ...]


def show(desk: Desk, call: Call) -> Answer:
    """Answer at `/quantity/…`, `/time/…` and all other nodes that have no page of their own kind."""
    path, offer = wanted(call)
    reader = Reader(desk, call.language)
    node = reader.known(local_iri(path))
    if offer.suffix != "html":
        return as_data(offer, statements.of_node(desk.store, node), lambda: report(reader, node))
    first = offset(call)
    out, into = _quads(reader, node, as_subject=True), _quads(reader, node, as_subject=False)
    kinds = sorted({q.object.value for q in out if q.predicate == TYPE and isinstance(q.object, NamedNode)})
    return page(
        "resource.html",
        call,
        desk=desk,
        forms=forms(node.value),
        iri=node.value,
        name=reader.word(node).text,
        kinds=[reader.link(kind) for kind in kinds],
        out=_statements(reader, (q for q in out[first : first + SIZE] if q.predicate != TYPE), "object"),
        into=_statements(reader, into[first : first + SIZE], "subject"),
        first=first,
        size=SIZE,
        total=max(len(out), len(into)),
    )


def report(reader: Reader, node: NamedNode) -> dict[str, object]:
    """Return what a program reads of a node: its statements, as compact names."""

    def told(quads: Iterable[Quad], other: str) -> list[dict[str, str]]:
        return [
            {
                "predicate": compact(q.predicate.value),
                other: _text(getattr(q, other)),
                "graph": _text(q.graph_name),
            }
            for q in quads
        ]

    return {
        "node": node.value,
        "name": reader.teller.told(node.value),
        "statements": told(_quads(reader, node, as_subject=True), "object"),
        "statementsWithIt": told(_quads(reader, node, as_subject=False), "subject"),
    }


def offset(call: Call) -> int:
    """Return the number of the first row that is wanted, from 0; what is no number is taken for 0."""
    text = call.first("offset", "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _quads(reader: Reader, node: NamedNode, *, as_subject: bool) -> list[Quad]:
    """The statements in named graphs: the default graph repeats what facts and what follows hold."""
    pattern = (node, None) if as_subject else (None, node)
    quads = reader.store.quads_for_pattern(pattern[0], None, pattern[1], None)
    found = islice((q for q in quads if not isinstance(q.graph_name, DefaultGraph)), 5000)
    return sorted(found, key=lambda q: (q.predicate.value, str(q.object), str(q.subject), str(q.graph_name)))


def _statements(reader: Reader, quads: Iterable[Quad], other: str) -> list[Statement]:
    """The statements, each once, with all graphs that make it."""
    by_statement: dict[tuple[str, object], list[Word]] = {}
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, NamedNode):
            by_statement.setdefault((quad.predicate.value, getattr(quad, other)), []).append(
                reader.link(graph.value)
            )
    return [
        Statement(
            reader.link(predicate),
            Word("…") if isinstance(node, BlankNode) else reader.word(node),
            tuple(graphs),
        )
        for (predicate, node), graphs in by_statement.items()
    ]


def _text(term: object) -> str:
    if isinstance(term, NamedNode):
        return compact(term.value)
    return term.value if isinstance(term, Literal) else str(term)

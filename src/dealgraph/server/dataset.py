"""The dataset of a query, so that a triple in two of its default graphs counts once.

The default graph of a dataset is the merge of the graphs that are named for it (SPARQL 1.1, section 13.2): a
set of triples. Oxigraph, asked over several, gives a triple as often as it is in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from dealgraph.ask import Result, evaluate
from dealgraph.server.asking import AskedQuery
from dealgraph.stored import text as texts

_WHERE: Final = re.compile(r"\{")
_FROM: Final = re.compile(r"\bFROM\s*(NAMED\b\s*)?(<[^>]*>|[\w.\-]*:[^\s{<]*)", re.IGNORECASE)


def run_on_dataset(store: Store, asked: AskedQuery, *, where: str, base: str | None = None) -> Result:
    """Run a query on the dataset that the client names, else on that of the query, else on the whole store.

    A client's dataset counts before that of the query (SPARQL 1.1 Protocol, section 2.1.4). `base` is that of
    a query that names none (SPARQL 1.1, section 4.1.1.2). Raises what `ask.run` raises.
    """
    default, named = asked.default, asked.named
    if default is None or named is None:
        default, named = _of_query(asked.text, base)
        if len(default) < 2:
            return evaluate(store, asked.text, where=where, base=base)
    chosen: Sequence[NamedNode | DefaultGraph] = default
    if len(default) > 1:
        store, chosen = _merged(store, default, named), [DefaultGraph()]
    return evaluate(store, asked.text, where=where, default_graph=chosen, named_graphs=named, base=base)


def _of_query(text: str, base: str | None) -> tuple[tuple[NamedNode, ...], tuple[NamedNode, ...]]:
    """The graphs that a query names by FROM and by FROM NAMED; none where it cannot be read."""
    masked = texts.mask(text)
    body = _WHERE.search(masked)
    clauses = list(_FROM.finditer(masked, 0, body.start() if body else len(masked)))
    if len(clauses) < 2:
        return (), ()
    default = [text[c.start(2) : c.end(2)] for c in clauses if not c[1]]
    named = [text[c.start(2) : c.end(2)] for c in clauses if c[1]]
    prologue = texts.prologue(text)
    return tuple(_resolved(prologue, default, base)), tuple(_resolved(prologue, named, base))


def _resolved(prologue: str, names: Iterable[str], base: str | None) -> Iterator[NamedNode]:
    """The IRIs that names stand for, as the engine reads them."""
    try:
        named = f"{prologue}\nSELECT ?graph {{ VALUES ?graph {{ {' '.join(names)} }} }}"
        rows = Store().query(named, base_iri=base)
    except (SyntaxError, ValueError):
        return
    assert isinstance(rows, QuerySolutions)
    yield from (row["graph"] for row in rows)


def _merged(store: Store, default: Iterable[NamedNode], named: Iterable[NamedNode]) -> Store:
    merged = Store()
    for graph in default:
        merged.bulk_extend(
            Quad(quad.subject, quad.predicate, quad.object)
            for quad in store.quads_for_pattern(None, None, None, graph)
        )
    for graph in named:
        merged.bulk_extend(store.quads_for_pattern(None, None, None, graph))
    return merged

"""The start page: what this is, the deals, the newest articles, what disagrees, and ways in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions

from dealgraph.desk import Desk
from dealgraph.pages.glance import glance
from dealgraph.pages.lists import source_row, things_of
from dealgraph.pages.reader import LAYERS, Reader
from dealgraph.pages.rendering import page
from dealgraph.pages.spoken import Spoken, spoken
from dealgraph.terms import iri
from dealgraph.web import Answer, Call

DEALS: Final = 6
_DEAREST: Final = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
SELECT ?deal (MAX(?amount) AS ?most) WHERE { ?deal dg:price/dg:lower ?amount }
GROUP BY ?deal ORDER BY DESC(?most) ?deal LIMIT 6
"""
ARTICLES: Final = 5
DISAGREEMENTS: Final = 3


def show(desk: Desk, call: Call) -> Answer:
    """Answer at `/`."""
    reader = Reader(desk, call.language)
    deals = things_of(reader, ("dg:Deal",))
    first = dict.fromkeys([*_dearest(reader), *deals])
    told = [(reader.link(deal), glance(reader, deal, reader.kinds(deal))) for deal in islice(first, DEALS)]
    return page(
        "home.html",
        call,
        desk=desk,
        deals=told,
        all_deals=len(deals),
        articles=[source_row(reader, article, 4) for article in desk.evidence.articles[::-1][:ARTICLES]],
        disagreements=list(islice(_disagreements(reader), DISAGREEMENTS)),
        counts=[
            (name, desk.manifest.counts.get(name, 0)) for name in ("articles", "facts", "inferred", "derived")
        ],
    )


def _dearest(reader: Reader) -> Iterator[str]:
    """The deals with the highest prices that are facts."""
    rows = reader.store.query(_DEAREST)
    assert isinstance(rows, QuerySolutions)
    yield from (node.value for row in rows if isinstance(node := row["deal"], NamedNode))


def _disagreements(reader: Reader) -> Iterator[tuple[Spoken, Spoken]]:
    """Claims that do not meet, or that are in conflict, each pair once."""
    seen: set[frozenset[str]] = set()
    for name, graph in (("dg:disagreesWith", LAYERS[1]), ("dg:conflictsWith", None)):
        for quad in reader.store.quads_for_pattern(None, NamedNode(iri(name)), None, graph):
            pair = [n.value for n in (quad.subject, quad.object) if isinstance(n, NamedNode)]
            if len(pair) == 2 and frozenset(pair) not in seen and all(map(reader.evidence.has, pair)):
                seen.add(frozenset(pair))
                one, other = (spoken(reader, [reader.evidence.claim(node)])[0] for node in pair)
                yield one, other

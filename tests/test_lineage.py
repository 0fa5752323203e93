"""Where a row comes from: its witnesses alone give it again, in every stored query."""

from __future__ import annotations

from functools import cache

import pytest
from pyoxigraph import QuerySolutions, Store

from dealgraph.lineage import Lineage, Witnesses
from dealgraph.lineage.patterns import Term
from dealgraph.sources import ONTOLOGY
from dealgraph.stored import StoredQuery
from graph import stored_queries, the_store
from tiny import store_of

SELECTS = sorted(
    name for name, query in stored_queries().items() if query.form == "SELECT" and not query.endpoints
)

NEEDING_CLASSES = {stored_queries()[name].text for name in ("identifiers/without", "silence/unanswered")}
"""A path of no length leads from a class to itself, which takes no quad, but the class must be known."""

Row = dict[str, Term | None]


def rows(store: Store, text: str) -> list[Row]:
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: row[name] for name in names} for row in found]


def some(found: list[Row]) -> list[Row]:
    """All rows of a short answer, and of a long one a few from everywhere in it."""
    return found[:: max(1, len(found) // 6)]


def again(witnesses: Witnesses, text: str) -> list[Row]:
    store = Store()
    store.extend(witnesses.quads)
    if text in NEEDING_CLASSES:
        store.extend(the_store().quads_for_pattern(None, None, None, ONTOLOGY))
    return rows(store, text)


@cache
def query(name: str) -> StoredQuery:
    return stored_queries()[name]


@pytest.mark.parametrize("name", SELECTS)
def test_the_witnesses_of_a_row_alone_give_it_again(name: str) -> None:
    text = query(name).text
    lineage = Lineage(the_store(), text)
    for row in some(rows(the_store(), text)):
        assert row in again(lineage.witnesses(row), text)


# --- the forms of SPARQL ------------------------------------------------------------------------------------

DATA = """
id:a dg:p id:b ; dg:size 3 . id:b dg:q id:c . id:c dg:q id:d . id:a dg:r id:e .
id:x dg:p id:y ; dg:size 5 .
graph:one { id:a dg:said id:b . id:b dg:by id:n }
graph:two { id:a dg:said id:z }
"""
HEADER = "".join(
    f"PREFIX {prefix}: <https://w3id.org/dealgraph/{path}>\n"
    for prefix, path in {"dg": "ontology#", "graph": "graph/", "id": "id/"}.items()
)


def behind(body: str) -> list[list[str]]:
    """The quads behind each row, as their local names and that of the graph."""
    store, text = store_of(DATA), HEADER + body
    lineage = Lineage(store, text)
    return [
        sorted(" ".join(part(term) for term in quad).strip() for quad in lineage.witnesses(row).quads)
        for row in rows(store, text)
    ]


def part(term: object) -> str:
    value = str(getattr(term, "value", ""))
    return value.rpartition("/")[2].rpartition("#")[2]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("SELECT ?s { ?s dg:p ?o } ORDER BY ?s", [["a p b"], ["x p y"]]),
        ("SELECT * { ?s dg:p ?o . FILTER(?o = id:b) }", [["a p b"]]),
        ("SELECT ?s { ?s dg:p ?o OPTIONAL { ?s dg:r ?e } } ORDER BY ?s", [["a p b", "a r e"], ["x p y"]]),
        (
            "SELECT ?s { ?s dg:size ?n OPTIONAL { ?s dg:p ?o FILTER(?n > 4) } } ORDER BY ?s",
            [["a size 3"], ["x p y", "x size 5"]],
        ),
        ("SELECT ?s { { ?s dg:r ?o } UNION { ?s dg:q id:d } } ORDER BY ?s", [["a r e"], ["c q d"]]),
        ("SELECT ?o { id:a dg:p/dg:q+ ?o } ORDER BY ?o", [["a p b", "b q c"], ["a p b", "b q c", "c q d"]]),
        ("SELECT ?s { id:d ^dg:q* ?s . ?s ^dg:p ?t }", [["a p b", "b q c", "c q d"]]),
        ("SELECT ?s { ?s !(dg:p|dg:size|dg:q) ?o }", [["a r e"]]),
        ("SELECT ?o { id:a (dg:p|dg:r) ?o } ORDER BY ?o", [["a p b"], ["a r e"]]),
        ("SELECT ?s { ?s dg:p [ dg:q ?c ] }", [["a p b", "b q c"]]),
        ("SELECT (COUNT(?s) AS ?n) { ?s dg:p ?o }", [["a p b", "x p y"]]),
        (
            "SELECT ?o (SUM(?n) AS ?all) { ?s dg:p ?o ; dg:size ?n } GROUP BY ?o ORDER BY ?o",
            [["a p b", "a size 3"], ["x p y", "x size 5"]],
        ),
        (
            "SELECT ?big (COUNT(?s) AS ?n) { ?s dg:size ?k } GROUP BY (?k > 4 AS ?big) ORDER BY ?big",
            [["a size 3"], ["x size 5"]],
        ),
        ("SELECT (?n * 2 AS ?twice) { ?s dg:size ?n } ORDER BY ?twice", [["a size 3"], ["x size 5"]]),
        ("SELECT ?g { GRAPH ?g { id:a dg:said ?o } } ORDER BY ?g", [["a said b one"], ["a said z two"]]),
        (
            "SELECT ?s { ?s dg:p ?o FILTER EXISTS { GRAPH graph:one { ?s dg:said/dg:by ?w } } }",
            [["a p b", "a said b one", "b by n one"]],
        ),
        ("SELECT ?s { ?s dg:p ?o FILTER NOT EXISTS { ?s dg:r ?e } }", [["x p y"]]),
        ("SELECT ?s { ?s dg:p ?o MINUS { ?s dg:r ?e } }", [["x p y"]]),
        (
            "SELECT ?s ?has { ?s dg:p ?o BIND(EXISTS { ?s dg:r ?e } AS ?has) } ORDER BY ?s",
            [["a p b", "a r e"], ["x p y"]],
        ),
        (
            "SELECT ?s { { SELECT ?s (MAX(?k) AS ?n) { ?s dg:size ?k } GROUP BY ?s } ?s dg:p ?o }"
            " ORDER BY ?s",
            [["a p b", "a size 3"], ["x p y", "x size 5"]],
        ),
        ("SELECT ?s { VALUES ?s { id:x id:q } ?s dg:p ?o }", [["x p y"]]),
        ('SELECT ?s { ?s dg:p ?o . FILTER(STR(?o) != "} UNION {") } ORDER BY ?s', [["a p b"], ["x p y"]]),
    ],
)
def test_each_form_of_a_group_leads_to_its_quads(body: str, expected: list[list[str]]) -> None:
    assert behind(body) == expected


def test_what_is_there_because_something_is_not_is_said_to_be() -> None:
    store = store_of(DATA)
    for body, absent in (
        ("SELECT ?s { ?s dg:p ?o FILTER NOT EXISTS { ?s dg:r ?e } }", True),
        ("SELECT ?s { { SELECT ?s { ?s dg:p ?o MINUS { ?s dg:r ?e } } } }", True),
        ("SELECT ?s { ?s dg:p ?o FILTER EXISTS { ?s dg:size ?n } }", False),
    ):
        (row, *_) = rows(store, HEADER + body)
        assert Lineage(store, HEADER + body).witnesses(row).absent == absent

"""Rows of stored rules and checks that a change alters are among those that it is said to touch."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    QueryTriples,
    Store,
)

from dealgraph.errors import StoredQueryDefect
from dealgraph.increment.affected import Watched
from dealgraph.increment.footprint import FOOTPRINTS, footprint
from dealgraph.increment.restricting import asking_for, restricted
from dealgraph.increment.rulebook import CHECKS, FOCUS
from dealgraph.increment.rules import Rule
from dealgraph.increment.working import Changes
from dealgraph.stored import StoredQuery
from graph import stored_queries, the_store

TOPICS = ("rules", CHECKS)
NAMES = sorted(query.name for query in stored_queries().values() if query.topic in TOPICS)


@cache
def watched(name: str) -> Watched:
    query = stored_queries()[name]
    if query.topic == CHECKS:
        return Watched(query.text, FOCUS, footprint(query.text))
    return Rule.of(query, footprint(query.text)).watched


def rows(store: Store, text: str) -> set[tuple[object, ...]]:
    found = store.query(text)
    if isinstance(found, QueryTriples):
        return {(t.subject, t.predicate, t.object) for t in found}
    assert isinstance(found, QuerySolutions)
    return {tuple(row) for row in found}


def anchors(store: Store, each: Watched) -> dict[object, set[tuple[object, ...]]]:
    """What a query gives, by its anchor."""
    found = store.query(asking_for(each.text, each.anchor))
    assert isinstance(found, QuerySolutions)
    return {row[0]: rows(store, each.on([row[0]])) for row in found}


@pytest.mark.parametrize("name", NAMES)
def test_a_query_about_some_things_gives_their_rows_and_no_others(name: str) -> None:
    each, store = watched(name), the_store()
    by_anchor = anchors(store, each)
    assert rows(store, each.text) == set().union(*by_anchor.values())
    some = sorted(by_anchor, key=str)[:3]
    assert rows(store, each.on(some)) == set().union(*(by_anchor[anchor] for anchor in some))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_no_change_alters_a_row_that_it_is_not_said_to_touch(name: str) -> None:
    each, random = watched(name), Random(name)
    whole = the_store()
    before = Store()
    before.extend(whole)
    known = anchors(before, each)
    # Quads that the query looks at, so that a change often matters; the ontology and the shapes, which have
    # blank nodes, never change in steps.
    named = [quad for quad in whole if not isinstance(quad.subject, BlankNode)]
    named = [quad for quad in named if not isinstance(quad.object, BlankNode)]
    hooked = [quad for quad in named if any(hook.binding(quad) is not None for hook in each.footprint.hooks)]
    assert hooked
    for _ in range(12):
        changed = random.sample(hooked, min(len(hooked), random.randint(1, 3)))
        gone = {quad for quad in changed for quad in _both(quad) if quad in before}
        after = Store()
        after.extend(quad for quad in whole if quad not in gone)
        for one, other, changes in (
            (before, after, Changes(removed=frozenset(gone))),
            (after, before, Changes(added=frozenset(gone))),
        ):
            touched = each.affected(changes, one, other)
            now = anchors(after, each)
            differing = {a for a in {*known, *now} if known.get(a) != now.get(a)}
            assert touched is None or differing <= touched


def _both(quad: Quad) -> tuple[Quad, Quad]:
    """A statement of facts is in the default graph too."""
    return quad, Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


@pytest.mark.parametrize("name", NAMES)
def test_a_footprint_is_kept_as_json(name: str) -> None:
    found = watched(name).footprint
    assert FOOTPRINTS.from_json(FOOTPRINTS.to_json(found)) == found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SELECT ?a WHERE { ?a <urn:p> ?b }", {"1", "2"}),
        ("SELECT ?a WHERE { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c } }", {"1", "2"}),
        (
            "SELECT ?a WHERE { { SELECT ?a (COUNT(?b) AS ?n) WHERE { ?a <urn:p> ?b } GROUP BY ?a } }",
            {"1", "2"},
        ),
        ("SELECT ?a WHERE { ?a <urn:p> ?b { SELECT (MAX(?x) AS ?m) WHERE { ?x <urn:p> ?y } } }", {"1", "2"}),
        ("SELECT ?a WHERE { { ?a <urn:p> ?b } UNION { ?b <urn:p> ?a } }", {"1", "2"}),
        ("SELECT ?a WHERE { ?a <urn:p> ?b FILTER NOT EXISTS { ?a <urn:p> <urn:3> } }", {"2"}),
        ("SELECT ?a WHERE { OPTIONAL { ?x <urn:q> ?y } { ?a <urn:p> ?b } }", {"1", "2"}),
        ("SELECT ?a WHERE { ?x <urn:q> ?y . { SELECT ?a WHERE { ?a <urn:p> ?x } } }", {"1", "2"}),
    ],
)
def test_values_go_into_queries_of_every_form(text: str, wanted: set[str]) -> None:
    said = ("1 p 3", "1 p 4", "2 p 4", "4 q 1")
    store = Store()
    store.extend(Quad(*(NamedNode(f"urn:{part}") for part in line.split())) for line in said)
    for given in ({"1"}, {"2"}, {"1", "2"}, {"3"}):
        asked = restricted(text, ("a",), [(NamedNode(f"urn:{one}"),) for one in sorted(given)])
        found = {str(row[0]) for row in rows(store, asked)}
        everything = {str(row[0]) for row in rows(store, text)}
        assert found == everything & {f"<urn:{one}>" for one in given}
    assert wanted <= {one for one in ("1", "2") if f"<urn:{one}>" in everything}


def test_a_rule_that_does_not_say_what_it_is_about_is_refused() -> None:
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    query = StoredQuery(
        "rules/any", "rules", Path("queries/rules/any.rq"), "", "", "", "", (), (), text, "CONSTRUCT"
    )
    with pytest.raises(StoredQueryDefect, match="what its result is about"):
        Rule.of(query, footprint(text))


def test_what_is_worked_out_for_the_result_alone_is_not_worked_out_to_find_what_it_is_about() -> None:
    text = """
        PREFIX ex: <http://e/>
        CONSTRUCT { ?x ex:name ?name } WHERE {
          ?x ex:p ?a ; ex:q ?b .
          BIND(?a + ?b AS ?sum)
          BIND(CONCAT("(BIND", STR(?sum)) AS ?text)
          BIND(IRI(?text) AS ?name)
          BIND(?a * 2 AS ?double)
          FILTER(?double < 10)
        }"""
    asked = asking_for(text, "x", "b")
    assert "?double" in asked
    assert not any(f"?{name}" in asked for name in ("sum", "text", "name"))
    store = Store()
    store.extend(
        Quad(NamedNode(f"http://e/{n}"), NamedNode(f"http://e/{p}"), Literal(n), DefaultGraph())
        for n in (3, 7)
        for p in "pq"
    )
    found = store.query(asked)
    assert isinstance(found, QuerySolutions)
    assert [row[0] for row in found] == [NamedNode("http://e/3")]

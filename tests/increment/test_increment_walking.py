"""Walking along the patterns of a query finds all that the query gives, and stops where it leads too far."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from dealgraph.increment.footprint import Footprint, footprint
from dealgraph.increment.looking import MOST_READ, Look
from dealgraph.increment.restricting import asking_for, restricted
from dealgraph.increment.rulebook import CHECKS, FOCUS
from dealgraph.increment.rules import Rule
from dealgraph.increment.scopes import ROOT
from dealgraph.increment.walking import Walk
from graph import stored_queries, the_store

NAMES = sorted(query.name for query in stored_queries().values() if query.topic in ("rules", CHECKS))


@cache
def known(name: str) -> tuple[str, str, Footprint]:
    """The text of a rule or check, its anchor, and its footprint."""
    query = stored_queries()[name]
    found = footprint(query.text)
    anchor = FOCUS if query.topic == CHECKS else Rule.of(query, found).watched.anchor
    return query.text, anchor, found


def answers(store: Store, text: str) -> list[tuple[object, ...]]:
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return [tuple(row) for row in found]


def said(*lines: str) -> Store:
    store = Store()
    store.extend(Quad(*(NamedNode(f"urn:{part}") for part in line.split())) for line in lines)
    return store


def walked(store: Store, text: str, start: str, terms: str, wanted: str) -> set[str] | None:
    walk = Walk.of(footprint(text), ROOT, start, (wanted,))
    assert walk is not None
    found, left = walk.from_terms([NamedNode(f"urn:{t}") for t in terms.split()], store, Look(store, store))
    return None if left else {bound[wanted].value.removeprefix("urn:") for bound in found}


@pytest.mark.parametrize("name", NAMES)
def test_a_walk_finds_what_the_query_gives(name: str) -> None:
    text, anchor, found = known(name)
    store, random = the_store(), Random(name)
    names = {n for hook in found.hooks if hook.scope == ROOT and hook.needed for n in (hook.binds[0],)}
    for start in sorted(n for n in names if n and not n.startswith("/") and n != anchor):
        walk = Walk.of(found, ROOT, start, (anchor,))
        rows = sorted(answers(store, asking_for(text, start)), key=str)
        for row in random.sample(rows, min(4, len(rows))):
            asked = restricted(asking_for(text, anchor, start), (start,), [row])  # type: ignore[list-item]
            if walk is None:
                continue
            there, left = walk.from_terms([row[0]], store, Look(store, store))  # type: ignore[list-item]
            assert left or {r[0] for r in answers(store, asked)} <= {b[anchor] for b in there}


def test_most_walks_of_the_rules_of_this_project_get_there() -> None:
    text, anchor, found = known("rules/rival-figures")
    store = the_store()
    walk = Walk.of(found, ROOT, "otherClaim", (anchor,))
    assert walk is not None
    for row in answers(store, asking_for(text, "otherClaim")):
        there, left = walk.from_terms([row[0]], store, Look(store, store))  # type: ignore[list-item]
        assert there and not left, row


CHAIN = "SELECT ?a WHERE { ?a <urn:p> ?b . ?b <urn:q> ?c . ?a a <urn:Kind> }"


def test_a_walk_goes_back_along_patterns_and_heeds_those_on_the_way() -> None:
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    store = said("1 p 2", "3 p 2", "2 q 9", "4 p 5", "5 q 9")
    store.extend(Quad(NamedNode(f"urn:{n}"), NamedNode(kind), NamedNode("urn:Kind")) for n in (1, 4))
    assert walked(store, CHAIN, "c", "9", "a") == {"1", "4"}
    assert walked(store, CHAIN, "b", "2", "a") == {"1"}
    assert walked(store, CHAIN, "b", "9", "a") == set()


def test_a_walk_goes_through_the_steps_of_a_path() -> None:
    store = said("1 p 2", "2 q 3", "4 p 5", "6 q 3")
    assert walked(store, "SELECT ?a WHERE { ?a <urn:p>/<urn:q> ?b }", "b", "3", "a") == {"1"}
    assert walked(store, "SELECT ?a WHERE { ?b ^<urn:q>/^<urn:p> ?a }", "b", "3", "a") == {"1"}


def test_a_walk_goes_through_subqueries_and_keeps_what_they_hide_apart() -> None:
    text = """SELECT ?a WHERE {
        ?a <urn:p> ?hidden .
        { SELECT ?a (COUNT(?hidden) AS ?n) WHERE { ?a <urn:q> ?hidden } GROUP BY ?a } }"""
    store = said("1 p 2", "1 q 3", "4 p 2")
    assert walked(store, text, "hidden", "2", "a") == {"1"}


def test_what_may_be_missing_is_not_asked_for_on_a_walk() -> None:
    text = """SELECT ?a WHERE { ?a <urn:p> ?b
        OPTIONAL { { SELECT ?a WHERE { ?a <urn:q> ?c } } }
        { ?a <urn:r> ?d } UNION { { SELECT ?a WHERE { ?a <urn:s> ?e } } } }"""
    assert walked(said("1 p 2", "1 r 3"), text, "b", "2", "a") == {"1"}
    counted = "SELECT ?a WHERE { ?a <urn:p> ?b { SELECT (COUNT(?c) AS ?n) WHERE { ?c <urn:q> ?d } } }"
    assert walked(said("1 p 2"), counted, "b", "2", "a") == {"1"}


def test_a_walk_sees_that_a_variable_stands_for_one_thing() -> None:
    store = said("1 p 1", "1 q 7", "2 p 3", "2 q 7")
    assert walked(store, "SELECT ?a WHERE { ?a <urn:p> ?a ; <urn:q> ?b }", "b", "7", "a") == {"1"}


def test_a_walk_stays_in_the_graph_that_a_pattern_names() -> None:
    store = said("1 p 2 g", "3 p 2 h", "g is g g")
    store.add(Quad(NamedNode("urn:4"), NamedNode("urn:p"), NamedNode("urn:2"), DefaultGraph()))
    text = "SELECT ?a WHERE { GRAPH ?g { ?a <urn:p> ?b . ?g <urn:is> ?g } }"
    assert walked(store, text, "b", "2", "a") == {"1"}
    assert walked(store, text, "g", "g h", "a") == {"1"}
    assert walked(store, "SELECT ?a WHERE { ?a <urn:p> ?b }", "b", "2", "a") == {"4"}
    assert walked(store, "SELECT ?a WHERE { GRAPH <urn:h> { ?a <urn:p> ?b } }", "b", "2", "a") == {"3"}


def test_a_walk_through_a_hub_is_given_up() -> None:
    store = said("1 q hub", *(f"{number} p hub" for number in range(MOST_READ + 1)))
    assert walked(store, "SELECT ?a WHERE { ?a <urn:p> ?b }", "b", "hub", "a") is None
    assert walked(store, "SELECT ?a WHERE { ?a <urn:p> ?b ; <urn:q> ?b }", "b", "hub", "a") == {"1"}
    walk = Walk.of(footprint("SELECT ?a WHERE { ?a <urn:p> ?b }"), ROOT, "b", ("a",))
    store.add(Quad(*(NamedNode(f"urn:{name}") for name in ("x", "p", "y"))))
    assert walk is not None
    found, left = walk.from_terms([NamedNode("urn:hub"), NamedNode("urn:y")], store, Look(store, store))
    assert found == [{"a": NamedNode("urn:x")}]
    assert left == [NamedNode("urn:hub")]


def test_there_is_no_walk_where_nothing_leads_from_one_to_the_other() -> None:
    apart = footprint("SELECT ?a WHERE { ?a <urn:p> ?b . ?c <urn:q> ?d }")
    assert Walk.of(apart, ROOT, "c", ("a",)) is None
    optional = footprint("SELECT ?a WHERE { ?a <urn:p> ?b OPTIONAL { ?a <urn:q> ?c } }")
    assert Walk.of(optional, ROOT, "c", ("a",)) is None

"""Results kept up to date: after every change they are those of a run on the whole store."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from shacl_mutations import mutations
from shacl_project import layers, program
from shacl_queries import ASKED, shape
from shacl_random import (
    BOUNDED,
    COMPARED,
    DATA,
    LITERALS,
    NODES,
    OF_PATHS,
    OF_VALUES,
    OTHERS,
    PATHS,
    SHAPES,
    SUBCLASSES,
    states,
    with_targets,
)

from dealgraph.check.engines import scratch
from dealgraph.shacl import Found, Outcome, Program, Reads, Upkeep
from dealgraph.shacl.graph import Term
from dealgraph.terms import iri
from shacl_oracle import counting, flat, program_of
from shape_files import PREFIX_LINES, trig

GUARDED = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=100)
STATES = states(NODES + LITERALS)
ANY = (
    SHAPES
    | with_targets(st.sampled_from(OF_VALUES))
    | with_targets(st.sampled_from(OF_PATHS), is_of_path=True)
)
# What the queries ask for, often enough that their patterns meet.
IN_QUERIES = states(["id:a", "id:b", "id:c", "_:x", "1", "2"])
# What tells of every value of a path, or of what is said of it.
OF_FAR_VALUES = [
    "sh:in ()",
    "sh:node [ sh:property [ sh:path id:r ; sh:minCount 1 ] ]",
    "sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:path id:r ; sh:minCount 1 ]",
    "sh:property [ sh:path [ sh:inversePath id:r ] ; sh:maxCount 1 ; sh:class id:K ]",
    "sh:closed true ; sh:ignoredProperties ( id:p )",
]
# Queries that look further than at what is said of the focus node, as those of this repository do.
FAR = [
    "SELECT $this ?value WHERE { $this id:p ?v . ?value id:q ?v FILTER(?value != $this) }",
    "SELECT $this WHERE { $this id:p/id:q ?v FILTER NOT EXISTS { ?v id:r ?w . ?w id:p* $this } }",
    "SELECT $this ?value WHERE { $this id:p ?v . ?value ^id:q ?v ; id:r ?w . ?w a id:K }",
    "SELECT $this ?v WHERE { { $this id:p ?v } UNION { ?v id:q|id:r $this } ?v id:p+ ?w . ?w a id:L }",
    "SELECT $this WHERE { $this id:p ?v OPTIONAL { ?v id:q ?w OPTIONAL { ?w id:r ?x } } FILTER(!BOUND(?x)) }",
    """SELECT $this ?path WHERE { $this ?path ?v FILTER(?path IN (id:p, id:q))
         FILTER EXISTS { ?v ?path ?w . ?w a ?k } }""",
    """SELECT $this WHERE { { $this ?l ?v FILTER(?l IN (id:p, id:r)) }
         FILTER EXISTS { ?v ?m ?w FILTER(?m IN (id:q)) } }""",
    """SELECT $this (COUNT(?v) AS ?value) WHERE {
         { SELECT $this ?v (MIN(?x) AS ?w) WHERE { ?x id:p ?v ; id:q $this } GROUP BY $this ?v } ?v id:r ?y
       } GROUP BY $this HAVING(COUNT(?v) > 1)""",
    "SELECT $this ?value WHERE { $this (id:p/^id:q)+ ?value . ?value id:r/(id:p|id:q)? ?w . ?o id:q ?w }",
    """SELECT $this WHERE { $this id:p ?x .
         { SELECT $this ?y WHERE {
             { SELECT $this ?x ?y WHERE { $this id:q ?y . ?y id:r ?x } } ?x id:p ?y } } }""",
    "SELECT $this WHERE { ?v ^(id:p/id:q) $this ; id:r ?w FILTER NOT EXISTS { ?x id:p ?w ; a id:M } }",
]
NAMED = [NamedNode(iri(f"id:{name}")) for name in "abcd"]
# Queries whose patterns are not read, or of which nothing leads to the focus node.
NOT_FOLLOWED = {
    "SELECT $this WHERE { $this id:p ?v . ?w id:q ?x FILTER(?x = ?v) }": "which nothing joins to $this",
    "SELECT $this WHERE { $this id:p ?v FILTER EXISTS { id:a id:p id:b } }": "which nothing joins to $this",
    "SELECT $this WHERE { $this id:p [ id:q ?v ] }": "in a triple pattern",
    "SELECT $this WHERE { $this !id:p ?v }": "in a triple pattern",
    "SELECT $this WHERE { $this id:p ?v GRAPH ?g { ?v id:q ?w } }": "GRAPH",
    "SELECT $this (SUM(?v) AS ?w) WHERE { $this id:p ?v } GROUP BY $this HAVING(EXISTS { ?x id:q $this })": (
        "EXISTS outside the group"
    ),
}


def read(text: str) -> set[Quad]:
    """Statements with the blank nodes that they name, so that two states of the data share them."""
    return set(flat(parse(PREFIX_LINES + text, format=RdfFormat.TRIG)))


def ensure_kept_up(program: Program, states: Sequence[set[Quad]]) -> None:
    """Go through states of the data; assert that the results are right after each change."""
    upkeep = Upkeep(program, flat(states[0]))
    for before, after in pairwise(states):
        upkeep.change([quad.triple for quad in after - before], [quad.triple for quad in before - after])
        assert set(upkeep.store) == after
        assert upkeep.found == program.run(upkeep.store).found


def ensure_each_statement_counts(program: Program, seed: str, size: int) -> None:
    """Take each statement of some graphs out and put it back; assert that the results are right.

    Of some nodes it is known how many values they have.
    """
    chance = random.Random(seed)
    for _ in range(12):
        ends, links = chance.choices("abcd", k=2 * size), chance.choices("pqr", (3, 2, 1), k=size)
        triples = map("id:{} id:{} id:{} .".format, ends[:size], links, ends[size:])
        everything = read(" ".join(["id:a a id:T . id:c a id:K .", *triples]))
        store = flat(everything)
        upkeep = Upkeep(program, store, counting(store, frozenset(chance.sample(NAMED, 2))))
        found = upkeep.found
        for quad in sorted(everything, key=str):
            upkeep.change(removed=[quad.triple])
            assert upkeep.found == program.run(upkeep.store).found
            upkeep.change(added=[quad.triple])
            assert upkeep.found == found


# --- any shapes, any data ---------------------------------------------------------------------------------


@given(data=STATES, shape=ANY)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=250)
def test_results_of_core_shapes_are_kept_up_to_date(data: list[list[str]], shape: str) -> None:
    program = program_of(trig(f"shape:S {shape} . {OTHERS}"))
    ensure_kept_up(program, [read(SUBCLASSES + " ".join(lines)) for lines in data])


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("constraint", OF_FAR_VALUES)
def test_each_statement_along_a_path_is_missed_and_found_again(path: str, constraint: str) -> None:
    program = program_of(
        trig(f"shape:S a sh:PropertyShape ; sh:targetClass id:T ; sh:path {path} ; {constraint} .")
    )
    ensure_each_statement_counts(program, f"{path} {constraint}", 8)


@given(
    data=states(["id:a", "1", "2", "3.5", "2.5"]),
    shape=with_targets(st.sampled_from([*BOUNDED, *COMPARED]), is_of_path=True),
)
@GUARDED
def test_results_of_comparisons_are_kept_up_to_date(data: list[list[str]], shape: str) -> None:
    program = program_of(trig(f"shape:S {shape} . {OTHERS}"))
    ensure_kept_up(program, [read(SUBCLASSES + " ".join(lines)) for lines in data])


@pytest.mark.parametrize("query", ASKED)
@given(data=IN_QUERIES)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=20)
def test_results_of_queries_are_kept_up_to_date(query: str, data: list[list[str]]) -> None:
    program = program_of(trig(shape(ASKED[query][0], query)))
    assert Reads.of(program).not_followed == {}
    ensure_kept_up(program, [read(" ".join(lines)) for lines in data])


@pytest.mark.parametrize("query", FAR)
def test_each_statement_that_a_query_looks_at_is_missed_and_found_again(query: str) -> None:
    program = program_of(trig(shape("a sh:NodeShape ; sh:targetClass id:T , id:K", query)))
    assert Reads.of(program).not_followed == {}
    ensure_each_statement_counts(program, query, 14)


@pytest.mark.parametrize("query", NOT_FOLLOWED)
@given(data=IN_QUERIES)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=10)
def test_a_query_that_is_not_followed_is_named_and_run_whole(query: str, data: list[list[str]]) -> None:
    program = program_of(trig(shape("a sh:NodeShape ; sh:targetClass id:K", query)))
    ((name, reason),) = Reads.of(program).not_followed.items()
    assert name == NamedNode(iri("shape:S"))
    assert NOT_FOLLOWED[query] in reason
    ensure_kept_up(program, [read(" ".join(lines)) for lines in data])


@given(first=DATA, other=st.lists(st.sampled_from(["id:L", "id:M", "id:N"]), min_size=2, max_size=2))
@GUARDED
def test_a_change_of_the_order_of_classes_matters_to_all(first: list[str], other: list[str]) -> None:
    program = program_of(trig("shape:S a sh:NodeShape ; sh:targetClass id:K ; sh:class id:N ."))
    data = " ".join(first)
    ensure_kept_up(program, [read(data), read(f"{data} {other[0]} rdfs:subClassOf id:K ."), read(data)])


def test_a_literal_in_another_form_is_the_value_that_the_store_has() -> None:
    program = program_of(trig("shape:S a sh:NodeShape ; sh:targetObjectsOf id:p ; sh:maxInclusive 6 ."))
    upkeep = Upkeep(program, flat(read("id:a id:p 1 .")))
    (quad,) = parse(PREFIX_LINES + "id:a id:p 007.50 .", format=RdfFormat.TRIG)
    assert isinstance(quad.object, Literal)
    assert quad.object.value == "007.50"
    upkeep.change(added=[quad.triple])
    assert upkeep.found == program.run(upkeep.store).found != {}
    upkeep.change(removed=[quad.triple])
    assert upkeep.found == {}


def test_what_is_added_again_or_was_not_there_changes_nothing() -> None:
    program = program_of(trig("shape:S a sh:NodeShape ; sh:targetSubjectsOf id:p ; sh:in () ."))
    upkeep = Upkeep(program, flat(read("id:a id:p 1 .")))
    (here,), (other,) = read("id:a id:p 1 ."), read("id:b id:p 1 .")
    assert upkeep.change(added=[here.triple], removed=[other.triple, here.triple]).counts == {}
    assert upkeep.found == program.run(upkeep.store).found != {}


# --- the graph of this repository -------------------------------------------------------------------------


def said_once(quads: Iterable[Quad]) -> list[Triple]:
    """Those of some statements that no other graph says."""
    often = Counter(quad.triple for quad in (*layers().data, *layers().ontology))
    return [quad.triple for quad in quads if often[quad.triple] == 1]


def test_mistakes_in_the_graph_are_found_and_forgotten_one_by_one() -> None:
    upkeep = Upkeep(program(), scratch(layers()))
    assert upkeep.found == {}
    for number, mutation in enumerate(mutations(layers().data, 72, seed=5)):
        before = upkeep.found
        gone, new = said_once(mutation.removed), said_once_more(mutation.added, upkeep.store)
        upkeep.change(new, gone)
        if number % 3 == 2:
            assert upkeep.found == program().run(upkeep.store).found
        if number % 6 == 5:
            upkeep.change(gone, new)
            assert upkeep.found == before
    assert upkeep.found == program().run(upkeep.store).found != {}


def said_once_more(quads: Iterable[Quad], store: Store) -> list[Triple]:
    """Those of some statements that a store does not have yet."""
    return [quad.triple for quad in flat(quads) if quad not in store]


def test_an_article_taken_out_and_put_back_leaves_the_results_as_they_were() -> None:
    upkeep = Upkeep(program(), scratch(layers()))
    names = {quad.graph_name for quad in layers().data if "/article/" in str(quad.graph_name)}
    triples = said_once(quad for quad in layers().data if quad.graph_name == min(names, key=str))
    upkeep.change(removed=triples)
    assert upkeep.found == program().run(upkeep.store).found != {}
    upkeep.change(added=triples)
    assert upkeep.found == {}


def test_a_change_touches_few_of_the_nodes() -> None:
    store = scratch(layers())
    label = next(q for q in store if q.predicate.value == iri("dg:paraphrase"))
    part = Reads.of(program()).touched(store, [label])
    touched = frozenset[Term]().union(*(nodes or () for nodes in part.values()))
    assert label.subject in touched
    assert len(touched) < 5
    assert None not in part.values()


def test_nothing_that_the_shapes_ask_is_beyond_following() -> None:
    assert Reads.of(program()).not_followed == {}


# --- some of the nodes ------------------------------------------------------------------------------------


@given(data=DATA, shape=SHAPES, chosen=st.lists(st.sampled_from(["id:a", "id:b", "id:c", "1", "_:x"])))
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=200)
def test_a_run_on_some_nodes_finds_what_a_whole_run_finds_there(
    data: list[str], shape: str, chosen: list[str]
) -> None:
    program = program_of(trig(f"shape:S {shape} . {OTHERS}"))
    store = flat(read(SUBCLASSES + " ".join(data)))
    nodes = {quad.object for quad in read(" ".join(f"id:s id:p {term} ." for term in chosen))}
    whole, some = program.run(store), program.run(store, nodes)
    assert some.found == at(whole, nodes)


def test_a_run_on_some_nodes_of_the_graph_finds_what_a_whole_run_finds_there() -> None:
    chance = random.Random(3)
    store = scratch(layers())
    for mutation in mutations(layers().data, 96, seed=9):
        store.extend(flat(mutation.added))
    whole = program().run(store)
    everyone = sorted({node for quad in store for node in (quad.subject, quad.object)}, key=str)
    assert len(whole.found) > 50
    for size in (1, 20, 200, 2000):
        nodes = set(chance.sample(everyone, size))
        assert program().run(store, nodes).found == at(whole, nodes)


def at(outcome: Outcome, nodes: Iterable[Term]) -> Found:
    """What an outcome has at some nodes."""
    wanted = set(nodes)
    return {place: results for place, results in outcome.found.items() if place[1] in wanted}

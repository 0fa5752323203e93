"""Equal terms: sets of any size, every statement about each of them, and proofs of both."""

from __future__ import annotations

import random
import tracemalloc
from itertools import pairwise, product

from closure_turtle import EXAMPLE, triple, triples
from pyoxigraph import Literal, NamedNode, Triple

from dealgraph.closure import Closure, Statement, close
from dealgraph.terms import iri

SAME = NamedNode(iri("owl:sameAs"))
FUNCTIONAL = Triple(
    NamedNode(f"{EXAMPLE}p"), NamedNode(iri("rdf:type")), NamedNode(iri("owl:FunctionalProperty"))
)


def thing(number: int) -> NamedNode:
    return NamedNode(f"{EXAMPLE}thing{number:05}")


def row_of_equals(size: int) -> list[Triple]:
    """The first is the second, which is the third, and so on: each equality between neighbours only."""
    found = [Triple(one, SAME, other) for one, other in pairwise(map(thing, range(size)))]
    random.Random(0).shuffle(found)
    return found


def depth(closure: Closure, statement: Statement) -> int:
    step = closure.derivation(statement)
    return 0 if step is None else 1 + max((depth(closure, each) for each in step.premises), default=0)


def test_a_clique_of_two_thousand_is_told_in_short() -> None:
    given = [*row_of_equals(2000), Triple(thing(1999), thing(0), Literal("here"))]
    closure = close(given)
    assert [len(clique) for clique in closure.cliques] == [2000]
    told = list(closure.inferred)
    assert len(told) < 3 * 2000
    assert Triple(thing(0), thing(0), Literal("here")) in told
    assert Triple(thing(7), SAME, thing(0)) in told
    assert Triple(thing(7), SAME, thing(9)) not in told
    assert closure.holds(Triple(thing(7), SAME, thing(9)))
    assert closure.holds(Triple(thing(7), thing(1000), Literal("here")))
    assert not closure.holds(Triple(thing(7), thing(1000), Literal("there")))


def test_the_memory_of_a_clique_grows_as_its_size_and_not_as_its_square() -> None:
    def peak(size: int) -> int:
        given = [*row_of_equals(size), *(Triple(thing(each), SAME, thing(0)) for each in range(size))]
        given += [Triple(thing(each), thing(size), Literal(each)) for each in range(size)]
        tracemalloc.start()
        closure = close(given)
        assert sum(1 for _ in closure.inferred) < 3 * size
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(3000) < 5 * peak(1000)  # the square would be nine times as much


def test_a_long_way_between_equals_has_a_shallow_proof() -> None:
    closure = close(row_of_equals(2000))
    assert depth(closure, Triple(thing(0), SAME, thing(1999))) == 11
    assert depth(closure, Triple(thing(1999), SAME, thing(0))) == 12


def test_a_clique_within_the_limit_is_told_in_full() -> None:
    given = [*row_of_equals(20), Triple(thing(3), thing(5), thing(8))]
    told = set(close(given, clique_limit=20).inferred) | set(given)
    everyone = [thing(number) for number in range(20)]
    assert told == {
        *(Triple(one, SAME, other) for one, other in product(everyone, repeat=2) if one != other),
        *(Triple(*three) for three in product(everyone, repeat=3)),
    }
    assert len(close(given, clique_limit=19).inferred) < 60


def test_equalities_may_follow_from_each_other() -> None:
    steps = 300
    given = [FUNCTIONAL, Triple(NamedNode(f"{EXAMPLE}a0"), SAME, NamedNode(f"{EXAMPLE}b0"))]
    for name, number in product("ab", range(steps)):
        one, other = (NamedNode(f"{EXAMPLE}{name}{place}") for place in (number, number + 1))
        given.append(Triple(one, NamedNode(f"{EXAMPLE}p"), other))
    closure = close(given)
    assert len(closure.cliques) == steps + 1
    assert closure.holds(triple(f":a{steps} owl:sameAs :b{steps}"))


def test_many_values_of_a_functional_property_are_one_clique() -> None:
    given = [
        FUNCTIONAL,
        *(Triple(thing(0), NamedNode(f"{EXAMPLE}p"), thing(1 + number)) for number in range(3000)),
    ]
    assert [len(clique) for clique in close(given).cliques] == [3000]


def test_classes_and_properties_can_be_the_same_too() -> None:
    closure = close(
        triples(
            ":C owl:sameAs :D . :D rdfs:subClassOf :E . :x a :C . :p owl:sameAs :q ."
            ":q rdfs:domain :F . :x :p :y"
        )
    )
    told = set(closure.inferred)
    assert set(triples(":x a :D, :E, :F ; :q :y . :C rdfs:subClassOf :E . :p rdfs:domain :F")) <= told


def test_a_link_that_comes_to_lie_on_an_inferred_one_is_still_followed() -> None:
    """Once c is b, the link from a to c is the path from a to b that was inferred before."""
    closure = close(
        triples(
            ":p a owl:TransitiveProperty . :late rdfs:subPropertyOf :p . :sooner rdfs:subPropertyOf :late ."
            ":a :p :c . :c :p :b . :k a owl:FunctionalProperty . :o :k :b, :c . :b :sooner :d"
        )
    )
    assert triple(":a :p :d") in set(closure.inferred)
    assert triple(":c :p :d") in set(closure.inferred)


def test_the_vocabulary_keeps_its_meaning() -> None:
    given = triples("rdfs:subClassOf owl:sameAs rdfs:subPropertyOf . :C rdfs:subClassOf :D . :x a :C")
    closure = close(given)
    assert triple(":x a :D") in set(closure.inferred)
    assert not closure.holds(triple(":C rdfs:subPropertyOf :D"))
    assert [(each.reason, each.statements) for each in closure.ignored] == [("vocabulary", (given[0],))]


def test_a_name_of_ones_own_for_a_term_of_the_vocabulary_has_its_meaning() -> None:
    closure = close(triples(":is owl:sameAs owl:sameAs . :x :is :y . :x :p :z"))
    told = set(closure.inferred)
    assert {triple(":y :p :z"), triple(":y :is :x"), triple(":y owl:sameAs :x")} <= told
    assert depth(closure, triple(":y :is :x")) > depth(closure, triple(":x owl:sameAs :y")) > 0


def test_axioms_about_sameness_itself_hold_for_different_names() -> None:
    closure = close(triples("owl:sameAs rdfs:subPropertyOf skos:exactMatch . :x owl:sameAs :y"))
    assert triple(":y skos:exactMatch :x") in set(closure.inferred)
    assert depth(closure, triple(":y skos:exactMatch :x")) > 0

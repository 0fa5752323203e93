"""What follows from the facts: OWL 2 RL by the closure, OWL 2 DL by HermiT, together.

The closure gives proofs and is complete for the rules, two about numbers included; HermiT, where the facts
are not too many for it, sees that nothing else contradicts or follows. Claims never come here, only facts,
the ontology, and background facts on the places that facts speak of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from pyoxigraph import NamedNode, Store, Triple

from dealgraph.admit import FACTS
from dealgraph.closure import Closure, close
from dealgraph.derive import conclusions
from dealgraph.errors import Inconsistent
from dealgraph.inline import inline
from dealgraph.sources import ONTOLOGY
from dealgraph.terms import iri

INFERRED: Final = NamedNode(iri("graph:inferred"))
TIME_LIMIT: Final = 120.0
"""Seconds that HermiT may take."""
MEMORY: Final = 1500
"""Megabytes that HermiT may take."""

MOST_FOR_HERMIT: Final = 4_000
"""Up to how many facts HermiT is asked. Its time grows with the square of what depends on numbers; beyond,
the rules find by themselves what they find below, where HermiT confirms it."""

BACKGROUND: Final = iri("graph:background-")
"""How the names of the graphs with background facts begin."""

_EXPLAIN: Final = "To see the claims and axioms behind it: dealgraph why --inconsistent"
_TYPE: Final = NamedNode(iri("rdf:type"))
_OWN_TERMS: Final = iri("dg:")

Step = Callable[[str], None]


@dataclass(frozen=True)
class Reasoned:
    """What follows: `inferred` is what a person would ask for, `rest` what else rests on some fact.

    Neither is in any order.
    """

    inferred: tuple[Triple, ...]
    rest: tuple[Triple, ...]


@dataclass(frozen=True)
class Assumed:
    """What is taken as given without a claim, and what follows from that alone: no news of any fact."""

    given: frozenset[Triple]
    following: frozenset[Triple]


def assumed(store: Store) -> Assumed:
    """Return what a store takes as given: the ontology and the background."""
    given = frozenset((*triples_of(store, ONTOLOGY), *background_of(store)))
    return Assumed(given, frozenset(close(given).inferred))


def reason(
    store: Store,
    step: Step = lambda _: None,
    *,
    by_rules: bool = False,
    without: Assumed | None = None,
) -> Reasoned:
    """Return what follows from the facts of a store and is not a fact itself.

    What the stored rules have derived counts as a fact here. Left out is what follows without any fact:
    `without` is `assumed` of the store, if that is known already. With `by_rules` HermiT is not asked,
    however few the facts, for whoever may start no Java. Raises `Inconsistent` with the statements that
    clash, and what `hermit.classify` raises where HermiT gives no answer.
    """
    from dealgraph.closure.numbers import close_with_numbers

    without = without or assumed(store)
    facts = frozenset((*triples_of(store, FACTS), *conclusions(store)))
    step("close")
    closure = close_with_numbers((*facts, *without.given), every=False).closure
    _ensure_consistent(closure)
    more: list[Triple] = []
    if not by_rules and is_asked_of_hermit(len(facts)):
        step("classify")
        more = _of_hermit((*facts, *without.given), closure)
    if more:
        closure = close((*facts, *without.given, *more))
        _ensure_consistent(closure)
    things = {term for triple in facts for term in (triple.subject, triple.object)}
    inferred: list[Triple] = []
    rest: list[Triple] = []
    for triple in chain(more, closure.inferred.in_any_order()):
        if triple not in without.following:
            (inferred if triple.subject in things and _is_plain(triple) else rest).append(triple)
    return Reasoned(tuple(inferred), tuple(rest))


def is_asked_of_hermit(facts: int) -> bool:
    """Tell whether HermiT is asked about that many facts, or the rules have to do without it."""
    return facts <= MOST_FOR_HERMIT


def _of_hermit(triples: Iterable[Triple], closure: Closure) -> list[Triple]:
    """Return what HermiT finds and the rules do not."""
    from dealgraph.hermit import classify

    found = classify(triples, time_limit=TIME_LIMIT, memory_mb=MEMORY)
    if not found.consistent:
        raise Inconsistent(
            "HermiT finds that the facts and the ontology contradict each other",
            where="graph:facts",
            fix=_EXPLAIN,
        )
    return [t for t in (*found.types, *found.relations) if not closure.holds(t)]


def triples_of(store: Store, name: NamedNode) -> Iterator[Triple]:
    """Yield the triples of one named graph of a store."""
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, name))


def background_of(store: Store) -> Iterator[Triple]:
    """Yield the background: what is taken as given without a claim, beside the ontology."""
    for graph in store.named_graphs():
        if isinstance(graph, NamedNode) and graph.value.startswith(BACKGROUND):
            yield from triples_of(store, graph)


def _is_plain(triple: Triple) -> bool:
    """Tell whether a person would ask for it: a thing and its class, or how two things are related."""
    subject, value = triple.subject, triple.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode) or subject == value:
        return False
    in_our_terms = value if triple.predicate == _TYPE else triple.predicate
    return in_our_terms.value.startswith(_OWN_TERMS) and not subject.value.startswith(_OWN_TERMS)


def _ensure_consistent(closure: Closure) -> None:
    for clash in closure.inconsistencies:
        raise Inconsistent(
            f"this cannot hold together: {inline(clash.premises)}",
            where=clash.rule,
            fix=_EXPLAIN,
        )

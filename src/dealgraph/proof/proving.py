"""Prove what holds in a store, or find that it does not: `prove`, and `Prover` for many questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, Quad, Store, Triple

from dealgraph.closure import Statement
from dealgraph.closure.numbers import Extended, close_with_numbers
from dealgraph.proof.folding import fold, is_unnamed
from dealgraph.proof.grounds import Grounds, Place
from dealgraph.proof.reasoned import Box
from dealgraph.proof.search import Edge, derivations
from dealgraph.proof.tree import FALSE, Leaf, Proof, leaves
from dealgraph.reason import INFERRED, MEMORY, TIME_LIMIT

_STEP: Final = 4
_PART_OF_A_STEP: Final = 1
_DETOUR: Final = 6
MOST_TRIED: Final = 500
"""How many derivations are looked at for proofs that differ; most others differ in unseen steps only."""

LOOKED_AHEAD: Final = 12
"""Among how many of the shortest derivations one is looked for that needs less than the first."""

Cost = Callable[[Triple], int]


@dataclass(frozen=True)
class Prover:
    """Proofs from given triples; reach for it to prove many things from the same ones.

    `source` tells where a given triple comes from, `cost` how much (above 0) a proof pays to rest on it.
    """

    given: frozenset[Triple]
    extended: Extended
    source: Callable[[Triple], Proof]
    cost: Cost

    @staticmethod
    def of(given: Iterable[Triple], source: Callable[[Triple], Proof], cost: Cost) -> Prover:
        """Close the given triples, and be ready to prove what follows."""
        kept = frozenset(given)
        return Prover(kept, close_with_numbers(kept), source, cost)

    def proofs(self, triple: Triple, max_proofs: int = 1) -> tuple[Proof, ...]:
        """Return proofs of a triple, the shortest first; none if the rules do not give it.

        Proofs of `FALSE` show statements that cannot hold together.
        """
        if triple == FALSE:
            if not self.extended.closure.inconsistencies:
                return ()
        elif not self.extended.holds(triple):
            return ()
        found = derivations(self._edges(triple), triple)
        tried = islice((fold(tree, self.source) for tree in found), MOST_TRIED)
        return tuple(islice(_apart(_sparing(tried)), max_proofs))

    def _edges(self, goal: Statement) -> dict[Statement, list[Edge[Statement]]]:
        """Every way to the goal, to the premises of these ways, to theirs, and so on."""
        edges: dict[Statement, list[Edge[Statement]]] = {}
        pending = [goal]
        while pending:
            node = pending.pop()
            if node in edges:
                continue
            edges[node] = list(self._ways(node, node == goal))
            pending.extend(premise for edge in edges[node] for premise in edge.premises)
        return edges

    def _ways(self, node: Statement, every: bool) -> Iterator[Edge[Statement]]:
        """The ways to a statement; one that is given needs no other, unless `every` one is wanted."""
        if node == FALSE:
            for clash in self.extended.closure.inconsistencies:
                yield Edge(node, clash.rule, clash.premises, _STEP)
        if isinstance(node, Triple) and node in self.given:
            yield Edge(node, "", (), self.cost(node))
            if not every:
                return
        for step in self.extended.derivations(node):
            yield Edge(node, step.rule, step.premises, _price(node, step.rule))


def _price(node: Statement, rule: str) -> int:
    """What a step costs: detours through the ontology most, so that proofs go by named classes."""
    if rule.startswith("scm-"):
        return _DETOUR
    return _PART_OF_A_STEP if is_unnamed(node) else _STEP


def _sparing(proofs: Iterator[Proof]) -> Iterator[Proof]:
    """Put in the place of the first proof the first of the next few that rests on a part of what it rests on.

    A detour may cost less in steps and yet need one axiom more: a chain followed twice needs no
    transitivity.
    """
    first = list(islice(proofs, LOOKED_AHEAD))
    grounds = [frozenset(leaves(proof)) for proof in first]
    for proof, ground in zip(first[1:], grounds[1:], strict=True):
        if ground < grounds[0]:
            yield proof
            break
    yield from first
    yield from proofs


def _apart(proofs: Iterable[Proof]) -> Iterator[Proof]:
    """Leave out a proof that rests on all that a shorter one rests on, or differs in unseen rules only."""
    kept: list[frozenset[Leaf]] = []
    for proof in proofs:
        ground = frozenset(leaves(proof))
        if not any(ground >= other for other in kept):
            kept.append(ground)
            yield proof


def prover(store: Store, place: Place) -> Prover:
    """Get ready to prove what holds in a store; `place` is `Sources.place`."""
    grounds = Grounds(store, place)

    def cost(triple: Triple) -> int:
        if grounds.is_fact(triple):
            return _STEP
        return _PART_OF_A_STEP if isinstance(triple.subject, BlankNode) else _PART_OF_A_STEP + 1

    return Prover.of(grounds.given(), grounds.proof, cost)


def box(store: Store, place: Place) -> Box:
    """Get ready to find what HermiT alone sees in a store; `place` is `Sources.place`."""
    grounds = Grounds(store, place)
    return Box(frozenset(grounds.given()), grounds.proof, _by_hermit)


def _by_hermit(triples: Sequence[Triple], wanted: Triple) -> bool:
    from dealgraph.hermit import entails, is_consistent

    if wanted == FALSE:
        return not is_consistent(triples, time_limit=TIME_LIMIT, memory_mb=MEMORY)
    return entails(triples, wanted, time_limit=TIME_LIMIT, memory_mb=MEMORY)


@dataclass(frozen=True)
class StoreProver:
    """Proofs of what holds in a store; reach for it to prove many things, or `prove` for one.

    `place` tells the file and line where a subject is described (`Sources.place`).
    """

    store: Store
    place: Place

    def proofs(self, triple: Triple, max_proofs: int = 1) -> tuple[Proof, ...]:
        """Return proofs from the facts, the ontology and the background, the shortest first.

        What no rule of `closure` and `numbers` gives, but HermiT found when the store was assembled, has one
        proof of one step, from premises of which none can be spared. There is none if the triple does not
        follow.
        """
        proofs = self._by_rules.proofs(triple, max_proofs)
        found = Quad(triple.subject, triple.predicate, triple.object, INFERRED) in self.store
        beyond = None if proofs or not found else box(self.store, self.place).proof(triple)
        return (beyond,) if beyond else proofs

    @cached_property
    def _by_rules(self) -> Prover:
        return prover(self.store, self.place)


def prove(store: Store, place: Place, triple: Triple, max_proofs: int = 1) -> tuple[Proof, ...]:
    """Return proofs of a triple that holds in a store, as `StoreProver.proofs` does."""
    return StoreProver(store, place).proofs(triple, max_proofs)

"""Why a graph contradicts itself: the fewest claims and axioms that cannot hold together."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Store, Triple

from dealgraph.closure.numbers import close_with_numbers
from dealgraph.proof.contraction import contract
from dealgraph.proof.grounds import Place
from dealgraph.proof.proving import Prover, box, prover
from dealgraph.proof.tree import FALSE, FromAxiom, FromClaims, Leaf, Proof, leaves, premises, said

MOST: Final = 20
"""How many clashes are looked at for the smallest."""
MOST_CLOSED: Final = 20
"""How often what is left without some facts is reasoned over for further clashes."""


@dataclass(frozen=True)
class Clash:
    """Statements of which none can be spared for a contradiction: `proof` proves `FALSE` from them."""

    proof: Proof

    @property
    def ground(self) -> tuple[Leaf, ...]:
        """What cannot hold together, in the order in which a reader meets it."""
        return leaves(self.proof)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that say a part of it, each once."""
        found = (claim for leaf in self.ground if isinstance(leaf, FromClaims) for claim in leaf.claims)
        return tuple(dict.fromkeys(found))


def clashes(store: Store, place: Place, most: int = MOST) -> tuple[Clash, ...]:
    """Return the clashes in the facts of a store, the smallest first: of fewest claims, then statements.

    Reach for it when `reason` raises `Inconsistent`. The rules of `closure` and `numbers` are followed
    first; where they see nothing, HermiT is asked. `most` (1 or more) bounds how many clashes are looked
    at: a graph may have thousands. None is returned for a graph that does not contradict itself.
    """
    found = smallest(prover(store, place), most)
    if not found and (beyond := box(store, place).proof(FALSE)):
        return (Clash(beyond),)
    return found


def smallest(whole: Prover, most: int = MOST) -> tuple[Clash, ...]:
    """Return the clashes that the rules see in what a prover was given, in the order of `clashes`.

    After each clash, others are looked for without one of its facts at a time, since one clash can hide
    another. Source: Reiter (1987), A theory of diagnosis from first principles, section 4.
    """
    found: dict[frozenset[Leaf], Clash] = {}
    pending, seen = deque([frozenset[Leaf]()]), set[frozenset[Leaf]]()
    while pending and len(found) < most and len(seen) < MOST_CLOSED:
        spared = pending.popleft()
        here = next((clash for clash in found.values() if spared.isdisjoint(clash.ground)), None)
        if here is None and spared not in seen:
            seen.add(spared)
            new = _clashes(whole, spared, most)
            found |= {frozenset(clash.ground): clash for clash in reversed(new)}
            here = next(iter(new), None)
        facts = (leaf for leaf in here.ground if not isinstance(leaf, FromAxiom)) if here else ()
        pending.extend(spared | {leaf} for leaf in facts)
    return tuple(sorted(found.values(), key=_size)[:most])


def _clashes(whole: Prover, spared: frozenset[Leaf], most: int) -> list[Clash]:
    """The clashes that are left without some facts."""
    if not spared:
        return [_clash(whole, proof) for proof in whole.proofs(FALSE, most)]
    left = whole.given.difference(triple for leaf in spared for triple in said(leaf))
    prover = Prover.of(left, whole.source, whole.cost)
    return [_clash(prover, proof) for proof in prover.proofs(FALSE, most)]


def suspects(found: Iterable[Clash]) -> tuple[tuple[str, int], ...]:
    """Count for each claim the clashes that it takes part in: the claims to look at, most clashes first."""
    counts = Counter(claim for clash in found for claim in clash.claims)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _clash(whole: Prover, proof: Proof) -> Clash:
    needed = contract(tuple(_given(whole, proof)), lambda parts: bool(_inconsistent(parts)))
    fewer = Prover.of(_stated(needed.parts), whole.source, whole.cost)
    return Clash(fewer.proofs(FALSE)[0])


def _inconsistent(parts: Sequence[Proof]) -> bool:
    return bool(close_with_numbers(_stated(parts)).closure.inconsistencies)


def _stated(parts: Iterable[Proof]) -> list[Triple]:
    return [triple for part in parts for triple in said(part)]


def _given(whole: Prover, proof: Proof) -> Iterator[Proof]:
    """The parts of a proof that stand for what reasoning started from, each once."""
    pending, seen = [proof], set[Proof]()
    while pending:
        here = pending.pop()
        below = premises(here)
        if here in seen:
            continue
        seen.add(here)
        if below and not whole.given.issuperset(said(here)):
            pending.extend(reversed(below))
        else:
            yield here


def _size(clash: Clash) -> tuple[int, int, str]:
    return len(clash.claims), len(clash.ground), str(clash.claims)

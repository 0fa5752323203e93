"""From changed files to a changed store: claims, facts, inferences and results of rules, in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from dealgraph.admit import FACTS
from dealgraph.derive import DERIVED
from dealgraph.increment.admitting import readmit
from dealgraph.increment.rules import Maintain, Rule, conclude, derivation_of
from dealgraph.increment.working import Changes, Working
from dealgraph.quads import quad_of
from dealgraph.stored import StoredQuery


@dataclass(frozen=True)
class Ways:
    """What a project's files say of how claims become facts and facts lead to others.

    `admission` is the stored rule of admission, `links` are the identifying properties, `rules` the stored
    rules, `maintain` keeps what is inferred up to date.
    """

    admission: StoredQuery
    links: frozenset[NamedNode]
    rules: tuple[Rule, ...]
    maintain: Maintain


def advance(work: Working, files: Changes, ways: Ways) -> None:
    """Bring a store up to date with changed quads of articles and things.

    The result is that of assembling the changed files anew, at the price of what the change touches.
    """
    work.remove(files.removed)
    work.add(files.added)
    readmit(work, ways.admission, ways.links)
    lost, gained = _explicit(work)
    ways.maintain(lost, gained)
    conclude(work, ways.rules, ways.maintain)


def _explicit(work: Working) -> tuple[tuple[Triple, ...], tuple[Triple, ...]]:
    """Settle which graph holds a fact that rules make too; return what is stated no more, and anew."""
    changes = work.changes
    gone, new = _facts(changes.removed), _facts(changes.added)
    made = frozenset(triple for triple in gone if derivation_of(work.seen, triple) is not None)
    work.add(quad_of(triple, DERIVED) for triple in gone if triple in made)
    work.remove(quad_of(triple, DERIVED) for triple in new)
    lost = tuple(triple for triple in gone if triple not in made)
    return lost, tuple(triple for triple in new if quad_of(triple, DERIVED) not in work.seen_before)


def _facts(quads: Iterable[Quad]) -> list[Triple]:
    return sorted((quad.triple for quad in quads if quad.graph_name == FACTS), key=str)

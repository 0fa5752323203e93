"""What the tests of increments share: a small invented newsroom under the rules of the project."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import Quad, Store

from dealgraph import sources
from dealgraph.assembly import assemble
from dealgraph.increment.advance import Ways, advance
from dealgraph.increment.reasoning import Reasoner
from dealgraph.increment.rulebook import Rulebook
from dealgraph.increment.working import Changes, Working
from dealgraph.settings import open_project
from dealgraph.sources import Sources
from dealgraph.stored import StoredQuery, load_all
from dealgraph.terms import iri
from tiny import ROOT

sys.path.append(str(ROOT / "tests" / "benchmarks"))

from newsroom import Newsroom

Articles = Mapping[int, frozenset[Quad]]


@cache
def rules() -> tuple[StoredQuery, ...]:
    """The stored queries of the project."""
    return load_all(ROOT / "queries")


@cache
def ground() -> tuple[Quad, ...]:
    """What no article says: the ontology, the shapes, the background, invented places."""
    read = sources.load(open_project(ROOT)).quads
    own = (iri("graph:ontology"), iri("graph:shapes"), iri("graph:alignments"), iri("graph:background-"))
    kept = (quad for quad in read if quad.graph_name.value.startswith(own))  # type: ignore[union-attr]
    return (*kept, *Newsroom(7).world())


@cache
def article(number: int) -> frozenset[Quad]:
    """An invented article with the things that it needs."""
    found = Newsroom(7).article(number)
    return frozenset(as_stored((*found.quads, *found.things)))


def as_stored(quads: Iterable[Quad]) -> list[Quad]:
    """Quads as a store gives them back."""
    shelf = Store()
    shelf.extend(quads)
    return list(shelf)


def built(articles: Articles) -> Store:
    """A store as a full build of some articles makes it."""
    said = (quad for quads in articles.values() for quad in quads)
    return assemble(Sources((*ground(), *said), {}), rules())


def plan_of(store: Store, cache_folder: Path) -> Rulebook:
    """The project's rules and checks."""
    return Rulebook(ROOT / "queries", store, cache_folder)


def advanced(plan: Rulebook, now: Store, removed: Iterable[Quad], added: Iterable[Quad]) -> Working:
    """Bring a store up to date with changed quads of files; returns what has become of it."""
    before = Store()
    before.extend(now)
    work = Working(before, now)
    gone, new = frozenset(removed), frozenset(added)
    ways = Ways(plan.admission, plan.links, plan.rules, Reasoner(plan.program, work))
    advance(work, Changes(gone - new, new - gone), ways)
    return work


def all_quads(articles: Articles) -> frozenset[Quad]:
    """What some articles say together: they share time spans."""
    return frozenset(quad for quads in articles.values() for quad in quads)

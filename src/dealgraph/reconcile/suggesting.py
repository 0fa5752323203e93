"""Suggestions while a person types: things, types and properties that begin so, or that are alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from dealgraph.reconcile.asking import Query
from dealgraph.reconcile.describing import Describer
from dealgraph.reconcile.matching import candidates
from dealgraph.reconcile.vocabulary import matching
from dealgraph.terms import iri

SHOWN: Final = 10
MOST: Final = 100
FARTHEST: Final = 10_000
_FORGIVEN: Final = 3
"""The fewest letters after which typing errors are forgiven."""
_NO_MATCH: Final = 3
_LONGEST: Final = 200

Suggest = Callable[[Describer, str, int, int], list[dict[str, object]]]


def entities(describer: Describer, prefix: str, limit: int, offset: int) -> list[dict[str, object]]:
    """Suggest things: whose id is typed, whose names begin so, whose words do, then those alike."""
    found = islice(_things(describer, prefix[:_LONGEST]), offset, offset + limit)
    return [describer.entity(thing) | {"notable": describer.types(thing)[:1]} for thing in found]


def types(describer: Describer, prefix: str, limit: int, offset: int) -> list[dict[str, object]]:
    """Suggest types by label or name, those that begin so first."""
    vocabulary = describer.catalogue.vocabulary
    named = [
        (full, (vocabulary.label(full, "en"), vocabulary.label(full, "fr"), vocabulary.type_id(full), full))
        for full in vocabulary.types
    ]
    chosen = _ranked(named, prefix)
    return [describer.described_type(full) for full in chosen[offset : offset + limit]]


def properties(describer: Describer, prefix: str, limit: int, offset: int) -> list[dict[str, object]]:
    """Suggest properties that things of the graph have, by label or name, those that begin so first."""
    vocabulary = describer.catalogue.vocabulary
    named = [
        (found.id, (vocabulary.name_of(found, "en"), vocabulary.name_of(found, "fr"), found.id, found.iri))
        for found in vocabulary.offered
    ]
    chosen = _ranked(named, prefix)[offset : offset + limit]
    return [describer.described_property(vocabulary.properties[name]) for name in chosen]


def _things(describer: Describer, prefix: str) -> Iterator[str]:
    catalogue = describer.catalogue
    seen = set()
    bare = prefix.removeprefix("id:").removeprefix(iri("id:"))
    for thing in catalogue.starting_with(bare):
        seen.add(thing)
        yield thing
    if len(prefix.strip()) >= _FORGIVEN:
        alike = candidates(catalogue, Query(names=(" ".join(prefix.split()),), limit=MOST))
        yield from (found.thing for found in alike if found.thing not in seen)


def _ranked(named: Sequence[tuple[str, tuple[str, ...]]], prefix: str) -> list[str]:
    ranks = [(matching(prefix, *texts), texts[0], name) for name, texts in named]
    return [name for rank, _, name in sorted(ranks) if rank < _NO_MATCH]

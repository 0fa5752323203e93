"""What every verb of `link` begins with: the things that are meant, the source, and its proposals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dealgraph.cli.context import Context, notice, progress, store
from dealgraph.errors import UnknownName
from dealgraph.link.description import Description
from dealgraph.link.entity import Entity
from dealgraph.link.http import Client
from dealgraph.link.propose import Found, Proposals, judgements_on, propose
from dealgraph.link.sources import open_source
from dealgraph.link.things import FEATURES, entities_of
from dealgraph.lookup import find
from dealgraph.mapping import load
from dealgraph.stored import load_one
from dealgraph.terms import compact


@dataclass(frozen=True)
class Asked:
    """What a user asked for; no `thing` means all of them. `timeout` is in seconds, `least` from 0 to 100."""

    thing: str | None
    against: str
    limit: int
    least: float
    data: Path | None
    allowed: tuple[str, ...]
    cache: Path | None
    offline: bool
    fresh: bool
    timeout: float


@dataclass(frozen=True)
class Gathered:
    """The proposals of a source for things, in the order of the things."""

    description: Description
    proposals: tuple[Proposals, ...]


def gathered(here: Context, asked: Asked) -> Gathered:
    """Find what is meant, ask the source, rank what it gives; what was odd is told on stderr."""
    things = _things(here, asked.thing)
    client = Client(
        allowed=asked.allowed,
        cache=asked.cache or here.project.state / "services",
        offline=asked.offline,
        fresh=asked.fresh,
        timeout=asked.timeout,
    )
    with progress() as step:
        step(asked.against)
        description, source = open_source(here.project, asked.against, client, asked.data)
        found = source.candidates(things)
    sets = load(here.project)
    proposals = tuple(
        propose(
            thing,
            found.get(thing.iri, Found(())),
            judgements_on(sets, thing.iri),
            least=asked.least,
            limit=asked.limit,
        )
        for thing in things
    )
    for text in dict.fromkeys(text for each in proposals for text in each.notices):
        notice(text)
    return Gathered(description, proposals)


def _things(here: Context, name: str | None) -> tuple[Entity, ...]:
    opened = store(here.project)
    query = load_one(here.project.queries, FEATURES)
    wanted = None
    if name:
        meant = find(opened, name)
        if meant.likeness < 100:
            notice(f"'{name}' taken as {meant.name} ({compact(meant.thing.value)})")
        wanted = meant.thing.value
    things = entities_of(opened, query, load(here.project), wanted)
    if not things:
        fix = "Companies, laboratories, media, people, places, facilities and models can be"
        raise UnknownName("this is not a thing to be linked", where=f"'{name}'", fix=fix)
    return things

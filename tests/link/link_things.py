"""Small things, records and descriptions for the tests of linking."""

from __future__ import annotations

from pathlib import Path

from dealgraph.link.dataset import identified
from dealgraph.link.entity import Entity, Place
from dealgraph.link.index import Index
from dealgraph.link.propose import Found, Proposals, propose

DATA = Path(__file__).resolve().parents[1] / "data" / "linking"
CIK = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK="
US = "United States"

HEAD = """title: Rows
title_fr: Lignes
licence: https://creativecommons.org/licenses/by/4.0/
source: https://example.org/
retrieved: 2025-06-13
"""
CSV = f"""{HEAD}format: csv
file: rows.csv
iri: "https://example.org/{{id}}"
fields: {{label: name}}
"""


def thing(
    *labels: str,
    kinds: str = "company",
    places: tuple[Place, ...] = (),
    years: tuple[int, ...] = (),
    owners: tuple[str, ...] = (),
    ids: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    former: tuple[str, ...] = (),
    iri: str = "",
) -> Entity:
    """An entity with what a test is about."""
    full = iri or f"https://example.org/{'-'.join(labels).replace(' ', '-')}"
    return Entity(
        full,
        labels,
        aliases,
        former,
        frozenset(kinds.split()),
        places,
        years,
        owners,
        tuple(map(identified, ids)),
    )


def proposed(ours: Entity, *records: Entity, least: float = 0.0) -> Proposals:
    """What an index of these records proposes."""
    return propose(ours, Found(Index(records).block(ours)), {}, least=least, limit=50)


META = thing("Meta", aliases=("Meta Platforms", "Facebook"), places=(Place("", "California", US),))
SEC_META = (
    thing("Meta Platforms, Inc.", kinds="organization", iri=f"{CIK}0001326801", ids=(f"{CIK}0001326801",)),
    thing("Meta Data Ltd", kinds="organization", iri=f"{CIK}0001722380", ids=(f"{CIK}0001722380",)),
    thing("META MATERIALS INC.", kinds="organization", iri=f"{CIK}0001431959", ids=(f"{CIK}0001431959",)),
)

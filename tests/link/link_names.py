"""Names of companies that do not exist, made from words, the same every time."""

from __future__ import annotations

import random

from dealgraph.link.entity import Entity, Place

_FIRST = [
    "al",
    "ber",
    "cor",
    "den",
    "el",
    "far",
    "gal",
    "hel",
    "in",
    "jor",
    "kal",
    "lum",
    "mar",
    "nor",
    "or",
    "pel",
    "qua",
    "ros",
    "sol",
    "tel",
    "ul",
    "ver",
    "win",
    "xan",
    "yor",
    "zen",
]
_SECOND = [
    "da",
    "ga",
    "ka",
    "la",
    "ma",
    "na",
    "ra",
    "sa",
    "ta",
    "va",
    "dor",
    "lin",
    "mer",
    "nis",
    "pol",
    "ric",
    "san",
    "tor",
    "vex",
    "wick",
]
_TRADES = [
    "Systems",
    "Energy",
    "Capital",
    "Data",
    "Materials",
    "Pharma",
    "Robotics",
    "Networks",
    "Foods",
    "Motors",
    "Logistics",
    "Mining",
    "Steel",
    "Software",
    "Therapeutics",
    "Insurance",
    "Aerospace",
    "Semiconductor",
    "Partners",
    "Health",
]
_FORMS = ("Inc.", "Corp.", "Ltd", "SA", "AG", "LLC", "plc", "")
_PLACES = (
    Place("Paris", "", "FR"),
    Place("Austin", "Texas", "US"),
    Place("Berlin", "", "DE"),
    Place("", "Ohio", "US"),
)


def generated(number: int) -> tuple[Entity, ...]:
    """Return this many companies, each with a name of its own more or less, a place and a year."""
    chance = random.Random(20250613)
    return tuple(_company(chance, n) for n in range(number))


def _company(chance: random.Random, number: int) -> Entity:
    word = chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice((*_SECOND, "", ""))
    parts = [word.capitalize()]
    if chance.random() < 0.3:
        parts.append((chance.choice(_FIRST) + chance.choice(_SECOND)).capitalize())
    if chance.random() < 0.8:
        parts.append(chance.choice(_TRADES))
    parts.append(chance.choice(_FORMS))
    return Entity(
        iri=f"https://example.org/generated/{number}",
        labels=(" ".join(filter(None, parts)),),
        kinds=frozenset({"company"}),
        places=(chance.choice(_PLACES),),
        years=(chance.randint(1880, 2024),),
    )

"""The standing phrases of reports, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PHRASES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "about": "about {}",
            "at least": "at least {}",
            "less than": "less than {}",
            "more than": "more than {}",
            "range": "{} to {}",
            "range below": "{} to less than {}",
            "up to": "up to {}",
            "until": "by {}",
            "from": "from {}",
            "year unstated": "{}, year not given",
            "no figure": "no figure",
            "preferred": "preferred: {}",
            "deprecated": "set aside: {}",
            "refined": "made more precise by the claim above",
            "superseded": "superseded",
            "compatible": "compatible",
            "differs": "does not meet the figure above",
            "conflict": "in conflict with: {}",
            "condition": "on condition: {}",
            "open list": "among others",
            "according to": "according to {}",
            "title": "What {} press articles say",
            "counts": "{} claims, {} of them facts",
            "legend": "● a fact   ○ said, not admitted   ∴ follows   [start–end] place in the article",
            "inferred": "follows from the facts",
            "is a": "is",
            "about it": "What is said about it",
            "where it takes part": "Where it takes part",
            "said of others": "What is said of others in relation to it",
        },
        "fr": {
            "about": "environ {}",
            "at least": "au moins {}",
            "less than": "moins de {}",
            "more than": "plus de {}",
            "range": "{} à {}",
            "range below": "de {} à moins de {}",
            "up to": "jusqu'à {}",
            "until": "au plus tard le {}",
            "from": "à partir du {}",
            "year unstated": "{}, année non dite",
            "no figure": "sans chiffre",
            "preferred": "préférée : {}",
            "deprecated": "écartée : {}",
            "refined": "précisée par l'affirmation ci-dessus",
            "superseded": "remplacée",
            "compatible": "compatible",
            "differs": "ne rejoint pas le chiffre ci-dessus",
            "conflict": "en conflit avec : {}",
            "condition": "à condition : {}",
            "open list": "entre autres",
            "according to": "selon {}",
            "title": "Ce que disent {} articles de presse",
            "counts": "{} affirmations, dont {} sont des faits",
            "legend": "● un fait   ○ dit, non admis   ∴ en découle   [début–fin] place dans l’article",
            "inferred": "découle des faits",
            "is a": "est",
            "about it": "Ce qui en est dit",
            "where it takes part": "Là où il intervient",
            "said of others": "Ce qui est dit d'autres à son propos",
        },
    }
)

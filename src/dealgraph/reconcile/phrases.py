"""The words of reconciliation, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RECONCILE: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "service": "dealgraph: deals of the AI industry, from press articles",
        "name": "name",
        "alias": "other name",
        "former": "former name",
        "type": "type",
        "id": "identifier in this graph",
        "judged": "name of an entity judged another",
        "unread": "values that could not be read",
        "values": "{}: {}",
        "label": "label",
        "other label": "other label",
        "identifier of": "Identifier in {}",
        "limit": "Most values",
        "limit help": "How many values a row gets at most; 0 for all, up to 1000.",
        "content": "Content",
        "content help": "What is written into a cell. Amounts are in dollars, gigawatts or percent, whole.",
        "content value": "things, and numbers where one is stated exactly",
        "content words": "words, with all hedges",
        "content id": "IRIs",
        "content lower": "lower bound, first day",
        "content upper": "upper bound, last day",
        "no facts": "Nothing is admitted as a fact of it.",
        "colon": ":",
        "facts": "Facts",
    },
    "fr": {
        "service": "dealgraph\u00a0: les opérations de l'industrie de l'IA, d'après des articles de presse",
        "name": "nom",
        "alias": "autre nom",
        "former": "ancien nom",
        "type": "type",
        "id": "identifiant dans ce graphe",
        "judged": "nom d'une entité jugée autre",
        "unread": "valeurs illisibles",
        "values": "{}\u00a0: {}",
        "label": "libellé",
        "other label": "autre libellé",
        "identifier of": "Identifiant dans {}",
        "limit": "Nombre maximal de valeurs",
        "limit help": "Combien de valeurs une ligne reçoit au plus\u00a0; 0 pour toutes, jusqu'à 1000.",
        "content": "Contenu",
        "content help": "Ce qui s'écrit dans une cellule. Montants en dollars, gigawatts ou pour cent.",
        "content value": "choses, et nombres quand un nombre exact est énoncé",
        "content words": "mots, avec toutes les réserves",
        "content id": "IRI",
        "content lower": "borne inférieure, premier jour",
        "content upper": "borne supérieure, dernier jour",
        "no facts": "Rien n'en est admis comme fait.",
        "colon": "\u00a0:",
        "facts": "Faits",
    },
}
"""Every phrase by language and by what it is for."""

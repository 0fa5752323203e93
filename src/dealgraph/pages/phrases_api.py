"""The texts of the page on the API, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

API_PAGE: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "api title": "For programs",
            "api lead": (
                "Each question has an address of its own. Fill in a form, choose a form of answer, and "
                "take the address along; nothing has to be installed and no key is needed."
            ),
            "api description": "The whole, for programs: OpenAPI 3.1",
            "api list": "The list of the queries",
            "api how": "How to ask",
            "api how form": (
                "The form of an answer follows from the suffix, `.json`, `.csv`, `.ttl` …, or from the "
                "header `Accept`. `.rq` gives the SPARQL that is run."
            ),
            "api how names": (
                "Where a thing is asked for, a name will do: `Meta`, `id:meta` or a full IRI. If it was"
                " not exact, the header `Dealgraph-Taken` tells what it was taken for."
            ),
            "api how several": "A parameter given several times means any of its values.",
            "api how parts": (
                "The order of the rows is stable. `limit` and `offset` cut the answer, and the header "
                "`Link` leads to the next part."
            ),
            "api how states": (
                "`as-of=2025-06-13` answers from what was known on a day, `source=` from what one "
                "article or dataset says."
            ),
            "api how why": "`why=1` gives each row with its proof, down to claims and passages, as JSON.",
            "api how errors": (
                "An error says what is wrong, where, and what to do: as JSON (RFC 9457) where `Accept` "
                "names JSON, else in one line."
            ),
            "api elsewhere": "Other doors",
            "api sparql": "The SPARQL endpoint, with its own description",
            "api suggest": "What a text may name",
            "api reconcile": "Matching of names, for OpenRefine and others",
            "api prefixes": "The prefixes",
            "api operations": "The questions",
            "api parameters of": "Parameters of {}",
            "api no parameters": "No parameters of its own.",
            "api limit": "Rows at most",
            "api offset": "Rows passed over",
            "api source": "Only from",
            "api source hint": "an article or a dataset",
            "api get": "Get",
            "api example": "Example",
            "api curl": "On the command line",
            "api page of": "The page of this question",
        },
        "fr": {
            "api title": "Pour les programmes",
            "api lead": (
                "Chaque question a son adresse. Remplissez un formulaire, choisissez une forme de "
                "réponse, emportez l'adresse ; rien à installer, aucune clé à demander."
            ),
            "api description": "Le tout, pour les programmes : OpenAPI 3.1",
            "api list": "La liste des requêtes",
            "api how": "Comment demander",
            "api how form": (
                "La forme d'une réponse suit le suffixe, `.json`, `.csv`, `.ttl` …, ou l'en-tête "
                "`Accept`. `.rq` donne le SPARQL exécuté."
            ),
            "api how names": (
                "Là où une chose est demandée, un nom suffit : `Meta`, `id:meta` ou un IRI complet. "
                "S'il n'était pas exact, l'en-tête `Dealgraph-Taken` dit ce qui a été compris."
            ),
            "api how several": "Un paramètre donné plusieurs fois signifie l'une quelconque de ses valeurs.",
            "api how parts": (
                "L'ordre des lignes est stable. `limit` et `offset` découpent la réponse, et l'en-tête "
                "`Link` mène à la suite."
            ),
            "api how states": (
                "`as-of=2025-06-13` répond d'après ce qui était su un jour donné, `source=` d'après ce "
                "que dit un article ou un jeu de données."
            ),
            "api how why": (
                "`why=1` donne chaque ligne avec sa preuve, jusqu'aux affirmations et passages, en JSON."
            ),
            "api how errors": (
                "Une erreur dit ce qui ne va pas, où, et que faire : en JSON (RFC 9457) si `Accept` "
                "nomme JSON, sinon en une ligne."
            ),
            "api elsewhere": "Autres portes",
            "api sparql": "Le point SPARQL, avec sa propre description",
            "api suggest": "Ce qu'un texte peut nommer",
            "api reconcile": "Le rapprochement de noms, pour OpenRefine et d'autres",
            "api prefixes": "Les préfixes",
            "api operations": "Les questions",
            "api parameters of": "Paramètres de {}",
            "api no parameters": "Aucun paramètre propre.",
            "api limit": "Lignes au plus",
            "api offset": "Lignes passées",
            "api source": "Seulement d'après",
            "api source hint": "un article ou un jeu de données",
            "api get": "Obtenir",
            "api example": "Exemple",
            "api curl": "En ligne de commande",
            "api page of": "La page de cette question",
        },
    }
)
"""Phrases by language and key."""

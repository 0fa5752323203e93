"""The texts of the API's description, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

API: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "title": "dealgraph",
            "summary": "A knowledge graph of deals, built from what articles say",
            "description": (
                "Each stored query has an address of its own. The form of an answer is chosen by the "
                "header `Accept`, or by a suffix: `/api/deals/list.csv`; `.rq` gives the SPARQL that is "
                "run. Where a thing is asked for, a name will do: `Meta`, `id:meta` or a full IRI. What "
                "was taken for what is told in the header `Dealgraph-Taken` if a name was not exact. "
                "Answers have a stable order; `limit` and `offset` cut them, and the header `Link` leads "
                "on. An error is told as JSON (RFC 9457) where `Accept` names JSON, else in one line."
            ),
            "as-of": "What was known on a day: only what was published up to it counts.",
            "lang": "The language of texts, of explanations and of errors.",
            "limit": "How many rows are given at most; without it, all are.",
            "offset": "How many rows are passed over.",
            "source": "Only what this article or dataset says counts; by its name, or the beginning of it.",
            "why": "With 1, each row comes with its proof, down to claims and passages; as JSON alone.",
            "a thing": "{}: a name, an alias, `id:` and a local name, or a full IRI",
            "several": "Given several times, it means any of them.",
            "may be blank": "Blank leaves it open.",
            "form": "The suffix of the form.",
            "topic": "The topic of a stored query.",
            "stored": "The name of a stored query in its topic.",
            "by suffix": "The answer of a stored query, in the form of a suffix",
            "by form": "{} (the parameters in a form)",
            "federated": "It asks other servers, which this one does not: only its text is given, by `.rq`.",
            "rows": "Rows, in the order of the query",
            "yes or no": "Yes or no",
            "triples": "A graph",
            "query text": "The SPARQL that is run",
            "Link": "Addresses of the first, previous and next part (RFC 8288)",
            "Dealgraph-Taken": "What names that were not exact were taken for: pairs, as in a query string",
            "Dealgraph-Snapshot": "The snapshot that the answer comes from",
            "ETag": "Changes with the snapshot and with the request",
            "to a page": "A browser is sent to the page of the same content",
            "unchanged": "Not changed since the `ETag` that was sent",
            "400": "A parameter is unknown, missing or of the wrong type; or the query is none",
            "403": "Not allowed: a change, or a query that asks another server",
            "404": "There is no such query, or nothing has this name",
            "406": "The answer cannot be given in this form",
            "409": "Several things have this name; or the files have changed since the snapshot was built",
            "413": "The request or the answer is larger than the server allows",
            "415": "The body is of a type that is not read",
            "422": "What was known contradicts itself",
            "429": "Asked more often than the server allows",
            "503": "Too much to do at the moment",
            "504": "It took longer than the server allows, and was stopped",
            "507": "It needed more memory than the server allows, and was stopped",
            "list": "The stored queries, with their parameters and addresses",
            "openapi": "This description",
            "prefixes": "The namespace of each prefix",
            "suggest": "What a text may name, the best first",
            "suggest q": "What was typed",
            "suggest kind": "Only things of this class",
            "names": "How many names are given at most",
            "search": "The page of a search",
            "search kind": "Only results of this kind",
            "id": "What is known of a thing, as a page or as data",
            "id name": "The local name of a thing",
            "sparql": "A query in SPARQL 1.1",
            "sparql query": "The text of the query; without it, the endpoint describes itself",
            "default-graph-uri": "A graph of the default graph of the dataset",
            "named-graph-uri": "A named graph of the dataset",
            "reconcile": "What names may mean: the W3C Entity Reconciliation API, 0.2",
            "reconcile manifest": "The manifest of the reconciliation service",
            "reconcile queries": "Queries by their keys, as JSON",
        },
        "fr": {
            "title": "dealgraph",
            "summary": "Un graphe de connaissances des opérations, tiré de ce que disent des articles",
            "description": (
                "Chaque requête enregistrée a son adresse. La forme d'une réponse se choisit par "
                "l'en-tête `Accept`, ou par un suffixe : `/api/deals/list.csv` ; `.rq` donne le SPARQL "
                "exécuté. Là où une chose est demandée, un nom suffit : `Meta`, `id:meta` ou un IRI "
                "complet. L'en-tête `Dealgraph-Taken` dit ce qui a été compris quand un nom n'était pas "
                "exact. Les réponses ont un ordre stable ; `limit` et `offset` les découpent, et "
                "l'en-tête `Link` mène à la suite. Une erreur est dite en JSON (RFC 9457) si `Accept` "
                "nomme JSON, sinon en une ligne."
            ),
            "as-of": "Ce qui était su un jour donné : seul compte ce qui a paru jusque-là.",
            "lang": "La langue des textes, des explications et des erreurs.",
            "limit": "Combien de lignes sont données au plus ; sans lui, toutes le sont.",
            "offset": "Combien de lignes sont passées.",
            "source": "Seul compte ce que dit cet article ou ce jeu de données ; par son nom ou son début.",
            "why": "Avec 1, chaque ligne vient avec sa preuve, jusqu'aux affirmations et passages ; en JSON.",
            "a thing": "{} : un nom, un alias, `id:` et un nom local, ou un IRI complet",
            "several": "Donné plusieurs fois, il signifie n'importe laquelle des valeurs.",
            "may be blank": "Vide, il reste ouvert.",
            "form": "Le suffixe de la forme.",
            "topic": "Le sujet d'une requête enregistrée.",
            "stored": "Le nom d'une requête enregistrée dans son sujet.",
            "by suffix": "La réponse d'une requête enregistrée, dans la forme d'un suffixe",
            "by form": "{} (les paramètres dans un formulaire)",
            "federated": (
                "Elle interroge d'autres serveurs, ce que celui-ci ne fait pas : seul son texte est donné, "
                "par `.rq`."
            ),
            "rows": "Des lignes, dans l'ordre de la requête",
            "yes or no": "Oui ou non",
            "triples": "Un graphe",
            "query text": "Le SPARQL exécuté",
            "Link": "Adresses de la première partie, de la précédente et de la suivante (RFC 8288)",
            "Dealgraph-Taken": "Ce que des noms inexacts ont désigné : des paires, comme dans une adresse",
            "Dealgraph-Snapshot": "L'instantané dont vient la réponse",
            "ETag": "Change avec l'instantané et avec la demande",
            "to a page": "Un navigateur est envoyé à la page de même contenu",
            "unchanged": "Inchangé depuis l'`ETag` envoyé",
            "400": "Un paramètre est inconnu, manquant ou du mauvais type ; ou la requête n'en est pas une",
            "403": "Interdit : une modification, ou une requête qui interroge un autre serveur",
            "404": "Il n'y a pas de telle requête, ou rien ne porte ce nom",
            "406": "La réponse n'existe pas sous cette forme",
            "409": "Plusieurs choses portent ce nom ; ou les fichiers ont changé depuis l'instantané",
            "413": "La demande ou la réponse dépasse la taille que le serveur admet",
            "415": "Le corps est d'un type qui n'est pas lu",
            "422": "Ce qui était su se contredit",
            "429": "Demandé plus souvent que le serveur ne l'admet",
            "503": "Trop à faire en ce moment",
            "504": "Plus long que le serveur ne l'admet, donc arrêté",
            "507": "Plus de mémoire que le serveur n'en admet, donc arrêté",
            "list": "Les requêtes enregistrées, avec leurs paramètres et leurs adresses",
            "openapi": "Cette description",
            "prefixes": "L'espace de noms de chaque préfixe",
            "suggest": "Ce qu'un texte peut nommer, le meilleur d'abord",
            "suggest q": "Ce qui a été tapé",
            "suggest kind": "Seulement les choses de cette classe",
            "names": "Combien de noms sont donnés au plus",
            "search": "La page d'une recherche",
            "search kind": "Seulement les résultats de cette sorte",
            "id": "Ce qui est su d'une chose, en page ou en données",
            "id name": "Le nom local d'une chose",
            "sparql": "Une requête en SPARQL 1.1",
            "sparql query": "Le texte de la requête ; sans lui, le point SPARQL se décrit",
            "default-graph-uri": "Un graphe du graphe par défaut du jeu de données",
            "named-graph-uri": "Un graphe nommé du jeu de données",
            "reconcile": "Ce que des noms peuvent désigner : Entity Reconciliation API du W3C, 0.2",
            "reconcile manifest": "Le manifeste du service de réconciliation",
            "reconcile queries": "Des requêtes par leurs clés, en JSON",
        },
    }
)
"""Phrases by language and key."""

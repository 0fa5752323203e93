"""The texts of the page about the site, in French and English.

A text may have places for what depends on the server: `{origin}`, `{articles}`, `{facts}`, `{follow}`,
`{snapshot}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ABOUT: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "about title": "About this graph",
            "about lead": (
                "A knowledge graph of deals in the AI industry, built from press articles, in which every"
                " answer leads back to the passage that says it."
            ),
            "about now": (
                "It holds {articles} articles, {facts} facts, and {follow} statements that follow from them."
            ),
            "about read": "How to read a page",
            "about fact": "A fact. An article says it plainly, and nothing that ranks higher says otherwise.",
            "about said": (
                "Said, but no fact: a possibility, hearsay, an opinion, a plan, or a figure beside which "
                "another is preferred. It is kept, and shown with who says it."
            ),
            "about follows": (
                "Follows: no article says it, the facts together do. Behind “why?” stands the proof."
            ),
            "about places": (
                "Numbers such as [375–423] are a place in the article, in characters from its beginning. "
                "The graph holds no sentence of an article, only such places and a digest of each; "
                "whoever has the text can check every one."
            ),
            "about figures": (
                "A figure is an interval: “14.3 billion” allows all that is rounded to it, “more than 14 "
                "billion” has no upper end. Two figures contradict each other only if no value satisfies "
                "both."
            ),
            "about admission": "How a claim becomes a fact",
            "about admission text": (
                "A claim is admitted if it is positive, not set aside, asserted, confirmed or estimated "
                "by its source, and about what is, or about a plan where the property is one of plans. "
                "Where a curator prefers one of several rival claims, it alone counts, and the reason "
                "stands beside it. Opinions, possibilities and allegations never become facts."
            ),
            "about days": (
                "Every question can be asked as of a day: then only what had been published until then "
                "counts. What has changed between two days has a page."
            ),
            "about cite": "How to cite",
            "about cite text": "Cite the page and the snapshot: the same snapshot gives the same answers.",
            "about cite form": "dealgraph, snapshot {snapshot}, {origin}",
            "about licence": "Licence",
            "about licence text": (
                "The program is under the Apache licence 2.0, the ontology and the graph under Creative "
                "Commons Attribution 4.0 where their files say nothing else. Articles and outside "
                "datasets remain those of their publishers, each with its own terms."
            ),
            "about programs": "For programs",
            "about sparql": "SPARQL 1.1 endpoint, read only",
            "about api": "Every stored question as an address with typed parameters: CSV, JSON, Turtle",
            "about rdf": (
                "Every page of a thing, a claim or a term as Turtle, JSON-LD, N-Triples and RDF/XML: by "
                "content negotiation, or with .ttl, .jsonld, .nt, .rdf at the end of its address"
            ),
            "about reconcile": "Reconciliation service, to be added in OpenRefine",
            "about health": "Whether the server is well",
            "about limits": "Limits",
            "about limits text": (
                "A query that takes too long, needs too much memory or gives too much is stopped, and the"
                " answer says which it was and how to ask for less. A client that asks too often is asked"
                " to wait. No query leaves this server: SERVICE is refused."
            ),
            "about wrong": (
                "What the graph does not say, nobody has read in an article of its; that is no proof that"
                " it is not so. Which questions stay open is a question of its own:"
            ),
            "about silence": "what nobody says",
        },
        "fr": {
            "about title": "À propos de ce graphe",
            "about lead": (
                "Un graphe de connaissances des opérations de l'industrie de l'IA, fait d'articles de "
                "presse, où chaque réponse ramène au passage qui la dit."
            ),
            "about now": "Il tient {articles} articles, {facts} faits, et {follow} énoncés qui en découlent.",
            "about read": "Comment lire une page",
            "about fact": "Un fait. Un article le dit nettement, et rien de mieux placé ne dit autre chose.",
            "about said": (
                "Dit, mais pas un fait : une éventualité, un ouï-dire, une opinion, un projet, ou un "
                "chiffre auquel un autre est préféré. C'est gardé, et montré avec qui le dit."
            ),
            "about follows": (
                "En découle : aucun article ne le dit, les faits ensemble le disent. Derrière « pourquoi "
                "? » se trouve la preuve."
            ),
            "about places": (
                "Des nombres comme [375–423] sont une place dans l'article, en caractères depuis son "
                "début. Le graphe ne garde aucune phrase d'article, seulement ces places et une empreinte"
                " de chacune ; qui a le texte peut toutes les vérifier."
            ),
            "about figures": (
                "Un chiffre est un intervalle : « 14,3 milliards » admet tout ce qui s'y arrondit, « plus"
                " de 14 milliards » n'a pas de borne supérieure. Deux chiffres ne se contredisent que si "
                "aucune valeur ne convient aux deux."
            ),
            "about admission": "Comment une affirmation devient un fait",
            "about admission text": (
                "Une affirmation est admise si elle est positive, non écartée, affirmée, confirmée ou "
                "estimée par sa source, et porte sur ce qui est, ou sur un projet là où la propriété est "
                "de celles des projets. Quand un documentaliste préfère l'une de plusieurs affirmations "
                "rivales, elle seule compte, et la raison est à côté. Opinions, éventualités et "
                "allégations ne deviennent jamais des faits."
            ),
            "about days": (
                "Toute question peut être posée à la date d'un jour : alors ne compte que ce qui avait "
                "paru jusque-là. Ce qui a changé entre deux jours a sa page."
            ),
            "about cite": "Comment citer",
            "about cite text": "Citez la page et l'instantané : le même instantané donne les mêmes réponses.",
            "about cite form": "dealgraph, instantané {snapshot}, {origin}",
            "about licence": "Licence",
            "about licence text": (
                "Le programme est sous licence Apache 2.0, l'ontologie et le graphe sous Creative Commons"
                " Attribution 4.0 là où leurs fichiers ne disent rien d'autre. Les articles et les jeux "
                "de données restent à leurs éditeurs, chacun à ses conditions."
            ),
            "about programs": "Pour les programmes",
            "about sparql": "Point d'accès SPARQL 1.1, en lecture seule",
            "about api": (
                "Chaque question enregistrée comme une adresse aux paramètres typés : CSV, JSON, Turtle"
            ),
            "about rdf": (
                "Chaque page d'une chose, d'une affirmation ou d'un terme en Turtle, JSON-LD, N-Triples "
                "et RDF/XML : par négociation de contenu, ou avec .ttl, .jsonld, .nt, .rdf au bout de son"
                " adresse"
            ),
            "about reconcile": "Service de réconciliation, à ajouter dans OpenRefine",
            "about health": "Si le serveur va bien",
            "about limits": "Limites",
            "about limits text": (
                "Une requête qui prend trop de temps, demande trop de mémoire ou donne trop est arrêtée, "
                "et la réponse dit ce qu'il en était et comment demander moins. Un client qui demande "
                "trop souvent est prié d'attendre. Aucune requête ne sort de ce serveur : SERVICE est "
                "refusé."
            ),
            "about wrong": (
                "Ce que le graphe ne dit pas, personne ne l'a lu dans l'un de ses articles ; ce n'est pas"
                " une preuve du contraire. Quelles questions restent ouvertes est une question à part "
                "entière :"
            ),
            "about silence": "ce que personne ne dit",
        },
    }
)

"""The texts of the pages that ask: questions, search, the editor; in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

QUESTIONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "questions lead": (
                "Each question is a stored SPARQL query with a page, a form, and an address for programs."
            ),
            "filter questions": "Filter the questions",
            "filter": "Filter",
            "clear filter": "Show all",
            "no questions": "No question has these words.",
            "for machines": "For the machine",
            "for machines lead": (
                "What the program itself asks: to admit, to check, to derive, to link. Each can be asked "
                "here too, but those that ask other servers."
            ),
            "question parameters": "Ask it your way",
            "ask": "Ask",
            "optional": "may stay empty",
            "needs names": "a name, an alias or an identifier",
            "needs date": "a day, such as 2025-06-13",
            "needs decimal": "a number, such as 0.5",
            "needs integer": "a whole number",
            "needs string": "a text",
            "any": "any",
            "as-of day": "What was known on",
            "as-of hint": "a day; empty for all that is known now",
            "with proofs": "Explain each row",
            "taken as": "“{}” was taken as",
            "did you mean one": "Did you mean one of these?",
            "wrong several": "“{}” may be several things. Choose one, or type more of the name.",
            "wrong unknown": "Nothing here is called “{}”. Check the spelling, or search for it above.",
            "wrong missing": "A value is needed.",
            "wrong date": "“{}” is not a day. Type it as year-month-day, such as 2025-06-13.",
            "wrong decimal": "“{}” is not a number. Type it with a point, such as 0.5.",
            "wrong integer": "“{}” is not a whole number.",
            "wrong enum": "“{}” cannot be chosen here. Take one of the list.",
            "wrong string": "“{}” cannot be taken as a text.",
            "wrong iri": "“{}” cannot be taken as a thing.",
            "answer": "The answer",
            "no rows": "No rows: nothing in the graph answers this.",
            "one row": "1 row",
            "n rows": "{} rows",
            "more rows": "more than {} rows",
            "known on": "as known on {}",
            "only from": "only from {}",
            "why rows": "Why each row is there",
            "left out": "It rests on {} more statements, which are not shown.",
            "permanent": "Permanent link",
            "reproducible": "The same question on the same snapshot gives the same rows.",
            "the sparql": "The SPARQL behind it",
            "open in editor": "Open in the SPARQL editor",
            "federated here": (
                "This question asks another server as well. This server never leaves its graph, so it "
                "cannot be asked here. On the command line, with leave to ask that server:"
            ),
            "chart intervals": "The same, as intervals",
            "chart times": "The same, in time",
            "chart bars": "The same, as bars",
            "chart note": (
                "A bar goes from the lower to the upper bound; a faded end is open. The table says the same."
            ),
            "wrong here": "This cannot be asked so",
            "topic articles": "Articles",
            "topic claims": "Claims",
            "topic companies": "Companies",
            "topic contradictions": "Contradictions",
            "topic deals": "Deals",
            "topic facilities": "Facilities",
            "topic identifiers": "Identifiers",
            "topic models": "AI models",
            "topic money": "Money",
            "topic people": "People",
            "topic silence": "What nobody says",
            "topic stats": "Numbers of the graph",
            "topic things": "Things",
            "topic valuations": "Valuations",
            "topic admission": "Admission",
            "topic briefing": "Briefing",
            "topic checks": "Checks",
            "topic federated": "Asking other servers",
            "topic link": "Linking",
            "topic rules": "Rules",
            "search title": "Search",
            "search for": "Search for “{}”",
            "search lead": (
                "A name, a word of a claim, a question, a term. Accents and small typing errors are forgiven."
            ),
            "found things": "Things",
            "found articles": "Articles and datasets",
            "found claims": "What is said",
            "found questions": "Questions",
            "found terms": "Terms of the ontology",
            "found all": "Everything",
            "found nothing": "Nothing is called so, and nothing says so.",
            "found nothing hint": "Try fewer words, or look through the questions and the lists above.",
            "did you mean": "Nothing is called exactly so. Did you mean:",
            "all of": "All {} of them",
            "kinds of results": "Kinds of results",
            "editor title": "SPARQL editor",
            "editor lead": (
                "Ask the graph anything in SPARQL 1.1. The default graph holds the facts and what follows"
                " from them; GRAPH ?article { … } reaches the claims of each article."
            ),
            "editor query": "Query",
            "editor run": "Run",
            "editor get": "Get as",
            "editor download": "Download",
            "editor examples": "Examples: the stored queries",
            "editor result": "Result",
            "editor capped": "The first {} rows are shown. Download the result to have them all.",
            "editor wrong": "This query cannot be run",
            "editor endpoint": "Endpoint for programs",
        },
        "fr": {
            "questions lead": (
                "Chaque question est une requête SPARQL enregistrée, avec une page, un formulaire et une "
                "adresse pour les programmes."
            ),
            "filter questions": "Filtrer les questions",
            "filter": "Filtrer",
            "clear filter": "Tout montrer",
            "no questions": "Aucune question n'a ces mots.",
            "for machines": "Pour la machine",
            "for machines lead": (
                "Ce que le programme demande lui-même : pour admettre, contrôler, dériver, relier. On "
                "peut aussi les poser ici, sauf celles qui interrogent d'autres serveurs."
            ),
            "question parameters": "La poser à sa façon",
            "ask": "Demander",
            "optional": "peut rester vide",
            "needs names": "un nom, un autre nom ou un identifiant",
            "needs date": "un jour, par exemple 2025-06-13",
            "needs decimal": "un nombre, par exemple 0.5",
            "needs integer": "un nombre entier",
            "needs string": "un texte",
            "any": "tout",
            "as-of day": "Ce qui était su le",
            "as-of hint": "un jour ; vide pour tout ce qui est su aujourd'hui",
            "with proofs": "Expliquer chaque ligne",
            "taken as": "« {} » a été compris comme",
            "did you mean one": "Vouliez-vous dire l'une de ces choses ?",
            "wrong several": (
                "« {} » peut désigner plusieurs choses. Choisissez-en une, ou tapez davantage du nom."
            ),
            "wrong unknown": "Rien ici ne s'appelle « {} ». Vérifiez l'orthographe, ou cherchez ci-dessus.",
            "wrong missing": "Il faut une valeur.",
            "wrong date": "« {} » n'est pas un jour. Tapez année-mois-jour, par exemple 2025-06-13.",
            "wrong decimal": "« {} » n'est pas un nombre. Tapez-le avec un point, par exemple 0.5.",
            "wrong integer": "« {} » n'est pas un nombre entier.",
            "wrong enum": "« {} » ne peut être choisi ici. Prenez un élément de la liste.",
            "wrong string": "« {} » ne peut être pris pour un texte.",
            "wrong iri": "« {} » ne peut être pris pour une chose.",
            "answer": "La réponse",
            "no rows": "Aucune ligne : rien dans le graphe n'y répond.",
            "one row": "1 ligne",
            "n rows": "{} lignes",
            "more rows": "plus de {} lignes",
            "known on": "ce qui était su le {}",
            "only from": "seulement d'après {}",
            "why rows": "Pourquoi chaque ligne est là",
            "left out": "Elle repose sur {} autres énoncés, qui ne sont pas montrés.",
            "permanent": "Lien permanent",
            "reproducible": "La même question sur le même instantané donne les mêmes lignes.",
            "the sparql": "Le SPARQL derrière",
            "open in editor": "Ouvrir dans l'éditeur SPARQL",
            "federated here": (
                "Cette question interroge aussi un autre serveur. Ce serveur-ci ne sort jamais de son "
                "graphe : on ne peut la poser ici. En ligne de commande, avec la permission d'interroger "
                "ce serveur :"
            ),
            "chart intervals": "La même chose, en intervalles",
            "chart times": "La même chose, dans le temps",
            "chart bars": "La même chose, en barres",
            "chart note": (
                "Une barre va de la borne inférieure à la borne supérieure ; une extrémité estompée est "
                "ouverte. Le tableau dit la même chose."
            ),
            "wrong here": "On ne peut le demander ainsi",
            "topic articles": "Articles",
            "topic claims": "Affirmations",
            "topic companies": "Sociétés",
            "topic contradictions": "Contradictions",
            "topic deals": "Opérations",
            "topic facilities": "Installations",
            "topic identifiers": "Identifiants",
            "topic models": "Modèles d'IA",
            "topic money": "Argent",
            "topic people": "Personnes",
            "topic silence": "Ce que personne ne dit",
            "topic stats": "Chiffres du graphe",
            "topic things": "Choses",
            "topic valuations": "Valorisations",
            "topic admission": "Admission",
            "topic briefing": "Synthèse",
            "topic checks": "Contrôles",
            "topic federated": "Interroger d'autres serveurs",
            "topic link": "Liaison",
            "topic rules": "Règles",
            "search title": "Recherche",
            "search for": "Recherche de « {} »",
            "search lead": (
                "Un nom, un mot d'une affirmation, une question, un terme. Accents et petites fautes de "
                "frappe sont pardonnés."
            ),
            "found things": "Choses",
            "found articles": "Articles et jeux de données",
            "found claims": "Ce qui est dit",
            "found questions": "Questions",
            "found terms": "Termes de l'ontologie",
            "found all": "Tout",
            "found nothing": "Rien ne porte ce nom, et rien ne le dit.",
            "found nothing hint": (
                "Essayez moins de mots, ou parcourez les questions et les listes ci-dessus."
            ),
            "did you mean": "Rien ne porte exactement ce nom. Vouliez-vous dire :",
            "all of": "Les {} résultats",
            "kinds of results": "Sortes de résultats",
            "editor title": "Éditeur SPARQL",
            "editor lead": (
                "Demandez ce que vous voulez au graphe en SPARQL 1.1. Le graphe par défaut tient les "
                "faits et ce qui en découle ; GRAPH ?article { … } atteint les affirmations de chaque "
                "article."
            ),
            "editor query": "Requête",
            "editor run": "Exécuter",
            "editor get": "Obtenir en",
            "editor download": "Télécharger",
            "editor examples": "Exemples : les requêtes enregistrées",
            "editor result": "Résultat",
            "editor capped": (
                "Les {} premières lignes sont montrées. Téléchargez le résultat pour les avoir toutes."
            ),
            "editor wrong": "Cette requête ne peut être exécutée",
            "editor endpoint": "Adresse pour les programmes",
        },
    }
)

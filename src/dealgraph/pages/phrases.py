"""The standing texts of pages, in French and English: those of the layout here, others beside.

A file of phrases has a dict by language; `PAGES` is all of them together, and no key is in two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dealgraph.pages.phrases_api import API_PAGE
from dealgraph.pages.phrases_disputes import DISPUTES
from dealgraph.pages.phrases_of_things import THINGS
from dealgraph.pages.phrases_ontology import ONTOLOGY_PAGES
from dealgraph.pages.phrases_questions import QUESTIONS

SHELL: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "site": "dealgraph",
            "tagline": "Deals in the AI industry, each fact with the passage that says it",
            "skip": "Skip to the content",
            "search": "Search",
            "search hint": "A company, a person, a deal…",
            "main navigation": "Main",
            "menu": "Menu",
            "deals": "Deals",
            "companies": "Companies",
            "people": "People",
            "facilities": "Facilities",
            "articles": "Articles",
            "datasets": "Datasets",
            "questions": "Questions",
            "contradictions": "Contradictions",
            "changes": "Changes",
            "sparql": "SPARQL",
            "api": "API",
            "ontology": "Ontology",
            "about": "About",
            "other language": "Français",
            "snapshot": "Snapshot {}: {} articles, {} facts, {} that follow.",
            "as of": "What was known on {}.",
            "licence": "Apache licence 2.0. The graph holds no sentence of an article.",
            "also as": "This page as data",
            "previous": "Previous",
            "next": "Next",
            "page of": "{} to {} of {}",
            "pages": "Pages",
            "fact": "fact",
            "said": "said, not admitted",
            "follows": "follows from facts",
            "legend": "How to read the marks",
            "why": "why?",
            "why of": "Why: {} {} {}",
            "according to": "according to {}",
            "source": "source",
            "table scroll": "Table, can be scrolled",
            "error": "This cannot be answered",
            "error 400": "This cannot be read",
            "error 404": "Nothing here",
            "error 406": "Not in this form",
            "error 503": "Not at the moment",
            "error 504": "This takes too long",
            "error where": "Where",
            "error fix": "What to do",
            "error home": "Back to the start page",
        },
        "fr": {
            "site": "dealgraph",
            "tagline": "Les opérations de l'industrie de l'IA, chaque fait avec le passage qui le dit",
            "skip": "Aller au contenu",
            "search": "Chercher",
            "search hint": "Une société, une personne, une opération…",
            "main navigation": "Principale",
            "menu": "Menu",
            "deals": "Opérations",
            "companies": "Sociétés",
            "people": "Personnes",
            "facilities": "Installations",
            "articles": "Articles",
            "datasets": "Jeux de données",
            "questions": "Questions",
            "contradictions": "Contradictions",
            "changes": "Changements",
            "sparql": "SPARQL",
            "api": "API",
            "ontology": "Ontologie",
            "about": "À propos",
            "other language": "English",
            "snapshot": "Instantané {} : {} articles, {} faits, {} qui en découlent.",
            "as of": "Ce qui était su le {}.",
            "licence": "Licence Apache 2.0. Le graphe ne garde aucune phrase d'article.",
            "also as": "Cette page en données",
            "previous": "Précédente",
            "next": "Suivante",
            "page of": "{} à {} sur {}",
            "pages": "Pages",
            "fact": "fait",
            "said": "dit, non admis",
            "follows": "découle des faits",
            "legend": "Comment lire les signes",
            "why": "pourquoi ?",
            "why of": "Pourquoi : {} {} {}",
            "according to": "selon {}",
            "source": "source",
            "table scroll": "Tableau, défilable",
            "error": "On ne peut y répondre",
            "error 400": "Cela ne peut être lu",
            "error 404": "Rien ici",
            "error 406": "Pas sous cette forme",
            "error 503": "Pas en ce moment",
            "error 504": "Cela prend trop de temps",
            "error where": "Où",
            "error fix": "Que faire",
            "error home": "Retour à l'accueil",
        },
    }
)


def bound(text: str) -> str:
    """Return a French text with no-break spaces where its typography wants them: « so » ; and so on."""
    return re.sub(r" (?=[;:?!»])|(?<=«) ", "\u00a0", text)


def _together(*parts: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType(
        {
            language: MappingProxyType(
                {
                    key: bound(text) if language == "fr" else text
                    for part in parts
                    for key, text in part[language].items()
                }
            )
            for language in ("en", "fr")
        }
    )


PAGES: Final = _together(SHELL, THINGS, QUESTIONS, DISPUTES, ONTOLOGY_PAGES, API_PAGE)
"""All phrases by language and key."""

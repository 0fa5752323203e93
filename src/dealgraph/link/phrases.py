"""The words for candidates, features and judgements, in English and French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dealgraph.link.propose import Outcome
from dealgraph.link.score import Feature, Verdict
from dealgraph.mapping import Judgement

LINK: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "identifier": "identifier",
        "name": "name",
        "alias": "other name",
        "former": "former name",
        "type": "type",
        "place": "place",
        "date": "year",
        "owner": "owner",
        "service": "score of the service",
        "agrees": "{kind} agrees: {ours}",
        "agrees in other words": "{kind} agrees: {ours} / {theirs}",
        "near": "{kind} is near: {ours} / {theirs}",
        "contradicts": "{kind} differs: {ours} / {theirs}",
        "told": "{kind}: {theirs}",
        "alike": "{text} ({percent} % alike)",
        "judged": "judged: {}",
        "match": "the same",
        "related": "related, not the same",
        "not": "not the same",
        "unsure": "unsure",
        "not found": "not found",
        "accept": "may be accepted without a person",
        "a person decides": "a person decides",
        "judged already": "judged already",
        "no candidate": "no candidate",
        "wrote": "accepted and written: {} ({})",
        "nothing accepted": "nothing was accepted",
        "keys": "a accept   r reject   u unsure   s skip   z undo   q quit",
        "pair": "{} of {}",
        "ours": "ours",
        "theirs": "candidate",
        "nothing to undo": "nothing to undo",
        "undone": "taken back",
        "done": "Decided: {match} the same, {not_} not the same, {unsure} unsure.",
        "nothing": "Nothing is left to decide.",
        "where": "where",
        "years": "years",
        "owners": "owner",
        "names": "names",
        "score": "score",
        "licence": "data: {}, licence: {}",
    },
    "fr": {
        "identifier": "identifiant",
        "name": "nom",
        "alias": "autre nom",
        "former": "ancien nom",
        "type": "type",
        "place": "lieu",
        "date": "année",
        "owner": "propriétaire",
        "service": "note du service",
        "agrees": "{kind} concordant : {ours}",
        "agrees in other words": "{kind} concordant : {ours} / {theirs}",
        "near": "{kind} proche : {ours} / {theirs}",
        "contradicts": "{kind} différent : {ours} / {theirs}",
        "told": "{kind} : {theirs}",
        "alike": "{text} (ressemblance {percent} %)",
        "judged": "jugé : {}",
        "match": "identique",
        "related": "apparenté, non identique",
        "not": "non identique",
        "unsure": "indécis",
        "not found": "introuvable",
        "accept": "peut être accepté sans personne",
        "a person decides": "à décider par une personne",
        "judged already": "déjà jugé",
        "no candidate": "aucun candidat",
        "wrote": "accepté et écrit : {} ({})",
        "nothing accepted": "rien n'a été accepté",
        "keys": "a accepter   r rejeter   u indécis   s passer   z annuler   q quitter",
        "pair": "{} sur {}",
        "ours": "chez nous",
        "theirs": "candidat",
        "nothing to undo": "rien à annuler",
        "undone": "repris",
        "done": "Décidé : {match} identiques, {not_} non identiques, {unsure} indécis.",
        "nothing": "Il ne reste rien à décider.",
        "where": "lieu",
        "years": "années",
        "owners": "propriétaire",
        "names": "noms",
        "score": "note",
        "licence": "données : {}, licence : {}",
    },
}
_NAMES: Final = ("name", "alias", "former")


def told(feature: Feature, language: str) -> str:
    """Put one feature into words: what was compared, how it came out, and both values where they differ."""
    say = LINK[language]
    kind = say[feature.kind]
    if feature.kind == "service":
        return say["told"].format(kind=kind, theirs=feature.theirs)
    form = feature.verdict.value
    if feature.verdict is Verdict.AGREES and feature.ours != feature.theirs:
        form = "agrees in other words"
    text = say[form].format(kind=kind, ours=feature.ours, theirs=feature.theirs)
    if feature.kind in _NAMES and feature.verdict is not Verdict.AGREES:
        return say["alike"].format(text=text, percent=round(100 * feature.strength))
    return text


def judgement(value: Judgement, language: str) -> str:
    """Name a judgement."""
    return LINK[language][value.value]


def outcome(value: Outcome, language: str) -> str:
    """Name what becomes of a thing if no person looks."""
    return LINK[language][value.value]

"""The texts of the pages on what disagrees and on what changed, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

DISPUTES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "contradictions lead": (
                "Where articles and datasets do not say the same. Nothing is smoothed away: each side "
                "stands here with its source, and a fact is made only of what is preferred for a reason."
            ),
            "colon": ": ",
            "every kind": "All",
            "no contradictions": "Nothing disagrees.",
            "kinds of contradictions": "Kinds of disagreement",
            "also stand": "They also stand thus:",
            "kind conflict": "In conflict",
            "kind misses": "Figures that cannot both be true",
            "kind contradicts": "Articles against datasets",
            "kind undecided": "Undecided",
            "kind differs": "Different, but hedged",
            "kind loose": "Sums that do not come out",
            "kind opinions": "Opinions that differ",
            "kind modality": "Said with different assurance",
            "kind superseded": "Replaced",
            "kind refined": "Made more precise",
            "kind meets": "Compatible figures",
            "kind refines": "A dataset and an article, one finer",
            "kind conflict lead": "A curator has noted that these claims go against each other.",
            "kind misses lead": "The intervals of these figures do not meet: no value satisfies both.",
            "kind contradicts lead": (
                "An outside dataset says what cannot be true if the article is right, and both vouch for it."
            ),
            "kind undecided lead": "The figures differ and none is preferred: a decision is due.",
            "kind differs lead": (
                "An outside dataset says something else, but one of the two is hedged, a plan, or a place."
            ),
            "kind loose lead": "A stated number lies outside what other stated numbers imply.",
            "kind opinions lead": (
                "What different speakers think of the same thing. An opinion is never a fact."
            ),
            "kind modality lead": (
                "The same is said as possible here and as certain there, or by hearsay here and outright "
                "there."
            ),
            "kind superseded lead": "A later claim takes the place of an earlier one.",
            "kind refined lead": (
                "One figure lies within the other: the finer one is preferred, and the rounder one is not"
                " wrong."
            ),
            "kind meets lead": "One value can satisfy all of these figures, though they are not the same.",
            "kind refines lead": "What the one says lies within what the other says.",
            "changes lead": (
                "What was known on one day and not on another: facts that appeared, went or changed, and "
                "what follows from them."
            ),
            "changes from": "From",
            "changes to": "To",
            "compare": "Compare",
            "changes between": "Between {} and {}",
            "changes swap": "The other way round",
            "changes part appeared": "Facts that appeared",
            "changes part went": "Facts that went",
            "changes part changed": "Facts that changed",
            "changes part now follows": "What now follows",
            "changes part no longer follows": "What no longer follows",
            "changes none": "Nothing changed between these days.",
            "before": "before",
            "after": "after",
            "came out": "Published in between",
            "no articles": "There is no article, so that nothing can have changed.",
        },
        "fr": {
            "contradictions lead": (
                "Là où articles et jeux de données ne disent pas la même chose. Rien n'est lissé : chaque"
                " côté est ici avec sa source, et seul devient un fait ce qui est préféré pour une "
                "raison."
            ),
            "colon": " : ",
            "every kind": "Tout",
            "no contradictions": "Rien ne se contredit.",
            "kinds of contradictions": "Sortes de désaccords",
            "also stand": "Il y a aussi entre elles :",
            "kind conflict": "En conflit",
            "kind misses": "Chiffres qui ne peuvent être vrais tous deux",
            "kind contradicts": "Articles contre jeux de données",
            "kind undecided": "Indécis",
            "kind differs": "Différents, mais nuancés",
            "kind loose": "Des comptes qui ne tombent pas juste",
            "kind opinions": "Opinions qui diffèrent",
            "kind modality": "Dit avec une assurance différente",
            "kind superseded": "Remplacé",
            "kind refined": "Précisé",
            "kind meets": "Chiffres compatibles",
            "kind refines": "Un jeu de données et un article, l'un plus fin",
            "kind conflict lead": "Un documentaliste a noté que ces affirmations vont l'une contre l'autre.",
            "kind misses lead": (
                "Les intervalles de ces chiffres ne se rejoignent pas : aucune valeur ne convient aux deux."
            ),
            "kind contradicts lead": (
                "Un jeu de données dit ce qui ne peut être vrai si l'article a raison, et les deux s'en "
                "portent garants."
            ),
            "kind undecided lead": "Les chiffres diffèrent et aucun n'est préféré : il reste à décider.",
            "kind differs lead": (
                "Un jeu de données dit autre chose, mais l'un des deux est nuancé, un projet ou un lieu."
            ),
            "kind loose lead": "Un nombre affirmé sort de ce qu'impliquent d'autres nombres affirmés.",
            "kind opinions lead": (
                "Ce que différents locuteurs pensent de la même chose. Une opinion n'est jamais un fait."
            ),
            "kind modality lead": (
                "La même chose est dite possible ici et certaine là, ou par ouï-dire ici et sans détour là."
            ),
            "kind superseded lead": "Une affirmation plus récente prend la place d'une autre.",
            "kind refined lead": (
                "Un chiffre est compris dans l'autre : le plus fin est préféré, et le plus rond n'est pas"
                " faux."
            ),
            "kind meets lead": (
                "Une même valeur peut convenir à tous ces chiffres, bien qu'ils ne soient pas les mêmes."
            ),
            "kind refines lead": "Ce que dit l'un est compris dans ce que dit l'autre.",
            "changes lead": (
                "Ce qui était su un jour et non un autre : faits apparus, disparus ou changés, et ce qui "
                "en découle."
            ),
            "changes from": "Du",
            "changes to": "Au",
            "compare": "Comparer",
            "changes between": "Entre le {} et le {}",
            "changes swap": "Dans l'autre sens",
            "changes part appeared": "Faits apparus",
            "changes part went": "Faits disparus",
            "changes part changed": "Faits changés",
            "changes part now follows": "Ce qui s'ensuit désormais",
            "changes part no longer follows": "Ce qui ne s'ensuit plus",
            "changes none": "Rien n'a changé entre ces jours.",
            "before": "avant",
            "after": "après",
            "came out": "Paru entre-temps",
            "no articles": "Il n'y a pas d'article : rien n'a pu changer.",
        },
    }
)

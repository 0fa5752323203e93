"""What the columns of stored queries are called on pages, in English and French."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_WORD: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _read(table: str) -> Mapping[str, tuple[str, str]]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return MappingProxyType({name.strip(): (en.strip(), fr.strip()) for name, en, fr in rows})


# One row a name of a variable: it means the same in every stored query.
COLUMNS: Final = _read("""
admitted | admitted | admise
admittedClaims | admitted claims | affirmations admises
ages | ages | âges
alias | alias | autre nom
article | article | article
articles | articles | articles
askedClass | class | classe
atLeast | at least | au moins
attribution | attribution | attribution
background | background | arrière-plan
barredBy | barred by | écartée par
birthYearLower | born in or after | née au plus tôt en
birthYearUpper | born in or before | née au plus tard en
candidate | candidate | candidat
character | character | caractère
claim | claim | affirmation
claims | claims | affirmations
class | class | classe
codePoints | characters | caractères
comment | comment | commentaire
company | company | société
competitor | competitor | concurrent
condition | condition | condition
conditionObject | value of the condition | valeur de la condition
conditionPredicate | property of the condition | propriété de la condition
conditionSubject | subject of the condition | sujet de la condition
confidence | confidence | confiance
coveredCodePoints | characters covered | caractères couverts
coveredPercent | covered, % | couvert, %
currencyBasis | currency | monnaie
deal | deal | opération
dealClass | kind of deal | type d'opération
defect | defect | défaut
denied | denied | niés
depth | depth | profondeur
derived | derived | dérivé
developer | developer | développeur
earlierValuation | earlier valuation | valorisation antérieure
earliest | earliest | au plus tôt
effect | effect | effet
endEarliest | end, earliest | fin, au plus tôt
endLatest | end, latest | fin, au plus tard
expenditure | expenditure | dépense
facilities | facilities | installations
facility | facility | installation
facilityClass | kind of facility | type d'installation
facts | facts | faits
feature | feature | trait
finer | finer side | côté plus précis
fromOrganization | from | de
goal | goal | but
graph | graph | graphe
holder | holder | détenteur
identified | identified | identifiés
identifier | identifier | identifiant
impliedLower | implied, at least | implicite, au moins
impliedStated | implied by the stated figures | implicite selon les chiffres affirmés
impliedUpper | implied, at most | implicite, au plus
inferred | inferred | inféré
interim | interim | par intérim
investor | investor | investisseur
isAnnounced | announced | annoncée
isFact | a fact | un fait
isInferred | inferred | inféré
isLatest | the latest | la dernière
isPartner | a partner | partenaire
issuer | issuer | émetteur
judgedAs | judged as | jugé
judgement | judgement | jugement
judgements | judgements | jugements
kind | kind | sorte
label | name | nom
latest | latest | au plus tard
leg | leg | volet
legClass | kind of leg | type de volet
lower | at least | au moins
lowerExclusive | more than the lower bound | strictement plus que la borne
lowerTotal | in all, at least | en tout, au moins
mapping | mapping | correspondance
missing | missing | manque
model | model | modèle
name | name | nom
notFound | not found | non trouvés
object | value | valeur
observation | observation | observation
offer | offer | offre
omission | omission | omission
openList | open list | liste ouverte
organization | organization | organisation
otherArticle | other source | autre source
otherClaim | other claim | autre affirmation
otherLower | other, at least | autre, au moins
otherObject | other value | autre valeur
otherPredicate | other property | autre propriété
otherPremise | other premise | autre prémisse
otherRealis | other realis | autre réalité
otherSpeaker | other speaker | autre locuteur
otherStance | other stance | autre prise en charge
otherSubject | other subject | autre sujet
otherUnit | other unit | autre unité
otherUpper | other, at most | autre, au plus
agreement | agreement | accord
outside | outside entity | entité extérieure
outsideLabel | name outside | nom extérieur
paraphrase | in our words | en nos mots
part | part | partie
party | party | partie
passage | passage | passage
passageEnd | passage ends | fin du passage
passageStart | passage begins | début du passage
passages | passages | passages
perYearUpper | a year, at most | par an, au plus
period | period | période
person | person | personne
place | place | lieu
plan | plan | plan
polarity | polarity | polarité
position | position | position
precision | precision | précision
predicate | property | propriété
predicates | properties | propriétés
premise | premise | prémisse
printed | as printed | tel qu'imprimé
programme | programme | programme
property | property | propriété
published | published | paru le
publisher | publisher | éditeur
rank | rank | rang
ranking | ranking | classement
realis | realis | réalité
reason | reason | raison
related | related | proches
role | role | fonction
scheme | scheme | référentiel
schemeLabel | name of the scheme | nom du référentiel
searched | searched on | cherché le
speaker | speaker | locuteur
speakerClass | kind of speaker | type de locuteur
stake | stake | participation
stance | stance | prise en charge
startEarliest | start, earliest | début, au plus tôt
startLatest | start, latest | début, au plus tard
stated | as stated | tel qu'affirmé
status | status | statut
strategy | strategy | stratégie
subject | subject | sujet
subjects | subjects | sujets
tenure | post | poste
thing | thing | chose
things | things | choses
toOrganization | to | vers
topic | topic | thème
triples | triples | triplets
type | type | type
undecided | undecided | indécis
unit | unit | unité
upper | at most | au plus
upperExclusive | less than the upper bound | strictement moins que la borne
upperTotal | in all, at most | en tout, au plus
valuation | valuation | valorisation
value | value | valeur
verdict | verdict | verdict
widerPlace | within | dans
withoutLower | without a lower bound | sans borne inférieure
withoutUpper | without an upper bound | sans borne supérieure
years | years | années
""")
"""The English and the French label of each column, by the name of the variable."""

# Words that queries give as values.
VALUES: Final = _read("""
meets | meets | se recoupent
misses | misses | ne se recoupent pas
loose | loose | lâche
not comparable | not comparable | non comparables
not stated | not stated | non affirmé
agrees | agrees | s'accorde
refines | refines | précise
differs | differs | diffère
contradicts | contradicts | contredit
only here | only in articles | seulement dans les articles
only there | only in datasets | seulement dans les jeux de données
here | the article | l'article
there | the dataset | le jeu de données
conflict | conflict | conflit
superseded | superseded | remplacée
refined | refined | précisée
modality | other assurance | autre assurance
undecided | undecided | indécis
true | yes | oui
false | no | non
""")
"""The English and the French wording of values that are words of a query's own."""


def column(name: str, language: str) -> str:
    """Return what a column is called; one that is not in the table by the words of its name."""
    known = COLUMNS.get(name)
    if known:
        return known[language == "fr"]
    return _WORD.sub(" ", name).replace("_", " ").lower()


def value(word: str, language: str) -> str:
    """Return how a word of a query's own is put, or the word itself where it is none of these."""
    known = VALUES.get(word)
    return known[language == "fr"] if known else word

"""What a step of a proof says, in plain English and French.

Slots are filled with names of terms: `{s}`, `{p}`, `{o}` of the conclusion, `{s0}`, `{o0}`, `{o1}` and
so on of the premises in their order, `{s_1}`, `{p_1}`, `{o_1}` of the last one, `{list}` the members of
the axiom's list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from dealgraph.closure.closing import Derivation, Ignored, Inconsistency, Statement
from dealgraph.closure.interning import Term
from dealgraph.terms import iri

LANGUAGES: Final = ("en", "fr")

_SAME: Final = ("because {s0} and {o0} are the same", "parce que {s0} et {o0} sont la même chose")
_KIND: Final = ("because {s0} is a kind of {o0}", "parce que {s0} est une sorte de {o0}")
_ALSO: Final = ("because every {s0} is also a {o0}", "parce que tout ce qui est {s0} est aussi {o0}")
_SAME_CLASS: Final = (
    "because {s0} and {o0} have the same members",
    "parce que {s0} et {o0} ont les mêmes membres",
)
_SAME_PROPERTY: Final = (
    "because {s0} and {o0} mean the same",
    "parce que {s0} et {o0} veulent dire la même chose",
)
_REVERSE: Final = (
    "because {s0} is {o0} the other way round",
    "parce que {s0} est {o0} dans l'autre sens",
)
_DIFFERENT: Final = (
    "because {s_1} and {o_1} are said to differ, and are found to be the same",
    "parce que {s_1} et {o_1} sont dits différents et se trouvent être la même chose",
)
_DENIED: Final = (
    "because it is expressly denied: {s_1} {p_1} {o_1}",
    "parce que c'est expressément nié : {s_1} {p_1} {o_1}",
)
_OWN_CLASS: Final = ("because {s} is a class of OWL itself", "parce que {s} est une classe d'OWL même")
_AT_MOST_ONE: Final = (
    "because what is {s0} has at most one {o1}",
    "parce que ce qui est {s0} a au plus un {o1}",
)
_NONE: Final = ("because what is {s0} has no {o1}", "parce que ce qui est {s0} n'a pas de {o1}")
_PROPERTY: Final = ("because {s0} is a property", "parce que {s0} est une propriété")
_LAST_ALSO: Final = (
    "because every {s_1} is also a {o_1}",
    "parce que tout ce qui est {s_1} est aussi {o_1}",
)
_LAST_KIND: Final = ("because {s_1} is a kind of {o_1}", "parce que {s_1} est une sorte de {o_1}")

READINGS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "eq-ref": (
            "because everything is the same as itself",
            "parce que toute chose est identique à elle-même",
        ),
        "eq-sym": _SAME,
        "eq-trans": ("because both are the same as {o0}", "parce que tous deux sont {o0}"),
        "eq-rep-s": _SAME,
        "eq-rep-p": _SAME,
        "eq-rep-o": _SAME,
        "eq-diff1": (
            "because {s0} and {o0} cannot be both the same and different",
            "parce que {s0} et {o0} ne peuvent être à la fois identiques et différents",
        ),
        "eq-diff2": _DIFFERENT,
        "eq-diff3": _DIFFERENT,
        "prp-ap": (
            "because {s} is an annotation property of OWL itself",
            "parce que {s} est une propriété d'annotation d'OWL même",
        ),
        "prp-dom": ("because what has {s0} is a {o0}", "parce que ce qui a {s0} est {o0}"),
        "prp-rng": (
            "because what {s0} leads to is a {o0}",
            "parce que ce à quoi mène {s0} est {o0}",
        ),
        "prp-fp": ("because nothing has two {s0}", "parce que rien n'a deux {s0}"),
        "prp-ifp": (
            "because no two things share one {s0}",
            "parce que deux choses n'ont jamais en commun {s0}",
        ),
        "prp-irp": (
            "because nothing has {s0} with itself",
            "parce que rien n'a {s0} avec soi-même",
        ),
        "prp-symp": ("because {s0} goes both ways", "parce que {s0} vaut dans les deux sens"),
        "prp-asyp": (
            "because {s0} never goes both ways",
            "parce que {s0} ne vaut jamais dans les deux sens",
        ),
        "prp-trp": (
            "because {s0} passes on from one to the next",
            "parce que {s0} se transmet de proche en proche",
        ),
        "prp-spo1": _KIND,
        "prp-spo2": (
            "because {list}, one after the other, make {s0}",
            "parce que {list}, l'un après l'autre, font {s0}",
        ),
        "prp-eqp1": _SAME_PROPERTY,
        "prp-eqp2": _SAME_PROPERTY,
        "prp-pdw": (
            "because {s0} and {o0} never hold between the same two",
            "parce que {s0} et {o0} ne valent jamais entre les deux mêmes",
        ),
        "prp-adp": (
            "because at most one of {list} holds between the same two",
            "parce qu'au plus un de {list} vaut entre les deux mêmes",
        ),
        "prp-inv1": _REVERSE,
        "prp-inv2": _REVERSE,
        "prp-key": (
            "because no two {s0} have the same {list}",
            "parce que deux {s0} n'ont jamais le même {list}",
        ),
        "prp-npa1": _DENIED,
        "prp-npa2": _DENIED,
        "cls-thing": _OWN_CLASS,
        "cls-nothing1": _OWN_CLASS,
        "cls-nothing2": ("because nothing can be {o0}", "parce que rien ne peut être {o0}"),
        "cls-int1": (
            "because what is each of {list} is a {s0}",
            "parce que ce qui est à la fois {list} est {s0}",
        ),
        "cls-int2": (
            "because a {s0} is each of {list}",
            "parce que ce qui est {s0} est à la fois {list}",
        ),
        "cls-uni": (
            "because what is any of {list} is a {s0}",
            "parce que ce qui est l'un de {list} est {s0}",
        ),
        "cls-com": (
            "because {s0} is the opposite of {o0}",
            "parce que {s0} est le contraire de {o0}",
        ),
        "cls-svf1": (
            "because what has {o1} with some {o0} is a {s0}",
            "parce que ce qui a {o1} avec quelque {o0} est {s0}",
        ),
        "cls-svf2": (
            "because what has {o1} with anything is a {s0}",
            "parce que ce qui a {o1} avec quoi que ce soit est {s0}",
        ),
        "cls-avf": (
            "because a {s0} has {o1} only with {o0}",
            "parce que ce qui est {s0} n'a {o1} qu'avec {o0}",
        ),
        "cls-hv1": (
            "because every {s0} has {o1} {o0}",
            "parce que tout ce qui est {s0} a {o1} {o0}",
        ),
        "cls-hv2": (
            "because what has {o1} {o0} is a {s0}",
            "parce que ce qui a {o1} {o0} est {s0}",
        ),
        "cls-maxc1": _NONE,
        "cls-maxc2": _AT_MOST_ONE,
        "cls-maxqc1": (
            "because what is {s0} has no {o1} that is a {o2}",
            "parce que ce qui est {s0} n'a pas de {o1} qui soit {o2}",
        ),
        "cls-maxqc2": _NONE,
        "cls-maxqc3": (
            "because what is {s0} has at most one {o1} that is a {o2}",
            "parce que ce qui est {s0} a au plus un {o1} qui soit {o2}",
        ),
        "cls-maxqc4": _AT_MOST_ONE,
        "cls-oo": (
            "because {s0} is exactly {list}",
            "parce que {s0}, c'est exactement {list}",
        ),
        "cax-sco": _ALSO,
        "cax-eqc1": _SAME_CLASS,
        "cax-eqc2": _SAME_CLASS,
        "cax-dw": (
            "because nothing is both {s0} and {o0}",
            "parce que rien n'est à la fois {s0} et {o0}",
        ),
        "cax-adc": (
            "because nothing is two of {list}",
            "parce que rien n'est deux choses parmi {list}",
        ),
        "dt-type1": (
            "because {s} is a datatype of OWL 2 RL",
            "parce que {s} est un type de données d'OWL 2 RL",
        ),
        "dt-type2": (
            "because the value of {s} is one of {o}",
            "parce que la valeur de {s} est de type {o}",
        ),
        "dt-eq": (
            "because {s} and {o} write one value",
            "parce que {s} et {o} écrivent une seule valeur",
        ),
        "dt-diff": (
            "because {s} and {o} are different values",
            "parce que {s} et {o} sont des valeurs différentes",
        ),
        "dt-not-type": (
            "because a value does not fit its datatype",
            "parce qu'une valeur ne convient pas à son type de données",
        ),
        "scm-cls": ("because {s0} is a class", "parce que {s0} est une classe"),
        "scm-sco": (
            "because every {s0} is a {o0}, and every {o0} a {o1}",
            "parce que tout ce qui est {s0} est {o0}, et tout ce qui est {o0}, {o1}",
        ),
        "scm-eqc1": _SAME_CLASS,
        "scm-eqc2": (
            "because every {s0} is a {o0}, and every {o0} a {s0}",
            "parce que tout ce qui est {s0} est {o0}, et inversement",
        ),
        "scm-op": _PROPERTY,
        "scm-dp": _PROPERTY,
        "scm-spo": (
            "because {s0} is a kind of {o0}, and {o0} a kind of {o1}",
            "parce que {s0} est une sorte de {o0}, et {o0} une sorte de {o1}",
        ),
        "scm-eqp1": _SAME_PROPERTY,
        "scm-eqp2": (
            "because {s0} is a kind of {o0}, and {o0} a kind of {s0}",
            "parce que {s0} est une sorte de {o0}, et inversement",
        ),
        "scm-dom1": (
            "because what has {s0} is a {o0}, and so a {o1}",
            "parce que ce qui a {s0} est {o0}, et donc {o1}",
        ),
        "scm-dom2": (
            "because {s1} is a kind of {o1}, and what has {o1} is a {o0}",
            "parce que {s1} est une sorte de {o1}, et que ce qui a {o1} est {o0}",
        ),
        "scm-rng1": (
            "because what {s0} leads to is a {o0}, and so a {o1}",
            "parce que ce à quoi mène {s0} est {o0}, et donc {o1}",
        ),
        "scm-rng2": (
            "because {s1} is a kind of {o1}, and what {o1} leads to is a {o0}",
            "parce que {s1} est une sorte de {o1}, et que ce à quoi mène {o1} est {o0}",
        ),
        "scm-hv": _LAST_KIND,
        "scm-svf1": _LAST_ALSO,
        "scm-svf2": _LAST_KIND,
        "scm-avf1": _LAST_ALSO,
        "scm-avf2": _LAST_KIND,
        "scm-int": (
            "because a {s0} is each of {list}",
            "parce que ce qui est {s0} est à la fois {list}",
        ),
        "scm-uni": (
            "because what is any of {list} is a {s0}",
            "parce que ce qui est l'un de {list} est {s0}",
        ),
    }
)
"""The reading of every rule, in the order of `LANGUAGES`."""

REASONS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "incomplete": (
            "the restriction does not say on which property, or of which class",
            "la restriction ne dit pas sur quelle propriété, ou de quelle classe",
        ),
        "list-cyclic": ("the list comes back to itself", "la liste revient sur elle-même"),
        "list-empty": ("the list is empty", "la liste est vide"),
        "list-forked": (
            "a cell of the list has two values of rdf:first or rdf:rest",
            "une cellule de la liste a deux valeurs de rdf:first ou de rdf:rest",
        ),
        "list-open": (
            "a cell of the list lacks rdf:first or rdf:rest",
            "il manque rdf:first ou rdf:rest à une cellule de la liste",
        ),
        "literal": (
            "a literal stands where a class, property or thing must",
            "un littéral est à la place d'une classe, d'une propriété ou d'une chose",
        ),
        "no-rule": ("OWL 2 RL has no rule for it", "OWL 2 RL n'a pas de règle pour cela"),
        "number": (
            "OWL 2 RL has rules for at most 0 and at most 1 only",
            "OWL 2 RL n'a de règles que pour au plus 0 et au plus 1",
        ),
        "subclass": (
            "rules do not find out what meets this description",
            "les règles ne trouvent pas ce qui répond à cette description",
        ),
        "superclass": (
            "rules draw nothing definite from this description",
            "les règles ne tirent rien de précis de cette description",
        ),
        "vocabulary": (
            "two terms of RDF or OWL are said to be the same",
            "deux termes de RDF ou d'OWL sont dits identiques",
        ),
    }
)
"""Why an axiom is ignored, or followed only in part, in the order of `LANGUAGES`."""

_FIRST: Final = iri("rdf:first")


def reading(step: Derivation | Inconsistency, name: Callable[[Term], str], language: str = "en") -> str:
    """Say why a step of a proof holds, in words for a reader who knows no OWL.

    `name` gives the name of a term in that language; `language` is one of `LANGUAGES`.
    """
    names = dict(_slots(step.premises, name))
    if isinstance(step, Derivation):
        names |= _places("", "", step.conclusion, name)
    return READINGS[step.rule][LANGUAGES.index(language)].format_map(names)


def reason(ignored: Ignored, language: str = "en") -> str:
    """Say why an axiom has not its full effect; `language` is one of `LANGUAGES`."""
    return REASONS[ignored.reason][LANGUAGES.index(language)]


def _slots(premises: tuple[Statement, ...], name: Callable[[Term], str]) -> Iterable[tuple[str, str]]:
    for number, premise in enumerate(premises):
        yield from _places("", str(number), premise, name).items()
    if premises:
        yield from _places("_", "1", premises[-1], name).items()
    members = [
        name(premise.object) for premise in premises if getattr(premise.predicate, "value", "") == _FIRST
    ]
    yield "list", ", ".join(members)


def _places(sign: str, number: str, statement: Statement, name: Callable[[Term], str]) -> dict[str, str]:
    places = {"s": statement.subject, "p": statement.predicate, "o": statement.object}
    return {f"{place}{sign}{number}": name(term) for place, term in places.items()}

"""What no shape can see because a shape sees one graph: which graph says what, and which terms there are.

A shape is about nodes that its targets select in the union of all graphs. These rules compare graphs, or
look at every statement whatever it is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from dealgraph.check.data import Data
from dealgraph.check.findings import Breach
from dealgraph.terms import compact, iri

_DG: Final = iri("dg:")
_FACTS: Final = NamedNode(iri("graph:facts"))
_TRUE: Final = Literal("true", datatype=NamedNode(iri("xsd:boolean")))
_FACETS: Final = ("subject", "predicate", "object", "realis", "stance", "polarity", "rank")


def _dg(name: str) -> NamedNode:
    return NamedNode(_DG + name)


_PREDICATE: Final = _dg("predicate")
_INSIDE: Final = (_dg("inArticle"), _dg("inSnapshot"))
_PLACES: Final = (_dg("passage"), _dg("cell"))
_VOUCHED: Final = frozenset(map(_dg, ("Asserted", "Confirmed", "Estimated")))
_AHEAD: Final = frozenset(map(_dg, ("Expected", "Planned")))

Term = NamedNode | BlankNode | Literal | Triple
Facets = Mapping[str, Term]


@dataclass(frozen=True)
class Layers:
    """The quads of a check, in their graphs: the data, and the ontology that describes its terms."""

    data: Data
    ontology: tuple[Quad, ...]

    def marked(self, name: str) -> frozenset[Term]:
        """Return the properties that the ontology marks by `dg:prospective` or `dg:identifying`."""
        return frozenset(q.subject for q in self.ontology if q.predicate == _dg(name) and q.object == _TRUE)

    @cached_property
    def survey(self) -> Survey:
        """What reading all the data once tells."""
        return _survey(self.data, {quad.subject for quad in self.ontology})


@dataclass(frozen=True)
class Survey:
    """What all the data are about: how many nodes, and how many terms of the ontology they use.

    `blank` are the statements with a blank node. `undeclared` are the terms that the ontology does not have,
    each with a node it is used of, and the first predicate by which.
    """

    nodes: int
    terms: int
    blank: tuple[Quad, ...]
    undeclared: Mapping[tuple[NamedNode, Term], NamedNode]


def _survey(data: Iterable[Quad], declared: Container[Term]) -> Survey:
    nodes: set[Term] = set()
    used: set[NamedNode] = set()
    blank: list[Quad] = []
    undeclared: dict[tuple[NamedNode, Term], NamedNode] = {}
    for quad in data:
        subject, predicate = quad.subject, quad.predicate
        nodes.add(subject)
        if isinstance(subject, BlankNode) or isinstance(quad.object, BlankNode):
            blank.append(quad)
        for term in _terms(quad):
            used.add(term)
            if term not in declared:
                others = (undeclared.get((term, subject), predicate), predicate)
                undeclared[term, subject] = min(others, key=str)
    return Survey(len(nodes), len(used), tuple(blank), undeclared)


@dataclass(frozen=True)
class Outcome:
    """How many nodes a rule was about, and what it has against them."""

    applied: int
    breaches: tuple[Breach, ...]


@dataclass(frozen=True)
class Rule:
    """A rule that is not a shape: its name in the profile, what it says, and how to apply it."""

    name: str
    message_en: str
    message_fr: str
    apply: Callable[[Rule, Layers], Outcome]

    def breach(self, focus: Term, path: str, value: Term) -> Breach:
        """Return what this rule has against a node, by one of its values."""
        return Breach(self.name, text(focus), path, text(value), self.message_en, self.message_fr)


def text(term: Term | None) -> str:
    """Return the IRI or the text of a term, `[]` for a blank node, nothing for no term."""
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else "[]"


def _stands_in_its_article(rule: Rule, layers: Layers) -> Outcome:
    articles: defaultdict[Term, set[Term]] = defaultdict(set)
    for link in _INSIDE:
        for quad in layers.data.having(link):
            articles[quad.subject].add(quad.object)
    passages = [quad for link in _PLACES for quad in layers.data.having(link)]
    breaches = (
        rule.breach(quad.subject, compact(quad.predicate.value), quad.object)
        for quad in passages
        if quad.object in articles and quad.graph_name not in articles[quad.object]
    )
    return Outcome(len({quad.subject for quad in passages}), tuple(breaches))


def _has_no_blank_node(rule: Rule, layers: Layers) -> Outcome:
    breaches = (
        rule.breach(quad.subject, compact(quad.predicate.value), quad.object) for quad in layers.survey.blank
    )
    return Outcome(layers.survey.nodes, tuple(breaches))


def _is_declared(rule: Rule, layers: Layers) -> Outcome:
    breaches = (
        rule.breach(subject, compact(predicate.value), term)
        for (term, subject), predicate in layers.survey.undeclared.items()
    )
    return Outcome(layers.survey.terms, tuple(breaches))


def _is_admissible_fact(rule: Rule, layers: Layers) -> Outcome:
    if not any(True for _ in layers.data.inside(_FACTS)):
        return Outcome(0, ())
    claims = dict(_claims(layers.data))
    prospective, identifying = layers.marked("prospective"), layers.marked("identifying")
    doubtful = {claim for claim, facets in claims.items() if not _is_admissible(facets, prospective)}
    asked = {_triple(claims[claim]) for claim in doubtful}
    others = (_triple(facets) for claim, facets in claims.items() if claim not in doubtful)
    unsound = asked.difference(others)
    breaches = (
        rule.breach(claim, compact(text(facets["predicate"])), facets["object"])
        for claim, facets in claims.items()
        if facets["predicate"] not in identifying
        and (said := _triple(facets)) in unsound
        and layers.data.has(said, _FACTS)
    )
    return Outcome(len(claims), tuple(breaches))


def _terms(quad: Quad) -> Iterator[NamedNode]:
    """Yield the terms of the ontology in a quad; the value of `dg:predicate` has a shape of its own."""
    predicate = quad.predicate
    for term in (
        (quad.subject, predicate) if predicate == _PREDICATE else (quad.subject, predicate, quad.object)
    ):
        if isinstance(term, NamedNode) and term.value.startswith(_DG):
            yield term


def _claims(data: Data) -> Iterator[tuple[Term, Facets]]:
    """Yield the claims that have every facet; shapes see to the others, and to those that have one twice."""
    found = described_by(data, _FACETS)
    yield from ((claim, facets) for claim, facets in found.items() if len(facets) == len(_FACETS))


def described_by(data: Data, names: Iterable[str]) -> Mapping[Term, Facets]:
    """Return by node its value of each of some properties of ours; of several values the first in order."""
    found: defaultdict[Term, dict[str, Term]] = defaultdict(dict)
    once: dict[Term, Term] = {}  # for millions of claims have few kinds of values
    for name in names:
        for quad in data.having(_dg(name)):
            values, value = found[quad.subject], quad.object
            value = once.setdefault(value, value)
            values[name] = min(values[name], value, key=str) if name in values else value
    return found


def _is_admissible(facets: Facets, prospective: frozenset[Term]) -> bool:
    is_there = facets["realis"] == _dg("Actual")
    may_be_ahead = facets["realis"] in _AHEAD and facets["predicate"] in prospective
    is_held = facets["polarity"] == _dg("Positive") and facets["rank"] != _dg("Deprecated")
    return is_held and facets["stance"] in _VOUCHED and (is_there or may_be_ahead)


def _triple(facets: Facets) -> tuple[Term, Term, Term]:
    return facets["subject"], facets["predicate"], facets["object"]


def looked_up(
    data: Iterable[Quad], ontology: Callable[[NamedNode | None, NamedNode | None], Iterable[Quad]]
) -> Iterator[Quad]:
    """Yield what the rules look at in the ontology for some data; `ontology` gives its quads by their parts.

    Reach for it where the data are few: the rules find on it what they find on the whole ontology.
    """
    for name in ("prospective", "identifying"):
        yield from ontology(None, _dg(name))
    for term in {term for quad in data for term in _terms(quad)}:
        yield from ontology(term, None)


RULES: Final = (
    Rule(
        "rule:ClaimStandsInItsArticle",
        "The graph is not that of the passage's article or the cell's snapshot, so that admission would date "
        "the statement wrongly: move it to the file of that one.",
        "Le graphe n'est pas celui de l'article du passage ou du relevé de la cellule, l'admission daterait "
        "donc mal l'énoncé : le déplacer dans le fichier de celui-ci.",
        _stands_in_its_article,
    ),
    Rule(
        "rule:DataHasNoBlankNode",
        "The statement has a blank node, which cannot be cited or compared: give the node an IRI.",
        "L'énoncé a un nœud anonyme, qui ne peut être cité ni comparé : donner une IRI au nœud.",
        _has_no_blank_node,
    ),
    Rule(
        "rule:FactIsAdmissible",
        "The claim is negative, deprecated, not vouched for or not (yet) actual, and its statement is among "
        "the facts: correct its facets, or the admission query.",
        "L'affirmation est négative, dépréciée, non garantie ou pas (encore) réelle, et son énoncé est parmi "
        "les faits : corriger ses facettes, ou la requête d'admission.",
        _is_admissible_fact,
    ),
    Rule(
        "rule:TermIsDeclared",
        "No module of the ontology declares this term: correct its spelling, or declare it in ontology/.",
        "Aucun module de l'ontologie ne déclare ce terme : corriger l'orthographe, ou le déclarer dans "
        "ontology/.",
        _is_declared,
    ),
)

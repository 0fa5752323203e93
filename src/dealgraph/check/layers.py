"""What no shape can see because a shape sees one graph: which graph says what, and which terms there are.

A shape is about nodes that its targets select in the union of all graphs. These rules compare graphs, or
look at every statement whatever it is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from dealgraph.check.findings import Breach
from dealgraph.terms import compact, iri

_DG: Final = iri("dg:")
_FACTS: Final = NamedNode(iri("graph:facts"))
_TRUE: Final = Literal("true", datatype=NamedNode(iri("xsd:boolean")))
_FACETS: Final = ("subject", "predicate", "object", "realis", "stance", "polarity", "rank")


def _dg(name: str) -> NamedNode:
    return NamedNode(_DG + name)


_VOUCHED: Final = frozenset(map(_dg, ("Asserted", "Confirmed", "Estimated")))
_AHEAD: Final = frozenset(map(_dg, ("Expected", "Planned")))

Term = NamedNode | BlankNode | Literal | Triple
Facets = Mapping[str, Term]


@dataclass(frozen=True)
class Layers:
    """The quads of a check, in their graphs: the data, and the ontology that describes its terms."""

    data: tuple[Quad, ...]
    ontology: tuple[Quad, ...]

    def marked(self, name: str) -> frozenset[Term]:
        """Return the properties that the ontology marks by `dg:prospective` or `dg:identifying`."""
        return frozenset(q.subject for q in self.ontology if q.predicate == _dg(name) and q.object == _TRUE)


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
    inside = (_dg("inArticle"), _dg("inSnapshot"))
    articles: dict[Term, Term] = {q.subject: q.object for q in layers.data if q.predicate in inside}
    passages = [q for q in layers.data if q.predicate in {_dg("passage"), _dg("cell")}]
    breaches = (
        rule.breach(quad.subject, compact(quad.predicate.value), quad.object)
        for quad in passages
        if quad.object in articles and articles[quad.object] != quad.graph_name
    )
    return Outcome(len({quad.subject for quad in passages}), tuple(breaches))


def _has_no_blank_node(rule: Rule, layers: Layers) -> Outcome:
    breaches = (
        rule.breach(quad.subject, compact(quad.predicate.value), quad.object)
        for quad in layers.data
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)
    )
    return Outcome(len({quad.subject for quad in layers.data}), tuple(breaches))


def _is_declared(rule: Rule, layers: Layers) -> Outcome:
    declared = {q.subject for q in layers.ontology}
    used: set[NamedNode] = set()
    missing: dict[tuple[NamedNode, Term], Quad] = {}
    for quad in layers.data:
        for term in _terms(quad):
            used.add(term)
            if term not in declared:
                missing[term, quad.subject] = quad
    breaches = (
        rule.breach(subject, compact(quad.predicate.value), term) for (term, subject), quad in missing.items()
    )
    return Outcome(len(used), tuple(breaches))


def _is_admissible_fact(rule: Rule, layers: Layers) -> Outcome:
    facts = {(q.subject, q.predicate, q.object) for q in layers.data if q.graph_name == _FACTS}
    claims = dict(_claims(layers.data)) if facts else {}
    prospective, identifying = layers.marked("prospective"), layers.marked("identifying")
    sound = {_triple(facets) for facets in claims.values() if _is_admissible(facets, prospective)}
    unsound = facts - sound
    breaches = (
        rule.breach(claim, compact(text(facets["predicate"])), facets["object"])
        for claim, facets in claims.items()
        if facets["predicate"] not in identifying and _triple(facets) in unsound
    )
    return Outcome(len(claims), tuple(breaches))


def _terms(quad: Quad) -> Iterator[NamedNode]:
    """Yield the terms of the ontology in a quad; the value of `dg:predicate` has a shape of its own."""
    named: tuple[Term, ...] = (quad.subject, quad.predicate)
    if quad.predicate != _dg("predicate"):
        named = (*named, quad.object)
    yield from (term for term in named if isinstance(term, NamedNode) and term.value.startswith(_DG))


def _claims(data: Iterable[Quad]) -> Iterator[tuple[Term, Facets]]:
    """Yield the claims that have every facet; shapes see to the others."""
    names = {_dg(name): name for name in _FACETS}
    found: defaultdict[Term, dict[str, Term]] = defaultdict(dict)
    for quad in data:
        if name := names.get(quad.predicate):
            found[quad.subject][name] = quad.object
    yield from ((claim, facets) for claim, facets in found.items() if len(facets) == len(_FACETS))


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

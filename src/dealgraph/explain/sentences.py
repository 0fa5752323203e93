"""Triples and axioms as sentences of a language, made of the labels that the graph has for their terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.closure import Derivation, Statement, Term
from dealgraph.closure.readings import READINGS, reading
from dealgraph.explain.phrases import WHY
from dealgraph.proof import FALSE, FromAxiom
from dealgraph.report import Teller
from dealgraph.terms import compact, iri

_TYPE: Final = iri("rdf:type")
_DEFINITION: Final = NamedNode(iri("skos:definition"))
_FIRST, _REST, _NIL = (NamedNode(iri(f"rdf:{name}")) for name in ("first", "rest", "nil"))
_HAS_SELF, _ON_PROPERTY = (NamedNode(iri(f"owl:{name}")) for name in ("hasSelf", "onProperty"))
_DISTINCT: Final = NamedNode(iri("owl:distinctMembers"))
_HINGES: Final = frozenset(
    {"as", "at", "by", "during", "for", "from", "in", "of", "on", "over", "through", "to", "with"}
)
_FRENCH_HINGES: Final = frozenset(
    {"au", "chez", "comme", "dans", "de", "en", "le", "par", "pour", "sur", "à"}
)
_VERBS: Final = frozenset(
    {"abandoned", "acquired", "approached", "ended", "established", "invested in", "launched", "started"}
)
_THINGS: Final = iri("id:")
_BUILT_IN: Final[Mapping[str, str]] = {
    iri("owl:differentFrom"): "differs",
    iri("owl:sameAs"): "same",
    iri("rdfs:subClassOf"): "kind of",
    iri("rdfs:subPropertyOf"): "kind of",
}
_BY_PREDICATE: Final[Mapping[str, str]] = {
    iri("owl:disjointWith"): "cax-dw",
    iri("owl:equivalentClass"): "cax-eqc1",
    iri("owl:equivalentProperty"): "prp-eqp1",
    iri("owl:inverseOf"): "prp-inv1",
    iri("owl:members"): "cax-adc",
    iri("owl:propertyChainAxiom"): "prp-spo2",
    iri("owl:propertyDisjointWith"): "prp-pdw",
    iri("rdfs:domain"): "prp-dom",
    iri("rdfs:range"): "prp-rng",
    iri("rdfs:subClassOf"): "cax-sco",
    iri("rdfs:subPropertyOf"): "prp-spo1",
}
_BY_TYPE: Final[Mapping[str, str]] = {
    iri("owl:AsymmetricProperty"): "prp-asyp",
    iri("owl:FunctionalProperty"): "prp-fp",
    iri("owl:InverseFunctionalProperty"): "prp-ifp",
    iri("owl:IrreflexiveProperty"): "prp-irp",
    iri("owl:SymmetricProperty"): "prp-symp",
    iri("owl:TransitiveProperty"): "prp-trp",
}


@dataclass(frozen=True)
class Sentences:
    """Puts what proofs are about into the words of a teller's language."""

    teller: Teller

    @property
    def say(self) -> Mapping[str, str]:
        """The standing phrases of the language."""
        return WHY[self.teller.language]

    def triple(self, statement: Statement) -> str:
        """Put a triple into a sentence, such as `Meta holds stake in Scale AI`."""
        if statement == FALSE:
            return self.say["contradiction"]
        subject = self.thing(statement.subject)
        if statement.predicate == NamedNode(_TYPE):
            return self.say["type"].format(subject, self.kind(statement.object))
        if (phrase := _BUILT_IN.get(_text(statement.predicate))) is not None:
            return self.say[phrase].format(subject, self.thing(statement.object))
        return f"{subject} {self.relation(statement.predicate)} {self.thing(statement.object)}"

    def thing(self, term: object) -> str:
        """Return the words for a thing; a label that is a description stands between quotation marks."""
        words = self.term(term)
        if not isinstance(term, NamedNode):
            return words
        described = term.value.startswith(_THINGS) and words[:1].islower()
        is_claim = self.teller.evidence.is_claim(term.value)
        return self.quoted(words.rstrip(".")) if described or is_claim else words

    def term(self, term: object) -> str:
        """Return the label of a thing, the words for a quantity or a date, or a literal as it is."""
        if isinstance(term, NamedNode):
            return self.teller.told(term.value)
        return term.value if isinstance(term, Literal) else str(term)

    def relation(self, predicate: object) -> str:
        """Return the label of a property, with a verb if it has none."""
        label = self.term(predicate)
        name = self.teller.evidence.label(predicate.value, "en") if isinstance(predicate, NamedNode) else ""
        return self.say[_form(name, label)].format(label)

    def kind(self, term: object) -> str:
        """Return the label of a class as a sentence needs it: `a company`, `« entreprise »`."""
        label = self.term(term)
        if self.teller.language != "en":
            return self.quoted(label)
        return f"{'an' if label[:1].lower() in 'aeiou' else 'a'} {label}"

    def quoted(self, label: str) -> str:
        """Put a label between the quotation marks of the language."""
        return self.say["quoted"].format(label)

    def axiom(self, axiom: FromAxiom) -> str:
        """Say in words what an axiom contributes; one that defines a class, by the class's definition."""
        top = axiom.axiom
        if marks := [t for t in axiom.triples if t.predicate == _HAS_SELF]:
            link = next(
                t for t in axiom.triples if t.predicate == _ON_PROPERTY and t.subject == marks[0].subject
            )
            return self.say["self"].format(self.term(top.subject), self._name(link.object))
        if top.predicate == _DISTINCT:
            return self.say["different"].format(", ".join(map(self._name, _members(axiom))))
        rule = _BY_PREDICATE.get(top.predicate.value) or _BY_TYPE.get(_text(top.object), "")
        cells = tuple(Triple(BlankNode(), _FIRST, member) for member in _members(axiom))
        if rule and (cells or not _is_unnamed(top)):
            return self.step(Derivation(rule, top, (top, *cells)))
        named = top.subject if isinstance(top.subject, NamedNode) else top.object
        return self.say["definition"].format(self._name(named), self._definition(named))

    def step(self, derivation: Derivation) -> str:
        """Say in words why a step by a rule may be taken; nothing for a rule that has no reading."""
        if derivation.rule not in READINGS:
            return ""
        return reading(derivation, self._name, self.teller.language)

    def _definition(self, term: object) -> str:
        if not isinstance(term, NamedNode):
            return ""
        quads = self.teller.evidence.store.quads_for_pattern(term, _DEFINITION, None, None)
        texts = {q.object.language: q.object.value for q in quads if isinstance(q.object, Literal)}
        return (texts.get(self.teller.language) or next(iter(texts.values()), compact(term.value))).rstrip(
            "."
        )

    def _name(self, term: object) -> str:
        return self.quoted(self.term(term))


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _is_unnamed(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _form(name: str, label: str) -> str:
    """Tell what a label lacks to be a predicate: nothing, `is` or `has`; `name` is the English label."""
    words, last = name.split() or [""], label.split()[-1:]
    if label.startswith("a ") or name in _VERBS or words[0].endswith(("s", "ly")) or words[0] in _HINGES:
        return "verb"
    past = words[0].endswith("ed") and any(word in _HINGES for word in words)
    if words[-1] in _HINGES or past:
        return "state" if name == label or last[0] in _FRENCH_HINGES else "noun"
    return "noun"


def _members(axiom: FromAxiom) -> Sequence[Term]:
    """The members of the list that an axiom begins with, in order."""
    first = {t.subject: t.object for t in axiom.triples if t.predicate == _FIRST}
    rest = {t.subject: t.object for t in axiom.triples if t.predicate == _REST}
    found: list[Term] = []
    cell: object = axiom.axiom.object
    while isinstance(cell, BlankNode) and cell in first and len(found) < len(first):
        found.append(first[cell])
        cell = rest.get(cell, _NIL)
    return found

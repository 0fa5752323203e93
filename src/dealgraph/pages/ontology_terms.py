"""The ontology as people read it: modules, terms, what is wider and narrower, and where each term is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from dealgraph.sources import ALIGNMENTS, ONTOLOGY, SHAPES
from dealgraph.terms import iri, local_name

Texts = Mapping[str, str]
_KINDS: Final = (
    ("class", "owl:Class"),
    ("relation", "owl:ObjectProperty"),
    ("attribute", "owl:DatatypeProperty"),
    ("annotation", "owl:AnnotationProperty"),
    ("individual", "owl:NamedIndividual"),
    ("datatype", "rdfs:Datatype"),
)
KINDS: Final = tuple(kind for kind, _ in _KINDS)
"""The kinds of terms, in the order in which they are listed."""
_TERMS: Final = iri("dg:")
_AXIOMS: Final = frozenset(
    iri(name)
    for name in (
        "rdfs:subClassOf",
        "rdfs:subPropertyOf",
        "owl:disjointWith",
        "owl:equivalentProperty",
        "owl:inverseOf",
        "owl:propertyChainAxiom",
        "owl:propertyDisjointWith",
    )
)
_CHARACTERISTICS: Final = frozenset(
    iri(f"owl:{name}Property")
    for name in ("Asymmetric", "Functional", "InverseFunctional", "Irreflexive", "Symmetric", "Transitive")
)
_TEXTS: Final = ("rdfs:label", "skos:definition", "skos:scopeNote", "skos:example")


@dataclass(frozen=True)
class Term:
    """One term: its name, its kind, its texts by language, and its nearest neighbours by their IRIs."""

    iri: str
    kind: str
    module: str
    label: Texts
    definition: Texts
    note: Texts
    example: Texts
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The local name: its anchor on the page of all terms."""
        return local_name(self.iri)


@dataclass(frozen=True)
class Module:
    """One module of the ontology, with its title and what it is about."""

    iri: str
    title: Texts
    description: Texts
    version: str


@dataclass(frozen=True)
class Branch:
    """A class and the classes below it."""

    term: Term
    below: tuple[Branch, ...]


@dataclass(frozen=True)
class Vocabulary:
    """The terms of the ontology of a store; what is asked once is kept."""

    store: Store

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Every term by its IRI, in the order of the names."""
        nodes = sorted({quad.subject for quad in self._quads if self._is_term(quad)}, key=str)
        return {term.iri: term for term in map(self._term, nodes) if term.kind}

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """The modules, in the order of their IRIs."""
        found = self._about(None, "rdf:type", NamedNode(iri("owl:Ontology")))
        nodes = sorted({q.subject.value for q in found if isinstance(q.subject, NamedNode)})
        return tuple(
            Module(
                node,
                self._texts(NamedNode(node), "dcterms:title"),
                self._texts(NamedNode(node), "dcterms:description"),
                next(iter(self._values(NamedNode(node), "owl:versionInfo")), ""),
            )
            for node in nodes
        )

    @cached_property
    def classes(self) -> tuple[Branch, ...]:
        """The hierarchy of the classes; one below two others comes twice."""
        tops = [term for term in self.terms.values() if term.kind == "class" and not self.wider(term.iri)]
        return tuple(self._branch(term, frozenset()) for term in tops)

    def wider(self, name: str) -> tuple[str, ...]:
        """Return the terms right above a term: what it is a kind of, by a statement or by its definition."""
        node = NamedNode(name)
        stated = (*self._values(node, "rdfs:subClassOf"), *self._values(node, "rdfs:subPropertyOf"))
        wholes = self._objects(node, "owl:equivalentClass")
        defined = (part for whole in wholes for part in self._parts(whole))
        found = {other for other in (*stated, *defined) if other in self._names and other != name}
        above = {far for other in found for far in self._above(other) if far != other}
        return tuple(sorted(found - above))

    def narrower(self, name: str) -> tuple[str, ...]:
        """Return the terms right below a term."""
        return self._narrower.get(name, ())

    def axioms(self, name: str) -> tuple[Triple, ...]:
        """Return the statements on a term that say what follows from it, but not its domain and range."""
        node = NamedNode(name)
        quads = self.store.quads_for_pattern(node, None, None, ONTOLOGY)
        found = [q.triple for q in quads if q.predicate.value in _AXIOMS or _is_characteristic(q)]
        return tuple(sorted(found, key=lambda triple: (triple.predicate.value, str(triple.object))))

    def alignments(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the terms of other vocabularies that a term is a narrower one of: relation and IRI."""
        quads = self.store.quads_for_pattern(NamedNode(name), None, None, ALIGNMENTS)
        links = (iri("rdfs:subClassOf"), iri("rdfs:subPropertyOf"))
        return tuple(
            sorted(
                (q.predicate.value, q.object.value)
                for q in quads
                if q.predicate.value in links and isinstance(q.object, NamedNode)
            )
        )

    def shapes(self, name: str) -> tuple[str, ...]:
        """Return the named shapes that speak of a term, by their IRIs."""
        found: set[str] = set()
        pending: list[NamedNode | BlankNode] = [NamedNode(name)]
        seen: set[object] = set()
        while pending:
            node = pending.pop()
            for quad in self.store.quads_for_pattern(None, None, node, SHAPES):
                subject = quad.subject
                if isinstance(subject, NamedNode) and subject.value.startswith(iri("shape:")):
                    found.add(subject.value)
                elif isinstance(subject, BlankNode) and subject not in seen:
                    seen.add(subject)
                    pending.append(subject)
        return tuple(sorted(found))

    def quads(self, names: Iterable[str]) -> Iterator[Quad]:
        """Yield what the ontology and the alignments say of some terms, with all unnamed nodes below."""
        pending: list[NamedNode | BlankNode] = [NamedNode(name) for name in names]
        seen = set(pending)
        while pending:
            node = pending.pop()
            for graph in (ONTOLOGY, ALIGNMENTS):
                for quad in self.store.quads_for_pattern(node, None, None, graph):
                    yield quad
                    if isinstance(quad.object, BlankNode) and quad.object not in seen:
                        seen.add(quad.object)
                        pending.append(quad.object)

    @cached_property
    def _quads(self) -> tuple[Quad, ...]:
        return tuple(self._about(None, "rdfs:isDefinedBy", None))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(q.subject.value for q in self._quads if isinstance(q.subject, NamedNode))

    @cached_property
    def _narrower(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name in self.terms:
            for other in self.wider(name):
                found.setdefault(other, []).append(name)
        return {name: tuple(others) for name, others in found.items()}

    def _branch(self, term: Term, above: frozenset[str]) -> Branch:
        below = [self.terms[name] for name in self.narrower(term.iri) if name not in above]
        return Branch(term, tuple(self._branch(each, above | {term.iri}) for each in below))

    def _above(self, name: str) -> frozenset[str]:
        found, level = {name}, {name}
        while (
            level := {
                other
                for one in level
                for link in ("rdfs:subClassOf", "rdfs:subPropertyOf")
                for other in self._values(NamedNode(one), link)
            }
            - found
        ):
            found |= level
        return frozenset(found)

    @staticmethod
    def _is_term(quad: Quad) -> bool:
        return isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(_TERMS)

    def _term(self, subject: object) -> Term:
        assert isinstance(subject, NamedNode)
        types = self._values(subject, "rdf:type")
        texts = {name: self._texts(subject, name) for name in _TEXTS}
        return Term(
            iri=subject.value,
            kind=next((kind for kind, name in _KINDS if iri(name) in types), ""),
            module=next(iter(self._values(subject, "rdfs:isDefinedBy")), ""),
            label=texts["rdfs:label"],
            definition=texts["skos:definition"],
            note=texts["skos:scopeNote"],
            example=texts["skos:example"],
            domain=self._named(subject, "rdfs:domain"),
            range=self._named(subject, "rdfs:range"),
            types=tuple(name for name in types if name.startswith(_TERMS)),
        )

    def _named(self, node: NamedNode, link: str) -> tuple[str, ...]:
        """The values of a link, those of a union one by one."""
        found = (part for value in self._objects(node, link) for part in self._parts(value, "owl:unionOf"))
        return tuple(dict.fromkeys(found))

    def _parts(self, node: object, link: str = "owl:intersectionOf") -> Iterator[str]:
        """The names that an expression is made of: itself, or the members of its list."""
        if isinstance(node, NamedNode):
            yield node.value
        elif isinstance(node, BlankNode):
            for head in self._objects(node, link):
                yield from self._members(head)

    def _members(self, head: object) -> Iterator[str]:
        while isinstance(head, BlankNode):
            for member in self._objects(head, "rdf:first"):
                if isinstance(member, NamedNode):
                    yield member.value
            head = next(iter(self._objects(head, "rdf:rest")), None)

    def _about(self, subject: NamedNode | None, link: str, value: NamedNode | None) -> Iterator[Quad]:
        yield from self.store.quads_for_pattern(subject, NamedNode(iri(link)), value, ONTOLOGY)

    def _objects(self, node: NamedNode | BlankNode, link: str) -> list[NamedNode | BlankNode]:
        quads = self.store.quads_for_pattern(node, NamedNode(iri(link)), None, ONTOLOGY)
        return [quad.object for quad in quads if isinstance(quad.object, NamedNode | BlankNode)]

    def _values(self, node: NamedNode, link: str) -> tuple[str, ...]:
        quads = self.store.quads_for_pattern(node, NamedNode(iri(link)), None, ONTOLOGY)
        return tuple(sorted(q.object.value for q in quads if isinstance(q.object, NamedNode | Literal)))

    def _texts(self, node: NamedNode, link: str) -> Texts:
        quads = self.store.quads_for_pattern(node, NamedNode(iri(link)), None, ONTOLOGY)
        return {q.object.language or "": q.object.value for q in quads if isinstance(q.object, Literal)}


def _is_characteristic(quad: Quad) -> bool:
    return quad.predicate.value == iri("rdf:type") and getattr(quad.object, "value", "") in _CHARACTERISTICS

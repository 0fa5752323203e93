"""What proofs in a store end on: where each given triple comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from pyoxigraph import Literal, NamedNode, Store, Triple

from dealgraph.admit import ADMITTED, FACTS
from dealgraph.derive import DERIVED
from dealgraph.proof.axioms import Axioms
from dealgraph.proof.tree import FromBackground, FromClaims, FromFrame, Leaf, Proof
from dealgraph.proof.worked_out import WorkedOut
from dealgraph.reason import BACKGROUND, triples_of
from dealgraph.sources import ONTOLOGY, THINGS
from dealgraph.terms import iri

_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(iri(f"dg:{name}")) for name in ("subject", "predicate", "object"))
_IDENTIFYING: Final = NamedNode(iri("dg:identifying"))
_PUBLISHED: Final = NamedNode(iri("dg:publicationDate"))
_TYPE: Final = NamedNode(iri("rdf:type"))
_CLAIM: Final = NamedNode(iri("dg:Claim"))
_MARK: Final = NamedNode(iri("dg:admitted"))

_Key = TypeVar("_Key", str, Triple)

Place = Callable[[str], str]
"""From the IRI of a subject to the file and line of its description, or to nothing."""


@dataclass(frozen=True)
class Grounds:
    """The given triples of a store and where they come from."""

    store: Store
    place: Place

    @cached_property
    def facts(self) -> frozenset[Triple]:
        """What admitted claims support."""
        return frozenset(triples_of(self.store, FACTS))

    @cached_property
    def axioms(self) -> Axioms:
        """The ontology."""
        return Axioms.read(triples_of(self.store, ONTOLOGY), self.place)

    @cached_property
    def background(self) -> Mapping[Triple, str]:
        """Background facts with their graphs."""
        graphs = (g for g in self.store.named_graphs() if isinstance(g, NamedNode))
        return {
            triple: graph.value
            for graph in sorted(graphs, key=str, reverse=True)
            if graph.value.startswith(BACKGROUND)
            for triple in triples_of(self.store, graph)
        }

    @cached_property
    def worked_out(self) -> WorkedOut:
        """What the stored rules have made."""
        return WorkedOut.read(self.store, self._standing_for)

    def given(self) -> Iterator[Triple]:
        """Yield all that reasoning starts from, in no order."""
        yield from self.facts | self.worked_out.triples | self.axioms.triples | self.background.keys()

    def is_given(self, triple: Triple) -> bool:
        """Tell whether reasoning starts from a triple."""
        return triple in self.axioms.triples or self.is_fact(triple)

    def is_fact(self, triple: Triple) -> bool:
        """Tell whether a triple stands on claims or on the background, rather than on an axiom."""
        return triple in self.facts or triple in self.background or triple in self.worked_out.triples

    def proof(self, triple: Triple) -> Proof:
        """Return where a given triple comes from: a leaf, or the step of the rule that has worked it out."""
        if triple in self.facts:
            return self._fact(triple)
        if triple in self.worked_out.triples and (step := self.worked_out.proof(triple)):
            return step
        if triple in self.background:
            return FromBackground(triple, self.background[triple], self.place(_text(triple.subject)))
        return self.axioms.of(triple)

    def _fact(self, triple: Triple) -> Leaf:
        claims = self._saying.get(triple) or self._measuring(triple)
        if claims:
            return FromClaims(triple, tuple(claims))
        subject = _text(triple.subject)
        return FromFrame(triple, self.place(subject), self.bringing(subject))

    def _measuring(self, triple: Triple) -> list[str]:
        """The claims that give a quantity, if the triple is a part of its description."""
        subject = _text(triple.subject)
        return [] if self._is_thing(subject) else self._mentions.get(subject, [])

    def bringing(self, thing: str) -> tuple[str, ...]:
        """Return the admitted claims that make the frame of a thing a fact, the nearest ones only.

        They speak of the thing, or else of something that is identified by it.
        """
        return self._nearest(thing, self._mentions)

    def speaking_of(self, thing: str) -> tuple[str, ...]:
        """Return the claims, admitted or not, that would bring in the frame of a thing, the nearest only."""
        return self._nearest(thing, self._all_mentions)

    def _nearest(self, thing: str, mentions: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        level, seen = [thing], {thing}
        while level:
            claims = sorted({claim for node in level for claim in mentions.get(node, [])})
            if claims:
                return tuple(claims)
            level = [
                above for node in level for above in self._identified_by.get(node, ()) if above not in seen
            ]
            seen |= set(level)
        return ()

    def _standing_for(self, source: str) -> Iterator[Leaf]:
        """The leaves for something that a rule has used: a claim, a quantity, an article, a thing."""
        node = NamedNode(source)
        if claims := self._giving(source):
            yield from (FromClaims(self.said(claim), (claim,)) for claim in claims)
        elif source.startswith(iri("article:")):
            yield from self._frame(node, _PUBLISHED, NamedNode(source))
        elif not source.startswith(iri("time:")):
            yield from self._frame(node, _TYPE, THINGS)

    def _giving(self, source: str) -> list[str]:
        """The claims that a source of a rule is, is the quantity of, or is described by."""
        if source.startswith(iri("claim:")):
            return [source]
        if self._is_thing(source) and not any(self._links_of(source)):
            return []
        return self._mentions.get(source, []) or self._unadmitted(source)

    def _unadmitted(self, quantity: str) -> list[str]:
        quads = self.store.quads_for_pattern(None, _OBJECT, NamedNode(quantity), None)
        articles = (q for q in quads if isinstance(q.graph_name, NamedNode) and q.graph_name != DERIVED)
        return sorted({_text(quad.subject) for quad in articles})

    def _links_of(self, thing: str) -> Iterator[Triple]:
        for quad in self.store.quads_for_pattern(NamedNode(thing), None, None, THINGS):
            if quad.predicate in self._identifying:
                yield quad.triple

    def _frame(self, node: NamedNode, link: NamedNode, graph: NamedNode) -> Iterator[FromFrame]:
        for quad in self.store.quads_for_pattern(node, link, None, graph):
            yield FromFrame(quad.triple, self.place(node.value), self.bringing(node.value))

    def _is_thing(self, subject: str) -> bool:
        return any(True for _ in self.store.quads_for_pattern(NamedNode(subject), None, None, THINGS))

    @cached_property
    def _admitted(self) -> tuple[tuple[str, Triple], ...]:
        quads = self.store.quads_for_pattern(None, _MARK, None, ADMITTED)
        marked = {_text(quad.subject) for quad in quads}
        return tuple((claim, self.said(claim)) for claim in sorted(marked))

    def said(self, claim: str) -> Triple:
        """Return the triple that a claim says, without asserting it."""
        subject, predicate, value = (self._term(claim, link) for link in (_SUBJECT, _PREDICATE, _OBJECT))
        assert isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)
        return Triple(subject, predicate, value)

    def _term(self, claim: str, link: NamedNode) -> NamedNode | Literal:
        found = next(self.store.quads_for_pattern(NamedNode(claim), link, None, None)).object
        assert isinstance(found, NamedNode | Literal)
        return found

    @cached_property
    def _saying(self) -> Mapping[Triple, list[str]]:
        return _grouped((said, claim) for claim, said in self._admitted)

    @cached_property
    def _mentions(self) -> Mapping[str, list[str]]:
        return _mentions(self._admitted)

    @cached_property
    def _all_mentions(self) -> Mapping[str, list[str]]:
        quads = self.store.quads_for_pattern(None, _TYPE, _CLAIM, None)
        return _mentions((name, self.said(name)) for name in sorted({_text(q.subject) for q in quads}))

    @cached_property
    def _identifying(self) -> frozenset[NamedNode]:
        links = (q.subject for q in self.store.quads_for_pattern(None, _IDENTIFYING, None, ONTOLOGY))
        return frozenset(link for link in links if isinstance(link, NamedNode))

    @cached_property
    def _identified_by(self) -> Mapping[str, list[str]]:
        found = (
            (_text(quad.object), _text(quad.subject))
            for link in self._identifying
            for quad in self.store.quads_for_pattern(None, link, None, THINGS)
        )
        return _grouped(sorted(found))


def _mentions(claims: Iterable[tuple[str, Triple]]) -> Mapping[str, list[str]]:
    """Claims by the nodes that they speak of, as the subject or as the object."""
    return _grouped(
        (_text(node), claim)
        for claim, said in claims
        for node in (said.subject, said.object)
        if isinstance(node, NamedNode)
    )


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _grouped(pairs: Iterable[tuple[_Key, str]]) -> Mapping[_Key, list[str]]:
    groups: defaultdict[_Key, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups

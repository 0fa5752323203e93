"""A proof as RDF: each step a derivation that names its rule and what it rests on, in PROV's terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from dealgraph.closure import Generalized
from dealgraph.explain.sentences import Sentences
from dealgraph.proof import (
    FromAxiom,
    FromBackground,
    FromClaims,
    FromFile,
    FromFrame,
    FromReasoner,
    Proof,
    Step,
    Unsupported,
    conclusion,
    premises,
)
from dealgraph.terms import iri

_TYPE, _LABEL, _COMMENT = (
    NamedNode(iri("rdf:type")),
    NamedNode(iri("rdfs:label")),
    NamedNode(iri("rdfs:comment")),
)
_FROM, _AT, _ENTITY = (NamedNode(iri(f"prov:{name}")) for name in ("wasDerivedFrom", "atLocation", "Entity"))
_DERIVATION, _RULE = NamedNode(iri("dg:Derivation")), NamedNode(iri("dg:rule"))
_PARTS: Final = tuple(NamedNode(iri(f"dg:{name}")) for name in ("subject", "predicate", "object"))
_AXIOM: Final = NamedNode(iri("owl:Axiom"))
_AXIOM_PARTS: Final = tuple(
    NamedNode(iri(f"owl:annotated{name}")) for name in ("Source", "Property", "Target")
)


@dataclass
class Records:
    """Writes proofs as RDF; what two proofs share is written once."""

    sentences: Sentences
    _nodes: dict[Proof, BlankNode] = field(default_factory=dict)

    def quads(self, proof: Proof) -> Iterator[Quad]:
        """Yield a proof: derivations with `dg:rule`, claims by their IRIs, axioms and frames with places."""
        if proof in self._nodes:
            return
        node = self._nodes[proof] = BlankNode(f"p{len(self._nodes)}")
        for below in premises(proof):
            yield from self.quads(below)
        for triple in (*self._described(node, proof), *self._grounds(node, proof)):
            yield Quad(triple.subject, triple.predicate, triple.object)

    def _described(self, node: BlankNode, proof: Proof) -> Iterator[Triple]:
        statement, language = conclusion(proof), self.sentences.teller.language
        if isinstance(proof, FromAxiom):
            yield Triple(node, _TYPE, _AXIOM)
            yield Triple(node, _COMMENT, Literal(self.sentences.axiom(proof), language=language))
        else:
            yield Triple(node, _TYPE, _DERIVATION if isinstance(proof, Step | FromReasoner) else _ENTITY)
            yield Triple(node, _LABEL, Literal(self.sentences.triple(statement), language=language))
        links = _AXIOM_PARTS if isinstance(proof, FromAxiom) else _PARTS
        if not isinstance(statement, Generalized):
            for link, term in zip(
                links, (statement.subject, statement.predicate, statement.object), strict=True
            ):
                if not isinstance(term, BlankNode):
                    yield Triple(node, link, term)

    def _grounds(self, node: BlankNode, proof: Proof) -> Iterator[Triple]:
        for below in premises(proof):
            yield Triple(node, _FROM, self._nodes[below])
        if isinstance(proof, Step):
            yield from (Triple(node, _RULE, Literal(rule)) for rule in proof.rules)
        if isinstance(proof, FromClaims | FromFrame | Unsupported):
            yield from (Triple(node, _FROM, NamedNode(claim)) for claim in proof.claims)
        if isinstance(proof, FromBackground):
            yield Triple(node, _FROM, NamedNode(proof.source))
        if isinstance(proof, FromFrame | FromAxiom | FromBackground | FromFile) and proof.place:
            yield Triple(node, _AT, Literal(proof.place))

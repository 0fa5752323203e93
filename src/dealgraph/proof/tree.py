"""What a proof is made of: steps, and the leaves on which they rest.

A leaf is something that is given: what admitted claims say, the frame of what they speak of, an axiom of
the ontology, or a background fact. Every one of them says where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Triple

from dealgraph.closure import Statement
from dealgraph.terms import iri

FALSE: Final = Triple(
    NamedNode(iri("owl:Thing")), NamedNode(iri("rdfs:subClassOf")), NamedNode(iri("owl:Nothing"))
)
"""What is proved by statements that cannot hold together: in OWL it says just that."""


@dataclass(frozen=True)
class FromClaims:
    """A fact that admitted claims say, by their IRIs; also the parts of the quantity that they give."""

    triple: Triple
    claims: tuple[str, ...]


@dataclass(frozen=True)
class FromFrame:
    """A type or an identifying link of what admitted claims speak of, written at `place` (file:line).

    `claims` are the admitted claims that bring it in: without them it would be no fact.
    """

    triple: Triple
    place: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class FromAxiom:
    """An axiom of the ontology, written at `place`.

    `axiom` is the triple that stands for the whole; `triples` are all of it, with its lists and the
    unnamed classes that it is made of.
    """

    axiom: Triple
    triples: tuple[Triple, ...]
    place: str


@dataclass(frozen=True)
class FromBackground:
    """A background fact, which no article says: `source` is its graph, `place` where it is written."""

    triple: Triple
    source: str
    place: str


@dataclass(frozen=True)
class FromFile:
    """What a file says that is no file of a project, at `place`."""

    triple: Triple
    place: str


@dataclass(frozen=True)
class Unsupported:
    """What no admitted claim supports, in a proof of what would follow: the claims that come near."""

    triple: Triple
    claims: tuple[str, ...]


Leaf = FromClaims | FromFrame | FromAxiom | FromBackground | FromFile | Unsupported


@dataclass(frozen=True)
class FromReasoner:
    """What HermiT finds and no rule gives: it follows from `premises`, no step is shown.

    If `minimal`, each premise is needed; else the search for needless ones was stopped.
    """

    conclusion: Triple
    premises: tuple[Proof, ...]
    minimal: bool


@dataclass(frozen=True)
class Step:
    """One step: `conclusion` follows from `premises`.

    `rules` are the names of the rules, the one that gives the conclusion first; the others led through
    unnamed classes, numbers or axioms to its premises.
    """

    conclusion: Statement
    rules: tuple[str, ...]
    premises: tuple[Proof, ...]

    @property
    def rule(self) -> str:
        """The rule that gives the conclusion."""
        return self.rules[0]


Proof = Step | FromReasoner | Leaf


def conclusion(proof: Proof) -> Statement:
    """Return what a proof proves; of an axiom, the triple that stands for it."""
    if isinstance(proof, Step | FromReasoner):
        return proof.conclusion
    return proof.axiom if isinstance(proof, FromAxiom) else proof.triple


def premises(proof: Proof) -> tuple[Proof, ...]:
    """Return what a proof rests on one step down; nothing for a leaf."""
    return proof.premises if isinstance(proof, Step | FromReasoner) else ()


def walk(proof: Proof) -> Iterator[Proof]:
    """Go through a proof from the conclusion down, each part before what it rests on."""
    pending = [proof]
    while pending:
        here = pending.pop()
        yield here
        pending.extend(reversed(premises(here)))


def leaves(proof: Proof) -> tuple[Leaf, ...]:
    """Return the leaves of a proof, each once, in the order in which a reader meets them."""
    found = (part for part in walk(proof) if not isinstance(part, Step | FromReasoner))
    return tuple(dict.fromkeys(found))


def said(proof: Proof) -> tuple[Triple, ...]:
    """Return the triples that a part of a proof says: an axiom as a whole, else what is concluded.

    What RDF cannot write says none.
    """
    if isinstance(proof, FromAxiom):
        return proof.triples
    statement = conclusion(proof)
    return (statement,) if isinstance(statement, Triple) else ()

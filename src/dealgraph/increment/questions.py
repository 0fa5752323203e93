"""The claims on one question, cut out of a large store with all that their admission depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from dealgraph.increment.frames import Frames
from dealgraph.increment.working import is_source
from dealgraph.sources import ONTOLOGY
from dealgraph.terms import iri

SUBJECT: Final = NamedNode(iri("dg:subject"))
PREDICATE: Final = NamedNode(iri("dg:predicate"))
OBJECT: Final = NamedNode(iri("dg:object"))
_OF_PREDICATES: Final = tuple(NamedNode(iri(f"dg:{name}")) for name in ("prospective", "sameQuestionAs"))
_SAME_QUESTION: Final = _OF_PREDICATES[1]
_SNAPSHOT_DATE: Final = NamedNode(iri("dg:snapshotDate"))
_REPLACING: Final = tuple(NamedNode(iri(f"dg:{name}")) for name in ("supersedes", "withdraws"))

_RANK, _PREFERRED = NamedNode(iri("dg:rank")), NamedNode(iri("dg:Preferred"))
_DATASET: Final = iri("dataset:")

MOST_LOOKED_UP: Final = 16
"""How many claims about a thing are looked up one by one: an engine is better at joining many."""

Term = NamedNode | BlankNode | Literal | Triple


class Question(NamedTuple):
    """What claims can be rivals on: a subject and a predicate."""

    subject: Term
    predicate: Term


class Claim(NamedTuple):
    """A claim and the article that makes it."""

    node: NamedNode
    article: NamedNode


def touched_claims(store: Store, changed: Iterable[Quad]) -> set[Claim]:
    """Return the claims of a store that changed quads of articles describe, or speak about what they name.

    What changed about an article itself touches all of its claims.
    """
    found: set[Claim] = set()
    for node, graph in {(quad.subject, quad.graph_name) for quad in changed}:
        if not isinstance(graph, NamedNode):
            continue
        if node == graph:
            described = store.quads_for_pattern(None, SUBJECT, None, graph)
        else:
            described = chain(
                store.quads_for_pattern(node, SUBJECT, None, graph),
                store.quads_for_pattern(None, SUBJECT, node, graph),
                store.quads_for_pattern(None, OBJECT, node, graph),
            )
        found |= {Claim(quad.subject, graph) for quad in described if isinstance(quad.subject, NamedNode)}
    return found


def questions_of(store: Store, claims: Iterable[Claim]) -> set[Question]:
    """Return the questions that claims are on, and those that are the same by another predicate."""
    return {
        Question(subject.object, predicate)
        for claim in claims
        for subject in store.quads_for_pattern(claim.node, SUBJECT, None, claim.article)
        for quad in store.quads_for_pattern(claim.node, PREDICATE, None, claim.article)
        for predicate in _alike(store, quad.object)
    }


def _alike(store: Store, predicate: Term) -> Iterator[Term]:
    yield predicate
    for quad in store.quads_for_pattern(None, _SAME_QUESTION, predicate, ONTOLOGY):
        yield quad.subject
    if isinstance(predicate, NamedNode):
        for quad in store.quads_for_pattern(predicate, _SAME_QUESTION, None, ONTOLOGY):
            yield quad.object


def claims_on(store: Store, question: Question) -> Iterator[Claim]:
    """Yield all claims on a question, in whatever article."""
    about = store.quads_for_pattern(None, SUBJECT, question.subject, None)
    few = tuple(islice(about, MOST_LOOKED_UP))
    # A query would take a blank node for a variable.
    if len(few) == MOST_LOOKED_UP and not any(isinstance(term, BlankNode) for term in question):
        yield from _joined(store, question)
        return
    for quad in (*few, *about):
        node, graph = quad.subject, quad.graph_name
        if is_source(graph) and Quad(node, PREDICATE, question.predicate, graph) in store:
            yield Claim(node, graph)  # type: ignore[arg-type]


def _joined(store: Store, question: Question) -> Iterator[Claim]:
    said = f"?c {SUBJECT} {question.subject} ; {PREDICATE} {question.predicate}"
    found = store.query(f"SELECT ?c ?g WHERE {{ GRAPH ?g {{ {said} }} }}")
    assert isinstance(found, QuerySolutions)
    for node, graph in found:
        if is_source(graph):
            yield Claim(node, graph)


def is_deciding(store: Store, claim: Claim) -> bool:
    """Tell whether a claim is preferred, so that the admission of others may depend on it."""
    return Quad(claim.node, _RANK, _PREFERRED, claim.article) in store


def is_of_dataset(claim: Claim) -> bool:
    """Tell whether an outside dataset makes a claim, and no article."""
    return claim.article.value.startswith(_DATASET)


def alike(store: Store, claim: Claim) -> Iterator[Claim]:
    """Yield the claims that say the same as a claim, itself among them."""
    values = [quad.object for quad in store.quads_for_pattern(claim.node, OBJECT, None, claim.article)]
    for question in questions_of(store, [claim]):
        for other in claims_on(store, question):
            if any(Quad(other.node, OBJECT, value, other.article) in store for value in values):
                yield other


def cut_out(store: Store, claims: Iterable[Claim], links: frozenset[NamedNode]) -> Iterator[Quad]:
    """Yield the quads that decide whether claims are admitted, and the frames that they would bring."""
    frames = Frames(store, links)
    for claim in claims:
        yield from store.quads_for_pattern(claim.article, None, None, claim.article)
        yield from _replacing(store, claim)
        for quad in store.quads_for_pattern(claim.node, None, None, claim.article):
            yield quad
            if quad.predicate == PREDICATE:
                for link in _OF_PREDICATES:
                    yield from store.quads_for_pattern(quad.object, link, None, ONTOLOGY)  # type: ignore[arg-type]
            elif quad.predicate in (SUBJECT, OBJECT) and isinstance(quad.object, NamedNode):
                yield from store.quads_for_pattern(quad.object, None, None, claim.article)
                for node in frames.below([quad.object]):
                    yield from frames.described(node)


def _replacing(store: Store, claim: Claim) -> Iterator[Quad]:
    """Yield what replaces or withdraws a claim in a dataset, with the day of that."""
    for link in _REPLACING:
        for quad in store.quads_for_pattern(None, link, claim.node, None):
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and is_source(graph):
                yield quad
                yield from store.quads_for_pattern(graph, _SNAPSHOT_DATE, None, graph)

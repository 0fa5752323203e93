"""From a derivation, rule by rule, to a proof that a person reads.

What a reader has no words for is folded into the step that it serves: unnamed classes, lists, numbers in
ranges, what is related to itself by rule, and what follows from the ontology alone. Links of one
transitive chain become one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from pyoxigraph import BlankNode, Triple

from dealgraph.closure import Generalized, Statement
from dealgraph.closure.selves import SELF
from dealgraph.proof.search import Tree
from dealgraph.proof.tree import FromAxiom, Proof, Step

_CHAINED: Final = frozenset({"prp-trp", "cax-sco", "prp-spo1", "scm-sco", "scm-spo"})
"""Rules of which several in a row are as easy to read as one."""

_TURNED: Final = "eq-sym"
"""The rule that says an equality the other way round, which no reader needs."""

_Parts = tuple[tuple[str, ...], tuple[Proof, ...]]


def fold(tree: Tree[Statement], source: Callable[[Triple], Proof]) -> Proof:
    """Return the proof that a derivation is; `source` tells where a given triple comes from."""
    made: dict[int, Proof] = {}
    pending = [tree]
    while pending:
        here = pending[-1]
        unmade = [part for part in here.below if id(part) not in made]
        if unmade:
            pending.extend(unmade)
            continue
        pending.pop()
        made[id(here)] = _made(here, [made[id(part)] for part in here.below], source)
    return made[id(tree)]


def _made(tree: Tree[Statement], below: list[Proof], source: Callable[[Triple], Proof]) -> Proof:
    edge = tree.edge
    if not edge.rule:
        assert isinstance(edge.node, Triple)
        return source(edge.node)
    rules, premises = [edge.rule], list[Proof]()
    for proof in below:
        more_rules, more = _unfolded(edge.node, edge.rule, proof)
        rules += more_rules
        premises += more
    return Step(edge.node, tuple(dict.fromkeys(rules)), tuple(dict.fromkeys(_facts_first(premises))))


def _unfolded(above: Statement, rule: str, proof: Proof) -> _Parts:
    """What stands for a premise in the step above it: itself, or what it rests on."""
    if not isinstance(proof, Step):
        return (), (proof,)
    if proof.rule == _TURNED:
        return (), proof.premises
    wordless = is_unnamed(proof.conclusion) or proof.rule == SELF
    if wordless or _is_of_the_ontology(proof) or _goes_on(above, rule, proof):
        return proof.rules, proof.premises
    return (), (proof,)


def is_unnamed(statement: Statement) -> bool:
    """Tell whether a statement is about something without a name, so that it has no words of its own."""
    terms = (statement.subject, statement.predicate, statement.object)
    return isinstance(statement, Generalized) or any(isinstance(term, BlankNode) for term in terms)


def _is_of_the_ontology(step: Step) -> bool:
    return all(isinstance(premise, FromAxiom) for premise in step.premises)


def _goes_on(above: Statement, rule: str, step: Step) -> bool:
    if rule not in _CHAINED or step.rule != rule:
        return False
    return rule != "prp-trp" or above.predicate == step.conclusion.predicate


def _facts_first(premises: Iterable[Proof]) -> list[Proof]:
    """Facts and what follows from them before axioms, each group in the order of the rule."""
    return sorted(premises, key=lambda proof: isinstance(proof, FromAxiom))

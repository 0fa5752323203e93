"""A program: the rules of an ontology with all that is known before any fact, indexed for maintenance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from dealgraph.horn.rules import TYPE, Apart, Atom, Fact, Key, Rule, Term, key_of
from dealgraph.terms import iri

SAME_AS: Final = NamedNode(iri("owl:sameAs"))
DIFFERENT_FROM: Final = NamedNode(iri("owl:differentFrom"))
OWN_TERMS: Final = iri("dg:")
"""How the terms of our own begin: what is inferred is shown in these, and never about them."""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """An axiom whose effect the rules do not have in full, and why."""

    axiom: Triple
    reason: str


@dataclass(frozen=True)
class Program:
    """An ontology and its background as Horn rules; made by `compile_program` or `from_json`.

    - `rules`: what has to be done for statements; `disjoint` and `different` are clashes kept as tables.
    - `static`: what ontology and background say and entail, of what a rule can need or give: given
      without any fact, and never stored beside them.
    - `unfolded`: properties that only relate things to themselves, by self restrictions: their effect is
      in the rules, their statements are kept nowhere.
    - `unsupported`: the axioms beyond this fragment that could have an effect. Where there is one, build
      in full instead of maintaining.
    - `digest`: the SHA-256 over the triples that it was compiled from, and over its own form.
    """

    rules: tuple[Rule, ...]
    disjoint: tuple[Apart, ...] = ()
    different: tuple[Apart, ...] = ()
    static: frozenset[Fact] = frozenset()
    unfolded: frozenset[NamedNode] = frozenset()
    unsupported: tuple[Unsupported, ...] = ()
    digest: str = ""

    @cached_property
    def by_premise(self) -> Mapping[Key, Sequence[tuple[Rule, int]]]:
        """The rules by each of their premises, with the place of the premise in the body."""
        found: defaultdict[Key, list[tuple[Rule, int]]] = defaultdict(list)
        for rule in self.rules:
            for place, atom in enumerate(rule.body):
                found[atom.key].append((rule, place))
        return dict(found)

    @cached_property
    def by_head(self) -> Mapping[Key, Sequence[Rule]]:
        """The rules by what they conclude."""
        found: defaultdict[Key, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            if isinstance(rule.head, Atom):
                found[rule.head.key].append(rule)
        return dict(found)

    @cached_property
    def disjoint_with(self) -> Mapping[NamedNode, Sequence[Apart]]:
        """The disjointness axioms by each class that they name."""
        return _by_member(self.disjoint)

    @cached_property
    def different_from(self) -> Mapping[NamedNode, Sequence[Apart]]:
        """The axioms that tell individuals apart, by each individual that they name."""
        return _by_member(self.different)

    @cached_property
    def static_objects(self) -> Mapping[tuple[Term, NamedNode], Sequence[Fact]]:
        """What is static, by subject and predicate."""
        return _index((fact[0], fact[1], fact) for fact in self.static)

    @cached_property
    def static_subjects(self) -> Mapping[tuple[Term, NamedNode], Sequence[Fact]]:
        """What is static, by object and predicate."""
        return _index((fact[2], fact[1], fact) for fact in self.static)

    @cached_property
    def static_things(self) -> frozenset[Term]:
        """The things that the background speaks of: of them something may follow before a fact names them."""
        ends = {end for fact in self.static for end in (fact[0], fact[2] if fact[1] != TYPE else fact[0])}
        ends |= {place for rule in self.rules for place in _constants(rule)}
        return frozenset(end for end in ends if isinstance(end, NamedNode) and not _is_own(end))

    def is_plain(self, fact: Fact) -> bool:
        """Tell whether a person would ask for it: a thing and its class, or how two things are related."""
        subject, predicate, value_ = fact
        if not isinstance(subject, NamedNode) or not isinstance(value_, NamedNode) or subject == value_:
            return False
        return _is_own(value_ if predicate == TYPE else predicate) and not _is_own(subject)

    def keeps_aside(self, fact: Fact) -> bool:
        """Tell whether a statement that follows is kept in `graph:auxiliary` although it is not plain.

        It is if a rule can need it, or if it makes two things one.
        """
        subject, predicate, value_ = fact
        if predicate == SAME_AS:
            return subject != value_ and not isinstance(value_, Literal)
        if predicate in self.unfolded:
            return False
        return key_of(predicate, value_) in self.by_premise or (
            predicate == TYPE and isinstance(value_, NamedNode) and value_ in self.disjoint_with
        )


def _by_member(axioms: Iterable[Apart]) -> dict[NamedNode, list[Apart]]:
    found: defaultdict[NamedNode, list[Apart]] = defaultdict(list)
    for axiom in axioms:
        for member in dict.fromkeys(axiom.members):
            found[member].append(axiom)
    return dict(found)


def _index(rows: Iterable[tuple[Term, NamedNode, Fact]]) -> dict[tuple[Term, NamedNode], list[Fact]]:
    found: defaultdict[tuple[Term, NamedNode], list[Fact]] = defaultdict(list)
    for end, predicate, fact in rows:
        found[end, predicate].append(fact)
    return dict(found)


def _constants(rule: Rule) -> Iterable[Term]:
    if isinstance(rule.head, Atom):
        for place in rule.head.places:
            if not isinstance(place, int):
                yield place


def _is_own(term: NamedNode) -> bool:
    return term.value.startswith(OWN_TERMS)

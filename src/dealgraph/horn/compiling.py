"""Compile an ontology and its background: every axiom becomes rules, or is listed as unsupported."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from dealgraph.closure import close
from dealgraph.closure.vocabulary import ANNOTATIONS, IRIS
from dealgraph.horn.axioms import rules_of
from dealgraph.horn.chase import Known
from dealgraph.horn.clashes import Finding, said
from dealgraph.horn.expressions import Outside
from dealgraph.horn.graphs import AUXILIARY, FACTS
from dealgraph.horn.heads import Made, Open
from dealgraph.horn.maintaining import maintain
from dealgraph.horn.openness import matters
from dealgraph.horn.program import SAME_AS, Program, Unsupported
from dealgraph.horn.reading import Reader
from dealgraph.horn.rules import TYPE, Apart, Atom, Fact, Key, Rule, key_of
from dealgraph.horn.unfolding import unfold
from dealgraph.horn.writing import FORM
from dealgraph.terms import iri

_ANNOTATION: Final = NamedNode(iri("owl:AnnotationProperty"))
_ANNOTATIONS: Final = frozenset(NamedNode(IRIS[number]) for number in ANNOTATIONS)


def digest_of(ontology: Iterable[Triple], background: Iterable[Triple] = ()) -> str:
    """Return the SHA-256 under which the program of an ontology and its background can be kept.

    Annotations do not count.
    """
    return _digest(_meant((*ontology, *background)))


def _digest(given: Iterable[Triple]) -> str:
    lines = (str(triple) for triple in given)
    return hashlib.sha256("\n".join((str(FORM), *lines)).encode()).hexdigest()


def compile_program(ontology: Iterable[Triple], background: Iterable[Triple] = ()) -> Program:
    """Turn an ontology, with what is taken as given beside it, into rules for `maintain`.

    `ontology` are the triples of `graph:ontology`, `background` those of the background graphs. What the
    rules cannot say is in `Program.unsupported`. The same triples give the same program.
    """
    given = _meant((*ontology, *background))
    made, unsupported = _made(given)
    rules, unfolded = unfold([each for each in made if isinstance(each, Rule)])
    apart = [each for each in made if isinstance(each, Apart)]
    disjoint = tuple(each for each in apart if each.rule.startswith("cax-"))
    opens = [each for each in made if isinstance(each, Open)]
    static = _static(given, rules, disjoint)
    known = Known(rules, disjoint, opens, static)
    unsupported += (_unmet(each) for each in opens if matters(each, known))
    program = Program(
        rules=rules,
        disjoint=disjoint,
        different=tuple(each for each in apart if each not in disjoint),
        static=static,
        unfolded=unfolded,
        unsupported=tuple(unsupported),
        digest=_digest(given),
    )
    return replace(program, unsupported=(*program.unsupported, *_unseen(program)))


def _made(given: Sequence[Triple]) -> tuple[list[Made], list[Unsupported]]:
    reader = Reader(given)
    made: dict[Made, None] = {}
    unsupported: list[Unsupported] = []
    for triple in given:
        try:
            made |= dict.fromkeys(rules_of(reader, triple))
        except Outside as outside:
            unsupported.append(Unsupported(triple, str(outside)))
        if triple.predicate == SAME_AS:
            unsupported.append(Unsupported(triple, "things with several names are for a full build"))
    return list(made), unsupported


def _unmet(this: Open) -> Unsupported:
    return Unsupported(this.axiom[0], "more can follow from what it says there is than any rule finds")


def _unseen(program: Program) -> Iterator[Unsupported]:
    """What the rules make of the background alone, and the closure does not: it would count as news."""
    given = [said(fact) for fact in program.static]
    triples = [each for each in given if isinstance(each, Triple)]
    shelf = Store()
    shelf.extend(Quad(each.subject, each.predicate, each.object, FACTS) for each in triples)
    outcome = maintain(shelf, program, (), triples)
    aside = (quad.triple for quad in shelf.quads_for_pattern(None, None, None, AUXILIARY))
    for triple in (*outcome.came, *aside):
        yield Unsupported(triple, "it follows from the background, by more than OWL 2 RL")
    found: tuple[Finding, ...] = (*outcome.clashes, *outcome.beyond)
    for finding in found:
        for premise in finding.premises[-1:]:
            if isinstance(premise, Triple):
                yield Unsupported(premise, "the background contradicts itself, or has two names for a thing")


def _static(given: Sequence[Triple], rules: Sequence[Rule], disjoint: Sequence[Apart]) -> frozenset[Fact]:
    """What is given without a fact, as far as a rule can need it or conclude it."""
    keys: set[Key] = {(TYPE, member) for axiom in disjoint for member in axiom.members}
    keys |= {atom.key for rule in rules for atom in rule.body}
    keys |= {rule.head.key for rule in rules if isinstance(rule.head, Atom)}
    entailed = chain(given, close(given).inferred)
    facts = ((triple.subject, triple.predicate, triple.object) for triple in entailed)
    return frozenset(fact for fact in facts if key_of(fact[1], fact[2]) in keys)


def _meant(triples: Sequence[Triple]) -> list[Triple]:
    """The triples that mean something to a reasoner, as a store writes them, sorted."""
    declared = {each.subject for each in triples if each.predicate == TYPE and each.object == _ANNOTATION}
    shelf = Store()
    shelf.extend(
        Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
        for triple in triples
        if triple.predicate not in _ANNOTATIONS and triple.predicate not in declared
    )
    return sorted((quad.triple for quad in shelf), key=str)

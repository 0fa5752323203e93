"""Compile an ontology and its background: every axiom becomes rules, or is listed as unsupported."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from pyoxigraph import DefaultGraph, Quad, Store, Triple

from dealgraph.closure import close
from dealgraph.horn.axioms import rules_of
from dealgraph.horn.expressions import Outside
from dealgraph.horn.heads import Made
from dealgraph.horn.program import SAME_AS, Program, Unsupported
from dealgraph.horn.reading import Reader
from dealgraph.horn.rules import TYPE, Apart, Atom, Fact, Key, Rule, key_of
from dealgraph.horn.unfolding import unfold

FORM: Final = "1"
"""The form of programs: another one where the same ontology compiles to something else."""


def digest_of(ontology: Iterable[Triple], background: Iterable[Triple] = ()) -> str:
    """Return the SHA-256 under which the program of an ontology and its background can be kept."""
    lines = sorted({str(triple) for triple in (*ontology, *background)})
    return hashlib.sha256("\n".join((FORM, *lines)).encode()).hexdigest()


def compile_program(ontology: Iterable[Triple], background: Iterable[Triple] = ()) -> Program:
    """Turn an ontology, with what is taken as given beside it, into rules for `maintain`.

    `ontology` are the triples of `graph:ontology`, `background` those of the background graphs. What the
    rules cannot say is in `Program.unsupported`. The same triples give the same program.
    """
    given = _as_stored((*ontology, *background))
    made, unsupported = _made(given)
    rules, unfolded = unfold([each for each in made if isinstance(each, Rule)])
    apart = [each for each in made if isinstance(each, Apart)]
    disjoint = tuple(each for each in apart if each.rule.startswith("cax-"))
    return Program(
        rules=rules,
        disjoint=disjoint,
        different=tuple(each for each in apart if each not in disjoint),
        static=_static(given, rules, disjoint),
        unfolded=unfolded,
        unsupported=tuple(unsupported),
        digest=digest_of(given),
    )


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


def _static(given: Sequence[Triple], rules: Sequence[Rule], disjoint: Sequence[Apart]) -> frozenset[Fact]:
    """What is given without a fact, as far as a rule can need it or conclude it."""
    keys: set[Key] = {(TYPE, member) for axiom in disjoint for member in axiom.members}
    keys |= {atom.key for rule in rules for atom in rule.body}
    keys |= {rule.head.key for rule in rules if isinstance(rule.head, Atom)}
    entailed = chain(given, close(given).inferred)
    facts = ((triple.subject, triple.predicate, triple.object) for triple in entailed)
    return frozenset(fact for fact in facts if key_of(fact[1], fact[2]) in keys)


def _as_stored(triples: Iterable[Triple]) -> list[Triple]:
    shelf = Store()
    shelf.extend(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()) for triple in triples)
    return sorted((quad.triple for quad in shelf), key=str)

"""What new statements contradict, and which things they would make one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.closure import Generalized
from dealgraph.horn.joining import Join
from dealgraph.horn.program import Program
from dealgraph.horn.ranges import are_same, is_ill_typed, surely_apart
from dealgraph.horn.rules import TYPE, Apart, Atom, Binding, Fact, Never, Rule, Same, Term, put_in
from dealgraph.horn.view import Stage, View
from dealgraph.terms import iri

Statement = Triple | Generalized

_NEVER_OF_THINGS: Final = (iri("owl:"), iri("rdfs:"), iri("rdf:"))
_HARMLESS: Final = frozenset(
    NamedNode(iri(name))
    for name in (
        "rdfs:label",
        "rdfs:comment",
        "rdfs:seeAlso",
        "rdfs:isDefinedBy",
        "owl:versionInfo",
        "rdf:type",
    )
)
_HARMLESS_CLASSES: Final = frozenset(NamedNode(iri(f"owl:{name}")) for name in ("NamedIndividual", "Thing"))


@dataclass(frozen=True)
class Clash:
    """Statements that cannot hold together by `rule`, a key of `closure.RULES`: axioms first."""

    rule: str
    premises: tuple[Statement, ...]


@dataclass(frozen=True)
class Beyond:
    """Statements from which more may follow than the rules find, and why: a full build has to say.

    The reason is `equated` where two names would stand for one thing, `axiom` for an axiom among facts,
    and `literal` for a value where a thing is wanted.
    """

    reason: str
    premises: tuple[Statement, ...]


Finding = Clash | Beyond


class Findings:
    """What is found wrong with statements as they come."""

    def __init__(self, view: View, program: Program) -> None:
        self._view = view
        self._program = program
        self._join = Join(view, Stage.NOW)

    def of_fact(self, fact: Fact) -> Iterator[Finding]:
        """Yield what is wrong with a stated fact as it is written."""
        if isinstance(fact[2], Literal) and is_ill_typed(fact[2]):
            yield Clash("dt-not-type", (said(fact),))
        if _is_axiom(fact):
            yield Beyond("axiom", (said(fact),))

    def of_type(self, fact: Fact) -> Iterator[Finding]:
        """Yield the classes of a thing that its new class is disjoint with."""
        subject, predicate, kind = fact
        if predicate != TYPE or not isinstance(kind, NamedNode):
            return
        axioms = self._program.disjoint_with.get(kind, ())
        if axioms:
            others = dict.fromkeys(self._view.match(subject, TYPE, None, Stage.NOW))
            for axiom in axioms:
                for other in others:
                    if other[2] != kind and other[2] in axiom.members:
                        pair = (
                            (fact, other)
                            if axiom.members.index(kind) < _place(axiom, other[2])
                            else (other, fact)
                        )
                        yield Clash(axiom.rule, (*axiom.axiom, *map(said, pair)))

    def of_case(self, rule: Rule, binding: Binding) -> Iterator[Finding]:
        """Yield what a case of a rule means whose head is no statement."""
        head = rule.head
        if isinstance(head, Never):
            yield Clash(head.rule, (*rule.axiom, *_premises(rule, binding)))
        elif isinstance(head, Same):
            one, other = put_in(head.one, binding), put_in(head.other, binding)
            if one is not None and other is not None and one != other:
                yield from self._of_equal(rule, binding, one, other)

    def _of_equal(self, rule: Rule, binding: Binding, one: Term, other: Term) -> Iterator[Finding]:
        because = (*rule.axiom, *sorted(_premises(rule, binding), key=str))
        if isinstance(one, Literal) and isinstance(other, Literal):
            if not are_same(one, other) and surely_apart(one, other):
                yield Clash("eq-diff1", because)
            return
        apart = self.apart(one, other)
        if apart is None:
            yield Beyond("equated", because)
        else:
            yield Clash(apart.rule, (*apart.axiom, *because))

    def apart(self, one: Term, other: Term) -> Apart | None:
        """Return an axiom that tells two individuals apart, if there is one."""
        axioms: Iterable[Apart] = (
            self._program.different_from.get(one, ()) if isinstance(one, NamedNode) else ()
        )
        return next((axiom for axiom in axioms if other in axiom.members), None)


def said(fact: Fact) -> Statement:
    """Return a statement as a triple, or as one that RDF cannot write."""
    subject, predicate, value = fact
    if isinstance(subject, NamedNode | BlankNode):
        return Triple(subject, predicate, value)
    return Generalized(subject, predicate, value)


def _premises(rule: Rule, binding: Binding) -> Sequence[Statement]:
    return tuple(dict.fromkeys(said(_instance(atom, binding)) for atom in rule.body))


def _instance(atom: Atom, binding: Binding) -> Fact:
    subject, value = (put_in(place, binding) for place in atom.places)
    assert subject is not None and value is not None, "a case binds every variable of its rule"
    return subject, atom.predicate, value


def _place(axiom: Apart, member: Term) -> int:
    return next(place for place, each in enumerate(axiom.members) if each == member)


def _is_axiom(fact: Fact) -> bool:
    """Tell whether a statement among facts would be an axiom, which no rule here was made from."""
    _, predicate, value_ = fact
    if predicate == TYPE and isinstance(value_, NamedNode):
        return value_.value.startswith(_NEVER_OF_THINGS) and value_ not in _HARMLESS_CLASSES
    return predicate.value.startswith(_NEVER_OF_THINGS) and predicate not in _HARMLESS

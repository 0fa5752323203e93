"""A program as text, so that a command need not compile it: JSON, with each term written once."""

from __future__ import annotations

import json
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.horn.program import Program
from dealgraph.horn.ranges import Datatype, Limits, Range
from dealgraph.horn.rules import Apart, Atom, Fact, Head, Never, Place, Rule, Term

FORM: Final = 1
"""The form of programs and of their text: another number where either changes."""

Row = list[Any]


def to_json(program: Program) -> str:
    """Write a program as JSON; the same program gives the same text."""
    writer = _Writer()
    whole = {
        "form": FORM,
        "digest": program.digest,
        "rules": [writer.rule(rule) for rule in program.rules],
        "disjoint": [writer.apart(each) for each in program.disjoint],
        "different": [writer.apart(each) for each in program.different],
        "static": [writer.fact(fact) for fact in sorted(program.static, key=str)],
        "unfolded": [writer.term(each) for each in sorted(program.unfolded, key=str)],
        "unsupported": [[writer.triple(each.axiom), each.reason] for each in program.unsupported],
    }
    return json.dumps(whole | {"terms": writer.rows}, separators=(",", ":"))


class _Writer:
    """Writes rows of numbers; a term is the number of its row in `rows`, a variable a negative number."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._numbers: dict[Term, int] = {}

    def term(self, term: Term) -> int:
        number = self._numbers.setdefault(term, len(self.rows))
        if number == len(self.rows):
            self.rows.append(_row(term))
        return number

    def place(self, place: Place) -> int:
        return -1 - place if isinstance(place, int) else self.term(place)

    def fact(self, fact: Fact) -> Row:
        return [self.term(term) for term in fact]

    def triple(self, triple: Triple) -> Row:
        return self.fact((triple.subject, triple.predicate, triple.object))

    def atom(self, atom: Atom) -> Row:
        return [self.place(atom.subject), self.term(atom.predicate), self.place(atom.object)]

    def apart(self, apart: Apart) -> Row:
        members = [self.term(member) for member in apart.members]
        return [apart.rule, members, [self.triple(each) for each in apart.axiom]]

    def rule(self, rule: Rule) -> Row:
        body = [self.atom(atom) for atom in rule.body]
        guards = [[guard.variable, self.range(guard.range), guard.inside] for guard in rule.guards]
        return [self.head(rule.head), body, guards, [self.triple(each) for each in rule.axiom]]

    def head(self, head: Head) -> Row:
        if isinstance(head, Atom):
            return self.atom(head)
        if isinstance(head, Never):
            return [head.rule]
        return [head.rule, self.place(head.one), self.place(head.other)]

    def range(self, range_: Range) -> Row:
        if isinstance(range_, Datatype):
            return [range_.name]
        if isinstance(range_, Limits):
            return [range_.name, [[facet, str(limit)] for facet, limit in range_.facets]]
        return [[self.term(literal) for literal in range_.literals]]


def _row(term: Term) -> Row:
    if isinstance(term, NamedNode):
        return [term.value]
    if isinstance(term, BlankNode):
        return [term.value, 0]
    if isinstance(term, Literal):
        return [term.value, term.datatype.value, term.language]
    raise ValueError(f"an axiom holds the triple term {term}")

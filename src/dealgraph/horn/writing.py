"""A program as text, so that a command need not compile it: JSON, with each term written once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.horn.program import Program, Unsupported
from dealgraph.horn.ranges import Datatype, Limits, OneOf, Range
from dealgraph.horn.rules import Apart, Atom, Fact, Guard, Head, Never, Place, Rule, Same, Term

FORM: Final = 1
"""The form of programs and of their text: another number where either changes."""

_Row = list[Any]


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


def from_json(text: str) -> Program | None:
    """Read what `to_json` wrote, or return nothing for any other text: then compile anew."""
    try:
        whole = json.loads(text)
        return _read(whole) if whole["form"] == FORM else None
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None


class _Writer:
    """Writes rows of numbers; a term is the number of its row in `rows`, a variable a negative number."""

    def __init__(self) -> None:
        self.rows: list[_Row] = []
        self._numbers: dict[Term, int] = {}

    def term(self, term: Term) -> int:
        number = self._numbers.setdefault(term, len(self.rows))
        if number == len(self.rows):
            self.rows.append(_row(term))
        return number

    def place(self, place: Place) -> int:
        return -1 - place if isinstance(place, int) else self.term(place)

    def fact(self, fact: Fact) -> _Row:
        return [self.term(term) for term in fact]

    def triple(self, triple: Triple) -> _Row:
        return self.fact((triple.subject, triple.predicate, triple.object))

    def atom(self, atom: Atom) -> _Row:
        return [self.place(atom.subject), self.term(atom.predicate), self.place(atom.object)]

    def apart(self, apart: Apart) -> _Row:
        members = [self.term(member) for member in apart.members]
        return [apart.rule, members, [self.triple(each) for each in apart.axiom]]

    def rule(self, rule: Rule) -> _Row:
        body = [self.atom(atom) for atom in rule.body]
        guards = [[guard.variable, self.range(guard.range), guard.inside] for guard in rule.guards]
        return [self.head(rule.head), body, guards, [self.triple(each) for each in rule.axiom]]

    def head(self, head: Head) -> _Row:
        if isinstance(head, Atom):
            return self.atom(head)
        if isinstance(head, Never):
            return [head.rule]
        return [head.rule, self.place(head.one), self.place(head.other)]

    def range(self, range_: Range) -> _Row:
        if isinstance(range_, Datatype):
            return [range_.name]
        if isinstance(range_, Limits):
            return [range_.name, [[facet, str(limit)] for facet, limit in range_.facets]]
        return [[self.term(literal) for literal in range_.literals]]


def _row(term: Term) -> _Row:
    if isinstance(term, NamedNode):
        return [term.value]
    if isinstance(term, BlankNode):
        return [term.value, 0]
    if isinstance(term, Literal):
        return [term.value, term.datatype.value, term.language]
    raise ValueError(f"an axiom holds the triple term {term}")


class _Reader:
    """Reads rows of numbers back, with the terms that they stand for."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._terms = [_term(*row) for row in rows]

    def term(self, number: int) -> Term:
        if number < 0:
            raise ValueError("a variable stands where a term is needed")
        return self._terms[number]

    def name(self, number: int) -> NamedNode:
        term = self.term(number)
        if not isinstance(term, NamedNode):
            raise ValueError(f"{term} stands where a name is needed")
        return term

    def literal(self, number: int) -> Literal:
        term = self.term(number)
        if not isinstance(term, Literal):
            raise ValueError(f"{term} stands where a literal is needed")
        return term

    def place(self, number: int) -> Place:
        return -1 - number if number < 0 else self._terms[number]

    def fact(self, row: _Row) -> Fact:
        subject, predicate, value = row
        return self.term(subject), self.name(predicate), self.term(value)

    def triple(self, row: _Row) -> Triple:
        subject, predicate, value = self.fact(row)
        if not isinstance(subject, NamedNode | BlankNode):
            raise ValueError(f"{subject} stands where a subject is needed")
        return Triple(subject, predicate, value)

    def atom(self, row: _Row) -> Atom:
        subject, predicate, value = row
        return Atom(self.place(subject), self.name(predicate), self.place(value))

    def apart(self, row: _Row) -> Apart:
        rule, members, axiom = row
        return Apart(rule, tuple(map(self.name, members)), tuple(map(self.triple, axiom)))

    def rule(self, row: _Row) -> Rule:
        head, body, guards, axiom = row
        return Rule(
            self.head(head),
            tuple(map(self.atom, body)),
            tuple(Guard(variable, self.range(range_), inside) for variable, range_, inside in guards),
            tuple(map(self.triple, axiom)),
        )

    def head(self, row: _Row) -> Head:
        if not isinstance(row[0], str):
            return self.atom(row)
        if len(row) == 1:
            return Never(row[0])
        return Same(self.place(row[1]), self.place(row[2]), row[0])

    def range(self, row: _Row) -> Range:
        if not isinstance(row[0], str):
            return OneOf(tuple(map(self.literal, row[0])))
        if len(row) == 1:
            return Datatype(row[0])
        return Limits(row[0], tuple((facet, Decimal(limit)) for facet, limit in row[1]))


def _term(value: str, kind: str | int | None = None, language: str | None = None) -> Term:
    if kind is None:
        return NamedNode(value)
    if kind == 0:
        return BlankNode(value)
    return Literal(value, language=language) if language else Literal(value, datatype=NamedNode(str(kind)))


def _read(whole: dict[str, Any]) -> Program:
    reader = _Reader(whole["terms"])
    return Program(
        rules=tuple(map(reader.rule, whole["rules"])),
        disjoint=tuple(map(reader.apart, whole["disjoint"])),
        different=tuple(map(reader.apart, whole["different"])),
        static=frozenset(map(reader.fact, whole["static"])),
        unfolded=frozenset(map(reader.name, whole["unfolded"])),
        unsupported=tuple(Unsupported(reader.triple(row), reason) for row, reason in whole["unsupported"]),
        digest=whole["digest"],
    )

"""A program from its text: what `writing` wrote, row by row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.horn.program import Program, Unsupported
from dealgraph.horn.ranges import Datatype, Limits, OneOf, Range
from dealgraph.horn.rules import Apart, Atom, Fact, Guard, Head, Never, Place, Rule, Same, Term
from dealgraph.horn.writing import FORM, Row


def from_json(text: str) -> Program | None:
    """Read what `to_json` wrote, or return nothing for any other text: then compile anew."""
    try:
        whole = json.loads(text)
        return _read(whole) if whole["form"] == FORM else None
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None


class _Reader:
    """Reads rows of numbers back, with the terms that they stand for."""

    def __init__(self, rows: Sequence[Row]) -> None:
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

    def fact(self, row: Row) -> Fact:
        subject, predicate, value = row
        return self.term(subject), self.name(predicate), self.term(value)

    def triple(self, row: Row) -> Triple:
        subject, predicate, value = self.fact(row)
        if not isinstance(subject, NamedNode | BlankNode):
            raise ValueError(f"{subject} stands where a subject is needed")
        return Triple(subject, predicate, value)

    def atom(self, row: Row) -> Atom:
        subject, predicate, value = row
        return Atom(self.place(subject), self.name(predicate), self.place(value))

    def apart(self, row: Row) -> Apart:
        rule, members, axiom = row
        return Apart(rule, tuple(map(self.name, members)), tuple(map(self.triple, axiom)))

    def rule(self, row: Row) -> Rule:
        head, body, guards, axiom = row
        return Rule(
            self.head(head),
            tuple(map(self.atom, body)),
            tuple(Guard(variable, self.range(range_), inside) for variable, range_, inside in guards),
            tuple(map(self.triple, axiom)),
        )

    def head(self, row: Row) -> Head:
        if not isinstance(row[0], str):
            return self.atom(row)
        if len(row) == 1:
            return Never(row[0])
        return Same(self.place(row[1]), self.place(row[2]), row[0])

    def range(self, row: Row) -> Range:
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

"""Statements as one line of Turtle, unnamed nodes folded into what speaks of them: for messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from dealgraph.closure import Generalized, Statement
from dealgraph.terms import compact, iri

MOST_PARTS: Final = 40
"""How many unnamed nodes and members of lists are written out, so that a message stays a message."""

_TYPE: Final = NamedNode(iri("rdf:type"))
_FIRST, _REST, _NIL = (NamedNode(iri(f"rdf:{name}")) for name in ("first", "rest", "nil"))

_Pairs = list[tuple[NamedNode, object]]
_About = Mapping[BlankNode, _Pairs]


def inline(statements: Iterable[Statement], context: Iterable[Triple] = ()) -> str:
    """Write statements as Turtle, separated by semicolons; reach for it where a message names statements.

    What is said of an unnamed node stands in square brackets where the node is spoken of, a list in round
    ones. `context` may describe unnamed nodes beyond the statements. Prefixes are those of `terms`.
    """
    told = tuple(dict.fromkeys(statements))
    about: dict[BlankNode, _Pairs] = {}
    for statement in (*told, *context):
        if isinstance(statement.subject, BlankNode) and isinstance(statement.predicate, NamedNode):
            pairs = about.setdefault(statement.subject, [])
            pair = (statement.predicate, statement.object)
            if pair not in pairs:
                pairs.append(pair)
    spoken_of = {s.object for s in told if isinstance(s.object, BlankNode) and s.object != s.subject}
    writer = _Writer(about)
    found = (writer.statement(s) for s in told if s.subject not in spoken_of)
    return "; ".join(dict.fromkeys(found)) or "; ".join(map(writer.statement, told))


class _Writer:
    """Writes terms; each unnamed node once, then it is three dots."""

    def __init__(self, about: _About) -> None:
        self._about = about
        self._open: set[BlankNode] = set()
        self._left = MOST_PARTS

    def statement(self, statement: Triple | Generalized) -> str:
        if isinstance(statement.subject, BlankNode):
            return self.term(statement.subject)
        return (
            f"{self.term(statement.subject)} {self._link(statement.predicate)} {self.term(statement.object)}"
        )

    def term(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return compact(term.value)
        if not isinstance(term, BlankNode):
            return str(term)
        if term in self._open or self._left <= 0 or term not in self._about:
            return "[…]"
        self._left -= 1
        self._open.add(term)
        try:
            return self._node(term)
        finally:
            self._open.discard(term)

    def _node(self, node: BlankNode) -> str:
        members = self._members(node)
        if members is not None:
            return f"( {' '.join(map(self.term, members))} )"
        pairs = (f"{self._link(link)} {self.term(value)}" for link, value in self._about[node])
        return f"[ {' ; '.join(pairs)} ]"

    def _members(self, cell: object) -> Sequence[object] | None:
        """The members of a well-formed list; `None` for what is none."""
        members: list[object] = []
        seen: set[object] = set()
        while cell != _NIL:
            pairs = self._about.get(cell, []) if isinstance(cell, BlankNode) else []
            parts = dict(pairs)
            if cell in seen or len(pairs) != len(parts) or parts.keys() != {_FIRST, _REST}:
                return None
            seen.add(cell)
            members.append(parts[_FIRST])
            cell = parts[_REST]
        return members

    def _link(self, predicate: object) -> str:
        return "a" if predicate == _TYPE else self.term(predicate)

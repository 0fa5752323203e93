"""Which quads make a row of an answer: they alone give the row again.

The groups of the query are run for the row alone, each marked, so that it shows which ones took part; then
the triples of those groups are looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from dealgraph.lineage.patterns import MOST_ANSWERS, Lookup, Pattern, Solution, Term, term_of, triples_of
from dealgraph.lineage.shape import Group, Select, Span, select_of
from dealgraph.stored import text as texts

_MARK: Final = "in_group_"
_ENTERED: Final = frozenset({"plain", "maybe", "graph"})
_ASKED: Final = frozenset({"some", "none"})
"""Groups that are only asked whether they have a solution: also of NOT EXISTS, whose value may be shown."""


@dataclass(frozen=True)
class Witnesses:
    """The quads behind a row, in the order in which the query asks for them.

    `absent` tells that the row is there also because something is not (NOT EXISTS, MINUS).
    """

    quads: tuple[Quad, ...]
    absent: bool


@dataclass(frozen=True)
class Lineage:
    """The ways from the rows of a SELECT query back to the quads of a store; made for many rows.

    `text` is the query as it was run, its parameters bound.
    """

    store: Store
    text: str

    def witnesses(self, row: Mapping[str, Term | None]) -> Witnesses:
        """Return the quads that make a row, given by the names of its variables, unbound ones as `None`.

        For a row that is a sum or a count, these are the quads of all that was counted. What is absent
        has no quads. Groups of SERVICE are not followed.
        """
        quads = dict.fromkeys(self._of_select(self._select, row))
        return Witnesses(tuple(quads), self._has_absence(self._select.group))

    @cached_property
    def _masked(self) -> str:
        return texts.mask(self.text)

    @cached_property
    def _prologue(self) -> str:
        return texts.prologue(self.text)

    @cached_property
    def _select(self) -> Select:
        return select_of(self._masked)

    @cached_property
    def _read(self) -> dict[Span, tuple[Pattern, ...]]:
        return {}

    def _of_select(self, select: Select, row: Mapping[str, Term | None]) -> Iterator[Quad]:
        asked = select.keys if select.grouped else select.columns
        kept = {column.name for column in asked} if asked or select.grouped else row.keys()
        wanted = {name: term for name, term in row.items() if name in kept}
        binds = [
            f"BIND({self.text[slice(*column.expression)]} AS ?{column.name})"
            for column in asked
            if column.expression
        ]
        for solution in self._solutions(select.group, wanted, " ".join(binds)):
            yield from self._of_group(select.group, solution)

    def _of_group(self, group: Group, solution: Solution) -> Iterator[Quad]:
        lookup = Lookup(self.store, self._graph(group, solution))
        for run in group.runs:
            for quads in islice(lookup.answers(self._triples(run), solution), MOST_ANSWERS):
                yield from quads
        for part in group.parts:
            yield from self._of_part(part, solution)

    def _of_part(self, part: Group, solution: Solution) -> Iterator[Quad]:
        if part.select:
            shown = (column.name for column in part.select.columns)
            yield from self._of_select(part.select, {name: solution.get(name) for name in shown})
        elif part.kind in _ASKED:
            known = {name: term for name, term in solution.items() if not name.startswith(_MARK)}
            for inner in self._solutions(part, known):
                yield from self._of_group(part, {**known, **inner})
        elif _mark(part) in solution:
            yield from self._of_group(part, solution)

    def _triples(self, run: Span) -> tuple[Pattern, ...]:
        if run not in self._read:
            self._read[run] = triples_of(self._prologue, self.text[slice(*run)])
        return self._read[run]

    def _graph(self, group: Group, solution: Solution) -> NamedNode | None:
        if group.graph is None:
            return None
        written = self.text[slice(*group.graph)]
        found = solution.get(written[1:]) if written[0] in "?$" else term_of(self._prologue, written)
        return found if isinstance(found, NamedNode) else None

    def _solutions(
        self, group: Group, wanted: Mapping[str, Term | None], binds: str = ""
    ) -> Iterator[Solution]:
        """The solutions of a group that agree with what is wanted, with the marks of the groups entered.

        They are sorted: an engine may give them in another order every time.
        """
        bound = {n: term for n, term in wanted.items() if isinstance(term, NamedNode | Literal)}
        body = f"{self._marked(group)} {binds}"
        if group.graph:
            body = f"GRAPH {self.text[slice(*group.graph)]} {{ {body} }}"
        head = " ".join(f"?{name}" for name in bound)
        values = f"VALUES ({head}) {{ ({' '.join(map(str, bound.values()))}) }}" if bound else ""
        found = self.store.query(f"{self._prologue}\nSELECT * WHERE {{ {body} }} {values}")
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        every = [{name: term for name in names if isinstance(term := row[name], Term)} for row in found]
        for solution in sorted(
            every, key=lambda one: sorted((name, str(term)) for name, term in one.items())
        ):
            if all(solution.get(name) == term for name, term in wanted.items() if name in names):
                yield solution

    def _marked(self, group: Group) -> str:
        """The inside of a group, in which each group that is entered leaves a mark."""
        pieces: list[str] = []
        place = group.span[0]
        for part in group.parts:
            if part.kind in _ENTERED:
                pieces += [self.text[place : part.span[0]], f" BIND(true AS ?{_mark(part)}) "]
                pieces.append(self._marked(part))
                place = part.span[1]
        return "".join([*pieces, self.text[place : group.span[1]]])

    def _has_absence(self, group: Group) -> bool:
        return any(
            part.kind in ("none", "minus") or self._has_absence(part.select.group if part.select else part)
            for part in group.parts
        )


def _mark(group: Group) -> str:
    return f"{_MARK}{group.span[0]}"

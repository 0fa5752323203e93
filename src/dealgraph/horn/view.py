"""What a store holds for the rules: as it was before a change, as it is now, and what is stated in it.

Every question is one lookup by pattern, and none is ever about all statements of a graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, Store

from dealgraph.horn.changes import Facts
from dealgraph.horn.graphs import AUXILIARY, DEFAULT, DERIVATION, DERIVED, FACTS, INFERRED, Graph
from dealgraph.horn.program import SAME_AS, Program
from dealgraph.horn.rules import TYPE, Fact, Term
from dealgraph.terms import iri

_TOLD_OF_DERIVATIONS: Final = frozenset(
    NamedNode(iri(name))
    for name in ("dg:subject", "dg:predicate", "dg:object", "dg:rule", "prov:wasDerivedFrom", "rdf:type")
)


class Stage(Enum):
    """Which statements count."""

    BEFORE = "all that held before the change"
    NOW = "all that holds so far"
    STATED = "what is stated now, and what is static: not what is inferred"


class View:
    """A store under change: `gone` are the statements that hold no more, `new` those that came.

    Nodes of dg:Derivation, which tell how a result came about, are not seen.
    """

    def __init__(self, store: Store, program: Program) -> None:
        self.gone = Facts()
        self.new = Facts()
        self._store = store
        self._program = program
        self._types: dict[Term, tuple[Fact, ...]] = {}
        self._telling: dict[Term, bool] = {}
        self._has_aside = next(self.quads(None, None, None, AUXILIARY), None) is not None

    @property
    def has_equalities(self) -> bool:
        """Whether the last full build found different names for one thing."""
        return self._has_aside and next(self.quads(None, SAME_AS, None, AUXILIARY), None) is not None

    def match(
        self, subject: Term | None, predicate: NamedNode, value: Term | None, stage: Stage
    ) -> Iterator[Fact]:
        """Yield the statements of a predicate with the ends that are given; some may come twice."""
        yield from self._static(subject, predicate, value)
        if subject is not None and not isinstance(subject, NamedNode | BlankNode):
            return
        if stage is Stage.STATED:
            yield from self._stated(subject, predicate, value)
            return
        for fact in self._kept(subject, predicate, value):
            if stage is Stage.BEFORE or fact not in self.gone:
                yield fact
        yield from (self.new if stage is Stage.NOW else self.gone).match(subject, predicate, value)

    def has(self, fact: Fact, stage: Stage) -> bool:
        """Tell whether a statement counts at a stage."""
        return next(self.match(*fact, stage), None) is not None

    def is_stated(self, fact: Fact) -> bool:
        """Tell whether a statement is a fact, or a result of the stored rules."""
        return self.is_in(fact, FACTS) or (self.is_in(fact, DERIVED) and not self.is_telling(fact[0]))

    def is_inferred(self, fact: Fact) -> bool:
        """Tell whether a statement is kept as one that follows."""
        return self.is_in(fact, INFERRED) or (self._has_aside and self.is_in(fact, AUXILIARY))

    def is_in(self, fact: Fact, graph: Graph) -> bool:
        """Tell whether one graph of the store holds a statement."""
        return next(self.quads(*fact, graph), None) is not None

    def is_telling(self, subject: Term) -> bool:
        """Tell whether a node tells how a result of the stored rules came about."""
        if subject not in self._telling:
            self._telling[subject] = self.is_in((subject, TYPE, DERIVATION), DERIVED)
        return self._telling[subject]

    def is_thing(self, term: Term) -> bool:
        """Tell whether a statement names a term: only of such is anything shown as inferred."""
        if term not in self._program.static_things:
            return True
        named = (self.quads(term, None, None, FACTS), self.quads(None, None, term, FACTS))
        if any(next(quads, None) is not None for quads in named):
            return True
        told = (*self.quads(term, None, None, DERIVED), *self.quads(None, None, term, DERIVED))
        return any(not self.is_telling(quad.subject) for quad in told)

    def about(self, subject: Term) -> Iterator[Fact]:
        """Yield what is kept as following about a thing."""
        for graph in (INFERRED, AUXILIARY):
            for quad in self.quads(subject, None, None, graph):
                yield quad.subject, quad.predicate, quad.object

    def quads(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, graph: Graph
    ) -> Iterator[Quad]:
        """Yield the quads of one graph with the parts that are given: one lookup."""
        if subject is not None and not isinstance(subject, NamedNode | BlankNode):
            return iter(())
        return self._store.quads_for_pattern(subject, predicate, value, graph)

    def _static(self, subject: Term | None, predicate: NamedNode, value: Term | None) -> Iterable[Fact]:
        if subject is not None:
            found = self._program.static_objects.get((subject, predicate), ())
            return found if value is None else [fact for fact in found if fact[2] == value]
        if value is not None:
            return self._program.static_subjects.get((value, predicate), ())
        return [fact for fact in self._program.static if fact[1] == predicate]

    def _stated(self, subject: Term | None, predicate: NamedNode, value: Term | None) -> Iterator[Fact]:
        for quad in self.quads(subject, predicate, value, FACTS):
            yield quad.subject, quad.predicate, quad.object
        for quad in self.quads(subject, predicate, value, DERIVED):
            if not self.is_telling(quad.subject):
                yield quad.subject, quad.predicate, quad.object

    def _kept(self, subject: Term | None, predicate: NamedNode, value: Term | None) -> Iterator[Fact]:
        if predicate == TYPE and subject is not None:
            for fact in self._types_of(subject):
                if value is None or fact[2] == value:
                    yield fact
            return
        for graph in (DEFAULT, AUXILIARY) if self._has_aside else (DEFAULT,):
            for quad in self.quads(subject, predicate, value, graph):
                if predicate not in _TOLD_OF_DERIVATIONS or not self.is_telling(quad.subject):
                    yield quad.subject, quad.predicate, quad.object

    def _types_of(self, subject: Term) -> tuple[Fact, ...]:
        """The types of a thing are asked for once, as every class that it may be of is asked for."""
        if subject not in self._types:
            graphs: tuple[Graph, ...] = (DEFAULT, AUXILIARY) if self._has_aside else (DEFAULT,)
            found = tuple(
                (quad.subject, quad.predicate, quad.object)
                for graph in graphs
                for quad in self.quads(subject, TYPE, None, graph)
            )
            self._types[subject] = () if any(fact[2] == DERIVATION for fact in found) else found
        return self._types[subject]

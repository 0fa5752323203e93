"""The closure of a graph: what follows, why, and what contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pyoxigraph import NamedNode, Triple

from dealgraph.closure import class_clashes, classes, properties, restrictions, schema
from dealgraph.closure.clashes import find_clashes
from dealgraph.closure.comparisons import Comparisons
from dealgraph.closure.engine import Engine
from dealgraph.closure.inferred import Inferred
from dealgraph.closure.interning import Generalized, Term, Terms, TripleLike, intern
from dealgraph.closure.profile import doubts
from dealgraph.closure.proofs import Step, all_steps, first_step, holds
from dealgraph.closure.selves import install as install_selves
from dealgraph.closure.store import Group, Ids
from dealgraph.closure.vocabulary import FIRST, REST, SAME_AS, SIZE, TYPE

Statement = Triple | Generalized
"""What a proof is about: a triple, or a statement that RDF cannot write."""


@dataclass(frozen=True)
class Derivation:
    """One step of a proof: `conclusion` follows from `premises` by `rule`, a key of `RULES`.

    The premises come in the order of the recommendation: the axiom, the cells of its list, the rest.
    """

    rule: str
    conclusion: Statement
    premises: tuple[Statement, ...]


@dataclass(frozen=True)
class Inconsistency:
    """Statements that cannot hold together by `rule`, a key of `RULES`; premises as in `Derivation`."""

    rule: str
    premises: tuple[Statement, ...]


@dataclass(frozen=True)
class Ignored:
    """An axiom that the rules do not follow, or not in full; `reason` is a key of `REASONS`.

    The first of `statements` is the axiom, the last one the part that is at fault.
    """

    reason: str
    statements: tuple[Statement, ...]


class Closure:
    """What follows from a graph; made by `close`."""

    def __init__(self, engine: Engine, terms: Terms, inferred: Inferred, limit: int) -> None:
        self._engine = engine
        self._terms = terms
        self._inferred = inferred
        self._limit = limit

    @property
    def inferred(self) -> Inferred:
        """The statements that follow and are not given, sorted by their N-Triples text.

        They are made while they are read; `len` counts them.
        """
        return self._inferred

    @cached_property
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """What cannot hold together: by rule in the order of the tables, then nearest to what is given."""
        return tuple(
            Inconsistency(rule, self._statements(premises))
            for rule, premises in find_clashes(self._engine, self._limit)
        )

    @cached_property
    def ignored(self) -> tuple[Ignored, ...]:
        """The given axioms that the rules do not follow, or only in part."""
        by_id = self._terms.by_id
        found = doubts(self._engine, lambda number: isinstance(by_id[number], NamedNode))
        return tuple(Ignored(reason, self._statements(statements)) for reason, statements in found)

    @cached_property
    def cliques(self) -> tuple[tuple[Term, ...], ...]:
        """The sets of two or more terms that are one individual, literals of one value included."""
        by_id = self._terms.by_id
        return tuple(tuple(by_id[term] for term in members) for members in self._engine.equality.sets())

    def holds(self, statement: TripleLike | Generalized) -> bool:
        """Tell whether a statement is given or follows, even if it is left out as trivial."""
        triple = self._terms.numbers(statement)
        return triple is not None and holds(self._engine, triple)

    def derivation(self, statement: TripleLike | Generalized) -> Derivation | None:
        """Return the first way in which a statement was found; `None` if it is given or does not hold.

        Asking the same of the premises again and again leads to given statements, or to steps without
        premises, such as of rule dt-eq.
        """
        triple = self._terms.numbers(statement)
        step = first_step(self._engine, triple) if triple is not None else None
        return self._derivation(triple, step) if triple is not None and step is not None else None

    def derivations(self, statement: TripleLike | Generalized) -> tuple[Derivation, ...]:
        """Return every recorded way in which a statement was found, the first one first.

        There are others only with `record="all"`. Those may go in circles: a statement can follow from
        one that follows from it; also given statements have them.
        """
        triple = self._terms.numbers(statement)
        if triple is None:
            return ()
        return tuple(self._derivation(triple, step) for step in all_steps(self._engine, triple))

    def _derivation(self, triple: Ids, step: Step) -> Derivation:
        rule, premises = step
        return Derivation(rule, self._terms.statement(triple), self._statements(premises))

    def _statements(self, group: Group) -> tuple[Statement, ...]:
        return tuple(self._terms.statement(triple) for triple in group)


def close(
    triples: Iterable[TripleLike],
    *,
    record: Literal["first", "all"] = "first",
    trivial: bool = False,
    selves: bool = False,
    limit: int = 100,
    clique_limit: int = 100,
) -> Closure:
    """Find everything that follows from a graph by the rules of OWL 2 RL/RDF, with the reasons.

    `triples` are ontology and data together, in any order: what is returned, proofs included, depends
    on the set of them alone (blank nodes keep the labels they come with). Every rule of tables 4 to 9
    of the recommendation is applied (`RULES`), and axioms that are themselves inferred have their
    effect. Inconsistency does not stop the inference.

    - `record`: keep one derivation of each inferred statement, or `all`. The one is of least depth
      where no equality takes part, with chains of a transitive property, of subclasses and of
      sub-properties followed link by link. With `all`, equalities have the derivations that were
      needed to find them, not those between every two of many equal terms.
    - `trivial`: also return what holds whatever the graph says: that each term is the same as itself
      (rule eq-ref), a class below itself, an individual a thing; the types of the vocabulary; and a
      value in every way the graph writes it, instead of that of the statement it comes from. Without
      it such statements still take part in rules, and in proofs.
    - `selves`: also apply the two rules of `dealgraph.closure.selves`, which are beyond OWL 2 RL.
    - `limit`: how many inconsistencies to return for each rule.
    - `clique_limit`: of more equal terms than this, statements are returned about the first one only,
      with owl:sameAs between it and each other. `holds` and `derivation` know them all.

    Statements with a literal as subject, or no IRI as predicate, take part in rules and are not
    returned. Memory is bounded by the number of statements, equal terms counted as one. That things
    equal to different literals differ is not returned and meets no axiom; `holds` and `derivation`
    know it. Two things that the rules would write are not found at all: what axioms about owl:sameAs
    itself give for a term and itself; and what follows if two terms of the vocabulary are the same,
    which is in `ignored`.

    Source: OWL 2 Web Ontology Language Profiles (Second Edition), section 4.3.
    """
    terms, given = intern(triples)
    given.sort(key=_stage)
    engine = _saturated(terms, given, thing=trivial, every=record == "all", selves=selves)
    inferred = Inferred(engine, terms, trivial=trivial, clique_limit=clique_limit)
    return Closure(engine, terms, inferred, limit)


def _saturated(terms: Terms, given: Sequence[Ids], *, thing: bool, every: bool, selves: bool) -> Engine:
    engine = Engine(terms.literals, thing=thing, every=every)
    properties.install(engine)
    classes.install(engine)
    restrictions.install(engine, Comparisons(engine).enter)
    schema.install(engine)
    if selves:
        install_selves(engine)
    class_clashes.install(engine)
    schema.state_same_values(engine)
    engine.add(given)
    schema.state_axioms(engine)
    engine.run()
    if engine.needs_thing:
        return _saturated(terms, given, thing=True, every=every, selves=selves)
    return engine


def _stage(triple: Ids) -> int:
    """Lists first, then equalities, then axioms, then data: so that little has to be done twice."""
    _, predicate, value = triple
    if predicate in (FIRST, REST):
        return 0
    if predicate == SAME_AS:
        return 1
    return 2 if predicate < SIZE and (predicate != TYPE or value < SIZE) else 3

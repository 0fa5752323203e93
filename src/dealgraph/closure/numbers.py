"""A rule beside OWL 2 RL, for classes that depend on numbers: ranges of values.

OWL 2 RL has it not, so that a closure alone does not see that 49.5 is below 50. It is sound in OWL 2 DL, as
are those of `selves`. With them a closure finds what HermiT finds of such classes, and can show its steps.
Source: OWL 2 Web Ontology Language Structural Specification (Second Edition), section 7.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from operator import ge, gt, le, lt
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from dealgraph.closure.closing import Closure, Derivation, Statement, close
from dealgraph.closure.interning import Generalized
from dealgraph.terms import iri

IN_RANGE: Final = "in-range"
"""A number within the limits of a datatype is of that datatype."""
MOST_RECORDED: Final = 10_000
"""Up to how many inferences every way to each is recorded: there may be thousands to each."""

_TYPE: Final = NamedNode(iri("rdf:type"))
_FIRST, _REST = NamedNode(iri("rdf:first")), NamedNode(iri("rdf:rest"))
_ON_DATATYPE, _LIMITS = NamedNode(iri("owl:onDatatype")), NamedNode(iri("owl:withRestrictions"))
_DECIMAL, _INTEGER = iri("xsd:decimal"), iri("xsd:integer")
_HOLDS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    iri("xsd:minInclusive"): ge,
    iri("xsd:minExclusive"): gt,
    iri("xsd:maxInclusive"): le,
    iri("xsd:maxExclusive"): lt,
}


@dataclass(frozen=True)
class Extended:
    """A closure that knows numbers: `added` are the steps of the rule, by their conclusions."""

    closure: Closure
    added: Mapping[Statement, Derivation]

    def holds(self, statement: Statement) -> bool:
        """Tell whether a statement is given or follows."""
        return self.closure.holds(statement)

    def derivations(self, statement: Statement) -> tuple[Derivation, ...]:
        """Return every recorded way to a statement, that of the rule first."""
        own = self.added.get(statement)
        return (*([own] if own else []), *self.closure.derivations(statement))


def close_with_numbers(triples: Iterable[Triple], *, every: bool = True) -> Extended:
    """Close a graph under OWL 2 RL and these rules; with `every`, each way to a statement is recorded.

    Only ranges of xsd:decimal and xsd:integer are seen; others stay with HermiT. Of more than
    `MOST_RECORDED` inferences only the first way to each is recorded, which is one of least depth.
    """
    given = tuple(triples)
    added = {step.conclusion: step for step in _in_ranges(given)}
    closure = close((*given, *_as_input(added)), selves=True)
    if every and len(closure.inferred) <= MOST_RECORDED:
        closure = close((*given, *_as_input(added)), record="all", selves=True)
    return Extended(closure, added)


def _as_input(added: Mapping[Statement, Derivation]) -> Iterator[Triple]:
    # The closure takes any statement with three terms; only its signature asks for what RDF can write.
    yield from added  # type: ignore[misc]


def _in_ranges(given: Iterable[Triple]) -> Iterator[Derivation]:
    about: dict[object, list[Triple]] = {}
    for triple in given:
        about.setdefault(triple.subject, []).append(triple)
    literals = sorted({t.object for t in given if isinstance(t.object, Literal)}, key=str)
    numbers = [(literal, value) for literal in literals if (value := _number(literal)) is not None]
    for axiom in [t for t in given if t.predicate == _ON_DATATYPE and _is_numeric(t.object)]:
        parts = _definition(axiom, about)
        limits = [(p.predicate.value, _number(p.object)) for p in parts if p.predicate.value in _HOLDS]
        if not limits or any(limit is None for _, limit in limits):
            continue
        for literal, value in numbers:
            whole = axiom.object != NamedNode(_INTEGER) or value == value.to_integral_value()
            if whole and all(limit is not None and _HOLDS[facet](value, limit) for facet, limit in limits):
                yield Derivation(IN_RANGE, Generalized(literal, _TYPE, axiom.subject), tuple(parts))


def _definition(axiom: Triple, about: Mapping[object, list[Triple]]) -> list[Triple]:
    """The triples that define a datatype: what it restricts, its list of limits, the limits.

    Nothing if one of them is a limit of another kind, such as a pattern.
    """
    parts = [axiom, *(t for t in about[axiom.subject] if t.predicate == _LIMITS)]
    for part in parts:  # the list grows while it is read
        if part.predicate in (_LIMITS, _REST, _FIRST) and part.object in about:
            parts.extend(about[part.object])
    known = {_ON_DATATYPE, _LIMITS, _FIRST, _REST, *map(NamedNode, _HOLDS)}
    return parts if all(part.predicate in known for part in parts) else []


def _is_numeric(term: object) -> bool:
    return isinstance(term, NamedNode) and term.value in (_DECIMAL, _INTEGER)


def _number(term: object) -> Decimal | None:
    if not isinstance(term, Literal) or term.datatype.value not in (_DECIMAL, _INTEGER):
        return None
    try:
        return Decimal(term.value.strip())
    except InvalidOperation:
        return None

"""Classify an ontology with its facts: what HermiT finds, complete and in a stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Triple

from dealgraph.hermit.answer import INVERSE, Answer, inverse, read
from dealgraph.hermit.asking import put
from dealgraph.hermit.hierarchy import CLASSES, PROPERTIES, Order, order
from dealgraph.hermit.process import EVERYTHING
from dealgraph.terms import iri

_TYPE: Final = NamedNode(iri("rdf:type"))


@dataclass(frozen=True)
class DlResult:
    """What HermiT concludes and the input does not say; every tuple is sorted.

    Look at `consistent` first: where it is false, everything follows and nothing is listed. `types` has
    every named class of an individual, indirect ones included; `relations` every object property between
    named individuals, super-properties, equivalents and inverses included; `subclasses` every named
    superclass of a named class. `unsatisfiable` are the classes that can have no member; they are not
    among `subclasses`. `left_out` are the facts that HermiT cannot read, and so did not check.
    """

    consistent: bool
    unsatisfiable: tuple[NamedNode, ...] = ()
    types: tuple[Triple, ...] = ()
    relations: tuple[Triple, ...] = ()
    subclasses: tuple[Triple, ...] = ()
    left_out: tuple[Triple, ...] = ()


def classify(
    triples: Iterable[Triple], *, time_limit: float, memory_mb: int, java: Path | None = None
) -> DlResult:
    """Reason over an ontology and its facts in OWL 2 DL; reach for it where bounds of numbers matter.

    `triples` are both together, with all that is imported; `time_limit` bounds HermiT's run, in seconds,
    `memory_mb` its heap, in megabytes; `java` is the runtime, by default what `find_java` finds. The same
    triples give the same result, in whatever order. Raises `NoJava`, `ReasonerTimeout`, `ReasonerMemory`,
    `ReasonerCrashed`, and `ReasonerFailed` for what is not OWL 2 DL. Source: OWL 2 Direct Semantics.
    """
    given = frozenset(triples)
    reply = put(given, EVERYTHING, time_limit=time_limit, memory_mb=memory_mb, java=java)
    if reply.printed is None:
        return DlResult(consistent=False, left_out=reply.left_out)
    return _result(read(reply.printed), given, reply.left_out)


def _result(answer: Answer, given: frozenset[Triple], left_out: tuple[Triple, ...]) -> DlResult:
    classes = order(CLASSES, answer.classes)
    properties = order(PROPERTIES, answer.properties)
    return DlResult(
        consistent=True,
        unsatisfiable=tuple(map(NamedNode, sorted(answer.classes.empty))),
        types=_in_order(set(_types(answer, classes)) - given),
        relations=_in_order(set(_relations(answer, properties)) - given),
        subclasses=_in_order(set(_axioms(CLASSES.below, classes)) - given),
        left_out=left_out,
    )


def _types(answer: Answer, classes: Order) -> Iterator[Triple]:
    for individual, direct in answer.types:
        for name in classes.above(direct):
            yield Triple(NamedNode(individual), _TYPE, NamedNode(name))


def _relations(answer: Answer, properties: Order) -> Iterator[Triple]:
    for direct, start, end in answer.relations:
        for name in properties.above(direct):
            if name.startswith(INVERSE):
                yield Triple(NamedNode(end), NamedNode(inverse(name)), NamedNode(start))
            else:
                yield Triple(NamedNode(start), NamedNode(name), NamedNode(end))


def _axioms(below: NamedNode, classes: Order) -> Iterator[Triple]:
    for low, high in classes.pairs():
        yield Triple(NamedNode(low), below, NamedNode(high))


def _in_order(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    return tuple(sorted(triples, key=str))

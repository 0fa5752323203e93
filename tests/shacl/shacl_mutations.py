"""Mistakes as a curator makes them, planted in a graph at places that a seed chooses."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from dealgraph.shacl.graph import Term
from dealgraph.terms import iri

TYPE = NamedNode(iri("rdf:type"))
STRAY = NamedNode(iri("id:a-stray-node"))


@dataclass(frozen=True)
class Mutation:
    """One mistake: what it is called, and the statements that it takes away and adds."""

    kind: str
    removed: frozenset[Quad]
    added: frozenset[Quad]

    @property
    def terms(self) -> set[str]:
        """The subjects and values of those statements, as texts."""
        return {str(term) for quad in self.removed | self.added for term in (quad.subject, quad.object)}


def _to(quad: Quad, value: Term) -> Quad:
    return Quad(quad.subject, quad.predicate, value, quad.graph_name)


def _literal(quad: Quad) -> Literal:
    assert isinstance(quad.object, Literal), "the kind of mistake asks for one"
    return quad.object


def _drop(quad: Quad, _: Sequence[Quad]) -> tuple[Quad, ...]:  # noqa: ARG001
    return ()


def _double(quad: Quad, others: Sequence[Quad]) -> tuple[Quad, ...]:
    """Beside a value, that of another node on the same property."""
    return quad, _to(quad, next(other.object for other in others if other.object != quad.object))


def _swap(quad: Quad, others: Sequence[Quad]) -> tuple[Quad, ...]:
    return (_to(quad, next(other.object for other in others if other.object != quad.object)),)


def _as_double(quad: Quad, _: Sequence[Quad]) -> tuple[Quad, ...]:
    return (_to(quad, Literal(_literal(quad).value, datatype=NamedNode(iri("xsd:double")))),)


def _as_text(quad: Quad, _: Sequence[Quad]) -> tuple[Quad, ...]:
    return (_to(quad, Literal(_literal(quad).value)),)


def _nowhere(quad: Quad, _: Sequence[Quad]) -> tuple[Quad, ...]:
    return (_to(quad, STRAY),)


def _far(quad: Quad, _: Sequence[Quad]) -> tuple[Quad, ...]:
    return (_to(quad, Literal(f"-9{_literal(quad).value.lstrip('-')}", datatype=_literal(quad).datatype)),)


def _language(quad: Quad, _: Sequence[Quad]) -> tuple[Quad, ...]:
    return (_to(quad, Literal(_literal(quad).value, language="de")),)


def _blank_text(quad: Quad, _: Sequence[Quad]) -> tuple[Quad, ...]:
    return (_to(quad, Literal(" ", language=_literal(quad).language)),)


def _other_type(quad: Quad, _: Sequence[Quad]) -> tuple[Quad, ...]:
    """A type on a value that is none of its kind: the node is one of another class from now on."""
    assert isinstance(quad.object, NamedNode)
    return quad, Quad(quad.object, TYPE, NamedNode(iri("dg:Claim")), quad.graph_name)


def _self(quad: Quad, _: Sequence[Quad]) -> tuple[Quad, ...]:
    return quad, _to(quad, quad.subject)


def _any(_: Quad) -> bool:
    return True


def _is_link(quad: Quad) -> bool:
    return isinstance(quad.object, NamedNode) and quad.predicate != TYPE


def _is_number(quad: Quad) -> bool:
    kinds = {iri("xsd:decimal"), iri("xsd:integer")}
    return isinstance(quad.object, Literal) and quad.object.datatype.value in kinds


def _is_typed(quad: Quad) -> bool:
    strings = {iri("xsd:string"), iri("rdf:langString")}
    return isinstance(quad.object, Literal) and quad.object.datatype.value not in strings


def _is_tagged(quad: Quad) -> bool:
    return isinstance(quad.object, Literal) and quad.object.language is not None


KINDS: dict[str, tuple[Callable[[Quad], bool], Callable[[Quad, Sequence[Quad]], tuple[Quad, ...]]]] = {
    "required statement dropped": (_any, _drop),
    "type dropped": (lambda quad: quad.predicate == TYPE, _drop),
    "second value": (_is_link, _double),
    "second literal": (_is_typed, _double),
    "value of another node": (_is_link, _swap),
    "wrong class": (_is_link, _nowhere),
    "wrong datatype": (_is_number, _as_double),
    "no language": (_is_tagged, _as_text),
    "out of range": (_is_number, _far),
    "wrong language": (_is_tagged, _language),
    "empty text": (_is_tagged, _blank_text),
    "value of two classes": (_is_link, _other_type),
    "link to itself": (_is_link, _self),
}


def mutations(quads: Iterable[Quad], number: int, seed: int) -> list[Mutation]:
    """So many mistakes, each kind in turn, on different statements whose predicate varies."""
    chance = random.Random(seed)
    by_kind: dict[str, dict[NamedNode, list[Quad]]] = {}
    ordered = sorted(quads, key=str)
    for kind, (fits, _) in KINDS.items():
        by_predicate = defaultdict[NamedNode, list[Quad]](list)
        for quad in ordered:
            if fits(quad) and isinstance(quad.subject, NamedNode):
                by_predicate[quad.predicate].append(quad)
        by_kind[kind] = {p: found for p, found in by_predicate.items() if len({q.object for q in found}) > 1}
    made: dict[Quad, Mutation] = {}
    while len(made) < number:
        kind = list(KINDS)[len(made) % len(KINDS)]
        found = by_kind[kind][chance.choice(list(by_kind[kind]))]
        quad = chance.choice(found)
        others = chance.sample(found, len(found))
        after = frozenset(KINDS[kind][1](quad, others))
        made.setdefault(quad, Mutation(kind, frozenset({quad}) - after, after - {quad}))
    return list(made.values())


def with_all(quads: Iterable[Quad], made: Iterable[Mutation]) -> list[Quad]:
    """A graph with mistakes."""
    changed = set(quads)
    for mutation in made:
        changed = (changed - mutation.removed) | mutation.added
    return sorted(changed, key=str)

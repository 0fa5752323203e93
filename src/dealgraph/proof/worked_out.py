"""What stored rules have worked out, as steps of proofs: each result with the grounds that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Store, Triple

from dealgraph.derive import DERIVED, conclusions
from dealgraph.proof.tree import Leaf, Proof, Step
from dealgraph.terms import iri

_RULE, _FROM = NamedNode(iri("dg:rule")), NamedNode(iri("prov:wasDerivedFrom"))
_PARTS: Final = tuple(NamedNode(iri(f"dg:{name}")) for name in ("subject", "predicate", "object"))
_CLAIM: Final = iri("claim:")

Ground = Callable[[str], Iterable[Leaf]]
"""From something that a result was worked out from, by its IRI, to the leaves that stand for it."""


@dataclass(frozen=True)
class _Result:
    triple: Triple
    rule: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class WorkedOut:
    """The results of the rules of a store."""

    triples: frozenset[Triple]
    _by_triple: Mapping[Triple, _Result]
    _by_object: Mapping[str, _Result]
    _ground: Ground

    @staticmethod
    def read(store: Store, ground: Ground) -> WorkedOut:
        """Read what the rules of a store have made, and from what."""
        results = sorted(_results(store), key=lambda result: str(result.triple), reverse=True)
        triples = frozenset(conclusions(store))
        made = {_text(triple.subject) for triple in triples}
        by_object = {
            _text(result.triple.object): result
            for result in results
            if _text(result.triple.object) not in result.sources
        }
        return WorkedOut(
            triples,
            {result.triple: result for result in results},
            {
                name: result
                for name, result in by_object.items()
                if name in made and not name.startswith(_CLAIM)
            },
            ground,
        )

    def proof(self, triple: Triple) -> Proof | None:
        """Return the step that gives a result, or a part of the quantity or date that is the result."""
        result = self._by_triple.get(triple) or self._by_object.get(_text(triple.subject))
        return self._step(triple, result, frozenset()) if result else None

    def _step(self, triple: Triple, result: _Result, above: frozenset[Triple]) -> Proof:
        premises = [p for source in result.sources for p in self._premises(source, above | {result.triple})]
        return Step(triple, (result.rule,), tuple(dict.fromkeys(premises)))

    def _premises(self, source: str, above: frozenset[Triple]) -> Iterator[Proof]:
        earlier = self._by_object.get(source)
        if earlier and earlier.triple not in above:
            yield self._step(earlier.triple, earlier, above)
        else:
            yield from self._ground(source)


def _results(store: Store) -> Iterator[_Result]:
    for quad in store.quads_for_pattern(None, _RULE, None, DERIVED):
        if not isinstance(quad.subject, NamedNode):
            continue
        subject, predicate, value = (_objects(store, quad.subject, part)[0] for part in _PARTS)
        sources = tuple(sorted(map(_text, _objects(store, quad.subject, _FROM))))
        yield _Result(Triple(subject, predicate, value), _text(quad.object), sources)


def _objects(store: Store, node: NamedNode, link: NamedNode) -> list[NamedNode]:
    quads = store.quads_for_pattern(node, link, None, DERIVED)
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode)]


def _text(term: object) -> str:
    return str(getattr(term, "value", term))

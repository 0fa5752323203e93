"""Look patterns of stored queries up in stores that do not change meanwhile, each thing once."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from dealgraph.increment.footprint import ANY, DEFAULT, Hook

MOST_LOOKED_AT: Final = 8
"""How many quads are looked at before it is taken that one of so many fits."""
MOST_READ: Final = 100
"""How many quads a pattern may have for all of them to be read."""
Term = NamedNode | Literal
Binding = dict[str, Any]
"""What variables stand for."""
_Parts = tuple[Any, NamedNode | None, Any, NamedNode | DefaultGraph | None]


class Place:
    """A pattern of a query as a look-up: its terms where it has some, its variables where it does not."""

    def __init__(self, hook: Hook) -> None:
        self.hook = hook
        self.subject, self.value = _fixed(hook.fixed[0]), _fixed(hook.fixed[1])
        self.predicate = None if hook.predicate == ANY else NamedNode(hook.predicate)
        self.graph: NamedNode | DefaultGraph | None = None
        if hook.graph != ANY:
            self.graph = DefaultGraph() if hook.graph == DEFAULT else NamedNode(hook.graph)
        self.subject_name, self.predicate_name, self.value_name, self.graph_name = hook.binds
        self.names = frozenset(name for name in hook.binds if name)

    def parts(self, binding: Binding) -> _Parts:
        """Return what to look up where variables stand for something; none stands for anything."""
        return (
            binding.get(self.subject_name, self.subject),
            binding.get(self.predicate_name, self.predicate),
            binding.get(self.value_name, self.value),
            binding.get(self.graph_name, self.graph),
        )

    def bound(self, quad: Quad, binding: Binding) -> Binding | None:
        """Return a binding with what a quad that was looked up adds, or nothing if both differ."""
        found = dict(binding)
        for name, term in zip(
            self.hook.binds, (quad.subject, quad.predicate, quad.object, quad.graph_name), strict=True
        ):
            if name and found.setdefault(name, term) != term:
                return None
        return found


@lru_cache(maxsize=4096)
def place_of(hook: Hook) -> Place:
    """Return a pattern as a look-up."""
    return Place(hook)


class Look:
    """Looks things up in two stores: the one before a change, and the one after it."""

    def __init__(self, stores: tuple[Store, ...]) -> None:
        self.both = stores
        self._found: dict[tuple[object, ...], tuple[int, tuple[Quad, ...]]] = {}

    def has_quad(self, store: Store, hook: Hook, name: str, term: Term) -> bool:
        """Tell whether a store may have a quad for a pattern in which a variable has a value."""
        place = place_of(hook)
        subject = term if place.subject_name == name else place.subject
        if isinstance(subject, Literal):
            return False
        value = term if place.value_name == name else place.value
        found = self._read(store, (subject, place.predicate, value, place.graph), MOST_LOOKED_AT)
        if len(found) >= MOST_LOOKED_AT or (found and hook.is_plain and hook.graph != ANY):
            return True
        return any(hook.binding(quad) is not None for quad in found)

    def quads(self, store: Store, place: Place, binding: Binding) -> tuple[Quad, ...] | None:
        """Return the quads of a pattern where variables stand for something; nothing if they are many."""
        parts = place.parts(binding)
        if isinstance(parts[0], Literal):
            return ()
        found = self._read(store, parts, MOST_READ)
        return None if len(found) >= MOST_READ else _of_a_name(found) if parts[3] is None else found

    def _read(self, store: Store, parts: _Parts, most: int) -> tuple[Quad, ...]:
        key = (store is self.both[0], parts)
        known, found = self._found.get(key, (0, ()))
        if known < most and len(found) == known:
            found = tuple(islice(store.quads_for_pattern(*parts), most))
            self._found[key] = most, found
        return found


def _of_a_name(quads: tuple[Quad, ...]) -> tuple[Quad, ...]:
    """Leave the default graph out, which no variable after GRAPH stands for."""
    return tuple(quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph))


@lru_cache(maxsize=1024)
def _fixed(text: str) -> Term | None:
    """Return the term that stands in a pattern, or nothing where anything fits."""
    if text == ANY:
        return None
    (quad,) = parse(f"<urn:x> <urn:x> {text} .", format=RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, NamedNode | Literal), "a pattern has no unnamed node here"
    return quad.object

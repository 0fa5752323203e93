"""Look patterns of stored queries up in stores, each thing once until it changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, Final, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from dealgraph.increment.footprint import ANY, DEFAULT, Hook

MOST_LOOKED_AT: Final = 8
"""How many quads are looked at before it is taken that one of so many fits."""
MOST_READ: Final = 16
"""How many quads a pattern may have for all of them to be read: engines join many without reading them."""
Term = NamedNode | Literal
Binding = dict[str, Any]
"""What variables stand for."""
_ByTerm = defaultdict[object, dict[Quad, None]]
_Parts = tuple[Any, NamedNode | None, Any, Any]


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
    """Looks things up in two stores: the one before a change, and the one after it.

    Only the first is read, each thing once, and of what is new there nothing; `note` must be told of all that
    came and went since. To read a quad off a disk takes longer than what is done with it here.
    """

    def __init__(self, before: Store, after: Store) -> None:
        self.both = before, after
        self._before = _Before(before)
        self._since = _Since()

    def note(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take it that quads which were there are gone, and others have come."""
        self._since.note(removed, added)

    @cached_property
    def known_before(self) -> Store:
        """The store before the change, for those who look up all there is."""
        return cast("Store", Known(self.both[0], self._before, _Since()))

    @cached_property
    def known_after(self) -> Store:
        """The store after the change, for those who look up all there is."""
        return cast("Store", Known(self.both[1], self._before, self._since))

    def known(self, store: Store, added: Iterable[Quad]) -> Known:
        """Return another store in the same way: it has nothing that was not there before, but for `added`."""
        since = _Since()
        since.note((), added)
        return Known(store, self._before, since)

    def has_quad(self, store: Store, hook: Hook, name: str, term: Term) -> bool:
        """Tell whether a store may have a quad for a pattern in which a variable has a value."""
        place = place_of(hook)
        subject = term if place.subject_name == name else place.subject
        if isinstance(subject, Literal):
            return False
        value = term if place.value_name == name else place.value
        parts = (subject, place.predicate, value, place.graph)
        if hook.is_plain and place.graph is not None:
            return bool(self._read(store, parts, 1))
        found = self._read(store, parts, MOST_LOOKED_AT)
        return len(found) >= MOST_LOOKED_AT or any(hook.binding(quad) is not None for quad in found)

    def may_hold(self, store: Store, place: Place, binding: Binding) -> bool:
        """Tell whether a store may have a quad for a pattern where variables stand for something."""
        parts = place.parts(binding)
        if isinstance(parts[0], Literal):
            return False
        if parts[3] is not None:
            return bool(self._read(store, parts, 1))
        found = self._read(store, parts, MOST_LOOKED_AT)
        return len(found) >= MOST_LOOKED_AT or bool(_of_a_name(found))

    def quads(self, store: Store, place: Place, binding: Binding) -> Sequence[Quad] | None:
        """Return the quads of a pattern where variables stand for something; nothing if they are many."""
        parts = place.parts(binding)
        if isinstance(parts[0], Literal):
            return ()
        found = self._read(store, parts, MOST_READ)
        return None if len(found) >= MOST_READ else _of_a_name(found) if parts[3] is None else found

    def _read(self, store: Store, parts: _Parts, most: int) -> Sequence[Quad]:
        """Return the quads with some parts; where there are `most` or more, some may be wrong or missing."""
        found = self._before.quads(parts, most)
        if store is not self.both[1] or len(found) >= most:
            return found
        return self._since.seen(found, parts)


class Known:
    """A store as those see it who look up all there is: of what came new into it, nothing is read.

    It stands in for the store wherever that is only read. Numbers are those at the first time of asking.
    """

    def __init__(self, store: Store, before: _Before, since: _Since) -> None:
        self._store, self._before, self._since = store, before, since
        self._numbers: dict[object, Counter[NamedNode]] = {}
        self.query = store.query

    def quads_for_pattern(
        self,
        subject: Any,  # noqa: ANN401 - any term
        predicate: NamedNode | None,
        value: Any,  # noqa: ANN401 - any term
        graph: Any,  # noqa: ANN401 - any graph
    ) -> Iterator[Quad]:
        """Yield the quads with the parts that are given, as `Store.quads_for_pattern` does."""
        parts = (subject, predicate, value, graph)
        if self._before.knows(parts):
            return iter(self._store.quads_for_pattern(*parts))
        return iter(self._since.seen((), parts))

    def number_of(self, node: Any, predicate: NamedNode) -> int | None:  # noqa: ANN401 - any term
        """Tell how many statements a new node has with a predicate; nothing of one that is not new."""
        if isinstance(node, Literal):
            return 0
        if self._before.knows((node, None, None, None)):
            return None
        if node not in self._numbers:
            said = self._since.seen((), (node, None, None, None))
            self._numbers[node] = Counter(quad.predicate for quad in said)
        return self._numbers[node][predicate]

    def __contains__(self, quad: Quad) -> bool:
        if self._before.knows((quad.subject, quad.predicate, quad.object, quad.graph_name)):
            return quad in self._store
        return self._since.has(quad)


class _Before:
    """A store that does not change, and what was read of it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._is_subject: dict[object, bool] = {}
        self._is_object: dict[object, bool] = {}
        self._read: dict[_Parts, tuple[int, Sequence[Quad]]] = {}

    def quads(self, parts: _Parts, most: int) -> Sequence[Quad]:
        """Return the quads with some parts, or at least `most` of them."""
        known, found = self._read.get(parts, (0, ()))
        if known < most and len(found) == known:
            found = tuple(islice(self._store.quads_for_pattern(*parts), most)) if self.knows(parts) else ()
            self._read[parts] = most, found
        return found

    def knows(self, parts: _Parts) -> bool:
        """Tell whether the store speaks of the ends of a pattern: of what is new it does not."""
        subject, _, value, _ = parts
        if subject is not None:
            if subject not in self._is_subject:
                self._is_subject[subject] = _has(self._store.quads_for_pattern(subject, None, None, None))
            if not self._is_subject[subject]:
                return False
        if isinstance(value, NamedNode) or (value is not None and subject is None):
            if value not in self._is_object:
                self._is_object[value] = _has(self._store.quads_for_pattern(None, None, value, None))
            return self._is_object[value]
        return True


class _Since:
    """What came into a store, and what went."""

    def __init__(self) -> None:
        self._gone: set[Quad] = set()
        self._by_end: tuple[_ByTerm, ...] = tuple(defaultdict(dict) for _ in range(3))

    def note(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take it that quads which were there are gone, and others that were not have come."""
        for quad in removed:
            if quad in self._by_end[0].get(quad.subject, ()):
                for known, term in self._ends(quad):
                    del known[term][quad]
            else:
                self._gone.add(quad)
        for quad in added:
            if quad in self._gone:
                self._gone.discard(quad)
            else:
                for known, term in self._ends(quad):
                    known[term][quad] = None

    def _ends(self, quad: Quad) -> Iterable[tuple[_ByTerm, object]]:
        return zip(self._by_end, (quad.subject, quad.object, quad.predicate), strict=True)

    def has(self, quad: Quad) -> bool:
        """Tell whether a quad has come."""
        return quad in self._by_end[0].get(quad.subject, ())

    def seen(self, before: Sequence[Quad], parts: _Parts) -> Sequence[Quad]:
        """Return the quads with some parts that are there now, from those that were."""
        subject, predicate, value, graph = parts
        came = self._of(subject, predicate, value)
        kept = [quad for quad in before if quad not in self._gone] if self._gone else before
        new = [
            quad
            for quad in came
            if (predicate is None or quad.predicate == predicate)
            and (graph is None or quad.graph_name == graph)
            and (value is None or quad.object == value)
        ]
        return [*kept, *new] if new else kept

    def _of(self, *ends: object) -> Iterable[Quad]:
        subject, predicate, value = ends
        for known, term in zip(self._by_end, (subject, value, predicate), strict=True):
            if term is not None:
                return known.get(term, ())
        return dict.fromkeys(quad for quads in self._by_end[0].values() for quad in quads)


def _has(quads: Iterable[Quad]) -> bool:
    return any(True for _ in quads)


def _of_a_name(quads: Sequence[Quad]) -> Sequence[Quad]:
    """Leave the default graph out, which no variable after GRAPH stands for."""
    return [quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph)]


@lru_cache(maxsize=1024)
def _fixed(text: str) -> Term | None:
    """Return the term that stands in a pattern, or nothing where anything fits."""
    if text == ANY:
        return None
    (quad,) = parse(f"<urn:x> <urn:x> {text} .", format=RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, NamedNode | Literal), "a pattern has no unnamed node here"
    return quad.object

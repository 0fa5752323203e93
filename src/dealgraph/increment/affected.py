"""Which rows of a stored query a change can alter, told by the values of one variable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from dealgraph.increment.footprint import ANY, BETWEEN, DEFAULT, Footprint, Hook
from dealgraph.increment.looking import Look
from dealgraph.increment.restricting import Frame, asking_for
from dealgraph.increment.scopes import ROOT, Scope
from dealgraph.increment.walking import Walk, needed
from dealgraph.increment.working import Changes

Term = NamedNode | Literal
_Waiting = defaultdict[tuple[int, tuple[Store, ...]], defaultdict[str, set[Term]]]
"""By scope, and the stores in which to look for rows: the terms of one variable."""


@dataclass(frozen=True)
class Watched:
    """A stored query whose rows are told apart by one variable, its anchor.

    `frames` are the queries on parts of it that were asked before, by what they are for: more come to it.
    """

    text: str
    anchor: str
    footprint: Footprint
    frames: dict[str, Frame] = field(default_factory=dict, repr=False, compare=False)

    def affected(self, changes: Changes, before: Store, after: Store) -> frozenset[Term] | None:
        """Return the values of the anchor in rows that a change can alter; nothing if it may be all of them.

        `before` and `after` are the store without the change and with it: a row that goes is found in the
        one, a row that comes in the other. There may be more values than rows that change, never less.
        """
        look = Look(before, after)
        look.note(changes.removed, changes.added)
        return Watchers((self,)).affected(changes, look)[0]

    def followed(self, waiting: _Waiting, look: Look) -> frozenset[Term] | None:
        """Return the anchors that values of other variables lead to; nothing if it may be all of them."""
        found: set[Term] = set()
        for number in range(len(self.footprint.scopes) - 1, ROOT, -1):
            inner = self.footprint.scopes[number]
            for name, found_here in waiting.pop((number, look.both), {}).items():
                for bound in self._outside(inner, number, name, found_here, look):
                    key = _narrowed(bound, (self.anchor,) if inner.parent == ROOT else ())
                    if not key:
                        return None
                    waiting[inner.parent, look.both][key[0]].add(key[1])
        for (_, stores), by_name in waiting.items():
            for name, found_here in by_name.items():
                if name == self.anchor:
                    found |= self._possible(ROOT, name, found_here, stores, look)
                else:
                    found |= self._anchors(name, found_here, stores, look)
        return frozenset(found)

    def leading(self, hook: Hook) -> int | None:
        """The place in a quad of the variable by which to go on from a pattern; nothing if it binds none.

        It is the anchor, or what is seen outside the scope. The object of a certain predicate does not lead
        on: many things have one unit, or one day.
        """
        if hook.scope == ROOT:
            wanted: tuple[str, ...] = (self.anchor,)
        else:
            shared = self.footprint.scopes[hook.scope].shared
            ends = hook.binds if hook.predicate == ANY else hook.binds[:1]
            wanted = tuple(name for name in ends if name in shared)
        seen = (name for name in (*wanted, *hook.binds) if name and not name.startswith(BETWEEN))
        named = next((name for name in seen if name in hook.binds), None)
        return hook.binds.index(named) if named else None

    def possible(self, anchors: Iterable[Term], look: Look) -> set[Term]:
        """Return the anchors that can have a row after a change; looks things up, and asks no query."""
        return self._possible(ROOT, self.anchor, anchors, look.both[1:], look)

    def on(self, anchors: Iterable[Term]) -> str:
        """Return the query that gives the rows of some anchors only."""
        return self._frame("on", self.anchor, lambda: self.text).on((t,) for t in sorted(anchors, key=str))

    def _possible(
        self, scope: int, name: str, terms: Iterable[Term], stores: tuple[Store, ...], look: Look
    ) -> set[Term]:
        """The values of a variable for which each pattern that is needed and mentions it has some quad."""
        hooks = self._needed.get((scope, name), ())
        latest = stores[::-1]  # what an article brings is found there
        return {
            term
            for term in terms
            if any(all(look.has_quad(store, hook, name, term) for hook in hooks) for store in latest)
        }

    @cached_property
    def _needed(self) -> dict[tuple[int, str], list[Hook]]:
        found: dict[tuple[int, str], list[Hook]] = {}
        for scope in range(len(self.footprint.scopes)):
            for hook in needed(self.footprint, scope):
                for name in dict.fromkeys((hook.binds[0], hook.binds[2])):
                    if name:
                        found.setdefault((scope, name), []).append(hook)
        return found

    def _anchors(self, name: str, terms: set[Term], stores: Iterable[Store], look: Look) -> set[Term]:
        wanted = (self.anchor,)

        def text() -> str:
            return asking_for(self.text, self.anchor, name)

        found = self._bound(ROOT, name, terms, wanted, stores, look, f"from {name}", text)
        return {bound[self.anchor] for bound in found if self.anchor in bound}

    def _outside(
        self, scope: Scope, number: int, name: str, terms: set[Term], look: Look
    ) -> Iterator[dict[str, Term]]:
        """What is bound outside a scope where a variable inside has certain values."""
        if name in scope.shared:
            yield from ({name: term} for term in terms)  # what is around tells which of them matter
        elif not scope.shared:
            if self._possible(number, name, terms, look.both, look):
                yield {}
        else:

            def text() -> str:
                wanted = " ".join(f"?{name}" for name in scope.shared)
                return f"{self.footprint.prologue}\nSELECT DISTINCT {wanted} WHERE {{ {scope.patterns} }}"

            yield from self._bound(
                number, name, terms, scope.shared, look.both, look, f"{number} {name}", text
            )

    def _bound(
        self,
        scope: int,
        name: str,
        terms: set[Term],
        wanted: tuple[str, ...],
        stores: Iterable[Store],
        look: Look,
        purpose: str,
        text: Callable[[], str],
    ) -> Iterator[dict[str, Term]]:
        """What variables stand for where one of a scope has certain values: walked to, or else asked for."""
        walk = self._walk(scope, name, wanted)
        for store in stores:
            found, left = walk.from_terms(terms, store, look) if walk else ((), terms)
            yield from found
            if left := self._possible(scope, name, left, (store,), look) if left else set():
                asking = self._frame(purpose, name, text)
                yield from _solutions(asking.on((term,) for term in left), [store])

    def _walk(self, scope: int, name: str, wanted: tuple[str, ...]) -> Walk | None:
        if (scope, name) not in self._walks:
            self._walks[scope, name] = Walk.of(self.footprint, scope, name, wanted)
        return self._walks[scope, name]

    @cached_property
    def _walks(self) -> dict[tuple[int, str], Walk | None]:
        return {}

    def _frame(self, purpose: str, name: str, text: Callable[[], str]) -> Frame:
        if purpose not in self.frames:
            self.frames[purpose] = Frame.of(text(), (name,))
        return self.frames[purpose]


class Watchers:
    """Stored queries that are watched together: a change is read once for all of them."""

    def __init__(self, watched: Iterable[Watched]) -> None:
        self.watched = tuple(watched)
        self._by_place = defaultdict[tuple[str, str], list[tuple[int, Hook, int | None]]](list)
        for number, each in enumerate(self.watched):
            for hook in each.footprint.hooks:
                self._by_place[hook.graph, hook.predicate].append((number, hook, each.leading(hook)))

    def affected(self, changes: Changes, look: Look) -> list[frozenset[Term] | None]:
        """Return what `Watched.affected` does, for each of them; `look` is on both stores."""
        before, after = look.both
        waiting = [_Waiting(lambda: defaultdict(set)) for _ in self.watched]
        wholly: set[int] = set()
        for quads, stores in ((changes.removed, (before,)), (changes.added, (after,))):
            for quad in quads:
                parts = (quad.subject, quad.predicate, quad.object, quad.graph_name)
                for number, hook, place in self._fitting(quad):
                    if place is None:
                        wholly.add(number)
                    else:
                        # Inside NOT EXISTS a row comes where a quad goes.
                        where = stores if hook.scope == ROOT else look.both
                        waiting[number][hook.scope, where][hook.binds[place]].add(parts[place])  # type: ignore[arg-type]
        return [
            None if number in wholly else each.followed(waiting[number], look)
            for number, each in enumerate(self.watched)
        ]

    def _fitting(self, quad: Quad) -> Iterator[tuple[int, Hook, int | None]]:
        """The patterns that a quad fits, each with the number of its query."""
        predicate = quad.predicate.value
        if isinstance(quad.graph_name, DefaultGraph):
            places = [(DEFAULT, predicate), (DEFAULT, ANY)]
        else:
            graph = quad.graph_name.value
            places = [(graph, predicate), (graph, ANY), (ANY, predicate), (ANY, ANY)]
        ends = str(quad.subject), str(quad.object)
        for place in places:
            for found in self._by_place.get(place, ()):
                hook = found[1]
                fits = all(fixed in (ANY, end) for fixed, end in zip(hook.fixed, ends, strict=True))
                if fits and (hook.is_plain or hook.binding(quad) is not None):
                    yield found


def _narrowed(bound: dict[str, Term], wanted: Iterable[str]) -> tuple[str, Term] | None:
    """Return the variable to look for rows by: one that is wanted, or else the first that a pattern binds."""
    for name in wanted:
        if name in bound:
            return name, bound[name]
    return next(iter(bound.items()), None)


def _solutions(text: str, stores: Iterable[Store]) -> Iterator[dict[str, Term]]:
    for store in stores:
        found = store.query(text)
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        for solution in found:
            values = zip(names, solution, strict=True)
            yield {name: term for name, term in values if term is not None}

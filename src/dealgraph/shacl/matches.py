"""What a query of `sh:sparql` looks at: for a changed statement, how to find the focus nodes it matters to.

A solution that has come or gone with a statement meets the triple patterns around the one that the statement
fits, each by what was said before or is said now; so they are matched on a store that has both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, Store, Triple

from dealgraph.quads import quad_of
from dealgraph.shacl.graph import Node, Term
from dealgraph.shacl.needs import Numbers, unknown
from dealgraph.shacl.paths import Predicate, walked
from dealgraph.shacl.select import Query
from dealgraph.shacl.steps import DATA, Step, inverse, steps
from dealgraph.shacl.targets import THIS, batches
from dealgraph.shacl.triples import Block, NotFollowed, Pattern, blocks_of

_NEAR = "?near"
Out = tuple[NamedNode, NamedNode | None]
"""A predicate that a node has, and its value if that is given."""
In = tuple[NamedNode, ...]
"""Predicates by one of which something leads to a node."""


@dataclass(frozen=True)
class Wanted:
    """What a node must have: all of some predicates, and something that leads to it."""

    out: tuple[Out, ...] = ()
    into: tuple[In, ...] = ()

    def may_be_of(self, node: Node, store: Store, numbers: Numbers) -> bool:
        """Tell whether a node may have it."""
        return all(_has(store, node, *out, numbers) for out in self.out) and all(
            any(_is_there(store, predicate, node) for predicate in links) for links in self.into
        )


def _has(store: Store, node: Node, predicate: NamedNode, value: NamedNode | None, numbers: Numbers) -> bool:
    """Tell whether a node may have a predicate, of a certain value if one is given."""
    if value is None:
        return numbers(node, predicate) != 0
    return quad_of(Triple(node, predicate, value), DATA) in store


def _is_there(store: Store, predicate: NamedNode, node: Node) -> bool:
    return any(True for _ in store.quads_for_pattern(None, predicate, node, DATA))


@dataclass(frozen=True)
class Match:
    """A triple pattern of a query that a changed statement may fit, and the patterns that lead to `$this`.

    `ends` are the variables that subject, predicate and object of a statement are bound to, each of them none
    where the pattern has a term or the statement stands inside a path. `value` is the term that the object
    of the statement has to be, if it is an IRI. Its subject must also have what `wanted` says.
    """

    predicate: NamedNode | None
    ends: tuple[str | None, str | None, str | None]
    body: str
    value: NamedNode | None = None
    wanted: Wanted = Wanted()

    def nodes(self, store: Store, changed: Iterable[Quad], numbers: Numbers = unknown) -> Iterator[Term]:
        """Yield the focus nodes that statements may matter to; `store` has what was said and what is said."""
        rows: dict[tuple[str, ...], set[str]] = {}
        for quad in changed:
            if self.value is not None and quad.object != self.value:
                continue
            subject = quad.subject
            if isinstance(subject, Node) and not self.wanted.may_be_of(subject, store, numbers):
                continue
            terms = zip(self.ends, (quad.subject, quad.predicate, quad.object), strict=True)
            bound = [(name, term) for name, term in terms if name and not isinstance(term, BlankNode)]
            if self.ends[0]:  # by one variable an engine looks up, by more it may go through everything
                bound = bound[:1]
            names = tuple(name for name, _ in bound)
            rows.setdefault(names, set()).add(f"({' '.join(str(term) for _, term in bound)})")
        for names, values in rows.items():
            for part in batches(sorted(values)):
                given = f"VALUES ({' '.join(names)}) {{ {' '.join(part)} }} " if names else ""
                found = store.query(f"SELECT DISTINCT {THIS} WHERE {{ {given}{self.body} }}")
                assert isinstance(found, QuerySolutions)
                yield from (solution[0] for solution in found)


def matches_of(query: Query) -> tuple[tuple[Step, ...], tuple[Match, ...]]:
    """Return what a query looks at: steps from a focus node on, and all else; raises `NotFollowed`."""
    found = tuple(_in_block(blocks_of(query), ()))
    return (
        tuple(part for part in found if isinstance(part, Step)),
        tuple(part for part in found if isinstance(part, Match)),
    )


def _in_block(block: Block, around: tuple[Block, ...]) -> Iterator[Step | Match]:
    here = (*around, block)
    for pattern in block.own:
        yield from _in_pattern(pattern, here)
    for inner in block.inner:
        yield from _in_block(inner, here)


def _in_pattern(pattern: Pattern, here: tuple[Block, ...]) -> Iterator[Step | Match]:
    names = _allowed(here, pattern.link) if isinstance(pattern.link, str) else None
    if isinstance(pattern.link, str):
        found = [Step(None, name) for name in (names or [None])]
    else:
        found = list(steps(pattern.link))
    if pattern.subject == THIS:
        yield from found
        return
    if pattern.object == THIS:
        if isinstance(pattern.link, str):
            yield from (replace(step, back=True) for step in found)
        else:
            yield from steps(inverse(pattern.link))
        return
    for context in _contexts(pattern, here):
        for step in found:
            yield _match(pattern, step, *context)


def _match(pattern: Pattern, step: Step, context: str, wanted: Wanted) -> Match:
    link = pattern.link if isinstance(pattern.link, str) else None
    if link or isinstance(pattern.link, Predicate):
        ends = (_variable(pattern.subject), link, _variable(pattern.object))
        return Match(step.predicate, ends, f"{pattern.text()} {context}", _named(pattern.object), wanted)
    near = _NEAR if step.before else _variable(pattern.subject)
    way = f"{pattern.subject} {walked(step.before)} {_NEAR} . " if step.before else ""
    ends = (None, None, near) if step.back else (near, None, None)
    is_at_subject = near == pattern.subject and not step.back
    return Match(
        step.predicate, ends, f"{way}{pattern.text()} {context}", wanted=wanted if is_at_subject else Wanted()
    )


def _contexts(pattern: Pattern, here: tuple[Block, ...]) -> list[tuple[str, Wanted]]:
    """The patterns that lead from a pattern to `$this`: those around it, or with one group in turn."""
    around = [other for block in here for other in block.own if other != pattern]
    if (context := _joined(pattern, around, here)) is not None:
        return [context]
    for place, block in enumerate(here):
        inside = here[place + 1] if place + 1 < len(here) else None
        branches = [inner for inner in block.inner if inner.is_joined]
        if not branches or (inside is not None and inside.is_joined):
            continue
        tried = [_joined(pattern, [*around, *branch.own], (*here, branch)) for branch in branches]
        if all(context is not None for context in tried):
            return [context for context in tried if context is not None]
    raise NotFollowed(f"{pattern.text()} which nothing joins to $this")


def _joined(
    pattern: Pattern, others: Sequence[Pattern], here: tuple[Block, ...]
) -> tuple[str, Wanted] | None:
    """What leads from a pattern to `$this`, as text, and what its subject must have; nothing if nothing does.

    Patterns with a variable for a predicate are taken only where nothing else leads there: a store that joins
    by a shared value such as a unit walks through all that have it.
    """
    fixed = [other for other in others if not isinstance(other.link, str)]
    at_this = [other for other in others if other in fixed or THIS in other.variables]
    found = (kept for some in (fixed, at_this, others) if (kept := _reached(pattern, some)) is not None)
    if (kept := next(found, None)) is None:
        return None
    beside = list(dict.fromkeys(o for o in others if o.subject == pattern.subject and _is_step(o)))
    leading = [other for other in others if other.object == pattern.subject]
    between = _between(pattern, kept)
    between = [other for other in dict.fromkeys(others) if other in between and other not in beside]
    kept = [*beside, *_in_order(pattern, between, beside)]
    reached = {name for other in (pattern, *kept) for name in other.variables}
    tests = [
        f"FILTER({name} IN ({', '.join(map(str, names))}))"
        for block in here
        for name, names in block.allowed
        if name in reached
    ]
    return " ".join([*(other.text() for other in kept), *tests]), _wanted(beside, leading, here)


def _wanted(beside: Iterable[Pattern], leading: Iterable[Pattern], here: tuple[Block, ...]) -> Wanted:
    """What a node must have for some patterns that begin at it, and others that lead to it."""
    out = tuple((o.link.node, _named(o.object)) for o in beside if isinstance(o.link, Predicate))
    into = dict.fromkeys(links for o in leading if (links := _links(o, here)))
    return Wanted(out, tuple(into))


def _links(pattern: Pattern, here: tuple[Block, ...]) -> In:
    """The predicates that a pattern is about; none if it may be any, or leads further than one step."""
    if isinstance(pattern.link, str):
        return _allowed(here, pattern.link)
    return (pattern.link.node,) if isinstance(pattern.link, Predicate) else ()


def _is_step(pattern: Pattern) -> bool:
    """Tell whether a pattern is a step along one predicate from what a variable stands for."""
    return isinstance(pattern.link, Predicate) and pattern.subject.startswith("?")


def _reached(pattern: Pattern, others: Sequence[Pattern]) -> list[Pattern] | None:
    """The patterns that share variables with one, directly or by others; nothing if `$this` is not there."""
    reached, kept, left = set(pattern.variables), list[Pattern](), list(others)
    while near := [other for other in left if reached & other.variables]:
        kept += near
        left = [other for other in left if other not in near]
        reached |= {name for other in near for name in other.variables}
    return kept if THIS in reached else None


def _in_order(pattern: Pattern, others: list[Pattern], beside: Iterable[Pattern]) -> list[Pattern]:
    """Order patterns so that each is looked up from what is known: an engine keeps the order where it can.

    Those at `$this` come first, then those whose subject is known; one that is known by a shared value alone,
    such as a unit, comes when its subject is known too, or last.
    """
    known = pattern.variables.union(*(other.variables for other in beside))
    left, found = list(others), list[Pattern]()
    while left:
        near = [other for other in left if known & other.variables] or left
        best = max(near, key=lambda other: (THIS in other.variables, other.subject in known))
        left.remove(best)
        found.append(best)
        known |= best.variables
    return found


def _between(pattern: Pattern, others: list[Pattern]) -> list[Pattern]:
    """Leave out what leads away: patterns that hang on one variable and have others of their own."""
    while True:
        uses = Counter(name for other in (pattern, *others) for name in other.variables)
        anchored = {name for name, number in uses.items() if number > 1 or name == THIS}
        kept = [o for o in others if o.variables <= anchored or len(o.variables & anchored) > 1]
        if len(kept) == len(others):
            return kept
        others = kept


def _allowed(here: tuple[Block, ...], variable: str) -> tuple[NamedNode, ...]:
    return next((names for block in here for name, names in block.allowed if name == variable), ())


def _named(term: str) -> NamedNode | None:
    return NamedNode(term[1:-1]) if term.startswith("<") else None


def _variable(term: str) -> str | None:
    return term if term.startswith("?") else None

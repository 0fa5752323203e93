"""Whether a value of which only a range is known can meet a condition."""

from __future__ import annotations

from decimal import Decimal

from dealgraph.horn.ranges import Datatype, Limits, OneOf, Range
from dealgraph.horn.rules import Guard


def may_hold(known: Range, guard: Guard) -> bool:
    """Tell whether some value of a known range may meet a guard; in doubt, yes."""
    if isinstance(known, OneOf):
        return any(guard.allows(literal) for literal in known.literals)
    if not guard.inside:
        return not _is_within(known, guard.range)
    if isinstance(guard.range, OneOf):
        return any(known.holds(literal) for literal in guard.range.literals)
    if isinstance(known, Limits) and isinstance(guard.range, Limits):
        return _meet(known, guard.range)
    return True


def _is_within(inner: Range, outer: Range) -> bool:
    return inner == outer or (
        isinstance(outer, Datatype) and not isinstance(inner, OneOf) and inner.name == outer.name
    )


def _meet(one: Limits, other: Limits) -> bool:
    """Tell whether some number, whole or not, can be within the limits of both."""
    facets = (*one.facets, *other.facets)
    low = max((limit for facet, limit in facets if facet.startswith("min")), default=Decimal("-Infinity"))
    high = min((limit for facet, limit in facets if facet.startswith("max")), default=Decimal("Infinity"))
    excluded = any(facet.endswith("Exclusive") and limit in (low, high) for facet, limit in facets)
    return low < high or (low == high and not excluded)

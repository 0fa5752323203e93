"""No rule ever leaves a true value out: random true values inside stated bounds stay inside derived ones."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pyoxigraph as ox
from hypothesis import example, given
from hypothesis import strategies as st

from dealgraph.derive import DERIVED
from derived import BEFORE, STAKE, ages, announced, derived, found, money, node, one, released, stake

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)
SHARES = st.decimals(min_value=Decimal("0.001"), max_value=100, places=3)
SLACKS = st.decimals(min_value=0, max_value=10**6, places=2)


@st.composite
def stated(draw: st.DrawFn, values: st.SearchStrategy[Decimal]) -> tuple[Decimal, str]:
    """A true value, and bounds that do not exclude it: open or not, known or not."""
    value = draw(values)
    bounds = []
    for name, sign in (("lower", -1), ("upper", 1)):
        bound = max(value + sign * draw(SLACKS), Decimal(0))
        if name == "lower" or draw(st.booleans()):
            excluded = "true" if bound != value and draw(st.booleans()) else "false"
            bounds.append(f"dg:{name} {bound:f} ; dg:{name}Exclusive {excluded}")
    return value, " ; ".join(bounds).replace(" ;  ;", " ;")


def holds(store: ox.Store, subject: str, predicate: str, value: Fraction) -> bool:
    """Tell whether a derived quantity is there and leaves a true value in."""
    (quad,) = store.quads_for_pattern(node(subject), node(predicate), None, DERIVED)
    assert isinstance(quad.object, ox.NamedNode)
    lower, upper = (one(store, quad.object, f"dg:{name}") for name in ("lower", "upper"))
    above = (
        not lower
        or Fraction(lower) < value
        or (Fraction(lower) == value and not one(store, quad.object, "dg:lowerExclusive"))
    )
    below = (
        not upper
        or value < Fraction(upper)
        or (value == Fraction(upper) and not one(store, quad.object, "dg:upperExclusive"))
    )
    return above and below


def no_bound_is_owed(dividend: str, divisor: str) -> bool:
    """Without an upper divisor there is no lower bound; pyoxigraph cannot divide 0 by a fraction either."""
    return "dg:upper " not in divisor or dividend.startswith("dg:lower 0")


def decimal(text: str) -> str:
    """Bounds in Turtle: an integer would not be a decimal there."""
    return " ; ".join(
        part if "Exclusive" in part or "." in part.split()[1] else f"{part}.0" for part in text.split(" ; ")
    )


@example((Decimal(0), "dg:lower 0"), (Decimal(50), "dg:upper 60 ; dg:upperExclusive true"))
@given(stated(AMOUNTS), stated(SHARES))
def test_a_true_valuation_lies_within_what_price_and_share_imply(
    price: tuple[Decimal, str], share: tuple[Decimal, str]
) -> None:
    store = derived(stake(decimal(price[1]), decimal(share[1])))
    if list(store.quads_for_pattern(None, node("dg:impliedValuation"), None, DERIVED)):
        truth = Fraction(price[0]) * 100 / Fraction(share[0])
        assert holds(store, "id:stake", "dg:impliedValuation", truth)
    else:
        assert no_bound_is_owed(price[1], share[1])


OPEN_AT_0 = (Decimal(0), "dg:lower 0"), (Decimal("0.5"), "dg:lower 0 ; dg:lowerExclusive true")


@example(*OPEN_AT_0)
@given(stated(AMOUNTS), stated(SHARES))
def test_a_true_worth_lies_within_share_times_valuation(
    amount: tuple[Decimal, str], share: tuple[Decimal, str]
) -> None:
    store = derived(stake("dg:lower 1.0", decimal(share[1]), decimal(amount[1])))
    assert holds(store, "id:stake", "dg:impliedWorth", Fraction(share[0]) * Fraction(amount[0]) / 100)


@given(stated(AMOUNTS), stated(AMOUNTS.filter(bool)))
def test_a_true_ratio_lies_within_that_of_the_bounds(
    later: tuple[Decimal, str], earlier: tuple[Decimal, str]
) -> None:
    store = derived(STAKE, BEFORE, money("amount", decimal(later[1])), money("earlier", decimal(earlier[1])))
    if list(store.quads_for_pattern(None, node("dg:ratioToPreviousValuation"), None, DERIVED)):
        truth = Fraction(later[0]) / Fraction(earlier[0])
        assert holds(store, "id:valuation", "dg:ratioToPreviousValuation", truth)
    else:
        assert no_bound_is_owed(later[1], earlier[1])


def completed(birth: dt.date, on: dt.date, *, late: bool) -> int:
    """Years completed on a day; a leap day of birth is kept on 1 March if late, else on 28 February."""
    birthday = (birth.month, birth.day)
    is_leap = on.year % 4 == 0 and (on.year % 100 != 0 or on.year % 400 == 0)
    if birthday == (2, 29) and not is_leap:
        birthday = (3, 1) if late else (2, 28)
    return on.year - birth.year - ((on.month, on.day) < birthday)


Observation = tuple[dt.date, dt.date, int]


def allows(seen: Observation, birth: dt.date) -> bool:
    first, last, years = seen
    return completed(birth, first, late=True) <= years <= completed(birth, last, late=False)


@st.composite
def observations(draw: st.DrawFn) -> tuple[dt.date, list[Observation]]:
    """A birth, often near the end of February, and what was seen of the age in two or three spans."""
    leap_days = st.sampled_from([dt.date(year, 2, 28) for year in (1996, 1999, 2000, 2004, 1900)])
    near = st.builds(lambda day, shift: day + dt.timedelta(shift), leap_days, st.integers(-1, 2))
    birth = draw(st.one_of(near, st.dates(dt.date(1900, 1, 1), dt.date(2005, 12, 31))))
    found = []
    for _ in range(draw(st.integers(2, 3))):
        day = draw(st.one_of(near, st.dates(dt.date(2006, 1, 1), dt.date(2040, 12, 31))))
        day = (
            day.replace(year=max(day.year, 2006)) if (day.month, day.day) != (2, 29) else dt.date(2024, 2, 29)
        )
        years = completed(birth, day, late=draw(st.booleans()))
        before, after = (dt.timedelta(draw(st.sampled_from([0, 1, 30, 364]))) for _ in range(2))
        found.append((day - before, day + after, years))
    return birth, found


@given(observations())
def test_a_true_birth_lies_within_and_no_day_is_left_in_vain(seen: tuple[dt.date, list[Observation]]) -> None:
    birth, observed = seen
    store = derived(ages(*((f"{first}", f"{last}", years) for first, last, years in observed)))
    ((_, _, expression),) = found(store, "dg:bornOn")
    first, last = (dt.date.fromisoformat(part) for part in (expression.split("/") * 2)[:2])
    last = last if "/" in expression else first
    assert first <= birth <= last
    a_day = dt.timedelta(1)
    assert all(allows(each, end) for each in observed for end in (first, last))
    assert not all(allows(each, first - a_day) for each in observed)
    assert not all(allows(each, last + a_day) for each in observed)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)), st.integers(0, 6))
def test_an_announcement_falls_on_its_weekday_in_the_week_up_to_publication(
    published: dt.date, weekday: int
) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    ((_, _, told),) = found(derived(announced(f"{published}", name)), "dg:announcedOn")
    assert dt.date.fromisoformat(told).weekday() == weekday
    assert dt.timedelta(0) <= published - dt.date.fromisoformat(told) <= dt.timedelta(6)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)), st.integers(1, 12))
def test_a_month_is_completed_to_the_last_one_up_to_publication(published: dt.date, month: int) -> None:
    store = derived(released(f"{published}", f"XXXX-{month:02}"))
    ((_, _, told),) = found(store, "dg:releasedOn")
    span = node(f"time:{told}")
    start, end = (dt.date.fromisoformat(one(store, span, f"dg:{name}")) for name in ("earliest", "latest"))
    assert (start.day, start.month, (end + dt.timedelta(1)).day) == (1, month, 1)
    assert start <= published < dt.date(start.year + 1, month, 1)
    assert dt.timedelta(27) <= end - start <= dt.timedelta(30)

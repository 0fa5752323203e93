"""What the stored queries mean: their answers against the claims themselves, and against invented ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealgraph.stored import bind
from dealgraph.terms import compact, iri
from graph import by_oxigraph, by_rdflib, dataset_of, stored_queries, the_store, with_facts
from tiny import Said, article, store_of, the_rule


def answer(name: str, store: ox.Store | None = None) -> list[dict[str, str]]:
    """The rows of a stored query, each by the names of its columns."""
    columns, *rows = by_oxigraph(store or the_store(), stored_queries()[name].text)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def subjects_of(predicate: str) -> set[str]:
    """The nodes that have a property, in whatever graph, as a golden answer would write them."""
    quads = the_store().quads_for_pattern(None, ox.NamedNode(iri(predicate)), None, None)
    return {compact(quad.subject.value) for quad in quads if isinstance(quad.subject, ox.NamedNode)}


# --- the queries against the claims ---------------------------------------------------------------------


def test_every_claim_is_admitted_or_barred_for_a_reason_and_never_both() -> None:
    barred = {row["claim"] for row in answer("claims/not-admitted")}
    assert barred | subjects_of("dg:admitted") == subjects_of("dg:realis")
    assert barred & subjects_of("dg:admitted") == set()


def test_the_frame_that_admission_follows_is_made_of_the_identifying_links() -> None:
    path = re.search(r"\?root \(([^)]*)\)\+ \?node", the_rule().text)
    assert path is not None
    followed = re.findall(r"dg:\w+", path[1])
    assert sorted(followed) == followed
    assert set(followed) == subjects_of("dg:identifying")


@pytest.mark.parametrize("row", answer("articles/coverage"), ids=lambda row: row["article"])
def test_the_covered_part_of_an_article_is_counted_right(row: dict[str, str]) -> None:
    covered: set[int] = set()
    for start, end in spans(row["article"]):
        covered |= set(range(start, end))
    assert int(row["coveredCodePoints"]) == len(covered)
    assert Decimal(row["coveredPercent"]) == round(Decimal(100 * len(covered)) / int(row["codePoints"]), 1)


def spans(name: str) -> Iterator[tuple[int, int]]:
    """The passages of an article's claims, as `claims in order` gives them."""
    bound = bind(stored_queries()["articles/in-order"], {"article": [ox.NamedNode(iri(name))]})
    columns, *rows = by_oxigraph(the_store(), bound)
    start, end = columns.index("passageStart"), columns.index("passageEnd")
    return ((int(cells[start]), int(cells[end])) for cells in rows)


def test_an_interim_head_who_is_only_announced_neither_leads_nor_has_left() -> None:
    assert "id:jason-droege" not in {row["person"] for row in answer("people/leaders")}
    assert "id:jason-droege" not in {row["person"] for row in answer("people/left")}
    assert "id:jason-droege" in {row["person"] for row in answer("people/roles")}


def test_the_chain_of_a_claim_runs_from_the_author_to_the_memo() -> None:
    chain = [(row["depth"], row["speaker"]) for row in answer("claims/attribution-chain")]
    speakers = ("author", "several-us-media", "internal-memo")
    assert chain == [(str(n), f"source:abcbourse-2025-06-13-{who}") for n, who in enumerate(speakers, 1)]


def test_every_tension_of_a_kind_is_in_the_list_of_all() -> None:
    listed = {(row["kind"], row["claim"], row["otherClaim"]) for row in answer("contradictions/tensions")}
    topics = {
        "conflict": "conflicts",
        "superseded": "supersessions",
        "refined": "refinements",
        "modality": "modality",
        "undecided": "undecided",
    }
    expected = {
        (kind, row["claim"], row["otherClaim"])
        for kind, stem in topics.items()
        for row in answer(f"contradictions/{stem}")
    }
    assert expected == {entry for entry in listed if entry[0] in topics}


# --- intervals, on invented claims ----------------------------------------------------------------------


def amount(name: str, bounds: str, unit: str = "USDollar") -> str:
    return f"id:{name} a dg:Quantity ; dg:unit dg:{unit} ; {bounds} .\n"


def two_prices(first: str, second: str, unit: str = "USDollar") -> ox.Store:
    prices = [Said("id:deal", "dg:price", f"id:{name}") for name in ("one", "two")]
    amounts = amount("one", first) + amount("two", second, unit)
    return store_of(article("paper", "2025-06-13", *prices, more=amounts))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("dg:lower 1.0 ; dg:upper 2.0", "dg:lower 1.5 ; dg:upper 3.0", "meets"),
        ("dg:lower 1.0 ; dg:upper 2.0", "dg:lower 2.5 ; dg:upper 3.0", "misses"),
        ("dg:lower 2.5", "dg:upper 2.0", "misses"),
        ("dg:lower 2.0", "dg:upper 2.0", "meets"),
        ("dg:lower 2.0 ; dg:lowerExclusive true", "dg:upper 2.0", "misses"),
        ("dg:lower 2.0", "dg:upper 2.0 ; dg:upperExclusive true", "misses"),
        ("dg:upper 2.0", "dg:lower 2.0 ; dg:lowerExclusive true", "misses"),
        ("dg:lower 2.0 ; dg:lowerExclusive true", "dg:lower 1.0", "meets"),
        ("dg:lower 2.0 ; dg:lowerExclusive false", "dg:upper 2.00", "meets"),
    ],
)
def test_two_figures_meet_or_miss_as_intervals(first: str, second: str, expected: str) -> None:
    store = two_prices(first, second)
    (pair,) = answer("contradictions/agreement", store)
    assert pair["agreement"] == expected
    kinds = {row["kind"] for row in answer("contradictions/tensions", store)}
    assert ("misses" in kinds) == (expected == "misses")
    for name in ("contradictions/agreement", "contradictions/tensions"):
        text = stored_queries()[name].text
        assert by_rdflib(dataset_of(store), text) == by_oxigraph(store, text)


@pytest.mark.parametrize(
    ("link", "rank", "undecided"),
    [("", "Normal", True), ("", "Preferred", False), ("dg:conflictsWith claim:paper-2 ;", "Normal", False)],
)
def test_differing_figures_await_a_decision(link: str, rank: str, undecided: bool) -> None:
    prices = (
        Said("id:deal", "dg:price", "id:one", rank=rank, more=link),
        Said("id:deal", "dg:price", "id:two"),
    )
    amounts = amount("one", "dg:lower 1.0") + amount("two", "dg:lower 2.0")
    store = store_of(article("paper", "2025-06-13", *prices, more=amounts))
    kinds = [row["kind"] for row in answer("contradictions/tensions", store)]
    assert ("undecided" in kinds) == undecided
    assert bool(answer("contradictions/undecided", store)) == undecided


def test_figures_in_different_units_are_not_compared() -> None:
    store = two_prices("dg:lower 5.0", "dg:upper 1.0", "UnstatedCurrency")
    assert [row["agreement"] for row in answer("contradictions/agreement", store)] == ["not comparable"]


def a_deal(price: str, share: str, valuation: str = "") -> ox.Store:
    said = [Said("id:deal", "dg:price", "id:price"), Said("id:stake", "dg:share", "id:share")]
    figures = amount("price", price) + amount("share", share, "Percent")
    if valuation:
        said.append(Said("id:valuation", "dg:valuationAmount", "id:worth"))
        figures += amount("worth", valuation)
    things = """graph:things {
        id:stake a dg:Stake ; dg:arisesFrom id:deal ; dg:issuer id:bluewave ; dg:holder id:northwind .
        id:valuation a dg:Valuation ; dg:establishedBy id:deal ; dg:valuedCompany id:bluewave . }"""
    return with_facts(store_of(things, article("paper", "2025-06-13", *said, more=figures)))


@pytest.mark.parametrize(
    ("valuation", "expected"),
    [
        ("", "not stated"),
        ("dg:lower 28.5 ; dg:upper 29.5 ; dg:value 29.0", "meets"),
        ("dg:lower 25.0 ; dg:upper 31.0 ; dg:value 27.0", "loose"),
        ("dg:lower 31.0 ; dg:upper 32.0 ; dg:value 31.5", "misses"),
        ("dg:lower 20.0", "meets"),
    ],
)
def test_a_stated_valuation_is_held_against_price_and_stake(valuation: str, expected: str) -> None:
    store = a_deal("dg:lower 14.25 ; dg:upper 14.35", "dg:lower 48.5 ; dg:upper 49.5", valuation)
    (row,) = answer("valuations/implied", store)
    assert (row["impliedLower"], row["impliedUpper"], row["agreement"]) == ("28", "30", expected)


def test_an_open_bound_leaves_the_implied_one_open() -> None:
    store = a_deal("dg:lower 14.0 ; dg:lowerExclusive true", "dg:lower 0.0 ; dg:upper 50.0")
    (row,) = answer("valuations/implied", store)
    assert (row["impliedLower"], row["impliedUpper"]) == ("28", "")


SHARES = st.decimals("0.1", "100", places=1)
PRICES = st.integers(1, 10**6).map(lambda thousands: Decimal(thousands) * 1000)


@settings(max_examples=40, deadline=None)
@given(st.tuples(PRICES, PRICES), st.tuples(SHARES, SHARES), st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_the_implied_value_never_leaves_out_a_true_one(
    prices: tuple[Decimal, Decimal], shares: tuple[Decimal, Decimal], at: tuple[float, float]
) -> None:
    low, high = sorted(prices)
    least, most = sorted(shares)
    store = a_deal(f"dg:lower {low}.0 ; dg:upper {high}.0", f"dg:lower {least} ; dg:upper {most}")
    (row,) = answer("valuations/implied", store)
    price, share = low + (high - low) * Decimal(at[0]), least + (most - least) * Decimal(at[1])
    assert Decimal(row["impliedLower"]) <= price * 100 / share <= Decimal(row["impliedUpper"])


def test_an_interim_head_leads_once_the_start_is_a_fact() -> None:
    things = "graph:things { id:post a dg:InterimTenure ; dg:tenureOf id:ann ; dg:tenureAt id:bluewave . }"
    said = Said("id:post", "dg:role", "dg:HeadRole")
    (row,) = answer("people/leaders", with_facts(store_of(things, article("paper", "2025-06-13", said))))
    assert (row["person"], row["interim"]) == ("id:ann", "true")


def test_a_denial_is_listed_and_makes_no_fact() -> None:
    said = Said("id:bluewave", "dg:listingStatus", "dg:PubliclyListed", polarity="Negative")
    store = with_facts(store_of(article("paper", "2025-06-13", said)))
    assert [row["subject"] for row in answer("claims/denials", store)] == ["id:bluewave"]
    assert list(store.quads_for_pattern(None, None, None, ox.DefaultGraph())) == []

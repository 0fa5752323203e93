"""Each rule on invented figures: what it makes, what it must not make, and the same in two engines."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from dealgraph.stored import StoredQuery
from derived import (
    COMPARISONS,
    HIRED,
    OPEN,
    ROUND,
    RULES,
    THREEFOLD,
    ages,
    announced,
    day,
    derived,
    entries,
    found,
    money,
    number,
    released,
    rivals,
    saying,
    stake,
)
from graph import by_rdflib, dataset_of, the_dataset, the_store
from tiny import Said, article


@dataclass(frozen=True)
class Case:
    """Facts and articles, the predicates looked at, and the rows that must be there: no other, no fewer."""

    text: str
    predicates: str
    rows: tuple[str, ...] = ()


CASES = {
    "rounded outwards": Case(ROUND, "dg:impliedValuation", ("id:stake [283, 324]",)),
    "an exact quotient stays": Case(
        stake("dg:lower 100.0 ; dg:upper 120.0", "dg:lower 20.0 ; dg:upper 25.0"),
        "dg:impliedValuation",
        ("id:stake [400, 600]",),
    ),
    "excluded ends stay excluded, unknown ones unknown": Case(
        OPEN, "dg:impliedValuation", ("id:stake (400, ]",)
    ),
    "a share that may be nothing leaves no upper bound": Case(
        stake("dg:lower 10.0 ; dg:upper 20.0", "dg:lower 0.0 ; dg:upper 50.0"),
        "dg:impliedValuation",
        ("id:stake [20, ]",),
    ),
    "bounds that never meet in a quotient imply nothing": Case(
        stake("dg:lower 10.0", "dg:lower 5.0"), "dg:impliedValuation"
    ),
    "an unstated currency implies nothing": Case(
        stake("dg:lower 9.0 ; dg:upper 9.0", "dg:lower 9.0 ; dg:upper 9.0", unit="UnstatedCurrency"),
        "dg:impliedValuation",
    ),
    "two stakes of one deal cannot be told apart": Case(
        f"{ROUND}\nid:other-stake dg:arisesFrom id:deal .", "dg:impliedValuation"
    ),
    "a part of the valuation": Case(
        stake("dg:lower 1.0", "dg:lower 32.5 ; dg:upper 33.5", "dg:lower 301.0 ; dg:upper 302.0"),
        "dg:impliedWorth",
        ("id:stake [97, 102]",),
    ),
    "a stated valuation within": Case(
        ROUND.replace("dg:lower 1.0 ; dg:upper 1000.0", "dg:value 300.0 ; dg:lower 295.0 ; dg:upper 305.0")
        + saying("id:valuation", "dg:valuationAmount", "id:amount"),
        " ".join(COMPARISONS),
        ("claim:courier-1 dg:agreesWith [283, 324]",),
    ),
    "a stated number outside, its bounds not": Case(
        ROUND.replace("dg:lower 1.0 ; dg:upper 1000.0", "dg:value 330.0 ; dg:lower 320.0 ; dg:upper 340.0")
        + saying("id:valuation", "dg:valuationAmount", "id:amount"),
        " ".join(COMPARISONS),
        ("claim:courier-1 dg:looselyAgreesWith [283, 324]",),
    ),
    "a stated valuation that misses": Case(
        ROUND.replace("dg:lower 1.0 ; dg:upper 1000.0", "dg:value 400.0 ; dg:lower 395.0 ; dg:upper 405.0")
        + saying("id:valuation", "dg:valuationAmount", "id:amount"),
        " ".join(COMPARISONS),
        ("claim:courier-1 dg:disagreesWith [283, 324]",),
    ),
    "an excluded end that only touches misses": Case(
        OPEN.replace("dg:lower 1.0 ; dg:upper 1000.0", "dg:value 400.0 ; dg:lower 400.0 ; dg:upper 400.0")
        + saying("id:valuation", "dg:valuationAmount", "id:amount"),
        " ".join(COMPARISONS),
        ("claim:courier-1 dg:disagreesWith (400, ]",),
    ),
    "three times as much": Case(
        THREEFOLD + money("amount", "dg:lower 295.0 ; dg:upper 305.0"),
        "dg:ratioToPreviousValuation",
        ("id:valuation [2.809, 3.211]",),
    ),
    "a multiple beside the ratio": Case(
        THREEFOLD
        + money("amount", "dg:lower 330.0 ; dg:upper 340.0")
        + "\nid:deal dg:multipliesValuationBy id:multiple ."
        + number("multiple", "Ratio", "dg:value 3.0 ; dg:lower 2.5 ; dg:upper 3.5")
        + saying("id:deal", "dg:multipliesValuationBy", "id:multiple"),
        " ".join(COMPARISONS),
        ("claim:courier-1 dg:looselyAgreesWith [3.142, 3.579]",),
    ),
    "a multiple that misses the ratio": Case(
        THREEFOLD
        + money("amount", "dg:lower 330.0 ; dg:upper 340.0")
        + "\nid:deal dg:multipliesValuationBy id:multiple ."
        + number("multiple", "Ratio", "dg:value 2.0 ; dg:lower 1.5 ; dg:upper 2.5")
        + saying("id:deal", "dg:multipliesValuationBy", "id:multiple"),
        " ".join(COMPARISONS),
        ("claim:courier-1 dg:disagreesWith [3.142, 3.579]",),
    ),
    "only consecutive valuations": Case(
        THREEFOLD
        + money("amount", "dg:lower 300.0 ; dg:upper 300.0")
        + "\nid:between dg:valuedCompany id:northwind ; dg:valuationAmount id:middle ; dg:asOf id:winter ."
        + day("winter", "2024-12-01", "2024-12-31")
        + money("middle", "dg:lower 200.0 ; dg:upper 200.0"),
        "dg:ratioToPreviousValuation",
        ("id:between [1.904, 2.106]", "id:valuation [1.5, 1.5]"),
    ),
    "above the largest of those below": Case(
        entries(1, 2, 3)
        + "id:deal-2 dg:price id:p2 . id:deal-3 dg:price id:p3 ."
        + money("p2", "dg:lower 30.0 ; dg:upper 35.0")
        + money("p3", "dg:lower 40.0"),
        "dg:impliedPrice",
        ("id:deal-1 (40, ]", "id:deal-2 (40, ]"),
    ),
    "equal positions say nothing": Case(
        entries(2, 2) + "id:deal-2 dg:price id:p2 ." + money("p2", "dg:lower 30.0"), "dg:impliedPrice"
    ),
    "nothing new where the price is known": Case(
        entries(1, 2)
        + "id:deal-1 dg:price id:p1 . id:deal-2 dg:price id:p2 ."
        + money("p1", "dg:lower 30.0")
        + money("p2", "dg:lower 30.0"),
        "dg:impliedPrice",
    ),
    "a ranking by something else says nothing of prices": Case(
        entries(1, 2).replace("dg:DealSize", "id:headcount")
        + "id:deal-2 dg:price id:p2 ."
        + money("p2", "dg:lower 30.0"),
        "dg:impliedPrice",
    ),
    "one age is not enough": Case(ages(("2020-05-10", "2020-05-10", 30)), "dg:bornOn"),
    "two ages": Case(
        ages(("2020-05-10", "2020-05-10", 30), ("2020-09-01", "2020-09-30", 30)),
        "dg:bornOn",
        ("id:ada 1989-09-02/1990-05-10",),
    ),
    "two ages that leave one day": Case(
        ages(("2020-05-10", "2020-05-10", 30), ("2020-05-09", "2020-05-09", 29)),
        "dg:bornOn",
        ("id:ada 1990-05-10",),
    ),
    "two ages that leave no day": Case(
        ages(("2020-05-10", "2020-05-10", 30), ("2021-05-10", "2021-05-10", 40)), "dg:bornOn"
    ),
    "a leap day before a common year": Case(
        ages(("2024-02-29", "2024-02-29", 19), ("2024-03-01", "2024-03-01", 19)),
        "dg:bornOn",
        ("id:ada 2004-03-02/2005-02-28",),
    ),
    "a birthday on a leap day may be kept on 28 February": Case(
        ages(("2023-02-28", "2023-02-28", 19), ("2023-02-27", "2023-02-27", 18)),
        "dg:bornOn",
        ("id:ada 2004-02-28/2004-02-29",),
    ),
    "the day after the last of a year": Case(
        ages(("2019-12-31", "2019-12-31", 19), ("2020-12-30", "2020-12-31", 20)),
        "dg:bornOn",
        ("id:ada 2000-01-01/2000-12-31",),
    ),
    "the same weekday is the day itself": Case(
        announced("2024-02-29", "Thursday"), "dg:announcedOn", ("id:deal 2024-02-29",)
    ),
    "back over a leap day": Case(
        announced("2024-03-01", "Thursday"), "dg:announcedOn", ("id:deal 2024-02-29",)
    ),
    "back over the new year": Case(
        announced("2025-01-01", "Friday"), "dg:announcedOn", ("id:deal 2024-12-27",)
    ),
    "the first article that says it counts": Case(
        announced("2025-06-13", "Thursday") + announced("2025-07-15", "Thursday", "weekly"),
        "dg:announcedOn",
        ("id:deal 2025-06-12",),
    ),
    "no weekday, no date": Case(
        "id:deal dg:price id:price .\n"
        + article("courier", "2025-06-13", Said("id:deal", "dg:price", "id:price")),
        "dg:announcedOn",
    ),
    "the last February": Case(released("2024-03-05", "XXXX-02"), "dg:releasedOn", ("id:model 2024-02",)),
    "the month of publication itself": Case(
        released("2024-03-05", "XXXX-03"), "dg:releasedOn", ("id:model 2024-03",)
    ),
    "a month of the year before": Case(
        released("2024-03-05", "XXXX-11"), "dg:releasedOn", ("id:model 2023-11",)
    ),
    "a year that is given is kept": Case(released("2024-03-05", "2022-11"), "dg:releasedOn"),
    "a release to come is not completed": Case(
        released("2024-03-05", "XXXX-11", "Expected"), "dg:releasedOn"
    ),
    "a founder who works for the investor": Case(
        HIRED + "id:tenure dg:tenureOf id:ada ; dg:tenureAt id:bluewave .",
        "rdf:type",
        ("id:deal dg:AcquiHire",),
    ),
    "a founder who works in a unit of it, found from the other end": Case(
        HIRED.replace("id:northwind dg:foundedBy id:ada", "id:ada dg:founderOf id:northwind")
        + "id:tenure dg:tenureOf id:ada ; dg:tenureAt id:lab .",
        "rdf:type",
        ("id:deal dg:AcquiHire",),
    ),
    "a founder who stays": Case(
        HIRED
        + "id:northwind dg:unitOf id:bluewave . id:tenure dg:tenureOf id:ada ; dg:tenureAt id:northwind .",
        "rdf:type",
    ),
    "a founder who once worked there": Case(
        HIRED + "id:tenure dg:tenureOf id:ada ; dg:tenureAt id:bluewave ; dg:ended id:may .", "rdf:type"
    ),
    "an engineer who founded nothing": Case(
        HIRED + "id:tenure dg:tenureOf id:grace ; dg:tenureAt id:bluewave .", "rdf:type"
    ),
    "a deal without people": Case(
        HIRED.replace("dg:TalentDeal", "dg:EquityInvestment")
        + "id:tenure dg:tenureOf id:ada ; dg:tenureAt id:bluewave .",
        "rdf:type",
    ),
    "rivals that meet": Case(
        rivals("dg:lower 95.0 ; dg:upper 105.0", "dg:lower 100.0 ; dg:lowerExclusive true"),
        " ".join(COMPARISONS),
        ("claim:courier-1 dg:agreesWith claim:courier-2",),
    ),
    "rivals that miss": Case(
        rivals("dg:lower 95.0 ; dg:upper 105.0", "dg:lower 110.0"),
        " ".join(COMPARISONS),
        ("claim:courier-1 dg:disagreesWith claim:courier-2",),
    ),
    "rivals that only touch at an excluded end": Case(
        rivals("dg:lower 95.0 ; dg:upper 105.0", "dg:lower 105.0 ; dg:lowerExclusive true"),
        " ".join(COMPARISONS),
        ("claim:courier-1 dg:disagreesWith claim:courier-2",),
    ),
    "rivals in two currencies": Case(
        rivals("dg:lower 95.0", "dg:lower 1.0", unit="UnstatedCurrency"), " ".join(COMPARISONS)
    ),
    "what is denied rivals nothing": Case(
        rivals("dg:lower 95.0", "dg:lower 1.0", polarity="Negative"), " ".join(COMPARISONS)
    ),
    "claims of an article that does not count": Case(
        rivals("dg:lower 95.0", "dg:lower 1.0").replace(
            "article:courier dg:counted", "article:other dg:counted"
        ),
        " ".join(COMPARISONS),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_makes_what_it_should_and_nothing_else(name: str) -> None:
    case = CASES[name]
    predicates = case.predicates.split()
    results = found(derived(case.text), *predicates)
    described = {"dg:Derivation", "dg:Quantity", "dg:TimeSpan"}
    told = {(s, o) if len(predicates) == 1 else (s, p, o) for s, p, o in results if o not in described}
    assert {" ".join(row) for row in told} == set(case.rows)


# --- both engines ----------------------------------------------------------------------------------------


def as_stored(table: tuple[tuple[str, ...], ...]) -> set[ox.Triple]:
    """Triples with numbers in the form that a store gives them: engines write a decimal in different ways."""
    store = ox.Store()
    store.load("\n".join(row[0] for row in table).encode(), format=ox.RdfFormat.N_TRIPLES)
    return {quad.triple for quad in store}


def by_store(store: ox.Store, rule: StoredQuery) -> set[ox.Triple]:
    result = store.query(rule.text)
    assert isinstance(result, ox.QueryTriples)
    return as_stored(tuple((f"{triple} .",) for triple in result))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.path.stem)
def test_both_engines_make_the_same_of_the_real_graph(rule: StoredQuery) -> None:
    assert as_stored(by_rdflib(the_dataset(), rule.text)) == by_store(the_store(), rule)


@pytest.mark.parametrize("name", CASES)
def test_both_engines_make_the_same_of_invented_figures(name: str) -> None:
    case = CASES[name]
    store = derived(case.text)
    dataset = dataset_of(store)
    looked_at = [
        rule for rule in RULES if any(predicate in rule.text for predicate in case.predicates.split())
    ]
    assert looked_at or case.predicates == "rdf:type"
    for rule in looked_at or [rule for rule in RULES if rule.path.stem == "acqui-hire"]:
        assert as_stored(by_rdflib(dataset, rule.text)) == by_store(store, rule), rule.name

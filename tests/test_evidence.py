"""Claims read back from a store with all that stands behind them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from itertools import permutations

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from dealgraph.admit import ADMITTED, FACTS, admit
from dealgraph.claim import Cell, Claim, Passage, Value
from dealgraph.errors import UnknownName, ViolationsFound
from dealgraph.evidence import Evidence
from dealgraph.quantity import Quantity, TimeSpan
from dealgraph.terms import iri
from tiny import DIGEST, Said, article, store_of, the_rule

# A claim with every facet that a claim can have, each with a value that is not the usual one.
FULL = Said(
    object="quantity:blue-1",
    realis="Expected",
    stance="Estimated",
    polarity="Negative",
    rank="Preferred",
    attribution="attribution:blue-author-agency",
    passage=(120, 140),
    more=f"""
        dg:passage <{iri("article:blue")}#char=9,30> ;
        dg:paraphrase "A third."@en , "Un tiers."@fr ;
        dg:rankReason "It is later."@en , "Il est postérieur."@fr ;
        dg:textDefect "A word is missing."@en ;
        dg:validAt time:2025-06 ; dg:openList true ;
        dg:refines claim:blue-2 ; dg:supersedes claim:blue-3 ;
        dg:conflictsWith claim:blue-3 , claim:blue-2 ; dg:conditionedOn claim:blue-2 ;
        dg:cell <{iri("dataset:blue")}#cell> ;""",
)
BEHIND = f"""
<{iri("article:blue")}#char=9,30> a dg:Passage ; dg:inArticle article:blue ;
    dg:start 9 ; dg:end 30 ; dg:sha256 "{DIGEST}"^^xsd:hexBinary .
quantity:blue-1 a dg:Quantity ; dg:unit dg:USDollar ; dg:precision dg:About ; dg:value 3.5 ;
    dg:lower 3.0 ; dg:upper 4.0 ; dg:lowerExclusive true ;
    dg:currencyBasis dg:CurrencySymbolOnly .
attribution:blue-author-agency a dg:Attribution ; dg:speaker source:blue-author ;
    dg:cites attribution:blue-agency-minister .
attribution:blue-agency-minister a dg:Attribution ; dg:speaker id:agency ;
    dg:cites attribution:blue-minister .
attribution:blue-minister a dg:Attribution ; dg:speaker id:minister .
<{iri("dataset:blue")}#cell> a dg:Cell ; dg:inSnapshot dataset:blue ; dg:table "t.csv" ;
    dg:record "Cairn" ; dg:column "Power" ; dg:sha256 "{DIGEST}"^^xsd:hexBinary ."""
TIMES = """graph:things { time:2025-06 a dg:TimeSpan ; dg:edtf "2025-06"^^edtf:EDTF ;
    dg:earliest "2025-06-01"^^xsd:date ; dg:latest "2025-06-30"^^xsd:date . }"""
MARKED = "graph:admitted { claim:blue-1 dg:admitted true . }"


def full_store() -> Store:
    return store_of(article("blue", "2025-06-13", FULL, Said(), Said(), more=BEHIND), TIMES, MARKED)


def test_every_facet_of_a_claim_is_read() -> None:
    claim = Evidence(full_store()).claim(iri("claim:blue-1"))
    blue = iri("article:blue")
    assert claim == Claim(
        iri=iri("claim:blue-1"),
        article=blue,
        subject=iri("id:stake"),
        predicate=iri("dg:share"),
        value=Value(
            iri("quantity:blue-1"),
            is_iri=True,
            quantity=Quantity(
                "USDollar", "About", Decimal("3.5"), Decimal(3), Decimal(4), True, False, "CurrencySymbolOnly"
            ),
        ),
        realis="Expected",
        stance="Estimated",
        polarity="Negative",
        rank="Preferred",
        speakers=(iri("source:blue-author"), iri("id:agency"), iri("id:minister")),
        passages=(Passage(blue, 9, 30, DIGEST), Passage(blue, 120, 140, DIGEST)),
        cells=(Cell(iri("dataset:blue"), "t.csv", "Cairn", "Power", DIGEST),),
        paraphrase={"en": "A third.", "fr": "Un tiers."},
        rank_reason={"en": "It is later.", "fr": "Il est postérieur."},
        text_defect={"en": "A word is missing."},
        valid_at=TimeSpan("2025-06", dt.date(2025, 6, 1), dt.date(2025, 6, 30)),
        open_list=True,
        refines=(iri("claim:blue-2"),),
        supersedes=(iri("claim:blue-3"),),
        conflicts_with=(iri("claim:blue-2"), iri("claim:blue-3")),
        conditioned_on=(iri("claim:blue-2"),),
        admitted=True,
    )


def test_the_claim_of_the_test_above_leaves_no_facet_at_its_default() -> None:
    full = Evidence(full_store()).claim(iri("claim:blue-1"))
    bare = Evidence(full_store()).claim(iri("claim:blue-2"))
    same = {f.name for f in dataclasses.fields(Claim) if getattr(full, f.name) == getattr(bare, f.name)}
    assert same == {"article", "subject", "predicate"}


# --- what a claim says ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("id:bluewave", Value(iri("id:bluewave"), is_iri=True)),
        ('"a name"@en', Value("a name", is_iri=False)),
        ("12", Value("12", is_iri=False)),
        (
            "time:2025-06",
            Value(
                iri("time:2025-06"),
                is_iri=True,
                time=TimeSpan("2025-06", dt.date(2025, 6, 1), dt.date(2025, 6, 30)),
            ),
        ),
        (
            "quantity:open",
            Value(
                iri("quantity:open"),
                is_iri=True,
                quantity=Quantity("Gigawatt", "Range", None, Decimal(0), Decimal("0.5"), False, True),
            ),
        ),
        ("time:open", Value(iri("time:open"), is_iri=True, time=TimeSpan("..", None, None))),
    ],
)
def test_the_object_of_a_claim_is_read_with_what_it_measures_or_dates(written: str, value: Value) -> None:
    more = """quantity:open a dg:Quantity ; dg:unit dg:Gigawatt ; dg:precision dg:Range ;
            dg:lower 0.0 ; dg:upper 0.5 ; dg:upperExclusive true .
        time:open a dg:TimeSpan ; dg:edtf ".."^^edtf:EDTF ."""
    store = store_of(article("blue", "2025-06-13", Said(object=written), more=more), TIMES)
    assert Evidence(store).claim(iri("claim:blue-1")).value == value


def test_a_quantity_that_facts_repeat_is_read_once() -> None:
    store = full_store()
    repeated = list(store.quads_for_pattern(NamedNode(iri("quantity:blue-1")), None, None, None))
    assert len(repeated) > 5
    before = Evidence(store).claim(iri("claim:blue-1"))
    store.extend(
        Quad(q.subject, q.predicate, q.object, graph) for q in repeated for graph in (FACTS, DefaultGraph())
    )
    assert Evidence(store).claim(iri("claim:blue-1")) == before


def test_an_attribution_that_cites_itself_comes_to_an_end() -> None:
    loop = "attribution:loop a dg:Attribution ; dg:speaker id:echo ; dg:cites attribution:loop ."
    store = store_of(article("blue", "2025-06-13", Said(attribution="attribution:loop"), more=loop))
    assert set(Evidence(store).claim(iri("claim:blue-1")).speakers) == {iri("id:echo")}


def test_a_claim_is_marked_as_admitted_if_and_only_if_admission_marked_it() -> None:
    store = store_of(article("blue", "2025-06-13", Said(), Said(realis="Possible")))
    evidence = Evidence(store)
    assert {claim.admitted for claim in evidence.claims()} == {False}
    store.extend(
        Quad(mark.subject, mark.predicate, mark.object, ADMITTED) for mark in admit(store, the_rule()).marks
    )
    assert {claim.iri: claim.admitted for claim in Evidence(store).claims()} == {
        iri("claim:blue-1"): True,
        iri("claim:blue-2"): False,
    }


# --- which claims, and in what order ----------------------------------------------------------------------


def names(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.iri.removeprefix(iri("claim:")) for claim in claims]


CHOICE = store_of(
    article(
        "blue",
        "2025-06-13",
        Said("id:a", "dg:share", "id:x"),
        Said("id:a", "dg:price", "id:y"),
        Said("id:b", "dg:share", "id:x"),
    )
)


@pytest.mark.parametrize(
    ("subject", "predicate", "expected"),
    [
        ("id:a", "dg:share", ["blue-1"]),
        ("id:a", None, ["blue-1", "blue-2"]),
        (None, "dg:share", ["blue-1", "blue-3"]),
        (None, None, ["blue-1", "blue-2", "blue-3"]),
        ("id:b", "dg:price", []),
        ("id:nobody", None, []),
    ],
)
def test_claims_are_found_by_subject_and_predicate(
    subject: str | None, predicate: str | None, expected: list[str]
) -> None:
    wanted = (iri(name) if name else None for name in (subject, predicate))
    assert names(Evidence(CHOICE).claims(*wanted)) == expected


def test_claims_are_found_by_their_object() -> None:
    assert names(Evidence(CHOICE).claims_with_object(iri("id:x"))) == ["blue-1", "blue-3"]
    assert Evidence(CHOICE).claims_with_object(iri("id:nobody")) == ()


# In the order in which they must come out; each line loses against the one above for one reason.
IN_ORDER = (
    ("new", Said(rank="Preferred", passage=(90, 99))),
    ("old", Said(rank="Preferred", passage=(1, 2))),
    ("new", Said(passage=(8, 9), more='dg:paraphrase "admitted"@en ;')),
    ("new", Said(passage=(30, 40), more='dg:paraphrase "admitted"@en ;')),
    ("old", Said(passage=(1, 2), more='dg:paraphrase "admitted"@en ;')),
    ("new", Said(passage=(1, 2))),
    ("old", Said(passage=(1, 2))),
    ("new", Said(rank="Deprecated", passage=(1, 2), more='dg:paraphrase "admitted"@en ;')),
    ("new", Said(rank="Deprecated", passage=(1, 2))),
)


@pytest.mark.parametrize("shift", range(len(IN_ORDER)))
def test_preferred_claims_come_first_then_admitted_then_later_then_by_position(shift: int) -> None:
    shuffled = IN_ORDER[shift:] + IN_ORDER[:shift]
    by_slug = {slug: [said for s, said in shuffled if s == slug] for slug in ("old", "new")}
    expected = [f"{slug}-{by_slug[slug].index(said) + 1}" for slug, said in IN_ORDER]
    marks = [name for name, (_, said) in zip(expected, IN_ORDER, strict=True) if "admitted" in said.more]
    store = store_of(
        article("old", "2025-06-13", *by_slug["old"]),
        article("new", "2025-07-15", *by_slug["new"]),
        "graph:admitted {" + "".join(f"claim:{name} dg:admitted true . " for name in marks) + "}",
    )
    assert names(Evidence(store).claims(iri("id:stake"), iri("dg:share"))) == expected


# --- articles and labels ----------------------------------------------------------------------------------

DAYS = {"late": "2025-07-15", "early": "2025-06-13", "twin": "2025-06-13"}


@pytest.mark.parametrize("order", list(permutations(DAYS)))
def test_articles_come_by_day_then_by_name(order: tuple[str, ...]) -> None:
    evidence = Evidence(store_of(*(article(slug, DAYS[slug]) for slug in order)))
    assert evidence.articles == tuple(iri(f"article:{slug}") for slug in ("early", "twin", "late"))
    assert evidence.published(iri("article:late")) == dt.date(2025, 7, 15)


def test_an_article_that_another_graph_mentions_counts_once() -> None:
    store = store_of(
        article("blue", "2025-06-13"), "graph:facts { article:blue a dg:Article . article:x a dg:Article }"
    )
    assert Evidence(store).articles == (iri("article:blue"),)


@pytest.mark.parametrize(
    ("thing", "language", "label"),
    [
        ("id:both", "en", "wave"),
        ("id:both", "fr", "vague"),
        ("id:french", "en", "vague"),
        ("id:plain", "fr", "wave"),
        ("id:no-label", "fr", "no-label"),
    ],
)
def test_a_label_is_in_the_language_asked_for_else_in_any(thing: str, language: str, label: str) -> None:
    store = store_of(
        'graph:things { id:both rdfs:label "wave"@en , "vague"@fr . id:french rdfs:label "vague"@fr .'
        ' id:plain rdfs:label "wave" . }'
    )
    assert Evidence(store).label(iri(thing), language) == label


# --- what is not there ------------------------------------------------------------------------------------


def test_a_claim_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownName, match="claim:blue-99: no claim has this IRI"):
        Evidence(full_store()).claim(iri("claim:blue-99"))


@pytest.mark.parametrize("facet", ["predicate", "object", "realis", "stance", "polarity", "rank"])
def test_a_claim_that_lacks_a_facet_is_named_with_it(facet: str) -> None:
    store = full_store()
    for quad in list(
        store.quads_for_pattern(NamedNode(iri("claim:blue-1")), NamedNode(iri(f"dg:{facet}")), None, None)
    ):
        store.remove(quad)
    with pytest.raises(ViolationsFound, match=f"claim:blue-1: lacks dg:{facet}"):
        Evidence(store).claim(iri("claim:blue-1"))


def test_a_derivation_is_no_claim() -> None:
    derivation = "graph:derived { derived:one a dg:Derivation ; dg:subject id:stake ; dg:object id:other . }"
    evidence = Evidence(store_of(article("blue", "2025-06-13", Said(object="id:other")), derivation))
    assert [claim.iri for claim in evidence.claims(subject=iri("id:stake"))] == [iri("claim:blue-1")]
    assert [claim.iri for claim in evidence.claims_with_object(iri("id:other"))] == [iri("claim:blue-1")]
    assert evidence.is_claim(iri("claim:blue-1"))
    assert not evidence.is_claim(iri("derived:one"))

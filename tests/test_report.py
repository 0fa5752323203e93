"""Lines of a report: each saying with its hedges, its sources and how it stands to the first."""

from __future__ import annotations

import pytest

from dealgraph.evidence import Evidence
from dealgraph.report import Line, Saying, Teller
from dealgraph.terms import iri
from tiny import Said, article, store_of

NAMES = """graph:things {
id:stake a dg:Stake ; rdfs:label "stake"@en , "participation"@fr .
id:agency a dg:MediaOutlet ; rdfs:label "the agency"@en , "l'agence"@fr .
id:minister a dg:Person ; rdfs:label "the minister"@en , "la ministre"@fr .
}
graph:ontology {
dg:share rdfs:label "share"@en , "part"@fr .
dg:Possible rdfs:label "possible"@en , "possible"@fr .
dg:Reported rdfs:label "reported"@en , "rapporté"@fr .
dg:Negative rdfs:label "negative"@en , "négative"@fr .
dg:Deprecated rdfs:label "deprecated"@en , "déprécié"@fr .
}"""
SIZES = """
quantity:exact a dg:Quantity ; dg:unit dg:Percent ; dg:precision dg:AsStated ;
    dg:value 49.0 ; dg:lower 48.5 ; dg:upper 49.5 .
quantity:rough a dg:Quantity ; dg:unit dg:Percent ; dg:precision dg:MoreThan ;
    dg:lower 45.0 ; dg:lowerExclusive true .
quantity:other a dg:Quantity ; dg:unit dg:Percent ; dg:precision dg:AsStated ;
    dg:value 51.0 ; dg:lower 50.5 ; dg:upper 51.5 .
quantity:power a dg:Quantity ; dg:unit dg:Gigawatt ; dg:precision dg:AsStated ; dg:value 1.0 .
"""


def line(*claims: Said, language: str = "en", more: str = "") -> Line:
    """The one line that a report makes of some claims on one subject and predicate."""
    evidence = Evidence(store_of(article("blue", "2025-06-13", *claims, more=SIZES + more), NAMES))
    (found,) = Teller(evidence, language).lines(evidence.claims(iri("id:stake")))
    return found


def by_claim(found: Line) -> dict[str, Saying]:
    return {saying.claim: saying for saying in found.sayings}


def notes(*claims: Said, language: str = "en") -> list[tuple[str, ...]]:
    """The notes of each claim, in the order in which the claims are given."""
    found = by_claim(line(*claims, language=language))
    return [found[f"claim:blue-{number}"].notes for number in range(1, len(claims) + 1)]


# --- one saying -------------------------------------------------------------------------------------------


def test_a_saying_has_all_that_a_reader_needs_to_judge_it() -> None:
    said = Said(
        object="quantity:exact",
        realis="Possible",
        stance="Reported",
        attribution="attribution:blue-agency",
        passage=(120, 140),
        more='dg:paraphrase "Almost half."@en , "Presque la moitié."@fr ;',
    )
    chain = """attribution:blue-agency a dg:Attribution ; dg:speaker source:blue-author ;
            dg:cites attribution:a .
        attribution:a a dg:Attribution ; dg:speaker id:agency ; dg:cites attribution:b .
        attribution:b a dg:Attribution ; dg:speaker id:minister ."""
    found = line(said, language="fr", more=chain)
    assert (found.subject, found.subject_label) == ("id:stake", "participation")
    assert (found.predicate, found.predicate_label) == ("dg:share", "part")
    assert found.sayings == (
        Saying(
            claim="claim:blue-1",
            value="49\u00a0%",
            bounds="[48,5 – 49,5]",
            paraphrase="Presque la moitié.",
            certainty=("possible", "rapporté"),
            credit=("l'agence", "la ministre"),
            source="blue",
            passages=("120–140",),
            notes=(),
            admitted=False,
        ),
    )


@pytest.mark.parametrize(
    ("said", "certainty"),
    [
        (Said(), ()),
        (Said(rank="Preferred"), ()),
        (Said(realis="Possible", stance="Reported"), ("possible", "reported")),
        (Said(polarity="Negative"), ("negative",)),
        (Said(rank="Deprecated"), ("deprecated",)),
        (Said(realis="Possible", more="dg:openList true ;"), ("possible", "among others")),
        (Said(more="dg:openList true ;"), ("among others",)),
    ],
)
def test_only_what_is_not_plain_is_told_of_the_certainty(said: Said, certainty: tuple[str, ...]) -> None:
    assert line(said).sayings[0].certainty == certainty


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("quantity:rough", "more than 45%"),
        ("id:minister", "the minister"),
        ('"as it stands"', "as it stands"),
        ("time:june", "June 2025"),
    ],
)
def test_the_object_is_told_by_what_it_is(written: str, value: str) -> None:
    june = """time:june a dg:TimeSpan ; dg:edtf "2025-06"^^edtf:EDTF ;
        dg:earliest "2025-06-01"^^xsd:date ; dg:latest "2025-06-30"^^xsd:date ."""
    assert line(Said(object=written), more=june).sayings[0].value == value


# --- notes ------------------------------------------------------------------------------------------------

EXACT = Said(object="quantity:exact", rank="Preferred")


@pytest.mark.parametrize(
    ("language", "refined", "superseded", "compatible", "differs"),
    [
        (
            "en",
            "made more precise by the claim above",
            "superseded",
            "compatible",
            "does not meet the figure above",
        ),
        (
            "fr",
            "précisée par l'affirmation ci-dessus",
            "remplacée",
            "compatible",
            "ne rejoint pas le chiffre ci-dessus",
        ),
    ],
)
def test_each_claim_is_held_against_the_first(
    language: str, refined: str, superseded: str, compatible: str, differs: str
) -> None:
    first = Said(
        object="quantity:exact",
        rank="Preferred",
        more="dg:refines claim:blue-2 ; dg:supersedes claim:blue-3 ;",
    )
    others = [Said(object=f"quantity:{name}") for name in ("rough", "other", "rough", "other")]
    assert notes(first, *others, language=language) == [
        (),
        (refined,),
        (superseded,),
        (compatible,),
        (differs,),
    ]


@pytest.mark.parametrize("written", ["quantity:power", "id:minister", '"49"'])
def test_what_cannot_be_compared_is_not(written: str) -> None:
    assert notes(EXACT, Said(object=written)) == [(), ()]


def test_replacing_a_claim_goes_before_making_it_more_precise() -> None:
    first = Said(
        object="quantity:exact",
        rank="Preferred",
        more="dg:refines claim:blue-2 ; dg:supersedes claim:blue-2 ;",
    )
    assert notes(first, Said(object="quantity:rough")) == [(), ("superseded",)]


def test_a_conflict_is_told_on_both_sides_in_the_words_of_the_other() -> None:
    one = Said(
        object="id:agency",
        rank="Preferred",
        more='dg:conflictsWith claim:blue-2 ; dg:paraphrase "It is so."@en ;',
    )
    other = Said(object="id:minister", more='dg:conflictsWith claim:blue-1 ; dg:paraphrase "It is not."@en ;')
    assert notes(one, other) == [("in conflict with: It is not.",), ("in conflict with: It is so.",)]


def test_a_conflict_with_a_claim_without_a_paraphrase_names_the_claim() -> None:
    one = Said(object="id:agency", rank="Preferred", more="dg:conflictsWith claim:blue-2 ;")
    assert notes(one, Said(object="id:minister"))[0] == ("in conflict with: claim:blue-2",)


def test_a_condition_is_told_in_its_own_words() -> None:
    one = Said(object="id:agency", more="dg:conditionedOn claim:blue-2 ;")
    two = Said(object="id:minister", rank="Deprecated", more='dg:paraphrase "The sale goes through."@en ;')
    assert notes(one, two)[0] == ("on condition: The sale goes through.",)


@pytest.mark.parametrize(
    ("rank", "note"), [("Preferred", "preferred: It is so."), ("Deprecated", "set aside: It is so.")]
)
def test_the_reason_for_a_rank_is_told_with_the_rank(rank: str, note: str) -> None:
    assert notes(Said(rank=rank, more='dg:rankReason "It is so."@en ;')) == [(note,)]


def test_a_defect_of_the_text_is_told() -> None:
    assert notes(Said(more='dg:textDefect "A word is missing."@en ;')) == [("A word is missing.",)]


# --- lines ------------------------------------------------------------------------------------------------


def test_claims_are_grouped_by_subject_and_predicate_in_the_order_of_their_first() -> None:
    claims = [
        Said("id:b", "dg:share"),
        Said("id:a", "dg:price"),
        Said("id:b", "dg:price"),
        Said("id:a", "dg:price", "id:other"),
        Said("id:b", "dg:share", "id:other"),
    ]
    evidence = Evidence(store_of(article("blue", "2025-06-13", *claims)))
    in_turn = [evidence.claim(iri(f"claim:blue-{number}")) for number in range(1, 6)]
    lines = Teller(evidence, "en").lines(in_turn)
    assert [(found.subject, found.predicate, [s.claim[-1] for s in found.sayings]) for found in lines] == [
        ("id:b", "dg:share", ["1", "5"]),
        ("id:a", "dg:price", ["2", "4"]),
        ("id:b", "dg:price", ["3"]),
    ]


def test_of_no_claims_there_are_no_lines() -> None:
    assert Teller(Evidence(store_of()), "en").lines([]) == ()


# --- what follows -----------------------------------------------------------------------------------------

MADE = """
derived:worth a dg:Quantity ; dg:unit dg:USDollar ; dg:precision dg:Computed ; dg:lower 1.23456 .
time:june a dg:TimeSpan ; dg:edtf "2025-06"^^edtf:EDTF ;
    dg:earliest "2025-06-01"^^xsd:date ; dg:latest "2025-06-30"^^xsd:date .
"""


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        ("derived:worth", "at least 1.234 dollars"),
        ("time:june", "June 2025"),
        ("id:stake", "stake"),
        ("claim:blue-1", "Almost half."),
    ],
)
def test_what_follows_is_told_with_amounts_dates_and_claims_in_words(thing: str, told: str) -> None:
    said = Said(object="id:agency", more='dg:paraphrase "Almost half."@en ;')
    store = store_of(article("blue", "2025-06-13", said), f"graph:derived {{ {MADE} }}", NAMES)
    teller = Teller(Evidence(store), "en")
    assert [s.value for s in teller.inference(iri("id:stake"), iri("dg:share"), [iri(thing)]).sayings] == [
        told
    ]
    assert teller.inference(iri(thing), iri("dg:share"), []).subject_label == told

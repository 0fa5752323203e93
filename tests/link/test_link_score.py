"""The score of a candidate, and what may be accepted without a person."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from link_things import CIK, META, SEC_META, US, proposed, thing

from dealgraph.link.entity import KINDS, Entity, Place
from dealgraph.link.propose import Found, Outcome, propose
from dealgraph.link.score import BEST_WITHOUT_IDENTIFIER, CAP_IDENTIFIER, CAP_KIND, score
from dealgraph.mapping import Judgement

ROR = "https://ror.org/01zbnvs85"
OTHER_ROR = "https://ror.org/00njsd438"

names = st.sampled_from(
    ["Meta", "Meta Platforms", "Facebook", "Scale AI", "Alphabet Inc.", "Ohio", "", "Zürich"]
)
places = st.sampled_from(
    [Place(), Place("Paris", "", "FR"), Place("", "Ohio", "US"), Place("", "", "Germany")]
)
identifiers = st.sampled_from([ROR, OTHER_ROR, "http://www.wikidata.org/entity/Q380", f"{CIK}0001326801"])
entities = st.builds(
    thing,
    names,
    kinds=st.sampled_from(KINDS),
    places=st.lists(places, max_size=2).map(tuple),
    years=st.lists(st.integers(1900, 2025), max_size=2).map(tuple),
    owners=st.lists(names, max_size=1).map(tuple),
    ids=st.lists(identifiers, max_size=2, unique=True).map(tuple),
    aliases=st.lists(names, max_size=2).map(tuple),
)


@given(entities, entities)
def test_a_score_is_from_0_to_100_and_follows_from_its_features(one: Entity, other: Entity) -> None:
    scored = score(one, other)
    agreeing = [f for f in scored.features if f.kind == "identifier" and f.verdict.value == "agrees"]
    assert 0 <= scored.score <= 100
    assert agreeing or scored.score <= BEST_WITHOUT_IDENTIFIER
    if any(f.kind == "identifier" for f in scored.contradictions):
        assert scored.score <= CAP_IDENTIFIER
    if any(f.kind == "type" for f in scored.contradictions):
        assert scored.score <= CAP_KIND


@given(entities, st.lists(entities, max_size=6))
def test_nothing_is_accepted_by_its_name_alone(ours: Entity, records: list[Entity]) -> None:
    accepted = proposed(ours, *records).accepted
    if accepted:
        identified = [f for f in accepted.features if f.kind == "identifier"]
        beside = [f for f in accepted.features if f.kind in {"type", "place", "date", "owner"}]
        assert identified or len(beside) >= 2


def test_an_identifier_outranks_any_name() -> None:
    ours = thing("Meta", ids=(ROR,), places=(Place("Menlo Park"),), years=(2004,))
    renamed = thing("Quite Another Name", kinds="organization", ids=(ROR,), years=(2004,))
    namesake = thing("Meta", places=ours.places, years=(2004,), iri="https://example.org/namesake")
    found = proposed(ours, namesake, renamed)
    assert [each.entity for each in found.open] == [renamed, namesake]
    assert found.accepted
    assert found.accepted.entity == renamed


def test_an_identifier_on_a_record_of_another_name_is_left_to_a_person() -> None:
    ours = thing("Mark Zuckerberg", kinds="person", ids=("http://www.wikidata.org/entity/Q36215",))
    wrong = thing("Suzuki", kinds="person", ids=("http://www.wikidata.org/entity/Q36215",))
    found = proposed(ours, wrong)
    assert found.open[0].score >= 95
    assert found.accepted is None


@pytest.mark.parametrize(
    ("record", "most"),
    [
        (thing("Meta", ids=(OTHER_ROR,), iri="https://example.org/a"), CAP_IDENTIFIER),
        (thing("Meta", kinds="city", iri="https://example.org/b"), CAP_KIND),
        (thing("Meta", kinds="person", iri="https://example.org/c"), CAP_KIND),
        (thing("Meta", places=(Place("", "", "FR"),), iri="https://example.org/d"), 50.0),
    ],
)
def test_a_contradiction_caps_the_score_of_the_very_name(record: Entity, most: float) -> None:
    ours = thing("Meta", ids=(ROR,), places=(Place("", "", "US"),))
    assert score(ours, record).score <= most


def test_an_identifier_beside_one_that_contradicts_is_left_to_a_person() -> None:
    ours = thing("Meta", ids=(ROR, "http://www.wikidata.org/entity/Q380"))
    record = thing("Meta", ids=(ROR, "http://www.wikidata.org/entity/Q355"), iri="https://example.org/a")
    found = proposed(ours, record)
    assert found.accepted is None
    assert found.open[0].score <= CAP_IDENTIFIER


def test_one_of_two_declared_identifiers_of_a_scheme_agrees() -> None:
    ours = thing("OpenAI", ids=("https://rdf.gleif.org/L1/L-A", "https://rdf.gleif.org/L1/L-B"))
    record = thing(
        "OpenAI Group PBC", ids=("https://rdf.gleif.org/L1/L-B",), iri="https://rdf.gleif.org/L1/L-B"
    )
    assert score(ours, record).contradictions == ()


# --- the traps --------------------------------------------------------------------------------------------


def test_meta_with_three_candidates_of_the_sec_is_left_to_a_person() -> None:
    found = proposed(META, *SEC_META)
    assert found.outcome is Outcome.PERSON
    assert found.accepted is None
    assert len(found.open) == 3
    assert found.open[0].entity == SEC_META[0]


def test_hyperion_is_not_the_materials_company() -> None:
    ours = thing("Hyperion", kinds="data-center", owners=("Meta",), places=(Place("", "Louisiana", US),))
    company = thing(
        "Hyperion Materials & Technologies", kinds="organization", places=(Place("Worthington", "", "US"),)
    )
    found = proposed(ours, company)
    assert found.accepted is None
    assert found.open[0].score <= CAP_KIND
    assert propose(ours, Found((company,)), {}).outcome is Outcome.NONE


def test_new_albany_of_the_wrong_state_is_no_match() -> None:
    ours = thing("New Albany", kinds="city", places=(Place("", "Ohio", US),))
    indiana = thing(
        "New Albany",
        kinds="city",
        places=(Place("", "Indiana", US),),
        iri="https://sws.geonames.org/4262045/",
    )
    found = proposed(ours, indiana)
    assert found.accepted is None
    assert found.open[0].said("place") in found.open[0].contradictions


def test_two_branches_of_one_name_are_not_told_apart_by_guessing() -> None:
    ours = thing("Meta", years=(2004,), owners=("Zuckerberg",))
    branches = [
        thing(
            "Meta",
            kinds="organization",
            years=(2004,),
            owners=("Zuckerberg",),
            iri=f"https://example.org/{n}",
        )
        for n in range(2)
    ]
    assert proposed(ours, *branches).accepted is None


def test_a_former_name_is_found_and_not_accepted_unseen() -> None:
    ours = thing("Facebook", places=(Place("Menlo Park"),), years=(2004,))
    record = thing("Meta", former=("Facebook",), places=(Place("Menlo Park"),), years=(2004,))
    found = proposed(ours, record)
    assert found.open[0].name.kind == "former"
    assert found.accepted is None


def test_city_and_year_beside_the_very_name_suffice() -> None:
    ours = thing("Nvidia", places=(Place("Santa Clara", "California"),), years=(1993,))
    record = thing(
        "NVIDIA CORP", kinds="organization", places=(Place("Santa Clara", "", "US"),), years=(1993,)
    )
    found = proposed(ours, record)
    assert found.outcome is Outcome.ACCEPT
    for less in (thing("Nvidia", years=(1993,)), thing("Nvidia", places=ours.places)):
        assert proposed(less, record).outcome is Outcome.PERSON


def test_a_site_of_the_owner_in_the_region_is_proposed_under_any_name() -> None:
    ours = thing("Hyperion", kinds="data-center", owners=("Meta",), places=(Place("", "Louisiana", US),))
    site = thing(
        "Louisiana Datacenter",
        kinds="facility",
        owners=("Meta AI",),
        places=(Place(text="Holly Ridge\nLouisiana 71269"),),
    )
    found = propose(ours, Found((site,)), {})
    assert [each.entity for each in found.open] == [site]
    assert found.accepted is None


# --- what is judged ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("judgement", [Judgement.MATCH, Judgement.NOT, Judgement.UNSURE, Judgement.RELATED])
def test_a_judged_pair_is_told_and_never_proposed_again(judgement: Judgement) -> None:
    first = SEC_META[0]
    found = propose(META, Found(SEC_META), {first.iri: judgement})
    assert first not in [each.entity for each in found.open]
    assert [(each.entity, told) for each, told in found.judged] == [(first, judgement)]


def test_a_thing_with_a_match_gets_no_other_without_a_person() -> None:
    ours = thing("Nvidia", places=(Place("Santa Clara"),), years=(1993,))
    records = [
        thing("Nvidia", places=(Place("Santa Clara"),), years=(1993,), iri=f"https://example.org/{n}")
        for n in "ab"
    ]
    assert propose(ours, Found((records[0],)), {}).accepted
    assert propose(ours, Found(tuple(records)), {records[1].iri: Judgement.MATCH}).accepted is None


@given(entities, st.lists(entities, max_size=5), st.randoms())
def test_the_order_of_the_records_does_not_matter(
    ours: Entity, records: list[Entity], random: object
) -> None:
    unique = list({record.iri: record for record in records}.values())
    again = list(unique)
    random.shuffle(again)  # type: ignore[attr-defined]
    one, other = (propose(ours, Found(tuple(each)), {}, least=0.0, limit=50) for each in (unique, again))
    assert one == other
    assert all(a.score >= b.score for a, b in pairwise(one.open))

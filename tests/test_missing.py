"""What is missing for something to hold: refused claims, and premises that nobody claims."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
from pyoxigraph import NamedNode, Quad, Triple

from dealgraph import sources
from dealgraph.admit import ADMITTED, admit
from dealgraph.evidence import Evidence
from dealgraph.missing import Admission, Lack, Scope, Way, missing
from dealgraph.proof import Unsupported, leaves
from dealgraph.settings import open_project
from dealgraph.terms import compact, iri
from graph import build, the_store
from tiny import ROOT, Said, article, store_of, the_rule

JUNE = dt.date(2025, 6, 14)
ABC = iri("article:abcbourse-2025-06-13")
ONTOLOGY = "graph:ontology { dg:status dg:prospective true . }"


def triple(*names: str) -> Triple:
    subject, predicate, value = (NamedNode(iri(name)) for name in names)
    return Triple(subject, predicate, value)


@cache
def place(subject: str) -> str:
    return sources.load(open_project(ROOT)).place(subject)


def lack(*names: str) -> Lack:
    return missing(Evidence(the_store()), place, triple(*names))


def needed(way: Way) -> list[str]:
    return [" ".join(compact(str(t)[1:-1]) for t in one.triple) for one in way.lacking]


# --- why a claim is no fact -------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", [Scope(), Scope(JUNE), Scope(None, frozenset({ABC}))], ids=str)
def test_the_reasons_are_those_of_the_admission_rule(scope: Scope) -> None:
    store = build()
    store.clear_graph(ADMITTED)
    admission = admit(store, the_rule(), as_of=scope.as_of, only_from=map(NamedNode, scope.only_from))
    store.extend(Quad(mark.subject, mark.predicate, mark.object, ADMITTED) for mark in admission.marks)
    conditions = Admission(Evidence(store), scope)
    admitted = {str(mark.subject)[1:-1] for mark in admission.marks}
    for claim in Evidence(store).claims():
        refused = conditions.refusal(claim)
        assert (refused is None) == (claim.iri in admitted), claim.iri
        if refused and refused.reasons == ("overruled",):
            preferred = Evidence(store).claims(claim.subject, claim.predicate)[0]
            assert preferred.admitted
            assert preferred.rank == "Preferred"


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        (Said(realis="Possible", stance="Reported"), ("possible", "reported")),
        (Said(realis="Goal"), ("goal",)),
        (Said(realis="Hypothetical"), ("hypothetical",)),
        (Said(stance="Alleged"), ("alleged",)),
        (Said(stance="Opinion"), ("opinion",)),
        (Said(polarity="Negative"), ("negative",)),
        (Said(rank="Deprecated"), ("deprecated",)),
        (Said(realis="Planned"), ("plan",)),
        (Said(realis="Expected"), ("plan",)),
        (Said(predicate="dg:status", realis="Planned", stance="Reported"), ("reported",)),
        (Said(), ("overruled",)),
    ],
    ids=lambda value: str(value)[:60],
)
def test_each_reason_is_told(said: Said, reasons: tuple[str, ...]) -> None:
    evidence = Evidence(store_of(article("morning", "2025-01-01", said), ONTOLOGY))
    refused = Admission(evidence, Scope()).refusal(evidence.claims()[0])
    assert refused is not None
    assert refused.reasons == reasons


def test_the_scope_is_a_reason_too() -> None:
    evidence = Evidence(store_of(article("morning", "2025-01-02", Said(stance="Opinion"))))
    scope = Scope(dt.date(2025, 1, 1), frozenset({iri("article:evening")}))
    refused = Admission(evidence, scope).refusal(evidence.claims()[0])
    assert refused is not None
    assert refused.reasons == ("later", "elsewhere", "opinion")


# --- what is missing --------------------------------------------------------------------------------------


def test_a_refused_claim_is_what_a_conclusion_waits_for() -> None:
    store = build(JUNE)
    found = missing(Evidence(store), place, triple("id:meta", "dg:holdsStakeIn", "id:scale-ai"), Scope(JUNE))
    (proof,) = found.would
    waiting = [leaf for leaf in leaves(proof) if isinstance(leaf, Unsupported)]
    assert {compact(claim) for leaf in waiting for claim in leaf.claims} == {
        "claim:abcbourse-2025-06-13-15",
        "claim:arktechnews-2025-07-15-38",
    }
    assert waiting[0].claims[0] == iri("claim:abcbourse-2025-06-13-15")
    assert found.ways == ()


def test_control_lacks_a_majority() -> None:
    found = lack("id:meta", "dg:controls", "id:scale-ai")
    assert not found.refused
    assert not found.would
    assert [needed(way) for way in found.ways] == [
        ["id:meta dg:holdsMajorityStakeIn id:scale-ai"],
        ["id:meta dg:parentOf id:scale-ai"],
    ]
    (chain,) = found.ways[0].lacking[0].ways
    assert needed(chain) == ["id:stake-meta-scale-ai rdf:type dg:MajorityStake"]
    assert len(chain.held) == 2
    (definition,) = chain.lacking[0].ways
    (gap,) = definition.gaps
    assert gap.predicate == NamedNode(iri("dg:share"))
    assert [compact(claim) for claim in gap.known] == ["claim:arktechnews-2025-07-15-38"]
    assert [one.reasons for one in gap.refused] == [("possible", "reported")]


def test_a_class_lacks_the_value_that_defines_it() -> None:
    (way,) = lack("id:hyperion", "rdf:type", "dg:OperationalFacility").ways
    assert way.held == (triple("id:hyperion", "rdf:type", "dg:Facility"),)
    assert needed(way) == ["id:hyperion dg:lifecycleStatus dg:OperationalStatus"]
    assert [compact(claim) for claim in way.lacking[0].known] == ["claim:arktechnews-2025-07-15-65"]


def test_a_class_lacks_a_relation_of_which_nothing_is_said() -> None:
    (way,) = lack("id:meta", "rdf:type", "dg:Hyperscaler").ways
    (gap,) = way.gaps
    assert (gap.predicate, gap.known, gap.refused) == (NamedNode(iri("dg:operates")), (), ())


def test_a_claim_that_says_it_is_told_with_its_reasons() -> None:
    found = lack("id:deal-meta-scale-ai-2025", "dg:hasGoal", "id:return-to-ai-race")
    assert [one.reasons for one in found.refused] == [("goal",)]


def test_where_nothing_comes_near_nothing_is_made_up() -> None:
    found = lack("id:openai", "dg:competitorOf", "id:anthropic")
    assert found == Lack(found.triple)


def test_a_rumour_of_the_same_figure_in_another_article_comes_near() -> None:
    share = triple("id:stake-meta-scale-ai", "dg:share", "quantity:arktechnews-2025-07-15-38")
    evidence = Evidence(build(JUNE))
    found = missing(evidence, place, share, Scope(JUNE))
    assert [(compact(one.claim), one.reasons) for one in found.refused] == [
        ("claim:abcbourse-2025-06-13-15", ("possible", "reported")),
        ("claim:arktechnews-2025-07-15-38", ("later",)),
    ]

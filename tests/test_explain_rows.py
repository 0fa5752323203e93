"""Why a row is there: every row of every stored query that rests on claims leads back to them."""

from __future__ import annotations

from functools import cache

import pytest
from pyoxigraph import NamedNode, QuerySolutions

from dealgraph.evidence import Evidence
from dealgraph.explain import Explainer, RowExplainer, Told
from dealgraph.lineage import Lineage
from dealgraph.missing import Admission, Scope
from dealgraph.report import Teller
from dealgraph.stored import bind
from dealgraph.terms import iri
from graph import stored_queries, the_store
from test_explain import GOLDENS, parts, place, printed

ON_CLAIMS = ("claims", "companies", "contradictions", "deals", "facilities", "money", "people", "valuations")
SELECTS = sorted(
    name for name, query in stored_queries().items() if query.form == "SELECT" and query.topic in ON_CLAIMS
)


@cache
def explainer(language: str) -> RowExplainer:
    evidence = Evidence(the_store())
    admission = Admission(evidence, Scope())

    def refusal(name: str) -> tuple[str, ...]:
        refused = admission.refusal(evidence.claim(name))
        return refused.reasons if refused else ()

    return RowExplainer(Explainer(Teller(evidence, language), refusal=refusal), place)


def told(text: str, language: str = "en", most: int = 4) -> list[Told]:
    found, lineage = the_store().query(text), Lineage(the_store(), text)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    rows = [{name: row[name] for name in names} for row in found]
    return [explainer(language).told(row, lineage.witnesses(row)) for row in rows[:most]]


@pytest.mark.parametrize("name", SELECTS)
def test_every_row_leads_back_to_claims_with_passages(name: str) -> None:
    for row in told(stored_queries()[name].text):
        sayings = [saying for part in parts(row) for saying in part.sayings]
        assert sayings, row.text
        assert all(saying.passages for saying in sayings)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ["deals/stakes", "facilities/planned-total"])
def test_a_row_reads_as_it_should(language: str, name: str) -> None:
    (row,) = told(stored_queries()[name].text, language)
    golden = GOLDENS / f"row-{name.replace('/', '-')}.{language}.txt"
    assert printed(row, language) == golden.read_text(encoding="utf-8")


def test_an_inferred_part_of_a_row_is_proved() -> None:
    text = (
        "PREFIX dg: <https://w3id.org/dealgraph/ontology#> SELECT ?who ?what { ?who dg:holdsStakeIn ?what }"
    )
    (row,) = told(text)
    (proof,) = row.parts
    assert proof.kind == "follows"
    assert proof.rules == ("prp-spo2",)


def test_a_part_that_another_part_rests_on_is_not_told_again() -> None:
    (row,) = told(stored_queries()["facilities/planned-total"].text)
    tops = [part.text for part in row.parts]
    below = [part.text for top in row.parts for part in parts(top)[1:]]
    assert set(tops).isdisjoint(below)


def test_a_claim_that_is_no_fact_says_why_it_is_none() -> None:
    query = stored_queries()["claims/rivals"]
    text = bind(query, {"subject": [NamedNode(iri("id:deal-meta-scale-ai-2025"))]})
    notes = [part.note for row in told(text) for part in row.parts]
    assert any("preferred" in note for note in notes)
    assert "" in notes

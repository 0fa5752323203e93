"""The rules that are not shapes: what graphs say of one another, and time spans against their expressions."""

from __future__ import annotations

import datetime as dt

import pytest
from edtf import is_valid_edtf, parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from dealgraph.check.times import bounds
from dealgraph.errors import CannotCheck
from dealgraph.terms import iri
from shape_files import broken, checked, trig

# --- rules between graphs ---------------------------------------------------------------------------------

CLAIM = """
claim:b-1 a dg:Claim ; dg:subject id:deal ; dg:predicate dg:%s ; dg:object id:x ; dg:realis dg:%s ;
    dg:stance dg:%s ; dg:polarity dg:%s ; dg:rank dg:%s .
"""
FACTS = "graph:facts { id:deal dg:%s id:x }"


def facts_and_claims(predicate: str, *claims: tuple[str, ...]) -> set[str]:
    text = "".join(
        (CLAIM % (predicate, *facets)).replace("claim:b-1", f"claim:b-{number}")
        for number, facets in enumerate(claims)
    )
    return broken(checked(trig(f"article:b {{ {text} }} {FACTS % predicate}"))) & {"rule:FactIsAdmissible"}


ADMISSIBLE = ("Actual", "Asserted", "Positive", "Normal")


@pytest.mark.parametrize(
    ("predicate", "facets"),
    [
        ("holdsStakeIn", ("Planned", "Asserted", "Positive", "Normal")),
        ("holdsStakeIn", ("Possible", "Asserted", "Positive", "Normal")),
        ("holdsStakeIn", ("Actual", "Reported", "Positive", "Normal")),
        ("holdsStakeIn", ("Actual", "Asserted", "Negative", "Normal")),
        ("holdsStakeIn", ("Actual", "Asserted", "Positive", "Deprecated")),
        ("develops", ("Goal", "Asserted", "Positive", "Normal")),
    ],
)
def test_what_must_not_be_a_fact_and_is_one_is_found(predicate: str, facets: tuple[str, ...]) -> None:
    assert facts_and_claims(predicate, facets) == {"rule:FactIsAdmissible"}
    assert facts_and_claims(predicate, facets, ADMISSIBLE) == set()


@pytest.mark.parametrize(
    ("predicate", "facets"),
    [
        ("holdsStakeIn", ADMISSIBLE),
        ("holdsStakeIn", ("Actual", "Estimated", "Positive", "Preferred")),
        ("develops", ("Planned", "Confirmed", "Positive", "Normal")),
        ("investor", ("Possible", "Reported", "Positive", "Normal")),
    ],
)
def test_admissible_facts_and_frames_pass(predicate: str, facets: tuple[str, ...]) -> None:
    assert facts_and_claims(predicate, facets) == set()


def test_a_claim_in_the_graph_of_another_article_is_found() -> None:
    passage = f"<{iri('article:b')}#char=0,5>"
    text = f"article:%s {{ claim:b-1 dg:passage {passage} . {passage} dg:inArticle article:b }}"
    rule = {"rule:ClaimStandsInItsArticle"}
    assert broken(checked(trig(text % "c"))) & rule == rule
    assert broken(checked(trig(text % "b"))) & rule == set()


@pytest.mark.parametrize("text", ["[] dg:partnerOf id:x", "id:x dg:partnerOf [ a dg:Company ]"])
def test_a_blank_node_is_found(text: str) -> None:
    report = checked(trig(f"graph:things {{ {text} }}"))
    found = [finding for finding in report.violations if finding.rule == "rule:DataHasNoBlankNode"]
    assert found
    assert "[]" in {found[0].focus, found[0].value}
    assert "rule:DataHasNoBlankNode" not in broken(checked(trig("graph:things { id:x dg:partnerOf id:y }")))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("id:x a dg:Compnay", "Compnay"),
        ("id:x dg:parnterOf id:y", "parnterOf"),
        ("id:x dg:lifecycleStatus dg:Planed", "Planed"),
    ],
)
def test_a_misspelt_term_is_found(text: str, term: str) -> None:
    report = checked(trig(f"graph:things {{ {text} }}"))
    values = [finding.value for finding in report.violations if finding.rule == "rule:TermIsDeclared"]
    assert values == [iri(f"dg:{term}")]


# --- time spans -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025-06-13", ("2025-06-13", "2025-06-13")),
        ("../2025-06-13", ("", "2025-06-13")),
        ("2025-06-13/..", ("2025-06-13", "")),
        ("/2025", ("", "2025-12-31")),
        ("2025/", ("2025-01-01", "")),
        ("2024-05/2024-06", ("2024-05-01", "2024-06-30")),
        ("XXXX-07-15", ("", "")),
        ("XXXX-04", ("", "")),
        ("201X", ("2010-01-01", "2019-12-31")),
        ("2025-XX", ("2025-01-01", "2025-12-31")),
        ("2025?", ("2025-01-01", "2025-12-31")),
        ("2025-33", ("2025-01-01", "2025-03-31")),
        ("Y12025", ("", "")),
    ],
)
def test_the_bounds_follow_from_the_expression(expression: str, expected: tuple[str, str]) -> None:
    assert bounds(expression) == expected


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32), st.integers(1, 3))
def test_plain_expressions_are_read_as_the_library_reads_them(
    year: int, month: int, day: int, parts: int
) -> None:
    text = "-".join((f"{year:04}", f"{month:02}", f"{day:02}")[:parts])
    if not is_valid_edtf(text):
        with pytest.raises(ValueError, match="not EDTF"):
            bounds(text)
        return
    read = parse_edtf(text)
    sides = (read.lower_strict(), read.upper_strict())
    if year:  # a year 0 has no day in our calendar
        assert bounds(text) == tuple(f"{s.tm_year:04}-{s.tm_mon:02}-{s.tm_mday:02}" for s in sides)


@settings(max_examples=25, deadline=None)
@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_day_is_bounded_by_itself(day: dt.date) -> None:
    text = day.isoformat()
    assert bounds(text) == (text, text)
    assert bounds(f"../{text}") == ("", text)
    assert bounds(f"{text}/..") == (text, "")


@settings(max_examples=25, deadline=None)
@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_month_and_a_year_hold_their_days(day: dt.date) -> None:
    for text in (day.isoformat()[:7], day.isoformat()[:4]):
        first, last = map(dt.date.fromisoformat, bounds(text))
        assert first <= day <= last
        assert first.day == 1
        assert (last + dt.timedelta(days=1)).day == 1


def test_text_that_is_not_edtf_has_no_bounds() -> None:
    with pytest.raises(ValueError, match="2025-13"):
        bounds("2025-13")


def test_an_expression_beyond_the_library_is_named() -> None:
    with pytest.raises(CannotCheck, match="2025-1X-XX"):
        bounds("2025-1X-XX")


SPAN = 'graph:things { time:x a dg:TimeSpan ; dg:edtf "%s"^^edtf:EDTF %s }'


@pytest.mark.parametrize(
    ("expression", "said", "rules"),
    [
        ("XXXX-07-15", "", set()),
        ("../2025", '; dg:latest "2025-12-31"^^xsd:date', set()),
        ("../2025", '; dg:latest "2025-12-30"^^xsd:date', {"rule:TimeSpanMatchesItsExpression"}),
        ("../2025", "", {"rule:TimeSpanMatchesItsExpression"}),
        (
            "../2025",
            '; dg:earliest "2025-01-01"^^xsd:date ; dg:latest "2025-12-31"^^xsd:date',
            {"rule:TimeSpanMatchesItsExpression"},
        ),
        ("in June", "", {"rule:ExpressionIsEdtf"}),
    ],
)
def test_the_bounds_of_a_time_span_are_held_against_its_expression(
    expression: str, said: str, rules: set[str]
) -> None:
    report = checked(trig(SPAN % (expression, said)))
    assert {rule for rule in broken(report) if rule.startswith("rule:")} == rules


def test_a_mismatch_tells_the_day_in_both_languages() -> None:
    report = checked(trig(SPAN % ("../2025", "")))
    (finding,) = (f for f in report.violations if f.rule == "rule:TimeSpanMatchesItsExpression")
    assert finding.path == "dg:latest"
    assert "../2025 gives the day 2025-12-31" in finding.message_en
    assert "../2025 donne ici le jour 2025-12-31" in finding.message_fr

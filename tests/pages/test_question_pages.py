"""The pages of the stored queries: each answers, in both languages, and tells what is wrong at its field."""

from __future__ import annotations

import html
import re

import pytest
from pyoxigraph import Literal, NamedNode

from dealgraph.desk import Desk
from dealgraph.errors import UnknownName
from dealgraph.pages.phrases_columns import COLUMNS
from dealgraph.pages.question_answers import table_of
from dealgraph.pages.question_forms import read_form
from dealgraph.pages.questions import FOR_MACHINES, question_page, questions_page
from dealgraph.stored import FEDERATED, StoredQuery
from dealgraph.web import Answer, Call
from graph import GOLDENS, golden_of, read_golden, stored_queries

QUERIES = tuple(stored_queries().values())
HOSTILE = "\"><script>alert(1)</script>'"


def asked(desk: Desk, name: str, *pairs: tuple[str, str], language: str = "en") -> Answer:
    topic, _, stem = name.partition("/")
    call = Call(f"/questions/{name}", {"topic": topic, "name": stem}, pairs, language=language)
    return question_page(desk, call)


def text_of(answer: Answer) -> str:
    """The visible words of a page."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.whole().decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", bare)).split())


def golden_rows(query: StoredQuery) -> int | None:
    path = golden_of(query)
    if not path.exists():
        return None
    return len(read_golden(query)) - (query.form != "CONSTRUCT")


def test_the_golden_answers_are_found() -> None:
    assert sum(golden_rows(query) is not None for query in QUERIES if (GOLDENS / query.topic).is_dir()) > 90


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_stored_query_has_a_page_with_all_its_rows(desk: Desk, query: StoredQuery) -> None:
    answer = asked(desk, query.name)
    assert answer.status == 200
    expected = golden_rows(query)
    if query.topic in (FEDERATED, "checks") or expected is None:
        return
    told = {0: "No rows", 1: "1 row "}.get(expected, f"{expected} rows")
    assert told in text_of(answer)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_page_is_in_french_too(desk: Desk, query: StoredQuery) -> None:
    text = text_of(asked(desk, query.name, language="fr"))
    assert query.summary_fr in text
    for parameter in query.params if query.topic != FEDERATED else ():
        assert parameter.label_fr in text


def test_every_column_that_people_see_has_a_name_in_both_languages() -> None:
    missing: set[str] = set()
    for query in (each for each in QUERIES if each.topic not in FOR_MACHINES):
        if query.form == "SELECT" and golden_of(query).exists():
            missing |= {name for name in read_golden(query)[0] if name not in COLUMNS}
    assert missing == set()
    assert all(en and fr for en, fr in COLUMNS.values())


def test_the_list_has_every_question_and_sets_those_of_the_machine_apart(desk: Desk) -> None:
    text = questions_page(desk, Call("/questions")).whole().decode()
    people, machine = text.split('class="machines"')
    for query in QUERIES:
        part = machine if query.topic in FOR_MACHINES else people
        assert f'href="/questions/{query.name}"' in part


def test_the_list_can_be_filtered_in_either_language(desk: Desk) -> None:
    text = questions_page(desk, Call("/questions", query=[("q", "énonces VALORISATION")])).whole().decode()
    assert "No question has these words" in text
    text = questions_page(desk, Call("/questions", query=[("q", "detient")])).whole().decode()
    assert 'href="/questions/deals/stakes"' in text
    assert 'href="/questions/people/ages"' not in text


# --- what is asked for --------------------------------------------------------------------------------------


def test_a_thing_may_be_asked_for_by_its_name(desk: Desk) -> None:
    by_name = text_of(asked(desk, "people/roles", ("organization", "scale ai")))
    assert (
        by_name.partition("The answer")[2].partition("The SPARQL")[0]
        == (
            text_of(asked(desk, "people/roles", ("organization", "id:scale-ai")))
            .partition("The answer")[2]
            .partition("The SPARQL")[0]
        )
    )


def test_a_misspelt_name_is_forgiven_and_it_is_said_what_it_was_taken_for(desk: Desk) -> None:
    answer = asked(desk, "people/roles", ("organization", "Sacle AI"))
    assert answer.status == 200
    assert "“Sacle AI” was taken as Scale AI" in text_of(answer)


def test_an_ambiguous_name_offers_the_things_that_answer_to_it(desk: Desk) -> None:
    answer = asked(desk, "claims/about", ("thing", "Alexandr Wang at"))
    assert answer.status == 400
    assert "Did you mean one of these?" in text_of(answer)
    assert "thing=id%3A" in answer.whole().decode()


@pytest.mark.parametrize(
    ("name", "parameter", "value", "told"),
    [
        ("money/budgets", "day", "2025-13-01", "“2025-13-01” is not a day"),
        ("money/budgets", "day", "", "A value is needed"),
        ("contradictions/tensions", "kind", "quarrel", "“quarrel” cannot be chosen here"),
        ("people/roles", "organization", "zzzzzz", "Nothing here is called “zzzzzz”"),
        ("people/roles", "organization", "id:nobody-at-all", "Nothing here is called “id:nobody-at-all”"),
    ],
)
def test_a_wrong_value_is_told_at_its_field(
    desk: Desk, name: str, parameter: str, value: str, told: str
) -> None:
    answer = asked(desk, name, (parameter, value))
    assert answer.status == 400
    page = answer.whole().decode()
    hint = page.partition(f'id="d-{parameter}"')[2].partition("</div>")[0]
    assert told in html.unescape(hint)
    assert 'aria-invalid="true"' in page
    assert "The answer" not in page


@pytest.mark.parametrize("pair", [("offset", "-1"), ("offset", "x"), ("as-of", "yesterday"), ("nobody", "1")])
def test_a_wrong_setting_of_the_page_is_told(desk: Desk, pair: tuple[str, str]) -> None:
    answer = asked(desk, "deals/list", pair)
    assert answer.status == 400
    assert "This cannot be asked so" in text_of(answer)


@pytest.mark.parametrize("name", ["organization", "as-of", "offset", "source", HOSTILE])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_hostile_value_stays_a_text(desk: Desk, name: str, language: str) -> None:
    page = asked(desk, "people/roles", (name, HOSTILE), language=language).whole().decode()
    assert "<script>alert" not in page
    assert "alert(1)" in page


def test_an_unknown_question_is_not_found(desk: Desk) -> None:
    with pytest.raises(UnknownName):
        asked(desk, "deals/nothing")


def test_a_question_to_other_servers_is_not_asked_and_the_page_says_why(desk: Desk) -> None:
    text = text_of(asked(desk, "federated/founding-dates"))
    assert "asks another server" in text
    assert "dealgraph ask federated/founding-dates --allow-service https://query.wikidata.org/sparql" in text


# --- what is answered ---------------------------------------------------------------------------------------


def test_an_answer_is_paged_in_one_order(desk: Desk) -> None:
    first = asked(desk, "stats/predicates").whole().decode()
    second = asked(desk, "stats/predicates", ("offset", "50")).whole().decode()
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    rows = [re.findall(r"<tr><td.*?</tr>", page) for page in (first, second)]
    assert len(rows[0]) == 50
    assert not set(rows[0]) & set(rows[1])


def test_the_downloads_carry_the_same_parameters(desk: Desk) -> None:
    page = asked(desk, "deals/stakes", ("company", "ScaleAI"), ("as-of", "2025-06-30")).whole().decode()
    address = html.unescape(re.findall(r'href="(/api/deals/stakes\.csv[^"]*)"', page)[0])
    assert address == "/api/deals/stakes.csv?company=id%3Ascale-ai&as-of=2025-06-30"


def test_the_stake_was_no_fact_in_june(desk: Desk) -> None:
    assert "No rows" in text_of(asked(desk, "deals/stakes", ("as-of", "2025-06-30")))
    assert "48.5 49.5" in text_of(asked(desk, "deals/stakes"))


def test_each_row_can_be_explained_down_to_its_passage(desk: Desk) -> None:
    page = asked(desk, "deals/amounts", ("why", "1"))
    proof = text_of(page).partition("Why each row is there")[2]
    assert "14.3 billion dollars" in proof
    assert "[1971–2008]" in proof
    assert 'href="/claim/arktechnews-2025-07-15-37"' in page.whole().decode()


def test_a_row_that_counts_everything_is_explained_in_part(desk: Desk) -> None:
    text = text_of(asked(desk, "stats/graphs", ("why", "1")))
    assert re.search(r"It rests on \d{3,} more statements, which are not shown", text)
    assert "1 to 10 of" in text


def test_things_are_told_by_their_names_and_linked(desk: Desk) -> None:
    page = asked(desk, "deals/stakes").whole().decode()
    assert re.search(r'<a href="/id/scale-ai"[^>]*>Scale AI</a>', page)
    assert '<td class="cell-number number">48.5</td>' in page


def test_the_language_of_the_page_is_that_of_the_paraphrases(desk: Desk) -> None:
    form = read_form(desk, stored_queries()["claims/reasons"], Call("/", language="fr"))
    assert form.text
    with_language = next(query for query in QUERIES if any(p.name == "lang" for p in query.params))
    form = read_form(desk, with_language, Call("/", language="fr"))
    assert ("lang", "fr") in form.pairs


def test_a_sparql_text_can_be_taken_to_the_editor(desk: Desk) -> None:
    page = asked(desk, "people/roles", ("organization", "id:meta")).whole().decode()
    assert 'href="/editor?query=' in page
    assert "VALUES ?organization { &lt;https://w3id.org/dealgraph/id/meta&gt; }" in page


def test_numbers_are_told_in_words_and_exactly(desk: Desk) -> None:
    rows = desk.store.query(
        "SELECT ?lower ?name ?birthYearLower {"
        " VALUES (?lower ?name ?birthYearLower) { (14250000000 'x' 1996) } }"
    )
    table = table_of(rows, desk.teller("fr"))
    number, name, year = table.cells[0]
    assert (number.text, number.title) == ("14,25\xa0milliards", "14250000000")
    assert (name.kind, year.text) == ("text", "1996")
    assert table.numbers == (True, False, True)
    assert isinstance(table.rows[0]["name"], Literal)
    assert not isinstance(table.rows[0]["name"], NamedNode)

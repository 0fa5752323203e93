"""The stored queries: well formed, the same answer in two engines, and one that was read and found right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from dealgraph.stored import FEDERATED, StoredQuery, Term, bind, defects
from dealgraph.stored.services import as_graphs
from dealgraph.terms import PREFIXES, compact
from graph import (
    GOLDENS,
    QUERIES,
    Table,
    build,
    by_oxigraph,
    by_rdflib,
    dataset_of,
    golden_of,
    read_golden,
    stored_queries,
    the_dataset,
    the_store,
)
from regenerate import WITHOUT_GOLDEN, stale, with_golden
from tiny import ROOT

PATHS = sorted(QUERIES.rglob("*.rq"))
GLOSSARY = QUERIES / "README.md"

MAY_BE_EMPTY: dict[str, str] = {}
"""Queries whose golden answer has no row, each with the reason."""


def names_of(queries: Iterable[StoredQuery]) -> list[str]:
    return [query.name for query in queries]


GOLDEN = names_of(with_golden())
SELECTS = [name for name in GOLDEN if stored_queries()[name].form == "SELECT"]
CHECKS = names_of(query for query in stored_queries().values() if query.topic == "checks")


# --- form -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_query_has_no_defect(path: Path) -> None:
    assert [str(d) for d in defects(path.read_text(encoding="utf-8"), path.relative_to(ROOT))] == []


@pytest.mark.parametrize("name", sorted(stored_queries()))
def test_prefixes_are_those_of_the_table_and_none_is_idle(name: str) -> None:
    text = stored_queries()[name].text
    declared = dict(re.findall(r"^PREFIX (\w+): <(.*)>$", text, re.MULTILINE))
    body = "\n".join(line for line in text.splitlines() if not line.startswith(("#", "PREFIX")))
    assert declared == {prefix: PREFIXES[prefix] for prefix in declared}
    assert [prefix for prefix in declared if not re.search(rf"\b{prefix}:", body)] == []
    assert list(declared) == sorted(declared)


def test_there_is_a_query_on_every_topic() -> None:
    topics = [query.topic for query in with_golden()]
    assert len(topics) >= 36
    assert {"deals", "valuations", "people", "facilities", "companies", "models", "money"} < set(topics)
    assert {"claims", "articles", "contradictions", "silence", "admission"} < set(topics)


@pytest.mark.parametrize("name", SELECTS)
def test_columns_have_the_meaning_that_the_glossary_gives(name: str) -> None:
    columns = by_oxigraph(the_store(), stored_queries()[name].text)[0]
    assert [column for column in columns if column not in glossary()] == []


def test_the_glossary_explains_no_column_that_is_not_there() -> None:
    federated = names_of(query for query in stored_queries().values() if query.topic == FEDERATED)
    texts = (as_graphs(stored_queries()[name].text) for name in [*SELECTS, *CHECKS, *federated])
    answers = (by_oxigraph(the_store(), text) for text in texts)
    assert sorted(glossary() - {column for columns, *_ in answers for column in columns}) == []


def glossary() -> set[str]:
    rows = re.findall(r"^\| (`.*?`) \|", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


# --- golden answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOLDEN)
def test_pyoxigraph_gives_the_golden_answer(name: str) -> None:
    query = stored_queries()[name]
    assert by_oxigraph(the_store(), query.text) == read_golden(query)


SLOW_IN_RDFLIB = frozenset(
    {
        *("admission/facts", "checks/references-across-articles", "claims/speakers"),
        *("contradictions/outside", "contradictions/tensions", "link/by-name"),
    }
)


def in_rdflib(names: Iterable[str]) -> list[object]:
    """Queries to put to rdflib, which some take it long to answer."""
    return [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW_IN_RDFLIB)) for name in names]


@pytest.mark.parametrize("name", in_rdflib(GOLDEN))
def test_rdflib_gives_the_golden_answer(name: str) -> None:
    query = stored_queries()[name]
    assert by_rdflib(the_dataset(), query.text) == read_golden(query)


def test_every_golden_answer_has_its_query() -> None:
    assert list(stale()) == []
    assert {path.parent.name for path in GOLDENS.rglob("*.csv")}.isdisjoint(WITHOUT_GOLDEN)


@pytest.mark.parametrize("name", SELECTS)
def test_a_golden_answer_has_rows_or_a_reason_for_none(name: str) -> None:
    assert (len(read_golden(stored_queries()[name])) > 1) != (name in MAY_BE_EMPTY)


@pytest.mark.parametrize("name", [*SELECTS, *CHECKS])
def test_the_order_leaves_no_tie(name: str) -> None:
    query = stored_queries()[name]
    table = read_golden(query) if name in SELECTS else by_oxigraph(the_store(), query.text)
    keys = re.findall(r"\?(\w+)", query.text.rpartition("ORDER BY")[2])
    assert [key for key in keys if key not in table[0]] == []
    places = [table[0].index(key) for key in keys]
    sorting = [tuple(row[place] for place in places) for row in table[1:]]
    assert len(sorting) == len(set(sorting))


# --- parameters -----------------------------------------------------------------------------------------


def optional_parameters() -> list[tuple[str, str]]:
    """The optional parameters that are also a column, with the queries that have them."""
    selects = [query for query in with_golden() if query.form == "SELECT"]
    found = [(query, parameter) for query in selects for parameter in query.params if parameter.optional]
    return [(query.name, p.name) for query, p in found if p.name in read_golden(query)[0]]


@pytest.mark.parametrize(("name", "parameter"), optional_parameters())
def test_a_parameter_leaves_the_rows_that_have_its_value(name: str, parameter: str) -> None:
    query = stored_queries()[name]
    solutions = the_store().query(query.text)
    assert isinstance(solutions, ox.QuerySolutions)
    terms = dict.fromkeys(row[parameter] for row in solutions)
    columns, *rows = read_golden(query)
    place = columns.index(parameter)
    for term in terms:
        if not isinstance(term, ox.NamedNode | ox.Literal):
            continue
        text = bind(query, {parameter: [term]})
        answer = by_oxigraph(the_store(), text)
        value = {row[place] for row in answer[1:]}
        assert len(value) == 1
        assert answer == (columns, *(row for row in rows if row[place] in value))


def test_several_values_of_a_parameter_mean_any_of_them() -> None:
    query = stored_queries()["claims/planned-or-possible"]
    one, other = (ox.NamedNode(f"{PREFIXES['dg']}{name}") for name in ("Planned", "Possible"))
    columns, *rows = read_golden(query)
    wanted = [row for row in rows if row[0] in {"dg:Planned", "dg:Possible"}]
    assert by_oxigraph(the_store(), bind(query, {"realis": [one, other]})) == (columns, *wanted)


def in_language() -> list[str]:
    return [name for name in SELECTS if any(p.name == "lang" for p in stored_queries()[name].params)]


@pytest.mark.parametrize("name", in_language())
def test_the_language_changes_the_texts_and_nothing_else(name: str) -> None:
    query = stored_queries()[name]
    french: dict[str, list[Term]] = {"lang": [ox.Literal("fr")]}
    english, other = read_golden(query), by_oxigraph(the_store(), bind(query, french))
    assert without_texts(english, "@en") == without_texts(other, "@fr")
    assert english != other


def without_texts(table: Table, tag: str) -> Table:
    return tuple(tuple("" if cell.endswith(tag) else cell for cell in row) for row in table)


# --- checks ---------------------------------------------------------------------------------------------


def test_every_check_has_its_example_and_every_example_its_check() -> None:
    examples = {f"checks/{path.stem}" for path in (GOLDENS / "checks").iterdir()}
    assert examples == set(CHECKS)
    assert len(CHECKS) >= 8


@pytest.mark.parametrize("name", CHECKS)
def test_the_graph_passes_the_check(name: str) -> None:
    answer = by_oxigraph(the_store(), stored_queries()[name].text)
    assert answer[0][0] == "focus"
    assert "value" in answer[0]
    assert answer[1:] == ()


@pytest.mark.parametrize("name", in_rdflib(CHECKS))
def test_the_graph_passes_the_check_in_rdflib_too(name: str) -> None:
    text = stored_queries()[name].text
    assert by_rdflib(the_dataset(), text) == by_oxigraph(the_store(), text)


@pytest.mark.parametrize("name", CHECKS)
def test_the_check_finds_what_is_wrong_and_nothing_else(name: str) -> None:
    query = stored_queries()[name]
    store = ox.Store()
    store.load(path=str(golden_of(query).with_suffix(".trig")), format=ox.RdfFormat.TRIG)
    answer = by_oxigraph(store, query.text)
    columns, *rows = answer
    named = {row[columns.index(name)] for row in rows for name in ("focus", "value")}
    nodes = {compact(term.value) for quad in store for term in quad if isinstance(term, ox.NamedNode)}
    assert rows
    assert [row for row in rows if "wrong" not in row[0]] == []
    assert {node for node in nodes if "wrong" in node} <= named
    assert by_rdflib(dataset_of(store), query.text) == answer


# --- what was known when --------------------------------------------------------------------------------


def test_the_stake_is_unknown_in_june_and_a_fact_in_july() -> None:
    query = stored_queries()["deals/stakes"].text
    june = by_oxigraph(build(as_of=dt.date(2025, 6, 14)), query)
    columns, *rows = by_oxigraph(the_store(), query)
    assert june == (columns,)
    (stake,) = (dict(zip(columns, row, strict=True)) for row in rows)
    assert (stake["holder"], stake["company"]) == ("id:meta", "id:scale-ai")
    assert (stake["lower"], stake["stated"], stake["upper"]) == ("48.5", "49", "49.5")

"""What is counted, against the claims themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from command_line import Cli
from dealgraph.errors import UnknownName
from dealgraph.evidence import Evidence
from dealgraph.settings import open_project
from dealgraph.snapshot import open_store
from dealgraph.stats import NAMES, Count, stats
from dealgraph.terms import iri, local_name
from dealgraph.void import as_turtle, described
from graph import stored_queries, the_store


def counted() -> dict[str, Count]:
    return {count.name: count for count in stats(the_store(), stored_queries().values())}


def total(count: Count, column: str, only: Iterable[str] = ()) -> int:
    rows = [row for row in count.as_rows() if not only or str(row[count.columns[0]]) in only]
    return sum(int(row[column]) for row in rows)


@pytest.mark.parametrize("name", ["articles", "certainty", "ranks"])
def test_each_claim_is_counted_once_in_each_table(name: str) -> None:
    claims = Evidence(the_store()).claims()
    assert total(counted()[name], "claims") == len(claims)
    assert total(counted()[name], "admittedClaims") == sum(claim.admitted for claim in claims)


def test_predicates_count_claims_and_the_parts_of_the_default_graph() -> None:
    counts = counted()
    assert total(counts["predicates"], "claims") == len(Evidence(the_store()).claims())
    for part in ("facts", "inferred", "derived"):
        in_graph = total(counts["graphs"], "triples", only=[iri(f"graph:{part}")])
        assert total(counts["predicates"], part) == in_graph > 0


def test_graphs_count_every_quad_outside_the_default_graph() -> None:
    assert total(counted()["graphs"], "triples") == sum(
        isinstance(quad.graph_name, NamedNode) for quad in the_store()
    )


def test_a_missing_query_is_named() -> None:
    with pytest.raises(UnknownName, match="stats/whole"):
        stats(the_store(), ())


# --- the command --------------------------------------------------------------------------------------------


def test_the_counts_come_as_text_in_both_languages_as_json_and_as_void(cli: Cli, built: Path) -> None:
    assert "admitted" in cli("stats", "--project", built).out
    french = cli("stats", "--project", built, "--lang", "fr").out
    assert "dont faits" in french
    assert "affirmation" in french
    told = json.loads(cli("stats", "--project", built, "--format", "json").out)
    assert tuple(told) == NAMES
    text = cli("stats", "--project", built, "--format", "ttl").out
    store = open_store(built / ".dealgraph")
    counts = stats(store, stored_queries().values())
    assert text == as_turtle(described(store, counts, open_project(built)))
    assert cli("stats", "--project", built, "--format", "csv").code == 22


def test_the_counts_of_one_article_are_of_that_alone(cli: Cli, built: Path) -> None:
    told = json.loads(cli("stats", "--source", "abcbourse", "--project", built, "--format", "json").out)
    assert [local_name(row["article"]) for row in told["articles"]] == ["abcbourse-2025-06-13"]

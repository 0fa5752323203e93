"""What is counted, against the claims themselves, and its description as VoID."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from command_line import Cli
from dealgraph.errors import UnknownName
from dealgraph.evidence import Evidence
from dealgraph.snapshot import open_store
from dealgraph.stats import DATASET, LICENCE, NAMES, Count, stats, void
from dealgraph.terms import iri, local_name
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


# --- VoID ---------------------------------------------------------------------------------------------------


def described(licence: str = "") -> set[Triple]:
    text = void(counted().values(), licence)
    return {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}


def numbers(triples: set[Triple], link: str, number: str) -> list[int]:
    """The numbers of the parts that the dataset has by a link."""
    parts = {t.object for t in triples if t.subject == NamedNode(DATASET) and t.predicate.value == iri(link)}
    found = [t.object for t in triples if t.subject in parts and t.predicate.value == iri(number)]
    return [int(term.value) for term in found if isinstance(term, Literal)]


def test_the_parts_of_the_dataset_add_up_to_it() -> None:
    triples = described()
    (whole,) = (
        t.object for t in triples if t.subject == NamedNode(DATASET) and "#triples" in str(t.predicate)
    )
    assert isinstance(whole, Literal)
    by_property = numbers(triples, "void:propertyPartition", "void:triples")
    assert sum(by_property) == sum(numbers(triples, "void:subset", "void:triples")) == int(whole.value)
    assert len(by_property) == len(counted()["properties"].rows)
    by_class = numbers(triples, "void:classPartition", "void:entities")
    assert sorted(by_class) == sorted(int(row[1]) for row in counted()["classes"].rows)


def test_every_named_graph_is_named_and_no_node_is_blank() -> None:
    triples = described()
    named = {t.object for t in triples if t.predicate.value == iri("sd:name")}
    assert named == {quad.graph_name for quad in the_store() if isinstance(quad.graph_name, NamedNode)}
    assert all(isinstance(t.subject, NamedNode) for t in triples)


def test_a_licence_is_named_only_where_it_is_known() -> None:
    link = Triple(NamedNode(DATASET), NamedNode(iri("dcterms:license")), NamedNode(LICENCE))
    assert described(LICENCE) - described() == {link}


# --- the command --------------------------------------------------------------------------------------------


def test_the_counts_come_as_text_in_both_languages_as_json_and_as_void(cli: Cli, built: Path) -> None:
    assert "admitted" in cli("stats", "--project", built).out
    french = cli("stats", "--project", built, "--lang", "fr").out
    assert "dont faits" in french
    assert "affirmation" in french
    told = json.loads(cli("stats", "--project", built, "--format", "json").out)
    assert tuple(told) == NAMES
    text = cli("stats", "--project", built, "--format", "ttl").out
    assert text == void(stats(open_store(built / ".dealgraph"), stored_queries().values()))
    assert cli("stats", "--project", built, "--format", "csv").code == 22


def test_the_counts_of_one_article_are_of_that_alone(cli: Cli, built: Path) -> None:
    told = json.loads(cli("stats", "--source", "abcbourse", "--project", built, "--format", "json").out)
    assert [local_name(row["article"]) for row in told["articles"]] == ["abcbourse-2025-06-13"]

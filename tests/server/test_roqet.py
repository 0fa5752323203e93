"""roqet, the query program of the Redland libraries, against a real server."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import served

from dealgraph.terms import iri
from graph import golden_of, read_golden, stored_queries

ROQET = shutil.which("roqet")

pytestmark = pytest.mark.skipif(
    ROQET is None,
    reason="roqet is not installed, so it asks nothing of the endpoint; Debian has it in rasqal-utils",
)


@pytest.fixture(scope="module")
def endpoint(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(built, tmp_path_factory.mktemp("roqet")) as server:
        yield f"{server.origin}/sparql"


def roqet(endpoint: str, query: str, *options: str) -> subprocess.CompletedProcess[str]:
    words = ["roqet", "-q", "-p", endpoint, "-e", query, "-r", "tsv", *options]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


def test_roqet_gets_the_rows_of_a_stored_query(endpoint: str) -> None:
    query = stored_queries()["deals/list"]
    assert golden_of(query).exists()
    columns, *rows = read_golden(query)
    told = roqet(endpoint, query.text)
    assert told.returncode == 0, told.stderr
    head, *lines = told.stdout.splitlines()
    assert tuple(head.split("\t")) == tuple(f"?{column}" for column in columns)
    assert len(lines) == len(rows) > 0


def test_roqet_names_the_graph_that_it_asks(endpoint: str) -> None:
    query = f"SELECT ?s {{ ?s a <{iri('dg:Person')}> }} ORDER BY ?s LIMIT 1"
    told = roqet(endpoint, query, "-D", iri("graph:things"))
    assert told.stdout.splitlines() == ["?s", f"<{iri('id:alexandr-wang')}>"]


def test_roqet_is_told_that_a_query_is_none(endpoint: str) -> None:
    told = roqet(endpoint, "SELECT ?s WHERE { ?s ")
    assert told.returncode == 1
    assert "400" in told.stderr

"""Sixteen clients at once, killers among them: no wrong answer, no failure but those that are meant."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from load import under_load
from serving import served

from dealgraph.server.limits import MEGABYTE, Limits

LIMITS = Limits()
QUERIES = (
    "SELECT ?p ?o { <https://w3id.org/dealgraph/id/meta> ?p ?o } ORDER BY ?p ?o",
    "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "ASK { ?s ?p 'nothing' }",
)
OTHERS = ("/sparql.csv?query=ASK%20%7B%7D",)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read where only Linux tells it")
def test_many_clients_and_killers_get_what_they_should(built: Path, tmp_path: Path) -> None:
    options = ("--timeout", "1", "--memory", "256", "--max-result", "2")
    with served(built, tmp_path, *options) as server:
        paths = [f"/sparql.json?{urlencode({'query': query})}" for query in QUERIES] + list(OTHERS)
        answers = {path: server.get(path).content for path in paths}
        outcome = under_load(server, answers, clients=16, seconds=8.0)
    assert outcome.wrong == []
    assert sum(outcome.statuses.values()) > 200
    assert sum(outcome.refused.values()) > 3
    assert outcome.after < 1.25 * outcome.before + 64 * MEGABYTE
    assert max(outcome.memory) < outcome.before + (LIMITS.workers + LIMITS.slow) * 300 * MEGABYTE

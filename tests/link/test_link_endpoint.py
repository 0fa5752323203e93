"""SPARQL endpoints as sources of candidates: a real Oxigraph server on loopback, and bad answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from link_servers import Reply, beside_python, free_port, scripted, started
from link_things import HEAD, META, thing

from dealgraph.errors import NotAllowed, NotRecorded, ServiceProblem, StoredQueryDefect
from dealgraph.link.description import read_description
from dealgraph.link.endpoint import Endpoint
from dealgraph.link.http import Client
from dealgraph.link.propose import Outcome, propose
from dealgraph.stored import load_one
from tiny import ROOT

KINDS = (
    "kind: {from: type, table: {'https://example.org/Company': company, 'https://example.org/City': city}}\n"
)
RDF = """
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
ex:meta a ex:Company ; rdfs:label "Meta"@en , "Meta"@fr ; skos:altLabel "Facebook" ; skos:exactMatch wd:Q380 .
ex:meta-town a ex:City ; rdfs:label "Meta" .
ex:apple a ex:Company ; rdfs:label "Apple"@en .
"""


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server of Oxigraph with three things in it, started on loopback."""
    program = beside_python("oxigraph")
    if not program.exists():
        pytest.skip("the server oxigraph is not installed: run make setup")
    folder = tmp_path_factory.mktemp("oxigraph")
    (folder / "data.ttl").write_text(RDF, encoding="utf-8")
    import subprocess

    load = [str(program), "load", "--location", "store", "--file", "data.ttl"]
    subprocess.run(load, cwd=folder, check=True, capture_output=True, timeout=60)
    port = free_port()
    serve: list[str | Path] = [
        program,
        "serve-read-only",
        "--location",
        "store",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    with started(serve, port, folder):
        yield f"http://127.0.0.1:{port}/query"


def endpoint(folder: Path, address: str, client: Client | None = None) -> Endpoint:
    """An endpoint as a user describes it."""
    path = folder / "endpoint.yaml"
    path.write_text(f"{HEAD}format: sparql\naddress: {address}\n{KINDS}", encoding="utf-8")
    query = load_one(ROOT / "queries", "link/by-name")
    return Endpoint(
        read_description(path), client or Client((address,), pause=0.0, tries=2, timeout=10.0), query
    )


def test_a_real_endpoint_proposes_by_name_and_identifier(oxigraph: str, tmp_path: Path) -> None:
    ours = replace(META, identifiers=thing("x", ids=("http://www.wikidata.org/entity/Q380",)).identifiers)
    found = endpoint(tmp_path, oxigraph).candidates([ours, thing("Apple"), thing("Nobody")])
    assert [len(each.entities) for each in found.values()] == [2, 1, 0]
    proposals = propose(ours, found[ours.iri], {}, least=0)
    assert [each.entity.iri for each in proposals.open] == [
        "https://example.org/meta",
        "https://example.org/meta-town",
    ]
    assert proposals.outcome is Outcome.ACCEPT
    assert proposals.open[0].entity.aliases == ("Facebook",)


def test_without_an_identifier_a_name_in_an_endpoint_is_left_to_a_person(
    oxigraph: str, tmp_path: Path
) -> None:
    found = endpoint(tmp_path, oxigraph).candidates([META])
    assert propose(META, found[META.iri], {}).outcome is Outcome.PERSON


@pytest.mark.parametrize("name", ['"', "\\", '" } ; DROP ALL #', "a\nb", "é\u0301", "?x", "'''", "\u2028"])
def test_a_name_is_never_taken_for_syntax(oxigraph: str, tmp_path: Path, name: str) -> None:
    found = endpoint(tmp_path, oxigraph).candidates([thing(name, iri="https://example.org/odd")])
    assert found["https://example.org/odd"].entities == ()


def test_an_endpoint_is_replayed_offline(oxigraph: str, tmp_path: Path) -> None:
    kept = Client((oxigraph,), cache=tmp_path / "cache")
    online = endpoint(tmp_path, oxigraph, kept).candidates([META])
    offline = replace(kept, offline=True, allowed=())
    assert endpoint(tmp_path, oxigraph, offline).candidates([META]) == online
    with pytest.raises(NotRecorded):
        endpoint(tmp_path, oxigraph, offline).candidates([thing("Apple")])


def test_an_endpoint_that_was_not_named_is_not_asked(tmp_path: Path) -> None:
    with scripted(lambda *_: Reply("{}")) as (address, script):
        with pytest.raises(NotAllowed):
            endpoint(tmp_path, address, Client(())).candidates([META])
        assert script.asked == []


@pytest.mark.parametrize(
    "text",
    [
        "<html>",
        "{}",
        '{"head": {}, "boolean": true}',
        json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": []}}),
        '{"head": {"vars": ["name", "candidate"]}, "results": {"bindings": [{"name": ',
    ],
)
def test_what_is_no_table_is_an_error_that_says_so(tmp_path: Path, text: str) -> None:
    with (
        scripted(lambda *_: Reply(text)) as (address, _),
        pytest.raises(ServiceProblem, match="no table of results"),
    ):
        endpoint(tmp_path, address).candidates([META])


def test_a_query_that_cannot_be_given_names_is_refused(tmp_path: Path) -> None:
    with scripted(lambda *_: Reply("{}")) as (address, _):
        wrong = replace(endpoint(tmp_path, address), query=load_one(ROOT / "queries", "deals/list"))
        with pytest.raises(StoredQueryDefect, match="VALUES"):
            wrong.candidates([META])

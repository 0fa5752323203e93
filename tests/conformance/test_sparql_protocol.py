"""The protocol tests of SPARQL 1.1 against a real server, read off the W3C's manifest, which stays outside.

`DEALGRAPH_SPARQL_TESTS` names a folder that has `protocol/manifest.ttl`: `sparql/sparql11` of w3c/rdf-tests.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import httpx
import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, Store
from rdflib.collection import Collection

from dealgraph import snapshot
from dealgraph.settings import open_project
from dealgraph.terms import iri
from tiny import ROOT

sys.path.append(str(ROOT / "tests" / "server"))
from serving import served

FOLDER: Final = os.environ.get("DEALGRAPH_SPARQL_TESTS", "")
MANIFEST: Final = Path(FOLDER) / "protocol" / "manifest.ttl"
DATA: Final = [f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in range(4)]
MF: Final = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT: Final = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT: Final = rdflib.Namespace("http://www.w3.org/2011/content#")
MEDIA: Final = {
    "boolean": ("application/sparql-results+xml", "application/sparql-results+json"),
    "tabular": (
        "application/sparql-results+xml",
        "application/sparql-results+json",
        "text/csv",
        "text/tab-separated-values",
    ),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"),
}
DEFECTS: Final = {
    "query_multiple_dataset": "its address encodes the ampersand between two graphs, so that they are one IRI"
}
"""Tests that cannot be passed as they are written, and why."""


@dataclass(frozen=True)
class Request:
    """One request of a test and what must come back."""

    method: str
    address: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    boolean: bool | None
    form: str

    @property
    def is_update(self) -> bool:
        text = (self.body or b"").decode("latin-1")
        return "update" in self.headers.get("content-type", "") or text.startswith("update=")


def cases() -> dict[str, list[Request]]:
    if not MANIFEST.is_file():
        return {}
    graph = rdflib.Graph().parse(MANIFEST, format="turtle")
    tests = sorted(graph.subjects(rdflib.RDF.type, MF.ProtocolTest), key=str)
    return {str(test).rpartition("#")[2]: list(requests(graph, test)) for test in tests}


def requests(graph: rdflib.Graph, test: rdflib.term.Node) -> Iterator[Request]:
    action = graph.value(test, MF.action)
    listed = graph.value(action, HT.requests)
    assert listed is not None, test
    for node in Collection(graph, listed):
        told_with = graph.value(node, HT.headers)
        headers = {
            str(graph.value(header, HT.fieldName)).lower(): str(graph.value(header, HT.fieldValue))
            for header in (Collection(graph, told_with) if told_with else ())
        }
        content = graph.value(node, HT.body)
        chars = graph.value(content, CNT.chars) if content else None
        told = graph.value(node, HT.resp)
        boolean = graph.value(told, MF.expectedBoolean)
        yield Request(
            method=str(graph.value(node, HT.methodName)),
            address=str(graph.value(node, HT.absolutePath)),
            headers=headers,
            body=None
            if chars is None
            else str(chars).encode(str(graph.value(content, CNT.characterEncoding))),
            statuses=tuple(str(code)[-3] for code in graph.objects(told, MF.expectedStatus)),
            boolean=None if boolean is None else str(boolean) == "true",
            form=str(graph.value(told, MF.expectedFormat) or ""),
        )


CASES: Final = cases()


@pytest.fixture(scope="module")
def origin(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of a snapshot that holds the graphs of the tests: each says that it is a document."""
    folder = Path(shutil.copytree(built, tmp_path_factory.mktemp("protocol") / "project"))
    project, store = open_project(folder), Store()
    kind, document = NamedNode(iri("rdf:type")), NamedNode(iri("foaf:Document"))
    store.extend(Quad(NamedNode(name), kind, document, NamedNode(name)) for name in DATA)
    described = replace(snapshot.manifest(snapshot.current(project.state)), content="protocol" * 8)
    with snapshot.writing(project.state):
        snapshot.write(project.state, store, described)
    with served(folder, folder) as server:
        yield server.origin


@pytest.mark.skipif(
    not CASES, reason="the W3C's protocol tests are not run: name their folder by DEALGRAPH_SPARQL_TESTS"
)
@pytest.mark.parametrize("name", sorted(CASES) or ["none"])
def test_a_request_of_the_protocol_is_answered_as_it_says(origin: str, name: str) -> None:
    if name in DEFECTS:
        pytest.skip(DEFECTS[name])
    for request in CASES[name]:
        answer = httpx.request(
            request.method, origin + request.address, headers=request.headers, content=request.body
        )
        if request.is_update:
            assert answer.status_code // 100 == 4, "the graph is changed by its files alone"
            return
        assert str(answer.status_code)[0] in request.statuses, answer.text
        media = answer.headers.get("content-type", "").partition(";")[0]
        assert not request.form or media in MEDIA[request.form]
        if request.boolean is not None:
            assert answer.json()["boolean"] is request.boolean

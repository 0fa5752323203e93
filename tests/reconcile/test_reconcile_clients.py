"""Clients at work over HTTP on loopback: the program's own, and one that does what OpenRefine does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest
from reconcile_calls import answer

from dealgraph.desk import Desk
from dealgraph.link.dataset import identified
from dealgraph.link.description import read_description
from dealgraph.link.entity import Entity, Place
from dealgraph.link.http import Client
from dealgraph.link.propose import Outcome, propose
from dealgraph.link.reconciliation import Service
from dealgraph.terms import iri

META_LEI = "https://rdf.gleif.org/L1/L-BQ4BKCS1HXDV9HN80Z93"
DESCRIPTION = """title: The graph
title_fr: Le graphe
licence: https://creativecommons.org/licenses/by/4.0/
source: https://example.org/
retrieved: 2026-11-30
format: reconciliation
address: {address}
types: [Organization]
properties: {{country: basedIn, year: foundingDate, lei: scheme/lei}}
kind: {{from: type, table: {{Company: company, Laboratory: laboratory, Person: person}}}}
"""


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The routes, served on loopback; gives the address of the service."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(b"")

        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers["Content-Length"])))

        def _reply(self, body: bytes) -> None:
            address = urlsplit(self.path)
            found = answer(
                desk,
                address.path,
                self.command,
                query=tuple(parse_qsl(address.query)),
                content_type=self.headers.get("Content-Type", ""),
                body=body,
            )
            content = found.whole()
            self.send_response(found.status)
            self.send_header("Content-Type", found.media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/reconcile"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


# --- the program's own client ------------------------------------------------------------------------------


@pytest.fixture
def service(desk: Desk, tmp_path: Path) -> Iterator[Service]:
    """The service as a source of candidates for linking."""
    with served(desk) as address:
        path = tmp_path / "graph.yaml"
        path.write_text(DESCRIPTION.format(address=address))
        yield Service(read_description(path), Client(allowed=(address,), pause=0.0, timeout=20.0))


def outside(label: str, *, lei: str = "", country: str = "", year: int = 0) -> Entity:
    """A thing of another graph that is looked for in this one."""
    return Entity(
        iri=f"https://example.org/{label.replace(' ', '-')}",
        labels=(label,),
        kinds=frozenset({"company"}),
        places=(Place(country=country),) if country else (),
        years=(year,) if year else (),
        identifiers=(identified(lei),) if lei else (),
    )


def test_the_programs_own_client_finds_the_things_of_the_graph(service: Service) -> None:
    wanted = [
        outside("Meta Platforms Inc", lei=META_LEI, country="United States", year=2004),
        outside("ScaleAI", year=2016),
        outside("Zzyzx Kolibri Qwerty"),
    ]
    found = [service.candidates(wanted)[each.iri] for each in wanted]
    assert all(each.notices == () for each in found)
    best = [each.entities[0].iri if each.entities else "" for each in found]
    assert best == [iri("id:meta"), iri("id:scale-ai"), ""]
    assert found[0].entities[0].kinds == {"company"}
    assert found[0].scores[iri("id:meta")] > 95
    assert propose(wanted[1], found[1], {}).open[0].entity.iri == iri("id:scale-ai")


def test_its_scores_help_a_name_that_the_candidate_does_not_show(service: Service) -> None:
    """A candidate comes under its label; that it has another name is only in the score."""
    wanted = outside("Facebook", country="United States")
    proposals = propose(wanted, service.candidates([wanted])[wanted.iri], {})
    assert proposals.open[0].entity.iri == iri("id:meta")
    assert proposals.outcome is Outcome.PERSON


# --- OpenRefine --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Refine:
    """What OpenRefine asks of a service: a form for each batch, and ten rows to guess a type from."""

    address: str

    def get(self, address: str) -> Any:  # noqa: ANN401
        with urlopen(address, timeout=20) as reply:
            return json.loads(reply.read())

    def post(self, **form: object) -> Any:  # noqa: ANN401
        body = urlencode({key: json.dumps(value) for key, value in form.items()}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
        with urlopen(Request(self.address, body, headers), timeout=20) as reply:
            return json.loads(reply.read())

    def guessed_type(self, names: list[str]) -> str:
        """The type that most of the first candidates have, the earlier in their lists the better."""
        batch = {f"q{n}": {"query": name, "limit": 3} for n, name in enumerate(names[:10])}
        counts: dict[str, int] = {}
        weights: dict[str, float] = {}
        for each in self.post(queries=batch).values():
            for rank, candidate in enumerate(each["result"]):
                kinds = candidate["type"]
                for place, kind in enumerate(kinds):
                    weight = (len(kinds) - place) / len(kinds) / (1 + rank)
                    counts[kind["id"]] = counts.get(kind["id"], 0) + 1
                    weights[kind["id"]] = weights.get(kind["id"], 0.0) + weight
        return max(counts, key=lambda kind: (counts[kind], weights[kind] / counts[kind]))


def test_a_spreadsheet_is_matched_and_extended_as_openrefine_does_it(desk: Desk) -> None:
    rows = [
        ("Meta", "California", "BQ4BKCS1HXDV9HN80Z93"),
        ("Scale AI", "San Francisco", ""),
        ("Open AI", "", ""),
        ("Amazon", "", "HWUPKR0MPOU8FGXBT394"),
        ("Bakery Schmidt", "Berlin", ""),
    ]
    with served(desk) as address:
        refine = Refine(address)
        manifest = refine.get(address)
        kind = refine.guessed_type([name for name, _, _ in rows])
        columns = ("basedIn", "scheme/lei")
        queries = {
            f"q{n}": {
                "query": name,
                "type": kind,
                "type_strict": "should",
                "properties": [
                    {"pid": pid, "v": v} for pid, v in zip(columns, (place, lei), strict=True) if v
                ],
            }
            for n, (name, place, lei) in enumerate(rows)
        }
        results = refine.post(queries=queries)
        proposed = manifest["extend"]["propose_properties"]
        offers = refine.get(
            f"{proposed['service_url']}{proposed['service_path']}?type={kind}&limit=50".replace(
                "https://deals.example", address.removesuffix("/reconcile")
            )
        )
        matched = {
            key: each["result"][0]["id"]
            for key, each in results.items()
            if each["result"] and each["result"][0]["match"]
        }
        wanted = [{"id": "foundingDate"}, {"id": "scheme/wikidata", "settings": {"limit": 1}}]
        extension = refine.post(extend={"ids": sorted(set(matched.values())), "properties": wanted})
    assert manifest["batchSize"] >= 10
    assert kind == "Company"
    assert matched == {"q0": "meta", "q1": "scale-ai", "q2": "openai"}
    assert [each["id"] for each in results["q3"]["result"]] == ["apple", "amazon"]
    assert results["q4"]["result"] == []
    assert {"foundingDate", "scheme/wikidata"} <= {each["id"] for each in offers["properties"]}
    assert extension["rows"]["meta"] == {
        "foundingDate": [{"str": "2004"}],
        "scheme/wikidata": [{"str": "Q380"}],
    }
    assert [each["id"] for each in extension["meta"]] == ["foundingDate", "scheme/wikidata"]

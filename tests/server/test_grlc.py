"""The same folder of stored queries served by grlc: the rows are those of the golden answers."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from serving import served, until

from dealgraph.stored import FEDERATED, StoredQuery
from graph import QUERIES, by_oxigraph, golden_of, read_golden, stored_queries, table_of, the_store
from tiny import ROOT

VENV = Path(os.environ.get("DEALGRAPH_GRLC_VENV") or ROOT / ".venv-grlc")
PROGRAM = VENV / "bin" / "grlc-server"

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists(),
    reason=f"grlc is not installed in {VENV.name}, so no query is served by it: run make grlc,"
    " or name a virtual environment that has it by DEALGRAPH_GRLC_VENV",
)

ASKED = [q for q in stored_queries().values() if q.form == "SELECT" and q.topic != FEDERATED]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def grlc(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of grlc, which asks a server of ours; it knows no folders in folders, and gets links."""
    folder = tmp_path_factory.mktemp("grlc")
    (folder / "queries").mkdir()
    for query in ASKED:
        (folder / "queries" / f"{local(query)}.rq").symlink_to(QUERIES / f"{query.name}.rq")
    port = free_port()
    with served(built, folder) as ours:
        endpoint = f"[defaults]\nserver_name = 127.0.0.1\nsparql_endpoint = {ours.origin}/sparql\n"
        (folder / "config.ini").write_text(
            f"[local]\nlocal_sparql_dir = queries\n{endpoint}", encoding="utf-8"
        )
        log = (folder / "grlc.log").open("wb")
        environment = {**os.environ, "HOME": str(folder)}
        words = [str(PROGRAM), f"--port={port}"]
        with (
            log,
            subprocess.Popen(
                words, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
            ) as process,
        ):
            try:
                address = f"http://127.0.0.1:{port}/api-local"
                assert until(lambda: answers(f"{address}/swagger"), 60), (folder / "grlc.log").read_text()
                yield address
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)


def answers(address: str) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(address, timeout=60).status_code == 200
    return False


def local(query: StoredQuery) -> str:
    return query.name.replace("/", "--")


@pytest.mark.parametrize("query", ASKED, ids=lambda query: query.name)
def test_grlc_gives_the_rows_that_we_give(grlc: str, query: StoredQuery) -> None:
    told = {"Accept": "application/sparql-results+json"}
    answer = httpx.get(f"{grlc}/{local(query)}", headers=told, timeout=60)
    assert answer.status_code == 200, answer.text
    found = ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    expected = read_golden(query) if golden_of(query).exists() else by_oxigraph(the_store(), query.text)
    assert table_of(found) == expected

"""What a hostile query meets, and what the next client notices of it: nothing."""

from __future__ import annotations

import csv
import http.client
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from serving import (
    CROSS_JOIN,
    FLOOD,
    HOARD,
    Served,
    children,
    holding_back,
    is_alive,
    served,
    until,
)

from dealgraph.cli.serving import usual_rate

SMALL = "SELECT ?p { ?s ?p ?o } LIMIT 1"
linux = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and walls are Linux's")


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    options = (
        "--timeout",
        "1.5",
        "--memory",
        "300",
        "--max-result",
        "4",
        "--max-request",
        "64",
        "--workers",
        "2",
    )
    with served(built, tmp_path_factory.mktemp("limits"), *options) as running:
        yield running


def status_of(server: Served, query: str) -> int:
    """The status of an answer, 0 if the connection broke."""
    try:
        return server.ask(query).status_code
    except httpx.HTTPError:
        return 0


def assert_answers_soon(server: Served) -> None:
    begun = time.monotonic()
    assert server.ask(SMALL).status_code == 200
    assert time.monotonic() - begun < 1


def test_a_query_over_its_time_is_stopped_and_told_so(server: Served) -> None:
    begun = time.monotonic()
    answer = server.ask(CROSS_JOIN)
    assert answer.status_code == 504
    assert 1.4 < time.monotonic() - begun < 3
    assert "longer than 1.5 seconds" in answer.text
    assert "Narrow the query" in answer.text
    assert_answers_soon(server)


@linux
def test_a_query_over_its_memory_is_stopped_and_told_so(built: Path, tmp_path: Path) -> None:
    with served(built, tmp_path, "--timeout", "60", "--memory", "128") as running:
        answer = running.ask(HOARD)
        assert answer.status_code == 507
        assert "more than 128 MB" in answer.text
        assert_answers_soon(running)


def test_a_result_over_its_limit_is_stopped_and_told_so(server: Served) -> None:
    answer = server.ask(FLOOD)
    assert answer.status_code == 413
    assert "larger than 4 MB" in answer.text
    assert "LIMIT" in answer.text
    assert_answers_soon(server)


def test_slow_queries_leave_room_for_quick_ones(server: Served) -> None:
    statuses: list[int] = []
    killers = [
        threading.Thread(target=lambda: statuses.append(server.ask(CROSS_JOIN).status_code)) for _ in range(4)
    ]
    for killer in killers:
        killer.start()
    time.sleep(0.4)
    assert server.ask(SMALL).status_code == 200
    assert not statuses, "the slow ones are still at it"
    for killer in killers:
        killer.join()
    assert statuses == [504] * 4


def test_a_client_that_goes_away_ends_its_query(server: Served) -> None:
    before = server.metric(r'dealgraph_workers_stopped\{reason="CancelledError"')
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{server.origin}/sparql", params={"query": CROSS_JOIN}, timeout=0.3)
    stopped = r'dealgraph_workers_stopped\{reason="CancelledError"'
    assert until(lambda: server.metric(stopped) > before, 1.0)
    assert until(lambda: server.metric(r'dealgraph_workers\{state="busy"') == 0, 1.0)
    assert until(lambda: any(e.get("outcome") == "gone" and e["status"] == 499 for e in server.entries()))


def test_a_request_over_its_limit_is_not_read(server: Served) -> None:
    answer = server.ask("# " + "x" * 70_000)
    assert answer.status_code == 413
    assert "64 KB" in answer.text
    with closing(http.client.HTTPConnection(server.origin.removeprefix("http://"), timeout=10)) as connection:
        connection.request("GET", f"/sparql?query={'x' * 60_000}")
        long = connection.getresponse()
        assert long.status == 413
        assert b"POST" in long.read()


def test_a_body_without_end_is_not_read(server: Served) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(10_000):
            yield b"x" * 1000

    with httpx.Client(timeout=10) as client:
        try:
            answer = client.post(f"{server.origin}/sparql", content=endless())
        except httpx.WriteError:
            return
        assert answer.status_code == 413


def test_one_client_that_asks_too_often_is_held_back(built: Path, tmp_path: Path) -> None:
    with served(built, tmp_path, "--rate", "2") as running, httpx.Client(timeout=10) as client:
        statuses = [
            client.get(f"{running.origin}/sparql", params={"query": "ASK {}"}).status_code for _ in range(40)
        ]
        assert statuses[:20] == [200] * 20
        assert 429 in statuses[20:]
        refused = client.get(f"{running.origin}/sparql", params={"query": "ASK {}"})
        assert refused.headers["retry-after"]
        assert client.get(f"{running.origin}/health").status_code == 200


def test_a_large_answer_streams_whole_and_one_that_breaks_off_is_cut(built: Path, tmp_path: Path) -> None:
    with holding_back(built, tmp_path, 64 * 1024, 1024 * 1024) as running:
        large = running.ask("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "text/csv")
        assert large.status_code == 200
        assert "content-length" not in large.headers
        assert len(large.content) > 64 * 1024
        count = running.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.split()[-1]
        assert len(list(csv.reader(io.StringIO(large.text)))) == int(count) + 1
        with pytest.raises(httpx.RemoteProtocolError):
            running.ask(FLOOD)
        assert until(lambda: any(e.get("outcome") == "cut: ResultTooLarge" for e in running.entries()))
        assert_answers_soon(running)


def test_only_a_trusted_proxy_tells_who_asks(built: Path, tmp_path: Path) -> None:
    told = {"X-Forwarded-For": "203.0.113.7"}
    for options, client in ((("--trust-proxy", "127.0.0.1"), "203.0.113.7"), ((), "127.0.0.1")):
        folder = tmp_path / client
        folder.mkdir()
        with served(built, folder, *options) as running:
            running.get("/sparql?query=ASK%20%7B%7D", headers=told)
            assert until(lambda: [e["client"] for e in running.entries()] == [client])  # noqa: B023 - waited for


HOSTS = [("127.0.0.1", 0.0), ("::1", 0.0), ("0.0.0.0", 50.0), ("10.0.0.1", 50.0)]


@pytest.mark.parametrize(("host", "rate"), HOSTS)
def test_beyond_this_machine_a_client_is_held_back_unless_said(host: str, rate: float) -> None:
    assert usual_rate(host) == rate


@linux
def test_the_network_is_shut_by_the_system_too(server: Served) -> None:
    assert server.get("/health").json()["networkWall"] is True
    script = (
        "import socket\n"
        "from dealgraph.server.wall import shut_network\n"
        "assert shut_network()\n"
        "socket.socketpair()\n"
        "for family in (socket.AF_INET, socket.AF_INET6):\n"
        "    try:\n"
        "        socket.socket(family)\n"
        "    except PermissionError:\n"
        "        continue\n"
        "    raise SystemExit('a socket was opened')\n"
        "from pyoxigraph import Store\n"
        "try:\n"
        "    list(Store().query('SELECT * { SERVICE <http://127.0.0.1:8/> { ?s ?p ?o } }'))\n"
        "except OSError:\n"
        "    print('shut')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "shut\n", done.stderr


def test_no_query_reaches_another_server(server: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        there = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        for clause in ("SERVICE", "serviceSILENT", "SERVICE SILENT", "1.SERVICE", "\\u0053ERVICE"):
            answer = server.ask(f"SELECT * {{ ?a ?b {clause} <{there}> {{ ?s ?p ?o }} }}")
            assert answer.status_code in (400, 403)
        assert server.ask(f"SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }}").status_code == 403
        with pytest.raises(TimeoutError):
            listening.accept()


@linux
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_server(built: Path, tmp_path: Path, ending: signal.Signals) -> None:
    with served(built, tmp_path, "--timeout", "60") as running:
        outcomes: list[int] = []
        killer = threading.Thread(target=lambda: outcomes.append(status_of(running, CROSS_JOIN)))
        killer.start()
        assert until(lambda: running.metric(r'dealgraph_workers\{state="busy"') == 1)
        started = children(running.process.pid)
        assert len(started) >= 3
        os.kill(running.process.pid, ending)
        assert until(lambda: not any(map(is_alive, started)), 15)
        killer.join()
    assert outcomes in ([0], [503])


def test_a_new_snapshot_answers_without_a_dropped_request(built: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(built, tmp_path / "project"))
    articles = "GRAPH ?article { ?article a <https://w3id.org/dealgraph/ontology#Article> }"
    count = f"SELECT (COUNT(DISTINCT ?article) AS ?n) {{ {articles} }}"
    with served(project, tmp_path) as running:
        seen: list[tuple[int, str, str]] = []
        ended = threading.Event()

        def ask_on() -> None:
            with httpx.Client(timeout=30) as client:
                while not ended.is_set():
                    answer = client.get(f"{running.origin}/sparql.csv", params={"query": count})
                    seen.append((answer.status_code, answer.text.split()[-1], answer.headers["etag"]))

        askers = [threading.Thread(target=ask_on) for _ in range(3)]
        for asker in askers:
            asker.start()
        command = [sys.executable, "-m", "dealgraph", "remove", "arktechnews-2025-07-15", "--unlink"]
        done = subprocess.run(
            [*command, "--project", str(project)], capture_output=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        assert until(lambda: seen[-1][1] == "1", 10)
        ended.set()
        for asker in askers:
            asker.join()
    assert {status for status, _, _ in seen} == {200}
    assert {number for _, number, _ in seen} == {"1", "2"}
    tags = {(number, tag) for _, number, tag in seen}
    assert len(tags) == 2


def test_an_address_that_is_taken_is_named(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "dealgraph", "serve", "--project", str(built), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 70
    assert f"127.0.0.1:{port}: cannot listen there" in done.stderr

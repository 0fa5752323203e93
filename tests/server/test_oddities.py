"""Requests that nobody means: each gets an answer that says what is wrong, and none breaks anything."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from serving import Served, served

from dealgraph.pages.question_routes import QUESTION_ROUTES
from dealgraph.server.routes import routes

ODD = (
    "",
    "é ü",
    "<script>alert(1)</script>",
    "'\"`;--",
    "a\x00b",
    "\u202e\ufffd\U0001f600",
    "../../etc/passwd",
    "%ZZ%",
    "x" * 5000,
    "{}|\\^[]",
    "1e999",
    "-1",
    "0001-01-01",
    "\r\nX-Injected: yes",
)
SOME = ("q", "query", "subject", "predicate", "object", "as-of", "source", "from", "to", "limit", "page")
OTHERS = (
    "kind",
    "thing",
    "why",
    "lang",
    "format",
    "id",
    "ids",
    "prefix",
    "type",
    "queries",
    "extend",
    "offset",
)


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(built, tmp_path_factory.mktemp("oddities")) as running:
        yield running


def paths() -> list[str]:
    """Every path that is served, once, with something odd in the place of what changes."""
    found = []
    for number, route in enumerate(routes()):
        path = route.pattern
        while "{" in path:
            start, end = path.index("{"), path.index("}")
            path = path[:start] + quote(ODD[number % len(ODD)] or "a", safe="") + path[end + 1 :]
        found.append(path)
    return sorted(set(found))


@pytest.mark.slow
def test_every_route_takes_odd_values_calmly(server: Served) -> None:
    broken = []
    for number, path in enumerate(paths()):
        pairs = [(name, ODD[(number + place) % len(ODD)]) for place, name in enumerate((*SOME, *OTHERS))]
        for asked in (pairs[: len(SOME)], pairs[len(SOME) :]):
            for accept in ("text/html", "application/json"):
                answer = server.get(f"{path}?{urlencode(asked)}", headers={"Accept": accept})
                if answer.status_code >= 500 or "X-Injected" in answer.headers:
                    broken.append((answer.status_code, path[:80], answer.text[:200]))
    assert broken == []
    assert not [entry for entry in server.entries() if "note" in entry]
    assert len(paths()) > len(QUESTION_ROUTES)


@pytest.mark.parametrize(
    "lines",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"OH NO\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /?lang=fr&lang=\xff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b'GET / HTTP/1.1\r\nHost: evil"><script>\r\nAccept: text/html\r\nConnection: close\r\n\r\n',
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: lang=fr; lang\r\nAccept-Language: \xff\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_hardly_http_breaks_nothing(server: Served, lines: bytes) -> None:
    host, _, port = server.origin.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(lines)
        connection.shutdown(socket.SHUT_WR)
        told = b""
        try:
            while piece := connection.recv(65536):
                told += piece
        except (TimeoutError, ConnectionError):
            pass
    assert b" 500 " not in told.partition(b"\r\n")[0]
    assert b"<script>" not in told.replace(b'<script src="', b"").replace(b"<script defer", b"")
    assert server.get("/health").json()["status"] == "ok"

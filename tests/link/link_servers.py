"""Servers of the tests: a scripted one that answers badly on purpose, and real ones, all on loopback."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

MANIFEST = {
    "versions": ["0.2"],
    "name": "a service of the tests",
    "identifierSpace": "https://example.org/id/",
    "schemaSpace": "https://example.org/type/",
}


@dataclass(frozen=True)
class Reply:
    """One answer: status, text, media type, seconds before it, and further headers."""

    text: str
    status: int = 200
    media: str = "application/json"
    delay: float = 0.0
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Script:
    """What a scripted server answers, and what it was asked."""

    answer: Callable[[str, dict[str, str]], Reply]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def scripted(answer: Callable[[str, dict[str, str]], Reply]) -> Iterator[tuple[str, Script]]:
    """A server that answers as a function of method and form says; gives its address and its script."""
    script = Script(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._reply({key: values[0] for key, values in parse_qs(body).items()})

        def _reply(self, form: dict[str, str]) -> None:
            script.asked.append((self.command, form))
            reply = script.answer(self.command, form)
            time.sleep(reply.delay)
            data = reply.text.encode()
            try:
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.media)
                self.send_header("Content-Length", str(len(data)))
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client did not wait

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/reconcile", script
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def results(form: dict[str, str], *candidates: object) -> Reply:
    """The same candidates for every query of a batch."""
    return Reply(json.dumps({key: {"result": candidates} for key in json.loads(form["queries"])}))


def service(*candidates: object) -> Callable[[str, dict[str, str]], Reply]:
    """A service with a manifest that gives the same candidates for every query."""

    def answer(method: str, form: dict[str, str]) -> Reply:
        return Reply(json.dumps(MANIFEST)) if method == "GET" else results(form, *candidates)

    return answer


def free_port() -> int:
    """A port of loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(command: Sequence[str | Path], port: int, folder: Path, seconds: float = 30.0) -> Iterator[None]:
    """A real server, waited for and ended by its own process id."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [str(word) for word in command], cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        try:
            _wait(process, port, seconds, folder / "server.log")
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def _wait(process: subprocess.Popen[bytes], port: int, seconds: float, log: Path) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text(errors='replace')[-2000:]}")
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server does not answer: {log.read_text(errors='replace')[-2000:]}")


def beside_python(name: str) -> Path:
    """A program that is installed beside the interpreter of the tests."""
    return Path(sys.executable).with_name(name)

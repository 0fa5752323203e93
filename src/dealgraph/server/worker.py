"""A process that answers: it opens the snapshot, reads one call after the other, and may be killed.

All that looks into the store happens here, behind the walls, and never in the process that listens.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import select
import signal
import threading
import traceback
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import socket
from typing import IO, Final, cast

from dealgraph.desk import Desk, open_desk
from dealgraph.errors import DealgraphError
from dealgraph.pages import error_page
from dealgraph.server.frames import Kind, frame, receive
from dealgraph.server.wall import limit_memory, resident, shut_network
from dealgraph.settings import Project
from dealgraph.web import Answer, Call, Route, problem

PIECE: Final = 64 * 1024
"""Bytes of a body that go over the socket at once."""


@dataclass(frozen=True)
class Charge:
    """What a worker is told when it starts; `memory` is in bytes, `open_to` the endpoints it may ask.

    `preload` are modules that the process is to have that workers are forked from.
    """

    project: Project
    memory: int
    texts: Path | None = None
    open_to: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()


class _Body(io.RawIOBase):
    """What an answer writes into: pieces that go to the server."""

    def __init__(self, connection: socket, head: bytes) -> None:
        self._connection = connection
        self._kept = bytearray(head)
        self.begun = False

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._kept += frame(Kind.BODY, bytes(piece))
        if len(self._kept) >= PIECE:
            self.send()
        return len(piece)

    def send(self, last: bytes = b"") -> None:
        self.begun = True
        self._kept += last
        self._connection.sendall(self._kept)
        self._kept.clear()


def main(connection: socket, charge: Charge) -> None:
    """Answer calls from a socket until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_server, args=(connection,), daemon=True).start()
    walled = False if charge.open_to else shut_network()
    try:
        desk = open_desk(charge.project, charge.texts)
    except DealgraphError as error:
        connection.sendall(frame(Kind.FAILED, json.dumps(_told(error)).encode()))
        return
    limit_memory(charge.memory)
    ready = {"content": desk.manifest.content, "walled": walled}
    connection.sendall(frame(Kind.READY, json.dumps(ready).encode()))
    routes = _routes(charge)
    while (received := receive(connection)) is not None:
        number, call = pickle.loads(received[1])
        _answer(connection, desk, routes[number], call)


def _routes(charge: Charge) -> tuple[Route, ...]:
    from dealgraph.server.routes import routes

    return routes(charge.open_to)


def _end_with_server(connection: socket) -> None:
    """End at once when the server is gone, even in the midst of a query."""
    watch = select.poll()
    watch.register(connection.fileno(), select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0))
    watch.poll()
    os._exit(0)


def _answer(connection: socket, desk: Desk, route: Route, call: Call) -> None:
    try:
        try:
            _send(connection, route.answer(desk, call), "answered")
        except DealgraphError as error:
            told = problem(error, call.accept, partial(error_page, language=call.language))
            _send(connection, told, type(error).__name__)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except ConnectionError:
        os._exit(0)
    except Exception:
        defect = {"kind": "defect", "path": call.path, "trace": traceback.format_exc(limit=-12)}
        connection.sendall(frame(Kind.FAILED, json.dumps(defect).encode()))


def _send(connection: socket, answer: Answer, outcome: str) -> None:
    """Send an answer; what goes wrong while nothing of it has gone out is raised, and may be told instead."""
    head = {
        "status": answer.status,
        "media_type": answer.media_type,
        "headers": dict(answer.headers),
        "outcome": outcome,
    }
    body = _Body(connection, frame(Kind.HEAD, json.dumps(head).encode()))
    try:
        if isinstance(answer.body, bytes):
            body.write(answer.body)
        else:
            answer.body(cast(IO[bytes], body))
    except DealgraphError as error:
        if body.begun:
            raise RuntimeError(f"the answer broke off: {error}") from error
        raise
    body.send(frame(Kind.END, str(resident()).encode()))


OUT_OF_MEMORY: Final = 77
"""With what a worker ends where Python, and not the store, finds that there is no more memory."""


def _told(error: DealgraphError) -> dict[str, str]:
    return {"kind": type(error).__name__, "message": error.message, "where": error.where, "fix": error.fix}

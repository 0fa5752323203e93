"""Answers that were given before and are still right, for a snapshot does not change.

It stands before all else: an answer that is asked for again is neither read, routed nor packed again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

from dealgraph.errors import TooManyRequests
from dealgraph.server.clients import Clients
from dealgraph.server.headers import is_known
from dealgraph.server.journal import Entry, Journal
from dealgraph.server.limits import MEGABYTE
from dealgraph.server.pool import Pool
from dealgraph.server.request import App, Receive, Scope, Send

LARGEST: Final = 256 * 1024
"""Bytes of the largest answer that is kept."""
ROOM: Final = 64 * MEGABYTE
"""Bytes of all answers that are kept, with what each costs besides."""
_OVERHEAD: Final = 2048
_TELLING: Final = frozenset(
    (b"accept", b"accept-encoding", b"accept-language", b"cookie", b"host", b"x-forwarded-proto")
)
"""The headers of a request on which an answer may depend."""
_OF_A_KNOWN: Final = frozenset((b"content-length", b"content-type", b"content-encoding"))

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Kept:
    """An answer as it went out, of the snapshot whose digest begins with `content`."""

    content: bytes
    tag: str
    headers: list[tuple[bytes, bytes]] = field(repr=False)
    body: bytes = field(repr=False)


class Answers:
    """The answers that were asked for last, up to `ROOM`."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0

    def get(self, key: Key, content: bytes) -> Kept | None:
        """Return the answer kept under a key, if it is of the snapshot that answers now."""
        found = self._kept.get(key)
        if found is None or found.content != content:
            return None
        self._kept.move_to_end(key)
        return found

    def put(self, key: Key, kept: Kept) -> None:
        """Keep an answer, if it is not too large."""
        if len(kept.body) > LARGEST:
            return
        self._drop(self._kept.pop(key, None))
        self._kept[key] = kept
        self._size += len(kept.body) + _OVERHEAD
        while self._size > ROOM:
            self._drop(self._kept.popitem(last=False)[1])

    def _drop(self, kept: Kept | None) -> None:
        self._size -= len(kept.body) + _OVERHEAD if kept else 0


class Keeper:
    """Gives answers that were given before, and has `app` give the others."""

    def __init__(self, app: App, pool: Pool, journal: Journal, clients: Clients) -> None:
        self._app, self._pool, self._journal, self._clients = app, pool, journal, clients
        self._answers = Answers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        key = _key(scope)
        kept = self._answers.get(key, self._pool.content[:16].encode())
        if kept is None or not self._admitted(scope):
            await self._app(scope, receive, _Listening(send, key, self._answers))
            return
        status = await _give(kept, scope, send)
        entry = Entry(
            client=scope["client"][0] if scope.get("client") else "",
            method="GET",
            address=f"{scope['path']}?{scope['query_string'].decode('latin-1')}",
            route="kept",
            status=status,
            outcome="kept" if status == 200 else "unchanged",
            seconds=perf_counter() - begun,
            size=len(kept.body) if status == 200 else 0,
            snapshot=self._pool.content[:12],
        )
        self._journal.note(entry)

    def _admitted(self, scope: Scope) -> bool:
        try:
            self._clients.admit(scope["client"][0] if scope.get("client") else "")
        except TooManyRequests:
            return False
        return True


def _key(scope: Scope) -> Key:
    telling = tuple(header for header in scope["headers"] if header[0] in _TELLING)
    return scope["raw_path"], scope["query_string"], scope["scheme"], telling


async def _give(kept: Kept, scope: Scope, send: Send) -> int:
    told = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
    if told and is_known(kept.tag, told.decode("latin-1")):
        headers = [header for header in kept.headers if header[0] not in _OF_A_KNOWN]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return 304
    await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
    await send({"type": "http.response.body", "body": kept.body})
    return 200


class _Listening:
    """Passes an answer on, and keeps it if it is whole, tagged and not too large."""

    def __init__(self, send: Send, key: Key, answers: Answers) -> None:
        self._send, self._key, self._answers = send, key, answers
        self._start: MutableMapping[str, Any] | None = None
        self._body = bytearray()

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        await self._send(message)
        if message["type"] == "http.response.start":
            self._start = message if message["status"] == 200 else None
        elif self._start is not None:
            self._body += message.get("body", b"")
            if len(self._body) > LARGEST:
                self._start = None
            elif not message.get("more_body"):
                self._keep(self._start["headers"])

    def _keep(self, headers: list[tuple[bytes, bytes]]) -> None:
        told = dict(headers)
        if b"etag" in told and b"dealgraph-snapshot" in told and b"set-cookie" not in told:
            tag = told[b"etag"].decode("latin-1")
            kept = Kept(told[b"dealgraph-snapshot"], tag, list(headers), bytes(self._body))
            self._answers.put(self._key, kept)

"""The server as an ASGI application: from a request to a route, a worker's answer and its response.

It looks into no store: whatever takes time or memory is in the workers.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import traceback
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from re import Pattern
from time import perf_counter
from typing import Any, Final

from starlette.convertors import Convertor
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from dealgraph.errors import DealgraphError, NoSuchPage, TooBusy, WorkerLost, WrongMethod
from dealgraph.pages import error_page
from dealgraph.server.clients import Clients
from dealgraph.server.headers import OPEN, PREFLIGHT, SECURITY, VARY, etag, is_known, key_of, policy
from dealgraph.server.journal import LONGEST, METRICS, Entry, Journal
from dealgraph.server.limits import Limits
from dealgraph.server.pool import Pool, Reply
from dealgraph.server.request import (
    App,
    Gone,
    Receive,
    Scope,
    Send,
    body_of,
    call_of,
    check_address,
    headers_of,
    language_of,
    pairs_of,
)
from dealgraph.settings import LANGUAGES
from dealgraph.web import Call, Route, problem

_QUICK: Final = 0.02
"""Seconds after which it is worth while to look whether a client is still there."""
_GONE: Final = 499
"""What is written down for a client that went away; it is never sent."""


@dataclass
class _Exchange:
    """One request and what has become of it so far."""

    scope: Scope
    receive: Receive
    send: Send
    headers: Mapping[str, str]
    begun: float
    route: str = "none"
    status: int = 0
    outcome: str = "answered"
    size: int = 0
    snapshot: str = ""
    query: str = ""
    extra: dict[str, str] = field(default_factory=dict)


class Site:
    """Answers requests by a pool of workers; `statics` answers what is below `/static/`."""

    def __init__(
        self,
        pool: Pool,
        journal: Journal,
        clients: Clients,
        limits: Limits,
        routes: Sequence[Route],
        statics: App,
    ) -> None:
        self._pool, self._journal, self._limits, self._statics = pool, journal, limits, statics
        self._clients = clients
        self._routes = [
            _Compiled(number, route, *compile_path(route.pattern)) for number, route in enumerate(routes)
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the start and the end of the server."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            exchange = _Exchange(scope, receive, send, headers_of(scope), perf_counter())
            await self._exchange(exchange)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "lifespan.shutdown":
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
        await self._pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _exchange(self, exchange: _Exchange) -> None:
        try:
            try:
                await self._serve(exchange)
            except DealgraphError as error:
                await self._refuse(exchange, error)
        except Gone:
            exchange.status, exchange.outcome = _GONE, "gone"
        except asyncio.CancelledError:
            if not exchange.status:
                await self._refuse(exchange, TooBusy("the server is being stopped", fix="Try again later"))
            raise
        except _Cut:
            raise
        except Exception:
            exchange.outcome = "defect"
            self._journal.tell(traceback.format_exc(limit=-12))
            if exchange.status:
                raise
            fix = "Tell the operator: the log has the particulars"
            await self._refuse(exchange, WorkerLost("a defect of the program", fix=fix))
        finally:
            self._note(exchange)

    # --- what is asked --------------------------------------------------------------------------------------

    async def _serve(self, exchange: _Exchange) -> None:
        scope = exchange.scope
        if scope["method"] == "OPTIONS":
            exchange.route = "preflight"
            await self._respond(exchange, 204, "", dict(PREFLIGHT), b"")
            return
        if scope["path"].startswith("/static/"):
            exchange.route = "/static"
            await self._static(exchange)
            return
        if scope["path"] in _OWN:
            exchange.route = scope["path"]
            await self._own(exchange)
            return
        self._clients.admit(scope["client"][0] if scope.get("client") else "")
        check_address(scope, self._limits)
        compiled, parts = self._matching(scope)
        exchange.route = compiled.route.pattern
        body = await body_of(exchange.receive, exchange.headers, self._limits)
        call = call_of(scope, exchange.headers, pairs_of(scope), parts, body)
        exchange.query = body.decode(errors="replace")
        await self._answer(exchange, compiled, call)

    def _matching(self, scope: Scope) -> tuple[_Compiled, dict[str, Any]]:
        methods: set[str] = set()
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        for compiled in self._routes:
            if (parts := compiled.match(scope["path"])) is not None:
                if method in compiled.route.methods:
                    return compiled, parts
                methods.update(compiled.route.methods)
        if methods:
            fix = f"Use {' or '.join(sorted(methods))}"
            raise WrongMethod(f"{scope['method']} is not answered here", where=scope["path"], fix=fix)
        raise NoSuchPage("there is no such page", where=scope["path"], fix="Start at /, or search")

    async def _answer(self, exchange: _Exchange, compiled: _Compiled, call: Call) -> None:
        stable = not compiled.route.changes(call)
        key = key_of(call)
        exchange.extra = self._cookie(exchange)
        if stable:
            content = self._pool.content
            tag = etag(content, key)
            if is_known(tag, exchange.headers.get("if-none-match", "")):
                exchange.outcome, exchange.snapshot = "unchanged", content
                await self._respond(exchange, 304, "", {"ETag": tag, "Cache-Control": "no-cache"}, b"")
                return
        reply = await self._from_worker(exchange, compiled.number, call)
        lasting = stable and reply.status in (200, 303)
        await self._give(exchange, reply, etag(reply.content, key) if lasting else "")

    async def _from_worker(self, exchange: _Exchange, number: int, call: Call) -> Reply:
        """Have a worker answer, and stop it when the client goes away."""
        watch = _Watch(exchange.receive)
        try:
            return await self._pool.answer(number, call)
        except asyncio.CancelledError:
            if watch.is_gone and (task := asyncio.current_task()):
                task.uncancel()
                raise Gone from None
            raise
        finally:
            watch.end()

    @staticmethod
    def _cookie(exchange: _Exchange) -> dict[str, str]:
        asked = next((value for key, value in pairs_of(exchange.scope) if key == "lang"), "")
        if asked not in LANGUAGES:
            return {}
        return {"Set-Cookie": f"lang={asked}; Path=/; Max-Age=31536000; SameSite=Lax"}

    # --- what is answered -----------------------------------------------------------------------------------

    async def _give(self, exchange: _Exchange, reply: Reply, tag: str) -> None:
        exchange.snapshot = reply.content
        if exchange.outcome == "answered":
            exchange.outcome = reply.outcome
        headers = {**reply.headers, "Dealgraph-Snapshot": reply.content[:16]}
        headers |= {"ETag": tag, "Cache-Control": "no-cache"} if tag else {"Cache-Control": "no-store"}
        if reply.rest is None:
            await self._respond(exchange, reply.status, reply.media_type, headers, reply.held)
            return
        await self._start(exchange, reply.status, reply.media_type, headers)
        await self._stream(exchange, reply)

    async def _stream(self, exchange: _Exchange, reply: Reply) -> None:
        """Send an answer that is larger than what is held back; one that breaks off is cut, never ended."""
        assert reply.rest is not None
        exchange.size = len(reply.held)
        gone = asyncio.ensure_future(_gone(exchange.receive))
        try:
            await exchange.send({"type": "http.response.body", "body": reply.held, "more_body": True})
            async for piece in reply.rest:
                if gone.done():
                    raise Gone
                exchange.size += len(piece)
                await exchange.send({"type": "http.response.body", "body": piece, "more_body": True})
            await exchange.send({"type": "http.response.body", "body": b""})
        except DealgraphError as error:
            exchange.outcome = f"cut: {type(error).__name__}"
            raise _Cut from error
        finally:
            gone.cancel()
            with contextlib.suppress(AttributeError):
                await reply.rest.aclose()  # type: ignore[attr-defined]

    async def _refuse(self, exchange: _Exchange, error: DealgraphError) -> None:
        exchange.outcome = type(error).__name__
        accept = exchange.headers.get("accept", "*/*")
        try:
            language = language_of(pairs_of(exchange.scope), exchange.headers)
        except DealgraphError:
            language = LANGUAGES[0]
        answer = problem(error, accept, partial(error_page, language=language))
        headers = {"Cache-Control": "no-store", **_advice(error)}
        await self._respond(exchange, answer.status, answer.media_type, headers, answer.whole())

    async def _own(self, exchange: _Exchange) -> None:
        path = exchange.scope["path"]
        if exchange.scope["method"] not in ("GET", "HEAD"):
            raise WrongMethod("only GET is answered here", where=path)
        media, body = "text/plain; charset=utf-8", b"User-agent: *\nDisallow: /sparql\nDisallow: /api\n"
        if path == "/metrics":
            media, body = METRICS, self._journal.metrics()
        elif path == "/health":
            told = {
                "status": "ok",
                "snapshot": self._pool.content,
                "workers": self._pool.counts,
                "networkWall": self._pool.walled,
            }
            media, body = "application/json", json.dumps(told).encode()
        await self._respond(exchange, 200, media, {"Cache-Control": "no-store"}, body)

    async def _static(self, exchange: _Exchange) -> None:
        async def send(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                more = [(k.lower().encode(), v.encode()) for k, v in {**SECURITY, **OPEN}.items()]
                message = {**message, "headers": [*message["headers"], *more]}
            await exchange.send(message)

        scope = {**exchange.scope, "path": exchange.scope["path"].removeprefix("/static"), "root_path": ""}
        try:
            await self._statics(scope, exchange.receive, send)
        except HTTPException as error:
            where, fix = exchange.scope["path"], "Start at /"
            raise NoSuchPage("there is no such file", where=where, fix=fix) from error

    async def _respond(
        self, exchange: _Exchange, status: int, media: str, headers: Mapping[str, str], body: bytes
    ) -> None:
        exchange.size = len(body)
        length = {} if status in (204, 304) else {"Content-Length": str(len(body))}
        await self._start(exchange, status, media, {**headers, **length})
        sent = b"" if exchange.scope["method"] == "HEAD" else body
        await exchange.send({"type": "http.response.body", "body": sent})

    async def _start(self, exchange: _Exchange, status: int, media: str, headers: Mapping[str, str]) -> None:
        exchange.status = status
        whole = {
            **({"Content-Type": media} if media else {}),
            "Vary": VARY,
            "Content-Security-Policy": policy(exchange.scope["path"]),
            **SECURITY,
            **OPEN,
            **headers,
            **exchange.extra,
        }
        lines = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in whole.items()]
        await exchange.send({"type": "http.response.start", "status": status, "headers": lines})

    def _note(self, exchange: _Exchange) -> None:
        scope = exchange.scope
        address = (
            scope["path"] + ("?" if scope["query_string"] else "") + scope["query_string"].decode("latin-1")
        )
        entry = Entry(
            client=scope["client"][0] if scope.get("client") else "",
            method=scope["method"],
            address=address[:LONGEST],
            route=exchange.route,
            status=exchange.status,
            outcome=exchange.outcome,
            seconds=round(perf_counter() - exchange.begun, 6),
            size=exchange.size,
            snapshot=exchange.snapshot[:12],
            agent=exchange.headers.get("user-agent", "")[:200],
            query=exchange.query[:LONGEST],
        )
        self._journal.note(entry)


_OWN: Final = frozenset({"/health", "/metrics", "/robots.txt"})


class _Cut(Exception):
    """An answer broke off after it had begun: so must the connection, or it would be taken for whole."""


@dataclass(frozen=True)
class _Compiled:
    """A route whose pattern can be matched."""

    number: int
    route: Route
    pattern: Pattern[str]
    form: str
    convertors: Mapping[str, Convertor[Any]]

    def match(self, path: str) -> dict[str, Any] | None:
        """Return what the pattern takes out of a path, if it fits."""
        found = self.pattern.match(path)
        return found.groupdict() if found else None


class _Watch:
    """Cancels the task that has made it when its client goes away; a quick answer is not watched at all."""

    def __init__(self, receive: Receive) -> None:
        self.is_gone = False
        self._receive = receive
        self._task = asyncio.current_task()
        self._watching: asyncio.Task[None] | None = None
        self._later = asyncio.get_running_loop().call_later(_QUICK, self._begin)

    def _begin(self) -> None:
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        await _gone(self._receive)
        if self._task is not None:
            self.is_gone = True
            self._task.cancel()

    def end(self) -> None:
        """Watch no longer."""
        self._task = None
        self._later.cancel()
        if self._watching is not None:
            self._watching.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


def _advice(error: DealgraphError) -> dict[str, str]:
    if error.http_status in (429, 503):
        return {"Retry-After": "1"}
    if isinstance(error, WrongMethod):
        return {"Allow": "GET, HEAD, POST, OPTIONS" if "POST" in error.fix else "GET, HEAD, OPTIONS"}
    return {}

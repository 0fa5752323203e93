"""From a request of ASGI to a call: pairs decoded, body read within the limits, language chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qsl

from dealgraph.errors import RequestTooLarge, WrongUsage
from dealgraph.server.limits import Limits
from dealgraph.settings import LANGUAGES
from dealgraph.web import Call, Offer, choose

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SLOWEST: Final = 15.0
"""Seconds within which a request must have arrived as a whole."""


class Gone(Exception):
    """The client went away before its request was answered."""


def headers_of(scope: Scope) -> dict[str, str]:
    """Return the headers of a request by their names in small letters; those sent twice joined by commas."""
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        found[name] = f"{found[name]}{'; ' if name == 'cookie' else ', '}{value}" if name in found else value
    return found


def pairs_of(scope: Scope) -> tuple[tuple[str, str], ...]:
    """Return the pairs of the query string; raises `WrongUsage` if they are not UTF-8."""
    try:
        text = scope["query_string"].decode("ascii")
        return tuple(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except ValueError:
        fix = "Encode it in UTF-8, then by percent signs"
        raise WrongUsage("the address is not in UTF-8", where="query string", fix=fix) from None


def check_address(scope: Scope, limits: Limits) -> None:
    """Raise `RequestTooLarge` for an address that is longer than what is read."""
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > limits.address:
        fix = "Send the query by POST"
        raise RequestTooLarge(
            f"the address is longer than {limits.address // 1024} KB", where="address", fix=fix
        )


async def body_of(receive: Receive, headers: Mapping[str, str], limits: Limits) -> bytes:
    """Read the body of a request; raises `RequestTooLarge`, `WrongUsage` for one that is too slow, `Gone`."""
    told = headers.get("content-length", "")
    if told.isdigit() and int(told) > limits.body:
        raise _too_large(limits)
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                body += message.get("body", b"")
                if len(body) > limits.body:
                    raise _too_large(limits)
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise WrongUsage(f"the body did not arrive within {SLOWEST:g} s", where="body") from None


def call_of(
    scope: Scope,
    headers: Mapping[str, str],
    pairs: tuple[tuple[str, str], ...],
    parts: Mapping[str, str],
    body: bytes,
) -> Call:
    """Put a call together; a HEAD is answered as a GET is."""
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    host = headers.get("host") or "localhost"
    return Call(
        path=scope["path"],
        parts=parts,
        query=pairs,
        method=method,
        accept=headers.get("accept", "*/*"),
        language=language_of(pairs, headers),
        content_type=headers.get("content-type", ""),
        body=body,
        origin=f"{scope.get('scheme', 'http')}://{host}",
    )


def language_of(pairs: tuple[tuple[str, str], ...], headers: Mapping[str, str]) -> str:
    """Return the language that is asked for: in the address, else in a cookie, else by the browser."""
    asked = next((value for key, value in pairs if key == "lang"), "")
    if asked in LANGUAGES:
        return asked
    cookie = SimpleCookie()
    try:
        cookie.load(headers.get("cookie", ""))
    except CookieError:
        cookie.clear()
    if "lang" in cookie and cookie["lang"].value in LANGUAGES:
        return cookie["lang"].value
    return _by_browser(headers.get("accept-language", ""))


def _by_browser(header: str) -> str:
    """The language that a browser likes best, as `Accept-Language` tells it."""
    ranges = ",".join(f"{_primary(each)}" for each in header.split(",") if each.strip())
    offers = tuple(Offer(language, (f"{language}/x",)) for language in LANGUAGES)
    best = choose(ranges, offers) if ranges else None
    return best.suffix if best else LANGUAGES[0]


def _primary(range_: str) -> str:
    tag, _, rest = range_.strip().partition(";")
    primary = tag.partition("-")[0].strip()
    return f"{primary}/{'*' if primary == '*' else 'x'}{';' if rest else ''}{rest}"


def _too_large(limits: Limits) -> RequestTooLarge:
    fix = "Send a shorter query, or several"
    return RequestTooLarge(f"the body is larger than {limits.body // 1024} KB", where="body", fix=fix)

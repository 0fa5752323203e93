"""The headers of every response: who may read it, what a page may load, how long it may be kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dealgraph.program import program
from dealgraph.web import Call

POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
EDITOR_POLICY: Final = POLICY + "; style-src 'self' 'unsafe-inline'; font-src 'self' data:"
"""The editor sets styles as it draws; nothing else may."""
PREVIEW_POLICY: Final = POLICY.replace("frame-ancestors 'self'", "frame-ancestors *")
"""What other programs show in a frame of theirs."""

SECURITY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
)
OPEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Link, Location, Dealgraph-Snapshot, Dealgraph-Taken",
    }
)
PREFLIGHT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
)
VARY: Final = "Accept, Accept-Language, Cookie"


def policy(path: str) -> str:
    """Return what a page under a path may load and who may frame it (Content Security Policy)."""
    if path == "/editor":
        return EDITOR_POLICY
    return PREVIEW_POLICY if path.startswith("/reconcile") else POLICY


def key_of(call: Call) -> str:
    """Return what tells two requests apart that may be answered differently from the same snapshot."""
    parts = (
        call.method,
        call.path,
        *(f"{k}={v}" for k, v in call.query),
        call.accept,
        call.language,
        call.origin,
    )
    digest = hashlib.blake2b("\0".join((*parts, call.content_type)).encode(errors="replace"), digest_size=12)
    digest.update(call.body)
    return digest.hexdigest()


def etag(content: str, key: str) -> str:
    """Return the tag of an answer: it changes with the snapshot, with the program and with the request."""
    return f'W/"{content[:16]}-{hashlib.blake2b(program().encode(), digest_size=4).hexdigest()}-{key}"'


def is_known(tag: str, if_none_match: str) -> bool:
    """Tell whether a client has what a tag names (RFC 9110, section 13.1.2: by weak comparison)."""
    bare = tag.removeprefix("W/")
    return any(
        each.strip().removeprefix("W/") in (bare, "*") for each in if_none_match.split(",") if each.strip()
    )

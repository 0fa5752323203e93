"""What is answered, and which function answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from dealgraph.web.calling import Call

Write = Callable[[IO[bytes]], None]


@dataclass(frozen=True)
class Answer:
    """One response, not yet sent: its body is bytes, or a function that writes it bit by bit."""

    body: bytes | Write = b""
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def whole(self) -> bytes:
        """Return the body in one piece; reach for it in tests."""
        if isinstance(self.body, bytes):
            return self.body
        import io

        kept = io.BytesIO()
        self.body(kept)
        return kept.getvalue()


def never(_: Call) -> bool:
    """Say no: an answer stays the same as long as the snapshot does."""
    return False


@dataclass(frozen=True)
class Route:
    """A pattern of paths, in Starlette's form (`/id/{name:path}`), and the function that answers there.

    `answer` takes a `desk.Desk` and a `Call`. It runs in a worker process that may be killed at any moment,
    and must have no effect but its answer. What is answered depends on the snapshot alone (and may be kept
    as long as that stands) but for calls of which `changes` says otherwise.
    """

    pattern: str
    answer: Callable[[Any, Call], Answer]
    methods: tuple[str, ...] = ("GET",)
    changes: Callable[[Call], bool] = never


def see_other(address: str, status: int = 303) -> Answer:
    """Return an answer that sends a client to another address."""
    return Answer(status=status, media_type="text/plain; charset=utf-8", headers={"Location": address})

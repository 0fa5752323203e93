"""The server's end of the socket to a worker: frames as they come, no more of them than somebody reads."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final, cast

from dealgraph.server.frames import HEADER, Kind
from dealgraph.server.limits import MEGABYTE

_FULL: Final = MEGABYTE
"""Bytes that may wait to be read before the worker has to wait."""

Frame = tuple[Kind, bytes]


class Channel(asyncio.Protocol):
    """Reads frames from a worker and writes to it."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._bytes = bytearray()
        self._frames: deque[Frame] = deque()
        self._size = 0
        self._waiter: asyncio.Future[None] | None = None
        self._closed = False
        self._paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over the socket (called by the event loop)."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take what has come (called by the event loop)."""
        self._bytes += data
        start = 0
        while len(self._bytes) - start >= HEADER.size:
            kind, length = HEADER.unpack_from(self._bytes, start)
            end = start + HEADER.size + length
            if len(self._bytes) < end:
                break
            self._frames.append((Kind(kind), bytes(self._bytes[start + HEADER.size : end])))
            self._size += length
            start = end
        del self._bytes[:start]
        if self._size > _FULL and self._transport and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - as the event loop calls it
        """Note that the worker is gone (called by the event loop)."""
        self._closed = True
        self._wake()

    def write(self, data: bytes) -> None:
        """Send bytes to the worker."""
        if self._transport is not None:
            self._transport.write(data)

    def close(self) -> None:
        """Let go of the worker."""
        if self._transport is not None:
            self._transport.close()

    def ready(self) -> Frame | None:
        """Return the next frame if there is one already."""
        if not self._frames:
            return None
        found = self._frames.popleft()
        self._size -= len(found[1])
        if self._paused and self._size < _FULL and self._transport and not self._closed:
            self._paused = False
            self._transport.resume_reading()
        return found

    async def receive(self) -> Frame:
        """Return the next frame, when it comes; raises `EOFError` when the worker has ended."""
        while (found := self.ready()) is None:
            if self._closed:
                raise EOFError
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return found

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

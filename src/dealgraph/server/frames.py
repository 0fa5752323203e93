"""How a server and its workers talk: frames of one kind and a length, over a socket of the machine.

From the server goes a call (pickled: a worker trusts its server). From a worker comes, for each call, a head
in JSON, pieces of the body, and an end that tells how much memory the worker fills; or a failure. Nothing
that comes from a worker is unpickled.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from socket import socket
from typing import Final

HEADER: Final = struct.Struct("<BI")


class Kind(IntEnum):
    """What a frame holds."""

    READY = 1
    CALL = 2
    HEAD = 3
    BODY = 4
    END = 5
    FAILED = 6


def frame(kind: Kind, content: bytes = b"") -> bytes:
    """Return a frame as it goes over the socket."""
    return HEADER.pack(kind, len(content)) + content


def receive(connection: socket) -> tuple[Kind, bytes] | None:
    """Read the next frame in the worker; `None` when the server has gone."""
    header = _exactly(connection, HEADER.size)
    if header is None:
        return None
    kind, length = HEADER.unpack(header)
    content = _exactly(connection, length)
    return None if content is None else (Kind(kind), content)


def _exactly(connection: socket, length: int) -> bytes | None:
    pieces = bytearray()
    while len(pieces) < length:
        piece = connection.recv(min(length - len(pieces), 1 << 20))
        if not piece:
            return None
        pieces += piece
    return bytes(pieces)

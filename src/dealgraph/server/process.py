"""One worker, seen from the server: its process, its socket, its end."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import signal
import socket
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Final

from dealgraph import errors
from dealgraph.errors import DealgraphError, WorkerLost
from dealgraph.server import worker as working
from dealgraph.server.channel import Channel
from dealgraph.server.frames import Kind

_PATIENCE: Final = 60.0
"""Seconds within which a worker has opened the snapshot."""
_PRELOADED: Final = ("dealgraph.server.preloaded",)


@dataclass(eq=False)
class Worker:
    """A worker that has opened the snapshot `content`; `walled` tells whether the system shuts it in.

    `since` is when it was last given something to do, `resident` the memory that it filled after its first
    answer, in bytes.
    """

    process: BaseProcess
    channel: Channel
    content: str = ""
    walled: bool = False
    since: float = 0.0
    resident: int = 0

    async def ended_for_memory(self) -> bool:
        """Tell whether a worker that has ended did so because it could have no more memory."""
        await asyncio.to_thread(self.process.join, 5)
        code = self.process.exitcode
        return code in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, working.OUT_OF_MEMORY)

    def kill(self) -> None:
        """End it now, whatever it does; returns at once."""
        self.channel.close()
        if self.process.pid is not None and self.process.is_alive():
            try:
                os.kill(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return


async def start_worker(charge: working.Charge) -> Worker:
    """Start a worker and wait until it has opened the snapshot.

    Raises what opening it raises in the worker, and `WorkerLost` for one that ends or does not get ready.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        process = await asyncio.to_thread(_forked, theirs, charge)
    _, channel = await asyncio.get_running_loop().create_unix_connection(Channel, sock=ours)
    worker = Worker(process, channel, since=monotonic())
    try:
        async with asyncio.timeout(_PATIENCE):
            kind, content = await channel.receive()
    except (TimeoutError, EOFError):
        worker.kill()
        raise WorkerLost("a worker did not get ready", fix="See the log of the server") from None
    told = json.loads(content)
    if kind is not Kind.READY:
        worker.kill()
        raise _error(told)
    worker.content, worker.walled = told["content"], told["walled"]
    return worker


def _forked(connection: socket.socket, charge: working.Charge) -> BaseProcess:
    """Fork a process off one that has loaded all modules: it is there within milliseconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_PRELOADED, *charge.preload])
    process = context.Process(target=working.main, args=(connection, charge), daemon=True)
    process.start()
    return process


def _error(told: dict[str, str]) -> DealgraphError:
    kind = getattr(errors, told["kind"], WorkerLost)
    error: DealgraphError = kind(told["message"], where=told["where"], fix=told["fix"])
    return error

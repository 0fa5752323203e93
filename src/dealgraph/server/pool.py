"""Workers, and who of them answers next: started, killed, replaced, and moved to a new snapshot.

A query cannot be cancelled inside the store, so that the process that runs it is what is stopped. While some
answers take long, others are started beside them, so that a quick one never waits behind a slow one as long
as there are not too many of these.
"""

from __future__ import annotations

import asyncio
import json
import pickle
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

from dealgraph.errors import DealgraphError, OutOfMemory, OutOfTime, ResultTooLarge, TooBusy, WorkerLost
from dealgraph.server.frames import Kind, frame
from dealgraph.server.limits import MEGABYTE, Limits
from dealgraph.server.process import Worker, start_worker
from dealgraph.server.worker import Charge
from dealgraph.snapshot import stamp
from dealgraph.web import Call

GROWTH: Final = 256 * MEGABYTE
"""How much more memory than at its start a worker may keep between two answers."""
_TICK: Final = 0.05


@dataclass
class Reply:
    """An answer on its way: all of its body in `held`, or its beginning there and the rest in `rest`.

    `content` names the snapshot that it is from, `outcome` is what is written down of it.
    """

    status: int
    media_type: str
    headers: dict[str, str]
    content: str
    held: bytes
    outcome: str = "answered"
    rest: AsyncIterator[bytes] | None = None


@dataclass
class Tally:
    """What has become of workers since the server was started."""

    started: int = 0
    killed: dict[str, int] = field(default_factory=dict)

    def kill(self, reason: str) -> None:
        """Count a worker that was stopped, or has ended, for a reason."""
        self.killed[reason] = self.killed.get(reason, 0) + 1


class Pool:
    """The workers of one server; all methods belong to one event loop.

    `journal` is told, in a sentence, what an operator should know.
    """

    def __init__(
        self, charge: Charge, limits: Limits, journal: Callable[[str], None] = lambda _: None
    ) -> None:
        self.content = ""
        self.walled = False
        self.tally = Tally()
        self._charge, self._limits, self._journal = charge, limits, journal
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._starting = 0
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._stamp: object = None
        self._renewing = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def counts(self) -> dict[str, int]:
        """How many workers are idle and busy, and how many calls wait for one."""
        return {"idle": len(self._idle), "busy": len(self._busy), "waiting": len(self._waiting)}

    async def open(self) -> None:
        """Start the first worker, which opens the snapshot, then others; raises what opening it raises."""
        self._stamp = stamp(self._charge.project.state)
        first = await self._started()
        self.content, self.walled = first.content, first.walled
        self._free(first)
        self._background(self._tick())

    async def close(self) -> None:
        """Stop all workers."""
        for task in self._tasks:
            task.cancel()
        for worker in [*self._idle, *self._busy]:
            worker.kill()
        self._idle.clear()
        self._busy.clear()

    async def answer(self, number: int, call: Call) -> Reply:
        """Have a call answered by the route of a number.

        Cancelling this stops the answer. Raises `OutOfTime`, `OutOfMemory`, `ResultTooLarge` or `WorkerLost`
        for an answer that was stopped, `TooBusy` where too many wait already or nobody gets free in time.
        """
        worker = await self._acquired()
        try:
            worker.channel.write(frame(Kind.CALL, pickle.dumps((number, call))))
            return await self._reply(worker, monotonic() + self._limits.seconds)
        except BaseException as error:
            self._stop(worker, type(error).__name__)
            raise

    # --- one answer -----------------------------------------------------------------------------------------

    async def _reply(self, worker: Worker, deadline: float) -> Reply:
        head: dict[str, Any] = {}
        held = bytearray()
        async for kind, content in self._frames(worker, deadline):
            if kind is Kind.HEAD:
                head = json.loads(content)
            elif kind is Kind.FAILED:
                raise self._defect(content)
            elif kind is Kind.BODY:
                held += content
                self._weigh(len(held))
                if len(held) > self._limits.hold:
                    rest = self._rest(worker, deadline, len(held))
                    return Reply(**head, content=worker.content, held=bytes(held), rest=rest)
            else:
                self._done(worker, int(content))
        return Reply(**head, content=worker.content, held=bytes(held))

    async def _rest(self, worker: Worker, deadline: float, size: int) -> AsyncIterator[bytes]:
        ended = False
        try:
            async for kind, content in self._frames(worker, deadline):
                if kind is Kind.BODY:
                    size += len(content)
                    self._weigh(size)
                    yield content
                elif kind is Kind.END:
                    self._done(worker, int(content))
                    ended = True
                else:
                    raise self._defect(content)
        finally:
            if not ended:
                self._stop(worker, "Unfinished")

    async def _frames(self, worker: Worker, deadline: float) -> AsyncIterator[tuple[Kind, bytes]]:
        """What a worker sends until its answer ends, within the time that is left."""
        kind = Kind.HEAD
        while kind is not Kind.END:
            try:
                if (found := worker.channel.ready()) is None:
                    async with asyncio.timeout(deadline - monotonic()):
                        found = await worker.channel.receive()
            except TimeoutError:
                raise self._out_of_time() from None
            except EOFError:
                raise await self._lost(worker) from None
            kind = found[0]
            yield found

    def _weigh(self, size: int) -> None:
        if size > self._limits.result:
            raise ResultTooLarge(
                f"the answer is larger than {self._limits.result // MEGABYTE} MB",
                fix="Ask for less: name the variables you need, add a LIMIT, or ask in parts by OFFSET",
            )

    def _out_of_time(self) -> OutOfTime:
        return OutOfTime(
            f"the answer took longer than {self._limits.seconds:g} seconds",
            fix="Narrow the query: bind a variable, join on what two patterns share, add a LIMIT",
        )

    async def _lost(self, worker: Worker) -> DealgraphError:
        if await worker.ended_for_memory():
            return OutOfMemory(
                f"the answer needed more than {self._limits.memory // MEGABYTE} MB of memory",
                fix="Narrow the query, or leave out ORDER BY, DISTINCT or GROUP BY over many rows",
            )
        return WorkerLost(
            "what was to answer has ended", fix="Try again, and tell the operator if it fails again"
        )

    def _defect(self, content: bytes) -> WorkerLost:
        told = json.loads(content)
        self._journal(f"defect at {told.get('path', '')}\n{told.get('trace', '')}")
        return WorkerLost("a defect of the program", fix="Tell the operator: the log has the particulars")

    # --- who answers ----------------------------------------------------------------------------------------

    async def _acquired(self) -> Worker:
        worker = self._idle.pop() if self._idle else await self._turn()
        worker.since = monotonic()
        self._busy.add(worker)
        return worker

    async def _turn(self) -> Worker:
        """Wait until a worker is free and it is one's turn."""
        if len(self._waiting) >= self._limits.queue:
            raise TooBusy(f"{len(self._waiting)} requests wait already", fix="Try again in a moment")
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._staff()
        try:
            async with asyncio.timeout(self._limits.wait):
                return await turn
        except BaseException as error:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif not turn.cancelled():
                self._free(turn.result())
            if isinstance(error, TimeoutError):
                waited = f"nobody got free within {self._limits.wait:g} seconds"
                raise TooBusy(waited, fix="Try again in a moment") from None
            raise

    def _free(self, worker: Worker) -> None:
        """Give a worker that is free to who has waited longest, if anybody does."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.append(worker)

    def _done(self, worker: Worker, resident: int) -> None:
        """Take back a worker whose answer has ended."""
        self._busy.discard(worker)
        if worker.content != self.content or resident > worker.resident + GROWTH:
            worker.kill()
            self._staff()
        else:
            worker.resident = worker.resident or resident
            self._free(worker)

    def _stop(self, worker: Worker, reason: str) -> None:
        if worker in self._busy:
            self._busy.discard(worker)
            worker.kill()
            self.tally.kill(reason)
            self._staff()

    # --- how many there are ---------------------------------------------------------------------------------

    def _staff(self) -> None:
        """Start as many workers as there should be and are not."""
        late = monotonic() - self._limits.quick
        slow = min(sum(worker.since < late for worker in self._busy), self._limits.slow)
        wanted = self._limits.workers + (slow if self._waiting else 0)
        while len(self._idle) + len(self._busy) + self._starting < wanted:
            self._starting += 1
            self._background(self._hire())

    async def _hire(self) -> None:
        try:
            worker = await self._started()
        except DealgraphError as error:
            self._journal(f"a worker could not be started: {error}")
        else:
            if worker.content == self.content:
                self._free(worker)
            else:
                self._move_to(worker)
        finally:
            self._starting -= 1

    async def _started(self) -> Worker:
        self.tally.started += 1
        return await start_worker(self._charge)

    async def _tick(self) -> None:
        while True:
            self._staff()
            self._look_for_snapshot()
            await asyncio.sleep(_TICK)

    # --- the snapshot that answers --------------------------------------------------------------------------

    def _look_for_snapshot(self) -> None:
        now = stamp(self._charge.project.state)
        if now != self._stamp and not self._renewing:
            self._stamp, self._renewing = now, True
            self._background(self._renew())

    async def _renew(self) -> None:
        """Start a worker on the snapshot that has been swapped in; the others answer until it is ready."""
        try:
            worker = await self._started()
        except DealgraphError as error:
            self._journal(f"the new snapshot cannot be opened, the one before answers on: {error}")
        else:
            self._move_to(worker)
        finally:
            self._renewing = False

    def _move_to(self, worker: Worker) -> None:
        if worker.content != self.content:
            self._journal(f"answers are from snapshot {worker.content[:12]} now")
            self.content = worker.content
            for old in self._idle:
                old.kill()
            self._idle.clear()
        self._free(worker)
        self._staff()

    def _background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

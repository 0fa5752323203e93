"""Two stores to build a snapshot in: each in memory, or on the disk where that would take too much of it."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Store

from dealgraph.snapshot.copying import copy_out
from dealgraph.snapshot.lock import place_to_work, unwritable
from dealgraph.snapshot.manifests import STORES, Manifest
from dealgraph.snapshot.publishing import publish


class _Abandoned(Exception):
    """What is being written is wanted no more."""


@dataclass
class Bench:
    """Empty stores to fill: `store` for what a snapshot holds, `flat` for what shapes are checked on.

    What is put in stays here until `publish`. `on_disk` names those that are not in memory.
    """

    state: Path
    store: Store
    flat: Store
    folder: Path
    on_disk: frozenset[str]
    _writer: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1), repr=False)
    _written: Future[None] | None = field(default=None, repr=False)
    _is_abandoned: bool = field(default=False, repr=False)
    _is_in_order: bool = field(default=False, repr=False)

    def settle(self) -> None:
        """Take it that the stores change no more.

        Those in memory begin to be brought to the disk, beside what else is done; those on the disk are put
        in order, so that they are read faster. Raises `SnapshotUnwritable`.
        """
        if not self._is_in_order:
            self._put_in_order()
        if self._written is None:
            self._written = self._writer.submit(self._write)

    def publish(self, described: Manifest, made_from: Mapping[str, str], keep: int | None = None) -> None:
        """Swap in a snapshot of the stores as they are now; arguments and errors are those of `publish`."""

        def fill(folder: Path) -> None:
            """Bring the stores into the folder of a snapshot."""
            self.settle()
            assert self._written is not None
            self._written.result()
            for part in STORES:
                if part in self.on_disk:
                    # Files are linked, so that it takes as long whatever the size.
                    self._part(part).backup(str(folder / part))
                else:
                    (self.folder / part).rename(folder / part)

        publish(self.state, fill, described, made_from=made_from, keep=keep)

    def _put_in_order(self) -> None:
        try:
            for part in self.on_disk:
                self._part(part).optimize()
        except (OSError, RuntimeError) as error:
            raise unwritable(self.state, error) from None
        self._is_in_order = True

    def abandon(self) -> None:
        """Stop writing, as soon as that can be; whoever clears the folder must wait for it."""
        self._is_abandoned = True
        self._writer.shutdown()

    def _write(self) -> None:
        for part in STORES:
            if part not in self.on_disk:
                copy_out(self._part(part), self.folder / part, self._go_on)

    def _part(self, name: str) -> Store:
        return {"store": self.store, "flat": self.flat}[name]

    def _go_on(self) -> None:
        if self._is_abandoned:
            raise _Abandoned


@contextlib.contextmanager
def bench(state: Path, *, on_disk: Collection[str] = ()) -> Iterator[Bench]:
    """Get empty stores to build a snapshot in; call it inside `writing`. They are gone at the end.

    `on_disk` names those that are to be on the disk: `store`, `flat` or both. Raises `SnapshotUnwritable`.
    """
    with place_to_work(state) as folder:
        try:
            store, flat = (Store(str(folder / part)) if part in on_disk else Store() for part in STORES)
        except (OSError, RuntimeError) as error:
            raise unwritable(state, error) from None
        opened = Bench(state, store, flat, folder, frozenset(on_disk))
        try:
            yield opened
        finally:
            opened.abandon()

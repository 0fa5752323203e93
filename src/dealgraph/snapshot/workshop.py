"""A copy of the snapshot that answers, to change and to publish; its files are shared until they change."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pyoxigraph import Store

from dealgraph.snapshot.lock import place_to_work, unwritable
from dealgraph.snapshot.manifests import Manifest
from dealgraph.snapshot.opening import Opened, open_current
from dealgraph.snapshot.publishing import copy_stores, publish


@dataclass
class Workshop:
    """The stores of a snapshot, open for writing; `of` is the snapshot that they were copied from.

    `store` holds what the snapshot holds, `flat` what shapes are checked on. What is written stays here
    until `publish`.
    """

    state: Path
    of: Opened
    store: Store
    flat: Store

    def publish(self, described: Manifest, made_from: Mapping[str, str], keep: int | None = None) -> None:
        """Swap in a snapshot of the stores as they are now; arguments and errors are those of `publish`."""

        copied = partial(copy_stores, self.store, self.flat)
        publish(self.state, copied, described, made_from=made_from, keep=keep, like=self.of.folder)
        self.of = open_current(self.state)


@contextlib.contextmanager
def workshop(state: Path) -> Iterator[Workshop]:
    """Copy the snapshot that answers, to change it; call it inside `writing`.

    The copy takes a few milliseconds whatever its size, since files are linked. It is gone at the end.
    Raises what `open_current` raises, and `SnapshotUnwritable`.
    """
    of = open_current(state)
    with place_to_work(state) as folder:
        try:
            copy_stores(of.store, Store.read_only(str(of.folder / "flat")), folder)
            opened = Workshop(state, of, Store(str(folder / "store")), Store(str(folder / "flat")))
        except (OSError, RuntimeError) as error:
            raise unwritable(state, error) from None
        yield opened

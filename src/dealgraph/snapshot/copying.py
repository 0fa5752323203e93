"""Copy a store from memory to the disk, beside other work: almost all of it without Python's lock.

To take a million quads one by one out of a store and into another would stop every other thread as often.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, Store, parse

AT_ONCE: Final = 40_000_000
"""How many bytes of N-Quads are loaded at once: some 300,000 quads, which take 0.2 gigabytes of memory."""

_MAYBE_BLANK: Final = re.compile(rb"^.*_:.*\n", re.MULTILINE)


def copy_out(store: Store, folder: Path, go_on: Callable[[], None] = lambda: None) -> None:
    """Write all quads of a store into a new one in a folder; blank nodes keep their labels.

    The quads pass through a file beside the folder, of some 130 bytes for each, which is gone at the end.
    `go_on` is called now and then, and raises what shall end it. The new store is closed and put in order.
    """
    passing = folder.with_name(f"{folder.name}.nq")
    copied = Store(str(folder))
    try:
        store.dump(str(passing), RdfFormat.N_QUADS)
        for lines, quads in _parts(passing):
            go_on()
            copied.bulk_extend(quads)
            copied.bulk_load(lines, RdfFormat.N_QUADS, lenient=True)
        go_on()
        # Each part is a table of its own, and to look something up all were tried.
        copied.optimize()
        copied.flush()
    finally:
        del copied  # a traceback that keeps this frame must not keep the store open and locked
        passing.unlink(missing_ok=True)


def _parts(passing: Path) -> Iterator[tuple[bytes, Iterable[Quad]]]:
    """Yield the lines of a file, some at once, and apart the quads of those that may have a blank node.

    A store gives blank nodes new labels when it loads lines, but not when it is given quads.
    """
    with passing.open("rb") as file:
        while part := file.read(AT_ONCE):
            lines = part + file.readline()
            apart = _MAYBE_BLANK.findall(lines) if b"_:" in lines else []
            others = _MAYBE_BLANK.sub(b"", lines) if apart else lines
            yield others, parse(b"".join(apart), RdfFormat.N_QUADS, lenient=True)

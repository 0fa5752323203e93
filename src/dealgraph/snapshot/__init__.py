"""Snapshots: Oxigraph directories written whole, then swapped in.

A snapshot is a folder `snapshots/<name>/` with the store, a manifest and the digests of the files it was
made from. The file `CURRENT` names the one that answers and those that are kept; it is replaced in one step,
so that a reader sees the old snapshot or the new one and never something between. One writer at a time: the
operating system holds the lock and lets go of it when the writer ends, in whatever way.
"""

from dealgraph.snapshot.bench import Bench, bench
from dealgraph.snapshot.keeping import Kept, kept, retain, roll_back
from dealgraph.snapshot.lock import sweep, writing
from dealgraph.snapshot.manifests import LAYOUT, Manifest, inputs, manifest, unspoilt, written_at
from dealgraph.snapshot.opening import Opened, current, open_current, open_store
from dealgraph.snapshot.pointing import KEEP, Pointer, pointer, stamp
from dealgraph.snapshot.publishing import publish, write
from dealgraph.snapshot.workshop import Workshop, workshop

__all__ = [
    "KEEP",
    "LAYOUT",
    "Bench",
    "Kept",
    "Manifest",
    "Opened",
    "Pointer",
    "Workshop",
    "bench",
    "current",
    "inputs",
    "kept",
    "manifest",
    "open_current",
    "open_store",
    "pointer",
    "publish",
    "retain",
    "roll_back",
    "stamp",
    "sweep",
    "unspoilt",
    "workshop",
    "write",
    "writing",
    "written_at",
]

"""From one snapshot of a dataset to the next: what is new, what has changed, what is gone.

Pure: it knows slots and contents, not what stands in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dealgraph.enrich.statement import Content, Slot


@dataclass(frozen=True)
class Held:
    """A claim that the earlier snapshots leave standing, by its IRI, and what it says."""

    claim: str
    content: Content


@dataclass(frozen=True)
class Update:
    """What a snapshot adds to the earlier ones, in the order of the slots.

    `changed` gives for each slot the claim to be superseded, `withdrawn` the claims whose slot is empty now.
    """

    new: tuple[Slot, ...]
    changed: Mapping[Slot, str]
    withdrawn: tuple[str, ...]
    unchanged: tuple[Slot, ...]

    @property
    def said(self) -> tuple[Slot, ...]:
        """The slots in which the snapshot makes a claim of its own."""
        return tuple(sorted((*self.new, *self.changed)))


def update(standing: Mapping[Slot, Held], found: Mapping[Slot, Content]) -> Update:
    """Hold what stands against what a newer snapshot says; reach for it before anything is written.

    A slot with the same content is left as it is, so that nothing is claimed twice.
    """
    both = [slot for slot in sorted(found) if slot in standing]
    same = tuple(slot for slot in both if standing[slot].content == found[slot])
    return Update(
        new=tuple(slot for slot in sorted(found) if slot not in standing),
        changed={slot: standing[slot].claim for slot in both if slot not in same},
        withdrawn=tuple(sorted(held.claim for slot, held in standing.items() if slot not in found)),
        unchanged=same,
    )

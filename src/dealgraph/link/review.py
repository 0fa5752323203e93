"""A person goes through proposals one by one, on a terminal or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dealgraph.link.entity import Entity
from dealgraph.link.ledger import Ledger, Signature, judged_by_hand
from dealgraph.link.propose import Proposals
from dealgraph.link.score import Scored
from dealgraph.mapping import Judgement


@dataclass(frozen=True)
class Pair:
    """One thing beside one candidate: `number` of `total` for this thing."""

    thing: Entity
    candidate: Scored
    number: int
    total: int


def pairs_of(proposals: Iterable[Proposals]) -> tuple[Pair, ...]:
    """Return every open pair, thing by thing, the best candidate first."""
    return tuple(
        Pair(each.thing, candidate, number, len(each.open))
        for each in proposals
        for number, candidate in enumerate(each.open, 1)
    )


@dataclass
class Review:
    """The state of one review: where it is, and what can be taken back.

    After a match, what is left for the same thing is passed over. `undo` goes back to the last pair that was
    decided or skipped, and takes the judgement out of the file.
    """

    pairs: tuple[Pair, ...]
    ledger: Ledger
    by: Signature
    place: int = 0
    counts: dict[Judgement, int] = field(default_factory=dict)
    _done: list[tuple[int, Judgement | None]] = field(default_factory=list)

    @property
    def current(self) -> Pair | None:
        """The pair that is to be decided, or nothing at the end."""
        return self.pairs[self.place] if self.place < len(self.pairs) else None

    def decide(self, judgement: Judgement) -> None:
        """Write what is judged of the current pair, and go on; raises what `Ledger.judge` raises."""
        pair = self.pairs[self.place]
        self.ledger.judge(judged_by_hand(pair.thing, pair.candidate, judgement, self.by))
        self._done.append((self.place, judgement))
        self.counts[judgement] = self.counts.get(judgement, 0) + 1
        self.place += 1
        while judgement is Judgement.MATCH and self.current and self.current.thing == pair.thing:
            self.place += 1

    def skip(self) -> None:
        """Go on without a judgement."""
        self._done.append((self.place, None))
        self.place += 1

    def undo(self) -> bool:
        """Go back by one, and take back what was judged there; tells whether there was anything."""
        if not self._done:
            return False
        self.place, judgement = self._done.pop()
        if judgement is not None:
            self.ledger.undo()
            self.counts[judgement] -= 1
        return True

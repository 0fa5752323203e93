"""What is inferred, kept up to date while a store changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import Triple

from dealgraph.errors import DealgraphError, Inconsistent
from dealgraph.horn import Program, maintain
from dealgraph.increment.working import Recorded, Working
from dealgraph.inline import inline

if TYPE_CHECKING:
    from pyoxigraph import Store


_WHY: Final = {
    "axiom": "an axiom may reach further than the change",
    "equated": "two names stand for one thing",
    "literal": "a value stands where a thing is wanted",
}


class Whole(DealgraphError):
    """A change that cannot be worked out by itself: the whole is to be built. Caught by who asked for it."""


@dataclass(frozen=True)
class Reasoner:
    """Infers from changes of a store, by an ontology that was compiled to rules."""

    program: Program
    work: Working

    def __call__(self, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Bring what is inferred up to date with statements that are gone and others that are new.

        Raises `Inconsistent` for a contradiction, and `Whole` for what the rules cannot tell.
        """
        gone, new = tuple(removed), tuple(added)
        if not gone and not new:
            return
        outcome = maintain(cast("Store", Recorded(self.work)), self.program, gone, new)
        for beyond in outcome.beyond:
            where = f": {inline(beyond.premises)}" if beyond.premises else ""
            raise Whole(f"{_WHY[beyond.reason]}{where}")
        for clash in outcome.clashes:
            raise Inconsistent(
                f"this cannot hold together: {inline(clash.premises)}",
                where=clash.rule,
                fix="Look at the claims behind it, or take one of them back",
            )

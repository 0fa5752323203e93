"""What whoever answers has at hand: a snapshot, open, and all that is read from it once and kept.

Pages, the API and reconciliation answer from a desk; so can a script.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pyoxigraph import DefaultGraph, Store, Triple

from dealgraph import snapshot, sources
from dealgraph.evidence import Evidence
from dealgraph.explain import Explainer, explainer_of
from dealgraph.missing import Scope
from dealgraph.proof import StoreProver
from dealgraph.report import Teller
from dealgraph.schema import Use, uses
from dealgraph.search import Search
from dealgraph.settings import Project
from dealgraph.snapshot import Manifest
from dealgraph.sources import Sources
from dealgraph.stats import stats
from dealgraph.stored import StoredQuery, load_all
from dealgraph.void import described


@dataclass(frozen=True)
class Desk:
    """A store to answer from, and what it was made from.

    `scope` tells which claims count in it, `texts` is the folder of the texts of the articles, if there is
    one. What is read from either is read when first needed.
    """

    project: Project
    store: Store
    manifest: Manifest
    scope: Scope = field(default_factory=Scope)
    texts: Path | None = None

    @cached_property
    def evidence(self) -> Evidence:
        """The claims of the store."""
        return Evidence(self.store)

    @cached_property
    def queries(self) -> tuple[StoredQuery, ...]:
        """The stored queries, in the order of their names."""
        return load_all(self.project.queries)

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """How classes use properties in the default graph, counted once."""
        return uses(self.store, [DefaultGraph()])

    @cached_property
    def void(self) -> tuple[Triple, ...]:
        """The data described by VoID, counted once; that looks at everything."""
        return tuple(described(self.store, stats(self.store, self.queries), self.project))

    @cached_property
    def sources(self) -> Sources:
        """What the files of the project say, with their places: what proofs end on."""
        return sources.load(self.project)

    @cached_property
    def prover(self) -> StoreProver:
        """What proves that something holds in the store; getting ready for the first proof takes longest."""
        return StoreProver(self.store, self.sources.place)

    @cached_property
    def search(self) -> Search:
        """What can be found in the store by typing."""
        return Search(self.store)

    def teller(self, language: str) -> Teller:
        """Return what puts claims into the words of a language."""
        return Teller(self.evidence, language)

    def explainer(self, language: str) -> Explainer:
        """Return what tells proofs in a language."""
        return explainer_of(self.teller(language), self.queries, self.scope)


def open_desk(project: Project, texts: Path | None = None) -> Desk:
    """Open the snapshot that answers; raises what `snapshot.open_current` raises."""
    opened = snapshot.open_current(project.state)
    return Desk(project, opened.store, opened.manifest, texts=texts)

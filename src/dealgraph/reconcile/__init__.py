"""The graph as a service of the W3C Entity Reconciliation API, so that a spreadsheet can be matched with it.

`/reconcile` speaks version 0.2 and is the address that OpenRefine wants; `/reconcile/1.0` speaks the draft
of version 1.0. The first request of a process reads the names of all things.
"""

from typing import Final

from dealgraph.reconcile import version_0_2, version_1_0
from dealgraph.reconcile.answers import previewed
from dealgraph.web import Route

ROUTES: Final[tuple[Route, ...]] = (
    Route("/reconcile", version_0_2.service, ("GET", "POST")),
    Route("/reconcile/suggest/{kind}", version_0_2.suggest),
    Route("/reconcile/flyout/{kind}", version_0_2.flyout),
    Route("/reconcile/extend/properties", version_0_2.properties),
    Route("/reconcile/preview", previewed),
    Route("/reconcile/1.0", version_1_0.service),
    Route("/reconcile/1.0/match", version_1_0.match, ("POST",)),
    Route("/reconcile/1.0/suggest/entity", version_1_0.suggest_entity),
    Route("/reconcile/1.0/suggest/type", version_1_0.suggest_type),
    Route("/reconcile/1.0/suggest/property", version_1_0.suggest_property),
    Route("/reconcile/1.0/extend", version_1_0.extend, ("POST",)),
    Route("/reconcile/1.0/extend/propose", version_1_0.propose),
    Route("/reconcile/1.0/preview", previewed),
)
"""The routes of both versions."""

__all__ = ["ROUTES"]

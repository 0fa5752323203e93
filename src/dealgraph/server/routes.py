"""All that is answered, in the order in which paths are tried; server and workers count on the same order."""

from __future__ import annotations

from collections.abc import Sequence

from dealgraph import api, pages, reconcile
from dealgraph.server.endpoint import sparql_routes
from dealgraph.server.void_route import VOID_ROUTES
from dealgraph.web import Route


def routes(open_to: Sequence[str] = ()) -> tuple[Route, ...]:
    """Return every route; the endpoint may ask the endpoints named by `open_to`."""
    own = (*sparql_routes(open_to), *VOID_ROUTES)
    return (*own, *api.ROUTES, *reconcile.ROUTES, *pages.ROUTES)

"""Pages for people: every thing, claim, article and question of a graph as a page, and what they share.

`ROUTES` is what a server mounts; `error_page` is what a browser is shown in the place of a page. `thing`,
`claim`, `article`, `graph` and `resource` tell of one node each, `why` proves, `lists` and `home` lead to
them; `shell` and `rendering` are what all of them share.
"""

from __future__ import annotations

from dealgraph.pages import article, claim, graph, home, lists, resource, thing, why
from dealgraph.pages.api_docs import docs_page
from dealgraph.pages.question_routes import QUESTION_ROUTES
from dealgraph.pages.rendering import error_page
from dealgraph.web import Route

OTHERS = (
    "quantity",
    "time",
    "source",
    "attribution",
    "scheme",
    "mapping",
    "derived",
    "omission",
    "outside",
    "shape",
)
"""The first part of the path of nodes that have no page of their own kind."""

THINGS: tuple[Route, ...] = (
    Route("/", home.show),
    Route("/id/{name:path}", thing.show),
    Route("/claim/{name:path}", claim.show),
    Route("/article/{name:path}", article.show),
    Route("/dataset/{name:path}", article.show_dataset),
    Route("/why", why.show),
    Route("/why.json", why.as_json),
    Route("/why.svg", why.as_picture),
    Route("/articles", lists.articles),
    Route("/datasets", lists.datasets),
    Route("/graph/{name:path}", graph.show),
    *(Route(f"/{name}", lists.lister(name)) for name in lists.LISTS),
    *(Route(f"/{name}/{{name:path}}", resource.show) for name in OTHERS),
)
ROUTES: tuple[Route, ...] = (Route("/api/docs", docs_page), *THINGS, *QUESTION_ROUTES)

__all__ = ["ROUTES", "error_page"]

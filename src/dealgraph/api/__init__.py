"""The API: every stored query by an address, in every form, of every state of knowledge.

`states` gives the desk of what was known on a day or from some sources, `asking` reads what is asked,
`answering` answers; `listing` has what programs look up, `openapi` describes it all.
"""

from __future__ import annotations

from typing import Final

from dealgraph.api.answering import answer_query
from dealgraph.api.listing import answer_list, answer_prefixes, answer_suggest
from dealgraph.api.openapi import answer_openapi
from dealgraph.api.states import desk_at
from dealgraph.web import Route

ROUTES: Final[tuple[Route, ...]] = (
    Route("/api", answer_list),
    Route("/api/openapi.json", answer_openapi),
    Route("/api/prefixes.json", answer_prefixes),
    Route("/api/{topic}/{name}", answer_query, ("GET", "POST")),
    Route("/suggest", answer_suggest),
)

__all__ = ["ROUTES", "desk_at"]

"""An expected error as an answer, in the form that the client reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from dealgraph.errors import DealgraphError
from dealgraph.web.answering import Answer
from dealgraph.web.negotiation import HTML, Offer, choose

_TEXT: Final = Offer("txt", ("text/plain",))
_JSON: Final = Offer(
    "json",
    (
        "application/problem+json",
        "application/json",
        "application/sparql-results+json",
        "application/ld+json",
    ),
)


def problem(
    error: DealgraphError, accept: str, page: Callable[[DealgraphError], str] | None = None
) -> Answer:
    """Answer with an error: a page for a browser, RFC 9457 for a program that reads JSON, else one line.

    `page` makes the page; without it a browser gets the line too.
    """
    offers = (_TEXT, _JSON, HTML) if page else (_TEXT, _JSON)
    chosen = choose(accept, offers) or _TEXT
    if chosen is HTML and page:
        return Answer(page(error).encode(), HTML.media_type, error.http_status)
    if chosen is _JSON:
        told = {
            "title": type(error).__name__,
            "status": error.http_status,
            "detail": error.message,
            "where": error.where,
            "fix": error.fix,
        }
        return Answer(json.dumps(told, ensure_ascii=False).encode(), _JSON.media_type, error.http_status)
    return Answer(f"{error}\n".encode(), _TEXT.media_type, error.http_status)

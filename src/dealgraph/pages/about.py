"""The page about the site: what it is, how to read it, how claims become facts, and where programs ask."""

from __future__ import annotations

from typing import Final

from dealgraph.desk import Desk
from dealgraph.pages.phrases import bound
from dealgraph.pages.phrases_about import ABOUT
from dealgraph.pages.rendering import page
from dealgraph.web import Answer, Call

ADDRESSES: Final = (
    ("about sparql", "/sparql"),
    ("about api", "/api"),
    ("about reconcile", "/reconcile"),
    ("about health", "/health"),
)
"""What programs ask, and where: the phrase and the path."""


def about_page(desk: Desk, call: Call) -> Answer:
    """Answer `/about`."""
    counts = desk.manifest.counts
    given = {
        "origin": call.origin,
        "articles": str(counts["articles"]),
        "facts": str(counts["facts"]),
        "follow": str(counts["inferred"] + counts["derived"]),
        "snapshot": desk.manifest.content[:12],
    }
    texts = ABOUT[call.language].items()
    told = {key: (bound(text) if call.language == "fr" else text).format(**given) for key, text in texts}
    is_asked = any(query.name == "silence/unanswered" for query in desk.queries)
    return page("about.html", call, desk=desk, told=told, addresses=ADDRESSES, is_asked=is_asked)

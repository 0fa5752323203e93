"""What stands around every page: where one can go from it, and its addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dealgraph.terms import iri
from dealgraph.web import Call, href

NAVIGATION: Final = (
    ("deals", "/deals"),
    ("companies", "/companies"),
    ("people", "/people"),
    ("facilities", "/facilities"),
    ("articles", "/articles"),
    ("questions", "/questions"),
    ("contradictions", "/contradictions"),
    ("changes", "/changes"),
    ("sparql", "/editor"),
)
"""The phrase and the path of each entry of the navigation."""


@dataclass(frozen=True)
class Shell:
    """What the layout needs to know of a call: entries of the navigation, and addresses of the page.

    `here` is the path without a suffix, `canonical` its whole address; `other` is the other language and
    `other_address` the same page in it.
    """

    navigation: tuple[tuple[str, str], ...]
    here: str
    canonical: str
    other: str
    other_address: str
    asked: str


def address(term: str) -> str:
    """Return where a link to a node leads: its page, or an address of the web; nothing for any other IRI.

    A graph may hold `javascript:` or what a browser takes for another host.
    """
    path = href(term)
    return path if path.startswith(("/", "http://", "https://")) and not path.startswith("//") else ""


def full(name: str) -> str:
    """Return the IRI that a compact name stands for: of `id:meta` as of `<https://…>`."""
    return name[1:-1] if name.startswith("<") else iri(name)


def shell(call: Call) -> Shell:
    """Return what stands around a page."""
    other = "fr" if call.language == "en" else "en"
    here = call.path.removesuffix(".html")
    return Shell(
        navigation=NAVIGATION,
        here=here,
        canonical=f"{call.origin}{here}",
        other=other,
        other_address=call.address(lang=other),
        asked=call.first("q") if here == "/search" else "",
    )

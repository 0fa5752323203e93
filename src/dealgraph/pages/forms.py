"""Every form that a page is to be had in besides HTML: by suffix, or by what a client accepts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pyoxigraph import RdfFormat, serialize

from dealgraph.errors import FormatMisfit
from dealgraph.pages.statements import Description
from dealgraph.terms import PREFIXES
from dealgraph.web import HTML, Answer, Call, Offer, choose, href, without_suffix

OFFERS: Final[Mapping[str, Offer]] = MappingProxyType(
    {
        "html": HTML,
        "ttl": Offer("ttl", ("text/turtle", "application/x-turtle")),
        "jsonld": Offer("jsonld", ("application/ld+json",)),
        "nt": Offer("nt", ("application/n-triples",)),
        "rdf": Offer("rdf", ("application/rdf+xml",)),
        "trig": Offer("trig", ("application/trig",)),
        "json": Offer("json", ("application/json",)),
    }
)
"""The forms by their suffixes; of two that a client likes alike, the earlier one is sent."""

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ttl": "Turtle",
        "jsonld": "JSON-LD",
        "nt": "N-Triples",
        "rdf": "RDF/XML",
        "trig": "TriG",
        "json": "JSON",
    }
)
_RDF: Final = MappingProxyType(
    {
        "ttl": RdfFormat.TURTLE,
        "nt": RdfFormat.N_TRIPLES,
        "rdf": RdfFormat.RDF_XML,
        "jsonld": RdfFormat.JSON_LD,
    }
)
_USED: Final = {name: space for name, space in PREFIXES.items() if name not in ("wd", "wdt")}
Json = Mapping[str, object]


def wanted(call: Call) -> tuple[str, Offer]:
    """Return the path of what is asked for, without a suffix, and the form that it is wanted in.

    Raises `FormatMisfit` if a client accepts none of them.
    """
    path, offer = without_suffix(call.path, OFFERS)
    chosen = offer or choose(call.accept, tuple(OFFERS.values()))
    if chosen is None:
        known = ", ".join(each.media_types[0] for each in OFFERS.values())
        raise FormatMisfit(
            "this page is not to be had in that form", where="Accept", fix=f"Take one of: {known}"
        )
    return path, chosen


def forms(iri: str) -> tuple[tuple[str, str, str], ...]:
    """Return what a page links to as its other forms: name, address, media type."""
    path = href(iri).partition("#")[0]
    return tuple((name, f"{path}.{suffix}", OFFERS[suffix].media_types[0]) for suffix, name in NAMES.items())


def as_data(
    offer: Offer,
    description: Description,
    report: Callable[[], Json],
    linked: Callable[[], Json] | None = None,
) -> Answer:
    """Answer with a description in a form that is not HTML.

    `report` makes what is sent as JSON, `linked` a document of JSON-LD that the statements are put beside.
    """
    if offer.suffix == "json":
        body = _json(report())
    elif offer.suffix == "jsonld" and linked:
        body = _json(_beside(linked(), description))
    elif offer.suffix == "trig":
        body = serialize(description.quads, format=RdfFormat.TRIG, prefixes=_USED) or b""
    else:
        body = serialize(description.triples, format=_RDF[offer.suffix], prefixes=_USED) or b""
    return Answer(body, offer.media_type, headers={"Vary": "Accept"})


def _beside(document: Json, description: Description) -> Json:
    """Put the statements beside a document in one graph; its context does not touch names written in full."""
    written = serialize(description.triples, format=RdfFormat.JSON_LD) or b"[]"
    nodes: Sequence[object] = json.loads(written)
    own = {key: value for key, value in document.items() if key != "@context"}
    return {"@context": document["@context"], "@graph": [own, *nodes]}


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2, default=str).encode() + b"\n"

"""What both versions of the protocol answer with: JSON in a language, and the small page of a thing."""

from __future__ import annotations

import json
from typing import Final

from dealgraph.desk import Desk
from dealgraph.errors import UnknownName
from dealgraph.reconcile import preview
from dealgraph.reconcile.catalogue import Catalogue, catalogue_of
from dealgraph.reconcile.describing import Describer
from dealgraph.web import Answer, Call

JSON: Final = "application/json"
_FRAMED: Final = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)


def describer_of(desk: Desk, call: Call) -> Describer:
    """Return what tells of things in the language of a call."""
    return Describer(catalogue_of(desk), call.language)


def as_json(call: Call, content: object) -> Answer:
    """Answer with JSON, and the language of the texts in it."""
    body = json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
    return Answer(body, JSON, headers={"Content-Language": call.language})


def known_thing(catalogue: Catalogue, name: str) -> str:
    """Return the IRI of a thing by its id; raises `UnknownName`."""
    thing = catalogue.thing(name)
    if not thing:
        raise UnknownName("no thing has this id", where=f"id={name[:60]}", fix="Take an id from the results")
    return thing


def previewed(desk: Desk, call: Call) -> Answer:
    """Answer with a page on the thing `?id=`, which any site may show in a frame; raises `UnknownName`."""
    describer = describer_of(desk, call)
    html = preview.page(describer, known_thing(describer.catalogue, call.first("id")))
    headers = {"Content-Language": call.language, "Content-Security-Policy": _FRAMED}
    return Answer(html.encode(), headers=headers)

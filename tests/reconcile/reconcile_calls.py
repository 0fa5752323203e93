"""Calls of the reconciliation service as clients make them, and what they get, parsed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from dealgraph.desk import Desk
from dealgraph.reconcile import ROUTES
from dealgraph.web import Answer, Call
from dealgraph.web.calling import FORM

Parsed = dict[str, Any]
ORIGIN = "https://deals.example"


def answer(desk: Desk, path: str, method: str = "GET", **more: object) -> Answer:
    """Call the route of a path, as a server would."""
    for route in ROUTES:
        stem, brace, _ = route.pattern.partition("{")
        if route.pattern == path or (brace and path.startswith(stem) and "/" not in path[len(stem) :]):
            assert method in route.methods
            parts = {"kind": path[len(stem) :]} if brace else {}
            return route.answer(desk, Call(path, parts=parts, method=method, origin=ORIGIN, **more))  # type: ignore[arg-type]
    raise AssertionError(f"no route for {path}")


def got(desk: Desk, path: str, language: str = "en", **query: str) -> Parsed:
    """What a GET gives, parsed."""
    found = answer(desk, path, query=tuple(query.items()), language=language)
    return _parsed(found)


def posted(desk: Desk, language: str = "en", **form: object) -> Parsed:
    """What a form gives that is sent to `/reconcile`; its fields are objects."""
    fields = {key: value if isinstance(value, str) else json.dumps(value) for key, value in form.items()}
    found = answer(
        desk,
        "/reconcile",
        "POST",
        content_type=f"{FORM};charset=UTF-8",
        body=urlencode(fields).encode(),
        language=language,
    )
    return _parsed(found)


def sent(desk: Desk, path: str, content: object, language: str = "en") -> Parsed:
    """What JSON gives that is sent to a route of version 1.0."""
    body = json.dumps(content).encode()
    found = answer(desk, path, "POST", content_type="application/json", body=body, language=language)
    return _parsed(found)


def candidates(desk: Desk, query: str = "", **more: object) -> list[Parsed]:
    """The candidates of one query of version 0.2."""
    asked = {**({"query": query} if query else {}), **more}
    result = posted(desk, queries={"q0": asked})["q0"]["result"]
    assert isinstance(result, list)
    return result


def named(property_: str, *values: object) -> dict[str, object]:
    """A property of a query of version 0.2."""
    return {"pid": property_, "v": values[0] if len(values) == 1 else list(values)}


def feature(candidate: dict[str, Any], name: str) -> float | None:
    """The value of a feature of a candidate."""
    return next((each["value"] for each in candidate["features"] if each["id"] == name), None)


def _parsed(found: Answer) -> Parsed:
    assert (found.status, found.media_type) == (200, "application/json")
    content = json.loads(found.whole())
    assert isinstance(content, dict)
    return content

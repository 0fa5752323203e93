"""The routes of the draft of version 1.0, as it stood in the repository of its specification.

https://reconciliation-api.github.io/specs/1.0-draft/
"""

from __future__ import annotations

from dealgraph.desk import Desk
from dealgraph.reconcile import asking, extending, reading, suggesting, version_0_2
from dealgraph.reconcile.answers import JSON, as_json, describer_of
from dealgraph.reconcile.asking import wrong
from dealgraph.reconcile.manifests import manifest_1
from dealgraph.reconcile.matching import candidates
from dealgraph.web import Answer, Call


def service(desk: Desk, call: Call) -> Answer:
    """Answer with the manifest."""
    return as_json(call, manifest_1(describer_of(desk, call), call.origin))


def match(desk: Desk, call: Call) -> Answer:
    """Answer a batch of queries, sent as JSON, in its order."""
    describer = describer_of(desk, call)
    batch = reading.queries_1(describer.catalogue, _body(call))
    results = [
        {"candidates": [describer.candidate(each, named_features=True) for each in found]}
        for found in (candidates(describer.catalogue, query) for query in batch)
    ]
    return as_json(call, {"results": results})


def suggest_entity(desk: Desk, call: Call) -> Answer:
    """Answer with suggestions of things for `?prefix=`, from `?offset=` on, `?limit=` of them."""
    return _suggested(desk, call, suggesting.entities)


def suggest_type(desk: Desk, call: Call) -> Answer:
    """Answer with suggestions of types, as for things."""
    return _suggested(desk, call, suggesting.types)


def suggest_property(desk: Desk, call: Call) -> Answer:
    """Answer with suggestions of properties, as for things."""
    return _suggested(desk, call, suggesting.properties)


def extend(desk: Desk, call: Call) -> Answer:
    """Answer with values of properties of things, asked for as JSON."""
    describer = describer_of(desk, call)
    asked = extending.extension(describer.catalogue, _body(call), "body")
    extender = extending.Extender(describer)
    rows = [
        {"id": ident, "properties": [{"id": name, "values": cells} for name, cells in values]}
        for ident, values in extender.rows(asked).items()
    ]
    return as_json(call, {"meta": extender.meta(asked), "rows": rows})


def propose(desk: Desk, call: Call) -> Answer:
    """Answer with the properties that may be fetched for things of `?type=`."""
    return version_0_2.properties(desk, call)


def _suggested(desk: Desk, call: Call, suggest: suggesting.Suggest) -> Answer:
    found = suggest(
        describer_of(desk, call),
        call.first("prefix"),
        extending.whole(call.first("limit"), "limit", suggesting.MOST, suggesting.SHOWN),
        extending.whole(call.first("offset"), "offset", suggesting.FARTHEST, 0, least=0),
    )
    return as_json(call, {"result": found})


def _body(call: Call) -> object:
    if not call.content_type.startswith(JSON):
        raise wrong(f"is not {JSON} but '{call.content_type[:60]}'", "Content-Type", "Send JSON")
    return asking.loaded(call.body, "body")

"""The routes of version 0.2, which OpenRefine speaks.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dealgraph.desk import Desk
from dealgraph.errors import UnknownName
from dealgraph.reconcile import asking, extending, preview, reading, suggesting
from dealgraph.reconcile.answers import as_json, describer_of, known_thing
from dealgraph.reconcile.asking import wrong
from dealgraph.reconcile.describing import Describer
from dealgraph.reconcile.manifests import manifest
from dealgraph.reconcile.matching import candidates
from dealgraph.web import Answer, Call
from dealgraph.web.calling import FORM

_FIELDS: Final = ("queries", "query", "extend")
_SUGGEST: Final[Mapping[str, suggesting.Suggest]] = {
    "entity": suggesting.entities,
    "type": suggesting.types,
    "property": suggesting.properties,
}
_MOST_PROPOSED: Final = 500


def service(desk: Desk, call: Call) -> Answer:
    """Answer with the manifest, or to `queries=`, `query=` or `extend=`, in the address or in a form."""
    describer = describer_of(desk, call)
    fields = _fields(call)
    if not fields:
        return as_json(call, manifest(describer, call.origin, keep=bool(call.first("lang"))))
    if len(fields) > 1:
        raise wrong("more than one thing is asked", " and ".join(fields), "Send each by itself")
    field, text = next(iter(fields.items()))
    if field == "extend":
        return as_json(call, _extended(describer, text))
    if field == "query":
        return as_json(call, _single(describer, text))
    batch = reading.queries(describer.catalogue, asking.loaded(text, field))
    return as_json(call, {key: _result(describer, query) for key, query in batch.items()})


def suggest(desk: Desk, call: Call) -> Answer:
    """Answer with suggestions of things, types or properties for `?prefix=`, from the `?cursor=`-th on."""
    describer = describer_of(desk, call)
    found = _SUGGEST[_kind(call)](
        describer,
        call.first("prefix"),
        extending.whole(call.first("limit"), "limit", suggesting.MOST, suggesting.SHOWN),
        extending.whole(call.first("cursor"), "cursor", suggesting.FARTHEST, 0, least=0),
    )
    return as_json(call, {"result": found})


def flyout(desk: Desk, call: Call) -> Answer:
    """Answer with a few words of HTML on the thing, type or property `?id=`; raises `UnknownName`."""
    describer, kind, name = describer_of(desk, call), _kind(call), call.first("id")
    if kind == "entity":
        told = describer.entity(known_thing(describer.catalogue, name))
    elif kind == "type" and (full := describer.catalogue.vocabulary.type_iri(name)):
        told = describer.described_type(full)
    elif kind == "property" and (found := describer.catalogue.vocabulary.property_of(name)):
        told = describer.described_property(found)
    else:
        raise UnknownName(
            f"no {kind} has this id", where=f"id={name[:60]}", fix="Take one that was suggested"
        )
    html = preview.flyout(str(told["name"]), str(told.get("description", "")))
    return as_json(call, {"id": name, "html": html})


def properties(desk: Desk, call: Call) -> Answer:
    """Answer with the properties that may be fetched for things of `?type=`; all without it."""
    describer, kind = describer_of(desk, call), call.first("type")
    limit = extending.whole(call.first("limit"), "limit", _MOST_PROPOSED, _MOST_PROPOSED)
    full = asking.a_type(describer.catalogue, kind, "type") if kind else ""
    told: dict[str, object] = {"properties": extending.proposals(describer, full, limit)}
    if kind:
        told["type"] = kind
    if call.first("limit"):
        told["limit"] = limit
    return as_json(call, told)


def _fields(call: Call) -> dict[str, str]:
    pairs = list(call.query)
    if call.method == "POST":
        if not call.content_type.startswith(FORM):
            fix = "Send a form with queries= or extend=, or JSON to /reconcile/1.0/match"
            raise wrong(f"is no form but '{call.content_type[:60]}'", "Content-Type", fix)
        pairs += call.form()
    found = {key: value for key, value in pairs if key in _FIELDS}
    if call.method == "POST" and not found:
        raise wrong("nothing is asked", "body", "Send queries= or extend=")
    return found


def _kind(call: Call) -> str:
    kind = call.parts.get("kind", "")
    if kind not in _SUGGEST:
        raise UnknownName(
            "there is no such service", where=call.path, fix=f"Take one of: {', '.join(_SUGGEST)}"
        )
    return kind


def _single(describer: Describer, text: str) -> Mapping[str, object]:
    """One query, as JSON or as a bare name: a form older than the specification, handy in a browser."""
    said = asking.loaded(text, "query") if text.lstrip().startswith("{") else {"query": text}
    return _result(describer, reading.query(describer.catalogue, said, "query"))


def _result(describer: Describer, query: asking.Query) -> Mapping[str, object]:
    found = candidates(describer.catalogue, query)
    return {"result": [describer.candidate(each, named_features=False) for each in found]}


def _extended(describer: Describer, text: str) -> Mapping[str, object]:
    asked = extending.extension(describer.catalogue, asking.loaded(text, "extend"), "extend")
    extender = extending.Extender(describer)
    rows = {ident: dict(values) for ident, values in extender.rows(asked).items()}
    return {"meta": extender.meta(asked), "rows": rows}

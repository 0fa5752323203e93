"""What programs look up before they ask: the stored queries, the prefixes, names as they are typed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from dealgraph.api.asking import RESERVED, is_in_language, with_form
from dealgraph.api.names import bearers, full_iri, is_known
from dealgraph.desk import Desk
from dealgraph.errors import UnknownName, WrongParameter
from dealgraph.search import Hit
from dealgraph.stored import Parameter, StoredQuery, Term, defaults
from dealgraph.terms import PREFIXES, compact, iri, local_name
from dealgraph.web import HTML, Answer, Call, Offer, choose, href, see_other

JSON: Final = Offer("json", ("application/json",))
MOST_NAMES: Final = 50
"""The greatest `limit` of names."""
USUAL_NAMES: Final = 10
LONGEST_NAME: Final = 200
"""How many characters of what is typed are looked for."""


def answer_list(desk: Desk, call: Call) -> Answer:
    """Answer `/api`: the stored queries, each with its parameters and its address; a browser is sent on."""
    if choose(call.accept, (JSON, HTML)) is HTML:
        return see_other("/api/docs")
    told = {
        "snapshot": desk.manifest.content,
        "description": f"{call.origin}/api/openapi.json",
        "documentation": f"{call.origin}/api/docs",
        "reserved": list(RESERVED),
        "queries": [_described(query, call.origin) for query in desk.queries],
    }
    return _json(told)


def _described(query: StoredQuery, origin: str) -> Mapping[str, object]:
    usual = defaults(query)
    return {
        "name": query.name,
        "address": f"{origin}/api/{query.name}",
        "page": f"{origin}/questions/{query.name}",
        "form": query.form,
        "summary": query.summary,
        "summary_fr": query.summary_fr,
        "tags": list(query.tags),
        "services": list(query.endpoints),
        "params": [_parameter(parameter, usual[parameter.name]) for parameter in query.params],
    }


def _parameter(parameter: Parameter, usual: Sequence[Term]) -> Mapping[str, object]:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "label": parameter.label,
        "label_fr": parameter.label_fr,
        "optional": parameter.optional,
        "values": list(parameter.values),
        "default": [typed_as(parameter, term) for term in usual],
        "follows_language": is_in_language(parameter, usual),
    }


def typed_as(parameter: Parameter, term: Term) -> str:
    """Return what one types for a term: things by their compact IRIs."""
    return compact(term.value) if parameter.type == "iri" else term.value


def answer_prefixes(_: Desk, __: Call) -> Answer:
    """Answer `/api/prefixes.json`: the namespace of each prefix."""
    return _json(dict(PREFIXES))


def answer_suggest(desk: Desk, call: Call) -> Answer:
    """Answer `/suggest?q=&kind=&limit=`: what a text may name, the best first; with a kind, of a class only.

    Raises `UnknownName` for a class that is not there, `WrongParameter` for a limit that is no number.
    """
    call = with_form(call)
    text, kind = call.first("q").strip()[:LONGEST_NAME], _kind(desk, call.first("kind").strip())
    limit = _limit(call)
    found: list[Hit] = [*desk.search.things(text), *desk.search.sources(text), *desk.search.terms(text)]
    ranked = sorted(found, key=lambda hit: (hit.how, -hit.likeness))
    fitting = (hit for hit in ranked if not kind or _is_a(desk, hit.iri, kind))
    return _json([_name(desk, call.language, hit) for hit, _ in zip(fitting, range(limit), strict=False)])


def _kind(desk: Desk, text: str) -> str:
    full = full_iri(text) or (iri(f"dg:{text}") if text.isidentifier() else "")
    if text and not (full and is_known(desk, full)):
        fix = "Give a class of the ontology, for example Company"
        raise UnknownName(f"there is no class '{text[:80]}'", where="kind", fix=fix)
    return full


def _limit(call: Call) -> int:
    text = call.first("limit").strip() or str(USUAL_NAMES)
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST_NAMES):
        fix = f"Give a whole number from 1 to {MOST_NAMES}"
        raise WrongParameter(f"'{text[:80]}' is not a number of names", where="limit", fix=fix)
    return int(text)


def _is_a(desk: Desk, thing: str, kind: str) -> bool:
    return any(kind in desk.search.wider(each) for each in desk.search.kinds(thing))


def _name(desk: Desk, language: str, hit: Hit) -> Mapping[str, str]:
    """One name: `value` is what to type for it, `description` another name that it was found by."""
    label = desk.evidence.label(hit.iri, language)
    compacted = compact(hit.iri)
    return {
        "iri": hit.iri,
        "id": compacted,
        "label": label,
        "kind": _in_words(desk, language, hit.iri),
        "description": hit.name if hit.name != label else "",
        "value": label if bearers(desk, label) == {hit.iri} else compacted,
        "href": href(hit.iri),
    }


def _in_words(desk: Desk, language: str, thing: str) -> str:
    """The class of a thing in words, of the ontology where it has one of it."""
    kinds = sorted(desk.search.kinds(thing), key=_rank)
    return desk.evidence.label(kinds[0], language) if kinds else local_name(thing)


def _rank(kind: str) -> tuple[bool, str]:
    return not kind.startswith(iri("dg:")), kind


def _json(told: object) -> Answer:
    return Answer(json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n", JSON.media_type)

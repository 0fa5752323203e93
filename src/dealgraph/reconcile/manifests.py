"""What the service says of itself, in either version of the protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dealgraph import __version__
from dealgraph.reconcile.asking import MOST_QUERIES
from dealgraph.reconcile.catalogue import SPACE
from dealgraph.reconcile.describing import Describer
from dealgraph.reconcile.extending import Content
from dealgraph.reconcile.phrases import RECONCILE
from dealgraph.terms import iri

WIDTH: Final = 400
HEIGHT: Final = 200
_TYPES: Final = ("Company", "Person", "Organization", "Facility", "Deal", "Place", "AIModel", "MediaOutlet")


def manifest(describer: Describer, origin: str, *, keep: bool = False) -> Mapping[str, object]:
    """Return the manifest of version 0.2 (section "Service Manifest"); `origin` is scheme and host.

    `keep` writes the language into all addresses: a client that was given `/reconcile?lang=fr` goes on in
    French. Version 0.1 is not named, for it wants JSONP.
    """
    base = f"{origin}/reconcile"
    first, next_ = (f"?lang={describer.language}", f"&lang={describer.language}") if keep else ("", "")
    suggest = {
        kind: {
            "service_url": base,
            "service_path": f"/suggest/{kind}{first}",
            "flyout_service_url": base,
            "flyout_service_path": f"/flyout/{kind}?id=${{id}}{next_}",
        }
        for kind in ("entity", "property", "type")
    }
    settings = [_old(setting) for setting in _settings(describer.language)]
    return _common(describer, origin) | {
        "versions": ["0.2"],
        "identifierSpace": SPACE,
        "schemaSpace": iri("dg:"),
        "view": {"url": f"{origin}/id/{{{{id}}}}{first}"},
        "preview": {"url": f"{base}/preview?id={{{{id}}}}{next_}", "width": WIDTH, "height": HEIGHT},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": base, "service_path": f"/extend/properties{first}"},
            "property_settings": settings,
        },
    }


def manifest_1(describer: Describer, origin: str) -> Mapping[str, object]:
    """Return the manifest of the draft of version 1.0 (section "Service Manifest")."""
    return _common(describer, origin) | {
        "versions": ["1.0-draft"],
        "lang": describer.language,
        "view": {"url": f"{origin}/id/{{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": _settings(describer.language)},
        "standardizedScore": True,
    }


def _common(describer: Describer, origin: str) -> dict[str, object]:
    known = describer.catalogue.vocabulary.types
    chosen = (full for name in _TYPES if (full := iri(f"dg:{name}")) in known)
    return {
        "name": RECONCILE[describer.language]["service"],
        "documentation": f"{origin}/",
        "serviceVersion": __version__,
        "defaultTypes": [describer.type(full) for full in chosen],
        "batchSize": MOST_QUERIES,
    }


def _settings(language: str) -> list[dict[str, object]]:
    say = RECONCILE[language]
    return [
        {
            "id": "limit",
            "name": say["limit"],
            "type": "number",
            "default": 0,
            "helpText": say["limit help"],
        },
        {
            "id": "content",
            "name": say["content"],
            "type": "select",
            "default": Content.VALUE.value,
            "helpText": say["content help"],
            "choices": [{"value": each.value, "name": say[f"content {each.value}"]} for each in Content],
        },
    ]


def _old(setting: Mapping[str, object]) -> dict[str, object]:
    """A setting as version 0.2 names its parts."""
    names = {"id": "name", "name": "label", "helpText": "help_text"}
    return {names.get(key, key): value for key, value in setting.items()}

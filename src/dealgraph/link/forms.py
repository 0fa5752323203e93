"""The forms into which a value is brought before it becomes part of an IRI."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from dealgraph.mapping import epoch_identifier


def _plain(value: str) -> str:
    return value if "://" in value else quote(value, safe=".-_~")


FORMS: Final[Mapping[str, Callable[[str], str]]] = {
    "": _plain,
    "cik": lambda value: value.strip().zfill(10),
    "epoch": epoch_identifier,
    "nospace": lambda value: "".join(value.split()),
}
"""Each form by the name that a description gives it after a bar: `{cik_str|cik}`."""

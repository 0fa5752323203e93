"""What a client asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from dealgraph.errors import WrongUsage

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Call:
    """One request, read.

    `parts` are what the pattern of the route took out of the path, `query` the pairs of the query string in
    their order, decoded. `accept` is the header as sent, `language` `en` or `fr`, already chosen. `origin`
    is scheme and host as the client knows them, without a slash at the end.
    """

    path: str
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Sequence[tuple[str, str]] = ()
    method: str = "GET"
    accept: str = "*/*"
    language: str = "en"
    content_type: str = ""
    body: bytes = b""
    origin: str = "http://localhost"

    def first(self, name: str, default: str = "") -> str:
        """Return the value of a parameter of the query string, the first if there are several."""
        return next((value for key, value in self.query if key == name), default)

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter of the query string, in their order."""
        return tuple(value for key, value in self.query if key == name)

    def form(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of a form in the body; raises `WrongUsage` if it is not UTF-8."""
        try:
            return tuple(parse_qsl(self.body.decode(), keep_blank_values=True, errors="strict"))
        except ValueError:
            raise WrongUsage("the form is not in UTF-8", where="body", fix="Encode it in UTF-8") from None

    def address(self, **changed: str | None) -> str:
        """Return path and query string with some parameters changed, or taken out where they are `None`."""
        kept = [(key, value) for key, value in self.query if key not in changed]
        pairs = [*kept, *((key, value) for key, value in changed.items() if value is not None)]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

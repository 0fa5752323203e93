"""What a call asks of a stored query: its parameters read, names found, and the part of the answer wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode

from dealgraph.api.names import meant
from dealgraph.ask import final_text
from dealgraph.desk import Desk
from dealgraph.errors import DealgraphError, WrongMedia, WrongParameter
from dealgraph.settings import LANGUAGES
from dealgraph.stored import Parameter, StoredQuery, Term, defaults
from dealgraph.terms import compact
from dealgraph.web import Call
from dealgraph.web.calling import FORM

RESERVED: Final = ("as-of", "lang", "limit", "offset", "source", "why")
"""What every stored query takes besides its own parameters."""
IN_LANGUAGE: Final = ("lang", "language")
"""Parameters of stored queries that take the language of the call where they are not given."""
MOST_ROWS: Final = 10_000
"""The greatest `limit`."""
_FARTHEST: Final = 1_000_000_000
_YES, _NO = ("1",), ("", "0")


@dataclass(frozen=True)
class Part:
    """Which rows are wanted: from number `first` on, the first being 0; `limit` of them, or (none) all."""

    first: int = 0
    limit: int | None = None

    @property
    def is_whole(self) -> bool:
        """Tell whether all rows are wanted."""
        return not self.first and self.limit is None


@dataclass(frozen=True)
class Taken:
    """A name that was not exact, given for a parameter, and the thing that it was taken for."""

    parameter: str
    typed: str
    name: str
    iri: str

    def header(self) -> str:
        """Return it as a header may have it: pairs as in a query string."""
        told = {
            "parameter": self.parameter,
            "typed": self.typed,
            "name": self.name,
            "iri": compact(self.iri),
        }
        return urlencode(told, quote_via=quote, safe=":")


@dataclass(frozen=True)
class Asked:
    """A stored query with what a call gives for its parameters: `text` is the SPARQL to run."""

    query: StoredQuery
    text: str
    taken: tuple[Taken, ...]
    part: Part
    why: bool


def with_form(call: Call) -> Call:
    """Return a call in which the pairs of a form stand with those of the address, in the language it names.

    Raises `WrongMedia` for a body of another type, `WrongParameter` for a language that is not spoken.
    """
    pairs = tuple(call.query)
    if call.method == "POST":
        kind = call.content_type.partition(";")[0].strip().lower()
        if kind != FORM:
            told = kind or "a body without a media type"
            raise WrongMedia(f"parameters are not read from {told}", where="Content-Type", fix=f"Send {FORM}")
        pairs += call.form()
    language = next((value for key, value in pairs if key == "lang" and value), call.language)
    if language not in LANGUAGES:
        fix = f"Give one of: {', '.join(LANGUAGES)}"
        raise WrongParameter(f"'{language}' is not a language that is spoken here", where="lang", fix=fix)
    return replace(call, query=tuple(pair for pair in pairs if pair[0] != "lang"), language=language)


def ensure_known(query: StoredQuery, call: Call) -> None:
    """Raise `WrongParameter` for the first parameter of a call that a stored query does not take."""
    own = tuple(parameter.name for parameter in query.params)
    for name, _ in call.query:
        if name not in (*own, *RESERVED):
            raise WrongParameter(
                f"the query has no parameter '{name}'",
                where=query.name,
                fix=f"It takes: {', '.join(own) or 'none'}; and, as all do: {', '.join(RESERVED)}",
            )


def asked_of(desk: Desk, query: StoredQuery, call: Call) -> Asked:
    """Return what a call asks of a stored query, names being those of the desk.

    Raises `WrongParameter` for a value that cannot be taken, and what `lookup.find` raises.
    """
    taken: list[Taken] = []
    typed = {p.name: values for p in query.params if (values := _given(query, p, call)) is not None}
    text = final_text(query, _with_names(desk, query, typed, taken), NamedNode)
    return Asked(query, text, tuple(taken), part_of(call), wants_proofs(call))


def _given(query: StoredQuery, parameter: Parameter, call: Call) -> list[str] | None:
    """The texts for a parameter; `None` leaves its default. A blank one is none: it opens an optional one."""
    texts = [text.strip() for text in call.all(parameter.name)]
    if not texts:
        return [call.language] if is_in_language(parameter, defaults(query)[parameter.name]) else None
    return [text for text in texts if text]


def is_in_language(parameter: Parameter, usual: Iterable[Term]) -> bool:
    """Tell whether a parameter takes the language of the call where it is not given."""
    values = [term.value for term in usual]
    return parameter.name in IN_LANGUAGE and bool(values) and all(value in LANGUAGES for value in values)


def _with_names(
    desk: Desk, query: StoredQuery, typed: Mapping[str, list[str]], taken: list[Taken]
) -> dict[str, list[str]]:
    """The texts for each parameter, names as the IRIs of what they mean."""
    things = {parameter.name for parameter in query.params if parameter.type == "iri"}
    return {
        name: [_iri(desk, name, text, taken) for text in texts] if name in things else texts
        for name, texts in typed.items()
    }


def _iri(desk: Desk, parameter: str, text: str, taken: list[Taken]) -> str:
    try:
        found = meant(desk, text)
    except DealgraphError as error:
        raise type(error)(error.message, where=f"{parameter}={text}", fix=error.fix) from None
    if found.likeness < 100:
        taken.append(Taken(parameter, text, found.name, found.thing.value))
    return found.thing.value


def part_of(call: Call) -> Part:
    """Return which rows a call wants; raises `WrongParameter` for numbers that are none."""
    return Part(_number(call, "offset", 0, _FARTHEST) or 0, _number(call, "limit", 1, MOST_ROWS))


def _number(call: Call, name: str, least: int, most: int) -> int | None:
    texts = [text.strip() for text in call.all(name) if text.strip()]
    if not texts:
        return None
    text = texts[0]
    fits = len(texts) == 1 and text.isascii() and text.isdigit() and len(text) <= len(str(_FARTHEST))
    if not fits or not least <= int(text) <= most:
        fix = f"Give one whole number from {least} to {most}"
        raise WrongParameter(f"'{', '.join(texts)[:80]}' is not a number of rows", where=name, fix=fix)
    return int(text)


def wants_proofs(call: Call) -> bool:
    """Tell whether a call wants to know why each row is there; raises `WrongParameter`."""
    for text in call.all("why"):
        if text.strip() not in (*_YES, *_NO):
            raise WrongParameter(
                f"'{text}' is neither yes nor no", where="why", fix="Give 1, or leave it out"
            )
    return any(text.strip() in _YES for text in call.all("why"))

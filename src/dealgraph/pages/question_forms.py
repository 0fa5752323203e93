"""The form of a stored query: what was given for each parameter, what it was taken for, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from dealgraph.api.names import bearers, full_iri, is_known
from dealgraph.ask import final_text
from dealgraph.desk import Desk
from dealgraph.errors import AmbiguousName, DealgraphError, UnknownName
from dealgraph.lookup import find
from dealgraph.settings import LANGUAGES
from dealgraph.stored import Parameter, StoredQuery, defaults
from dealgraph.terms import compact, iri
from dealgraph.web import Call

MOST_OFFERED: Final = 60
"""How many names are offered beside an input."""
OWN: Final = ("as-of", "source", "why", "limit", "offset")
"""The parameters of the page itself, which no stored query may have."""


@dataclass(frozen=True)
class Taken:
    """A name that was not exact, and the thing that it was taken for."""

    typed: str
    name: str
    iri: str


@dataclass(frozen=True)
class Offer:
    """A thing that may be meant, and what to type for it."""

    label: str
    value: str


@dataclass(frozen=True)
class Field:
    """One parameter with its values as texts, and what is wrong with them, if anything.

    `error` is the key of a phrase: `wrong` and what is wrong, `culprit` the text that is. `offers` are names
    that can be typed, `candidates` things that an unclear name may mean. `kind` is the local name of the
    class that the things are of, if the parameter is named after one.
    """

    parameter: Parameter
    label: str
    texts: tuple[str, ...]
    kind: str = ""
    error: str = ""
    culprit: str = ""
    taken: tuple[Taken, ...] = ()
    offers: tuple[Offer, ...] = ()
    candidates: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Form:
    """A stored query with what a call gives for its parameters.

    `text` is the SPARQL to run, empty if something is wrong. `pairs` give the same answer by an address,
    things by their compact IRIs.
    """

    fields: tuple[Field, ...]
    text: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def is_wrong(self) -> bool:
        """Tell whether a value cannot be taken."""
        return any(each.error for each in self.fields)


def read_form(desk: Desk, query: StoredQuery, call: Call) -> Form:
    """Read what a call gives for the parameters of a query; nothing is raised for a wrong value."""
    given = {p.name: call.all(p.name) for p in query.params if call.all(p.name) or _named(call, p.name)}
    usual = defaults(query)
    read = [_Reader(desk, query, parameter, call.language) for parameter in query.params]
    fields = tuple(one.field(given.get(one.parameter.name), usual[one.parameter.name]) for one in read)
    if any(each.error for each in fields):
        return Form(fields, "", ())
    typed = {one.parameter.name: list(one.values) for one in read if one.values is not None}
    pairs = tuple((name, value) for name, values in typed.items() for value in values or ("",))
    return Form(fields, final_text(query, typed, lambda text: NamedNode(full_iri(text) or text)), pairs)


def _named(call: Call, name: str) -> bool:
    return any(key == name for key, _ in call.query)


@dataclass
class _Reader:
    """Reads one parameter; `values` are then the texts that name the terms, `None` for the default."""

    desk: Desk
    query: StoredQuery
    parameter: Parameter
    language: str
    values: tuple[str, ...] | None = None
    _taken: list[Taken] = field(default_factory=list)

    def field(self, given: Sequence[str] | None, usual: Sequence[NamedNode | Literal]) -> Field:
        """Return the field for the texts that were given (`None`: none were), else for the default."""
        if given is None and self.parameter.name in ("lang", "language"):
            given = [self.language] if self._is_language(usual) else None
        texts = tuple(text.strip() for text in given) if given is not None else self._shown(usual)
        error, culprit = self._wrong(texts) if given is not None else ("", "")
        is_unclear = error in ("wrong several", "wrong unknown")
        return Field(
            parameter=self.parameter,
            label=self.parameter.label_fr if self.language == "fr" else self.parameter.label,
            texts=texts or ("",),
            kind=self._kind,
            error=error,
            culprit=culprit,
            taken=tuple(self._taken),
            offers=tuple(islice(self._offers(), MOST_OFFERED)),
            candidates=tuple(self._candidates(culprit if is_unclear else "")),
        )

    @staticmethod
    def _is_language(usual: Sequence[NamedNode | Literal]) -> bool:
        return bool(usual) and all(term.value in LANGUAGES for term in usual)

    def _shown(self, usual: Sequence[NamedNode | Literal]) -> tuple[str, ...]:
        return tuple(self._name(t.value) if isinstance(t, NamedNode) else t.value for t in usual)

    def _name(self, thing: str) -> str:
        """The label of a thing where it names no other, else its compact IRI."""
        label = self.desk.evidence.label(thing, self.language)
        same = bearers(self.desk, label)
        return label if same == {thing} else compact(thing)

    def _wrong(self, given: Sequence[str]) -> tuple[str, str]:
        """The key of what is wrong with some texts, and the text that is; empty if they can be taken."""
        taken = []
        for text in filter(None, given):
            try:
                taken.append(self._read(text))
            except AmbiguousName:
                return "wrong several", text
            except UnknownName:
                return "wrong unknown", text
            except DealgraphError:
                return f"wrong {self.parameter.type}", text
        if not taken and not self.parameter.optional:
            return "wrong missing", ""
        self.values = tuple(taken)
        return "", ""

    def _read(self, text: str) -> str:
        """A text as the query takes it: a thing by its compact IRI."""
        if self.parameter.type == "iri":
            return compact(self._resolve(text).value)
        final_text(self.query, {self.parameter.name: [text]}, NamedNode)
        return text

    def _resolve(self, text: str) -> NamedNode:
        """What a text names: a node by its IRI, who alone bears the name, or the nearest."""
        full = full_iri(text)
        if full and is_known(self.desk, full):
            return NamedNode(full)
        exact = bearers(self.desk, text)
        if len(exact) == 1:
            return NamedNode(exact.pop())
        found = find(self.desk.store, text)
        if found.likeness < 100:
            self._taken.append(Taken(text, found.name, found.thing.value))
        return found.thing

    @property
    def _kind(self) -> str:
        """The class that a parameter is named after, if there is one of this name."""
        name = self.parameter.name[:1].upper() + self.parameter.name[1:]
        if self.parameter.type != "iri":
            return ""
        return name if is_known(self.desk, iri(f"dg:{name}")) else ""

    def _offers(self) -> Iterator[Offer]:
        for thing in self.desk.search.of_kind(iri(f"dg:{self._kind}")) if self._kind else ():
            yield Offer(self.desk.evidence.label(thing, self.language), self._name(thing))

    def _candidates(self, text: str) -> Iterator[Offer]:
        for hit in self.desk.search.things(text, limit=8):
            yield Offer(self.desk.evidence.label(hit.iri, self.language), compact(hit.iri))

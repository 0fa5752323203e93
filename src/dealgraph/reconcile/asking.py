"""What is asked of the service, whatever the form: a query, its conditions, and the limits of a request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dealgraph.errors import BatchTooLarge, WrongParameter
from dealgraph.reconcile.catalogue import Catalogue
from dealgraph.reconcile.vocabulary import Property
from dealgraph.terms import iri

MOST_QUERIES: Final = 50
MOST_IDS: Final = 200
MOST_CANDIDATES: Final = 100
MOST_VALUES: Final = 20
MOST_VALUES_OF_BATCH: Final = 1000
CANDIDATES: Final = 10
LONGEST_NAME: Final = 300
"""No thing has a longer name, so that nothing is looked for."""

Json = Mapping[str, object]


class Quantifier(StrEnum):
    """Which of the values of a condition must agree."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


class Strictness(StrEnum):
    """Whether a candidate must be of a type that is asked for, of all of them, or had better be."""

    SHOULD = "should"
    ANY = "any"
    ALL = "all"


@dataclass(frozen=True)
class Given:
    """One value that a client gives.

    `text` is it, or its name; `id` that of a value that was reconciled, `thing` its IRI if it is one of ours.
    """

    text: str
    thing: str = ""
    id: str = ""


@dataclass(frozen=True)
class Condition:
    """What a property should be; `required` leaves out the things of which it is not known to hold."""

    property: Property
    values: tuple[Given, ...]
    required: bool = False
    quantifier: Quantifier = Quantifier.ANY


@dataclass(frozen=True)
class Query:
    """One query: names, IRIs of types, conditions, and how many candidates at most."""

    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    strictness: Strictness = Strictness.SHOULD
    conditions: tuple[Condition, ...] = ()
    limit: int = CANDIDATES
    name_required: bool = False


def loaded(text: str | bytes, where: str) -> object:
    """Read JSON; raises `WrongParameter` for anything else, a key written twice, or half a character."""
    try:
        found: object = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise wrong("has a character of which a half is missing", where, "Send whole characters") from None
    except (ValueError, RecursionError) as error:
        reason = str(error).partition(":")[0] if isinstance(error, ValueError) else "too deep"
        raise wrong(f"is not JSON that can be read ({reason})", where, "Send one JSON object") from None
    return found


def wrong(message: str, where: str, fix: str) -> WrongParameter:
    """Return the error for a part of a request, named by its place: `queries.q0.limit`."""
    return WrongParameter(message, where=_short(where, 120), fix=fix)


def an_object(found: object, where: str, keys: Sequence[str] = ()) -> Json:
    """Return a JSON object that has no other keys than these (none: any); raises `WrongParameter`."""
    if not isinstance(found, dict):
        raise wrong("is no JSON object", where, 'Send an object: {"…": …}')
    if keys and (unknown := [key for key in found if key not in keys]):
        raise wrong(f"the key '{_short(unknown[0])}' is not known", where, f"It may have: {', '.join(keys)}")
    return found


def a_list(found: object, where: str) -> Sequence[object]:
    """Return a JSON array; raises `WrongParameter`."""
    if not isinstance(found, list):
        raise wrong("is no JSON array", where, "Send an array: […]")
    return found


def a_text(found: object, where: str) -> str:
    """Return a string; raises `WrongParameter`."""
    if not isinstance(found, str):
        raise wrong("is no string", where, "Send a string in quotation marks")
    return found


def a_number(found: object, where: str, most: int, least: int = 1) -> int:
    """Return a whole number within bounds; raises `WrongParameter`."""
    whole = int(found) if isinstance(found, float) and found.is_integer() else found
    if not isinstance(whole, int) or isinstance(whole, bool) or not least <= whole <= most:
        raise wrong(f"is no whole number from {least} to {most}", where, "Change it")
    return whole


def a_choice(found: object, where: str, choices: Sequence[str]) -> str:
    """Return one of some strings; raises `WrongParameter`."""
    if found not in choices:
        raise wrong("is none of the values that are known", where, f"Take one of: {', '.join(choices)}")
    return str(found)


def a_flag(found: object, where: str) -> bool:
    """Return true or false; raises `WrongParameter`."""
    if not isinstance(found, bool):
        raise wrong("is neither true nor false", where, "Send true or false")
    return found


def not_too_many(items: Sequence[object] | Json, where: str, most: int) -> None:
    """Raise `BatchTooLarge` if there are more than may be asked at once."""
    if len(items) > most:
        raise BatchTooLarge(
            f"{len(items)} at once are more than {most}", where=where, fix="Send them in several requests"
        )


def not_too_much(batch: Iterable[Query], where: str) -> None:
    """Raise `BatchTooLarge` if queries have more values together than are compared at once."""
    values = [value for query in batch for condition in query.conditions for value in condition.values]
    not_too_many(values, where, MOST_VALUES_OF_BATCH)


def a_type(catalogue: Catalogue, found: object, where: str) -> str:
    """Return the IRI of a type; raises `WrongParameter` if there is none of that name."""
    name = a_text(found, where)
    full = catalogue.vocabulary.type_iri(name)
    if not full:
        near = _near(name, [catalogue.vocabulary.type_id(each) for each in catalogue.vocabulary.types])
        raise wrong(f"there is no type '{_short(name)}'", where, near)
    return full


def a_property(catalogue: Catalogue, found: object, where: str) -> Property:
    """Return a property; raises `WrongParameter` if there is none of that name."""
    name = a_text(found, where)
    named = catalogue.vocabulary.property_of(name)
    if named is None:
        raise wrong(
            f"there is no property '{_short(name)}'",
            where,
            _near(name, list(catalogue.vocabulary.properties)),
        )
    return named


def given(catalogue: Catalogue, found: object, where: str) -> tuple[Given, ...]:
    """Return the values of a condition: one or a list, of strings, numbers, flags and things."""
    values = found if isinstance(found, list) else [found]
    not_too_many(values, where, MOST_VALUES)
    return tuple(
        _one(catalogue, value, f"{where}.{n}" if found is values else where) for n, value in enumerate(values)
    )


def _one(catalogue: Catalogue, value: object, where: str) -> Given:
    if isinstance(value, bool):
        return Given("true" if value else "false")
    if isinstance(value, int | float):
        return Given(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))
    if isinstance(value, dict):
        name = a_text(value.get("id"), f"{where}.id")
        return Given(str(value.get("name") or name), catalogue.thing(name), name)
    text = a_text(value, where)
    return Given(text.strip(), catalogue.thing(text) if text.startswith(("id:", iri("id:"))) else "")


def _near(name: str, names: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process

    near = process.extract(name[:100], names, scorer=fuzz.WRatio, limit=3, score_cutoff=60)
    if not near:
        return "Ask the suggest service for those there are"
    return f"Did you mean: {', '.join(found for found, _, _ in near)}?"


def _short(name: str, most: int = 60) -> str:
    return name if len(name) <= most else f"{name[:most]}…"


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for n, (key, _) in enumerate(pairs) if key in dict(pairs[:n]))
        raise ValueError(f"the key '{_short(twice)}' stands twice")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")

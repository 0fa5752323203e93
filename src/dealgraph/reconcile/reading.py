"""Queries in the two forms in which they are sent: objects by keys (0.2), and lists of conditions (1.0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dealgraph.reconcile import asking
from dealgraph.reconcile.asking import Condition, Quantifier, Query, Strictness, wrong
from dealgraph.reconcile.catalogue import Catalogue
from dealgraph.reconcile.vocabulary import Property

_KEYS: Final = ("query", "type", "type_strict", "limit", "properties")
_KEYS_1: Final = ("conditions", "type", "limit", "lang", "dir")
_CONDITION: Final = (
    "matchType",
    "propertyId",
    "propertyValue",
    "required",
    "matchQuantifier",
    "matchQualifier",
    "lang",
    "dir",
)


def queries(catalogue: Catalogue, found: object, where: str = "queries") -> Mapping[str, Query]:
    """Read a batch of version 0.2, queries by key; raises `WrongParameter` that names the key."""
    batch = asking.an_object(found, where)
    asking.not_too_many(batch, where, asking.MOST_QUERIES)
    read = {key: query(catalogue, each, f"{where}.{key}") for key, each in batch.items()}
    asking.not_too_much(read.values(), where)
    return read


def query(catalogue: Catalogue, found: object, where: str) -> Query:
    """Read one query of version 0.2 (section "Structure of a Reconciliation Query")."""
    said = asking.an_object(found, where, _KEYS)
    if "query" not in said and not said.get("properties"):
        raise wrong("has neither query nor properties", where, "Give at least one of the two")
    kinds = said.get("type", [])
    return Query(
        names=_names(asking.a_text(said.get("query", ""), f"{where}.query")),
        types=tuple(
            asking.a_type(catalogue, kind, f"{where}.type")
            for kind in (kinds if isinstance(kinds, list) else [kinds])
        ),
        strictness=Strictness(
            asking.a_choice(said.get("type_strict", "should"), f"{where}.type_strict", list(Strictness))
        ),
        conditions=_properties(catalogue, said.get("properties", []), f"{where}.properties"),
        limit=asking.a_number(said.get("limit", asking.CANDIDATES), f"{where}.limit", asking.MOST_CANDIDATES),
    )


def queries_1(catalogue: Catalogue, found: object) -> Sequence[Query]:
    """Read a batch of version 1.0, a list of queries; raises `WrongParameter` that names the place."""
    batch = asking.a_list(asking.an_object(found, "body", ("queries",)).get("queries"), "queries")
    asking.not_too_many(batch, "queries", asking.MOST_QUERIES)
    read = [query_1(catalogue, each, f"queries.{number}") for number, each in enumerate(batch)]
    asking.not_too_much(read, "queries")
    return read


def query_1(catalogue: Catalogue, found: object, where: str) -> Query:
    """Read one query of version 1.0 (section "Structure of a Reconciliation Query")."""
    said = asking.an_object(found, where, _KEYS_1)
    conditions = asking.a_list(said.get("conditions"), f"{where}.conditions")
    if not conditions:
        raise wrong("has no condition", f"{where}.conditions", "Give at least one")
    asking.not_too_many(conditions, f"{where}.conditions", asking.MOST_VALUES)
    names: list[str] = []
    kept: list[Condition] = []
    required = False
    for number, each in enumerate(conditions):
        place = f"{where}.conditions.{number}"
        one = asking.an_object(each, place, _CONDITION)
        if asking.a_choice(one.get("matchType"), f"{place}.matchType", ("name", "property")) == "property":
            kept.append(_condition(catalogue, one, place))
            continue
        if one.get("matchQuantifier", "any") != "any":
            raise wrong("is not offered for names", f"{place}.matchQuantifier", "Leave it out, or send any")
        required = asking.a_flag(one.get("required", False), f"{place}.required") or required
        values = asking.given(catalogue, one.get("propertyValue"), f"{place}.propertyValue")
        names += [name for value in values for name in _names(value.thing or value.text)]
    asking.not_too_many(names, f"{where}.conditions", asking.MOST_VALUES)
    return Query(
        names=tuple(names),
        types=(asking.a_type(catalogue, said["type"], f"{where}.type"),) if "type" in said else (),
        conditions=tuple(kept),
        limit=asking.a_number(said.get("limit", asking.CANDIDATES), f"{where}.limit", asking.MOST_CANDIDATES),
        name_required=required,
    )


def _names(text: str) -> tuple[str, ...]:
    bare = " ".join(text.split())
    return (bare,) if bare and len(bare) <= asking.LONGEST_NAME else ()


def _properties(catalogue: Catalogue, found: object, where: str) -> tuple[Condition, ...]:
    """The properties of a query, each once: values of one property that stand apart are put together."""
    listed = asking.a_list(found, where)
    asking.not_too_many(listed, where, asking.MOST_VALUES)
    kept: dict[Property, list[asking.Given]] = {}
    for number, each in enumerate(listed):
        place = f"{where}.{number}"
        said = asking.an_object(each, place, ("pid", "v"))
        named = asking.a_property(catalogue, said.get("pid"), f"{place}.pid")
        kept.setdefault(named, []).extend(asking.given(catalogue, said.get("v"), f"{place}.v"))
    return tuple(Condition(named, tuple(values)) for named, values in kept.items())


def _condition(catalogue: Catalogue, said: Mapping[str, object], where: str) -> Condition:
    if "matchQualifier" in said:
        raise wrong("no qualifier is offered", f"{where}.matchQualifier", "Leave it out")
    quantifier = said.get("matchQuantifier", "any")
    return Condition(
        property=asking.a_property(catalogue, said.get("propertyId"), f"{where}.propertyId"),
        values=asking.given(catalogue, said.get("propertyValue"), f"{where}.propertyValue"),
        required=asking.a_flag(said.get("required", False), f"{where}.required"),
        quantifier=Quantifier(asking.a_choice(quantifier, f"{where}.matchQuantifier", list(Quantifier))),
    )

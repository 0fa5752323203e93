"""A service of the W3C Entity Reconciliation API as a source of candidates.

Speaks version 0.2 (and 0.1, which asks and answers in the same form):
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dealgraph.errors import ServiceProblem, WrongIdentifier
from dealgraph.link.dataset import identified
from dealgraph.link.description import Description
from dealgraph.link.entity import GENERAL, Entity
from dealgraph.link.http import Answer, Client
from dealgraph.link.propose import Found
from dealgraph.mapping import check_identifier, scheme_of

_JSON: Final = "application/json"
_SPOKEN: Final = ("0.2", "0.1")
_LIMIT: Final = 10
_BAD_ID: Final = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f]")


@dataclass(frozen=True)
class Manifest:
    """What a service says of itself: `space` is put before its ids, `batch` is its most queries at once."""

    name: str
    space: str
    view: str
    batch: int


@dataclass
class Oddities:
    """What was wrong in the answers and was left out or put in bounds, for the user to know."""

    told: dict[str, None] = field(default_factory=dict)

    def note(self, text: str) -> None:
        """Keep a sentence, once."""
        self.told[text] = None


@dataclass(frozen=True)
class Service:
    """A reconciliation service, asked in batches."""

    description: Description
    client: Client

    @property
    def name(self) -> str:
        """What the source is called."""
        return self.description.name

    def candidates(self, things: Sequence[Entity]) -> Mapping[str, Found]:
        """Ask for every thing by its main label; raises `ServiceProblem` and what `Client` raises.

        A score beyond 0 to 100 is put in bounds, a candidate without a usable id or name left out; the
        notices of the thing tell each.
        """
        manifest = self.manifest()
        size = min(self.description.batch, manifest.batch or self.description.batch)
        found: dict[str, Found] = {}
        for start in range(0, len(things), size):
            batch = things[start : start + size]
            queries = {f"q{number}": self._query(thing) for number, thing in enumerate(batch)}
            form = {"queries": json.dumps(queries, ensure_ascii=False, sort_keys=True)}
            address = self.description.address
            answer = self.client.post(
                address, form, _JSON, lambda said: parsed(said, self.description.address)
            )
            found |= {thing.iri: self._found(answer.get(f"q{n}"), manifest) for n, thing in enumerate(batch)}
        return found

    def manifest(self) -> Manifest:
        """Read what the service says of itself; raises `ServiceProblem` if it speaks no version known."""
        address = self.description.address
        said = self.client.get(address, _JSON, lambda answer: parsed(answer, address))
        versions = said.get("versions", ["0.1"])
        if not isinstance(versions, list) or not any(version in _SPOKEN for version in versions):
            fix = f"Name the address of a version that is spoken here: {', '.join(_SPOKEN)}"
            raise ServiceProblem(f"speaks only versions {versions}", where=address, fix=fix)
        if not isinstance(said.get("name"), str):
            fix = "Check that the address is that of a reconciliation service"
            raise ServiceProblem("gives no manifest: it has no name", where=address, fix=fix)
        view = said.get("view")
        url = view.get("url", "") if isinstance(view, dict) else ""
        batch = said.get("batchSize")
        return Manifest(
            name=str(said["name"]),
            space=str(said.get("identifierSpace") or ""),
            view=url if isinstance(url, str) else "",
            batch=batch if isinstance(batch, int) and 0 < batch <= 1000 else 0,
        )

    def _query(self, thing: Entity) -> dict[str, object]:
        query: dict[str, object] = {"limit": _LIMIT, "query": thing.label}
        if self.description.types:
            query["type"] = self.description.types[0]
            query["type_strict"] = "should"
        properties = [
            {"pid": pid, "v": value}
            for feature, pid in sorted(self.description.properties.items())
            for value in _values(thing, feature)
        ]
        if properties:
            query["properties"] = properties
        return query

    def _found(self, said: object, manifest: Manifest) -> Found:
        odd = Oddities()
        results = said.get("result") if isinstance(said, dict) else None
        if not isinstance(results, list):
            odd.note(f"{self.name}: no list of results for this thing")
            results = []
        entities: dict[str, Entity] = {}
        scores: dict[str, float] = {}
        for result in results[:_LIMIT]:
            entity = self._entity(result, manifest, odd)
            if entity:
                entities.setdefault(entity.iri, entity)
                scores.setdefault(entity.iri, self._score(result.get("score"), entity.iri, odd))
        return Found(tuple(entities.values()), scores, tuple(odd.told))

    def _entity(self, result: object, manifest: Manifest, odd: Oddities) -> Entity | None:
        if not isinstance(result, dict):
            odd.note(f"{self.name}: a candidate that is no record was left out")
            return None
        ident, label = result.get("id"), result.get("name")
        if not isinstance(ident, str) or not ident or _BAD_ID.search(ident):
            odd.note(f"{self.name}: a candidate with the id {str(ident)[:60]!r} was left out")
            return None
        if not isinstance(label, str) or not label.strip():
            odd.note(f"{self.name}: the candidate {ident} without a name was left out")
            return None
        iri = self._iri(ident, manifest)
        try:
            if scheme_of(iri):
                check_identifier(iri)
        except WrongIdentifier as error:
            odd.note(f"{self.name}: a candidate was left out: {error}")
            return None
        if "://" not in iri:
            odd.note(f"{self.name}: the service does not say what its id {ident} is appended to; left out")
            return None
        return Entity(
            iri=iri,
            labels=(" ".join(label.split())[:300],),
            kinds=frozenset(self._kinds(result.get("type"))),
            identifiers=(identified(iri),),
            where=self.description.address,
        )

    def _iri(self, ident: str, manifest: Manifest) -> str:
        if self.description.iri:
            return self.description.iri.replace("{id}", ident)
        return ident if "://" in ident else f"{manifest.space}{ident}"

    def _kinds(self, said: object) -> Iterator[str]:
        table = self.description.kinds.table
        for each in said if isinstance(said, list) else []:
            told = each.get("id") if isinstance(each, dict) else each
            kind = table.get(str(told), "")
            if kind in GENERAL:
                yield kind
        if self.description.kinds.fixed:
            yield self.description.kinds.fixed

    def _score(self, said: object, iri: str, odd: Oddities) -> float:
        number = said if isinstance(said, int | float) and not isinstance(said, bool) else math.nan
        if not math.isfinite(number):
            odd.note(f"{self.name}: the score {str(said)[:40]!r} of {iri} is no number; taken as 0")
            return 0.0
        if not 0 <= number <= 100:
            odd.note(f"{self.name}: the score {number:g} of {iri} is not from 0 to 100; brought into bounds")
        return float(min(max(number, 0.0), 100.0))


def parsed(answer: Answer, address: str) -> dict[str, object]:
    """Read an answer as a JSON object; raises `ServiceProblem` if it is anything else."""
    try:
        said = json.loads(answer.text)
    except (ValueError, RecursionError):
        kind = answer.media or "no media type"
        fix = "Check that the address is that of the service, not of its page"
        raise ServiceProblem(f"answers no JSON but {kind}", where=address, fix=fix) from None
    if not isinstance(said, dict):
        raise ServiceProblem("answers JSON that is no object", where=address, fix="Check the address")
    return said


def _values(thing: Entity, feature: str) -> Iterator[str]:
    if feature == "country":
        yield from dict.fromkeys(place.country for place in thing.places if place.country)
    elif feature == "city":
        yield from dict.fromkeys(place.city for place in thing.places if place.city)
    elif feature == "year":
        yield from (str(year) for year in thing.years)
    else:
        yield from (i.iri for i in thing.identifiers if i.scheme == feature)

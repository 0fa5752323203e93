"""Any SPARQL endpoint as a source of candidates, asked by a stored query for the names of the things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from dealgraph.errors import ServiceProblem, StoredQueryDefect
from dealgraph.link.dataset import identified, years_in
from dealgraph.link.description import Description
from dealgraph.link.entity import GENERAL, Entity, Place, merged
from dealgraph.link.http import Client
from dealgraph.link.names import name_of
from dealgraph.link.propose import Found
from dealgraph.stored import StoredQuery, bind

_JSON: Final = "application/sparql-results+json"
_NAMES_A_THING: Final = 6
PARAMETER: Final = "name"


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL endpoint, asked by a stored SELECT.

    The query has the parameter `name` (plain strings), and the columns `?name` and `?candidate`; it may have
    `?label`, `?alias`, `?type`, `?city`, `?region`, `?country`, `?year`, `?owner` and `?identifier`. Several
    rows may tell of one candidate.
    """

    description: Description
    client: Client
    query: StoredQuery

    @property
    def name(self) -> str:
        """What the source is called."""
        return self.description.name

    def candidates(self, things: Sequence[Entity]) -> Mapping[str, Found]:
        """Ask by all names of the things; raises `ServiceProblem` and what `Client` raises.

        The server finds by the very name: what it gives for one is a candidate of each thing so called.
        """
        found: dict[str, Found] = {}
        size = self.description.batch
        for start in range(0, len(things), size):
            batch = things[start : start + size]
            asked = {thing.iri: _names(thing) for thing in batch}
            names = dict.fromkeys(name for each in asked.values() for name in each)
            by_name = self._ask(tuple(names))
            for thing in batch:
                entities: dict[str, Entity] = {}
                for name in asked[thing.iri]:
                    for entity in by_name.get(name, ()):
                        before = entities.get(entity.iri)
                        entities[entity.iri] = merged(before, entity) if before else entity
                found[thing.iri] = Found(tuple(entities.values()))
        return found

    def _ask(self, names: Sequence[str]) -> Mapping[str, list[Entity]]:
        if not any(parameter.name == PARAMETER for parameter in self.query.params):
            fix = "Add the parameter name: a line VALUES ?name { ... }"
            raise StoredQueryDefect("cannot find candidates", where=str(self.query.path), fix=fix)
        text = bind(self.query, {PARAMETER: [Literal(name) for name in names]})
        told = self.client.post(
            self.description.address, {"query": text}, _JSON, lambda answer: list(self._rows(answer.text))
        )
        rows: dict[str, dict[str, list[dict[str, str]]]] = {}
        for row in told:
            rows.setdefault(row["name"], {}).setdefault(row["candidate"], []).append(row)
        return {
            name: [self._entity(iri, lines, name) for iri, lines in sorted(found.items())]
            for name, found in rows.items()
        }

    def _rows(self, text: str) -> Iterable[dict[str, str]]:
        address = self.description.address
        try:
            result = parse_query_results(text, QueryResultsFormat.JSON)
            if not isinstance(result, QuerySolutions):
                raise ValueError("no table")
            columns = [variable.value for variable in result.variables]
            if missing := {PARAMETER, "candidate"} - set(columns):
                raise ValueError(f"no column ?{min(missing)}")
            rows = [{name: row[name] for name in columns} for row in result]
        except (SyntaxError, ValueError, OSError) as error:
            fix = "Check that the address is that of a SPARQL endpoint"
            raise ServiceProblem(f"answers no table of results ({error})", where=address, fix=fix) from None
        for row in rows:
            told = {k: t.value for k, t in row.items() if isinstance(t, NamedNode | Literal)}
            if isinstance(row["candidate"], NamedNode) and PARAMETER in told:
                yield told

    def _entity(self, iri: str, rows: Sequence[Mapping[str, str]], name: str) -> Entity:
        def all_of(column: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(row[column] for row in rows if row.get(column)))

        kinds = [self.description.kinds.table.get(told, "") for told in all_of("type")]
        fixed = self.description.kinds.fixed
        places = dict.fromkeys(
            Place(row.get("city", ""), row.get("region", ""), row.get("country", "")) for row in rows
        )
        labels = all_of("label") or (name,)
        return Entity(
            iri=iri,
            labels=labels[:1],
            aliases=(*labels[1:], *all_of("alias")),
            kinds=frozenset(kind for kind in (*kinds, fixed) if kind in GENERAL),
            places=tuple(place for place in places if place != Place()),
            years=tuple(years_in(all_of("year"))),
            owners=all_of("owner"),
            identifiers=tuple(identified(each) for each in dict.fromkeys((iri, *all_of("identifier")))),
            where=self.description.address,
        )


def _names(thing: Entity) -> tuple[str, ...]:
    """The names to ask for, as written and without legal form."""
    written = (*thing.labels, *thing.aliases, *thing.former)
    texts = [text for name in written for text in (name, name_of(name).full) if text]
    return tuple(dict.fromkeys(texts))[:_NAMES_A_THING]

"""Pages that list deals, companies, people, facilities, articles, datasets: a row each, with what matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from dealgraph import words
from dealgraph.desk import Desk
from dealgraph.pages.article import coverage
from dealgraph.pages.glance import figures
from dealgraph.pages.reader import Figure, Reader, Word
from dealgraph.pages.rendering import page, percent
from dealgraph.pages.resource import offset
from dealgraph.pages.tenures import roles
from dealgraph.terms import iri
from dealgraph.web import Answer, Call

SIZE: Final = 50
"""How many rows a page has."""
_THINGS: Final = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
PREFIX graph: <https://w3id.org/dealgraph/graph/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?thing ?label WHERE {{
  VALUES ?wanted {{ {classes} }}
  GRAPH graph:ontology {{ ?kind rdfs:subClassOf* ?wanted }}
  GRAPH graph:things {{
    ?thing a ?kind .
    OPTIONAL {{ ?thing rdfs:label ?label FILTER(LANG(?label) = "{language}") }}
  }}
}} ORDER BY LCASE(STR(?label)) ?thing
"""


_COUNTS: Final = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
PREFIX graph: <https://w3id.org/dealgraph/graph/>
SELECT (COUNT(?claim) AS ?claims) (COUNT(?admitted) AS ?facts) WHERE {{
  GRAPH {source} {{ ?claim a dg:Claim }}
  OPTIONAL {{ GRAPH graph:admitted {{ ?claim dg:admitted ?admitted }} }}
}}
"""
_PASSAGES: Final = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
SELECT DISTINCT ?start ?end WHERE {{
  GRAPH {source} {{ ?claim a dg:Claim ; dg:passage ?passage . ?passage dg:start ?start ; dg:end ?end }}
}}
"""


@dataclass(frozen=True)
class Row:
    """One row: the thing, and its cells, each a list of values with their certainty."""

    thing: Word
    cells: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True)
class List:
    """What a list is of, and its columns: a phrase each, and where its values are."""

    name: str
    classes: tuple[str, ...]
    columns: tuple[tuple[str, tuple[str, ...]], ...]


LISTS: Final[Mapping[str, List]] = MappingProxyType(
    {
        "deals": List(
            "deals",
            ("dg:Deal",),
            (
                ("investor", ("dg:investor",)),
                ("target", ("dg:target",)),
                ("price", ("dg:price",)),
                ("stake", ("^dg:arisesFrom", "dg:share")),
                ("announced", ("dg:announcedOn",)),
                ("date", ("dg:dealDate",)),
            ),
        ),
        "companies": List(
            "companies",
            ("dg:Organization",),
            (
                ("kind", ()),
                ("based in", ("dg:basedIn",)),
                ("invests by", ("^dg:investor",)),
                ("is invested in by", ("^dg:target",)),
                ("develops", ("dg:develops",)),
            ),
        ),
        "people": List(
            "people",
            ("dg:Person",),
            (("current role", ()), ("founder of", ("dg:founderOf",)), ("born", ("dg:bornOn",))),
        ),
        "facilities": List(
            "facilities",
            ("dg:Facility", "dg:FacilityProgramme"),
            (
                ("developed by", ("^dg:develops",)),
                ("design capacity", ("dg:designCapacity",)),
                ("status", ("dg:lifecycleStatus",)),
                ("sited", ("dg:sitedIn",)),
                ("commissioning", ("dg:expectedCommissioning",)),
            ),
        ),
    }
)


def lister(name: str) -> Callable[[Desk, Call], Answer]:
    """Return the function that answers at the path of a list of things."""

    def show(desk: Desk, call: Call) -> Answer:
        reader = Reader(desk, call.language)
        one, first = LISTS[name], offset(call)
        things = things_of(reader, one.classes)
        return page(
            "list.html",
            call,
            desk=desk,
            title=reader.say_phrase(name),
            heads=[reader.say_phrase(key) for key, _ in one.columns],
            rows=[row(reader, one, thing) for thing in things[first : first + SIZE]],
            first=first,
            size=SIZE,
            total=len(things),
        )

    return show


def things_of(reader: Reader, classes: Sequence[str]) -> list[str]:
    """Return all things of some classes, and of those below them, in the order of their labels."""
    named = " ".join(str(NamedNode(iri(name))) for name in classes)
    rows = reader.store.query(_THINGS.format(classes=named, language=reader.language))
    assert isinstance(rows, QuerySolutions)
    nodes = (row["thing"] for row in rows)
    return list(dict.fromkeys(node.value for node in nodes if isinstance(node, NamedNode)))


def row(reader: Reader, one: List, thing: str) -> Row:
    """Return the row of a thing in a list."""
    return Row(reader.link(thing), tuple(_cell(reader, thing, key, path) for key, path in one.columns))


def _cell(reader: Reader, thing: str, key: str, path: tuple[str, ...]) -> tuple[Figure, ...]:
    if key == "kind":
        return tuple(Figure(reader.link(kind), "") for kind in reader.given_kinds(thing))
    if key == "current role":
        return roles(reader, thing)
    found = figures(reader, thing, path)
    # A price that nobody states may still have bounds.
    return (found or (figures(reader, thing, ("dg:impliedPrice",)) if key == "price" else ()))[:4]


def articles(desk: Desk, call: Call) -> Answer:
    """Answer at `/articles`: the articles, the latest first."""
    return _sources(desk, call, "articles", desk.evidence.articles)


def datasets(desk: Desk, call: Call) -> Answer:
    """Answer at `/datasets`: the snapshots of outside datasets, the latest first."""
    return _sources(desk, call, "datasets", desk.evidence.snapshots)


def _sources(desk: Desk, call: Call, name: str, sources: Sequence[str]) -> Answer:
    reader, first = Reader(desk, call.language), offset(call)
    keys = (
        ("published", "claims", "facts", "covered share")
        if name == "articles"
        else ("as of day", "claims", "facts")
    )
    shown = [source_row(reader, source, len(keys)) for source in sources[::-1][first : first + SIZE]]
    return page(
        "list.html",
        call,
        desk=desk,
        title=reader.say_phrase(name),
        heads=[reader.say_phrase(key) for key in keys],
        rows=shown,
        first=first,
        size=SIZE,
        total=len(sources),
    )


def source_row(reader: Reader, source: str, cells: int) -> Row:
    """Return the row of an article or a snapshot: its day, its claims, its facts, and its coverage."""
    counts, passages = (
        reader.store.query(text.format(source=NamedNode(source))) for text in (_COUNTS, _PASSAGES)
    )
    assert isinstance(counts, QuerySolutions)
    assert isinstance(passages, QuerySolutions)
    claims, facts = next((row["claims"].value, row["facts"].value) for row in counts)
    spans = [(int(row["start"].value), int(row["end"].value)) for row in passages]
    quads = reader.store.quads_for_pattern(NamedNode(source), NamedNode(iri("dg:codePoints")), None, None)
    length = next((int(q.object.value) for q in quads if isinstance(q.object, Literal)), 0)
    told = (
        words.day(reader.evidence.published(source), reader.language),
        claims,
        facts,
        percent(coverage(spans, length), reader.language) if length else "",
    )
    return Row(reader.link(source), tuple((Figure(Word(text), ""),) for text in told[:cells]))

"""A snapshot as RDF: the claims it adds in a graph of its own, and the nodes they need among the things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from dealgraph.claim import Texts
from dealgraph.enrich.outside import Outside
from dealgraph.enrich.statement import At, Node, Statement
from dealgraph.enrich.update import Update
from dealgraph.quantity import Quantity, TimeSpan
from dealgraph.sources import THINGS
from dealgraph.terms import iri, local_name
from dealgraph.words import day

_CITING: Final = {"Reported": "sources", "Alleged": "sources", "Confirmed": "party"}
_WHO: Final = {
    "sources": {"en": "sources of {}, unnamed", "fr": "sources de {}, non nommées"},
    "party": {"en": "party that confirms it to {}, unnamed", "fr": "partie qui le confirme à {}, non nommée"},
}

Term = NamedNode | Literal


@dataclass(frozen=True)
class Snapshot:
    """One snapshot of a dataset: the day on which it stood so, and the day on which it was fetched."""

    outside: Outside
    day: dt.date
    retrieved: dt.date

    @property
    def slug(self) -> str:
        """The name of the snapshot, from which all its IRIs are made."""
        return f"{self.outside.name}-{self.day.isoformat()}"

    @property
    def graph(self) -> NamedNode:
        """The snapshot itself, which is also the name of its graph."""
        return NamedNode(iri(f"dataset:{self.slug}"))

    def claim(self, statement: Statement) -> NamedNode:
        """Return the IRI of the claim that a statement becomes."""
        return NamedNode(iri(f"claim:{self.slug}-{_name(statement)}"))


def quads_of(
    snapshot: Snapshot, statements: Mapping[tuple[str, str], Statement], told: Update
) -> tuple[Quad, ...]:
    """Return what the file of a snapshot says: its description, what is new or changed, what is withdrawn."""
    said = [statements[slot] for slot in told.said]
    found = [*_description(snapshot), *_credits(snapshot, said)]
    found += [_quad(snapshot, snapshot.graph, "dg:withdraws", NamedNode(old)) for old in told.withdrawn]
    for statement in said:
        found += _claim(snapshot, statement, told.changed.get(statement.slot, ""))
    found += [quad for s in said if s.node for quad in _node(s.node)]
    spans = [s.value for s in said if isinstance(s.value, TimeSpan)] + [s.node.time for s in said if s.node]
    found += [quad for span in spans for quad in _span(span)]
    return tuple(dict.fromkeys(found))


def _description(snapshot: Snapshot) -> Iterator[Quad]:
    outside, graph = snapshot.outside, snapshot.graph
    dataset = NamedNode(iri(f"dataset:{outside.name}"))
    yield _quad(snapshot, dataset, "rdf:type", _dg("Dataset"))
    yield from _texts(snapshot, dataset, "rdfs:label", outside.title)
    yield _quad(snapshot, graph, "rdf:type", _dg("Snapshot"))
    label = {language: f"{title}, {day(snapshot.day, language)}" for language, title in outside.title.items()}
    yield from _texts(snapshot, graph, "rdfs:label", label)
    yield _quad(snapshot, graph, "dg:snapshotOf", dataset)
    yield _quad(snapshot, graph, "dg:snapshotDate", _typed(snapshot.day.isoformat(), "date"))
    yield _quad(snapshot, graph, "dg:retrievedOn", _typed(snapshot.retrieved.isoformat(), "date"))
    yield _quad(snapshot, graph, "dg:yieldsToArticles", _typed(str(outside.yields).lower(), "boolean"))
    yield _quad(snapshot, graph, "dcterms:license", NamedNode(outside.licence))
    yield _quad(snapshot, graph, "dcterms:publisher", NamedNode(outside.publisher))
    yield _quad(snapshot, graph, "dcterms:source", NamedNode(outside.source))


def _credits(snapshot: Snapshot, said: Iterable[Statement]) -> Iterator[Quad]:
    """Who speaks: the publisher, and behind it whoever it credits without a name."""
    for stance in sorted({statement.stance for statement in said}):
        link = _attribution(snapshot, stance)
        yield _quad(snapshot, link, "rdf:type", _dg("Attribution"))
        yield _quad(snapshot, link, "dg:speaker", NamedNode(snapshot.outside.publisher))
        if who := _CITING.get(stance):
            cited, source = (
                NamedNode(iri(f"{kind}:{snapshot.slug}-{who}")) for kind in ("attribution", "source")
            )
            yield _quad(snapshot, link, "dg:cites", cited)
            yield _quad(snapshot, cited, "rdf:type", _dg("Attribution"))
            yield _quad(snapshot, cited, "dg:speaker", source)
            yield _quad(snapshot, source, "rdf:type", _dg("UnnamedSource"))
            label = {key: text.format(snapshot.outside.title[key]) for key, text in _WHO[who].items()}
            yield from _texts(snapshot, source, "rdfs:label", label)


def _attribution(snapshot: Snapshot, stance: str) -> NamedNode:
    who = _CITING.get(stance)
    return NamedNode(iri(f"attribution:{snapshot.slug}-publisher{f'-{who}' if who else ''}"))


def _claim(snapshot: Snapshot, statement: Statement, superseded: str) -> Iterator[Quad]:
    claim = snapshot.claim(statement)
    yield _quad(snapshot, claim, "rdf:type", _dg("Claim"))
    yield _quad(snapshot, claim, "dg:subject", NamedNode(statement.subject))
    yield _quad(snapshot, claim, "dg:predicate", NamedNode(statement.predicate))
    yield _quad(snapshot, claim, "dg:object", _object(snapshot, statement))
    for facet, value in (("realis", statement.realis), ("stance", statement.stance)):
        yield _quad(snapshot, claim, f"dg:{facet}", _dg(value))
    yield _quad(snapshot, claim, "dg:polarity", _dg("Positive"))
    yield _quad(snapshot, claim, "dg:rank", _dg("Normal"))
    yield _quad(snapshot, claim, "dg:attribution", _attribution(snapshot, statement.stance))
    yield from _texts(snapshot, claim, "dg:paraphrase", statement.says)
    if superseded:
        yield _quad(snapshot, claim, "dg:supersedes", NamedNode(superseded))
    for at in statement.cells:
        yield from _cell(snapshot, claim, at)
    if isinstance(statement.value, Quantity):
        yield from _quantity(snapshot, _quantity_iri(snapshot, statement), statement.value)


def _cell(snapshot: Snapshot, claim: NamedNode, at: At) -> Iterator[Quad]:
    place = ",".join(quote(part, safe="") for part in (at.table, at.record, at.column))
    cell = NamedNode(f"{snapshot.graph.value}#cell={place}")
    yield _quad(snapshot, claim, "dg:cell", cell)
    yield _quad(snapshot, cell, "rdf:type", _dg("Cell"))
    yield _quad(snapshot, cell, "dg:inSnapshot", snapshot.graph)
    for name, text in (("table", at.table), ("record", at.record), ("column", at.column)):
        yield _quad(snapshot, cell, f"dg:{name}", Literal(text))
    yield _quad(snapshot, cell, "dg:sha256", _typed(at.sha256, "hexBinary"))


def _quantity(snapshot: Snapshot, node: NamedNode, quantity: Quantity) -> Iterator[Quad]:
    yield _quad(snapshot, node, "rdf:type", _dg("Quantity"))
    yield _quad(snapshot, node, "dg:unit", _dg(quantity.unit))
    yield _quad(snapshot, node, "dg:precision", _dg(quantity.precision))
    for name in ("value", "lower", "upper"):
        number: Decimal | None = getattr(quantity, name)
        if number is not None:
            yield _quad(snapshot, node, f"dg:{name}", _typed(f"{number:f}", "decimal"))


def _node(node: Node) -> Iterator[Quad]:
    subject = NamedNode(node.iri)
    yield Quad(subject, NamedNode(iri("rdf:type")), NamedNode(node.frame.kind), THINGS)
    yield Quad(subject, NamedNode(node.frame.link), NamedNode(node.thing), THINGS)
    yield Quad(subject, _dg("asOf"), _time_iri(node.time), THINGS)
    for language, text in node.label.items():
        yield Quad(subject, NamedNode(iri("rdfs:label")), Literal(text, language=language), THINGS)


def _span(span: TimeSpan) -> Iterator[Quad]:
    node = _time_iri(span)
    yield Quad(node, NamedNode(iri("rdf:type")), _dg("TimeSpan"), THINGS)
    edtf = Literal(span.edtf, datatype=NamedNode(iri("edtf:EDTF")))
    yield Quad(node, _dg("edtf"), edtf, THINGS)
    for name, bound in (("earliest", span.earliest), ("latest", span.latest)):
        if bound:
            yield Quad(node, _dg(name), _typed(bound.isoformat(), "date"), THINGS)


def _object(snapshot: Snapshot, statement: Statement) -> NamedNode:
    if isinstance(statement.value, Quantity):
        return _quantity_iri(snapshot, statement)
    if isinstance(statement.value, TimeSpan):
        return _time_iri(statement.value)
    return NamedNode(statement.value)


def _quantity_iri(snapshot: Snapshot, statement: Statement) -> NamedNode:
    return NamedNode(iri(f"quantity:{snapshot.slug}-{_name(statement)}"))


def _time_iri(span: TimeSpan) -> NamedNode:
    return NamedNode(iri(f"time:{span.edtf}"))


def _name(statement: Statement) -> str:
    return f"{local_name(statement.subject)}-{local_name(statement.predicate)}"


def _quad(snapshot: Snapshot, subject: NamedNode, predicate: str, value: Term) -> Quad:
    return Quad(subject, NamedNode(iri(predicate)), value, snapshot.graph)


def _texts(snapshot: Snapshot, subject: NamedNode, predicate: str, texts: Texts) -> Iterator[Quad]:
    for language, text in texts.items():
        yield _quad(snapshot, subject, predicate, Literal(text, language=language))


def _typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(iri(f"xsd:{kind}")))


def _dg(name: str) -> NamedNode:
    return NamedNode(iri(f"dg:{name}"))

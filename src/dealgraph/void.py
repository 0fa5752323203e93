"""The data described by VoID: what there is in all, by graph, by class and by property.

VoID: https://www.w3.org/TR/void/, with the named graphs in the terms of SPARQL 1.1 Service Description, and
the classes as editors of SPARQL read them: each with its properties, each of these with what it leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from dealgraph.examples import EXAMPLES
from dealgraph.schema import Use, uses
from dealgraph.settings import Project, built_in_root
from dealgraph.sources import ALIGNMENTS, ONTOLOGY, SHAPES
from dealgraph.stats import Cell, Count
from dealgraph.terms import BASE, compact, iri
from dealgraph.turtle import write

DATASET: Final = f"{BASE}void#"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""That of the project which comes with the program; another project has its own."""
NOT_DATA: Final = frozenset({ALIGNMENTS, EXAMPLES, ONTOLOGY, SHAPES})
"""The graphs about terms and queries."""


def described(store: Store, counts: Iterable[Count], project: Project) -> Iterator[Triple]:
    """Describe a store of a project, of which `counts` tells what `stats` does."""
    data = [g for g in store.named_graphs() if isinstance(g, NamedNode) and g not in NOT_DATA]
    return void(counts, uses(store, data), LICENCE if project.root == built_in_root() else "")


def as_turtle(triples: Iterable[Triple]) -> str:
    """Return triples as canonical Turtle."""
    return write(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)


def void(counts: Iterable[Count], used: Iterable[Use] = (), licence: str = "") -> Iterator[Triple]:
    """Describe the data; what is about terms or queries is not counted.

    `used` tells of the properties of each class, `licence` is the IRI of that of the data, where it is known.
    No node is blank; the same counts give the same triples, in no order.
    """
    yield from _description({count.name: count for count in counts})
    yield from class_partitions(DATASET, DATASET, used)
    if licence:
        yield link(DATASET, "dcterms:license", licence)


def class_partitions(of: str, names: str, used: Iterable[Use]) -> Iterator[Triple]:
    """Describe which properties the things of each class have, in a dataset or graph `of`.

    The nodes of the parts begin with `names`. That a property leads to things of a class is said by a class
    partition of its partition, as generators of VoID and editors have it.
    """
    for use in used:
        of_class = f"{names}class-{_fragment(use.of_class)}"
        of_property = f"{of_class}-{_fragment(use.property)}"
        yield link(of, "void:classPartition", of_class)
        yield link(of_class, "void:class", use.of_class)
        yield link(of_class, "void:propertyPartition", of_property)
        yield link(of_property, "void:property", use.property)
        yield number(of_property, "void:triples", use.triples)
        yield from _values(of_property, "void:classPartition", "void:class", use.classes)
        yield from _values(of_property, "void-ext:datatypePartition", "void-ext:datatype", use.datatypes)


def _values(node: str, partition: str, name: str, found: Mapping[str, int]) -> Iterator[Triple]:
    for value, triples in found.items():
        part = f"{node}-to-{_fragment(value)}"
        yield link(node, partition, part)
        yield link(part, name, value)
        yield number(part, "void:triples", triples)


def _description(counts: dict[str, Count]) -> Iterator[Triple]:
    yield from typed(DATASET, "void:Dataset", "sd:Dataset")
    yield link(DATASET, "void:vocabulary", iri("dg:"))
    yield Triple(NamedNode(DATASET), NamedNode(iri("void:uriSpace")), Literal(BASE))
    (whole,) = counts["whole"].as_rows()
    yield number(DATASET, "void:triples", whole["triples"])
    yield number(DATASET, "void:entities", whole["subjects"])
    for row in counts["graphs"].as_rows():
        yield from _graph(row)
    for row in counts["classes"].as_rows():
        part = f"{DATASET}class-{_fragment(row['class'])}"
        yield link(DATASET, "void:classPartition", part)
        yield link(part, "void:class", row["class"])
        yield number(part, "void:entities", row["things"])
    for row in counts["properties"].as_rows():
        part = f"{DATASET}property-{_fragment(row['property'])}"
        yield link(DATASET, "void:propertyPartition", part)
        yield link(part, "void:property", row["property"])
        yield number(part, "void:triples", row["triples"])
    yield number(DATASET, "void:classes", len(counts["classes"].rows))
    yield number(DATASET, "void:properties", len(counts["properties"].rows))


def _graph(row: dict[str, Cell]) -> Iterator[Triple]:
    """A named graph of the service; one of data is a part of the dataset too."""
    part = f"{DATASET}graph-{_fragment(row['graph'])}"
    yield link(DATASET, "sd:namedGraph", part)
    yield from typed(part, "sd:NamedGraph")
    yield link(part, "sd:name", row["graph"])
    yield link(part, "sd:graph", f"{part}-content")
    yield from typed(f"{part}-content", "sd:Graph", "void:Dataset")
    yield number(f"{part}-content", "void:triples", row["triples"])
    yield number(f"{part}-content", "void:distinctSubjects", row["subjects"])
    yield number(f"{part}-content", "void:properties", row["predicates"])
    if NamedNode(str(row["graph"])) not in NOT_DATA:
        yield link(DATASET, "void:subset", f"{part}-content")


def typed(node: str, *classes: str) -> Iterator[Triple]:
    """Yield that a node is of classes, which are given by their short names."""
    return (link(node, "rdf:type", iri(name)) for name in classes)


def link(node: str, predicate: str, target: Cell) -> Triple:
    """Return a triple between two IRIs; the predicate is given by its short name."""
    return Triple(NamedNode(node), NamedNode(iri(predicate)), NamedNode(str(target)))


def number(node: str, predicate: str, value: Cell) -> Triple:
    """Return a triple whose object is a whole number; the predicate is given by its short name."""
    whole = Literal(str(value), datatype=NamedNode(iri("xsd:integer")))
    return Triple(NamedNode(node), NamedNode(iri(predicate)), whole)


def _fragment(name: Cell) -> str:
    return compact(str(name)).strip("<>").replace(":", "-").replace("/", "-").replace("#", "-")

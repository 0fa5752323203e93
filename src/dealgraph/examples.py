"""The stored queries as RDF, in a graph of their own: what editors of SPARQL show as examples.

A query is an executable of SHACL with its text, and the prefixes are declared (https://www.w3.org/TR/shacl/,
sections 5.2.1 and 5.3). Further words are those of the SPARQL examples of SIB, which editors read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import dropwhile
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from dealgraph.stored import Parameter, StoredQuery, Term, defaults
from dealgraph.terms import BASE, PREFIXES, iri

EXAMPLES: Final = NamedNode(iri("graph:queries"))
PREFIX_TABLE: Final = NamedNode(f"{BASE}questions#prefixes")
NOT_QUESTIONS: Final = frozenset({"admission", "briefing", "checks", "link", "rules"})
"""Topics of what the program asks for itself: admission and rules make what is in the store already, checks
give no row, the others are headings of the briefing and half of a comparison with an outside source."""

_EXECUTABLE: Final = {
    "ASK": "sh:SPARQLAskExecutable",
    "CONSTRUCT": "sh:SPARQLConstructExecutable",
    "SELECT": "sh:SPARQLSelectExecutable",
}
_DATATYPES: Final = {
    "date": "xsd:date",
    "decimal": "xsd:decimal",
    "enum": "xsd:string",
    "integer": "xsd:integer",
    "string": "xsd:string",
}

Statement = tuple[NamedNode, str, NamedNode | Literal]


def example_quads(queries: Iterable[StoredQuery]) -> Iterator[Quad]:
    """Yield the statements of `graph:queries`: every stored query that is a question, and all prefixes.

    Each query is named by the address of its page, below `questions/`. No node is blank, and the same queries
    give the same statements.
    """
    for node, predicate, value in _statements(queries):
        yield Quad(node, NamedNode(iri(predicate)), value, EXAMPLES)


def example_node(name: str) -> NamedNode:
    """Return the node of a stored query by its name, `topic/stem`."""
    return NamedNode(f"{BASE}questions/{name}")


def _statements(queries: Iterable[StoredQuery]) -> Iterator[Statement]:
    yield from _prefixes()
    for query in queries:
        if query.topic not in NOT_QUESTIONS:
            yield from _query(query)


def _prefixes() -> Iterator[Statement]:
    yield PREFIX_TABLE, "rdf:type", NamedNode(iri("owl:Ontology"))
    for prefix, namespace in PREFIXES.items():
        node = NamedNode(f"{BASE}questions#prefix-{prefix}")
        yield PREFIX_TABLE, "sh:declare", node
        yield node, "rdf:type", NamedNode(iri("sh:PrefixDeclaration"))
        yield node, "sh:prefix", Literal(prefix)
        yield node, "sh:namespace", Literal(namespace, datatype=NamedNode(iri("xsd:anyURI")))


def _query(query: StoredQuery) -> Iterator[Statement]:
    node = example_node(query.name)
    yield node, "rdf:type", NamedNode(iri("sh:SPARQLExecutable"))
    yield node, "rdf:type", NamedNode(iri(_EXECUTABLE[query.form]))
    yield node, f"sh:{query.form.lower()}", Literal(_without_header(query.text))
    yield node, "sh:prefixes", PREFIX_TABLE
    yield from _texts(node, "rdfs:label", query.summary, query.summary_fr)
    yield from _texts(node, "rdfs:comment", *_comments(query))
    for tag in query.tags:
        yield node, "schema:keywords", Literal(tag)
    for endpoint in query.endpoints:
        yield node, "spex:federatesWith", NamedNode(endpoint)
    given = defaults(query)
    for parameter in query.params:
        yield from _parameter(node, parameter, given[parameter.name])


def _parameter(query: NamedNode, parameter: Parameter, given: Iterable[Term]) -> Iterator[Statement]:
    """A parameter: the local name of its path is that of the variable (SHACL, section 6.2.1)."""
    node = NamedNode(f"{query.value}#parameter-{parameter.name}")
    yield query, "sh:parameter", node
    yield node, "rdf:type", NamedNode(iri("sh:Parameter"))
    yield node, "sh:path", NamedNode(f"{query.value}#{parameter.name}")
    if parameter.type == "iri":
        yield node, "sh:nodeKind", NamedNode(iri("sh:IRI"))
    else:
        yield node, "sh:datatype", NamedNode(iri(_DATATYPES[parameter.type]))
    yield from _texts(node, "sh:name", parameter.label, parameter.label_fr)
    yield node, "sh:optional", Literal(parameter.optional)
    for term in given:
        yield node, "sh:defaultValue", term
    yield from _list(node, "sh:in", parameter.values)


def _list(node: NamedNode, predicate: str, values: Iterable[str]) -> Iterator[Statement]:
    """A list of texts whose links have names; none if it is empty."""
    for number, value in enumerate(values, start=1):
        link = NamedNode(f"{node.value}-{number}")
        yield node, predicate, link
        yield link, "rdf:first", Literal(value)
        node, predicate = link, "rdf:rest"
    if predicate == "rdf:rest":
        yield node, predicate, NamedNode(iri("rdf:nil"))


def _texts(node: NamedNode, predicate: str, english: str, french: str) -> Iterator[Statement]:
    for language, text in (("en", english), ("fr", french)):
        if text:
            yield node, predicate, Literal(text, language=language)


def _comments(query: StoredQuery) -> tuple[str, str]:
    """In English and French: the question too, for an editor shows nothing but the comment."""
    return _sentences(query.summary, query.description), _sentences(query.summary_fr, query.description_fr)


def _sentences(question: str, more: str) -> str:
    ended = question if question.endswith(("?", "!", ".")) else f"{question}."
    return f"{ended} {more}".rstrip()


def _without_header(text: str) -> str:
    lines = dropwhile(lambda line: line.startswith("#+"), text.split("\n"))
    return "\n".join(lines).strip() + "\n"

"""The files of the ontology, as the tests of the ontology read them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from dealgraph.terms import PREFIXES, compact, iri

ONTOLOGY = Path(__file__).resolve().parents[1] / "ontology"
HEADER = iri("dg:").removesuffix("#")
CORE = ("agents", "claims", "deals", "facilities", "mappings", "models", "notions", "quantities")
MODULES = (*CORE, "numeric")
FILES = {
    HEADER: ONTOLOGY / "dealgraph.ttl",
    f"{HEADER}/alignments": ONTOLOGY / "alignments" / "alignments.ttl",
    **{f"{HEADER}/{name}": ONTOLOGY / f"{name}.ttl" for name in MODULES},
}
PREFIX_LINES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())

EXTERNAL = ("foaf:", "oa:", "org:", "prov:", "schema:")

Fact = tuple[str, str, str]


def read(path: Path) -> list[Quad]:
    """Read one Turtle file, with blank nodes that no other file has."""
    return list(parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True))


def turtle(text: str) -> list[Quad]:
    """Read some Turtle in which every prefix of the project is declared."""
    return list(parse(PREFIX_LINES + text, format=RdfFormat.TURTLE, rename_blank_nodes=True))


def imports(module: str) -> set[str]:
    """Give a module and all that it imports, by IRI."""
    found, waiting = set(), [module]
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += [full(q.object) for q in read(FILES[name]) if q.predicate.value == iri("owl:imports")]
    return found


def closure(module: str) -> list[Quad]:
    """A module with all that it imports."""
    return [quad for name in sorted(imports(module)) for quad in read(FILES[name])]


def full(node: object) -> str:
    """Give the IRI of a named node, and nothing for any other."""
    return node.value if isinstance(node, NamedNode) else ""


def names(quads: Iterable[Quad]) -> set[Fact]:
    """Triples between named nodes, in compact form."""
    return {
        (compact(q.subject.value), compact(q.predicate.value), compact(q.object.value))
        for q in quads
        if isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode)
    }


def n_triples(quads: Iterable[Quad]) -> bytes:
    """Write quads as N-Triples, which every tool reads."""
    text = serialize([quad.triple for quad in quads], format=RdfFormat.N_TRIPLES)
    assert text
    return text

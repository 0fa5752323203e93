"""The shapes, the terms they rely on and the small graphs that try them, as the tests of checks read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from dealgraph.check import Report, Severity, validate
from dealgraph.check.validation import RULES
from dealgraph.terms import PREFIXES, iri

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "ontology" / "shapes"
CASES = ROOT / "tests" / "shapes"
PREFIX_LINES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())

# What shapes read of the ontology. The rest would only make each of the small checks slower.
_READ = {
    iri(name)
    for name in (
        "rdf:type",
        "rdfs:subClassOf",
        "rdfs:domain",
        "rdfs:range",
        "dg:prospective",
        "dg:identifying",
    )
}


def read(path: Path) -> list[Quad]:
    """Read one file, with blank nodes that no other file has."""
    return list(parse(path=path, rename_blank_nodes=True))


def trig(text: str) -> list[Quad]:
    """Read some TriG in which every prefix of the project is declared."""
    return list(parse(PREFIX_LINES + text, format=RdfFormat.TRIG, rename_blank_nodes=True))


@cache
def shapes() -> tuple[Quad, ...]:
    """All shapes but those of the ontology's own style, which have tests of their own."""
    paths = (path for path in sorted(FOLDER.glob("*.ttl")) if path.stem != "style")
    return tuple(quad for path in paths for quad in read(path))


@cache
def terms() -> tuple[Quad, ...]:
    """What the ontology says of its terms, as far as a shape reads it."""
    quads = (quad for path in sorted((ROOT / "ontology").glob("*.ttl")) for quad in read(path))
    return tuple(
        quad
        for quad in quads
        if quad.predicate.value in _READ
        and not isinstance(quad.subject, BlankNode)
        and not isinstance(quad.object, BlankNode)
    )


def names() -> set[str]:
    """The names of the shapes that `shapes` gives."""
    kinds = {iri("sh:NodeShape"), iri("sh:PropertyShape")}
    found = {
        quad.subject.value
        for quad in shapes()
        if isinstance(quad.subject, NamedNode) and getattr(quad.object, "value", "") in kinds
    }
    return {f"shape:{name.removeprefix(iri('shape:'))}" for name in found}


def graded(shape_names: Iterable[str], severity: Severity = Severity.VIOLATION) -> dict[str, Severity]:
    """A profile for some shapes and the rules that are not shapes."""
    return dict.fromkeys([*shape_names, *(rule.name for rule in RULES)], severity)


def checked(data: Iterable[Quad], profile: Mapping[str, Severity] | None = None) -> Report:
    """Check some data by all shapes and rules, each breach a violation."""
    return validate(data, terms(), shapes(), profile or graded(names()))


def broken(report: Report) -> set[str]:
    """The names of the rules that a graph violates."""
    return {finding.rule for finding in report.violations}

"""Any RDF file, for tools that work on files of others: read by its kind, written by its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from dealgraph.errors import FormatMisfit, SyntaxProblem, Unreadable
from dealgraph.turtle import subject_lines

KINDS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}

_WITH_LINES: Final = frozenset({".ttl", ".trig", ".nt", ".nq"})


@dataclass(frozen=True)
class Files:
    """What some files say: the statements of each, in the order of the files, and where they stand.

    Unnamed nodes have labels that follow from the order in which they are met, so that two readings of
    the same files are the same.
    """

    parts: tuple[tuple[Path, tuple[Triple, ...]], ...]
    _lines: dict[Path, Mapping[str, tuple[int, ...]]] = field(default_factory=dict, repr=False)

    @staticmethod
    def read(paths: Iterable[Path]) -> Files:
        """Read files of any of `KINDS`; their graphs are taken together. Raises what `read_quads` raises."""
        labels: dict[BlankNode, BlankNode] = {}
        return Files(
            tuple((path, tuple(_relabelled(quad, labels) for quad in read_quads(path))) for path in paths)
        )

    @property
    def triples(self) -> Iterator[Triple]:
        """All statements, in the order of the files; one may come more than once."""
        return (triple for _, triples in self.parts for triple in triples)

    def place(self, triple: Triple) -> str:
        """Return where a statement stands: the file, and the line of its subject where that can be told."""
        path = next((path for path, triples in self.parts if triple in triples), None)
        return self._place(path, str(getattr(triple.subject, "value", ""))) if path else ""

    def place_of(self, subject: str) -> str:
        """Return where a subject is described first, or nothing."""
        node = NamedNode(subject)
        path = next((path for path, triples in self.parts if any(t.subject == node for t in triples)), None)
        return self._place(path, subject) if path else ""

    def _place(self, path: Path, subject: str) -> str:
        if path not in self._lines:
            text = path.read_text("utf-8") if path.suffix.lower() in _WITH_LINES else ""
            self._lines[path] = subject_lines(text)
        lines = self._lines[path].get(subject)
        return f"{path}:{lines[0]}" if lines else str(path)


def _relabelled(quad: Quad, labels: dict[BlankNode, BlankNode]) -> Triple:
    subject, value = quad.subject, quad.object
    if isinstance(subject, BlankNode):
        subject = labels.setdefault(subject, BlankNode(f"n{len(labels)}"))
    if isinstance(value, BlankNode):
        value = labels.setdefault(value, BlankNode(f"n{len(labels)}"))
    return Triple(subject, quad.predicate, value)


def read_quads(path: Path) -> Iterator[Quad]:
    """Read an RDF file of any of `KINDS`, statement by statement.

    Blank nodes get labels that no other file has. Raises `FormatMisfit` for another suffix,
    `Unreadable` for a file that cannot be read, `SyntaxProblem` with the line where it is known: of
    RDF/XML, where the file is no XML, but not where it is XML and no RDF.
    """
    kind = _kind(path)
    base = path.absolute().as_uri()
    try:
        if kind == RdfFormat.RDF_XML:
            _ensure_xml(path)
        yield from parse(path=str(path), format=kind, base_iri=base, rename_blank_nodes=True)
    except SyntaxError as error:
        where = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise _problem(str(error.msg), where) from None
    except (OSError, ValueError) as error:
        raise Unreadable(
            f"cannot be read ({error})", where=str(path), fix="Check the name and rights"
        ) from None


def _ensure_xml(path: Path) -> None:
    """See that a file is XML to its end, before any of it is taken in; raises `SyntaxProblem`.

    The parser of RDF/XML reads a file that is empty or stops half-way without a word, and writes out
    entities however large they are.
    """
    from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

    try:
        with path.open("rb") as file:
            ParserCreate("UTF-8").ParseFile(file)
    except ExpatError as error:
        what = f"is not XML in UTF-8 ({ErrorString(error.code)})"
        raise _problem(what, f"{path}:{error.lineno}") from None


def _problem(what: str, where: str) -> SyntaxProblem:
    if "LoadDocumentCallback" in what:
        return SyntaxProblem(
            "names a context that is elsewhere, and nothing is fetched from the network",
            where=where,
            fix="Write the context into the file",
        )
    return SyntaxProblem(what, where=where, fix="Correct the file at this place")


def write_triples(triples: Iterable[Triple], path: Path) -> None:
    """Write triples in the kind that the suffix of a file names; raises `Unreadable` if it cannot be."""
    kind = _kind(path)
    try:
        serialize(triples, output=str(path), format=kind)
    except OSError as error:
        raise Unreadable(f"cannot be written ({error})", where=str(path), fix="Name another file") from None


def ensure_writable(path: Path) -> None:
    """Raise `FormatMisfit` for a suffix that `write_triples` does not know, before any work is done."""
    _kind(path)


def _kind(path: Path) -> RdfFormat:
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise FormatMisfit(
            "is not a known kind of RDF file", where=str(path), fix=f"Take one of {' '.join(KINDS)}"
        )
    return kind

"""Any RDF file, for tools that work on files of others: read by its kind, written by its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from dealgraph.errors import FormatMisfit, SyntaxProblem, Unreadable

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


def read_quads(path: Path) -> Iterator[Quad]:
    """Read an RDF file of any of `KINDS`, statement by statement.

    Blank nodes get labels that no other file has. Raises `FormatMisfit` for another suffix,
    `Unreadable` for a file that cannot be read, `SyntaxProblem` with the line where it is known.
    """
    kind = _kind(path)
    base = path.absolute().as_uri()
    try:
        yield from parse(path=str(path), format=kind, base_iri=base, rename_blank_nodes=True)
    except SyntaxError as error:
        where = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise SyntaxProblem(str(error.msg), where=where, fix="Correct the file at this place") from None
    except (OSError, ValueError) as error:
        raise Unreadable(
            f"cannot be read ({error})", where=str(path), fix="Check the name and rights"
        ) from None


def write_triples(triples: Iterable[Triple], path: Path) -> None:
    """Write triples in the kind that the suffix of a file names; raises `Unreadable` if it cannot be."""
    kind = _kind(path)
    try:
        serialize(triples, output=str(path), format=kind)
    except OSError as error:
        raise Unreadable(f"cannot be written ({error})", where=str(path), fix="Name another file") from None


def _kind(path: Path) -> RdfFormat:
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise FormatMisfit(
            "is not a known kind of RDF file", where=str(path), fix=f"Take one of {' '.join(KINDS)}"
        )
    return kind

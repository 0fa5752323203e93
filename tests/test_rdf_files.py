"""Files of every kind, in and out, and what becomes of those that are not what they seem."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from dealgraph.errors import DealgraphError, FormatMisfit, SyntaxProblem, Unreadable
from dealgraph.rdf_files import KINDS, read_quads, write_triples

TRIPLE = Triple(NamedNode("urn:x:a"), NamedNode("urn:x:p"), NamedNode("urn:x:b"))


@pytest.mark.parametrize("suffix", KINDS)
def test_a_file_of_every_kind_is_read(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"data{suffix}"
    serialize([TRIPLE], output=str(file), format=KINDS[suffix])
    assert [quad.triple for quad in read_quads(file)] == [TRIPLE]


@pytest.mark.parametrize("suffix", KINDS)
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"data{suffix}"
    write_triples([TRIPLE], file)
    assert [quad.triple for quad in read_quads(file)] == [TRIPLE]


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("data.docx", "", FormatMisfit),
        ("data.ttl", "<urn:x:a> <urn:x:p> .", SyntaxProblem),
        ("data.rdf", "<html>", SyntaxProblem),
        ("data.jsonld", "{", SyntaxProblem),
        ("missing.ttl", None, Unreadable),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, text: str | None, error: type[DealgraphError]
) -> None:
    file = tmp_path / name
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(error) as caught:
        list(read_quads(file))
    assert name in str(caught.value)


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    for name in ("one.nt", "two.nt"):
        (tmp_path / name).write_text("_:b <urn:x:p> <urn:x:b> .\n", encoding="utf-8")
    subjects = {quad.subject for name in ("one.nt", "two.nt") for quad in read_quads(tmp_path / name)}
    assert len(subjects) == 2


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no-such-folder"):
        write_triples([TRIPLE], tmp_path / "no-such-folder" / "out.nt")


def test_the_kinds_cover_the_formats_without_triple_terms() -> None:
    assert set(KINDS.values()) == {
        RdfFormat.TURTLE,
        RdfFormat.TRIG,
        RdfFormat.N_TRIPLES,
        RdfFormat.N_QUADS,
        RdfFormat.RDF_XML,
        RdfFormat.JSON_LD,
    }

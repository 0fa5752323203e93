"""Files of every kind, in and out, and what becomes of those that are not what they seem."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

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


RDF_XML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">
<rdf:Description rdf:about="urn:x:a"><x:p rdf:resource="urn:x:b"/></rdf:Description>
</rdf:RDF>
"""


@pytest.mark.parametrize("lines", [0, 1, 2, 3])
def test_xml_that_stops_half_way_is_refused_whole(tmp_path: Path, lines: int) -> None:
    file = tmp_path / "cut.rdf"
    file.write_text("".join(RDF_XML.splitlines(keepends=True)[:lines]), encoding="utf-8")
    statements: list[Quad] = []
    with pytest.raises(
        SyntaxProblem, match=rf"cut\.rdf:{lines + 1}: is not XML in UTF-8 \(no element found\)"
    ):
        statements.extend(read_quads(file))
    assert statements == []


@pytest.mark.parametrize(
    ("before", "after", "line", "what"),
    [
        ("</rdf:Description>", "</rdf:Other>", 3, "mismatched tag"),
        ("</rdf:Description>", "&other;</rdf:Description>", 3, "undefined entity"),
        ('version="1.0"', 'version="1.0" encoding="ISO-8859-1"', None, "Only UTF-8"),
        ("urn:x:b", "urn:x:\xe9", 3, "invalid token"),
    ],
)
def test_what_is_wrong_in_xml_is_named_with_its_line(
    tmp_path: Path, before: str, after: str, line: int | None, what: str
) -> None:
    file = tmp_path / "wrong.rdf"
    file.write_bytes(RDF_XML.replace(before, after).encode("latin-1"))
    with pytest.raises(SyntaxProblem, match=what) as caught:
        list(read_quads(file))
    assert caught.value.where == (f"{file}:{line}" if line else str(file))


def test_entities_of_entities_do_not_fill_the_memory(tmp_path: Path) -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "0123456789">' + "".join(
        f'<!ENTITY {name} "{f"&{part};" * 10}">' for part, name in pairwise(names)
    )
    text = RDF_XML.replace("<rdf:RDF", f"<!DOCTYPE x [{entities}]>\n<rdf:RDF", 1)
    file = tmp_path / "large.rdf"
    file.write_text(text.replace('<x:p rdf:resource="urn:x:b"/>', "<x:p>&j;</x:p>"), encoding="utf-8")
    with pytest.raises(SyntaxProblem, match=r"large\.rdf:\d+: .*amplification"):
        list(read_quads(file))


def test_a_context_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    file = tmp_path / "remote.jsonld"
    file.write_text('{"@context": "urn:x:context", "@id": "urn:x:a", "p": "b"}', encoding="utf-8")
    with pytest.raises(SyntaxProblem, match=r"nothing is fetched.*Write the context into the file"):
        list(read_quads(file))


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

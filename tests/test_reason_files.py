"""`dealgraph reason` on files of others: proofs with file and line, contradictions, names, one order."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import Literal, RdfFormat, Triple, parse

from command_line import Cli
from dealgraph.errors import AmbiguousName, UnknownName
from dealgraph.rdf_files import Files
from dealgraph.rdf_names import triple_named
from tiny import HEAD

PARTS = """@prefix : <urn:x:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:partOf a owl:TransitiveProperty ; rdfs:label "part of"@en .
:uses owl:propertyChainAxiom ( :has :partOf ) .
:Engine owl:disjointWith :Wheel .
:a :has :b .
:b :partOf :c .
:c :partOf :d .
"""
TYPES = "<urn:x:d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:x:{}> .\n"


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    path = tmp_path / "parts.ttl"
    path.write_text(PARTS, encoding="utf-8")
    return path


@pytest.fixture
def clash(tmp_path: Path) -> Path:
    path = tmp_path / "clash.nt"
    path.write_text(TYPES.format("Engine") + TYPES.format("Wheel"), encoding="utf-8")
    return path


@pytest.fixture
def reason(cli: Cli) -> Cli:
    return partial(cli, "reason", columns=300)


def test_a_proof_ends_on_lines_of_the_files(reason: Cli, parts: Path) -> None:
    run = reason(parts, "--why", "a", "uses", "d")
    assert run.code == 0
    assert [line.rstrip() for line in run.out.replace(str(parts), "parts.ttl").splitlines()] == [
        "a uses d",
        "because “has”, “part of”, one after the other, make “uses”  parts.ttl:5  prp-spo2",
        "├── a has b  parts.ttl:7",
        "└── b is part of d",
        "    because “part of” passes on from one to the next  parts.ttl:4  prp-trp",
        "    ├── b is part of c  parts.ttl:8",
        "    └── c is part of d  parts.ttl:9",
    ]


@pytest.mark.parametrize(
    "words",
    [("b", "partOf", "d"), ("<urn:x:b>", "part of", "urn:x:d"), ("urn:x:b", "Part Of", "d")],
)
def test_terms_are_named_by_iri_local_name_or_label(
    reason: Cli, parts: Path, words: tuple[str, str, str]
) -> None:
    code, out, _ = reason(parts, "--why", *words, "--format", "json")
    assert code == 0
    assert json.loads(out)[0]["rules"] == ["prp-trp"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("a", "uses", "nobody"), 16, "nobody"),
        (("d", "uses", "a"), 31, "does not follow"),
        (("a", "uses", "d", "--inconsistent"), 2, "two questions"),
        (("a", "uses", "d", "--format", "csv"), 22, "csv"),
    ],
)
def test_a_wrong_question_is_named(
    reason: Cli, parts: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    found, out, err = reason(parts, "--why", *words)
    assert (found, says in err, out) == (code, True, ""), err


def test_the_smallest_contradiction_is_proved(reason: Cli, parts: Path, clash: Path) -> None:
    code, out, err = reason(parts, clash, "--inconsistent")
    assert code == 3
    assert "cannot hold together" in out
    assert f"{clash}:1" in out
    assert f"{parts}:6" in out
    assert "clashes: 1" in err
    assert "Traceback" not in err


def test_files_without_contradiction_are_said_to_have_none(reason: Cli, parts: Path) -> None:
    code, out, err = reason(parts, "--inconsistent")
    assert (code, out) == (0, "")
    assert "Nothing contradicts itself" in err


def test_what_is_not_followed_is_written_without_labels_of_unnamed_nodes(
    reason: Cli, parts: Path, tmp_path: Path
) -> None:
    beyond = tmp_path / "beyond.ttl"
    beyond.write_text(
        PARTS.partition(":partOf")[0]
        + ":Site rdfs:subClassOf [ owl:onProperty :in ; owl:someValuesFrom :Land ] .",
        encoding="utf-8",
    )
    _, _, err = reason(parts, beyond)
    assert (
        "<urn:x:Site> rdfs:subClassOf [ owl:onProperty <urn:x:in> ; owl:someValuesFrom <urn:x:Land> ]" in err
    )
    assert "_:" not in err


def test_a_file_without_statements_is_named(reason: Cli, parts: Path, tmp_path: Path) -> None:
    empty = tmp_path / "number.jsonld"
    empty.write_text("42", encoding="utf-8")
    code, _, err = reason(parts, empty)
    assert code == 0
    assert f"{empty}: there is no statement" in err


def test_a_kind_that_cannot_be_written_is_refused_before_reading(reason: Cli, tmp_path: Path) -> None:
    code, _, err = reason(tmp_path / "missing.ttl", "-o", tmp_path / "out.docx")
    assert (code, "out.docx" in err) == (22, True)


def test_two_runs_write_the_same(reason: Cli, tmp_path: Path) -> None:
    file = tmp_path / "unnamed.ttl"
    file.write_text(PARTS + "[] :partOf [ :partOf [ :partOf :a ] ] .", encoding="utf-8")
    first, second = (reason(file)[1] for _ in range(2))
    assert first == second
    assert "_:n" in first


# --- names and places ---------------------------------------------------------------------------------------


def read(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


def test_a_literal_is_named_by_its_text() -> None:
    triples = read('id:a dg:age 28 ; rdfs:label "28 years"@en .')
    assert triple_named(triples, ("a", "age", "28")).object == Literal(28)
    assert triple_named(triples, ("28 years", "age", "28")).subject == triples[0].subject


def test_a_name_of_two_terms_is_asked_back() -> None:
    with pytest.raises(AmbiguousName, match="2 terms"):
        triple_named(read("id:a dg:p claim:a ."), ("a", "p", "a"))
    with pytest.raises(UnknownName):
        triple_named(read("id:a dg:p id:b ."), ("a", "p", "c"))


def test_a_statement_is_placed_where_its_subject_is_described(parts: Path, clash: Path) -> None:
    files = Files.read([parts, clash])
    places = {str(t.subject)[1:-1]: files.place(t) for t in files.triples if not str(t).startswith("_")}
    assert places["urn:x:b"] == f"{parts}:8"
    assert places["urn:x:d"] == f"{clash}:1"
    assert files.place_of("urn:x:a") == f"{parts}:7"
    assert files.place_of("urn:x:nobody") == ""

"""`dealgraph reason` on files that are not what they seem: exit code, file and line, and no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Cli, Run

GOOD = "<urn:x:a> <urn:x:p> <urn:x:b> .\n"
HALF = GOOD + "<urn:x:a> <urn:x:p> .\n"
NO_TEXT = "\x89PNG\r\n\x1a\n\0"
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
JSON = '{"@id": "urn:x:a",\n "urn:x:p": {"@id": "urn:x:b"}}'
PREFIXES = (
    "@prefix : <urn:x:> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)


@pytest.fixture
def reason(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run the command in the folder of the files, as they are named in messages."""

    def call(*words: str) -> Run:
        monkeypatch.chdir(tmp_path)
        run = cli("reason", *words, columns=300)
        assert "Traceback" not in run.err
        return run

    return call


@pytest.mark.parametrize(
    ("name", "text", "code", "says"),
    [
        ("half.nt", HALF, 11, "half.nt:2: "),
        ("half.nq", HALF, 11, "half.nq:2: "),
        ("half.ttl", HALF, 11, "half.ttl:2: "),
        ("half.trig", HALF, 11, "half.trig:2: "),
        ("half.jsonld", JSON[:-1], 11, "half.jsonld:2: "),
        ("half.rdf", XML, 11, "half.rdf:2: is not XML"),
        ("open.trig", "<urn:x:g> {\n" + GOOD, 11, "open.trig:3: "),
        ("open.ttl", '<urn:x:a> <urn:x:p>\n"text', 11, "open.ttl:2: "),
        ("picture.ttl", NO_TEXT, 11, "picture.ttl:1: "),
        ("picture.nq", NO_TEXT, 11, "picture.nq:1: "),
        ("picture.owl", NO_TEXT, 11, "picture.owl:1: "),
        ("picture.jsonld", NO_TEXT, 11, "picture.jsonld:1: "),
        ("page.ttl", "<html>\n<p>text</p></html>", 11, "page.ttl:2: "),
        ("page.rdf", "<html><p>text</p></html>", 11, "page.rdf: "),
        ("table.nt", "a,b\n1,2\n", 11, "table.nt:1: "),
        ("turtle.jsonld", GOOD, 11, "turtle.jsonld:1: "),
        ("json.ttl", JSON, 11, "json.ttl:1: "),
        ("quads.nt", "<urn:x:a> <urn:x:p> <urn:x:b> <urn:x:g> .\n", 11, "quads.nt:1: "),
        ("relative.nt", "<a> <urn:x:p> <urn:x:b> .\n", 11, "relative.nt:1: "),
        ("empty.rdf", "", 11, "empty.rdf:1: is not XML"),
        ("empty.jsonld", "", 11, "empty.jsonld:1: "),
        ("notes.docx", GOOD, 22, "notes.docx: is not a known kind of RDF file. Take one of .ttl .trig .nt"),
        ("nosuffix", GOOD, 22, "nosuffix: is not a known kind of RDF file"),
        ("missing.ttl", None, 25, "missing.ttl: cannot be read"),
        ("missing.rdf", None, 25, "missing.rdf: cannot be read"),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_named(
    reason: Cli, tmp_path: Path, name: str, text: str | None, code: int, says: str
) -> None:
    if text is not None:
        (tmp_path / name).write_bytes(text.encode("latin-1"))
    (tmp_path / "good.nt").write_text(GOOD, encoding="utf-8")
    found, out, err = reason("good.nt", name)
    assert (found, out) == (code, ""), err
    assert f"error: {says}" in err


@pytest.mark.parametrize("name", ["folder.ttl", "folder.rdf", "folder.jsonld"])
def test_a_folder_is_no_file(reason: Cli, tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    code, out, err = reason(name)
    assert (code, out) == (25, "")
    assert f"error: {name}: cannot be read" in err


@pytest.mark.parametrize("name", ["empty.ttl", "empty.trig", "empty.nt", "empty.nq"])
def test_an_empty_file_is_an_empty_graph_where_its_kind_allows_it(
    reason: Cli, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).touch()
    code, out, err = reason(name)
    assert (code, out) == (0, "")
    assert "0 statements read" in err


def test_files_of_all_kinds_are_one_graph(reason: Cli, tmp_path: Path) -> None:
    about = (
        '<rdf:Description rdf:about="urn:x:d"><p xmlns="urn:x:" rdf:resource="urn:x:e"/></rdf:Description>'
    )
    files = {
        "axiom.ttl": PREFIXES + ":p a owl:TransitiveProperty .",
        "a.nt": GOOD,
        "b.nq": "<urn:x:b> <urn:x:p> <urn:x:c> <urn:x:g> .",
        "c.trig": "<urn:x:g> { <urn:x:c> <urn:x:p> <urn:x:d> . }",
        "d.rdf": f"{XML}{about}</rdf:RDF>",
        "e.jsonld": JSON.replace("x:a", "x:e").replace("x:b", "x:f"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    code, out, _ = reason("--inferred-only", *files)
    assert code == 0
    assert "<urn:x:a> <urn:x:p> <urn:x:f> ." in out.splitlines()
    assert len(out.splitlines()) == 10


@pytest.mark.parametrize(
    ("reason_given", "text"),
    [
        ("list-open", ":C owl:unionOf [ rdf:first :D ]"),
        ("list-open", ":C owl:unionOf [ rdf:first :D ; rdf:rest :end ]"),
        ("list-forked", ":C owl:unionOf [ rdf:first :D, :E ; rdf:rest () ]"),
        ("list-cyclic", ":C owl:unionOf _:list . _:list rdf:first :D ; rdf:rest _:list"),
        ("list-cyclic", "_:C owl:unionOf _:C . _:C rdf:first _:C ; rdf:rest _:C . :C rdfs:subClassOf _:C"),
        ("list-empty", ":C owl:unionOf ()"),
        ("literal", ':C owl:unionOf "D"'),
        ("no-rule", ":C owl:disjointUnionOf (:D :E)"),
        ("superclass", ":C rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :D ]"),
    ],
)
def test_an_axiom_that_is_left_to_hermit_or_malformed_is_said_with_the_reason(
    reason: Cli, tmp_path: Path, reason_given: str, text: str
) -> None:
    (tmp_path / "axioms.ttl").write_text(f"{PREFIXES}{text} . :x a :D .", encoding="utf-8")
    code, out, err = reason("--inferred-only", "axioms.ttl")
    assert (code, out) == (0, "")
    assert f"not followed: {reason_given}: <urn:x:C> " in err

"""The files of a project: what each may hold, where each subject stands, when the digest changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from dealgraph import sources
from dealgraph.errors import DealgraphError, DuplicateId, Misplaced, SyntaxProblem, UnknownPrefix, Unreadable
from dealgraph.settings import Project
from dealgraph.terms import compact, iri
from tiny import HEAD, Said, article, project

JUNE = "graph/articles/2025/blue.trig"
JULY = "graph/articles/2025/north.trig"
FILES = {
    "ontology/terms.ttl": "dg:share rdfs:label 'share'@en .",
    "ontology/shapes/claims.ttl": "shape:Claim a sh:NodeShape .",
    "ontology/shapes/profile.tsv": "shape\tseverity\n",
    "graph/things/companies.trig": "graph:things { id:northwind a dg:Company . }",
    "graph/background/places.trig": "graph:background-places { id:here dg:partOf id:there . }",
    "queries/tests/one.rq": "ASK {}",
    JUNE: article("blue", "2025-06-13", Said()),
    JULY: article("north", "2025-07-15", Said()),
}
NOT_READ = {"README.md": "notes", "graph/notes.txt": "notes", "ontology/STYLE.md": "notes"}
FIRST_LINE = HEAD.count("\n") + 1


@pytest.fixture
def whole(tmp_path: Path) -> Project:
    return project(tmp_path, FILES | NOT_READ)


# --- which files ------------------------------------------------------------------------------------------


def test_the_files_are_those_that_a_snapshot_is_made_from_in_order(whole: Project) -> None:
    found = sources.files(whole)
    assert list(found) == sorted(FILES)
    assert all(path == whole.root / name for name, path in found.items())


def test_each_file_is_read_into_the_graph_that_its_place_gives(whole: Project) -> None:
    read = sources.load(whole)
    subjects = {(compact(str(q.subject)[1:-1]), compact(str(q.graph_name)[1:-1])) for q in read.quads}
    assert {
        ("dg:share", "graph:ontology"),
        ("shape:Claim", "graph:shapes"),
        ("id:northwind", "graph:things"),
        ("id:here", "graph:background-places"),
        ("claim:blue-1", "article:blue"),
        ("claim:north-1", "article:north"),
    } <= subjects
    assert read.articles == (iri("article:blue"), iri("article:north"))


def test_a_folder_called_shapes_above_the_project_changes_nothing(tmp_path: Path) -> None:
    read = sources.load(project(tmp_path / "shapes", FILES))
    graphs = {q.graph_name for q in read.quads if q.subject == NamedNode(iri("dg:share"))}
    assert graphs == {sources.ONTOLOGY}


# --- places -----------------------------------------------------------------------------------------------


def test_a_subject_has_the_file_and_line_of_its_description(whole: Project) -> None:
    read = sources.load(whole)
    assert read.place(iri("article:blue")) == f"{JUNE}:{FIRST_LINE + 1}"
    assert read.place(iri("claim:blue-1")) == f"{JUNE}:{FIRST_LINE + 4}"
    assert read.place(iri("dg:share")) == f"ontology/terms.ttl:{FIRST_LINE}"


def test_a_subject_that_no_file_describes_has_no_place(whole: Project) -> None:
    assert sources.load(whole).place(iri("id:nobody")) == ""


# --- what a file may not hold -----------------------------------------------------------------------------

MISPLACED = {
    "an article in no graph": (JUNE, "article:blue a dg:Article ."),
    "an article in the graph of things": (JUNE, "graph:things { article:blue a dg:Article . }"),
    "two articles in a file": (JUNE, article("blue", "2025-06-13") + article("green", "2025-06-13")),
    "an article and the default graph": (JUNE, article("blue", "2025-06-13") + "id:meta a dg:Company ."),
    "a graph that does not describe its article": (JUNE, "article:blue { claim:blue-1 a dg:Claim . }"),
    "an article described as something else": (JUNE, "article:blue { article:blue a dg:Document . }"),
    "an article in a graph without a name": (JUNE, "_:graph { article:blue a dg:Article . }"),
    "an article's file with nothing in it": (JUNE, ""),
    "things in the graph of an article": ("graph/things/a.trig", article("blue", "2025-06-13")),
    "things in the graph of facts": ("graph/things/a.trig", "graph:facts { id:a a dg:Company . }"),
    "background in the graph of things": (
        "graph/background/a.trig",
        "graph:things { id:a dg:partOf id:b . }",
    ),
    "background in the graph of facts": ("graph/background/a.trig", "graph:facts { id:a dg:partOf id:b . }"),
}


@pytest.mark.parametrize(("name", "text"), MISPLACED.values(), ids=MISPLACED)
def test_statements_in_a_graph_that_the_file_may_not_hold_are_refused(
    tmp_path: Path, name: str, text: str
) -> None:
    with pytest.raises(Misplaced) as error:
        sources.load(project(tmp_path, {name: text}))
    assert error.value.where == name
    assert error.value.fix


def test_the_default_graph_of_a_file_of_things_is_the_graph_of_things(tmp_path: Path) -> None:
    read = sources.load(project(tmp_path, {"graph/things/a.trig": "id:a a dg:Company ."}))
    assert {q.graph_name for q in read.quads} == {sources.THINGS}


# --- described once ---------------------------------------------------------------------------------------

QUANTITY = "quantity:blue-1 a dg:Quantity ."


def test_a_node_described_twice_in_a_file_is_refused_with_both_lines(tmp_path: Path) -> None:
    text = article("blue", "2025-06-13", more=f"{QUANTITY}\nid:other a dg:Company .\n{QUANTITY}")
    with pytest.raises(DuplicateId) as error:
        sources.load(project(tmp_path, {JUNE: text}))
    assert error.value.where == f"{JUNE}:{FIRST_LINE + 6}"
    assert f"<{iri('quantity:blue-1')}>" in error.value.message
    assert f"{JUNE}:{FIRST_LINE + 4}" in error.value.message


@pytest.mark.parametrize(
    "described",
    [
        "claim:blue-1 a dg:Claim .",
        QUANTITY,
        "attribution:blue-author a dg:Attribution .",
        "source:blue-author a dg:UnnamedSource .",
        "article:blue rdfs:label 'again'@en .",
        f"<{iri('article:blue')}#char=0,5> a dg:Passage .",
    ],
)
def test_a_node_described_in_two_files_is_refused_with_both_places(tmp_path: Path, described: str) -> None:
    files = {
        JUNE: article("blue", "2025-06-13", Said(), more=QUANTITY),
        JULY: article("north", "2025-07-15", more=described),
    }
    with pytest.raises(DuplicateId) as error:
        sources.load(project(tmp_path, files))
    assert error.value.where == f"{JULY}:{FIRST_LINE + 4}"
    assert f"first at {JUNE}:" in error.value.message


def test_one_article_in_two_files_is_refused(tmp_path: Path) -> None:
    text = article("blue", "2025-06-13")
    with pytest.raises(DuplicateId):
        sources.load(project(tmp_path, {JUNE: text, JULY: text}))


def test_a_thing_may_be_described_in_several_files(tmp_path: Path) -> None:
    files = {
        "graph/things/a.trig": "graph:things { id:here a dg:City . }",
        "graph/background/places.trig": "graph:background-places { id:here dg:partOf id:there . }",
    }
    read = sources.load(project(tmp_path, files))
    assert len(read.quads) == 2
    assert read.place(iri("id:here")) == f"graph/background/places.trig:{FIRST_LINE}"


# --- what cannot be read ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"), [("id:a a dg:Company", SyntaxProblem), ("nowhere:a a dg:Company .", UnknownPrefix)]
)
def test_a_file_that_does_not_parse_is_named_with_its_line(
    tmp_path: Path, text: str, kind: type[DealgraphError]
) -> None:
    with pytest.raises(kind) as error:
        sources.load(project(tmp_path, {"graph/things/a.trig": f"\n{text}"}))
    assert f"graph/things/a.trig:{FIRST_LINE + 1}" in error.value.where


def test_a_folder_with_the_name_of_a_file_is_named(tmp_path: Path) -> None:
    found = project(tmp_path, {})
    (tmp_path / "graph" / "articles" / "blue.trig").mkdir()
    for reads in (sources.digest, sources.load):
        with pytest.raises(Unreadable, match=r"blue\.trig"):
            reads(found)


# --- the digest -------------------------------------------------------------------------------------------


def test_the_digest_does_not_depend_on_times_or_on_files_that_are_not_read(whole: Project) -> None:
    before = sources.digest(whole)
    os.utime(whole.root / JUNE, (0, 0))
    (whole.root / "README.md").write_text("other notes", encoding="utf-8")
    assert sources.digest(whole) == before


def test_the_digest_is_the_same_wherever_the_project_lies(tmp_path: Path) -> None:
    here, there = (project(tmp_path / name, FILES) for name in ("here", "there"))
    assert sources.digest(here) == sources.digest(there)


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_digest_changes_with_every_file(whole: Project, name: str) -> None:
    path = whole.root / name
    before, text = sources.digest(whole), path.read_text(encoding="utf-8")
    path.write_text(f"{text} ", encoding="utf-8")
    assert sources.digest(whole) != before
    path.write_text(text, encoding="utf-8")
    assert sources.digest(whole) == before
    path.rename(path.with_name(f"renamed{path.suffix}"))
    assert sources.digest(whole) != before


CONTENTS = st.dictionaries(
    st.sampled_from(["a.ttl", "b.ttl", "ab.ttl"]), st.sampled_from(["", "a", "b", "ab"])
)


@settings(max_examples=60)
@given(CONTENTS, CONTENTS)
def test_two_projects_have_one_digest_if_and_only_if_their_files_are_equal(
    tmp_path_factory: pytest.TempPathFactory, one: dict[str, str], other: dict[str, str]
) -> None:
    digests = []
    for files in (one, other):
        root = tmp_path_factory.mktemp("project")
        found = project(root, {})
        for name, text in files.items():
            (root / "ontology" / name).write_text(text, encoding="utf-8")
        digests.append(sources.digest(found))
    assert (digests[0] == digests[1]) == (one == other)

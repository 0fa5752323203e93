"""The runner itself: how a folder is read, and what counts as entailed."""

from __future__ import annotations

from pathlib import Path

import pytest
from conformance_cases import Consequences, folders, passes, read
from pyoxigraph import RdfFormat, Triple, parse

HEAD = (
    "@prefix : <urn:example:> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
)
DEALS = ":stake rdfs:subPropertyOf :deal . :a :stake _:b . _:b :deal :c . "


def graph(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE, rename_blank_nodes=True)]


def make(root: Path, name: str, kind: str, premise: str, conclusion: str | None = None) -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "kind").write_text(f"{kind}\n", encoding="utf-8")
    (folder / "premise.ttl").write_text(HEAD + premise, encoding="utf-8")
    if conclusion is not None:
        (folder / "conclusion.ttl").write_text(HEAD + conclusion, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "conclusion",
    [
        "",
        ":a :stake _:x .",
        ":a :deal _:x . _:x :deal :c .",  # what is inferred and what is given, about one unnamed thing
        ":a :deal _:x . :a :stake _:y .",  # two unnamed things may be one
        ":a :deal _:x . _:x :deal _:y .",
        ":a :deal [ owl:sameAs [] ] .",
    ],
)
def test_a_graph_is_entailed_for_some_reading_of_its_blank_nodes(conclusion: str) -> None:
    assert Consequences(graph(DEALS)).entail(graph(conclusion))


@pytest.mark.parametrize(
    "conclusion",
    [
        ":a :deal :c .",
        ":a :deal _:x . _:x :stake :c .",
        ":a :deal _:x . _:x :deal _:x .",  # one blank node is one thing
        ":a :deal _:x . _:x :deal :c . _:x :deal :a .",
        ":unheard :deal _:x .",
    ],
)
def test_a_graph_without_such_a_reading_is_not_entailed(conclusion: str) -> None:
    assert not Consequences(graph(DEALS)).entail(graph(conclusion))


@pytest.mark.parametrize(
    ("kind", "premise", "conclusion", "passed"),
    [
        ("PositiveEntailment", DEALS, ":a :deal [] .", True),
        ("PositiveEntailment", DEALS, ":c :deal [] .", False),
        ("NegativeEntailment", DEALS, ":c :deal [] .", True),
        ("NegativeEntailment", DEALS, ":a :deal [] .", False),
        ("NegativeEntailment", ":a owl:differentFrom :a .", ":c :deal [] .", False),
        ("Consistency", DEALS, None, True),
        ("Consistency", ":a owl:differentFrom :a .", None, False),
        ("Inconsistency", ":a owl:differentFrom :a .", None, True),
        ("Inconsistency", DEALS, None, False),
    ],
)
def test_each_kind_asks_its_own_question(
    tmp_path: Path, kind: str, premise: str, conclusion: str | None, passed: bool
) -> None:
    assert passes(read(make(tmp_path, "case", kind, premise, conclusion))) is passed


def test_tests_are_found_at_any_depth_and_sorted_by_name(tmp_path: Path) -> None:
    for name in ("suite/b", "a", "suite/deep/c"):
        make(tmp_path, name, "Consistency", DEALS)
    (tmp_path / "notes").mkdir()
    assert [folder.name for folder in folders(tmp_path)] == ["a", "b", "c"]


def test_two_tests_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("one/a", "other/a"):
        make(tmp_path, name, "Consistency", DEALS)
    with pytest.raises(ValueError, match="two tests have the name a"):
        folders(tmp_path)


def test_an_unknown_kind_is_named_with_its_file(tmp_path: Path) -> None:
    folder = make(tmp_path, "case", "Consistent", DEALS)
    with pytest.raises(ValueError, match="case/kind: 'Consistent' is not one of PositiveEntailment"):
        read(folder)


def test_a_missing_or_doubled_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"one file conclusion\.\* is needed, and there are 0"):
        read(make(tmp_path, "case", "PositiveEntailment", DEALS))
    folder = make(tmp_path, "other", "Consistency", DEALS)
    (folder / "premise.nt").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"one file premise\.\* is needed, and there are 2"):
        read(folder)

"""The commands that reason and explain, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Cli, edit

# The closure of any files, as a tool of its own.


def test_reason_writes_the_closure_of_files_of_two_kinds(cli: Cli, tmp_path: Path) -> None:
    ontology = tmp_path / "ontology.ttl"
    ontology.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:x:p> a owl:TransitiveProperty .",
        encoding="utf-8",
    )
    data = tmp_path / "data.nq"
    data.write_text(
        "<urn:x:a> <urn:x:p> <urn:x:b> .\n<urn:x:b> <urn:x:p> <urn:x:c> <urn:x:g> .\n", encoding="utf-8"
    )
    run = cli("reason", ontology, data, "--inferred-only")
    assert run.code == 0
    assert "<urn:x:a> <urn:x:p> <urn:x:c> ." in run.out.splitlines()
    whole = tmp_path / "whole.ttl"
    assert cli("reason", ontology, data, "-o", whole).code == 0
    assert "urn:x:c" in whole.read_text(encoding="utf-8")


def test_reason_ends_with_3_on_files_that_contradict_themselves(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "clash.ttl"
    file.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:x:A> owl:disjointWith <urn:x:B> ."
        " <urn:x:i> a <urn:x:A>, <urn:x:B> .",
        encoding="utf-8",
    )
    run = cli("reason", file)
    assert run.code == 3
    assert "cax-dw" in run.err
    assert "urn:x:i" in run.err


def test_reason_says_which_axioms_it_does_not_follow(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "beyond.ttl"
    file.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "<urn:x:A> rdfs:subClassOf"
        " [ a owl:Restriction ; owl:onProperty <urn:x:p> ; owl:someValuesFrom <urn:x:B> ] .",
        encoding="utf-8",
    )
    run = cli("reason", file)
    assert run.code == 0
    assert "not followed" in run.err


# Why.


def test_ask_explains_each_row(cli: Cli, built: Path) -> None:
    told = cli("ask", "deals/stakes", "--why", "--project", built).out
    assert "ARKTechNews, 15 July 2025 [1971–2037]" in told
    (row,) = json.loads(cli("ask", "deals/stakes", "--why", "--format", "json", "--project", built).out)
    assert row["row"]["stated"] == "49"
    assert [part["kind"] for part in row["why"]["parts"]].count("said") == 1
    none = cli("ask", "deals/stakes", "--why", "--as-of", "2025-06-13", "--project", built)
    assert (none.code, "No row" in none.out) == (0, True)
    assert cli("ask", "admission/facts", "--why", "--project", built).code == 2


def test_a_graph_that_contradicts_itself_is_not_built_and_says_why(cli: Cli, project: Path) -> None:
    edit(
        project / "graph" / "things" / "people.trig",
        "id:alexandr-wang\n",
        "id:alexandr-wang\n    a dg:Company ;\n.\n\nid:alexandr-wang\n",
    )
    run = cli("build", "--no-check", "--project", project)
    assert run.code == 3
    assert "why --inconsistent" in run.err
    assert "_:" not in run.err
    told = cli("why", "--inconsistent", "--project", project)
    assert told.code == 0
    assert "cannot hold together" in told.out
    assert "graph/things/people.trig" in told.out
    french = cli("why", "--inconsistent", "--lang", "fr", "--project", project).out
    assert "vrai ensemble" in french
    assert json.loads(cli("why", "--inconsistent", "--format", "json", "--project", project).out)


def test_a_graph_that_does_not_contradict_itself_is_said_to_be_sound(cli: Cli, built: Path) -> None:
    run = cli("why", "--inconsistent", "--project", built)
    assert (run.code, run.out) == (0, "")
    assert "Nothing contradicts itself" in run.err


@pytest.mark.parametrize(
    "words",
    [("Meta",), ("Meta", "holdsStakeIn"), (), ("--inconsistent", "Meta"), ("--inconsistent", "--not")],
)
def test_half_a_question_is_none(cli: Cli, built: Path, words: tuple[str, ...]) -> None:
    run = cli("why", *words, "--project", built)
    assert (run.code, "not a question" in run.err) == (2, True)


# Snapshots of a part.


def test_a_snapshot_of_june_holds_june_and_says_so(cli: Cli, project: Path) -> None:
    june = ("build", "--no-check", "--as-of", "2025-06-14", "--project", project)
    assert cli(*june).code == 0
    run = cli("ask", "deals/stakes", "--format", "csv", "--project", project)
    assert len(run.out.splitlines()) == 1
    assert "2025-06-14" in run.err
    assert "ARKTechNews" not in cli("ask", "articles/list", "--format", "csv", "--project", project).out
    assert cli("build", "--no-check", "--as-of", "2025-06-14", "--project", project).err.startswith(
        "Up to date"
    )
    assert cli("build", "--no-check", "--source", "arktechnews", "--project", project).code == 0
    assert "arktechnews" in cli("ask", "deals/stakes", "--format", "csv", "--project", project).err
    assert cli("build", "--no-check", "--project", project).err.startswith("Built")
    whole = cli("ask", "deals/stakes", "--format", "csv", "--project", project)
    assert len(whole.out.splitlines()) == 2
    assert whole.err == ""


# Between two days or two articles.


def test_diff_tells_what_july_brought(cli: Cli, built: Path) -> None:
    found = json.loads(
        cli("diff", "--from", "2025-06-14", "--to", "arktechnews", "--format", "json", "--project", built).out
    )
    appeared = {(change["after"]["subject"], change["after"]["predicate"]) for change in found["appeared"]}
    assert ("id:stake-meta-scale-ai", "dg:share") in appeared
    went = {(change["before"]["subject"], change["before"]["predicate"]) for change in found["went"]}
    assert ("id:scale-ai", "dg:foundedBy") in went


def test_diff_of_an_unknown_article_names_those_there_are(cli: Cli, built: Path) -> None:
    run = cli("diff", "--from", "2025-06-14", "--to", "gazette", "--project", built)
    assert run.code == 16
    assert "abcbourse-2025-06-13" in run.err


def test_in_june_no_stake_is_known_to_any_question(cli: Cli, built: Path) -> None:
    assert (
        len(
            cli(
                "ask", "deals/stakes", "--as-of", "2025-06-13", "--format", "csv", "--project", built
            ).out.splitlines()
        )
        == 1
    )
    told = cli("--as-of", "2025-06-13", "--project", built).out
    assert "What one press article says" in told
    assert "ARKTechNews" not in told
    shown = cli("show", "Scale AI", "--source", "abcbourse", "--project", built).out
    assert "ARKTechNews" not in shown

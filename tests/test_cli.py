"""The command line as a user meets it: what each verb answers, and what bad input gets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import Cli, article, edit


def test_the_briefing_names_price_stake_people_and_sites_with_their_passages(cli: Cli, built: Path) -> None:
    told = cli("--project", built)
    assert told.code == 0
    for words in (
        "14.3 billion dollars",
        "49%",
        "1971–2037",
        "Alexandr Wang",
        "Prometheus",
        "possible, reported",
    ):
        assert words in told.out


def test_the_briefing_in_french(cli: Cli, built: Path) -> None:
    told = cli("--project", built, "--lang", "fr").out
    assert "14,3\u00a0milliards\u00a0de\u00a0dollars" in told
    assert "possible, rapporté" in told


def test_the_briefing_as_json_carries_claims_and_passages(cli: Cli, built: Path) -> None:
    told = json.loads(cli("--project", built, "--format", "json").out)
    sayings = [s for section in told["sections"] for line in section["lines"] for s in line["sayings"]]
    assert {"claim", "value", "passages", "certainty"} <= set(sayings[0])
    assert any(s["claim"] == "claim:abcbourse-2025-06-13-15" and not s["admitted"] for s in sayings)


def test_ask_takes_a_label_with_a_typing_error_and_says_so(cli: Cli, built: Path) -> None:
    answer = cli(
        "ask", "companies/competitors", "--param", "company=Mteta", "--project", built, "--format", "csv"
    )
    assert answer.code == 0
    assert "id/openai" in answer.out
    assert "taken as Meta" in answer.err


def test_ask_prints_json_when_piped(cli: Cli, built: Path) -> None:
    answer = json.loads(cli("ask", "deals/stakes", "--project", built).out)
    assert answer["results"]["bindings"]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "table"])
def test_every_format_of_rows(cli: Cli, built: Path, form: str) -> None:
    answer = cli("ask", "deals/stakes", "--project", built, "--format", form)
    assert answer.code == 0
    assert "stake-meta-scale-ai" in answer.out


@pytest.mark.parametrize("form", ["ttl", "jsonld", "nt", "xml", "table"])
def test_every_format_of_graphs(cli: Cli, built: Path, form: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?s = <https://w3id.org/dealgraph/id/meta>) }"
    answer = cli("sparql", query, "--project", built, "--format", form)
    assert answer.code == 0
    assert "scale-ai" in answer.out


def test_show_tells_claims_about_and_around_a_thing(cli: Cli, built: Path) -> None:
    told = cli("show", "Scale AI", "--project", built)
    assert told.code == 0
    assert "San Francisco" in told.out
    assert "49%" in told.out


def test_queries_are_listed_with_parameters(cli: Cli, built: Path) -> None:
    listed = json.loads(cli("queries", "--project", built).out)
    assert len(listed) >= 30
    assert all(q["summary"] and q["summary_fr"] for q in listed)


def test_a_question_can_be_printed_as_sparql_and_run(cli: Cli, built: Path, tmp_path: Path) -> None:
    text = cli("ask", "companies/competitors", "--param", "company=Meta", "--print", "--project", built).out
    file = tmp_path / "question.rq"
    file.write_text(text, encoding="utf-8")
    direct = cli("ask", "companies/competitors", "--param", "company=Meta", "--project", built).out
    assert cli("sparql", file, "--project", built).out == direct


def test_a_build_of_the_same_files_is_up_to_date_and_a_full_one_equal(cli: Cli, project: Path) -> None:
    first = next((project / ".dealgraph" / "snapshots").iterdir())
    assert "Up to date" in cli("build", "--no-check", "--project", project).err
    assert "Built" in cli("build", "--full", "--project", project).err
    assert next((project / ".dealgraph" / "snapshots").iterdir()) == first


def test_a_snapshot_out_of_date_answers_and_says_so(cli: Cli, project: Path) -> None:
    edit(project / "graph" / "things" / "companies.trig", '"Nvidia"@en', '"NVIDIA"@en')
    answer = cli("ask", "deals/stakes", "--project", project)
    assert answer.code == 0
    assert "dealgraph build" in answer.err


# Bad input: a clear error, its own exit code, and the previous snapshot goes on answering.


def refused(cli: Cli, project: Path, code: int, *says: str) -> None:
    run = cli("build", "--project", project)
    assert run.code == code, run
    for words in says:
        assert words in run.err + run.out
    assert "Traceback" not in run.err
    assert cli("ask", "deals/stakes", "--project", project).code == 0


def test_broken_trig_is_named_by_file_and_line(cli: Cli, project: Path) -> None:
    line = edit(
        article(project), "    dg:polarity dg:Positive ;", "    dg:polarity dg:Positive dg:Positive ;"
    )
    refused(cli, project, 11, f"{article(project).name}:{line}")


def test_an_unknown_prefix_is_named(cli: Cli, project: Path) -> None:
    edit(article(project), "dg:subject id:scale-ai", "dg:subject ids:scale-ai")
    refused(cli, project, 12, "ids", article(project).name)


def test_a_duplicate_claim_id_is_named_with_both_places(cli: Cli, project: Path) -> None:
    edit(article(project), "\nclaim:abcbourse-2025-06-13-2\n", "\nclaim:abcbourse-2025-06-13-1\n")
    refused(cli, project, 13, "claim/abcbourse-2025-06-13-1", "first at")


def test_a_claim_without_a_passage_is_a_violation(cli: Cli, project: Path) -> None:
    text = article(project).read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    start = lines.index("claim:abcbourse-2025-06-13-9\n")
    cut = next(i for i in range(start, len(lines)) if "dg:passage" in lines[i])
    article(project).write_text("".join(lines[:cut] + lines[cut + 1 :]), encoding="utf-8")
    refused(cli, project, 1, "dealgraph check")
    report = cli("check", "--project", project)
    assert report.code == 1
    assert f"{article(project).name}:{start + 1}" in report.out
    assert "claim:abcbourse-2025-06-13-9" in report.out


def test_offsets_past_the_end_are_a_violation(cli: Cli, project: Path) -> None:
    edit(article(project), "dg:end 51 ;", "dg:end 510000 ;")
    refused(cli, project, 1)
    assert "char=0,51" in cli("check", "--project", project).out


def test_a_double_for_a_decimal_is_a_violation(cli: Cli, project: Path) -> None:
    edit(article(project), "dg:lower 13500000000.0 ;", "dg:lower 1.35e10 ;")
    refused(cli, project, 1)
    assert "decimal" in cli("check", "--project", project).out


def test_a_folder_that_is_no_project(cli: Cli, tmp_path: Path) -> None:
    run = cli("build", "--project", tmp_path)
    assert run.code == 10
    assert "graph/articles" in run.err


def test_a_snapshot_that_cannot_be_written(cli: Cli, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_way = project / "a-file"
    in_the_way.write_text("", encoding="utf-8")
    monkeypatch.setenv("DEALGRAPH_STATE", str(in_the_way))
    run = cli("build", "--no-check", "--project", project)
    assert run.code == 19
    assert str(in_the_way) in run.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("ask", "no/such"), 16, "no/such"),
        (("ask", "companies/competitors", "--param", "firm=Meta"), 15, "company"),
        (("ask", "companies/competitors", "--param", "Meta"), 2, "key=value"),
        (("ask", "companies/competitors", "--param", "company=Zzyzx Corporation"), 16, "Zzyzx"),
        (("ask", "deals/stakes", "--format", "ttl"), 22, "csv"),
        (("sparql", "SELECT ?s WHERE { ?s ?p }"), 21, "query:1"),
        (("sparql", "SELECT * WHERE { ?s nope:x ?o }"), 12, "nope"),
        (("sparql", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"), 21, "no updates"),
        (("sparql", "missing.rq"), 25, "missing.rq"),
        (("show", "Zzyzx"), 16, "Zzyzx"),
        (("verify", "--texts", "no-such-folder"), 25, "no-such-folder"),
    ],
)
def test_wrong_words_are_named_with_their_own_exit_code(
    cli: Cli, built: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    run = cli(*words, "--project", built)
    assert (run.code, says in run.err) == (code, True), run
    assert "Traceback" not in run.err


def test_a_defective_stored_query_is_named_by_file_and_line(cli: Cli, project: Path) -> None:
    edit(project / "queries" / "deals" / "stakes.rq", "#+ summary:", "#+ sumary: x\n#+ summary:")
    run = cli("queries", "--check", "--project", project)
    assert run.code == 1
    assert "deals/stakes.rq:1" in run.out
    assert "sumary" in run.out


def test_fmt_check_names_a_file_in_another_form_and_fmt_mends_it(cli: Cli, project: Path) -> None:
    before = article(project).read_text(encoding="utf-8")
    edit(article(project), "    dg:polarity dg:Positive ;", "    dg:polarity   dg:Positive ;")
    run = cli("fmt", "--check", "--project", project)
    assert (run.code, article(project).name in run.out) == (1, True)
    assert cli("fmt", "--project", project).code == 0
    assert article(project).read_text(encoding="utf-8") == before


def test_reading_commands_load_nothing_heavy(built: Path) -> None:
    code = (
        "import sys; sys.argv = ['dealgraph', 'ask', 'deals/stakes', '--project', sys.argv[1]];"
        "from dealgraph.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted({'rdflib', 'pyshacl', 'owlready2', 'babel', 'rapidfuzz', 'edtf'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(built)], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.splitlines()[-1] == "[]"

"""Identifiers as a user meets them: what `show` tells of them, and what a wrong mapping file gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Cli, edit


def test_show_tells_identifiers_and_what_a_thing_is_not_apart(cli: Cli, built: Path) -> None:
    told = cli("show", "Meta", "--lang", "en", "--project", built).out
    matches, denied = told.split("Identifiers")[1].split("not this one, in")
    assert "Q380" in matches
    assert "Q355" not in matches
    assert "Q355" in denied
    french = cli("show", "Scale AI", "--lang", "fr", "--project", built).out.split("Identifiants")[1]
    assert french.index("scale-2") < french.index("incertain") < french.index("cherché, non trouvé")


def test_show_as_json_names_the_judgement_of_each_identifier(cli: Cli, built: Path) -> None:
    told = json.loads(cli("show", "Google", "--format", "json", "--project", built).out)["identifiers"]
    judged = {(each["scheme"], each["identifier"]): each["judgement"] for each in told}
    assert judged["wikidata", "Q95"] == "match"
    assert judged["sec-cik", "0001652044"] == "not"
    assert judged["sec-cik", ""] == "not found"


def test_show_as_json_ld_is_linked_data(cli: Cli, built: Path) -> None:
    told = json.loads(cli("show", "Google", "--format", "jsonld", "--project", built).out)
    assert "http://www.wikidata.org/entity/Q95" in told["sameAs"]
    assert not [each for each in told["sameAs"] if "1652044" in each]


def test_show_in_another_format_is_refused(cli: Cli, built: Path) -> None:
    refused = cli("show", "Google", "--format", "xml", "--project", built)
    assert refused.code == 22
    assert "text, json or jsonld" in refused.err


def test_a_wrong_mapping_is_named_by_file_and_line(cli: Cli, project: Path) -> None:
    path = project / "graph" / "mappings" / "companies.sssom.tsv"
    line = edit(path, "\tlei:HWUPKR0MPOU8FGXBT394\t", "\tlei:HWUPKR0MPOU8FGXBT349\t")
    told = cli("check", "--lang", "en", "--project", project)
    assert told.code == 1
    assert f"graph/mappings/companies.sssom.tsv:{line}" in told.out
    assert "is 49, should be 94" in " ".join(told.out.split())


MAPPINGS = Path("graph") / "mappings" / "companies.sssom.tsv"


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("subject_id\t", "subject\t", 40, "'subject'"),
        ("# license:", "# title:", 41, "no licence is named"),
        ("\tskos:exactMatch\t\tcrunchbase:organization/amazon\t", "\t", 42, "cells"),
        ("\tskos:exactMatch\t", "\towl:sameAs\t", 12, "owl: is not declared"),
        ("\t0.85\t", "\t85\t", 42, "from 0 to 1"),
    ],
)
def test_a_mapping_file_that_cannot_be_read_stops_the_build_and_the_old_answers_stay(
    cli: Cli, project: Path, old: str, new: str, code: int, says: str
) -> None:
    line = edit(project / MAPPINGS, old, new)
    run = cli("build", "--project", project)
    assert run.code == code
    assert f"{MAPPINGS.as_posix()}:{1 if code == 41 else line}" in run.err
    assert says in run.err
    assert "Traceback" not in run.err
    assert "Q380" in cli("show", "Meta", "--project", project).out


def test_a_mapping_file_in_another_encoding_is_refused_by_file_and_line(cli: Cli, project: Path) -> None:
    path = project / MAPPINGS
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("Amazon", "Amazône", 1).encode("latin-1"))
    run = cli("build", "--project", project)
    assert run.code == 25
    assert f"{MAPPINGS.name}:" in run.err
    assert "not UTF-8" in run.err


def test_fmt_brings_a_mapping_file_into_its_one_form(cli: Cli, project: Path) -> None:
    path = project / MAPPINGS
    before = path.read_bytes()
    lines = before.decode().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("id:"))
    unused = "#   unused: https://example.org/"
    other = [*lines[:start], *reversed(lines[start:])]
    other.insert(lines.index("# curie_map:") + 1, unused)
    path.write_text("\n".join(other), encoding="utf-8")
    assert cli("fmt", "--check", "--project", project).code == 1
    assert MAPPINGS.as_posix() in cli("fmt", "--project", project).out
    assert path.read_bytes() == before

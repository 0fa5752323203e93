"""Local data sets: what is read, and what bad files get."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from link_things import CSV, DATA, HEAD

from dealgraph.errors import (
    DatasetProblem,
    DealgraphError,
    DescriptionDefect,
    NoLicence,
    Unreadable,
    WrongUsage,
)
from dealgraph.link.dataset import load_dataset
from dealgraph.link.description import described, find_description, read_description
from dealgraph.link.entity import Entity, Place
from dealgraph.settings import data_folder, open_project
from tiny import ROOT


def loaded(folder: Path, description: str, rows: str | bytes) -> tuple[Entity, ...]:
    """Read rows as a description says."""
    path = folder / "rows.yaml"
    path.write_text(description, encoding="utf-8")
    (folder / "rows.csv").write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    return load_dataset(read_description(path, "rows.yaml"), folder).entities


# --- what is read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "iri", "label"),
    [
        ("ror", "https://ror.org/01zbnvs85", "Meta (United States)"),
        (
            "sec",
            "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=0001326801",
            "Meta Platforms, Inc.",
        ),
        ("sp500", "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=0000066740", "3M"),
        ("geonames-cities", "https://sws.geonames.org/5391959/", "San Francisco"),
        ("geonames-regions", "https://sws.geonames.org/5165418/", "Ohio"),
        (
            "epoch-data-centers",
            "https://w3id.org/dealgraph/outside/epoch-data-center/Meta_Prometheus_New_Albany_Ohio",
            "Meta Prometheus",
        ),
    ],
)
def test_a_shipped_description_reads_its_extract(name: str, iri: str, label: str) -> None:
    entities = load_dataset(find_description(open_project(ROOT), name), DATA).entities
    assert {entity.iri: entity.label for entity in entities}[iri] == label
    assert all(entity.where.rpartition(":")[2].isdecimal() for entity in entities)


def test_every_shipped_description_names_licence_source_and_day() -> None:
    for path in described(open_project(ROOT)).values():
        description = read_description(path)
        assert description.licence.startswith("https://")
        assert description.source
        assert description.retrieved.year >= 2025
        assert description.title["fr"] != description.title["en"]


def test_a_nested_record_gives_its_names_places_and_identifiers() -> None:
    entities = load_dataset(find_description(open_project(ROOT), "ror"), DATA).entities
    meta = next(entity for entity in entities if entity.iri == "https://ror.org/01zbnvs85")
    assert meta.aliases == ("Meta Platforms", "Facebook", "FB")
    assert meta.places == (Place("Menlo Park", "", "US"),)
    assert meta.years == (2004,)
    assert {i.scheme for i in meta.identifiers} == {"ror", "wikidata", "isni", "grid"}


def test_rdf_is_read_through_a_query_beside_the_description(tmp_path: Path) -> None:
    (tmp_path / "rows.rq").write_text(
        "PREFIX ex: <https://example.org/>\n"
        "SELECT ?iri ?label ?other WHERE { ?iri ex:name ?label ; ex:aka ?other }"
    )
    (tmp_path / "rows.ttl").write_text(
        '@prefix ex: <https://example.org/> . ex:a ex:name "A" ; ex:aka "one" , "two" . ex:b ex:name "B" .'
    )
    fields = "fields: {label: label, aliases: other}"
    text = f'{HEAD}format: rdf\nfile: rows.ttl\nquery: rows.rq\niri: "{{iri}}"\n{fields}\n'
    (tmp_path / "rows.yaml").write_text(text)
    (entity,) = load_dataset(read_description(tmp_path / "rows.yaml"), tmp_path).entities
    assert (entity.iri, entity.label, sorted(entity.aliases)) == (
        "https://example.org/a",
        "A",
        ["one", "two"],
    )


def test_values_are_split_matched_and_filtered(tmp_path: Path) -> None:
    description = CSV.replace(
        "{label: name}", "\n  label: name\n  owners: {from: owner, split: ',', match: '^([^#]+)'}"
    )
    rows = 'id,name,owner,state\n1,A,"Meta #sure, Oracle #likely",ok\n2,B,,gone\n'
    (entity,) = loaded(tmp_path, f"{description}except: {{state: [gone]}}\n", rows)
    assert entity.owners == ("Meta", "Oracle")


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
        min_size=1,
        max_size=5,
    )
)
def test_csv_gives_back_every_name(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    quoted = "".join(f'{n},"{name.replace(chr(34), chr(34) * 2)}"\n' for n, name in enumerate(names))
    entities = loaded(tmp_path_factory.mktemp("csv"), CSV, f"id,name\n{quoted}")
    assert [entity.label for entity in entities] == [" ".join(name.split()) for name in names]


# --- what is wrong with the data ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("", "rows.csv:1: the file is empty"),
        (
            "id,title\n1,A\n",
            "rows.csv:1: has no column 'name'; it has: id, title. Bring rows.yaml up to date",
        ),
        ("id,name,name\n1,A,B\n", "rows.csv:1: has two columns 'name'"),
        ("id,name\n1,A\n2\n", "rows.csv:3: has 1 values, the header 2"),
        ("id,name\n1,A\n1,B\n", "rows.csv:3: https://example.org/1 stands here and at rows.csv:2"),
        ("id,name\n1,A\n1,A\n", "rows.csv:3: https://example.org/1 stands here and at rows.csv:2"),
        ("id,name\n,A\n", "rows.csv:2: the record has no id"),
        ("id,name\n1,\n", "rows.csv:2: the record has no label"),
        ("id,name\n", "rows.csv:1: no record is left after the filters"),
        ('id,name\n1,"A\n', "rows.csv:2: cannot be read as a table"),
        ("id,name\n1," + "x" * 120_000 + "\n", "rows.csv:2: 'name' has 120000 characters"),
        ("id,name\n1," + "x" * 140_000 + "\n", "rows.csv:2: cannot be read as a table"),
        ("id,name\n1,Zürich\n2,Köln\n".encode("latin-1"), "rows.csv:2: is not UTF-8: byte 0xfc"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, rows: str | bytes, told: str) -> None:
    with pytest.raises(DatasetProblem) as caught:
        loaded(tmp_path, CSV, rows)
    assert str(caught.value).startswith(told)
    assert caught.value.fix


@pytest.mark.parametrize(
    ("form", "text", "told"),
    [
        ("json", '{"a": 1', "rows.csv:1: is not JSON"),
        ("json", "[1]", "rows.csv:1: is not a record"),
        ("json", '"text"', "rows.csv:1: is not a list of records"),
        ("json", '[{"id": "1", "title": "A"}]', "rows.csv:1: has no column 'name'"),
        ("jsonl", '{"id": "1", "name": "A"}\n{"id"\n', "rows.csv:2: is not JSON"),
        ("jsonl", '{"id": "1", "name": "A"}\n' + "[" * 100_000 + "\n", "rows.csv:2: is not JSON"),
    ],
)
def test_bad_json_is_named_with_its_line(tmp_path: Path, form: str, text: str, told: str) -> None:
    with pytest.raises(DatasetProblem) as caught:
        loaded(tmp_path, CSV.replace("format: csv", f"format: {form}"), text)
    assert str(caught.value).startswith(told)


def test_records_of_one_id_are_merged_or_left_out_if_the_description_says_so(tmp_path: Path) -> None:
    rows = "id,name\n1,A\n1,B\n2,C\n"
    merged = loaded(tmp_path, f"{CSV}same_id: merge\n", rows)
    assert [entity.labels for entity in merged] == [("A", "B"), ("C",)]
    (kept,) = loaded(tmp_path, f"{CSV}same_id: omit\n", rows)
    assert kept.label == "C"


def test_a_file_that_is_not_there_says_how_to_name_its_folder(tmp_path: Path) -> None:
    (tmp_path / "rows.yaml").write_text(CSV)
    with pytest.raises(Unreadable, match="DEALGRAPH_DATA"):
        load_dataset(read_description(tmp_path / "rows.yaml"), tmp_path)


def test_the_folder_of_data_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEALGRAPH_DATA", raising=False)
    with pytest.raises(WrongUsage, match="DEALGRAPH_DATA"):
        data_folder()
    with pytest.raises(WrongUsage, match="no such folder"):
        data_folder(tmp_path / "nowhere")
    monkeypatch.setenv("DEALGRAPH_DATA", str(tmp_path))
    assert data_folder() == tmp_path


@given(st.binary(max_size=300), st.sampled_from(["csv", "tsv", "json", "jsonl"]))
def test_no_bytes_make_the_reader_crash(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, form: str
) -> None:
    try:
        loaded(tmp_path_factory.mktemp("bytes"), CSV.replace("format: csv", f"format: {form}"), data)
    except DealgraphError as error:
        assert error.where
        assert error.fix


# --- what is wrong with a description -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format: csv", "format: xlsx", "d.yaml:6: format is 'xlsx'"),
        ("retrieved: 2025-06-13", "retrieved: yesterday", "d.yaml:5: retrieved is no date"),
        ("source: https://example.org/", "source: the web", "d.yaml:4: source is no web address"),
        ("{label: name}", "{lable: name}", "d.yaml:9: unknown key 'lable'"),
        ("{label: name}", "{label: {from: name, match: '('}}", "d.yaml:9: match is not a pattern"),
        ("{label: name}", "{}", "d.yaml:1: no field is the label"),
        ("{id}", "id", "d.yaml:8: 'https://example.org/id' has no hole"),
        ("{id}", "{id|upper}", "d.yaml:8: 'upper' is no form of a value"),
        ("title: Rows", "title: [", "d.yaml:"),
        ("title: Rows", "title: Rows\ntitle: Rows", "d.yaml:2: key 'title' twice"),
        ("file: rows.csv", "kind: spaceship\nfile: rows.csv", "d.yaml:7: 'spaceship' is not a kind"),
        ("file: rows.csv", "", "d.yaml:1: has no file"),
    ],
)
def test_a_bad_description_is_named_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(CSV.replace(old, new))
    with pytest.raises(DescriptionDefect) as caught:
        read_description(path, "d.yaml")
    assert str(caught.value).startswith(told)
    assert caught.value.fix


def test_a_source_without_a_licence_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("".join(line for line in CSV.splitlines(keepends=True) if "licence" not in line))
    with pytest.raises(NoLicence, match="licence"):
        read_description(path, "d.yaml")


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_of_descriptions_crash(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("d") / "d.yaml"
    path.write_bytes(text.encode("utf-8", "replace"))
    with pytest.raises(DealgraphError):
        read_description(path)


def test_a_json_description_of_a_list_below_a_key(tmp_path: Path) -> None:
    rows = json.dumps({"meta": 1, "items": [{"id": "1", "name": "A"}]})
    (entity,) = loaded(tmp_path, CSV.replace("format: csv", "format: json"), rows)
    assert entity.label == "A"

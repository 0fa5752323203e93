"""Mapping files: what is written is read again as it was, and what is wrong is refused with its place."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealgraph.errors import (
    DealgraphError,
    MappingHeader,
    MappingRow,
    NoLicence,
    UnknownPrefix,
    Unreadable,
)
from dealgraph.mapping import (
    BROAD,
    CLOSE,
    EXACT,
    NO_TERM_FOUND,
    SCHEMES,
    UNDECIDED,
    Judgement,
    Mapping,
    MappingSet,
    load,
    new_set,
    read,
    to_text,
    undecided,
    write,
)
from dealgraph.terms import BASE, iri
from tiny import ROOT, project

HEADER = "subject_id\tpredicate_id\tobject_id\tmapping_justification"
HEAD = (
    "# curie_map:\n"
    f"#   id: {BASE}id/\n"
    "#   semapv: https://w3id.org/semapv/vocab/\n"
    "#   skos: http://www.w3.org/2004/02/skos/core#\n"
    "#   wd: http://www.wikidata.org/entity/\n"
    "# license: https://creativecommons.org/licenses/by/4.0/\n"
)
ROW = "id:bluewave\tskos:exactMatch\twd:Q1\tsemapv:ManualMappingCuration"
BLUEWAVE = iri("id:bluewave")


def in_file(folder: Path, text: str | bytes) -> Path:
    path = folder / "companies.sssom.tsv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def set_of(*mappings: Mapping) -> MappingSet:
    return dataclasses.replace(new_set("invented", "Invented judgements"), mappings=mappings)


# --- judgements ---------------------------------------------------------------------------------------------

MATCH = Mapping(BLUEWAVE, EXACT, iri("wd:Q1"))


@pytest.mark.parametrize(
    ("mapping", "judgement"),
    [
        (MATCH, Judgement.MATCH),
        (dataclasses.replace(MATCH, predicate=CLOSE), Judgement.RELATED),
        (dataclasses.replace(MATCH, predicate=BROAD), Judgement.RELATED),
        (dataclasses.replace(MATCH, negated=True), Judgement.NOT),
        (undecided(MATCH), Judgement.UNSURE),
        (undecided(dataclasses.replace(MATCH, negated=True)), Judgement.UNSURE),
        (dataclasses.replace(MATCH, object=NO_TERM_FOUND), Judgement.NOT_FOUND),
    ],
)
def test_only_an_exact_match_is_a_match(mapping: Mapping, judgement: Judgement) -> None:
    assert mapping.judgement is judgement


def test_a_new_judgement_takes_the_place_of_the_earlier_one_on_the_same_pair() -> None:
    other = Mapping(BLUEWAVE, EXACT, iri("wd:Q2"))
    refused = dataclasses.replace(MATCH, negated=True)
    assert set_of(MATCH, other).revised(refused).mappings == (refused, other)
    assert set_of(MATCH, other).without(MATCH.pair).mappings == (other,)


def test_nothing_found_in_one_source_says_nothing_of_another() -> None:
    here, there = (
        Mapping(BLUEWAVE, EXACT, NO_TERM_FOUND, object_source=iri(f"scheme:{name}"))
        for name in ("wikidata", "lei")
    )
    assert set_of(here).revised(there).mappings == tuple(sorted((here, there)))


# --- round trip ---------------------------------------------------------------------------------------------

LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")))
LOCAL = st.lists(st.sampled_from([*"aZ09_-.~/:(),;=@!$&'*+?", "%C3"]), min_size=1).map("".join)
OUTSIDE = st.builds(lambda scheme, local: scheme.namespace + local, st.sampled_from(SCHEMES), LOCAL)
MAPPINGS = st.builds(
    Mapping,
    subject=st.builds(lambda local: BASE + "id/" + local, LOCAL),
    predicate=st.sampled_from([EXACT, CLOSE, BROAD]),
    object=OUTSIDE,
    negated=st.booleans(),
    object_label=LINE,
    object_source=st.sampled_from(["", *(scheme.iri for scheme in SCHEMES)]),
    confidence=st.none() | st.decimals(0, 1, places=3),
    author=LINE,
    tool=LINE,
    date=st.none() | st.dates(),
    comment=LINE,
    cardinality=st.sampled_from(["", "1:1", "1:n"]),
    subject_label=LINE,
)
METADATA = st.dictionaries(
    st.sampled_from(["mapping_set_title", "mapping_set_description", "see_also", "mapping_date"]),
    LINE | st.lists(LINE).map(tuple) | st.sampled_from(["null", "true", "1.0", "a: b", "# x", "two\nlines"]),
)


@given(st.lists(MAPPINGS, max_size=4, unique=True), METADATA)
def test_what_is_written_is_read_again_and_written_alike(
    tmp_path_factory: pytest.TempPathFactory,
    mappings: list[Mapping],
    metadata: dict[str, str | tuple[str, ...]],
) -> None:
    path = tmp_path_factory.getbasetemp() / "round-trip.sssom.tsv"
    written = MappingSet(metadata | {"license": "https://example.org/licence"}, tuple(mappings))
    write(path, written)
    before = path.read_bytes()
    again = read(path)
    assert sorted(again.mappings) == sorted(mappings)
    assert again.metadata == written.metadata
    assert len(again.places) == len(mappings)
    write(path, again)
    assert path.read_bytes() == before


@given(st.text(), st.sampled_from(["comment", "object_label", "subject_label", "author", "tool"]))
def test_any_text_is_kept_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str, field: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.sssom.tsv"
    path.unlink(missing_ok=True)
    mapping = Mapping(BLUEWAVE, EXACT, iri("wd:Q1"), **{field: text})  # type: ignore[arg-type]  # a text field
    try:
        write(path, set_of(mapping))
    except MappingRow:
        assert not path.exists()
    else:
        assert read(path).mappings == (mapping,)


@pytest.mark.parametrize(
    "text", ['"', 'so "quoted" it', '"quoted"', "l’été à Zürich", "  spaces ", "#", "a,b|c"]
)
def test_quotes_accents_and_spaces_are_kept(tmp_path: Path, text: str) -> None:
    mapping = dataclasses.replace(MATCH, comment=text, author=text)
    write(tmp_path / "a.sssom.tsv", set_of(mapping))
    assert read(tmp_path / "a.sssom.tsv").mappings == (mapping,)


@pytest.mark.parametrize("text", ["two\nlines", "a\ttab", "a\rreturn", "\u2028", "\x85", "\x00"])
def test_what_would_break_a_row_is_refused_and_the_file_is_as_it_was(tmp_path: Path, text: str) -> None:
    path = in_file(tmp_path, f"{HEAD}{HEADER}\n{ROW}\n")
    before = path.read_bytes()
    with pytest.raises(MappingRow, match="comment has the control character"):
        write(path, set_of(dataclasses.replace(MATCH, comment=text)))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_rows_are_sorted_and_only_needed_prefixes_are_declared() -> None:
    mappings = [Mapping(iri(f"id:{name}"), EXACT, iri("wd:Q1")) for name in ("west", "north", "east")]
    text = to_text(set_of(*mappings))
    assert text == to_text(set_of(*reversed(mappings)))
    rows = [line.split("\t")[0] for line in text.splitlines() if line.startswith("id:")]
    assert rows == ["id:east", "id:north", "id:west"]
    declared = [line.split()[1] for line in text.splitlines() if line.startswith("#   ")]
    assert declared == ["id:", "semapv:", "skos:", "wd:"]


def test_an_iri_in_no_known_namespace_is_refused_and_a_prefix_of_the_set_serves() -> None:
    mapping = Mapping(BLUEWAVE, EXACT, "https://example.org/1")
    with pytest.raises(UnknownPrefix, match="no prefix is known"):
        to_text(set_of(mapping))
    own = dataclasses.replace(set_of(mapping), prefixes={"ex": "https://example.org/"})
    assert "\tex:1\t" in to_text(own)


def test_the_same_mapping_twice_is_refused() -> None:
    with pytest.raises(MappingRow, match="stands twice"):
        to_text(set_of(MATCH, MATCH))


def test_a_set_without_licence_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(NoLicence):
        write(tmp_path / "a.sssom.tsv", MappingSet({}, (MATCH,)))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    in_the_way = tmp_path / "mappings"
    in_the_way.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(Unreadable, match="cannot be written"):
        write(in_the_way / "a.sssom.tsv", set_of(MATCH))


# --- reading ------------------------------------------------------------------------------------------------


def test_a_row_is_read_with_its_place(tmp_path: Path) -> None:
    columns = f"{HEADER}\tconfidence\tmapping_date\tpredicate_modifier\tcomment"
    path = in_file(tmp_path, f"{HEAD}{columns}\n{ROW}\t0.90\t2026-11-25\tNot\tanother Bluewave\n")
    found = read(path, "graph/mappings/companies.sssom.tsv")
    assert found.mappings == (
        Mapping(
            BLUEWAVE,
            EXACT,
            iri("wd:Q1"),
            negated=True,
            confidence=Decimal("0.9"),
            date=dt.date(2026, 11, 25),
            comment="another Bluewave",
        ),
    )
    assert found.places == ("graph/mappings/companies.sssom.tsv:8",)
    assert found.licence == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("# ", "#") + f"{HEADER}\n{ROW}\n",
        f"\ufeff{HEAD}{HEADER}\n{ROW}",
        f"{HEAD}{HEADER}\n{ROW}\n".replace("\n", "\r\n"),
    ],
    ids=["no space after the hash", "byte order mark", "line ends of Windows"],
)
def test_other_ways_to_write_the_same_are_read(tmp_path: Path, text: str) -> None:
    found = read(in_file(tmp_path, text))
    assert found.mappings == (MATCH,)
    assert found.licence == "https://creativecommons.org/licenses/by/4.0/"


LONG = f"{HEADER}\tpredicate_modifier\tconfidence\tmapping_date\tobject_source\tmapping_cardinality"
WRONG: dict[str, tuple[str | bytes, type[DealgraphError], int, str]] = {
    "another encoding": (
        f"{HEAD}{HEADER}\tcomment\n{ROW}\tété\n".encode("latin-1"),
        Unreadable,
        8,
        "not UTF-8",
    ),
    "no licence": (f"{HEAD.replace('license', 'title')}{HEADER}\n{ROW}\n", NoLicence, 1, "no licence"),
    "nothing": ("", NoLicence, 1, "no licence"),
    "unknown column": (f"{HEAD}{HEADER}\tscore\n", MappingHeader, 7, "'score'"),
    "no column": (
        f"{HEAD}{HEADER[: HEADER.rindex(chr(9))]}\n",
        MappingHeader,
        7,
        "lacks mapping_justification",
    ),
    "no header": (HEAD, MappingHeader, 7, "header"),
    "a column twice": (f"{HEAD}{HEADER}\tobject_id\n", MappingHeader, 7, "twice"),
    "metadata not YAML": (f"{HEAD}# a: [\n{HEADER}\n", MappingHeader, 7, "not YAML"),
    "metadata a list": (f"# - license\n{HEADER}\n", MappingHeader, 1, "no list of keys"),
    "metadata nested": (f"{HEAD}# a:\n#   b: c\n{HEADER}\n", MappingHeader, 7, "value of a"),
    "prefixes a text": (f"# license: x\n# curie_map: x\n{HEADER}\n", MappingHeader, 2, "curie_map"),
    "a cell too few": (
        f"{HEAD}{HEADER}\n{ROW[: ROW.rindex(chr(9))]}\n",
        MappingRow,
        8,
        "3 cells, the header 4",
    ),
    "a cell too many": (f"{HEAD}{HEADER}\n{ROW}\n{ROW}\tmore\n", MappingRow, 9, "5 cells"),
    "an empty line": (f"{HEAD}{HEADER}\n\n{ROW}\n", MappingRow, 8, "0 cells"),
    "an open quote": (f'{HEAD}{HEADER}\n"{ROW}\n', MappingRow, 8, "quotes"),
    "a row twice": (f"{HEAD}{HEADER}\n{ROW}\n{ROW}\n", MappingRow, 9, "the same as"),
    "an empty subject": (
        f"{HEAD}{HEADER}\n{ROW.replace('id:bluewave', '')}\n",
        MappingRow,
        8,
        "subject_id is empty",
    ),
    "an IRI": (f"{HEAD}{HEADER}\n{ROW.replace('wd:Q1', 'Q1')}\n", MappingRow, 8, "no CURIE"),
    "unknown prefix": (
        f"{HEAD}{HEADER}\n{ROW.replace('wd:', 'lei:')}\n",
        UnknownPrefix,
        8,
        "lei: is not declared",
    ),
    "owl:sameAs": (
        f"{HEAD.replace('skos: ', 'owl: ')}{HEADER}\n{ROW.replace('skos:exactMatch', 'owl:sameAs')}\n",
        MappingRow,
        8,
        "no mapping predicate",
    ),
    "modifier": (f"{HEAD}{LONG}\n{ROW}\tnot\t\t\t\t\n", MappingRow, 8, "'not' is no modifier"),
    "confidence": (f"{HEAD}{LONG}\n{ROW}\t\thigh\t\t\t\n", MappingRow, 8, "no number"),
    "confidence above 1": (f"{HEAD}{LONG}\n{ROW}\t\t90\t\t\t\n", MappingRow, 8, "from 0 to 1"),
    "confidence NaN": (f"{HEAD}{LONG}\n{ROW}\t\tNaN\t\t\t\n", MappingRow, 8, "from 0 to 1"),
    "date": (f"{HEAD}{LONG}\n{ROW}\t\t\t25/11/2026\t\t\n", MappingRow, 8, "no date"),
    "cardinality": (f"{HEAD}{LONG}\n{ROW}\t\t\t\t\tmany\n", MappingRow, 8, "no cardinality"),
    "found and yet nothing": (f"{HEAD}{LONG}\n{ROW}\t\t\t\t\t1:0\n", MappingRow, 8, "does not fit"),
    "justification": (
        f"{HEAD}{HEADER}\n{ROW.replace('semapv:ManualMappingCuration', 'id:guess')}\n",
        MappingRow,
        8,
        "semapv",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, case: str) -> None:
    text, kind, line, message = WRONG[case]
    path = in_file(tmp_path, text)
    with pytest.raises(kind, match=message) as refused:
        read(path)
    assert refused.value.where == f"{path}:{line}"
    assert refused.value.fix


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (dataclasses.replace(MATCH, object=NO_TERM_FOUND), "nothing says where"),
        (
            dataclasses.replace(MATCH, object=NO_TERM_FOUND, negated=True, object_source=iri("scheme:lei")),
            "is negated",
        ),
        (dataclasses.replace(MATCH, predicate=UNDECIDED), "undecided"),
        (dataclasses.replace(MATCH, predicate=UNDECIDED, confidence=Decimal("0.5")), "undecided"),
        *(
            (dataclasses.replace(MATCH, object=f"http://www.wikidata.org/entity/Q{sign}1"), "no CURIE")
            for sign in (" ", "é", "%", "<", '"', "##")
        ),
    ],
)
def test_a_mapping_that_says_two_things_is_not_written(mapping: Mapping, message: str) -> None:
    with pytest.raises(MappingRow, match=message):
        to_text(set_of(mapping))


def test_a_project_loads_its_mapping_files_in_order(tmp_path: Path) -> None:
    opened = project(
        tmp_path,
        {
            f"graph/mappings/{name}.sssom.tsv": f"{HEAD}{HEADER}\n{ROW.replace('bluewave', name)}\n"
            for name in ("west", "east")
        },
    )
    places = [place for mapping_set in load(opened) for place in mapping_set.places]
    assert places == ["graph/mappings/east.sssom.tsv:8", "graph/mappings/west.sssom.tsv:8"]


def test_the_alignments_of_the_ontology_are_read_by_the_same_reader() -> None:
    found = read(ROOT / "ontology" / "alignments" / "alignments.sssom.tsv")
    assert len(found.mappings) > 40
    assert {mapping.judgement for mapping in found.mappings} == {Judgement.MATCH, Judgement.RELATED}

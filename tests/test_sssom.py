"""Every mapping file by the sssom library: valid, and read row by row as the project reads it."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from dealgraph.mapping import (
    EXACT,
    NO_TERM_FOUND,
    SCHEMES,
    Mapping,
    MappingSet,
    new_set,
    read,
    undecided,
    write,
)
from dealgraph.mapping.columns import NEGATED
from dealgraph.terms import iri
from tiny import ROOT

PYTHON = ROOT / ".venv-sssom" / "bin" / "python"
FILES = sorted([*(ROOT / "graph" / "mappings").glob("*.tsv"), *(ROOT / "ontology").rglob("*.sssom.tsv")])

pytestmark = pytest.mark.skipif(
    not PYTHON.exists(),
    reason="the sssom library is not installed, so no mapping file is validated by it: run make sssom",
)


def by_the_library(path: Path) -> subprocess.CompletedProcess[str]:
    words = [PYTHON, ROOT / "tests" / "sssom_reading.py", path]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)


def rows_of(told: dict[str, object], found: MappingSet) -> list[Mapping]:
    """What the library tells of each row, as mappings, to compare with `of_ours`."""
    prefixes = told["prefixes"]
    assert isinstance(prefixes, dict)
    rows = told["rows"]
    assert isinstance(rows, list)
    assert told["license"] == found.licence

    def full(curie: str) -> str:
        prefix, _, local = curie.partition(":")
        return str(prefixes[prefix]) + local if curie else ""

    return sorted(
        Mapping(
            full(subject),
            full(predicate),
            full(thing),
            negated=modifier == NEGATED,
            object_source=full(source),
            justification=full(justification),
            confidence=None if confidence is None else Decimal(str(confidence)),
            tool=day,
            comment=comment,
        )
        for subject, predicate, modifier, thing, source, justification, day, confidence, comment in rows
    )


def of_ours(found: MappingSet) -> list[Mapping]:
    """The same of ours, without what the library is not asked for; it takes a confidence of 0 for none."""
    return sorted(
        Mapping(
            mapping.subject,
            mapping.predicate,
            mapping.object,
            negated=mapping.negated,
            object_source=mapping.object_source,
            justification=mapping.justification,
            confidence=mapping.confidence or None,
            tool=str(mapping.date or ""),
            comment=mapping.comment,
        )
        for mapping in found.mappings
    )


def test_there_are_mapping_files() -> None:
    assert len(FILES) >= 6


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_mapping_file_is_valid_and_says_to_the_library_what_it_says_to_us(path: Path) -> None:
    done = by_the_library(path)
    assert done.returncode == 0, done.stderr
    found = read(path)
    assert rows_of(json.loads(done.stdout), found) == of_ours(found)


def test_every_kind_of_judgement_scheme_and_text_is_valid(tmp_path: Path) -> None:
    first = Mapping(
        iri("id:bluewave"), EXACT, iri("wd:Q1"), comment='so "quoted", l’été | a  b', author="A B"
    )
    rows = [first, dataclasses.replace(first, object=iri("wd:Q2"), negated=True), undecided(first)]
    rows += [
        dataclasses.replace(first, object=NO_TERM_FOUND, object_source=SCHEMES[0].iri, cardinality="1:0")
    ]
    rows += [
        dataclasses.replace(first, object=scheme.iri_of("a/(b),c.~d%20:;=?@!$&'*+#1")) for scheme in SCHEMES
    ]
    path = tmp_path / "invented.sssom.tsv"
    write(path, dataclasses.replace(new_set("invented", "Invented"), mappings=tuple(rows)))
    done = by_the_library(path)
    assert done.returncode == 0, done.stderr
    found = read(path)
    assert rows_of(json.loads(done.stdout), found) == of_ours(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [("\t0.95\t", "\t2\t"), ("semapv:Manual", "semapv:Guess"), ("\nid:amazon", "\nzz:amazon")],
    ids=["confidence", "justification", "prefix"],
)
def test_the_library_refuses_what_is_wrong(tmp_path: Path, old: str, new: str) -> None:
    text = (ROOT / "graph" / "mappings" / "companies.sssom.tsv").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "wrong.sssom.tsv"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert by_the_library(path).returncode != 0

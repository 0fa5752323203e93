"""What mapping files may not say, each rule with rows that keep it and rows that break it."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from dealgraph.check.data import Listed
from dealgraph.check.findings import Breach
from dealgraph.check.layers import Layers
from dealgraph.check.mappings import RULES, Joined
from dealgraph.checking import check_project
from dealgraph.mapping import (
    BY_NAME,
    CLOSE,
    EXACT,
    NO_TERM_FOUND,
    SEVERAL,
    Mapping,
    MappingSet,
    new_set,
    read,
    to_text,
    undecided,
    write,
)
from dealgraph.mapping import graph as mapping_graph
from dealgraph.settings import open_project
from dealgraph.terms import iri
from tiny import ROOT

RULE = {rule.name.removeprefix("rule:"): rule for rule in RULES}
THINGS = ("id:bluewave", "id:northwind", "id:eastwind")


def same(subject: str, scheme: str, identifier: str) -> Mapping:
    """An exact match; `subject` is one of ours or of an outside dataset, in compact form."""
    each = BY_NAME[scheme]
    return Mapping(iri(subject), EXACT, each.iri_of(identifier), object_source=each.iri)


def denied(mapping: Mapping) -> Mapping:
    return dataclasses.replace(mapping, negated=True)


def not_found(subject: str, scheme: str) -> Mapping:
    return Mapping(iri(subject), EXACT, NO_TERM_FOUND, object_source=iri(f"scheme:{scheme}"))


def several(mapping: Mapping) -> Mapping:
    return dataclasses.replace(mapping, cardinality=SEVERAL)


def breaches(rule: str, *files: tuple[Mapping, ...]) -> tuple[Breach, ...]:
    """What a rule has against mapping files, each given by its rows."""
    sets = [dataclasses.replace(new_set(f"s{n}", ""), mappings=rows) for n, rows in enumerate(files)]
    a_thing = (NamedNode(iri("rdf:type")), NamedNode(iri("dg:Company")), NamedNode(iri("graph:things")))
    things = [Quad(NamedNode(iri(name)), *a_thing) for name in THINGS]
    found = RULE[rule].apply(RULE[rule], Layers(Listed((*mapping_graph.quads(sets), *things)), ()))
    assert found.applied
    return found.breaches


MATCH = same("id:bluewave", "wikidata", "Q1")
LEI = "BQ4BKCS1HXDV9HN80Z93"
OTHER_LEI = "HWUPKR0MPOU8FGXBT394"


@pytest.mark.parametrize("rule", sorted(RULE))
def test_mappings_that_agree_pass(rule: str) -> None:
    one = (
        MATCH,
        denied(same("id:bluewave", "wikidata", "Q2")),
        undecided(same("id:bluewave", "wikidata", "Q3")),
        not_found("id:bluewave", "ror"),
        several(same("id:bluewave", "lei", LEI)),
        several(same("id:bluewave", "lei", OTHER_LEI)),
        dataclasses.replace(same("id:northwind", "wikidata", "Q1"), predicate=CLOSE),
        undecided(same("id:northwind", "lei", LEI)),
    )
    assert breaches(rule, one, (same("wd:Q1", "ror", "01zbnvs85"),)) == ()


# --- one rule at a time -----------------------------------------------------------------------------------

BROKEN: dict[str, dict[str, tuple[tuple[Mapping, ...], ...]]] = {
    "IdentifierIsRight": {
        "no QID": ((same("id:bluewave", "wikidata", "P31"),),),
        "checksum": ((same("id:bluewave", "lei", "BQ4BKCS1HXDV9HN80Z39"),),),
        "of a denied one": ((denied(same("id:bluewave", "sec-cik", "1326801")),),),
        "no scheme": ((Mapping(iri("id:bluewave"), EXACT, "https://schema.org/Thing"),),),
        "another scheme": ((dataclasses.replace(MATCH, object_source=iri("scheme:ror")),),),
        "searched nowhere": ((not_found("id:bluewave", "telephone-book"),),),
        "no ending": (
            (Mapping(iri("id:bluewave"), EXACT, BY_NAME["geonames"].iri_of("12").removesuffix("/")),),
        ),
    },
    "MappedThingExists": {
        "misspelt": ((same("id:blewave", "wikidata", "Q1"),),),
        "a term": ((same("dg:Company", "wikidata", "Q1"),),),
        "not found": ((not_found("id:blewave", "wikidata"),),),
    },
    "ExactMatchesJoinNoThings": {
        "directly": ((MATCH, same("id:northwind", "wikidata", "Q1")),),
        "in two files": ((MATCH,), (same("id:northwind", "wikidata", "Q1"),)),
        "by a chain": (
            (MATCH, same("id:northwind", "ror", "01zbnvs85")),
            (same("wd:Q1", "isni", "000000040615529X"), several(same("wd:Q1", "ror", "01zbnvs85"))),
        ),
    },
    "MatchIsNotDenied": {
        "directly": ((MATCH, denied(MATCH)),),
        "in two files": ((MATCH,), (denied(MATCH),)),
        "by a chain": (
            (MATCH, denied(same("id:bluewave", "ror", "01zbnvs85"))),
            (same("wd:Q1", "ror", "01zbnvs85"),),
        ),
    },
    "JudgementsAgree": {
        "match and no": ((MATCH,), (denied(MATCH),)),
        "match and unsure": ((MATCH,), (undecided(MATCH),)),
        "near and no": ((dataclasses.replace(MATCH, predicate=CLOSE), denied(MATCH)),),
        "found and not found": ((MATCH, not_found("id:bluewave", "wikidata")),),
    },
    "OneIdentifierOfAScheme": {
        "two": ((MATCH, same("id:bluewave", "wikidata", "Q2")),),
        "two in two files": ((MATCH,), (same("id:bluewave", "wikidata", "Q2"),)),
        "one declared": ((MATCH, several(same("id:bluewave", "wikidata", "Q2"))),),
        "declared for nothing": ((several(MATCH),),),
    },
}


@pytest.mark.parametrize(("rule", "case"), [(rule, case) for rule, cases in BROKEN.items() for case in cases])
def test_mappings_that_break_a_rule_are_found(rule: str, case: str) -> None:
    found = breaches(rule, *BROKEN[rule][case])
    assert found
    assert {breach.rule for breach in found} == {f"rule:{rule}"}
    assert all(breach.focus.startswith(iri("mapping:")) for breach in found)
    assert all("{}" not in message for breach in found for message in (breach.message_en, breach.message_fr))


def test_every_rule_has_a_case_that_breaks_it() -> None:
    assert BROKEN.keys() == RULE.keys()


def test_the_reason_for_refusing_an_identifier_is_told_in_both_languages() -> None:
    (found,) = breaches("IdentifierIsRight", (same("id:bluewave", "lei", "BQ4BKCS1HXDV9HN80Z39"),))
    assert "LEI BQ4BKCS1HXDV9HN80Z39 is 39, should be 93" in found.message_en
    assert "LEI BQ4BKCS1HXDV9HN80Z39 est 39, devrait être 93" in found.message_fr


def test_the_things_that_a_chain_joins_are_named() -> None:
    found = breaches("ExactMatchesJoinNoThings", *BROKEN["ExactMatchesJoinNoThings"]["by a chain"])
    assert all("id:bluewave, id:northwind" in breach.message_en for breach in found)
    assert {breach.value for breach in found} >= {iri("wd:Q1"), "https://ror.org/01zbnvs85"}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_what_chains_make_one_is_what_a_walk_reaches(pairs: list[tuple[int, int]]) -> None:
    joined = Joined((str(a), str(b)) for a, b in pairs)
    reached = {(a, b) for a, b in pairs} | {(b, a) for a, b in pairs} | {(n, n) for p in pairs for n in p}
    for middle, start, end in itertools.product({n for p in pairs for n in p}, repeat=3):
        if (start, middle) in reached and (middle, end) in reached:
            reached.add((start, end))
    names = {n for p in pairs for n in p}
    assert {(a, b) for a in names for b in names if joined.root(str(a)) == joined.root(str(b))} == reached


# --- a whole project --------------------------------------------------------------------------------------


def test_a_wrong_row_is_reported_by_file_and_line(tmp_path: Path) -> None:
    for part in ("graph", "ontology", "queries"):
        shutil.copytree(ROOT / part, tmp_path / part)
    path = tmp_path / "graph" / "mappings" / "companies.sssom.tsv"
    found = read(path)
    wrong = dataclasses.replace(found.mappings[0], subject=iri("id:zzz"), subject_label="", object_label="")
    write(path, found.revised(wrong))
    last = len(to_text(read(path)).splitlines())
    report = check_project(open_project(tmp_path))
    told = {(finding.rule, finding.where) for finding in report.violations}
    assert ("rule:MappedThingExists", f"graph/mappings/companies.sssom.tsv:{last}") in told
    assert "rule:ExactMatchesJoinNoThings" in {rule for rule, _ in told}


def test_the_projects_mappings_say_no_sameas_and_every_kind_of_judgement() -> None:
    sets: list[MappingSet] = [read(path) for path in sorted((ROOT / "graph" / "mappings").glob("*.tsv"))]
    rows = [mapping for each in sets for mapping in each.mappings]
    assert {str(row.judgement) for row in rows} == {"match", "related", "not", "unsure", "not found"}
    assert all(iri("owl:sameAs") not in {row.predicate, row.object} for row in rows)
    assert all(row.author and row.date and row.comment for row in rows)

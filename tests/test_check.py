"""The check: grades and places, one order, the profile, and that nothing is passed in silence."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, serialize
from pyshacl.shapes_graph import ShapesGraph as PyShapesGraph

from dealgraph.check import Finding, QueryResult, Report, Severity, read_profile, validate
from dealgraph.check.findings import in_order
from dealgraph.check.graph import to_graph
from dealgraph.check.shapes import shapes_of
from dealgraph.errors import CannotCheck
from dealgraph.shacl import ShapesGraph
from dealgraph.terms import iri
from shacl_oracle import flat, program_of
from shape_files import CASES, broken, checked, graded, shapes, terms, trig

ONE_SHAPE = """
shape:CastelHasLabel a sh:PropertyShape ; sh:targetClass dg:Company ; sh:path rdfs:label ; sh:minCount 1 ;
    sh:message "Give it a label."@en , "Donnez-lui un libellé."@fr .
"""
WITHOUT_LABEL = (
    "graph:things { id:castel a dg:Company . id:northwind a dg:Company ; rdfs:label 'Northwind'@en }"
)
LABEL = "shape:CastelHasLabel"


def check_one(
    data: str = WITHOUT_LABEL,
    shape: str = ONE_SHAPE,
    severity: Severity = Severity.VIOLATION,
    queries: tuple[QueryResult, ...] = (),
) -> Report:
    """Check some data by one shape; what the rules that are not shapes find is left to other tests."""
    profile = graded([LABEL], severity) | {query.name: severity for query in queries}
    return validate(trig(data), terms(), trig(shape), profile, locate=place, queries=queries)


def place(node: str) -> str:
    return "graph/things/companies.trig:12" if node == iri("id:castel") else ""


# --- findings and their grades ----------------------------------------------------------------------------


def test_a_finding_says_where_what_and_what_to_do() -> None:
    (finding,) = check_one().violations
    assert finding == Finding(
        severity=Severity.VIOLATION,
        rule=LABEL,
        focus=iri("id:castel"),
        path="rdfs:label",
        value="",
        message_en="Give it a label.",
        message_fr="Donnez-lui un libellé.",
        where="graph/things/companies.trig:12",
    )
    line = "graph/things/companies.trig:12: violation: id:castel rdfs:label: "
    assert finding.text("en") == f"{line}Give it a label. [{LABEL}]"
    assert finding.text("fr") == f"{line}Donnez-lui un libellé. [{LABEL}]"


@pytest.mark.parametrize(
    ("severity", "conforms"), [(Severity.VIOLATION, False), (Severity.WARNING, True), (Severity.INFO, True)]
)
def test_only_a_violation_fails_the_graph(severity: Severity, conforms: bool) -> None:
    report = check_one(severity=severity)
    assert [f.severity for f in report.findings if f.focus == iri("id:castel")] == [severity]
    assert report.conforms is conforms


def test_a_report_is_json_in_both_languages() -> None:
    data = json.loads(json.dumps(check_one(severity=Severity.WARNING).to_json()))
    assert data["conforms"] is True
    assert data["counts"] == {"violation": 0, "warning": 1, "info": len(data["neverApplied"])}
    assert data["findings"][0]["message"] == {"en": "Give it a label.", "fr": "Donnez-lui un libellé."}
    assert data["findings"][0]["focus"] == iri("id:castel")
    assert data["focusNodes"][LABEL] == 2


def test_a_report_is_text_in_both_languages() -> None:
    report = check_one(severity=Severity.WARNING)
    assert report.text("en").startswith("graph/things/companies.trig:12: warning: id:castel")
    assert report.text("fr").startswith("graph/things/companies.trig:12: avertissement: id:castel")
    assert len(report.text("en").splitlines()) == len(report.findings)


WORDS = st.sampled_from(["", "a", "b", "graph/a.trig:9", "graph/a.trig:10", "graph/b.trig:1"])
FINDINGS = st.builds(
    Finding,
    severity=st.sampled_from(Severity),
    rule=WORDS,
    focus=WORDS,
    path=WORDS,
    value=WORDS,
    message_en=WORDS,
    message_fr=st.just("x"),
    where=WORDS,
)


@given(st.lists(FINDINGS), st.randoms())
def test_the_order_of_findings_does_not_depend_on_how_they_came(
    findings: list[Finding], shuffler: Random
) -> None:
    shuffled = list(findings)
    shuffler.shuffle(shuffled)
    ordered = in_order(findings)
    assert in_order(shuffled) == ordered
    assert set(ordered) == set(findings)
    gravity = [list(Severity).index(finding.severity) for finding in ordered]
    assert gravity == sorted(gravity)


def test_lines_of_a_file_are_ordered_as_numbers() -> None:
    def at(where: str) -> Finding:
        return Finding(Severity.INFO, "r", "f", "", "", "e", "f", where)

    assert [f.where for f in in_order([at("a:10"), at("b:1"), at("a:9")])] == ["a:9", "a:10", "b:1"]


def test_the_same_data_give_the_same_report_in_any_order() -> None:
    quads = trig(WITHOUT_LABEL)
    profile = graded([LABEL])
    forward, backward = (validate(data, terms(), trig(ONE_SHAPE), profile) for data in (quads, quads[::-1]))
    assert forward == backward


# --- the profile ------------------------------------------------------------------------------------------


def test_a_profile_is_read() -> None:
    text = "shape\tseverity\nchecks/orphans\tinfo\nshape:A\twarning\nshape:B\tviolation\n"
    assert read_profile(text, "profile.tsv") == {
        "checks/orphans": Severity.INFO,
        "shape:A": Severity.WARNING,
        "shape:B": Severity.VIOLATION,
    }


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "profile.tsv:1"),
        ("shape,severity\n", "profile.tsv:1"),
        ("shape\tseverity\nshape:A\n", "profile.tsv:2"),
        ("shape\tseverity\nshape:A\twarning\nshape:B\tsevere\n", "profile.tsv:3"),
        ("shape\tseverity\nshape:B\twarning\nshape:A\twarning\n", "profile.tsv:3"),
        ("shape\tseverity\nshape:A\twarning\nshape:A\tinfo\n", "profile.tsv:3"),
    ],
)
def test_a_defect_of_the_profile_is_named_with_its_line(text: str, where: str) -> None:
    with pytest.raises(CannotCheck) as caught:
        read_profile(text, "profile.tsv")
    assert caught.value.where == where
    assert caught.value.fix


def test_a_shape_that_the_profile_does_not_grade_is_refused() -> None:
    with pytest.raises(CannotCheck, match=f"does not grade {LABEL}"):
        validate(trig(WITHOUT_LABEL), terms(), trig(ONE_SHAPE), graded([]))


def test_a_grade_for_what_is_not_there_is_refused() -> None:
    with pytest.raises(CannotCheck, match="shape:Nothing"):
        validate(trig(WITHOUT_LABEL), terms(), trig(ONE_SHAPE), graded([LABEL, "shape:Nothing"]))


# --- nothing passes in silence ----------------------------------------------------------------------------


def test_a_graph_without_shapes_is_not_checked() -> None:
    with pytest.raises(CannotCheck, match="no shapes"):
        validate(trig(WITHOUT_LABEL), terms(), [], graded([]))


def test_nothing_is_not_checked() -> None:
    with pytest.raises(CannotCheck, match="no data"):
        validate([], terms(), trig(ONE_SHAPE), graded([LABEL]))


def test_a_shape_without_focus_nodes_is_reported() -> None:
    report = check_one("graph:things { id:lyon a dg:City }")
    assert LABEL in report.empty_shapes
    assert report.focus_counts[LABEL] == 0
    (finding,) = (finding for finding in report.findings if finding.rule == LABEL)
    assert finding.severity is Severity.INFO
    assert finding.focus == iri(LABEL)
    assert "Never applied" in finding.message_en
    assert "Jamais appliquée" in finding.message_fr
    assert report.conforms


@pytest.mark.parametrize(
    ("target", "count"),
    [
        ("sh:targetClass dg:Agent", 2),
        ("sh:targetSubjectsOf rdfs:label", 1),
        ("sh:targetObjectsOf dg:partnerOf", 1),
        ("sh:targetNode id:castel , id:elsewhere", 2),
        ("sh:targetClass dg:Agent ; sh:targetNode id:lyon", 3),
    ],
)
def test_focus_nodes_are_counted_for_every_kind_of_target(target: str, count: int) -> None:
    shape = ONE_SHAPE.replace("sh:targetClass dg:Company", target)
    data = WITHOUT_LABEL.replace("id:castel a", "id:castel dg:partnerOf id:northwind ; a")
    assert check_one(data, shape).focus_counts[LABEL] == count


def test_focus_nodes_are_those_that_pyshacl_finds() -> None:
    data = [*trig((CASES / "AgesLeaveABirthDate" / "valid.trig").read_text()), *terms()]
    theirs = {str(shape.node): shape for shape in PyShapesGraph(to_graph(shapes()), False, None).shapes}
    counts = program_of(shapes()).run(flat(data)).counts
    for shape in shapes_of(ShapesGraph(shapes())):
        found = theirs[shape.node.value].focus_nodes(to_graph(data))
        assert counts[shape.node] == len(found), shape.name


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (ONE_SHAPE.replace("sh:minCount 1", 'sh:minCount "one"'), "malformed"),
        (ONE_SHAPE.replace("sh:path rdfs:label ;", ""), "malformed"),
        (ONE_SHAPE.replace("sh:targetClass dg:Company", "sh:target id:some"), "sh:target is not supported"),
        ("[] sh:targetClass dg:Company ; sh:class dg:Agent . shape:A a sh:NodeShape .", "has no name"),
    ],
)
def test_a_malformed_shape_is_refused(shape: str, message: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CannotCheck, match=message):
        check_one(shape=shape)
    assert capfd.readouterr() == ("", "")


SPARQL_SHAPE = """
shape:CastelHasLabel a sh:NodeShape ; sh:targetClass dg:Company ; sh:message "No."@en , "Non."@fr ;
    sh:sparql [ sh:prefixes shape:prefixes ; sh:select "SELECT $this ?path ?value WHERE { %s }" ] .
shape:prefixes a owl:Ontology ;
    sh:declare [ sh:prefix "dg" ; sh:namespace "https://w3id.org/dealgraph/ontology#" ] .
"""


def test_a_query_that_does_not_parse_is_named_with_its_shape() -> None:
    with pytest.raises(CannotCheck, match="does not parse") as caught:
        check_one(shape=SPARQL_SHAPE % "$this a")
    assert caught.value.where == LABEL


def test_a_query_that_pyshacl_refuses_is_refused() -> None:
    with pytest.raises(CannotCheck, match="VALUES"):
        check_one(shape=SPARQL_SHAPE % "VALUES ?value { 1 } $this a dg:Company")


def test_a_query_of_a_shape_tells_path_and_value() -> None:
    data = WITHOUT_LABEL.replace("id:castel a", "id:castel dg:partnerOf id:northwind ; a")
    report = check_one(data, SPARQL_SHAPE % "$this ?path ?value FILTER(?path = dg:partnerOf)")
    (finding,) = report.violations
    assert (finding.focus, finding.path) == (iri("id:castel"), "dg:partnerOf")
    assert finding.value == iri("id:northwind")
    assert (finding.message_en, finding.message_fr) == ("No.", "Non.")


def test_a_shape_inside_a_shape_is_reported_under_its_name() -> None:
    path = "( dg:partnerOf [ sh:alternativePath ( rdfs:label [ sh:inversePath dg:partnerOf ] ) ] )"
    inner = f"sh:property [ sh:path {path} ; sh:minCount 1 ]"
    shape = ONE_SHAPE.replace("sh:path rdfs:label ; sh:minCount 1", inner)
    report = check_one(shape=shape.replace("sh:PropertyShape", "sh:NodeShape"))
    assert {finding.rule for finding in report.violations} == {LABEL}
    assert {finding.path for finding in report.violations} == {"dg:partnerOf/(rdfs:label|^dg:partnerOf)"}


def test_subclasses_of_the_ontology_are_seen() -> None:
    data = "graph:things { id:castel a dg:EquityInvestment }"
    assert check_one(data, ONE_SHAPE.replace("dg:Company", "dg:Deal")).focus_counts[LABEL] == 1


# --- what is given to a check -----------------------------------------------------------------------------


def test_data_may_be_n_quads() -> None:
    quads = trig(WITHOUT_LABEL)
    as_bytes = serialize(quads, format=RdfFormat.N_QUADS)
    assert as_bytes
    profile = graded([LABEL])
    assert validate(as_bytes, terms(), trig(ONE_SHAPE), profile) == validate(
        quads, terms(), trig(ONE_SHAPE), profile
    )


def test_bytes_that_are_not_n_quads_are_refused() -> None:
    with pytest.raises(CannotCheck, match="not N-Quads"):
        validate(b"<a> <b> .", terms(), trig(ONE_SHAPE), graded([LABEL]))


def test_two_spellings_of_a_number_are_one_number() -> None:
    spelt = (
        "article:b { quantity:b-1 a dg:Quantity ; dg:lower 19.0 } graph:facts { quantity:b-1 dg:lower 19.00 }"
    )
    assert "shape:NumberStandsOnce" not in broken(checked(trig(spelt)))


def test_rows_of_a_query_that_must_be_empty_are_findings() -> None:
    rows = ((NamedNode(iri("id:castel")), Literal("Castel"), None, NamedNode(iri("id:northwind"))),)
    result = QueryResult("checks/shared-names", "Two share a name.", "Deux partagent un nom.", rows)
    report = check_one(severity=Severity.WARNING, queries=(result,))
    (finding,) = (finding for finding in report.findings if finding.rule == "checks/shared-names")
    assert finding.severity is Severity.WARNING
    assert finding.where == "graph/things/companies.trig:12"
    assert finding.value == f"Castel {iri('id:northwind')}"
    assert (finding.message_en, finding.message_fr) == ("Two share a name.", "Deux partagent un nom.")


def test_a_query_that_is_empty_finds_nothing() -> None:
    report = check_one(queries=(QueryResult("checks/none", "Some.", "Des.", ()),))
    assert "checks/none" not in {finding.rule for finding in report.findings}

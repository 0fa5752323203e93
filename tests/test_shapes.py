"""The shapes of the data: each holds for a valid node, catches its mutation, and speaks both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize
from rdflib import Graph

from dealgraph import sources
from dealgraph.check import Report, read_profile, validate
from dealgraph.check.graph import to_graph
from dealgraph.check.shapes import Shape, owners, shapes_of
from dealgraph.check.validation import RULES
from dealgraph.settings import open_project
from dealgraph.shacl import Outcome, Program, ShapesGraph
from dealgraph.shacl.graph import sh
from dealgraph.terms import BASE, iri
from graph import the_store
from shacl_oracle import by_pyshacl, flat, program_of, rows_of
from shape_files import CASES, FOLDER, ROOT, names, read, shapes, terms

VALID = sorted(CASES.glob("*/valid*.trig"))
INVALID = sorted(CASES.glob("*/invalid*.trig"))

# What a curator should look at in the graph of this repository and decided to leave, as (rule, focus node).
EXPECTED_WARNINGS: set[tuple[str, str]] = set()

# Rules that nothing in the graph of this repository is about yet, so that they are reported as never applied.
WITHOUT_FOCUS = {
    "shape:ControlHasNoCycle",
    "shape:StyleDeprecatedChangeNote",
    "shape:StyleDeprecatedSuccessor",
    "shape:WithdrawnClaimIsOfTheDataset",
}

BATCHES = 8
"""Runs of pySHACL over all the cases."""


def case_name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@cache
def shapes_graph() -> ShapesGraph:
    return ShapesGraph(shapes())


@cache
def named_shapes() -> Mapping[str, Shape]:
    return {shape.name: shape for shape in shapes_of(shapes_graph())}


@cache
def program() -> Program:
    return program_of(shapes())


@cache
def outcome(path: Path) -> Outcome:
    """What all shapes, compiled, find in a small graph."""
    return program().run(flat([*read(path), *terms()]))


def broken_by(path: Path) -> frozenset[str]:
    """The shapes, out of all, that a small graph violates."""
    return names_in(outcome(path))


def names_in(found: Outcome) -> frozenset[str]:
    owner = owners(tuple(named_shapes().values()))
    return frozenset(owner[result.shape].name for result in found.results)


def apart(path: Path) -> list[Quad]:
    """A small graph whose nodes have names of their own, so that it can stand in one graph with others."""
    written = serialize(read(path), format=RdfFormat.N_QUADS)
    assert written is not None
    case = f"{path.parent.name}-{path.stem}-"
    text = re.sub(rf"<{BASE}(\w+/)", lambda kind: f"<{BASE}{kind[1]}{case}", written.decode())
    return list(parse(text, format=RdfFormat.N_QUADS, rename_blank_nodes=True))


def profile() -> dict[str, str]:
    text = (FOLDER / "profile.tsv").read_text(encoding="utf-8")
    return {name: severity.value for name, severity in read_profile(text, "profile.tsv").items()}


@pytest.fixture(scope="module")
def real_report() -> Report:
    """The report on the graph of this repository, without the stored checks."""
    project = open_project(ROOT)
    found = sources.load(project)
    store = the_store()
    layers = (sources.ONTOLOGY, sources.SHAPES)
    graded = read_profile((FOLDER / "profile.tsv").read_text(encoding="utf-8"), "profile.tsv")
    return validate(
        data=[quad for quad in store if quad.graph_name not in layers],
        ontology=store.quads_for_pattern(None, None, None, sources.ONTOLOGY),
        shapes=store.quads_for_pattern(None, None, None, sources.SHAPES),
        profile={name: severity for name, severity in graded.items() if not name.startswith("checks/")},
        locate=found.place,
    )


# --- each shape on its own --------------------------------------------------------------------------------


def test_every_shape_has_a_valid_and_an_invalid_case() -> None:
    assert len(names()) > 100
    assert {f"shape:{path.parent.name}" for path in VALID} == names()
    assert {f"shape:{path.parent.name}" for path in INVALID} == names()


@pytest.mark.parametrize("path", VALID, ids=case_name)
def test_a_valid_node_conforms_to_the_shape_that_is_about_it(path: Path) -> None:
    name = f"shape:{path.parent.name}"
    assert outcome(path).counts[named_shapes()[name].node]
    assert name not in broken_by(path)


@pytest.mark.parametrize("path", INVALID, ids=case_name)
def test_a_mutation_breaks_its_shape_and_no_other(path: Path) -> None:
    before, after = broken_by(path.with_name("valid.trig")), broken_by(path)
    assert after - before == {f"shape:{path.parent.name}"}


@pytest.mark.parametrize("number", range(BATCHES))
def test_pyshacl_finds_the_same_in_cases_that_stand_side_by_side(number: int) -> None:
    """Each run of pySHACL reads all shapes anew, so that one for many cases is much the quicker."""
    cases = {path: apart(path) for path in (*VALID, *INVALID)[number::BATCHES]}
    for path, quads in cases.items():
        assert names_in(program().run(flat([*quads, *terms()]))) == broken_by(path), path
    data = [*(quad for quads in cases.values() for quad in quads), *terms()]
    found = rows_of(program(), flat(data))
    assert len({row[0] for row in found}) > 20
    assert found == by_pyshacl(data, shapes_graph().quads)


def test_a_case_is_short_and_invented() -> None:
    for path in (*VALID, *INVALID):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 25, path
        subjects = {str(quad.subject) for quad in read(path)}
        assert not any("meta" in subject or "scale-ai" in subject for subject in subjects), path


# --- the shapes as documents ------------------------------------------------------------------------------


def test_the_shapes_are_shapes() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=to_graph(shapes()), meta_shacl=True)
    assert conforms, text


def test_every_shape_has_labels_and_messages_in_both_languages() -> None:
    for shape in named_shapes().values():
        for kind in (NamedNode(iri("rdfs:label")), sh("message")):
            texts = [text for text in shapes_graph().objects(shape.node, kind) if isinstance(text, Literal)]
            assert sorted(str(text.language) for text in texts) == ["en", "fr"], shape.name


def test_every_message_is_a_short_sentence_of_its_own() -> None:
    said = [text.value for _, text in shapes_graph().pairs(sh("message")) if isinstance(text, Literal)]
    assert len(set(said)) == len(said)
    assert [text for text in said if not text.endswith(".") or len(text) > 200] == []


def test_no_shape_file_grades_its_shapes() -> None:
    assert not shapes_graph().pairs(sh("severity"))


def test_the_profile_grades_every_shape_and_rule() -> None:
    style = {shape.name for shape in shapes_of(ShapesGraph(read(FOLDER / "style.ttl")))}
    rules = {rule.name for rule in RULES}
    graded = {name for name in profile() if not name.startswith("checks/")}
    assert graded == names() | style | rules


def test_what_asks_for_a_judgement_is_a_warning() -> None:
    assert profile()["shape:RivalValuesAreDecided"] == "warning"
    assert profile()["shape:PriceAndShareFitTheValuation"] == "warning"
    assert profile()["shape:LabelStandsOnce"] == "warning"
    assert profile()["shape:StakesAreWithinHundred"] == "violation"


def queries_of_shapes() -> Iterator[tuple[str, str]]:
    graph = shapes_graph()
    for shape in named_shapes().values():
        for constraint in graph.objects(shape.node, sh("sparql")):
            assert graph.value(constraint, sh("prefixes")) == NamedNode(iri("shape:prefixes"))
            text = graph.value(constraint, sh("select"))
            assert isinstance(text, Literal)
            yield shape.name, text.value


def test_every_query_of_a_shape_asks_for_its_focus_node() -> None:
    queries = dict(queries_of_shapes())
    assert queries
    for name, text in queries.items():
        assert text.startswith("SELECT $this"), name
        assert max(map(len, text.splitlines())) <= 120, name


# --- the graph of this repository -------------------------------------------------------------------------


def test_the_graph_of_this_repository_has_no_violation(real_report: Report) -> None:
    assert [finding.text("en") for finding in real_report.violations] == []


def test_the_graph_of_this_repository_has_the_expected_warnings(real_report: Report) -> None:
    assert {(finding.rule, finding.focus) for finding in real_report.warnings} == EXPECTED_WARNINGS


def test_the_graph_of_this_repository_is_what_the_shapes_are_about(real_report: Report) -> None:
    assert set(real_report.empty_shapes) == WITHOUT_FOCUS
    assert real_report.focus_counts["shape:ClaimHasPassage"] > 100
    assert real_report.focus_counts["shape:DealHasTarget"] >= 3, "classes are inherited"

"""What is not compiled: named with its reason, and pySHACL runs the shapes in its stead."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from command_line import Cli
from dealgraph.check import Engine, Severity, validate
from dealgraph.check.data import Listed
from dealgraph.check.engines import run
from dealgraph.check.layers import Layers
from dealgraph.errors import NotCompiled
from dealgraph.shacl import ShapesGraph
from dealgraph.terms import iri
from shacl_oracle import program_of
from shape_files import graded, trig

NODE = "a sh:NodeShape ; sh:targetClass id:K ; "
PROPERTY = "a sh:PropertyShape ; sh:targetClass id:K ; sh:path id:p ; "
REFUSED = {
    NODE + "sh:js [ sh:jsFunctionName 'f' ]": "sh:js",
    NODE + "sh:expression [ sh:path id:p ]": "sh:expression",
    NODE + "sh:minCount 1": "sh:minCount in a node shape",
    NODE + "sh:uniqueLang true": "sh:uniqueLang in a node shape",
    NODE + "sh:node shape:S": "a shape that refers to itself",
    NODE + "sh:property [ sh:path id:p ; sh:node shape:S ]": "a shape that refers to itself",
    NODE + "sh:node [ sh:path id:p ; sh:minCount 1 ]": "sh:node with a property shape",
    NODE + "sh:node 'text'": "in the place of a shape",
    NODE + "sh:property [ sh:class id:K ]": "sh:property with a node shape",
    NODE + "sh:or id:nolist": "id/nolist",
    NODE + "sh:in ( _:blank )": "a blank node in the place of a term",
    NODE + "sh:nodeKind sh:Thing": "the kind of node",
    NODE + "sh:closed 'yes'": "in the place of true or false",
    NODE + "sh:not [ sh:sparql [ sh:select 'SELECT $this {}' ] ]": "sh:sparql in a shape that another",
    NODE + "sh:sparql [ sh:ask 'ASK {}' ]": "sh:sparql without a text in sh:select",
    PROPERTY + "sh:minCount 'one'": "in the place of an integer",
    PROPERTY + "sh:minCount 1 , 2": "2 values of sh:minCount",
    PROPERTY + "sh:datatype xsd:date , xsd:time": "2 values of sh:datatype",
    PROPERTY + "sh:class 'K'": "in the place of an IRI",
    PROPERTY + "sh:pattern '('": "the regular expression",
    PROPERTY + "sh:pattern 'a(?=b)'": "the regular expression",
    PROPERTY + "sh:qualifiedValueShape [ sh:class id:K ]": "without a count",
    "a sh:PropertyShape ; sh:targetClass id:K ; sh:minCount 1": "0 values of sh:path",
    "a sh:PropertyShape ; sh:targetNode id:a ; sh:path [ sh:zeroOrOnePath id:p ]": "sh:targetNode",
}
GOOD = "shape:Good a sh:PropertyShape ; sh:targetClass id:K ; sh:path id:p ; sh:maxCount 1 ."
ODD = "shape:Odd a sh:PropertyShape ; sh:targetClass id:K ; sh:path id:p ; sh:pattern '^a(?=b)' ."
DATA = "id:a a id:K ; id:p 'ab' . id:b a id:K ; id:p 'ac' , 'ad' ."


def named(*names: str) -> list[NamedNode]:
    return [NamedNode(iri(f"shape:{name}")) for name in names]


@pytest.mark.parametrize("shape", REFUSED)
def test_what_is_not_compiled_is_refused_with_its_reason(shape: str) -> None:
    with pytest.raises(NotCompiled) as refusal:
        program_of(trig(f"shape:S {shape} ."))
    (reason,) = refusal.value.refused
    assert reason.startswith("shape:S: ")
    assert REFUSED[shape] in reason


def test_a_component_of_its_own_refuses_all_shapes() -> None:
    shapes = trig(f"{GOOD} id:Mine a sh:ConstraintComponent .")
    with pytest.raises(NotCompiled, match="a component of its own"):
        program_of(shapes)


def test_every_refused_shape_is_named_with_its_place() -> None:
    shapes = trig(f"{GOOD} {ODD} shape:Worse a sh:NodeShape ; sh:minCount 1 .")
    seen = Layers(Listed(tuple(trig(DATA))), ())
    found = run(seen, ShapesGraph(shapes), named("Good", "Odd"), locate=lambda _: "a.ttl:7")
    assert found.refused == ("a.ttl:7: shape:Odd: the regular expression '^a(?=b)' with the flags ''",)


def test_pyshacl_runs_all_shapes_where_one_is_refused() -> None:
    shapes, seen = ShapesGraph(trig(f"{GOOD} {ODD}")), Layers(Listed(tuple(trig(DATA))), ())
    found = run(seen, shapes, named("Good", "Odd"))
    assert found.engine is Engine.PYSHACL
    rows = sorted((result.component, str(result.focus), str(result.value)) for result in found.results)
    node = f"<{iri('id:b')}>"
    assert rows == [("MaxCount", node, "None"), ("Pattern", node, '"ac"'), ("Pattern", node, '"ad"')]
    assert set(found.counts.values()) == {2}


def test_shapes_that_are_compiled_run_compiled_unless_asked_otherwise() -> None:
    shapes, seen = ShapesGraph(trig(GOOD)), Layers(Listed(tuple(trig(DATA))), ())
    ours, theirs = run(seen, shapes, named("Good")), run(seen, shapes, named("Good"), Engine.PYSHACL)
    assert (ours.engine, theirs.engine) == (Engine.COMPILED, Engine.PYSHACL)
    assert ours.refused == theirs.refused == ()
    assert set(ours.results) == set(theirs.results) != set()
    assert ours.counts == theirs.counts


def test_a_report_says_which_engine_ran_and_why() -> None:
    def report(shapes: str, *names: str) -> dict[str, object]:
        data: list[Quad] = trig(DATA)
        profile = graded([f"shape:{name}" for name in names], Severity.WARNING)
        return validate(data, (), trig(shapes), profile).to_json()

    assert report(GOOD, "Good")["engine"] == "compiled"
    fallen = report(f"{GOOD} {ODD}", "Good", "Odd")
    assert fallen["engine"] == "pyshacl"
    assert fallen["notCompiled"] == ["shape:Odd: the regular expression '^a(?=b)' with the flags ''"]


def test_the_command_says_what_is_not_compiled_and_checks_all_the_same(project: Path, cli: Cli) -> None:
    folder = project / "ontology" / "shapes"
    style = (folder / "units.ttl").read_text(encoding="utf-8")
    head = style[: style.index("\n\n", style.index("@prefix"))]
    odd = "shape:ZebraIsOdd a sh:NodeShape ; sh:targetClass dg:Claim ; sh:pattern '^https(?=:)' ."
    (folder / "odd.ttl").write_text(f"{head}\n\n{odd}\n", encoding="utf-8")
    profile = folder / "profile.tsv"
    profile.write_text(
        f"{profile.read_text(encoding='utf-8')}shape:ZebraIsOdd\tviolation\n", encoding="utf-8"
    )
    run = cli("check", "--project", project)
    assert "shape:ZebraIsOdd: the regular expression" in run.err
    assert "is not compiled; pySHACL ran the shapes" in run.err
    assert run.code == 0, run.err

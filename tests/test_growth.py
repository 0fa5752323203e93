"""The growth benchmark: what it computes from its measures, and that a run tells everything it promises."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiny import ROOT

sys.path.append(str(ROOT / "tests" / "benchmarks"))

from growth_chart import chart, slope
from growth_jobs import _digest

GROWTH = ROOT / "tests" / "benchmarks" / "growth.py"


@given(st.floats(0.1, 3), st.floats(0.01, 100))
def test_the_slope_is_the_exponent(exponent: float, factor: float) -> None:
    points = [(x, factor * x**exponent) for x in (1e4, 1e5, 1e6)]
    assert slope(points) == pytest.approx(exponent, rel=1e-6)


def test_one_size_has_no_slope() -> None:
    assert slope([(1e4, 2.0)]) is None


def test_the_chart_is_a_picture_with_every_line_in_its_legend() -> None:
    lines = {"parse": [(1e4, 0.1), (1e5, 1.0)], "a <b>": [(1e4, 3.0), (1e5, 3.0)]}
    picture = chart("Seconds", lines)
    assert picture == chart("Seconds", lines)
    texts = [text.text for text in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]
    assert "parse (slope 1.00)" in texts
    assert "a <b> (slope 0.00)" in texts


def test_rows_are_the_same_however_numbers_and_booleans_are_written_and_in_any_order() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    one = [{"x": ["l", "5.00", f"{xsd}decimal", ""]}, {"x": ["l", "true", f"{xsd}boolean", ""]}]
    other = [{"x": ["typed-literal", "1", f"{xsd}boolean", ""]}, {"x": ["t", "5", f"{xsd}integer", ""]}]
    assert _digest(one) == _digest(other)
    assert _digest(one) != _digest(one[:1])
    assert _digest(one) != _digest([one[0], one[0]])


@pytest.mark.slow
def test_a_run_measures_every_phase_and_every_stored_query(tmp_path: Path) -> None:
    command = [sys.executable, str(GROWTH), "--sizes", "3k", "--no-check", "--out", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=200)
    told = json.loads((tmp_path / "growth.json").read_text(encoding="utf-8"))["3000"]
    assert set(told["build"]["phases"]) >= {"parse", "admit", "reason", "write"}
    assert told["build"]["disk"] > 0
    assert told["load"]["quads"] == told["build"]["counts"]["quads"]
    stored = {f"{p.parent.name}/{p.stem}" for p in (ROOT / "queries").rglob("*.rq")}
    left_out = ("rules/", "admission/", "federated/")
    asked = {name for name in stored if not name.startswith(left_out)}
    assert set(told["queries"]["oxigraph"]["answers"]) == asked
    assert "| reason, wall |" in run.stdout
    assert (tmp_path / "build.svg").exists()

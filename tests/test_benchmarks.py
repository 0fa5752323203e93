"""The benchmarks run, and the engines that two of them compare find the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tiny import ROOT


def test_the_closure_and_owlrl_infer_the_same_in_the_benchmark() -> None:
    command = [sys.executable, str(ROOT / "tests" / "benchmarks" / "reasoning.py"), "--sizes", "300"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in run.stdout.splitlines()]
    by_engine = {row[1]: row for row in rows if row[0] == "300"}
    assert int(by_engine["closure"][5]) > 100
    for engine in ("closure", "owlrl"):
        assert by_engine[engine][6:8] == ["0", "0"]


@pytest.mark.slow
def test_the_benchmark_of_linking_prints_quality_and_times() -> None:
    command = [sys.executable, str(ROOT / "tests" / "benchmarks" / "linking.py")]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=200)
    assert "precision 1.000" in run.stdout
    assert "all together: 100000 records" in run.stdout


@pytest.mark.slow
def test_the_compiled_shapes_and_pyshacl_find_the_same_in_the_benchmark() -> None:
    command = [sys.executable, str(ROOT / "tests" / "benchmarks" / "shapes.py"), "--copies", "1"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=200)
    cells = [cell.strip() for cell in run.stdout.splitlines()[-1].strip("|").split("|")]
    assert int(cells[0]) > 1000
    assert cells[5] == "yes"

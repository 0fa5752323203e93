"""The benchmark runs, and finds who is meant in spite of typing errors."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tiny import ROOT


def test_the_benchmark_finds_nearly_all_first(built: Path) -> None:
    command = [sys.executable, str(ROOT / "tests" / "benchmarks" / "reconciling.py"), "2000", str(built)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=200)
    project, generated = run.stdout.splitlines()
    assert int(re.findall(r"(\d+) of 200 first", project)[0]) >= 195
    assert int(re.findall(r"(\d+) of 200 first", generated)[0]) >= 185
